"""The record of one page, `marsad.record/1`: what a careful reader takes from it, each finding with its words.

All spans are `(start, end)` in Unicode code points of `page.text`, end not included. Lists are in order of first
appearance. Absent knowledge is None or an empty tuple; a value that was inferred says so in its `basis`.
The field list is the product's public contract: fields may be added, none renamed.
"""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

import msgspec

from marsad.model.errors import BadRecord

Span = tuple[int, int]

BlockKind = Literal["headline", "lead", "paragraph", "caption", "comment", "furniture", "duplicate"]
ActorKind = Literal[
    "person", "government", "military", "armed_group", "party", "organisation", "media", "people", "country"
]
PlaceKind = Literal["country", "region", "city", "site", "sea"]
Precision = Literal["day", "part_of_day", "week", "month", "year", "open"]
Medium = Literal["agency", "press", "television", "social", "statement", "interview"]
SpeechMode = Literal["direct", "indirect", "mixed"]
Status = Literal["reported", "claimed", "denied", "future", "hypothetical"]
HarmKind = Literal["killed", "injured", "captured", "missing", "displaced"]
AnswerKind = Literal["accepts", "rejects", "conditional", "none"]
TruceState = Literal["announced", "in_force", "violated", "ended"]
AlignmentKind = Literal["supports", "opposes", "mediates", "allied_with", "member_of", "ties_with"]
WordingKind = Literal["loaded", "distancing"]
Basis = Literal["given", "stated", "metadata", "inferred"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)  # the most certain first
HARM_KINDS: Final[tuple[HarmKind, ...]] = get_args(HarmKind)
BODY_KINDS: Final[frozenset[BlockKind]] = frozenset({"lead", "paragraph", "caption"})  # the article's own text


class Part(msgspec.Struct, frozen=True):
    """Any part of a record: frozen, compared by value."""


