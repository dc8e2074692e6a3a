"""The pack's words of saying and of attribution, ready to be found in a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Phrases, Verbs, add_noun, participles, phrases_of
from marsad.language.pack import Row, alternatives, keys_of_kind, rows
from marsad.text.fold import fold
from marsad.text.tokens import Token


class SayWord(NamedTuple):
    """A verb, noun or participle of saying: its row, what it does, how the words that are said follow it."""

    row: str
    means: str
    complement: frozenset[str]
    rest: tuple[str, ...] = ()


class Formula(NamedTuple):
    """A formula that names a source: what it takes (`source`, `clause`, `media`), whose role that is, the medium."""

    row: str
    takes: str
    role: str
    medium: str


DEMANDS: Final = frozenset({"demand", "ask", "accuse", "condemn", "praise", "describe", "warn", "threaten"})


def _say(row: Row, rest: tuple[str, ...] = ()) -> SayWord:
    return SayWord(row["id"], row["means"], frozenset(alternatives(row["complement"])), rest)


@cache
def say_verbs() -> Verbs[SayWord]:
    """Verbs of saying, by every written form."""
    index: Verbs[SayWord] = Verbs()
    for row in rows("say.tsv"):
        for principal in alternatives(row["verb"]):
            parts = [p.split() for p in principal.split("/")]
            rest = tuple(fold(w) for w in parts[0][1:])
            index.add("/".join(p[0] for p in parts if p), _say(row, rest))
    return index


@cache
def say_participles() -> Phrases[SayWord]:
    """Participles of saying («مضيفا», «مؤكدة»)."""
    return phrases_of(rows("say.tsv"), _say, participles, "part")


@cache
def say_nouns() -> Phrases[SayWord]:
    """Nouns of saying («تصريح», «بيان», «تغريدة»)."""
    index: Phrases[SayWord] = Phrases()
    for row in rows("say.tsv"):
        for form in alternatives(row["noun"]):
            add_noun(index, form, _say(row))
    return index


@cache
def formulas() -> Phrases[Formula]:
    """Formulas of attribution («وفقا لـ», «نقلا عن», «حسبما»).

    A form that ends in a verb of saying («وفق ما أعلنت») is kept as the clause formula before it; a one-letter word
    stands for the clitic on the next word, which the source's own mention carries.
    """
    index: Phrases[Formula] = Phrases()
    for row in rows("attribution.tsv"):
        if row["role"] == "cue" or row["takes"] not in ("source", "clause"):
            continue
        for form in alternatives(row["form"]):
            words = [w for w in form.replace("ـ", "").split() if len(w) > 1]
            told = len(words) > 1 and (row["takes"] == "clause" or words[-2].endswith("ما"))
            if told and say_verbs().match(fold(words[-1])):
                index.add(" ".join(words[:-1]), Formula(row["id"], "clause", row["role"], row["medium"]))
            elif words:
                index.add(" ".join(words), Formula(row["id"], row["takes"], row["role"], row["medium"]))
    return index


@cache
def occasions() -> Phrases[str]:
    """Phrases that name the occasion, the document or the network of somebody's words («في بيان», «عبر حسابه»)."""
    index: Phrases[str] = Phrases()
    for row in rows("attribution.tsv"):
        if row["role"] == "cue" or row["takes"] == "media" or row["medium"] in ("social", "interview"):
            for form in alternatives(row["form"]):
                words = [w for w in form.split() if len(w) > 1]
                if len(words) > 1:
                    index.add(" ".join(words), row["id"])
    return index


def also_words() -> frozenset[str]:
    """The keys of words that join a sentence to the one before («كما», «فيما»)."""
    return keys_of_kind("grammar.tsv", "also")


@cache
def _comments() -> Phrases[str]:
    index: Phrases[str] = Phrases()
    for row in rows("grammar.tsv"):
        if row["kind"] == "comment":
            for form in alternatives(row["forms"]):
                index.add(form, row["id"], name=True)
    return index


def match_comment(tokens: Sequence[Token], i: int) -> bool:
    """Whether words that open an outlet's comment on what was said («وذلك بعد …», «ويأتي هذا …») start at a token.

    Args:
        tokens: the line's tokens.
        i: the token.
    """
    found = _comments().match(tokens, i)
    return found is not None and found.pro == "و"
