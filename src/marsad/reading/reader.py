"""The reading line: a page's blocks, through every reader in turn, to its record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

import msgspec

from marsad.language import pack
from marsad.model.record import (
    Alignment,
    Answer,
    Casualties,
    Days,
    Event,
    Medium,
    Page,
    Proposal,
    Reader,
    Record,
    Statement,
    Time,
    Truce,
    Wording,
)
from marsad.reading.actors import Draft, Registry, count_codes, count_dyads
from marsad.reading.acts import find_all_acts
from marsad.reading.alignments import Tie, find_ties
from marsad.reading.casualties import Harm, find_harm
from marsad.reading.diplomacy_cues import find_cues
from marsad.reading.document import Line, Mention
from marsad.reading.event_votes import elect
from marsad.reading.events import EventReader
from marsad.reading.foreground import judge
from marsad.reading.lines import annotate, countries_named, headline_lines, readable_lines
from marsad.reading.offers import Offer
from marsad.reading.opponents import complete_opponents
from marsad.reading.places import merge_places
from marsad.reading.proposals import read_proposals
from marsad.reading.publication import infer_publication
from marsad.reading.roles import Act
from marsad.reading.side_votes import Council
from marsad.reading.speech import Speech
from marsad.reading.statements import find_statements
from marsad.reading.status import settle
from marsad.reading.telling import Telling
from marsad.reading.truces import Ceasefire, find_truces, join_truces, truce_tellings
from marsad.reading.wording import find_wording


class _Floor(NamedTuple):
    """Who has the floor when a line ends: he speaks on («وأضاف») in the next, through the same channels."""

    speakers: list[Draft]
    via: list[Mention]
    medium: Medium | None


class Reading(msgspec.Struct):
    """Everything that was read from a page, before it becomes a record; `explain` looks in here."""

    page: Page
    lines: list[Line]
    titles: list[Line]
    registry: Registry
    speeches: list[Speech]
    tellings: list[Telling]
    weak: list[Telling]
    offers: list[Offer]
    truces: list[Ceasefire]
    ties: list[Tie]


def read_reading(page: Page, *, voted: bool = True, judged: bool = True) -> Reading:
    """Read a page's blocks with every reader.

    Args:
        page: the page, as `marsad.page.read_page` gives it.
        voted: whether the trained models may overrule the written rules on events and their sides; their training
            reads without.
        judged: whether the trained model may overrule the written rule on which acts are the news; its training reads
            without.

    Returns:
        The reading; `to_record` makes the record of it.
    """
    lines, titles = readable_lines(page), headline_lines(page)
    page = _dated(page, lines)
    registry = _annotated(titles + lines, _day(page))
    speeches, events, ties = _read_lines(titles + lines, registry, _day(page))
    complete_opponents(events.tellings)
    if voted:
        council = Council(titles + lines, registry, events.tellings)
        events.tellings = elect(events.tellings, events.weak, registry)
        council.vote(events.tellings)
    for telling in events.tellings:
        settle(telling)
    if judged:
        for number in sorted({t.act.line.number for t in events.tellings}):
            judge([t for t in events.tellings if t.act.line.number == number])
    offers = read_proposals(lines, registry, speeches, events.tellings)
    found = find_truces(lines, registry, events.tellings)
    tellings = [*events.tellings, *truce_tellings(found, events.tellings, speeches)]
    tellings.sort(key=lambda t: (t.act.line.number, t.act.at))
    registry.forget(_used(tellings, offers, found, ties))
    return Reading(page, lines, titles, registry, speeches, tellings, events.weak, offers, join_truces(found), ties)


def _used(
    tellings: Sequence[Telling], offers: Sequence[Offer], truces: Sequence[Ceasefire], ties: Sequence[Tie]
) -> Iterable[Draft]:
    """The actors of a page's findings."""
    for t in tellings:
        yield from (*t.actors, *t.recipients, *t.claimed_by)
    for o in offers:
        yield from (*o.by, *o.consent, *(d for d, _, _ in o.answers))
    for c in truces:
        yield from (*c.parties, *c.brokers)
    for tie in ties:
        yield from (tie.source, tie.target)


def _annotated(lines: list[Line], published: datetime.date | None) -> Registry:
    """Annotate a page's lines, headlines first.

    Returns:
        An empty registry that has counted the countries and the pairs of sides that they name.
    """
    countries = countries_named(lines)
    for line in lines:
        annotate(line, published, countries)
    registry = Registry()
    count_codes(lines, registry)
    count_dyads(lines, registry)
    return registry


