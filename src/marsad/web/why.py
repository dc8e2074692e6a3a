"""Why a finding was read as it was, as far as its record tells: rules with rows of the language pack, and grounds.

`marsad explain` reads the page once more and tells more of it: which slots gave the sides, what was tried and lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from marsad.model.record import Event, Place, Record, Span, Statement, Time
from marsad.show.findings import Finding, span_of_days
from marsad.show.rules import find_rule

Sort = Literal["words", "date", "label", "code", "ref"]
_SHOWN: Final = 12  # forms of a name at most
_OWN_COLUMNS: Final = ("example", "expect")


class RuleTold(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that read a finding.

    Attributes:
        id: the rule's id.
        role: what it did: `read` the finding, or told the `statement`, the `event` or the `violation` that it rests on.
        file, line: where its row stands in the language pack; None for a rule of the program's own.
        cells: what the row says; its `example` is a sentence that runs as a test, `expect` what must come out.
    """

    id: str
    role: str
    file: str | None = None
    line: int | None = None
    cells: dict[str, str] = {}
    example: str = ""
    expect: str = ""


class Ground(msgspec.Struct, frozen=True):
    """What else a finding rests on.

    Attributes:
        key: its name, as a key of the desk's words.
        sort: of its values: words of the page, dates, labels' keys, codes, or keys of other findings (`ref`).
        values: the values.
    """

    key: str
    sort: Sort
    values: tuple[str, ...]


class Told(NamedTuple):
    """The rules and the grounds of a finding."""

    rules: list[RuleTold]
    grounds: list[Ground]


def why_of(record: Record, finding: Finding) -> Told:
    """Why a finding was read as it was.

    Args:
        record: the record.
        finding: one of its findings.
    """
    teller = _TELLERS.get(finding.kind)
    told = list(teller(record, finding)) if teller else []
    rules = {part.id: part for part in told if isinstance(part, RuleTold)}
    return Told(list(rules.values()), [part for part in told if isinstance(part, Ground) and part.values])


Parts = Iterator[RuleTold | Ground]


def _rule(rule_id: str, role: str = "read") -> RuleTold:
    row = find_rule(rule_id)
    if row is None:
        return RuleTold(id=rule_id, role=role)
    cells = {key: cell for key, cell in row.key_cells() if key not in _OWN_COLUMNS}
    own = {key: row.cells.get(key, "") for key in _OWN_COLUMNS}
    return RuleTold(id=rule_id, role=role, file=row.file, line=row.line, cells=cells, **own)


def _words(key: str, record: Record, *spans: Span) -> Ground:
    return Ground(key, "words", tuple(w for s in spans if (w := record.words(s).strip())))


def _event(record: Record, finding: Finding) -> Parts:
    event = next(e for e in record.events if e.id == finding.id)
    yield _rule(event.rule)
    yield _words("why.trigger", record, event.trigger)
    yield from _status(record, event)
    yield from _day(record, event)
    place = record.place(event.place)
    if place is not None:
        yield _words("why.place", record, _nearest(place.mentions, event.trigger))
    if not event.foreground:
        yield Ground("why.background", "label", ("note.background",))


def _status(record: Record, event: Event) -> Parts:
    """Whose word an event is."""
    statement = _statement_of(record, event.statement)
    if statement is not None:
        yield Ground("why.within", "ref", (statement.id,))
        yield _words("why.verb", record, statement.verb)
        yield _rule(statement.rule, "statement")
    elif not event.claimed_by and event.status == "reported":
        yield Ground("why.voice", "label", ("source.outlet",))


def _statement_of(record: Record, statement_id: str | None) -> Statement | None:
    return next((s for s in record.statements if s.id == statement_id), None)


def _day(record: Record, event: Event) -> Parts:
    """Which words, or which day of the page, gave an event its day."""
    if event.first is None and event.last is None:
        yield Ground("why.day", "label", ("why.day.none",))
        return
    same = [t for t in record.times if (t.first, t.last) == (event.first, event.last)]
    if same:
        yield _words("why.day", record, _nearest([(t.start, t.end) for t in same], event.trigger))
    elif event.first == record.page.published.first:
        yield Ground("why.day", "label", ("why.day.page",))


