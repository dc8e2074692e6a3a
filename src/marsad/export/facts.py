"""What several formats ask of an incident: its codes, its place, its figures, who claims it, where it was told."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from typing import Final

from marsad.export.mapping import Act, version
from marsad.export.sides import Sides, sides_of
from marsad.export.source import PageInfo, Source
from marsad.export.weapons import means_of
from marsad.ledger.model import Incident, Mention, Party, Range, Spot
from marsad.model.record import HarmKind

MOST_SOURCES: Final = "most-sources"
"""The version that an incident's own fields give: what most independent sources tell, nobody's telling alone."""

EXTRA: Final = (
    "incident_id", "version", "status", "claimants", "contested", "independent_sources", "copies", "outlets",
    "precision", "place_precision", "rules", "mentions", "urls", "mapping",
)  # fmt: skip
"""The columns that stand behind a format's own in every table."""

_JOINT: Final = "; "


def act_of(incident: Incident, mentions: Sequence[Mention]) -> Act:
    """An incident as the mapping table is asked about it.

    Args:
        incident: the incident.
        mentions: its mentions.
    """
    means = means_of(incident.mode, incident.weapons) if incident.type == "ASSAULT" else None
    same = [m for m in mentions if m.type == incident.type and m.mode == incident.mode]
    rules = tuple(dict.fromkeys(m.rule for m in same[:1]))  # the first to tell it; another's rule may be of other words
    return Act(incident.type, incident.mode, incident.contexts, means, sides(incident), rules)


def sides(incident: Incident) -> Sides:
    """Who stands against whom in an incident."""
    return sides_of(incident.actors, incident.recipients, incident.place.country if incident.place else None)


def located(place: Spot | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place in degrees, or None where it is not located on its own.

    A country is not: its centre is a point where nothing happened.
    """
    if place is None or place.kind == "country" or place.lat is None or place.lon is None:
        return None
    on_earth = math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 180
    return (place.lat, place.lon) if on_earth else None


def place_precision(place: Spot | None) -> str:
    """How well an incident is placed: its place's kind, `named` where that is not located, `none` without a place."""
    if place is None:
        return "none"
    return place.kind if place.kind == "country" or located(place) else "named"


def figure(incident: Incident, kind: HarmKind, rule: str) -> Range | None:
    """The range of a kind of harm under a rule of the ledger (`conservative`, `low-best-high`, `by-claimant`)."""
    return next((r for r in incident.ranges if r.kind == kind and r.rule == rule), None)


def lowest(incident: Incident, kind: HarmKind) -> int | None:
    """The conservative figure: the lowest that any source gives; None where nobody counts."""
    found = figure(incident, kind, "conservative")
    return found.low if found else None


def name_of(party: Party) -> str:
    """A party's English name where the language pack has one, else the name that the page gives it."""
    return party.name_en or party.name


def names(parties: Iterable[Party]) -> str:
    """Names of parties in one cell."""
    return _JOINT.join(dict.fromkeys(name_of(p) for p in parties))


def claimants(incident: Incident) -> list[str]:
    """Who tells a version of an incident, in the order of the versions; outlets' own voice is nobody's claim."""
    return [name_of(v.claimant) + (" (denies)" if v.denies else "") for v in incident.versions if v.claimant]


def pages_of(mentions: Sequence[Mention], source: Source) -> list[PageInfo]:
    """The pages of an incident's mentions, each once; one that the source does not know has nothing but its id."""
    ids = dict.fromkeys(m.page for m in mentions)
    return [source.page(i) or PageInfo(id=i) for i in ids]


def extras(incident: Incident, mentions: Sequence[Mention], pages: Sequence[PageInfo]) -> list[str | int]:
    """The cells of the columns `EXTRA`.

    Args:
        incident, mentions: the incident.
        pages: the pages that tell it.
    """
    return [
        incident.id, MOST_SOURCES, incident.status, _JOINT.join(claimants(incident)), _JOINT.join(incident.contested),
        incident.sources, incident.copies, _JOINT.join(incident.outlets), incident.precision,
        place_precision(incident.place), _JOINT.join(dict.fromkeys(m.rule for m in mentions)),
        _JOINT.join(m.id for m in mentions), _JOINT.join(p.url for p in pages if p.url), version(),
    ]  # fmt: skip


def day(text: str | None) -> datetime.date | None:
    """An ISO day as a date; None where there is none."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def span_days(incident: Incident) -> int | None:
    """Over how many days an incident may have happened, one for a single day; None where no day is known."""
    first, last = day(incident.first), day(incident.last or incident.first)
    return max((last - first).days, 0) + 1 if first and last else None
