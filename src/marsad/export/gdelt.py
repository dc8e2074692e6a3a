"""GDELT 2.0 events: 61 columns between tabs, no header; one row an incident that happened.

GDELT has room for two actors and for no source, so a row's own id, its claimants and its rules stand in the last column
of its mentions (`gdelt_mentions`), to which `GLOBALEVENTID` leads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from marsad.export.cells import Cell, tab_line
from marsad.export.facts import act_of, day, located, pages_of
from marsad.export.mapping import look_up
from marsad.export.source import PageInfo, Source, happened
from marsad.export.tables import country, sector
from marsad.ledger.model import Incident, Mention, Party, Spot

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{c}" for c in _ACTOR), *(f"Actor2{c}" for c in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{c}" for c in _GEO), *(f"Actor2Geo_{c}" for c in _GEO), *(f"ActionGeo_{c}" for c in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""GDELT's columns, in its order; the file itself has no header."""

_INTERNATIONAL: Final = frozenset({"IGO", "NGO", "IMG", "MNC"})  # roles in CAMEO, not countries
_NO_GEO: Final[list[Cell]] = [0, None, None, None, None, None, None, None]
_WEST_BANK: Final = 34.7  # degrees east; GDELT's places in Palestine are of Gaza (GZ) or the West Bank (WE)


def lines(source: Source) -> Iterator[bytes]:
    """The incidents as rows.

    Args:
        source: what to export.
    """
    for incident, mentions in source.incidents():
        if coded(incident, mentions):
            yield tab_line(row(incident, mentions, source))


def coded(incident: Incident, mentions: Sequence[Mention]) -> bool:
    """Whether an incident has a row: it happened, and CAMEO has a code for it."""
    return happened(incident) and look_up("cameo", act_of(incident, mentions)) is not None


def row(incident: Incident, mentions: Sequence[Mention], source: Source) -> list[Cell]:
    """The 61 cells of an incident that `coded` lets through.

    Args:
        incident, mentions: the incident.
        source: for its pages.
    """
    pages = pages_of(mentions, source)
    one, two = _two(incident)
    url = next((p.url for p in pages if p.url), None)
    return [
        event_number(incident), *_dates(incident), *_actor(one), *_actor(two), *_action(incident, mentions, pages),
        *_NO_GEO, *_NO_GEO, *_geo(incident.place), added(pages), url,
    ]  # fmt: skip


def event_number(incident: Incident) -> int:
    """A number for an incident's id, the same each time: GDELT's readers take `GLOBALEVENTID` for a 64-bit integer."""
    return int(hashlib.sha256(incident.id.encode(errors="replace")).hexdigest()[:15], 16)


def _dates(incident: Incident) -> list[Cell]:
    first = day(incident.first)
    if first is None:
        return [None, None, None, None]
    fraction = (30 * (first.month - 1) + first.day) / 365  # GDELT's own reckoning, months of thirty days
    return [int(f"{first:%Y%m%d}"), int(f"{first:%Y%m}"), first.year, round(first.year + fraction, 4)]


def _two(incident: Incident) -> tuple[Party | None, Party | None]:
    """The first on either side; of a clash without a victim, the first two."""
    actors, recipients = incident.actors, incident.recipients
    if recipients:
        return (actors[0] if actors else None), recipients[0]
    return (actors[0] if actors else None), (actors[1] if len(actors) > 1 else None)


def _actor(party: Party | None) -> list[Cell]:
    if party is None:
        return [None] * len(_ACTOR)
    role = sector(party.sector).cameo
    international = party.code if party.code in _INTERNATIONAL else ""
    place = country(party.code).cameo or country(party.code).code
    types = [t for t in (international, role) if t]
    code = "".join([place, *types])
    name = (party.name_en or party.name).upper()
    return [code, name, place, None, None, None, None, *[*types, None, None, None][:3]]


def _action(incident: Incident, mentions: Sequence[Mention], pages: Sequence[PageInfo]) -> list[Cell]:
    found = look_up("cameo", act_of(incident, mentions))
    code, quad, scale = (found.code, found.group, found.score) if found else ("", "", None)
    lead = int(any(m.lead for m in mentions))
    return [lead, code, code[:3], code[:2], quad, scale, len(mentions), incident.sources, len(pages), None]


def _geo(place: Spot | None) -> list[Cell]:
    """Where it happened; a country has its type and code and no point, since its centre is none."""
    if place is None:
        return _NO_GEO
    lat, lon = located(place) or (None, None)
    kind = _geo_type(place) if place.kind == "country" or lat is not None else 0
    name = ", ".join(n for n in (place.name_en or place.name, _land(place)) if n)
    return [kind, name, _fips(place.country, lon), None, None, lat, lon, None]


def _land(place: Spot) -> str:
    return "" if place.kind == "country" else country(place.country).name_en


def _geo_type(place: Spot) -> int:
    """GDELT's: 1 a country, 2 and 3 a state and a city of the United States, 4 a city or landmark, 5 a region."""
    if place.kind == "country":
        return 1
    region = place.kind == "region"
    if place.country == "USA":
        return 2 if region else 3
    return 5 if region else 4


def _fips(code: str | None, lon: float | None) -> str:
    if code == "PSE" and lon is not None:
        return "GZ" if lon < _WEST_BANK else "WE"
    return country(code).fips


def added(pages: Sequence[PageInfo]) -> int | None:
    """The day on which the first of its pages was added, as GDELT's moment YYYYMMDDHHMMSS; the hour is not kept."""
    days = [d for p in pages if (d := day(p.added))]
    return int(f"{min(days):%Y%m%d}000000") if days else None
