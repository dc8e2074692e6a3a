"""Each side's version of an incident, every value with the mentions that say it; and on what nobody differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from marsad.ledger.alike import camp
from marsad.ledger.model import Incident, Mention, Party, Spot, Version
from marsad.model.record import HarmKind, Span, Status

T = TypeVar("T", bound=Hashable)
Stance = Literal["tells", "says", "denies", "both"]
FIELDS: Final = ("status", "actors", "recipients", "day", "place", "harm")
_SITES: Final = ("city", "site")


class Told(msgspec.Struct, frozen=True):
    """A mention of the incident, one sentence of one page.

    Attributes:
        n: its number on this screen, from 1; values refer to it.
        id: the mention's id.
        page, event: the page's id and the event's id in its record; together they are the sentence's address.
        outlet, published: who published it, and when.
        words: the sentence, verbatim; `evidence` its span in the page's text, `trigger` that of the act within it.
        status, type: as this mention tells it.
        news: whether the page tells it as news; otherwise it only refers to it.
        rule: the rule that read it.
        verdict: what persons made of it, where they have settled it.
    """

    n: int
    id: str
    page: str
    event: str
    outlet: str | None
    published: str | None
    words: str
    evidence: Span
    trigger: Span
    status: Status
    type: str
    news: bool
    rule: str
    verdict: str | None


class Value(msgspec.Struct, frozen=True):
    """One value that a claimant gives a field, with the numbers of the mentions that say it.

    `party` is set for actors and recipients, `spot` for places; `first` and `last` for days.
    """

    told: list[int]
    party: Party | None = None
    spot: Spot | None = None
    first: str | None = None
    last: str | None = None


class Count(msgspec.Struct, frozen=True):
    """A count of harm as a claimant gives it: `high` None for "at least", `who` was harmed, `by` whom counted."""

    kind: HarmKind
    low: int
    high: int | None
    who: Party | None
    by: Party | None
    told: list[int]


class Quote(msgspec.Struct, frozen=True):
    """A sentence that several pages may have word for word, with the numbers of its mentions."""

    words: str
    told: list[int]


class Agreed(msgspec.Struct, frozen=True):
    """A field on which nobody differs: actors, recipients, day or place, with its values and who says them."""

    field: str
    values: list[Value]


class Side(msgspec.Struct, frozen=True):
    """What one claimant says of the incident.

    Attributes:
        claimant: who says it; None for the outlets' own voice.
        stance: `tells` (the outlets' own voice), `says`, `denies`, `both` (some sentences tell it, others deny it).
        status: the most certain that the claimant gives it.
        actors, recipients, days, places: the values, those that most mentions say first.
        counts: the counts of harm.
        quotes: the sentences.
        mentions: how many mentions say it.
    """

    claimant: Party | None
    stance: Stance
    status: Status
    actors: list[Value]
    recipients: list[Value]
    days: list[Value]
    places: list[Value]
    counts: list[Count]
    quotes: list[Quote]
    mentions: int


def told_of(mentions: Sequence[Mention]) -> list[Told]:
    """The mentions with their numbers.

    Args:
        mentions: in the ledger's order.
    """
    return [
        Told(
            n, m.id, m.page, m.event, m.outlet, m.published, m.words, m.evidence, m.trigger, m.status, m.type,
            m.foreground and not m.historical, m.rule, m.verdict,
        )
        for n, m in enumerate(mentions, start=1)
    ]  # fmt: skip


def sides_of(incident: Incident, mentions: Sequence[Mention]) -> list[Side]:
    """Each claimant's version, the outlets' own voice first.

    Args:
        incident: the incident.
        mentions: its mentions, in the ledger's order.
    """
    numbered = {m.id: (n, m) for n, m in enumerate(mentions, start=1)}
    return [_side(v, [numbered[i] for i in v.mentions if i in numbered]) for v in incident.versions]


Numbered = Sequence[tuple[int, Mention]]


def _side(version: Version, told: Numbered) -> Side:
    return Side(
        claimant=version.claimant,
        stance=_stance(version),
        status=version.status,
        actors=[Value(ns, party=p) for p, ns in _parties(told, lambda m: m.actors)],
        recipients=[Value(ns, party=p) for p, ns in _parties(told, lambda m: m.recipients)],
        days=[Value(ns, first=d[0], last=d[1]) for d, ns in _ranked(told, _days)],
        places=[Value(ns, spot=p) for p, ns in _ranked(told, lambda m: [m.place] if m.place else [])],
        counts=[Count(t.kind, t.low, t.high, t.who, t.according_to, ns) for t, ns in _ranked(told, lambda m: m.tolls)],
        quotes=[Quote(words, ns) for words, ns in _ranked(told, lambda m: [m.words])],
        mentions=len(told),
    )


def _stance(version: Version) -> Stance:
    if version.denies:
        return "denies" if version.status == "denied" else "both"
    return "says" if version.claimant else "tells"


def _days(mention: Mention) -> list[tuple[str | None, str | None]]:
    return [(mention.first or mention.last, mention.last or mention.first)] if mention.first or mention.last else []


def _parties(told: Numbered, side: Callable[[Mention], Iterable[Party]]) -> list[tuple[Party, list[int]]]:
    """The parties that are named, one for each name; how else a page has coded a name is left to its own screen."""
    first: dict[str, Party] = {}
    named = _ranked(told, lambda m: [first.setdefault(p.name, p).name for p in side(m)])
    return [(first[name], ns) for name, ns in named]


def _ranked(told: Numbered, values: Callable[[Mention], Iterable[T]]) -> list[tuple[T, list[int]]]:
    """The values of a field with the numbers of the mentions that say them, those said most first."""
    found: dict[T, list[int]] = {}
    for n, mention in told:
        for value in dict.fromkeys(values(mention)):
            found.setdefault(value, []).append(n)
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def contested_of(incident: Incident, sides: Sequence[Side]) -> list[str]:
    """The fields on which sides differ: those that the ledger found, and days and places that have nothing in common.

    Args:
        incident: the incident.
        sides: its sides.
    """
    found = set(incident.contested)
    if _apart([{(v.first, v.last) for v in side.days} for side in sides], _overlap):
        found.add("day")
    if _apart([_sites(side) for side in sides], lambda a, b: a == b):
        found.add("place")
    return [name for name in FIELDS if name in found]


def agreed_of(incident: Incident, sides: Sequence[Side], contested: Sequence[str]) -> list[Agreed]:
    """What stands undisputed, each value with all mentions that say it, whoever does.

    Args:
        incident: the incident.
        sides: its sides.
        contested: the fields on which they differ.
    """
    actors = [v for side in sides for v in side.actors]
    recipients = [v for side in sides for v in side.recipients]
    days = sorted({n for side in sides for v in side.days for n in v.told})
    places = sorted({n for side in sides for v in side.places if v.spot == incident.place for n in v.told})
    found = {
        "day": [Value(days, first=incident.first, last=incident.last)] if incident.first else [],
        "place": [Value(places, spot=incident.place)] if incident.place else [],
        "actors": [Value(_saying(actors, p), party=p) for p in incident.actors],
        "recipients": [Value(_saying(recipients, p), party=p) for p in incident.recipients],
    }
    return [Agreed(field, values) for field, values in found.items() if values and field not in contested]


def _saying(values: Sequence[Value], party: Party) -> list[int]:
    """The mentions that name a party's camp."""
    return sorted({n for v in values if v.party and camp(v.party) == camp(party) for n in v.told})


def _apart(sides: Sequence[set[T]], fits: Callable[[T, T], bool]) -> bool:
    """Whether two sides say something and nothing that they say fits."""
    pairs = ((one, two) for n, one in enumerate(sides) for two in sides[:n] if one and two)
    return any(not any(fits(a, b) for a in one for b in two) for one, two in pairs)


def _overlap(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    return (a[0] or "") <= (b[1] or "") and (b[0] or "") <= (a[1] or "")


def _sites(side: Side) -> set[str]:
    """The towns that a side names; that one names the region and another the town is no contradiction."""
    spots = [v.spot for v in side.places if v.spot and v.spot.kind in _SITES]
    return {str(spot.geonames or spot.name) for spot in spots}
