"""Who said what through whom: direct, indirect and mixed speech, with the channels it passed through.

A word of saying opens a statement; its subject is the speaker; أنّ, a colon, a quotation mark or the verb's own
complement opens the content, which runs to the end of the quotation or of the sentence, less what belongs to the next
word of saying or to a formula of attribution («وفقا لوكالة …»). Media that stand in the formula are channels.
"""

from __future__ import annotations

from typing import cast

from marsad.model.record import Medium, SpeechMode
from marsad.reading.attribution import add_channels, find_citations
from marsad.reading.document import Line, Mention
from marsad.reading.quotations import OPENING, mode_of, quote_end, trim, without_soft_end
from marsad.reading.speakers import (
    described,
    fill_speakers,
    issuer,
    noun_speaker,
    relayed,
    skip_adverbs,
    unknown_speaker,
)
from marsad.reading.speech import Citation, Speech, SpeechCue
from marsad.reading.speech_content import content_end, content_start
from marsad.reading.speech_cues import cue_at
from marsad.reading.speech_words import SayWord


def find_statements(line: Line) -> list[Speech]:
    """The statements of a line, in order of their words of saying."""
    marks = find_citations(line)
    taken = {m.verb for m in marks if m.verb is not None}
    cues = [c for i in range(len(line.tokens)) if i not in taken and (c := cue_at(line, i)) is not None]
    found = [s for n, c in enumerate(cues) if (s := _statement(line, c, cues[n + 1 :], marks)) is not None]
    found += _colon_statements(line, found)
    found += [s for m in marks if (s := _attributed(line, m, found)) is not None]
    add_channels(line, found, marks)
    found.sort(key=lambda s: s.at)
    fill_speakers(found)
    return _without_echoes(found)


def _statement(line: Line, cue: SpeechCue, later: list[SpeechCue], marks: list[Citation]) -> Speech | None:
    extent = _extent(line, cue, later, marks)
    if extent is None:
        return None
    first, last, mode = extent
    args = cue.args
    speaker = args.subject[0] if args and args.subject else None
    speaker = (issuer(line, speaker) or speaker) if speaker else None
    if args and speaker and cue.word.means == "accuse" and cue.at < speaker.first and not args.object:
        speaker = described(line, cue.at) or speaker  # «باكو، التي تنفي … وتتهم القوات بقصف …»
    if args and speaker and any(m.source is speaker for m in marks):  # «قال كوهن، بحسب القناة، إن …»
        args.opaque, speaker = True, None
    token = line.tokens[cue.at]
    speech = Speech(
        line=line, verb=(token.start, token.end), content=trim(line, first, last), first=first, last=last, at=cue.at,
        word=cue.word, speaker=speaker, mode=mode, rule=cue.word.row, elided=speaker is None,
    )  # fmt: skip
    if cue.shape == "noun":
        speech.speaker = noun_speaker(line, cue)
        speech.elided = speech.speaker is None
    if args and args.opaque and not speaker:
        speech.speaker = unknown_speaker(line, cue.at + 1)
        speech.elided = False
    relayed(speech, args)
    speech.addressee = _addressee(cue, first)
    return speech


def _extent(
    line: Line, cue: SpeechCue, later: list[SpeechCue], marks: list[Citation]
) -> tuple[int, int, SpeechMode] | None:
    """The token range of what a word of saying reports, and the mode; None where nothing follows."""
    opening = content_start(line, cue, marks)
    if opening is None:
        return None
    first, quoted = opening
    close = quote_end(line, first) if quoted else None
    if close is not None:
        return (first, close, "direct") if close > first else None
    last = content_end(line, cue, first, later, marks)
    mode: SpeechMode = "mixed" if quoted else mode_of(line, first, last)
    last = without_soft_end(line, first, last)
    return (first, last, mode) if last > first else None


def _addressee(cue: SpeechCue, first: int) -> Mention | None:
    """Whom the words are said to, named after ل before they begin."""
    if cue.args is None or cue.word.means not in ("say", "demand", "ask"):
        return None
    return next((m for m in cue.args.preps.get("ل", []) if m.kind != "media" and m.last <= first), None)


def _colon_statements(line: Line, found: list[Speech]) -> list[Speech]:
    """A line that opens with a name and a colon: «أردوغان: وصلنا إلى النهاية»."""
    if len(line.tokens) < 4 or any(s.at < 6 for s in found):
        return []
    mention = line.mention_at.get(0)
    if mention is None or mention.last >= len(line.tokens) or line.tokens[mention.last].form != ":":
        return []
    if mention.shape not in ("name", "office", "country", "capital", "body", "source"):
        return []
    first = mention.last + 1
    quoted = first < len(line.tokens) and line.tokens[first].form in OPENING
    last = len(line.tokens)
    colon = line.tokens[mention.last]
    word = SayWord("say.colon", "say", frozenset({"quote"}))
    mode: SpeechMode = "direct" if quoted else mode_of(line, first, last)
    content = trim(line, first + quoted, last)
    return [
        Speech(line=line, verb=(colon.start, colon.end), content=content, first=first, last=last, at=mention.last,
               word=word, speaker=mention, mode=mode, rule="say.colon")
    ]  # fmt: skip


def _attributed(line: Line, mark: Citation, found: list[Speech]) -> Speech | None:
    """A sentence that a formula alone attributes: «قتل أربعة، وفق ما أعلنت السلطات»."""
    begin, stop = line.sentence_of(mark.at)
    if mark.source is None or any(begin <= s.at < stop or s.first <= mark.at < s.last for s in found):
        return None
    if mark.at - begin <= 1:
        first = skip_adverbs(line, mark.end)
        while first < stop and line.tokens[first].form in "،,:":
            first += 1
        last = stop
    else:
        first, last = begin, mark.at
    if last - first < 2:
        return None
    mode = mode_of(line, first, last)
    last = without_soft_end(line, first, last)
    at = mark.verb if mark.verb is not None else mark.at
    word = SayWord(mark.formula.row, "say", frozenset())
    content = trim(line, first, last)
    if line.tokens[first].form.startswith(("و", "ف")) and line.pos[first] == "VERB" and len(line.tokens[first].key) > 3:
        content = (content[0] + 1, content[1])
    return Speech(
        line=line, verb=(line.tokens[mark.at].start, line.tokens[at].end), content=content, first=first, last=last,
        at=mark.at, word=word, speaker=mark.source, mode=mode, rule=mark.formula.row,
        medium=cast(Medium | None, mark.formula.medium or None),
    )  # fmt: skip


def _without_echoes(found: list[Speech]) -> list[Speech]:
    """Drop a statement whose content starts where another's does (two cues of one formula), keeping the fuller."""
    kept: list[Speech] = []
    for speech in found:
        twin = next((k for k in kept if k.content[0] == speech.content[0]), None)
        if twin is None:
            kept.append(speech)
        elif twin.speaker is None and speech.speaker is not None:
            kept[kept.index(twin)] = speech
    return kept
