"""A page's readable lines with what every reader needs of them: tokens, parts of speech, times, places, mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Match, Phrases
from marsad.language.pack import alternatives, rows
from marsad.reading.frames import frame_nouns, frame_verbs, light_verbs
from marsad.reading.places import PlaceMention
from marsad.reading.speech_words import say_verbs
from marsad.reading.times import TimeMention
from marsad.text.fold import fold
from marsad.text.tokens import Token

WITH_ARTICLE: Final = ("ال", "وال", "بال", "لل")  # how a written word with the article begins


class GrammarWord(NamedTuple):
    """A closed-class word: its kind (`prep`, `agent`, `comp`, `rel`, `sub`, …) and its plain form."""

    kind: str
    value: str


@cache
def grammar_words() -> Phrases[GrammarWord]:
    """The closed-class words of the pack."""
    index: Phrases[GrammarWord] = Phrases()
    for row in rows("grammar.tsv"):
        for form in alternatives(row["forms"]) if row["kind"] not in ("comment", "also") else ():
            index.add(form, GrammarWord(row["kind"], row["value"]), name=True)
    for row in rows("distancing.tsv"):
        for form in alternatives(row["forms"]):
            words = [w for w in form.split() if len(w) > 1]
            if len(words) > 1:  # «ممن سماه»: the name that follows is governed by من all the same
                governed = "من" if words[0] in ("ممن", "مما") else ""
                index.add(" ".join(words), GrammarWord("prep" if governed else "distance", governed))
    return index


@cache
def _with_own_article() -> frozenset[str]:
    """First words of closed-class words whose article is their own («الذي», «الكف عن»)."""
    forms = (fold(form) for row in rows("grammar.tsv") for form in alternatives(row["forms"]))
    return frozenset(form.split()[0] for form in forms if form.startswith("ال"))


def _uncoupled(key: str) -> str:
    """A word without the «و» or «ف» that joins it to what came before."""
    return key[1:] if key.startswith(("وال", "فال")) else key


_DOING: Final = 7  # words between a light verb and its event noun
_SAYING: Final = 16  # words between a verb of accusing and what it accuses of
_ABOUT_DEEDS: Final = frozenset({"accuse", "threaten"})
_ENDS: Final = frozenset(".؛!؟?…")


@dataclass(slots=True, eq=False)
class Mention:
    """A noun phrase that names, describes or points back to an actor.

    `first` and `last` are token indexes (last not included), `start` and `end` the span in the page's text without
    proclitics. `shape` says how it was found: `name`, `country`, `capital`, `office`, `group`, `person`, `body`,
    `asset`, `part`, `source`, `people`, `thing`, `back`. `pro` are its proclitics, `pronoun` is its possessive clitic,
    `prep` the preposition that governs it, `inherited` where it governs the noun that this phrase completes
    («لإخراج القوات»). `low` and `high` bound the number of a `counted` phrase; `inner` is the phrase that completes it.
    """

    first: int
    last: int
    start: int
    end: int
    shape: str
    name: str
    kind: str
    code: str | None = None
    sector: str | None = None
    role: str | None = None
    name_en: str | None = None
    wikidata: str | None = None
    row: str = ""
    head: str = ""
    prep: str = ""
    inherited: bool = False
    pro: str = ""
    pronoun: str = ""
    definite: bool = True
    plural: bool = False
    back: str = ""
    person: str = ""
    low: int | None = None
    high: int | None = None
    counted: bool = False
    inner: Mention | None = None
    place: PlaceMention | None = None
    actor: str = ""
    line: int = 0


@dataclass(slots=True, eq=False)
class Line:
    """One readable block of a page, tokenised and annotated."""

    number: int
    kind: str
    start: int
    end: int
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    pos: list[str] = field(default_factory=list)
    entities: dict[int, tuple[int, str]] = field(default_factory=dict)
    grammar: dict[int, tuple[int, GrammarWord]] = field(default_factory=dict)
    inside_grammar: set[int] = field(default_factory=set)
    times: list[TimeMention] = field(default_factory=list)
    time_tokens: set[int] = field(default_factory=set)
    places: list[PlaceMention] = field(default_factory=list)
    place_at: dict[int, PlaceMention] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    mention_at: dict[int, Mention] = field(default_factory=dict)

    def sentence_of(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token `i`."""
        for first, last in self.sentences:
            if i < last:
                return first, last
        return self.sentences[-1] if self.sentences else (0, len(self.tokens))

    def grammar_kind(self, i: int) -> str:
        """The kind of closed-class word that starts at token `i`, or an empty string."""
        found = self.grammar.get(i)
        return found[1].kind if found else ""


def annotate_grammar(line: Line) -> None:
    """Mark a line's closed-class words.

    Args:
        line: the line; its `grammar` and `inside_grammar` are filled in.
    """
    i = 0
    while i < len(line.tokens):
        found = grammar_words().match(line.tokens, i) if line.tokens[i].kind == "word" else None
        word = _grammar_word(line, i, found) if found and found.pro in ("", "و", "ف") else None
        if found is None or word is None:
            i += 1
            continue
        line.grammar[i] = (found.last, word)
        if word.kind != "stop":  # «وقف»، «رفع» tell acts of their own
            line.inside_grammar.update(range(i, found.last))
        i = found.last


def _is_done(line: Line, i: int) -> bool:
    """Whether an event noun after «ب» completes a light verb of doing that stands a few words before."""
    for k in range(i - 1, max(-1, i - _DOING), -1):
        if line.tokens[k].kind != "word":
            return False
        if any(m.value.slots.get("subj") == "A" for m in light_verbs().match(line.tokens[k].key)):
            return True
    return False


def is_said(line: Line, i: int) -> bool:
    """Whether an event noun after «ب» is what somebody is accused of or threatened with («اتهمت الجيش بقصف البلدة»): no
    other act stands between by which somebody could have been hit."""
    for k in range(i - 1, max(-1, i - _SAYING), -1):
        token = line.tokens[k]
        if token.kind != "word":
            if token.form in _ENDS:
                return False
        elif any(m.value.means in _ABOUT_DEEDS and "ب" in m.value.complement for m in say_verbs().match(token.key)):
            return True
        elif frame_nouns().match(line.tokens, k) or frame_verbs().match(token.key):
            return False
    return False


def _grammar_word(line: Line, i: int, found: Match[GrammarWord]) -> GrammarWord | None:
    """The closed-class word that a match stands for: of words with a pronoun, prepositions only («عليه»)."""
    if found.article and _uncoupled(line.tokens[i].key) not in _with_own_article():
        return None  # «الآن» is not «ال + أن»
    if found.pro == "ف" and frame_verbs().match(line.tokens[i].key):
        return None  # «فتحت» is a verb, not «ف + تحت»
    if found.value.kind == "agent" and frame_nouns().match(line.tokens, i) and (_is_done(line, i) or is_said(line, i)):
        return None  # «قامت دبابة بقصف المنازل»: the act itself, not by what somebody was hit
    if not found.pronoun:
        return found.value
    return GrammarWord("preppron", found.value.value) if found.value.kind == "prep" else None
