"""What a record says, as a person reads it: sections of findings, each with its fields and its words.

The terminal and the page are two ways of drawing the same findings. Nothing is escaped or marked here: that is the
business of whoever draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from marsad.model.record import (
    Actor,
    Alignment,
    Casualties,
    Comment,
    Days,
    Event,
    Place,
    Proposal,
    Publication,
    Record,
    Repair,
    Span,
    Statement,
    Status,
    Time,
    Truce,
    Wording,
)

Sort = Literal["label", "count", "code", "date", "number", "ref", "text", "name", "office"]
KINDS: Final = (
    "statements", "events", "casualties", "proposals", "truces", "alignments", "actors", "places", "times", "comments",
    "wording", "repairs",
)  # fmt: skip


class Bit(NamedTuple):
    """The smallest part of a field: its sort, its text (a label's key for `label` and `count`), what it leads to.

    `ref` is `kind/id` of the finding that it leads to, or empty; `n` the number of a `count`.
    """

    sort: Sort
    text: str
    ref: str = ""
    n: int = 0


Value = tuple[Bit, ...]


class Field(NamedTuple):
    """A named field of a finding; each value is a few bits."""

    key: str
    values: tuple[Value, ...]


class Finding(NamedTuple):
    """One finding: its id in the record, its kind, its head, its fields, the words it came from.

    `quote` is the span of the words to print, `focus` those within it that carry the finding, `spans` all the places of
    the page that it leads to.
    """

    kind: str
    id: str
    head: Value
    fields: tuple[Field, ...]
    status: Status | None = None
    quote: Span | None = None
    focus: tuple[Span, ...] = ()
    spans: tuple[Span, ...] = ()


class Section(NamedTuple):
    """The findings of one kind."""

    kind: str
    findings: tuple[Finding, ...]


def sections(record: Record) -> tuple[Section, ...]:
    """The findings of a record by kind, in the order of reading; kinds without findings are left out.

    Args:
        record: the record.
    """
    view = _View(record)
    found: dict[str, Iterable[Finding]] = {
        "statements": (view.statement(s) for s in record.statements),
        "events": (view.event(e) for e in record.events),
        "casualties": view.casualties(),
        "proposals": (view.proposal(p) for p in record.proposals),
        "truces": (view.truce(t) for t in record.truces),
        "alignments": (view.alignment(a) for a in record.alignments),
        "actors": (view.actor(a) for a in record.actors),
        "places": (view.place(p) for p in record.places),
        "times": (view.time(t) for t in record.times),
        "comments": (view.comment(c) for c in record.page.comments),
        "wording": (view.wording(w) for w in record.wording),
        "repairs": (view.repair(r) for r in record.page.repairs),
    }
    made = (Section(kind, tuple(found[kind])) for kind in KINDS)
    return tuple(s for s in made if s.findings)


def holds_nothing(record: Record) -> bool:
    """Whether a record honestly holds nothing: no statement, event, proposal, truce or alignment."""
    return not (record.statements or record.events or record.proposals or record.truces or record.alignments)


def span_of_days(first: str | None, last: str | None) -> str:
    """A stretch of days in digits: `2020-10-15`, `2020-10-01/2020-10-05`, `…/2020-10-15`; empty where unknown."""
    if not first and not last:
        return ""
    return first or "" if first == last else f"{first or '…'}/{last or '…'}"


def bounds(low: int, high: int | None) -> str:
    """A count in digits: `3`, `20–99`, `≥7`."""
    if high is None:
        return f"≥{low}"
    return str(low) if low == high else f"{low}–{high}"


def published(record: Record) -> tuple[str, str | None]:
    """The day of publication in digits and its basis; an empty string where it is not known."""
    day: Publication = record.page.published
    return span_of_days(day.first, day.last), day.basis


def _label(key: str) -> Bit:
    return Bit("label", key)


def _field(key: str, values: Iterable[Value]) -> tuple[Field, ...]:
    kept = tuple(v for v in values if v)
    return (Field(key, kept),) if kept else ()


def _days(key: str, first: str | None, last: str | None) -> tuple[Field, ...]:
    text = span_of_days(first, last)
    return _field(key, [(Bit("date", text),)] if text else [])


def _stretch(key: str, days: Days | None) -> tuple[Field, ...]:
    return _days(key, days.first, days.last) if days else ()


def _plain(key: str, sort: Sort, *texts: str | None) -> tuple[Field, ...]:
    return _field(key, [(Bit(sort, t),) for t in texts if t])


class _View:
    """Makes findings of a record's parts."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._actors = {a.id: a for a in record.actors}
        self._places = {p.id: p for p in record.places}

    def who(self, actor_id: str) -> Value:
        """An actor as bits: code and sector, then the name; the bare id where the record does not hold it."""
        actor = self._actors.get(actor_id)
        if actor is None:
            return (Bit("code", actor_id),)
        code = " ".join(c for c in (actor.code, actor.sector) if c)
        named = (Bit("name", actor.name, f"actors/{actor.id}"),)
        return (Bit("code", code), *named) if code else named

    def all(self, ids: Iterable[str]) -> list[Value]:
        """Several actors."""
        return [self.who(i) for i in ids]

    def refs(self, kind: str, *ids: str | None) -> list[Value]:
        """Findings of a kind referred to by their ids; ids are unique within a kind only."""
        return [(Bit("ref", i, f"{kind}/{i}"),) for i in ids if i]

    def statement(self, s: Statement) -> Finding:
        fields = (
            *_field("field.via", self.all(s.via)),
            *_field("field.medium", [(_label(f"medium.{s.medium}"),)] if s.medium else []),
            *_stretch("field.said", s.said),
            *_field("field.addressee", self.all([s.addressee] if s.addressee else [])),
            *_plain("field.rule", "code", s.rule),
        )
        head = (_label(f"mode.{s.mode}"), *self._speaker(s.speaker))
        return Finding("statements", s.id, head, fields, None, s.content, (s.verb,), (s.content, s.verb))

    def _speaker(self, actor_id: str | None) -> Value:
        """Who speaks, with the office that the page gives him."""
        if actor_id is None:
            return (_label("speaker.unknown"),)
        actor = self._actors.get(actor_id)
        office = (Bit("office", actor.role),) if actor and actor.role and actor.role not in actor.name else ()
        return (*self.who(actor_id), *office)

    def event(self, e: Event) -> Finding:
        head = (_label(f"type.{e.type}"), *((_label(f"act.{e.mode}"),) if e.mode else ()))
        teller = "field.denied_by" if e.status == "denied" else "field.claimed_by"
        notes = [n for n, on in (("note.background", not e.foreground), ("note.historical", e.historical)) if on]
        fields = (
            *_field(teller, self.all(e.claimed_by)),
            *(_field("field.actors", self.all(e.actors)) or (Field("field.actors", ((_label("actor.unknown"),),)),)),
            *_field("field.recipients", self.all(e.recipients)),
            *_days("field.day", e.first, e.last),
            *_field("field.place", [self._place(e.place)] if e.place else []),
            *_plain("field.weapons", "name", *e.weapons),
            *_field("field.casualties", [_harm(c) for c in e.casualties]),
            *_field("field.contexts", [tuple(Bit("code", c) for c in e.contexts)]),
            *_field("field.statement", self.refs("statements", e.statement)),
            *_field("field.notes", [(_label(n),) for n in notes]),
            *_plain("field.rule", "code", e.rule),
        )
        return Finding("events", e.id, head, fields, e.status, e.evidence, (e.trigger,), (e.trigger,))

    def _place(self, place_id: str) -> Value:
        place = self._places.get(place_id)
        if place is None:
            return (Bit("code", place_id),)
        code = (Bit("code", place.country),) if place.country else ()
        return (*code, Bit("name", place.name, f"places/{place.id}"))

    def casualties(self) -> Iterator[Finding]:
        """Counts of harm, claimant by claimant: nobody's count silently wins."""
        found = [(c.according_to, e, c) for e in self._record.events for c in e.casualties]
        for source in dict.fromkeys(s for s, _, _ in found):
            for _, event, harm in (row for row in found if row[0] == source):
                yield self._casualty(source, event, harm)

    def _casualty(self, source: str | None, event: Event, harm: Casualties) -> Finding:
        told = self.who(source) if source else (_label("source.outlet"),)
        fields = (
            Field("field.according_to", (told,)),
            *_field("field.who", self.all([harm.who] if harm.who else [])),
            *_days("field.day", event.first, event.last),
            *_field("field.event", self.refs("events", event.id)),
        )
        return Finding("casualties", event.id, _harm(harm), fields, event.status, None, (), (event.trigger,))

    def proposal(self, p: Proposal) -> Finding:
        answers = [(_label(f"answer.{a.answer}"), *self._where(a.statement), *self.who(a.party)) for a in p.answers]
        fields = (
            *_field("field.proposed_by", self.all(p.by)),
            *_stretch("field.made", p.made),
            *(f for days in p.renewed for f in _stretch("field.renewed", days)),
            *_field("field.consent", self.all(p.needs_consent_of)),
            *_field("field.answer", answers),
            *_field("field.event", self.refs("events", p.event)),
        )
        return Finding("proposals", p.id, (), fields, None, p.what, (), (p.what,))

    def _where(self, statement: str | None) -> Value:
        return (Bit("ref", statement, f"statements/{statement}"),) if statement else ()

    def truce(self, t: Truce) -> Finding:
        head = (_label(f"state.{t.state}"), *((_label(f"truce.{t.kind}"),) if t.kind else ()))
        fields = (
            *_field("field.parties", self.all(t.parties)),
            *_days("field.agreed", t.agreed, t.agreed),
            *_field("field.broker", self.all(t.brokered_by)),
            *_field("field.violations", self.refs("events", *t.violations)),
        )
        return Finding("truces", t.id, head, fields, None, t.evidence, (), (t.evidence,))

    def alignment(self, a: Alignment) -> Finding:
        fields = (
            Field("field.from", (self.who(a.source),)),
            Field("field.to", (self.who(a.target),)),
            *_field("field.domains", [(_label(f"domain.{d}"),) for d in a.domains]),
            *_field("field.statement", self.refs("statements", a.statement)),
        )
        return Finding("alignments", "", (_label(f"alignment.{a.kind}"),), fields, None, a.evidence, (), (a.evidence,))

    def actor(self, a: Actor) -> Finding:
        fields = (
            *_plain("field.role", "name", a.role),
            *_plain("field.name_en", "text", a.name_en),
            *_plain("field.wikidata", "code", a.wikidata),
            *_field("field.mentions", [(Bit("count", "count.mentions", "", len(a.mentions)),)]),
        )
        return Finding("actors", a.id, (_label(f"actor.{a.kind}"), *self.who(a.id)), fields, None, None, (), a.mentions)

    def place(self, p: Place) -> Finding:
        located = f"{p.lat:.2f}, {p.lon:.2f}" if p.lat is not None and p.lon is not None else None
        fields = (
            *_plain("field.name_en", "text", p.name_en),
            *_plain("field.position", "number", located),
            *_plain("field.geonames", "code", str(p.geonames) if p.geonames else None),
            *_field("field.mentions", [(Bit("count", "count.mentions", "", len(p.mentions)),)]),
        )
        head = (_label(f"place.{p.kind}"), *self._place(p.id))
        return Finding("places", p.id, head, fields, None, None, (), p.mentions)

    def time(self, t: Time) -> Finding:
        days = (Bit("date", span_of_days(t.first, t.last)),) if t.first or t.last else ()
        span = (t.start, t.end)
        return Finding("times", "", (*days, _label(f"precision.{t.precision}")), (), None, span, (), (span,))

    def comment(self, c: Comment) -> Finding:
        head = (Bit("name", c.author),) if c.author else ()
        fields = (
            *_stretch("field.posted", c.posted),
            *_field("field.likes", [(Bit("count", "count.likes", "", c.likes),)] if c.likes is not None else []),
        )
        return Finding("comments", "", head, fields, None, c.text, (), (c.text,))

    def wording(self, w: Wording) -> Finding:
        span = (w.start, w.end)
        fields = (
            *_plain("field.plain", "name", w.plain),
            *_field("field.statement", self.refs("statements", w.statement)),
            *_plain("field.rule", "code", w.rule),
        )
        return Finding("wording", "", (_label(f"wording.{w.kind}"),), fields, None, span, (), (span,))

    def repair(self, r: Repair) -> Finding:
        span = (r.start, r.end)
        fields = _plain("field.suggestion", "name", r.suggestion)
        return Finding("repairs", "", (_label(f"repair.{r.kind}"),), fields, None, span, (), (span,))


def _harm(c: Casualties) -> Value:
    return (_label(f"harm.{c.kind}"), Bit("number", bounds(c.low, c.high)))
