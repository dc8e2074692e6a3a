"""Proposals with whose consent they need, their renewals and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from marsad.model.record import AnswerKind, Days, Span
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.actors import Draft, Registry
from marsad.reading.arguments import clause_end, verb_arguments
from marsad.reading.diplomacy_cues import Found, day_near, find_cues, verb_cues
from marsad.reading.document import Line, Mention
from marsad.reading.light import following_light
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling


@dataclass(slots=True, eq=False)
class Offer:
    """A proposal before ids."""

    by: list[Draft]
    what: Span
    telling: Telling | None
    made: Days | None
    line: int
    renewed: list[Days] = field(default_factory=list)
    consent: list[Draft] = field(default_factory=list)
    answers: list[tuple[Draft, AnswerKind, Speech | None]] = field(default_factory=list)


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
    for line in lines:
        for found in cues[line.number]:
            if found.cue.kind == "proposal" and found.cue.value != "content":
                _offer(line, found, cues[line.number], registry, tellings, offers)
    if not offers:
        return []
    for line in lines:
        for found in cues[line.number]:
            if found.cue.kind in ("consent", "answer"):
                _answer(line, found, registry, speeches, offers)
    return offers


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
    codes = {d.code for d in by}
    known = next((o for o in offers if codes & {d.code for d in o.by} and line.number - o.line < 12), None)
    if known is None:
        known = Offer(
            by, what or (line.tokens[found.at].start, line.tokens[found.last - 1].end), telling, made, line.number
        )
        offers.append(known)
    elif (made and renewal is not None) or known.made is None:
        known.made = made
    if renewal is not None:
        again = day_near(line, renewal.at, after=False)
        if again and again not in known.renewed:
            known.renewed.append(again)


def _proposer(line: Line, found: Found, registry: Registry, tellings: Sequence[Telling]) -> list[Draft]:
    if found.verb:
        for match in verb_cues().match(line.tokens[found.at].key):
            args = verb_arguments(line, found.at, match.form, match.pronoun)
            drafts = registry.of_all(args.subject)
            if drafts:
                return [d for d in drafts if d.code]
    telling = next((t for t in tellings if t.act.line is line and t.act.at == found.at and t.actors), None)
    if telling is not None:
        return [d for d in telling.actors if d.code]
    after = following_light(line, found.last)
    if after and after[2].subject:
        return [d for d in registry.of_all(after[2].subject) if d.code]
    mention = line.mention_at.get(found.last)
    if mention and not mention.prep and mention.first == found.last:
        return [d for d in registry.of(mention) if d.code]
    nisba = nisba_of(line.tokens[found.last].key) if found.last < len(line.tokens) else None
    if nisba and not nisba.pro:
        token = line.tokens[found.last]
        return [registry.state_of(nisba.nisba.code, (token.start, token.end))]
    return []


def _what(line: Line, found: Found, cues: Sequence[Found]) -> Span | None:
    """What is proposed: after «يقضي بـ», «بشأن», or the noun or clause that the word takes."""
    _, stop = line.sentence_of(found.at)
    opens = [
        c
        for c in cues
        if c.cue.kind == "proposal" and c.cue.value == "content" and found.last <= c.at < min(stop, found.last + 16)
    ]
    first = opens[0].last if opens else _past_names(line, found)
    last = clause_end(line, first + 1)
    while last > first and line.tokens[last - 1].form in '،,"»':
        last -= 1
    comma = next((k for k in range(first + 2, last) if line.tokens[k].form in "،,"), last)
    return (line.tokens[first].start, line.tokens[comma - 1].end) if comma > first else None


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


def _answer(line: Line, found: Found, registry: Registry, speeches: Sequence[Speech], offers: list[Offer]) -> None:
    speech = next((s for s in speeches if s.line is line and s.first <= found.at < s.last), None)
    offer = next((o for o in reversed(offers) if o.line <= line.number), offers[0])
    proposers = {d.code for d in offer.by}
    named = _named_after(line, found, registry)
    if found.cue.kind == "consent":
        speaker = registry.of(speech.speaker) if speech and speech.speaker else []
        own = [d for d in speaker if d.code not in proposers]
        if named:
            offer.consent += [d for d in named if d not in offer.consent and d.code not in proposers]
        if own and not named:
            offer.consent += [d for d in own if d not in offer.consent]
            _set(offer, own, "conditional", speech)
        return
    value = cast(AnswerKind, found.cue.value)
    subject = _subject(line, found, registry)
    if value == "none":
        parties = subject or named
    else:
        parties = subject or (registry.of(speech.speaker) if speech and speech.speaker else [])
    _set(offer, [d for d in parties if d.code and d.code not in proposers], value, speech)


def _subject(line: Line, found: Found, registry: Registry) -> list[Draft]:
    if not found.verb:
        for k in range(found.at - 1, max(-1, found.at - 4), -1):
            mention = line.mention_at.get(k)
            if mention and not mention.prep:
                return registry.of(mention)
        return []
    for match in verb_cues().match(line.tokens[found.at].key):
        args = verb_arguments(line, found.at, match.form, match.pronoun)
        if args.subject:
            return registry.of_all(args.subject)
    return []


def _named_after(line: Line, found: Found, registry: Registry) -> list[Draft]:
    mentions: list[Mention] = []
    for k in range(found.at, min(found.last + 4, len(line.tokens))):
        mention = line.mention_at.get(k)
        if mention and mention.first >= found.at and mention not in mentions:
            mentions.append(mention)
    return registry.of_all(mentions)


def _set(offer: Offer, parties: list[Draft], value: AnswerKind, speech: Speech | None) -> None:
    """Keep a party's answer; that it gave none is kept only where it gave no other."""
    for party in parties:
        old = next((a for a in offer.answers if a[0].code == party.code), None)
        if old is None:
            offer.answers.append((party, value, speech))
        elif old[1] == "none" or value in ("accepts", "rejects"):
            offer.answers[offer.answers.index(old)] = (old[0], value, speech)
