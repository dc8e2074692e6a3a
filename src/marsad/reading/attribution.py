"""Formulas of attribution («وفقا لوكالة …»، «حسبما أعلنت …») and the channels that words passed through."""

from __future__ import annotations

from functools import cache
from typing import Final

from marsad.language.pack import alternatives, rows
from marsad.model.record import Medium
from marsad.reading.actor_lexicon import actor_words
from marsad.reading.arguments import verb_arguments
from marsad.reading.document import Line, Mention
from marsad.reading.speakers import source_phrase, unknown_speaker
from marsad.reading.speech import Citation, Speech
from marsad.reading.speech_words import Formula, also_words, formulas, say_verbs
from marsad.text.tokens import tokenize

_DESCRIBED: Final = 6  # words from a formula to whose words it names
_OF_WHOM: Final = frozenset({"", "عن", "من", "ل", "لدى", "agent"})
_TELLS: Final = frozenset({"أن", "إن", "بأن", "عن", "عن أن", "إلى أن"})  # what a verb of a formula can report


def find_citations(line: Line) -> list[Citation]:
    """The formulas of attribution in a line, in order."""
    found = []
    for i, token in enumerate(line.tokens):
        if token.kind != "word":
            continue
        match = formulas().match(line.tokens, i)
        if match and not match.article:
            mark = _read_formula(line, i, match.last, match.value)
            if mark:
                found.append(mark)
    return found


def _read_formula(line: Line, i: int, last: int, formula: Formula) -> Citation | None:
    verb = None
    at = last
    if formula.takes == "clause" or (at < len(line.tokens) and line.tokens[at].key == "ما"):
        at += at < len(line.tokens) and line.tokens[at].key == "ما"
        if at >= len(line.tokens):
            return None
        match = [m for m in say_verbs().match(line.tokens[at].key) if not m.value.rest and m.value.complement & _TELLS]
        if not match:
            return None
        verb = at
        args = verb_arguments(line, at, match[0].form, "")
        begin, _ = line.sentence_of(i)
        if i - begin <= 1 and line.tokens[i].key in also_words():
            return None  # «كما تحدث مسؤولون عن …»: «also», and the verb says it itself
        if i - begin <= 1 and args.end < len(line.tokens) and line.grammar_kind(args.end) == "comp":
            return None  # «كما أعلن … أن»: the verb says it itself
        source = args.subject[0] if args.subject else None
        relayed = args.preps.get("عن")
        end = max((m.last for m in [*(args.subject or []), *(relayed or [])]), default=at + 1)
        if relayed:
            source = relayed[0]
        return Citation(i, last, formula, source, end, verb)
    source = line.mention_at.get(at)
    if source is None or source.first < i:
        source = _described_source(line, at) or _plain_source(line, i, at)
    return Citation(i, last, formula, source, source.last if source else last, verb) if source else None


def _described_source(line: Line, at: int) -> Mention | None:
    """Whose the words, the count or the estimate is that a formula names: «بحسب آخر حصيلة صادرة عن السلطات»."""
    for k in range(at, min(at + _DESCRIBED, len(line.tokens))):
        mention = line.mention_at.get(k)
        if mention is not None:
            return mention if mention.first == k and mention.prep in _OF_WHOM else None
        if line.tokens[k].kind != "word" or line.pos[k] == "VERB" or line.grammar_kind(k) not in ("", "prep"):
            return None
    return None


def _plain_source(line: Line, first: int, at: int) -> Mention | None:
    """A source that only a name or one noun tells, which may be the formula's own last word: «بحسب تقارير»."""
    if at < len(line.tokens) and at not in line.mention_at and line.pos[at] == "PROPN":
        return unknown_speaker(line, at)
    for k in range(min(at, len(line.tokens) - 1), at - 2, -1):
        ends = k + 1 >= len(line.tokens) or line.tokens[k + 1].kind == "punct"
        if k > first and ends and line.pos[k] == "NOUN" and k not in line.inside_grammar:
            return line.mention_at.get(k) or source_phrase(line, k, k + 1)
    return None


def add_channels(line: Line, found: list[Speech], marks: list[Citation]) -> None:
    """Media named in a statement's own formula, or in one that closes its sentence, are its channels."""
    for speech in found:
        for mention in line.mentions:
            if mention.kind == "media" and mention is not speech.speaker and _carries(line, speech, mention, marks):
                if mention not in speech.via:
                    speech.via.append(mention)
                speech.medium = speech.medium or _medium(mention)
        own = {id(m) for m in speech.via}
        if speech.speaker is not None and id(speech.speaker) in own:
            speech.via = [m for m in speech.via if m is not speech.speaker]


def _carries(line: Line, speech: Speech, mention: Mention, marks: list[Citation]) -> bool:
    """Whether a medium in a statement's sentence, outside its content, is a channel of it."""
    begin, stop = line.sentence_of(speech.at)
    if not begin <= mention.first < stop:
        return False
    if speech.first <= mention.first < speech.last or mention.pronoun:
        return False  # among the words, or the speaker's own paper («في تقريرها»)
    if speech.speaker is not None and speech.speaker.kind == "media" and mention.first == speech.speaker.last:
        return False  # the rest of the speaker's name («وكالة "سبأ" اليمنية للأنباء»)
    cue_zone = speech.at <= mention.first < speech.first or speech.first > mention.first > speech.at
    cited = any(m.source is mention or m.at <= mention.first <= m.end for m in marks)
    if cited:
        nearest = line.tokens[mention.first - 1].key if mention.first else ""
        return cue_zone or mention.first >= speech.last or nearest != ""
    return cue_zone and mention.prep in ("ل", "عبر", "على", "في", "ب", "مع", "عن", "نقلا", "إلى")


_MEDIA: Final[dict[str, Medium]] = {
    "head.body.news_agency": "agency",
    "head.body.newspaper": "press",
    "head.body.channel": "television",
    "head.body.radio": "television",
    "head.body.social_media": "social",
}


def _medium(mention: Mention) -> Medium:
    """The kind of a medium: of its head word, or of the words that its row's other names begin with."""
    if mention.row in _MEDIA:
        return _MEDIA[mention.row]
    return media_kinds().get(mention.row, "social" if mention.code is None and mention.shape == "name" else "press")


@cache
def media_kinds() -> dict[str, Medium]:
    """What each named medium of the pack is, by the head that one of its names begins with («وكالة …»، «قناة …»)."""
    found: dict[str, Medium] = {}
    for row in rows("actors.tsv"):
        if row["kind"] == "media":
            for name in alternatives(row["names"]):
                head = actor_words().match(tokenize(name.split()[0]), 0)
                if head and head.value.row in _MEDIA:
                    found.setdefault(row["id"], _MEDIA[head.value.row])
    return found
