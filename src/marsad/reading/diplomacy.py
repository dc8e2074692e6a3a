"""Proposals with consent and answers, and truces with brokers and alleged breaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Match, Phrases, Verbs
from marsad.language.morph import noun_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.model.record import AnswerKind, Days, Span, TruceState
from marsad.reading.actors import Draft, Registry
from marsad.reading.acts import Act, following_light
from marsad.reading.arguments import Arguments, clause_end, verb_arguments
from marsad.reading.document import Line, Mention
from marsad.reading.events import Telling
from marsad.reading.frames import Frame
from marsad.reading.mentions import nisba_of
from marsad.reading.statements import Speech
from marsad.reading.times import TimeMention
from marsad.text.fold import fold

_VERB_KINDS: Final = frozenset({"proposal", "renewal", "answer", "truce_agreed", "broker"})


class Cue(NamedTuple):
    """A word of diplomacy: its row, kind, value, and its own further words."""

    row: str
    kind: str
    value: str
    rest: tuple[str, ...]


class Found(NamedTuple):
    """A cue in a line."""

    at: int
    last: int
    cue: Cue
    verb: bool


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


@dataclass(slots=True, eq=False)
class Ceasefire:
    """A truce before ids."""

    parties: list[Draft]
    kind: str | None
    agreed: str | None
    brokers: list[Draft]
    state: TruceState
    evidence: Span
    violations: list[Telling] = field(default_factory=list)
    line: Line | None = None
    at: int = 0
    last: int = 0
    rule: str = ""
    told: bool = False


def _cue(row: Row, rest: tuple[str, ...] = ()) -> Cue:
    return Cue(row["id"], row["kind"], row["value"], rest)


@cache
def _verbs() -> Verbs[Cue]:
    index: Verbs[Cue] = Verbs()
    for row in rows("diplomacy.tsv"):
        for form in alternatives(row["forms"]):
            if "/" in form:
                parts = [p.split() for p in form.split("/")]
                rest = tuple(fold(w) for w in parts[0][1:] if len(w) > 1)
                index.add("/".join(p[0] for p in parts if p), _cue(row, rest))
    return index


@cache
def _phrases() -> Phrases[Cue]:
    index: Phrases[Cue] = Phrases()
    for row in rows("diplomacy.tsv"):
        for form in alternatives(row["forms"]):
            if "/" not in form:
                for key in noun_forms(" ".join(w for w in form.split() if len(w) > 1)):
                    index.add(key, _cue(row))
    return index


def find_cues(line: Line) -> list[Found]:
    """The words of diplomacy in a line."""
    found: list[Found] = []
    for i, token in enumerate(line.tokens):
        if token.kind != "word":
            continue
        phrase: Match[Cue] | None = _phrases().match(line.tokens, i)
        if phrase:
            found.append(Found(i, phrase.last, phrase.value, False))
        for match in _verbs().match(token.key):
            last = _rest_end(line, i, match.value.rest)
            if last is not None and (line.pos[i] == "VERB" or not phrase):
                found.append(Found(i, last, match.value, True))
                break
    return found


def _rest_end(line: Line, i: int, rest: tuple[str, ...]) -> int | None:
    at = i + 1
    for word in rest:
        hit = next((k for k in range(at, min(at + 7, len(line.tokens))) if line.tokens[k].key.endswith(word)), None)
        if hit is None:
            return None
        at = hit + 1
    return at


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
    line: Line, found: Found, cues: list[Found], registry: Registry, tellings: Sequence[Telling], offers: list[Offer]
) -> None:
    by = _proposer(line, found, registry, tellings)
    if not by:
        return
    what = _what(line, found, cues)
    renewal = next((c for c in cues if c.cue.kind == "renewal" and c.at < found.at and found.at - c.at < 8), None)
    made = _day(line, found.at, after=renewal is not None)
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
        again = _day(line, renewal.at, after=False)
        if again and again not in known.renewed:
            known.renewed.append(again)


def _proposer(line: Line, found: Found, registry: Registry, tellings: Sequence[Telling]) -> list[Draft]:
    if found.verb:
        for match in _verbs().match(line.tokens[found.at].key):
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


def _what(line: Line, found: Found, cues: list[Found]) -> Span | None:
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


def _day(line: Line, at: int, *, after: bool) -> Days | None:
    """The day told nearest to a word, in its sentence; only after it where asked."""
    begin, stop = line.sentence_of(at)
    near: list[TimeMention] = [
        t
        for t in line.times
        if begin <= t.token_first < stop and t.first and t.kind != "since" and (t.token_first > at or not after)
    ]
    best = min(near, key=lambda t: abs(t.token_first - at), default=None)
    return Days(first=best.first, last=best.last) if best else None


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
    value: AnswerKind = found.cue.value  # type: ignore[assignment]
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
    for match in _verbs().match(line.tokens[found.at].key):
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


def find_truces(lines: Sequence[Line], registry: Registry, tellings: Sequence[Telling]) -> list[Ceasefire]:
    """Every place where a page tells of a truce: parties, day, broker, kind, state, alleged breaches.

    Args:
        lines: the page's lines.
        registry: its actors.
        tellings: its events.
    """
    found = []
    for line in lines:
        cues = find_cues(line)
        candidates = (_truce(line, c, cues, registry, tellings) for c in cues if c.cue.kind == "truce")
        found += [truce for truce in candidates if truce is not None]
    return found


def join_truces(found: Sequence[Ceasefire]) -> list[Ceasefire]:
    """One truce told in several places is one truce."""
    truces: list[Ceasefire] = []
    for truce in found:
        _join(truces, truce)
    return truces


def truce_tellings(
    found: Sequence[Ceasefire], tellings: Sequence[Telling], speeches: Sequence[Speech]
) -> list[Telling]:
    """The agreeing to a truce as an event, where the page tells when or through whom and no frame has told it."""
    told: list[Telling] = []
    for truce in found:
        line = truce.line
        if (
            line is None
            or not truce.told
            or any(t.act.line is line and t.mode == "ceasefire" for t in [*tellings, *told])
        ):
            continue
        frame = Frame(truce.rule, "RETREAT", "ceasefire", (), {}, (), (), frozenset())
        act = Act(line, truce.at, truce.last, frame, "noun", Arguments(end=truce.last), mode="ceasefire")
        speech = next((s for s in speeches if s.line is line and s.first <= truce.at < s.last), None)
        told.append(
            Telling(act, truce.parties, [], "reported", speech=speech, foreground=False, first=truce.agreed,
                    last=truce.agreed, mode="ceasefire", type="RETREAT")
        )  # fmt: skip
    return told


def _truce(
    line: Line, found: Found, cues: list[Found], registry: Registry, tellings: Sequence[Telling]
) -> Ceasefire | None:
    begin, stop = line.sentence_of(found.at)
    near = [c for c in cues if begin <= c.at < stop and c is not found]
    agreed = next((c for c in near if c.cue.kind == "truce_agreed" and abs(c.at - found.at) <= 10), None)
    brokers = [
        d for c in near if c.cue.kind == "broker" and abs(c.at - found.at) <= 14 for d in _brokers(line, c, registry)
    ]
    state = next((c for c in near if c.cue.kind == "truce_state" and abs(c.at - found.at) <= 6), None)
    own = next(
        (
            t
            for t in tellings
            if t.act.line is line and t.act.frame.mode == "ceasefire" and t.act.at <= found.at < t.act.last + 3
        ),
        None,
    )
    breaches = [
        t
        for t in tellings
        if t.act.line is line and t.act.frame.type == "ASSAULT" and t.act.at < found.at <= t.act.last + 2
    ]
    if not (agreed or brokers or state or breaches or (own and own.status == "reported" and own.actors)):
        return None
    if own is not None and own.status in ("future", "hypothetical") and not (agreed or brokers):
        return None
    parties = list(own.actors) if own and own.actors else []
    for k in range(begin, stop):
        mention = line.mention_at.get(k)
        if (mention and mention.first == k and mention.prep == "بين") or (mention and mention.back == "both"):
            parties += [d for d in registry.of(mention) if d not in parties]
    parties = [d for d in parties if d.code and d not in brokers]
    if len(parties) < 2 and (agreed or brokers or not parties):
        parties = registry.pair() or parties
    day = _day(line, found.at, after=True) if agreed or brokers else None
    kind = found.cue.value or _kind(line, found)
    verdict: TruceState = "violated" if breaches or (state and state.cue.value == "violated") else "announced"
    if state and state.cue.value in ("in_force", "ended"):
        verdict = state.cue.value  # type: ignore[assignment]
    agreed_on = day.first if day and day.first == day.last else None
    span = (line.tokens[found.at].start, line.tokens[found.last - 1].end)
    return Ceasefire(
        parties, kind or "general", agreed_on, brokers, verdict, span, breaches, line, found.at, found.last,
        found.cue.row, agreed is not None or bool(brokers),
    )  # fmt: skip


def _kind(line: Line, found: Found) -> str | None:
    for k in range(found.last, min(found.last + 2, len(line.tokens))):
        match = _phrases().match(line.tokens, k)
        if match and match.value.kind == "truce" and match.value.value:
            return match.value.value
        if line.tokens[k].key.startswith(("الانساني", "انساني")):
            return "humanitarian"
    return None


def _brokers(line: Line, cue: Found, registry: Registry) -> list[Draft]:
    at = cue.last
    while at < len(line.tokens) and at < cue.last + 3:
        mention = line.mention_at.get(at)
        if mention and mention.first == at:
            return registry.of(mention)
        token = line.tokens[at]
        nisba = nisba_of(token.key) if token.kind == "word" else None
        if nisba:
            return [registry.state_of(nisba.nisba.code, (token.start, token.end))]
        at += 1
    return []


def _join(truces: list[Ceasefire], new: Ceasefire) -> None:
    codes = {d.code for d in new.parties}
    old = next((t for t in truces if {d.code for d in t.parties} & codes or not codes or not t.parties), None)
    if old is None:
        truces.append(new)
        return
    old.parties = old.parties or new.parties
    old.agreed = old.agreed or new.agreed
    old.brokers += [d for d in new.brokers if d not in old.brokers]
    old.violations += [t for t in new.violations if t not in old.violations]
    if new.state == "violated" or (old.state == "announced" and new.state != "announced"):
        old.state = new.state
    if old.kind == "general" and new.kind:
        old.kind = new.kind
