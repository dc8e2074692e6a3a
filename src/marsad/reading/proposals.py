"""Proposals with whose consent they need, their renewals and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.model.record import Span
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.actors import Draft, Registry, camp_of
from marsad.reading.answers import read_answers
from marsad.reading.arguments import clause_end, verb_arguments
from marsad.reading.calls import answered_calls, ready_at
from marsad.reading.diplomacy_cues import Found, day_near, denials, find_cues, no_cue, verb_cues
from marsad.reading.document import WITH_ARTICLE, Line
from marsad.reading.frames import not_acts
from marsad.reading.light import following_light
from marsad.reading.offers import Offer
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling

_POWERS: Final = frozenset({"state", "armed", "political"})
_PRONOUNS: Final = ("ها", "ه", "هم", "هما")
_DENIED: Final = 3
_FAR: Final = 24


def read_proposals(
    lines: Sequence[Line], registry: Registry, speeches: Sequence[Speech], tellings: Sequence[Telling]
) -> list[Offer]:
    """The proposals of a page with their renewals, whose consent they need, and the answers.

    Args:
        lines: the page's lines.
        registry: its actors.
        speeches: its statements.
        tellings: its events.
    """
    offers: list[Offer] = []
    cues = {line.number: find_cues(line) for line in lines}
    calls = answered_calls(lines, cues)
    for line in lines:
        for found in cues[line.number]:
            bare = found.cue.value == "call" and (line.number, found.at) not in calls
            if found.cue.kind == "proposal" and found.cue.value != "content" and not bare and _made(line, found):
                _offer(line, found, cues[line.number], registry, tellings, offers)
    offers = [o for o in offers if _concerns_others(o, registry)]
    if offers:
        for line in lines:
            read_answers(line, cues[line.number], registry, speeches, offers)
    return offers


def _made(line: Line, found: Found) -> bool:
    """Whether a word of proposing tells a proposal: not «ليست هناك أي مبادرة», «نفت … طرح مبادرة», no display; a call
    is one where it invites to talks."""
    if found.cue.value == "meeting" and not _invites(line, found):
        return False
    if found.cue.value == "office" and ready_at(line, found) is None:
        return False
    begin, _ = line.sentence_of(found.at)
    denied = any(line.pos[k] == "VERB" and denials().match(line.tokens[k].key) for k in range(begin, found.at))
    phrase = not_acts().match(line.tokens, found.at)
    if phrase is not None and phrase.value == "phrase":
        return False
    before = range(max(0, found.at - _DENIED), found.at)
    return not (denied or any(no_cue(line, k) for k in before))


def _invites(line: Line, found: Found) -> bool:
    """Whether a call is one to talks: «دعوتها الطرفين إلى لقاء مباشر»."""
    _, stop = line.sentence_of(found.at)
    near = range(found.last, min(stop, found.last + _FAR))
    return any(c.cue.kind == "meeting" for c in find_cues(line) if c.at in near)


def _concerns_others(offer: Offer, registry: Registry) -> bool:
    """Whether the page names another power than the proposer: a matter within one state's offices is no diplomacy."""
    own = {camp_of(d) for d in offer.by}
    return any(
        camp_of(d) not in own and camp_of(d)[1] in _POWERS and d.kind not in ("media", "people")
        for d in registry.drafts.values()
        if d.spans and d.code
    ) or any(camp_of(d)[1] == "people" for d in offer.by)


def _offer(
    line: Line,
    found: Found,
    cues: Sequence[Found],
    registry: Registry,
    tellings: Sequence[Telling],
    offers: list[Offer],
) -> None:
    by = _proposer(line, found, registry, tellings)
    if not by:
        return
    what = _what(line, found, cues)
    renewal = next((c for c in cues if c.cue.kind == "renewal" and c.at < found.at and found.at - c.at < 8), None)
    made = day_near(line, found.at, after=renewal is not None)
    telling = next((t for t in tellings if t.act.line is line and t.act.at == found.at), None)
    camps = {camp_of(d) for d in by}
    known = next((o for o in offers if camps & {camp_of(d) for d in o.by} and line.number - o.line < 12), None)
    if known is None:
        known = Offer(by, what or _taken_up(line, found, cues), telling, made, line.number, found.cue.value == "call")
        offers.append(known)
    elif (made and renewal is not None) or known.made is None:
        known.made = made
    if renewal is not None:
        again = day_near(line, renewal.at, after=False)
        if again and again not in known.renewed:
            known.renewed.append(again)


def _proposer(line: Line, found: Found, registry: Registry, tellings: Sequence[Telling]) -> list[Draft]:
    ready = ready_at(line, found) if found.cue.value == "office" else None
    if ready is not None:
        named = next((m for k in range(ready, found.at) if (m := line.mention_at.get(k)) and not m.prep), None)
        return [d for d in registry.of(named) if d.code] if named else _owner_of(line, found, registry)
    if found.verb:
        for match in verb_cues().match(line.tokens[found.at].key):
            args = verb_arguments(line, found.at, match.form, match.pronoun)
            drafts = registry.of_all(args.subject)
            if drafts:
                return [d for d in drafts if d.code]
    again = line.tokens[found.at].key.startswith(WITH_ARTICLE)  # «المقترح»: one that was told of before
    telling = next((t for t in tellings if t.act.line is line and t.act.at == found.at and t.actors), None)
    if telling is not None and not again:
        return [d for d in telling.actors if d.code]
    after = following_light(line, found.last)
    if after and after[2].subject:
        return [d for d in registry.of_all(after[2].subject) if d.code]
    mention = line.mention_at.get(found.last)
    if mention and not mention.prep and mention.first == found.last:
        return [d for d in registry.of(mention) if d.code]
    presented = _presented_by(line, found, registry)
    if presented:
        return presented
    if _has_owner(line, found):
        return _owner_of(line, found, registry)
    nisba = nisba_of(line.tokens[found.last].key) if found.last < len(line.tokens) else None
    if nisba and not nisba.pro:
        token = line.tokens[found.last]
        return [registry.state_of(nisba.nisba.code, (token.start, token.end))]
    return []


