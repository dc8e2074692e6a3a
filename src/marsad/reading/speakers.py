"""Who speaks where the verb's own subject does not tell: genitives, phrases that the pack does not know, relays."""

from __future__ import annotations

from typing import Final

from marsad.reading.arguments import Arguments, clause_start
from marsad.reading.document import WITH_ARTICLE, Line, Mention
from marsad.reading.phrase_edges import QUOTES, opens_quotation
from marsad.reading.speech import Speech, SpeechCue

_FROM: Final = frozenset({"عن", "ل", "من", "agent"})
_ISSUED: Final = 6
_OPENS: Final = 4


def skip_adverbs(line: Line, at: int) -> int:
    """Past commas, times and adverbs after a speaker."""
    while at < len(line.tokens) and (
        line.tokens[at].form in "،,"
        or at in line.time_tokens
        or line.grammar_kind(at) in ("adverb", "also")
        or (at in line.grammar and line.grammar[at][0] in line.time_tokens)
        or (line.tokens[at].form in QUOTES and not opens_quotation(line, at))
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
    if not source and speech.word.means == "carry":
        at = next((k for k in range(speech.at, speech.first) if line_word(speech.line, k) == "عن"), None)
        unknown = at is not None and at + 1 not in speech.line.mention_at and speech.line.pos[at + 1] == "PROPN"
        found = unknown_speaker(speech.line, at + 1) if at is not None and unknown else None
        source = [found] if found else None
    if source and speech.speaker and source[0].first < speech.first and speech.speaker.kind == "media":
        speech.via.append(speech.speaker)
        speech.speaker = source[0]


def issuer(line: Line, document: Mention) -> Mention | None:
    """Who speaks in a document that is named as the speaker: «بيان القيادة»، «بيان صادر عن مكتب …».

    Args:
        line: the line.
        document: the mention of the document.
    """
    if document.back != "same_document" or line.tokens[document.first].key.startswith(WITH_ARTICLE):
        return None
    for k in range(document.last, min(document.last + _ISSUED, len(line.tokens))):
        mention = line.mention_at.get(k)
        if mention is not None:
            near = k == document.last or mention.prep in _FROM
            return mention if near and mention.kind != "media" else None
        if line.tokens[k].kind == "punct" or line.grammar_kind(k) == "comp":
            return None
    return None


def line_word(line: Line, k: int) -> str:
    """The plain form of the closed-class word at a token, or an empty string."""
    return line.grammar[k][1].value if k in line.grammar else ""


def fill_speakers(found: list[Speech]) -> None:
    """A word of saying without a subject goes on with the speaker before it in the same line; a participle with the
    subject of its sentence («الجيش يقصف المدينة، معلنا …»)."""
    last: Mention | None = None
    for speech in found:
        if speech.speaker is None:
            joined = speech.line.tokens[speech.at].form.startswith("و") and speech.elided
            told = last is None and (speech.line.pos[speech.at] != "VERB" or joined)
            speech.speaker = subject_of(speech.line, speech.at) if told else last
        last = speech.speaker or last


def described(line: Line, at: int) -> Mention | None:
    """Whom the relative clause describes to whose verb a word of saying is joined: «من باكو، التي تنفي … وتتهم …».

    Args:
        line: the line.
        at: the word of saying.
    """
    begin, _ = line.sentence_of(at)
    if not line.tokens[at].form.startswith("و"):
        return None
    rel = next((k for k in range(at - 1, begin, -1) if line.grammar_kind(k) == "rel"), None)
    if rel is None or any(line.tokens[k].form in "،,؛" for k in range(rel, at)):
        return None
    return line.mention_at.get(rel - 1 - (line.tokens[rel - 1].form in "،,"))


def subject_of(line: Line, at: int) -> Mention | None:
    """The first bare phrase of a sentence before a participle of saying, where a verb of the clause can have it.

    Args:
        line: the line.
        at: the word of saying.
    """
    begin, _ = line.sentence_of(at)
    bare = (m for m in line.mentions if begin <= m.first < at and not m.prep and m.shape not in ("back", "asset"))
    first = min(bare, key=lambda m: m.first, default=None)
    return first if first is not None and first.sector != "CVL" and first.first - begin <= _OPENS else None
