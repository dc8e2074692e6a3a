"""Words that take a side, kept as the one's who uses them: loaded words, and the outlet's distance from a name.

An event's code is the same whether its teller writes «تحرير» or «احتلال»; the record says who wrote which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from marsad.language.lexicon import Phrases
from marsad.language.morph import noun_forms, verb_forms
from marsad.language.pack import alternatives, rows
from marsad.model.record import WordingKind
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.document import Line
from marsad.reading.speech import Speech


class Choice(NamedTuple):
    """A row of the pack: what kind of wording it is, and what a neutral wire would write."""

    row: str
    kind: WordingKind
    plain: str | None


class Marked(NamedTuple):
    """A wording in a line, and the statement that it stands in, if any."""

    start: int
    end: int
    choice: Choice
    speech: Speech | None


@cache
def _choices() -> Phrases[Choice]:
    index: Phrases[Choice] = Phrases()
    for row in rows("loaded.tsv"):
        for form in alternatives(row["forms"]):
            for key in written_forms(form):
                index.add(key, Choice(row["id"], "loaded", row["plain"] or None), name=form.startswith("ال"))
    for row in rows("distancing.tsv"):
        for form in alternatives(row["forms"]):
            for key in written_forms(form):
                index.add(key, Choice(row["id"], "distancing", None))
    return index


def written_forms(form: str) -> list[str]:
    """The written forms of a row's form; a one-letter word stands for the clitic on the next word and is left out."""
    words = [w for w in form.split("/")[0].split() if len(w) > 1]
    if "/" not in form:
        return list(noun_forms(" ".join(words))) if words else []
    present = form.partition("/")[2].split()
    rest = " ".join(words[1:])
    return [f"{key} {rest}".strip() for key, _ in verb_forms(f"{words[0]}/{present[0]}")] if words and present else []


def find_wording(line: Line, speeches: Sequence[Speech]) -> Iterator[Marked]:
    """The loaded and distancing words of a line.

    Args:
        line: the line.
        speeches: its statements.
    """
    i = 0
    while i < len(line.tokens):
        match = _choices().match(line.tokens, i) if line.tokens[i].kind == "word" and i not in line.place_at else None
        if match is None:
            i += 1
            continue
        inside = [s for s in speeches if s.first <= i < s.last]
        speech = max(inside, key=lambda s: s.first, default=None)
        qualified = match.last < len(line.tokens) and nisba_of(line.tokens[match.last].key) is not None
        choice = match.value._replace(plain=None) if qualified else match.value  # «الاحتلال الأرميني»: whose, it says
        yield Marked(line.tokens[i].start, line.tokens[match.last - 1].end, choice, speech)
        i = match.last