def _presented_by(line: Line, found: Found, registry: Registry) -> list[Draft]:
    """Who presented it: «الورقة، التي قدمتها واشنطن»."""
    at = found.last
    while at < min(found.last + 4, len(line.tokens)) and line.grammar_kind(at) != "rel":
        at += 1
    if at + 1 >= len(line.tokens) or line.grammar_kind(at) != "rel" or line.pos[at + 1] != "VERB":
        return []
    subject = next((m for k in range(at + 2, at + 5) if (m := line.mention_at.get(k)) and m.first == k), None)
    return [d for d in registry.of(subject) if d.code] if subject and not subject.prep else []


def _has_owner(line: Line, found: Found) -> bool:
    """Whether a noun of proposing carries a pronoun («عرضها», «دعوته»)."""
    word = line.tokens[found.at].form.rstrip("\u064b\u064e\u064f\u0650\u0651")
    return not found.verb and any(word.endswith(p) and len(word) > len(p) + 2 for p in _PRONOUNS)


def _owner_of(line: Line, found: Found, registry: Registry) -> list[Draft]:
    """Whom the pronoun of a noun of proposing means: the subject of its sentence."""
    begin, _ = line.sentence_of(found.at)
    for k in range(begin, found.at):
        mention = line.mention_at.get(k)
        if mention and mention.first == k and not mention.prep and mention.kind != "media":
            drafts = [d for d in registry.of(mention) if d.code]
            if drafts:
                return drafts
    return []


def _what(line: Line, found: Found, cues: Sequence[Found]) -> Span | None:
    """What is proposed: after «يقضي بـ», «بشأن», or the noun or clause that the word takes."""
    _, stop = line.sentence_of(found.at)
    if found.cue.value == "office":
        return line.tokens[found.at].start, line.tokens[clause_end(line, found.last) - 1].end
    opens = [
        c
        for c in cues
        if c.cue.kind == "proposal" and c.cue.value == "content" and found.last <= c.at < min(stop, found.last + 16)
    ]
    first = opens[0].last if opens else _called_to(line, found) or _past_names(line, found)
    last = clause_end(line, first + 1)
    while last > first and line.tokens[last - 1].form in '،,"»':
        last -= 1
    comma = next((k for k in range(first + 2, last) if line.tokens[k].form in "،,"), last)
    said = any(t.kind == "word" for t in line.tokens[first:comma])  # «تلقينا اقتراحا روسيا.» says no more
    return (line.tokens[first].start, line.tokens[comma - 1].end) if said else None


def _called_to(line: Line, found: Found) -> int:
    """Where the matter of a call begins: after «إلى»; 0 for what is no call."""
    _, stop = line.sentence_of(found.at)
    to = (line.grammar[k] for k in range(found.last, min(stop, found.last + _FAR)) if k in line.grammar)
    return next((last for last, word in to if word.value == "إلى"), 0) if found.cue.value == "call" else 0


def _taken_up(line: Line, found: Found, cues: Sequence[Found]) -> Span:
    """What a proposal is that is only referred to: what the answer to it speaks of («أن نشر المراقبين مستحيل دون رضاها،
    ردا على الفكرة التي طرحتها موسكو»), else the words for it."""
    begin, _ = line.sentence_of(found.at)
    relative = found.verb and found.at - 1 > begin and line.grammar_kind(found.at - 1) == "rel"
    told = [c for c in cues if begin <= c.at < found.at and c.cue.kind in ("consent", "answer")]
    first = next((line.grammar[k][0] for k in range(begin, found.at) if line.grammar_kind(k) == "comp"), found.at)
    last = next((c.at for c in told if c.at > first + 1), first)
    while last - 1 > first and line.pos[last - 1] == "ADJ" and not line.tokens[last - 1].key.startswith(WITH_ARTICLE):
        last -= 1  # «مستحيل»: what is said of it
    if relative and last > first:
        return line.tokens[first].start, line.tokens[last - 1].end
    at = found.at - 2 if relative else found.at
    return line.tokens[at].start, line.tokens[at if relative else found.last - 1].end


def _past_names(line: Line, found: Found) -> int:
    """Where the matter of a proposal begins: after its word, the proposer, times and commas."""
    at = found.last
    limit = min(len(line.tokens), found.last + 18)
    while at < limit:
        mention = line.mention_at.get(at)
        if mention is not None and mention.first == at and not mention.prep and mention.shape != "thing":
            at = mention.last
        elif line.tokens[at].form in "،," or at in line.time_tokens or line.grammar_kind(at) == "adverb":
            at += 1
        else:
            break
    return at if at < limit else found.last