class Days(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """A stretch of days, ISO `YYYY-MM-DD`; None where that end is open or unknown."""

    first: str | None = None
    last: str | None = None


class Publication(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """The page's day of publication and how it is known.

    `basis` is `given` (by the caller), `stated` (`evidence` is the span of the words), `metadata` (of the page or its
    address), `inferred` (`evidence` spans the words it was inferred from), or None when unknown.
    """

    first: str | None = None
    last: str | None = None
    basis: Basis | None = None
    evidence: tuple[Span, ...] = ()


class Block(Part, kw_only=True, frozen=True):
    """One block of the page's text with its role."""

    kind: BlockKind
    start: int
    end: int


class Comment(Part, kw_only=True, frozen=True):
    """A reader's comment: its author, its text's span, when it was posted, its likes, the span of the words of its age.

    `posted` is None where the age cannot be counted back from a known day of capture."""

    author: str | None
    text: Span
    posted: Days | None = None
    likes: int | None = None
    age: Span | None = None


class Repair(Part, kw_only=True, frozen=True):
    """What a copy editor would mend, marked and never carried out in the text."""

    kind: str
    start: int
    end: int
    suggestion: str | None = None


class Page(Part, kw_only=True, frozen=True):
    """The page itself: its text verbatim, in reading order, with furniture and comments, and what is known of it."""

    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    language: str | None = None
    encoding: str | None = None
    sha256: str
    published: Publication = Publication()
    text: str
    blocks: tuple[Block, ...] = ()
    comments: tuple[Comment, ...] = ()
    repairs: tuple[Repair, ...] = ()


class Actor(Part, kw_only=True, frozen=True):
    """Somebody who speaks, acts or is acted on.

    `code` is ISO 3166-1 alpha-3 or one of PLOVER's international codes (IGO, NGO, IMG, MNC, ISM); `sector` one of
    PLOVER's sectors; `role` the office as the page names it; `mentions` spans of names, titles, capitals and pronouns.
    """

    id: str
    name: str
    name_en: str | None = None
    kind: ActorKind
    code: str | None = None
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None
    mentions: tuple[Span, ...] = ()


class Place(Part, kw_only=True, frozen=True):
    """A named place; `lat` and `lon` in degrees, None where it could not be located."""

    id: str
    name: str
    name_en: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    kind: PlaceKind
    geonames: int | None = None
    mentions: tuple[Span, ...] = ()


class Time(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """A temporal expression and the days it means."""

    start: int
    end: int
    first: str | None
    last: str | None
    precision: Precision


class Statement(Part, kw_only=True, frozen=True):
    """Words that the page puts in somebody's mouth, and the channels they passed through, nearest first."""

    id: str
    speaker: str | None
    via: tuple[str, ...] = ()
    medium: Medium | None = None
    mode: SpeechMode
    verb: Span
    content: Span
    said: Days | None = None
    addressee: str | None = None
    rule: str = ""


class Casualties(Part, kw_only=True, frozen=True):
    """A count of harm: `high` is None for "at least"; `who` and `according_to` are actor ids."""

    kind: HarmKind
    low: int
    high: int | None
    who: str | None = None
    according_to: str | None = None


class Event(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """An act of a PLOVER type with its sides, its status, who claims it, its day, its place and its words."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: Status = "reported"
    claimed_by: tuple[str, ...] = ()
    statement: str | None = None
    foreground: bool = True
    historical: bool = False
    first: str | None = None
    last: str | None = None
    place: str | None = None
    weapons: tuple[str, ...] = ()
    casualties: tuple[Casualties, ...] = ()
    trigger: Span
    evidence: Span
    rule: str


class Answer(Part, kw_only=True, frozen=True):
    """How a party answered a proposal; `none` where the page says that no answer came."""

    party: str
    answer: AnswerKind
    statement: str | None = None


class Proposal(Part, kw_only=True, frozen=True):
    """Something proposed, by whom, when made and renewed, whose consent it needs, and the answers."""

    id: str
    by: tuple[str, ...]
    what: Span
    event: str | None = None
    made: Days | None = None
    renewed: tuple[Days, ...] = ()
    needs_consent_of: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


class Truce(Part, kw_only=True, frozen=True):
    """A truce: its parties, its kind (`humanitarian`, `general`, `local`), its day, its brokers, its state."""

    id: str
    parties: tuple[str, ...]
    kind: str | None = None
    agreed: str | None = None
    brokered_by: tuple[str, ...] = ()
    state: TruceState
    violations: tuple[str, ...] = ()
    evidence: Span


class Alignment(Part, kw_only=True, frozen=True, rename={"source": "from", "target": "to"}):
    """A standing relation told as such: who supports, opposes, mediates, is allied with, belongs to, has ties with."""

    source: str
    target: str
    kind: AlignmentKind
    domains: tuple[str, ...] = ()
    evidence: Span
    statement: str | None = None


class Wording(Part, kw_only=True, frozen=True):
    """A word that takes a side, or by which the outlet keeps its distance, kept as the one's who uses it.

    `plain` is what a neutral wire would write; `statement` the statement that it stands in, None in the outlet's voice.
    """

    kind: WordingKind
    start: int
    end: int
    plain: str | None = None
    statement: str | None = None
    rule: str


class Reader(Part, kw_only=True, frozen=True):
    """What made the record: the program's version and the digest of the language data."""

    version: str
    pack: str


class Record(Part, kw_only=True, frozen=True):
    """Everything that was read from one page."""

    schema: Literal["marsad.record/1"] = "marsad.record/1"
    id: str
    reader: Reader
    page: Page
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    truces: tuple[Truce, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    wording: tuple[Wording, ...] = ()

    def to_json(self) -> str:
        """The record as one line of JSON, exactly `marsad.record/1`."""
        return _ENCODER.encode(self).decode("utf-8")

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """The record from one line of JSON.

        Raises:
            BadRecord: the line does not follow the format.
        """
        try:
            return _DECODER.decode(line)
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise BadRecord(f"The line does not follow marsad.record/1: {error}.") from error

    def words(self, span: Span) -> str:
        """The page's own words at a span."""
        return self.page.text[span[0] : span[1]]

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor of that id, or None."""
        return next((a for a in self.actors if a.id == actor_id), None)

    def place(self, place_id: str | None) -> Place | None:
        """The place of that id, or None."""
        return next((p for p in self.places if p.id == place_id), None)

    def events_table(self) -> list[dict[str, Any]]:
        """The events as flat rows, ready for a data frame: names instead of ids, words instead of spans."""
        return [self._event_row(e) for e in self.events]

    def _event_row(self, event: Event) -> dict[str, Any]:
        place = self.place(event.place)
        harm = {c.kind: c for c in reversed(event.casualties)}
        killed, injured = harm.get("killed"), harm.get("injured")
        return {
            "id": event.id,
            "type": event.type,
            "mode": event.mode,
            "actors": self._names(event.actors),
            "recipients": self._names(event.recipients),
            "status": event.status,
            "claimed_by": self._names(event.claimed_by),
            "from": event.first,
            "to": event.last,
            "place": place.name if place else None,
            "killed": killed.low if killed else None,
            "injured": injured.low if injured else None,
            "foreground": event.foreground,
            "words": self.words(event.evidence),
            "rule": event.rule,
        }

    def _names(self, ids: tuple[str, ...]) -> list[str]:
        return [a.name for i in ids if (a := self.actor(i))]

    def _repr_html_(self) -> str:
        """A small right-to-left table of the events, for notebooks."""
        from html import escape

        columns = ("type", "mode", "actors", "recipients", "status", "from", "place", "words")

        def cell(value: object) -> str:
            return escape("، ".join(value) if isinstance(value, list) else str(value or ""))

        rows = "".join(
            "<tr>" + "".join(f"<td><bdi>{cell(row[c])}</bdi></td>" for c in columns) + "</tr>"
            for row in self.events_table()
        )
        head = "".join(f"<th>{c}</th>" for c in columns)
        title = escape(self.page.headline or self.id)
        return f'<table dir="rtl"><caption>{title}</caption><tr>{head}</tr>{rows}</table>'


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)