def _read_lines(
    lines: list[Line], registry: Registry, published: datetime.date | None
) -> tuple[list[Speech], EventReader, list[Tie]]:
    """Statements, events and alignments of a page's lines in reading order; headlines only name their actors.

    What is said and done is found before the line's mentions get their actors, who are resolved by who speaks.
    """
    said: list[Speech] = []
    ties: list[Tie] = []
    floor = _Floor([], [], None)
    events = EventReader(registry, published)
    for line in lines:
        if line.number < 0:
            floor = _register(line, [], registry, floor)
            continue
        speeches, (acts, weak) = find_statements(line), find_all_acts(line)
        floor = _register(line, speeches, registry, floor)
        events.read(line, _without_consent(line, acts), speeches, find_harm(line), weak)
        ties += find_ties(line, registry, speeches)
        said += speeches
    return said, events, ties


def _without_consent(line: Line, acts: list[Act]) -> list[Act]:
    """Acts less those that are only a condition («يتطلب موافقتنا»)."""
    if not acts:
        return acts
    taken = {k for c in find_cues(line) if c.cue.kind == "consent" for k in range(c.at, c.last)}
    return [a for a in acts if a.at not in taken]


def _day(page: Page) -> datetime.date | None:
    first = page.published.first
    return datetime.date.fromisoformat(first) if first else None


def _dated(page: Page, lines: list[Line]) -> Page:
    """The page with the day that its own words allow to be inferred, where nothing else tells it."""
    if page.published.first:
        return page
    found = infer_publication([line.tokens for line in lines])
    return msgspec.structs.replace(page, published=found) if found.first else page


def _register(line: Line, speeches: Sequence[Speech], registry: Registry, floor: _Floor) -> _Floor:
    """Give the line's mentions their actors in reading order, and unnamed speakers theirs.

    Returns:
        Who has the floor in the next line.
    """
    subject = floor.speakers[0] if floor.speakers else None
    for mention in sorted(line.mentions, key=lambda m: m.first):
        inside = next((s for s in speeches if s.first <= mention.first < s.last), None)
        owner = registry.of(inside.speaker)[:1] if inside and inside.speaker else []
        found = registry.register(mention, owner[0] if owner else subject, _ground(line, mention.first))
        if found and not mention.prep and mention.kind != "media" and inside is None:
            subject = found[0]
    if floor.speakers:
        _go_on(speeches, registry, floor)
    outer = [s for s in speeches if not any(o.first <= s.at < o.last for o in speeches if o is not s)]
    named = (s for s in reversed(outer) if s.speaker and registry.of(s.speaker))
    last = next(named, None)
    return _Floor(registry.of(last.speaker), last.via, last.medium) if last is not None and last.speaker else floor


def _ground(line: Line, at: int) -> str | None:
    """The country of the towns that a sentence names, where they are all of one."""
    begin, stop = line.sentence_of(at)
    found = {p.country for p in line.places if begin <= p.first < stop and p.kind != "country" and p.country}
    return found.pop() if len(found) == 1 else None


def _go_on(speeches: Sequence[Speech], registry: Registry, floor: _Floor) -> None:
    """Let the speaker of the line before speak on where a line names none of its own, or one who is nobody known."""
    speaker = floor.speakers[0]
    for speech in speeches:
        if speech.speaker is None:
            speech.speaker = _stand_in(registry, speaker, speech)
            if not speech.via:
                speech.via, speech.medium = list(floor.via), speech.medium or floor.medium
        elif not registry.of(speech.speaker):
            registry.stand_for(speech.speaker, speaker)


def _stand_in(registry: Registry, draft: Draft, speech: Speech) -> Mention:
    """A mention for a speaker who is not named again: the verb of saying stands for him."""
    line = speech.line
    mention = Mention(
        first=speech.at, last=speech.at + 1, start=speech.verb[0], end=speech.verb[1], shape="back", name=draft.name,
        kind=draft.kind, code=draft.code, sector=draft.sector, row="speaker.carried", line=line.number,
    )  # fmt: skip
    registry.stand_for(mention, draft)
    return mention


def to_record(reading: Reading, record_id: str) -> Record:
    """The record of a reading.

    Args:
        reading: the reading.
        record_id: the record's id.
    """
    places = merge_places(p for line in reading.titles + reading.lines for p in line.places)
    ids, actors = reading.registry.actors()
    statements = {id(s): f"s{n}" for n, s in enumerate(reading.speeches, 1)}
    events = {id(t): f"e{n}" for n, t in enumerate(reading.tellings, 1)}
    place_ids = {(span[0], span[1]): p.id for p in places for span in p.mentions}
    make = _Maker(reading, ids, statements, events, place_ids)
    return Record(
        id=record_id,
        reader=_reader(),
        page=reading.page,
        actors=actors,
        places=places,
        times=tuple(make.times()),
        statements=tuple(make.statement(s) for s in reading.speeches),
        events=tuple(make.event(t) for t in reading.tellings),
        proposals=tuple(make.proposal(n, o) for n, o in enumerate(reading.offers, 1)),
        truces=tuple(make.truce(n, t) for n, t in enumerate(reading.truces, 1)),
        alignments=tuple(make.alignments()),
        wording=tuple(make.wording()),
    )


