"""Truces: their parties, kind, day, brokers and state, and the breaches alleged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, cast

from marsad.model.record import Days, Span, TruceState
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.actors import Draft, Registry
from marsad.reading.arguments import Arguments
from marsad.reading.diplomacy_cues import Found, day_near, find_cues, phrase_cues
from marsad.reading.document import Line
from marsad.reading.frames import Frame
from marsad.reading.matters import matter_at
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling

# How many tokens from the word for a truce its other words may stand.
_AGREED: Final = 10
_BROKER: Final = 28
_STATE: Final = 20
_KIND: Final = 8
_TWO: Final = 2
_AFTER: Final = 2  # paragraphs after one that tells of breaches in which each side tells the other's
_STATES: Final[tuple[TruceState, ...]] = ("announced", "in_force", "violated", "ended")


@dataclass(slots=True, eq=False)
class Ceasefire:
    """A truce before ids: `at` and `last` are the token range of its words, `told` says that its agreeing is told."""

    parties: list[Draft]
    kind: str | None
    agreed: str | None
    brokers: list[Draft]
    state: TruceState
    evidence: Span
    violations: list[Telling]
    line: Line
    at: int
    last: int
    rule: str
    told: bool


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
    for truce in found:
        if truce.state == "violated" and not truce.violations:
            truce.violations = [t for t in tellings if _follows(truce, t)]
    return found


def _follows(truce: Ceasefire, t: Telling) -> bool:
    """Whether an attack is one of the breaches of which a paragraph just said that each side tells the other's."""
    after = 0 < t.act.line.number - truce.line.number <= _AFTER
    codes = {d.code for d in truce.parties}
    sides = {d.code for d in t.actors} & codes and {d.code for d in t.claimed_by} & codes
    return after and bool(sides) and _is_attack(t) and not {d.code for d in t.actors} & {d.code for d in t.claimed_by}


class _Signs(NamedTuple):
    """What a sentence tells around a word for a truce."""

    agreed: Found | None
    state: Found | None
    brokers: list[Draft]
    own: Telling | None
    breaches: list[Telling]
    attacks: list[Telling]

    @property
    def told(self) -> bool:
        """Whether the agreeing itself is told: when, or through whom."""
        return self.agreed is not None or bool(self.brokers)


def _signs(line: Line, found: Found, cues: Sequence[Found], registry: Registry, tellings: Sequence[Telling]) -> _Signs:
    begin, stop = line.sentence_of(found.at)
    near = [c for c in cues if begin <= c.at < stop and c is not found]
    here = [t for t in tellings if t.act.line is line]
    near = [c for c in near if not _apart(line, c, found)]
    brokering = [c for c in near if c.cue.kind == "broker" and abs(c.at - found.at) <= _BROKER]
    return _Signs(
        next((c for c in near if c.cue.kind == "truce_agreed" and abs(c.at - found.at) <= _AGREED), None),
        next((c for c in near if c.cue.kind == "truce_state" and abs(c.at - found.at) <= _STATE), None),
        [d for c in brokering for d in _brokers(line, c, registry)],
        next((t for t in here if t.act.frame.mode == "ceasefire" and t.act.at <= found.at < t.act.last + 3), None),
        [t for t in here if t.act.frame.type == "ASSAULT" and t.act.at < found.at <= t.act.last + 2],
        [t for t in here if begin <= found.at < t.act.at < stop and _is_attack(t)],
    )


def _apart(line: Line, cue: Found, found: Found) -> bool:
    """Whether what a word tells is told of something else: «بوساطة المجموعة، مضيفا أن الهدنة …»."""
    first, last = sorted((cue, found), key=lambda c: c.at)
    return any(line.grammar_kind(k) == "comp" for k in range(first.last, last.at))


def _truce(
    line: Line, found: Found, cues: Sequence[Found], registry: Registry, tellings: Sequence[Telling]
) -> Ceasefire | None:
    signs = _signs(line, found, cues, registry, tellings)
    own = signs.own
    stands = own is not None and own.status == "reported" and bool(own.actors)
    if not (signs.told or signs.state or signs.breaches or stands):
        return None
    if own is not None and own.status in ("future", "hypothetical") and not signs.told:
        return None
    day = (_agreed_on(line, found, signs) or _agreed_now(line, tellings)) if signs.told else None
    span = (line.tokens[found.at].start, line.tokens[found.last - 1].end)
    breaches = signs.breaches or (signs.attacks if _is_broken(signs) else [])  # «لم تصمد …، إذ شنت القوات هجوما»
    return Ceasefire(
        _parties(line, found, signs, registry), _kind(line, found) or found.cue.value or "general",
        day.first if day and day.first == day.last else None, _third(signs), _state(signs), span, breaches, line,
        found.at, found.last, found.cue.row, signs.told,
    )  # fmt: skip


def _agreed_on(line: Line, found: Found, signs: _Signs) -> Days | None:
    """The day on which it was agreed, told between the agreeing and the truce («اتفقتا السبت على هدنة») or after it."""
    agreed = signs.agreed
    if agreed is not None and agreed.at < found.at:
        for t in reversed(line.times):
            if agreed.at < t.token_first < found.at and t.first and t.kind != "since":
                return Days(first=t.first, last=t.last)
    return day_near(line, found.at, after=True)