def _nearest(spans: Sequence[Span], to: Span) -> Span:
    return min(spans, key=lambda s: (abs(s[0] - to[0]), s), default=(0, 0))


def _statement(record: Record, finding: Finding) -> Parts:
    statement = next(s for s in record.statements if s.id == finding.id)
    yield _rule(statement.rule)
    yield _words("why.verb", record, statement.verb)
    yield Ground("why.mode", "label", (f"mode.{statement.mode}",))


def _casualty(record: Record, finding: Finding) -> Parts:
    event = next(e for e in record.events if e.id == finding.id)
    yield _rule(event.rule, "event")
    yield _words("why.trigger", record, event.trigger)
    yield _words("why.evidence", record, event.evidence)
    yield from _status(record, event)


def _proposal(record: Record, finding: Finding) -> Parts:
    proposal = next(p for p in record.proposals if p.id == finding.id)
    event = next((e for e in record.events if e.id == proposal.event), None)
    yield _words("why.evidence", record, proposal.what)
    if event is not None:
        yield Ground("why.event", "ref", (event.id,))
        yield _rule(event.rule, "event")


def _truce(record: Record, finding: Finding) -> Parts:
    truce = next(t for t in record.truces if t.id == finding.id)
    yield _words("why.evidence", record, truce.evidence)
    breaches = [e for e in record.events if e.id in truce.violations]
    yield Ground("why.breaches", "ref", tuple(e.id for e in breaches))
    yield from (_rule(e.rule, "violation") for e in breaches)


def _alignment(record: Record, finding: Finding) -> Parts:
    found = next((a for a in record.alignments if a.evidence == finding.quote), None)
    yield _words("why.evidence", record, *finding.spans)
    statement = _statement_of(record, found.statement if found else None)
    if statement is not None:
        yield Ground("why.within", "ref", (statement.id,))
        yield _rule(statement.rule, "statement")


def _actor(record: Record, finding: Finding) -> Parts:
    actor = record.actor(finding.id)
    if actor is not None:
        yield _forms(record, actor.mentions)
        yield Ground("field.wikidata", "code", (actor.wikidata,) if actor.wikidata else ())


def _place(record: Record, finding: Finding) -> Parts:
    place: Place | None = record.place(finding.id)
    if place is not None:
        yield _forms(record, place.mentions)
        yield Ground("field.geonames", "code", (str(place.geonames),) if place.geonames else ())


def _forms(record: Record, spans: Iterable[Span]) -> Ground:
    """The forms in which a name stands in the page, the most frequent first."""
    counted = Counter(record.words(span) for span in spans)
    return Ground("why.forms", "words", tuple(f"{w} ×{n}" if n > 1 else w for w, n in counted.most_common(_SHOWN)))


def _time(record: Record, finding: Finding) -> Parts:
    span = finding.quote or (0, 0)
    time: Time | None = next((t for t in record.times if (t.start, t.end) == span), None)
    yield _words("why.evidence", record, span)
    if time is not None:
        yield Ground("why.days", "date", tuple(d for d in [span_of_days(time.first, time.last)] if d))
    day = record.page.published
    if day.first:
        yield Ground("why.counted", "date", (day.first,))


def _wording(record: Record, finding: Finding) -> Parts:
    word = next((w for w in record.wording if (w.start, w.end) == finding.quote), None)
    if word is not None:
        yield _rule(word.rule)
        yield _words("why.evidence", record, (word.start, word.end))


def _words_alone(record: Record, finding: Finding) -> Parts:
    yield _words("why.evidence", record, *finding.spans)


_TELLERS: Final[dict[str, Callable[[Record, Finding], Parts]]] = {
    "events": _event, "statements": _statement, "casualties": _casualty, "proposals": _proposal, "truces": _truce,
    "alignments": _alignment, "actors": _actor, "places": _place, "times": _time, "wording": _wording,
    "comments": _words_alone, "repairs": _words_alone,
}  # fmt: skip
