"""Who said what through whom: direct, indirect and mixed speech, with the channels it passed through.

A word of saying opens a statement; its subject is the speaker; أنّ, a colon, a quotation mark or the verb's own
complement opens the content, which runs to the end of the quotation or of the sentence, less what belongs to the next
word of saying or to a formula of attribution («وفقا لوكالة …»). Media that stand in the formula are channels.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, cast

from marsad.model.record import Medium, SpeechMode
from marsad.reading.attribution import add_channels, find_citations
from marsad.reading.document import Line, Mention
from marsad.reading.quotations import OPENING, depth, mode_of, quote_end, trim, without_soft_end
from marsad.reading.speakers import (
    described,
    fill_speakers,
    forget,
    issuer,
    noun_speaker,
    relayed,
    skip_adverbs,
    unknown_speaker,
)
from marsad.reading.speech import Citation, Speech, SpeechCue
from marsad.reading.speech_content import content_end, content_start, named_start, plain_start
from marsad.reading.speech_cues import cue_at
from marsad.reading.speech_words import SayWord, say_participles

_SET_OFF: Final = "،,-–—"


def find_statements(line: Line) -> list[Speech]:
    """The statements of a line, in order of their words of saying."""
    marks = find_citations(line)
    taken = {m.verb for m in marks if m.verb is not None}
    cues = [c for i in range(len(line.tokens)) if i not in taken and (c := cue_at(line, i)) is not None]
    found = [s for n, c in enumerate(cues) if (s := _statement(line, c, cues[n + 1 :], marks)) is not None]
    _own_participles(line, cues, found)
    found += _colon_statements(line, found)
    found += [s for m in marks if (s := _attributed(line, m, found)) is not None]
    add_channels(line, found, marks)
    found.sort(key=lambda s: s.at)
    found = _without_own_words(found)
    fill_speakers(found)
    return _without_echoes(found)


def _statement(line: Line, cue: SpeechCue, later: list[SpeechCue], marks: list[Citation]) -> Speech | None:
    args = cue.args
    unknown = unknown_speaker(line, cue.at + 1) if args and args.opaque and not args.subject else None
    if args and unknown is not None:
        args.subject = [unknown]
    extent = _extent(line, cue, later, marks)
    whole = named_start(line, cue, extent[0]) if extent else 0
    content = trim(line, whole, extent[1]) if extent else None
    if extent is None or content is None:
        forget(line, unknown)
        return None
    first, last, mode = extent
    speaker = args.subject[0] if args and args.subject else None
    speaker = (issuer(line, speaker) or speaker) if speaker else None
    if args and speaker and cue.word.means == "accuse" and cue.at < speaker.first and not args.object:
        speaker = described(line, cue.at) or speaker  # «باكو، التي تنفي … وتتهم القوات بقصف …»
    if args and speaker and any(m.source is speaker for m in marks):  # «قال كوهن، بحسب القناة، إن …»
        args.opaque, speaker = True, unknown_speaker(line, cue.at + 1)
    token = line.tokens[cue.at]
    mode = "mixed" if mode == "direct" and whole < first else mode
    speech = Speech(
        line=line, verb=(token.start, token.end), content=content, first=first, last=last, at=cue.at,
        word=cue.word, speaker=speaker, mode=mode, rule=cue.word.row, elided=speaker is None,
    )  # fmt: skip
    if cue.shape == "noun":
        speech.speaker = noun_speaker(line, cue)
        speech.elided = speech.speaker is None
    relayed(speech, args)
    speech.addressee = _addressee(cue, first)
    return speech


def _own_participles(line: Line, cues: list[SpeechCue], found: list[Speech]) -> None:
    """A participle speaks for the subject of the verb of saying before it, also where that verb reports nothing itself:
    «لكن المتحدث نفى ذلك قائلا إن …»."""
    said = {s.at: s for s in found}
    for before, cue in pairwise(cues):
        speech = said.get(cue.at)
        silent = before.shape == "verb" and before.at not in said and before.args is not None
        if speech is None or cue.shape != "part" or speech.speaker is not None or not silent:
            continue
        near = line.sentence_of(before.at) == line.sentence_of(cue.at)
        speech.speaker = before.args.subject[0] if near and before.args and before.args.subject else None


def _extent(
    line: Line, cue: SpeechCue, later: list[SpeechCue], marks: list[Citation]
) -> tuple[int, int, SpeechMode] | None:
    """The token range of what a word of saying reports, and the mode; None where nothing follows."""
    opening = content_start(line, cue, marks)
    taken_up = next((o.at for o in later if o.shape == "part" and opening and cue.last <= o.at <= opening[0]), None)
    if taken_up is not None:  # «توعد قائلا: …», «نفى ذلك قائلا إن …»: the participle opens those words
        opening = plain_start(line, cue) if cue.shape == "verb" else None
        opening = opening if opening and opening[0] < taken_up else None
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
    if content is None:  # a name and a colon, and nobody's words
        return []
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
        while first < stop and (line.tokens[first].form in "،,:" or line.grammar_kind(first) == "comp"):
            first = line.grammar[first][0] if first in line.grammar else first + 1
        last = stop
    else:
        first, last = begin, mark.at
        after = skip_adverbs(line, mark.end)
        joined = after < stop and line.tokens[after].form.startswith("و")
        if _parenthetical(line, mark) and not joined and stop - after > last - first:
            first, last = after, stop  # «وأدت المعارك، بحسب المصدر، إلى مقتل …»: the words go on after it
    if last - first < 2:
        return None
    mode = mode_of(line, first, last)
    last = without_soft_end(line, first, last)
    at = mark.verb if mark.verb is not None else mark.at
    word = SayWord(mark.formula.row, "say", frozenset())
    content = trim(line, first, last)
    if content is None:
        return None
    if line.tokens[first].form.startswith(("و", "ف")) and line.pos[first] == "VERB" and len(line.tokens[first].key) > 3:
        content = (content[0] + 1, content[1])
    return Speech(
        line=line, verb=(line.tokens[mark.at].start, line.tokens[at].end), content=content, first=first, last=last,
        at=mark.at, word=word, speaker=mark.source, mode=mode, rule=mark.formula.row,
        medium=cast(Medium | None, mark.formula.medium or None),
    )  # fmt: skip


def _parenthetical(line: Line, mark: Citation) -> bool:
    """Whether a formula is set off by marks on both sides."""
    return (
        mark.end < len(line.tokens)
        and line.tokens[mark.at - 1].form in _SET_OFF
        and line.tokens[mark.end].form in _SET_OFF
    )


def _without_own_words(found: list[Speech]) -> list[Speech]:
    """Drop words of saying inside somebody's own words: «قالت إنها تعتقد أن …» is one statement."""
    return [s for s in found if not any(_holds(o, s) and _same_voice(o, s) for o in found if o is not s)]


def _holds(outer: Speech, inner: Speech) -> bool:
    return outer.first <= inner.at < outer.last


def _same_voice(outer: Speech, inner: Speech) -> bool:
    """Whether words of saying inside somebody's words are his own: nobody else is named, or inside his quotation only
    the state that he speaks for («قالت الخارجية: "سوريا تدين …"»)."""
    if inner.speaker is None:
        quoted = depth(inner.line, max(0, outer.first - 1), inner.at) > 0
        return not _goes_on(inner) or (quoted and say_participles().match(inner.line.tokens, inner.at) is None)
    speaker = outer.speaker
    states = speaker is not None and inner.speaker.shape in ("country", "capital") and speaker.kind != "media"
    return outer.mode == "direct" and states and speaker is not None and speaker.code == inner.speaker.code


def _goes_on(speech: Speech) -> bool:
    """Whether a word of saying can go on with the speaker before it: a participle, or a verb after a lone «و»."""
    line, at = speech.line, speech.at
    return line.pos[at] != "VERB" or (at > 0 and line.tokens[at - 1].form == "و")


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
