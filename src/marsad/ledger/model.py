"""What the ledger says: mentions of acts, the incidents behind them, each side's version, ranges of casualties.

A `Mention` is one event as one page tells it, lifted out of its record so that it can stand beside those of other
pages: names and codes instead of the page's own ids. An `Incident` is what several mentions are believed to tell; it
says why they were put together and keeps what each claimant says apart. Nothing here is ever a count of mentions:
copies of a dispatch are one source.
"""

from __future__ import annotations

import hashlib

import msgspec

from marsad.model.record import ActorKind, HarmKind, Part, PlaceKind, Span, Status


class Party(Part, kw_only=True, frozen=True):
    """An actor outside its page: `code` and `sector` as in the record; `name` as the page names it."""

    name: str
    name_en: str | None = None
    kind: ActorKind
    code: str | None = None
    sector: str | None = None
    wikidata: str | None = None


class Spot(Part, kw_only=True, frozen=True):
    """A place outside its page; `lat` and `lon` in degrees, None where it is not located."""

    name: str
    name_en: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    kind: PlaceKind
    geonames: int | None = None


class Toll(Part, kw_only=True, frozen=True):
    """A count of harm in one mention: `high` None for "at least"; who was harmed, who says so (None: the outlet)."""

    kind: HarmKind
    low: int
    high: int | None = None
    who: Party | None = None
    according_to: Party | None = None


class Mention(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """One event as one page tells it.

    Attributes:
        id: stable: the digest of the page's id, the event's type and its words.
        page: the page's id in the ledger; `event` the event's id in its record.
        outlet: who published it; `published` on which day, None where unknown.
        first, last: the days of the act, None where the page does not tell them.
        lead: whether it is the page's own news: told in the headline or the first paragraph, or first where those tell
            none.
        words: the evidence, verbatim; `evidence` and `trigger` its spans in the page's text.
        sentence: keys of the content words of the evidence, for comparing.
        speakers: who tells it where the outlet does not (the statement's speaker), `claimed_by` who claims the act so.
        verdict: what persons made of it, where they have settled it: `accept`, `denied`, `unverifiable`.
    """

    id: str
    page: str
    event: str
    outlet: str | None = None
    published: str | None = None
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = "reported"
    claimed_by: tuple[Party, ...] = ()
    speaker: Party | None = None
    foreground: bool = True
    historical: bool = False
    lead: bool = False
    first: str | None = None
    last: str | None = None
    place: Spot | None = None
    weapons: tuple[str, ...] = ()
    tolls: tuple[Toll, ...] = ()
    words: str = ""
    sentence: tuple[str, ...] = ()
    trigger: Span = (0, 0)
    evidence: Span = (0, 0)
    rule: str = ""
    verdict: str | None = None


class Reason(Part, kw_only=True, frozen=True):
    """One ground for or against two mentions telling the same incident; `weight` in log-odds, negative against."""

    name: str
    value: str
    weight: float


class Link(Part, kw_only=True, frozen=True):
    """Why a mention was joined to an earlier one: the sum of its reasons, or a person's judgement."""

    mention: str
    to: str
    score: float
    reasons: tuple[Reason, ...] = ()
    judged: str | None = None


class Claimed(Part, kw_only=True, frozen=True):
    """What somebody says of one field, with the mentions that say it."""

    value: str
    mentions: tuple[str, ...]


class Version(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """What one claimant says of an incident; `claimant` None for what outlets report in their own voice.

    `status` is the most certain that the claimant gives it; `denies` true where the claimant denies it. Each field
    holds every value that the claimant is quoted with, with its mentions.
    """

    claimant: Party | None = None
    status: Status = "reported"
    denies: bool = False
    actors: tuple[Claimed, ...] = ()
    recipients: tuple[Claimed, ...] = ()
    first: str | None = None
    last: str | None = None
    places: tuple[Claimed, ...] = ()
    tolls: tuple[Toll, ...] = ()
    mentions: tuple[str, ...] = ()


class Range(Part, kw_only=True, frozen=True):
    """Casualties of one kind under one named rule, with the mentions from which each end was taken; `open` where the
    most that is told is "at least" so many."""

    kind: HarmKind
    rule: str
    low: int
    best: int | None = None
    high: int | None = None
    open: bool = False
    low_from: tuple[str, ...] = ()
    best_from: tuple[str, ...] = ()
    high_from: tuple[str, ...] = ()


class Incident(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """What several mentions are believed to tell.

    Attributes:
        id: the id of its first mention, by day of publication; the id of each of its mentions finds it too.
        type, mode, contexts: PLOVER's, as most independent sources tell it.
        actors, recipients: as most independent sources name them; what is contested stands in `versions`.
        status: `reported` where an outlet tells it in its own voice, else the most certain that a claimant gives.
        first, last: the days of the act; `precision` is `day`, `range`, `published` (no page tells the day: that of the
            first publication stands) or `open` (nothing is known).
        pages: ids of the pages whose news it is; `also` those that tell it below other news; `sources` how many of both
            are independent, `copies` the others. Pages that only refer to it are among the mentions alone.
        contested: the names of the fields on which claimants contradict each other.
        links: why its mentions were put together.
        reviewed: those of its mentions that persons have settled; `unverifiable` those of them that nobody can verify;
            `rejected` what was read as a mention of it and is none, as persons have found.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = "reported"
    foreground: bool = True
    first: str | None = None
    last: str | None = None
    precision: str = "open"
    place: Spot | None = None
    weapons: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: int = 0
    copies: int = 0
    ranges: tuple[Range, ...] = ()
    contested: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    words: str = ""
    reviewed: tuple[str, ...] = ()
    unverifiable: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The incident as one line of JSON."""
        return msgspec.json.encode(self).decode("utf-8")


def mention_id(page: str, kind: str, words: str, nth: int) -> str:
    """The stable id of a mention: sixteen hexadecimal digits.

    It is made of what the page says, not of where: in a corrected page the sentences that stayed keep their mentions'
    ids, and with them what persons decided of them; those that changed get others.

    Args:
        page: the page's id in the ledger.
        kind: the event's PLOVER type.
        words: its trigger and its evidence.
        nth: how many mentions of this type and these words the page has before it.
    """
    return hashlib.sha256(f"{page}\n{kind}\n{nth}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
