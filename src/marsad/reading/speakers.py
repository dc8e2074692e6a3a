"""Who speaks where the verb's own subject does not tell: genitives, phrases that the pack does not know, relays."""

from __future__ import annotations

from typing import Final

from marsad.model.record import Medium
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.arguments import Arguments, clause_start
from marsad.reading.document import WITH_ARTICLE, Line, Mention
from marsad.reading.phrase_edges import QUOTES, opens_quotation
from marsad.reading.speech import Speech, SpeechCue
from marsad.reading.speech_words import occasions

_FROM: Final = frozenset({"عن", "ل", "من", "agent"})
_ISSUED: Final = 6
_OPENS: Final = 4


def skip_adverbs(line: Line, at: int) -> int:
    """Past commas, times, adverbs and the occasion («في بيان», «في تصريح لوكالة …») after a speaker."""
    while at < len(line.tokens):
        occasion = occasion_end(line, at)
        if not (
            occasion
            or line.tokens[at].form in "،,"
            or at in line.time_tokens
            or line.grammar_kind(at) in ("adverb", "also")
            or (at in line.grammar and line.grammar[at][0] in line.time_tokens)
            or (line.tokens[at].form in QUOTES and not opens_quotation(line, at))
        ):
            break
        at = occasion or at + 1
    return at


def occasion_end(line: Line, at: int) -> int:
    """Where a phrase that names the document, the occasion or the medium of the words ends, or 0 where none begins:
    «في بيان له», «خلال مؤتمر صحافي», «عبر تويتر», «لقناة الجزيرة».

    Args:
        line: the line.
        at: the token where it may begin.
    """
    phrase = occasions().match(line.tokens, at) if line.tokens[at].kind == "word" else None
    found, last = phrase is not None, phrase.last if phrase else at
    while found and last < len(line.tokens) and _describes_occasion(line, last):
        last += 1
    named = line.grammar[last][0] if line.grammar_kind(last) == "prep" else last
    mention = line.mention_at.get(named)
    if mention is not None and mention.first == named and mention.kind == "media" and mention.prep:
        last, found = mention.last, True
    while found and last < len(line.tokens) and line.tokens[last].form in QUOTES and not opens_quotation(line, last):
        last += 1  # «على منصة "إكس"»
    return last if found else 0


def _describes_occasion(line: Line, k: int) -> bool:
    """Whether a word goes on with an occasion: «صحافي», «رسمي», «له», «لها»."""
    if line.grammar_kind(k) == "preppron":
        return True
    bare = k not in line.mention_at and k not in line.inside_grammar and k not in line.time_tokens
    return bare and line.pos[k] == "ADJ" and not line.tokens[k].key.startswith("ال")


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
    if last == at or not (line.pos[at] == "PROPN" or line.tokens[at].key.startswith("ال") or _heads(line, at, last)):
        return None
    return source_phrase(line, at, last)


def source_phrase(line: Line, at: int, last: int) -> Mention:
    """A mention for a source that no table knows: the words as they stand.

    Args:
        line: the line; the new mention is put into it.
        at: its first token.
        last: the token after it.
    """
    name = " ".join(t.form for t in line.tokens[at:last])
    named = line.pos[at] == "PROPN"
    shape, kind = ("name", "person") if named else ("source", "people")
    nisba = None if named else nisba_of(line.tokens[last - 1].key, True)
    mention = Mention(
        first=at, last=last, start=line.tokens[at].start, end=line.tokens[last - 1].end, shape=shape, name=name,
        kind=kind, code=nisba.nisba.code if nisba else None, row="grammar.speaker", head=f"speaker:{name}",
        line=line.number, person=name if named else "",
    )  # fmt: skip
    line.mentions.append(mention)
    for k in range(at, last):
        line.mention_at.setdefault(k, mention)
    return mention


def forget(line: Line, mention: Mention | None) -> None:
    """Take a mention of an unknown source out of its line again, where it said nothing.

    Args:
        line: the line.
        mention: the mention, if any.
    """
    if mention is not None:
        line.mentions.remove(mention)
        for k in range(mention.first, mention.last):
            if line.mention_at.get(k) is mention:
                del line.mention_at[k]


def _heads(line: Line, at: int, last: int) -> bool:
    """Whether an indefinite noun heads a phrase that speaks, since its words follow: «خدمة الإسعاف … إن»."""
    after = skip_adverbs(line, last)
    opens = after < len(line.tokens) and (line.grammar_kind(after) == "comp" or line.tokens[after].form in ':"«“')
    accusative = line.tokens[at].form.endswith(("\u0627\u064b", "\u064b\u0627", "\u0629\u064b"))
    return opens and last > at + 1 and not accusative


def _continues_name(line: Line, first: int, k: int) -> bool:
    """Whether a token goes on with a noun phrase that starts as a definite noun or a name."""
    definite = line.tokens[k].key.startswith("ال")
    if k in line.inside_grammar or k in line.time_tokens or line.tokens[k].kind != "word":
        return False
    if k == first:
        return line.pos[k] in ("PROPN", "NOUN")
    opened = not line.tokens[first].key.startswith("ال") and k == first + 1  # «خدمة الإسعاف», «ناج سوري»
    return line.pos[k] == "PROPN" or (line.pos[k] == "ADJ" and (definite or opened)) or (opened and definite)


def relayed(speech: Speech, args: Arguments | None) -> None:
    """«نقلت الوكالة عن المتحدث قوله»: the subject is the channel, the speaker follows عن."""
    source = args.preps.get("عن") if args else None
    if not source and speech.word.means == "carry":
        at = next((k for k in range(speech.at, speech.first) if line_word(speech.line, k) == "عن"), None)
        unknown = at is not None and at + 1 not in speech.line.mention_at and speech.line.pos[at + 1] == "PROPN"
        found = unknown_speaker(speech.line, at + 1) if at is not None and unknown else None
        source = [found] if found else None
    if not source or source[0].first >= speech.first:
        return
    if speech.speaker is not None and (speech.word.means == "carry" or speech.speaker.kind == "media"):
        speech.via.append(speech.speaker)
        speech.speaker = source[0]
    elif speech.speaker is None and speech.word.means == "carry":
        speech.speaker, speech.elided = source[0], False


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
    via: list[Mention] = []
    medium: Medium | None = None
    for speech in found:
        if speech.speaker is None:
            joined = speech.line.tokens[speech.at].form.startswith("و") and speech.elided
            told = last is None and (speech.line.pos[speech.at] != "VERB" or joined)
            speech.speaker = subject_of(speech.line, speech.at) if told else last
            if speech.speaker is last and speech.speaker is not None and not speech.via:
                speech.via, speech.medium = list(via), speech.medium or medium
        last = speech.speaker or last
        via, medium = (speech.via, speech.medium) if speech.speaker is not None else (via, medium)


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
