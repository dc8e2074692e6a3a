"""Words of diplomacy in a line: proposals, answers, truces, their brokers and breaches."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Match, Phrases, Verbs, phrases_of
from marsad.language.morph import noun_forms
from marsad.language.pack import Row, alternatives, keys_of_kind, rows
from marsad.model.record import Days
from marsad.reading.document import Line
from marsad.reading.times import TimeMention
from marsad.text.fold import fold

_APART: Final = 18
MARKS: Final = frozenset(  # words around the cues, kept apart from them
    {"turn", "without", "nothing", "denied", "called", "ready"}
)


class Cue(NamedTuple):
    """A word of diplomacy: its row, kind, value, and its own further words."""

    row: str
    kind: str
    value: str
    rest: tuple[str, ...]


class Found(NamedTuple):
    """A cue in a line."""

    at: int
    last: int
    cue: Cue
    verb: bool


def _cue(row: Row, rest: tuple[str, ...] = ()) -> Cue:
    return Cue(row["id"], row["kind"], row["value"], rest)


@cache
def verb_cues() -> Verbs[Cue]:
    """The pack's verbs of diplomacy, by every written form."""
    return _verbs(r for r in rows("diplomacy.tsv") if r["kind"] not in MARKS)


@cache
def denials() -> Verbs[Cue]:
    """Verbs of denying that there is a proposal."""
    return _verbs(r for r in rows("diplomacy.tsv") if r["kind"] == "denied")


def _verbs(table: Iterable[Row]) -> Verbs[Cue]:
    index: Verbs[Cue] = Verbs()
    for row in table:
        for form in alternatives(row["forms"]):
            if "/" in form:
                parts = [p.split() for p in form.split("/")]
                rest = tuple(fold(w) for w in parts[0][1:] if len(w) > 1)
                index.add("/".join(p[0] for p in parts if p), _cue(row, rest))
    return index


@cache
def phrase_cues() -> Phrases[Cue]:
    """The pack's nouns and phrases of diplomacy, verb phrases written out among them."""
    return phrases_of((r for r in rows("diplomacy.tsv") if r["kind"] not in MARKS), _cue, _noun_phrases)


def _noun_phrases(form: str) -> Iterable[str]:
    return noun_forms(" ".join(w for w in form.split() if len(w) > 1)) if "/" not in form else ()


def marks(kind: str) -> frozenset[str]:
    """The keys of the words that stand around cues: `turn` opens another party's part of a sentence («فيما»), `without`
    undoes a condition («دون شروط»), `nothing` says that there is no such thing («ليست هناك مبادرة»), `called` takes a
    call up again («رفضت الدعوة»), `ready` says who is willing to help («استعداد قطر للوساطة»).

    Args:
        kind: one of the five.
    """
    return keys_of_kind("diplomacy.tsv", kind)


@lru_cache(maxsize=512)
def find_cues(line: Line) -> tuple[Found, ...]:
    """The words of diplomacy in a line; kept, since proposals, truces and acts each ask for them."""
    found: list[Found] = []
    over = 0
    for i, token in enumerate(line.tokens):
        medium = line.mention_at.get(i)
        if token.kind != "word" or i < over or i in line.time_tokens or (medium and medium.kind == "media"):
            continue
        phrase: Match[Cue] | None = phrase_cues().match(line.tokens, i)
        if phrase and phrase.last - i == 1 and line.pos[i] == "VERB" and phrase.value.kind == "proposal":
            phrase = None  # «عرض عليه الأطباء»: a verb, not an offer
        if phrase:
            found.append(Found(i, phrase.last, phrase.value, False))
            over = phrase.last if phrase.last - i > 1 and phrase.value.kind == "answer" else over  # «لن تقبل» whole
        for match in verb_cues().match(token.key) if i not in line.inside_grammar and i not in line.time_tokens else ():
            last = _rest_end(line, i, match.value.rest)
            if last is not None and (line.pos[i] == "VERB" or not phrase):
                found.append(Found(i, last, match.value, True))
                break
    return tuple(found)


def no_cue(line: Line, k: int) -> bool:
    """Whether a word at a token says that there is none: «ليست هناك», «لم نتقدم», «أي»."""
    return line.tokens[k].key in marks("nothing")


def _rest_end(line: Line, i: int, rest: tuple[str, ...]) -> int | None:
    at = i + 1
    for word in rest:
        hit = next(
            (k for k in range(at, min(at + _APART, len(line.tokens))) if line.tokens[k].key.endswith(word)), None
        )
        if hit is None:
            return None
        at = hit + 1
    return at


def day_near(line: Line, at: int, *, after: bool) -> Days | None:
    """The day told nearest to a word, in its sentence; only after it where asked."""
    begin, stop = line.sentence_of(at)
    near: list[TimeMention] = [
        t
        for t in line.times
        if begin <= t.token_first < stop and t.first and t.kind != "since" and (t.token_first > at or not after)
    ]
    best = min(near, key=lambda t: abs(t.token_first - at), default=None)
    return Days(first=best.first, last=best.last) if best else None
