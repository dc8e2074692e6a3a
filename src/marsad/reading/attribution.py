"""Formulas of attribution («وفقا لوكالة …»، «حسبما أعلنت …») and the channels that words passed through."""

from __future__ import annotations

from functools import cache
from typing import Final

from marsad.language.pack import alternatives, rows
from marsad.model.record import Medium
from marsad.reading.actor_lexicon import actor_words
from marsad.reading.arguments import verb_arguments
from marsad.reading.document import Line, Mention
from marsad.reading.speakers import unknown_speaker
from marsad.reading.speech import Citation, Speech
from marsad.reading.speech_words import Formula, formulas, say_verbs
from marsad.text.tokens import tokenize


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
        match = say_verbs().match(line.tokens[at].key)
        if not match:
            return None
        verb = at
        args = verb_arguments(line, at, match[0].form, "")
        begin, _ = line.sentence_of(i)
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
        named = at < len(line.tokens) and at not in line.mention_at and line.pos[at] == "PROPN"
        source = unknown_speaker(line, at) if named else None
    return Citation(i, last, formula, source, source.last if source else last, verb) if source else None


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
    if speech.first <= mention.first < speech.last:
        return False
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