def _agreed_now(line: Line, tellings: Sequence[Telling]) -> Days | None:
    """The day of the agreeing itself, where it is the news («في وقت لاحق، أعلنت الوزارتان اتفاق البلدين على هدنة»)."""
    told = (t for t in tellings if t.act.line is line and t.type == "AGREE" and t.foreground and len(t.actors) > 1)
    return next((Days(first=t.first, last=t.last) for t in told if t.first and not t.historical), None)


def _is_attack(t: Telling) -> bool:
    return t.type == "ASSAULT" and t.status in ("reported", "claimed") and bool(t.actors) and not t.historical


def _is_broken(signs: _Signs) -> bool:
    return signs.state is not None and signs.state.cue.value in ("violated", "ended")


def _parties(line: Line, found: Found, signs: _Signs, registry: Registry) -> list[Draft]:
    """Between whom the truce is: its act's own actors, whoever follows «بين», or else the page's two sides."""
    parties = list(signs.own.actors) if signs.own else []
    for k in range(*line.sentence_of(found.at)):
        mention = line.mention_at.get(k)
        if mention and ((mention.first == k and mention.prep == "بين") or mention.back == "both"):
            parties += [d for d in registry.of(mention) if d not in parties]
    parties = [d for d in parties if d.code and d not in signs.brokers]
    if len(parties) < 2 and (signs.told or not parties):
        return _breaking(signs.breaches) or registry.pair() or parties
    return parties


def _breaking(breaches: Sequence[Telling]) -> list[Draft]:
    """The two sides of which one is said by the other to have broken a truce."""
    sides = {d.code: d for t in breaches for d in (*t.actors, *t.claimed_by) if d.code}
    return list(sides.values()) if len(sides) == _TWO else []


def _third(signs: _Signs) -> list[Draft]:
    """The brokers, less whoever is said to have broken it: a side brokers nothing."""
    sides = {d.code for t in signs.breaches for d in t.actors}
    return [d for d in signs.brokers if d.code not in sides]


def _state(signs: _Signs) -> TruceState:
    value = signs.state.cue.value if signs.state else ""
    if value in ("in_force", "ended"):
        return cast(TruceState, value)
    return "violated" if signs.breaches or value == "violated" else "announced"


def _kind(line: Line, found: Found) -> str | None:
    """The kind of truce that the words after it tell («… إنسانية», «… لأغراض إنسانية»)."""
    for k in range(found.last, min(found.last + _KIND, len(line.tokens))):
        if line.tokens[k].kind == "punct":
            break
        match = phrase_cues().match(line.tokens, k)
        if match and match.value.kind == "truce" and match.value.value:
            return match.value.value
        if matter_at(line, k) == "humanitarian":
            return "humanitarian"
    return None


def _brokers(line: Line, cue: Found, registry: Registry) -> list[Draft]:
    """Who is named right after a word of brokering («برعاية روسية»، «بوساطة قطر»)."""
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


def join_truces(found: Sequence[Ceasefire]) -> list[Ceasefire]:
    """One truce told in several places is one truce."""
    truces: list[Ceasefire] = []
    for truce in found:
        _join(truces, truce)
    return truces


def _join(truces: list[Ceasefire], new: Ceasefire) -> None:
    """Join a truce to the one of the same parties told before, or add it."""
    codes = {d.code for d in new.parties}
    able = [t for t in truces if {d.code for d in t.parties} & codes or not codes or not t.parties]
    old = next((t for t in reversed(able) if _one_day(t, new)), None)
    if old is None:
        truces.append(new)
        return
    old.parties = old.parties or new.parties
    old.agreed = old.agreed or new.agreed
    old.brokers += [d for d in new.brokers if d not in old.brokers]
    old.violations += [t for t in new.violations if t not in old.violations]
    old.state = max(old.state, new.state, key=_STATES.index)
    if old.kind == "general" and new.kind:
        old.kind = new.kind


def _one_day(one: Ceasefire, other: Ceasefire) -> bool:
    """Whether two tellings may be of one truce: agreed on one day, give or take a day, as far as both tell it."""
    if one.agreed is None or other.agreed is None:
        return True
    return abs((date.fromisoformat(one.agreed) - date.fromisoformat(other.agreed)).days) <= 1


def truce_tellings(
    found: Sequence[Ceasefire], tellings: Sequence[Telling], speeches: Sequence[Speech]
) -> list[Telling]:
    """The agreeing to a truce as an event, where the page tells when or through whom and no frame has told it."""
    told: list[Telling] = []
    for truce in found:
        line = truce.line
        known = any(t.act.line is line and t.mode == "ceasefire" for t in [*tellings, *told])
        if known or not truce.told:
            continue
        frame = Frame(truce.rule, "RETREAT", "ceasefire", (), {}, (), (), frozenset())
        act = Act(line, truce.at, truce.last, frame, "noun", Arguments(end=truce.last), mode="ceasefire")
        speech = next((s for s in speeches if s.line is line and s.first <= truce.at < s.last), None)
        told.append(
            Telling(act, truce.parties, [], "reported", speech=speech, foreground=False, first=truce.agreed,
                    last=truce.agreed, mode="ceasefire", type="RETREAT")
        )  # fmt: skip
    return told