@cache
def _reader() -> Reader:
    return Reader(version=version("marsad"), pack=pack.digest())


class _Maker:
    """Makes the record's parts, with ids in place of drafts."""

    def __init__(
        self, reading: Reading, actors: dict[int, str], statements: dict[int, str], events: dict[int, str],
        places: dict[tuple[int, int], str],
    ) -> None:  # fmt: skip
        self.reading = reading
        self._actors = actors
        self._statements = statements
        self._events = events
        self._places = places

    def ids(self, drafts: Iterable[Draft]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._actors[id(d)] for d in drafts if id(d) in self._actors))

    def of(self, mention: Mention | None) -> str | None:
        found = self.ids(self.reading.registry.of(mention)) if mention else ()
        return found[0] if found else None

    def times(self) -> Iterable[Time]:
        for line in self.reading.lines:
            for t in line.times:
                yield Time(start=t.start, end=t.end, first=t.first, last=t.last, precision=t.precision)

    def wording(self) -> Iterable[Wording]:
        for line in self.reading.lines:
            for m in find_wording(line, [s for s in self.reading.speeches if s.line is line]):
                yield Wording(
                    kind=m.choice.kind,
                    start=m.start,
                    end=m.end,
                    plain=m.choice.plain,
                    statement=self._statements.get(id(m.speech)) if m.speech else None,
                    rule=m.choice.row,
                )

    def statement(self, s: Speech) -> Statement:
        via = tuple(dict.fromkeys(i for m in s.via if (i := self.of(m))))
        return Statement(
            id=self._statements[id(s)], speaker=self.of(s.speaker), via=via, medium=s.medium, mode=s.mode,
            verb=s.verb, content=s.content, said=_said(s), addressee=self.of(s.addressee), rule=s.rule,
        )  # fmt: skip

    def event(self, t: Telling) -> Event:
        line, act = t.act.line, t.act
        begin, stop = line.sentence_of(act.at)
        evidence = (line.tokens[begin].start, line.tokens[stop - 1].end)
        claimants = self.ids(t.claimed_by)
        place = self._places.get((t.place.start, t.place.end)) if t.place else None
        return Event(
            id=self._events[id(t)], type=t.type, mode=t.mode, contexts=act.frame.contexts, actors=self.ids(t.actors),
            recipients=self.ids(t.recipients), status=t.status, claimed_by=claimants,
            statement=self._statements.get(id(t.speech)), foreground=t.foreground, historical=t.historical,
            first=t.first, last=t.last, place=place, weapons=tuple(dict.fromkeys(t.weapons)),
            casualties=tuple(self.casualties(h, claimants) for h in t.harm), trigger=t.trigger, evidence=evidence,
            rule=act.frame.row,
        )  # fmt: skip

    def casualties(self, h: Harm, claimants: tuple[str, ...]) -> Casualties:
        who = self.of(h.who)
        return Casualties(
            kind=h.kind, low=h.low, high=h.high, who=who, according_to=claimants[0] if claimants else None
        )

    def proposal(self, n: int, o: Offer) -> Proposal:
        answers = tuple(
            Answer(party=self._actors[id(d)], answer=kind, statement=self._statements.get(id(s)))
            for d, kind, s in o.answers
            if id(d) in self._actors
        )
        event = self._events.get(id(o.telling)) if o.telling else None
        return Proposal(
            id=f"p{n}", by=self.ids(o.by), what=o.what, event=event, made=o.made, renewed=tuple(o.renewed),
            needs_consent_of=self.ids(o.consent), answers=answers,
        )  # fmt: skip

    def truce(self, n: int, t: Ceasefire) -> Truce:
        return Truce(
            id=f"t{n}", parties=self.ids(t.parties), kind=t.kind, agreed=t.agreed, brokered_by=self.ids(t.brokers),
            state=t.state, violations=tuple(self._events[id(v)] for v in t.violations), evidence=t.evidence,
        )  # fmt: skip

    def alignments(self) -> Iterable[Alignment]:
        seen: set[tuple[str, str, str]] = set()
        for tie in self.reading.ties:
            pair = self.ids([tie.source]) + self.ids([tie.target])
            if len(pair) == 2 and (*pair, tie.kind) not in seen:
                seen.add((*pair, tie.kind))
                yield Alignment(
                    source=pair[0], target=pair[1], kind=tie.kind, domains=tie.domains, evidence=tie.evidence,
                    statement=self._statements.get(id(tie.speech)) if tie.speech else None,
                )  # fmt: skip


def _said(s: Speech) -> Days | None:
    begin, stop = s.line.sentence_of(s.at)
    outside = [t for t in s.line.times if begin <= t.token_first < stop and not s.first <= t.token_first < s.last]
    point = next((t for t in outside if t.first and t.first == t.last), None)
    return Days(first=point.first, last=point.last) if point else None
