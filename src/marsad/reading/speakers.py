"""Who speaks where the verb's own subject does not tell: genitives, phrases that the pack does not know, relays."""

from __future__ import annotations

from marsad.reading.arguments import Arguments, clause_start
from marsad.reading.document import Line, Mention
from marsad.reading.speech import Speech, SpeechCue


def skip_adverbs(line: Line, at: int) -> int:
    """Past commas, times and adverbs after a speaker."""
    while at < len(line.tokens) and (
        line.tokens[at].form in "،,"
        or at in line.time_tokens
        or line.grammar_kind(at) == "adverb"
        or (at in line.grammar and line.grammar[at][0] in line.time_tokens)
    ):
        at += 1
    return at


def noun_speaker(line: Line, cue: SpeechCue) -> Mention | None:
    """The speaker of a noun of saying: its genitive, or the last bare phrase of its clause before it."""
    after = line.mention_at.get(cue.last)
    if after and not after.prep and not after.pro:
        return after
    begin = clause_start(line, cue.at)
    for k in range(cue.at - 1, begin - 1, -1):
        mention = line.mention_at.get(k)
        if mention and not mention.prep:
            return mention
    return None


def unknown_speaker(line: Line, at: int) -> Mention | None:
    """A speaker that the pack does not know: the noun phrase as it stands.

    Args:
        line: the line; the new mention is put into it.
        at: the token from which to look for the phrase.
    """
    at = skip_adverbs(line, at)
    last = at
    while last < len(line.tokens) and last - at < 6 and _continues_name(line, at, last):
        last += 1
    if last == at:
        return None
    name = " ".join(t.form for t in line.tokens[at:last])
    named = line.pos[at] == "PROPN"
    shape, kind = ("name", "person") if named else ("source", "people")
    mention = Mention(
        first=at, last=last, start=line.tokens[at].start, end=line.tokens[last - 1].end, shape=shape, name=name,
        kind=kind, row="grammar.speaker", head=f"speaker:{name}", line=line.number, person=name if named else "",
    )  # fmt: skip
    line.mentions.append(mention)
    for k in range(at, last):
        line.mention_at.setdefault(k, mention)
    return mention


def _continues_name(line: Line, first: int, k: int) -> bool:
    """Whether a token goes on with a noun phrase that starts as a definite noun or a name."""
    definite = line.tokens[k].key.startswith("ال")
    if k in line.inside_grammar or k in line.time_tokens or line.tokens[k].kind != "word":
        return False
    if k == first:
        return line.pos[k] == "PROPN" or (line.pos[k] == "NOUN" and definite)
    return line.pos[k] == "PROPN" or (line.pos[k] == "ADJ" and definite)


def relayed(speech: Speech, args: Arguments | None) -> None:
    """«نقلت الوكالة عن المتحدث قوله»: the subject is the channel, the speaker follows عن."""
    source = args.preps.get("عن") if args else None
    if source and speech.speaker and source[0].first < speech.first and speech.speaker.kind == "media":
        speech.via.append(speech.speaker)
        speech.speaker = source[0]


def fill_speakers(found: list[Speech]) -> None:
    """A word of saying without a subject goes on with the speaker before it in the same line."""
    last: Mention | None = None
    for speech in found:
        if speech.speaker is None and last is not None:
            speech.speaker = last
        last = speech.speaker or last
