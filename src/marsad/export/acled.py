"""ACLED-like CSV: the 31 columns of ACLED's exports and ours behind them; one row an incident that happened.

"Like", because event ids, admin units, tags and the coding of actors are ACLED's own and stay empty or ours. Types that
ACLED does not collect (speech, diplomacy, sanctions) have no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from marsad.export.cells import Cell, csv_line
from marsad.export.facts import EXTRA, act_of, day, extras, located, lowest, name_of, names, pages_of, span_days
from marsad.export.mapping import Row, look_up
from marsad.export.sides import inter, side_class
from marsad.export.source import PageInfo, Source, happened
from marsad.export.tables import country
from marsad.ledger.model import Incident, Mention, Party

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""ACLED's columns, in its order."""

_WEEK: Final = 7
_MONTH: Final = 31
_GEO_PRECISION: Final = {"city": 1, "site": 1, "region": 3}
_TARGETING: Final = "Civilian targeting"
_TARGETING_TYPES: Final = ("Violence against civilians", "Explosions/Remote violence")


def lines(source: Source) -> Iterator[bytes]:
    """A header and the incidents as rows.

    Args:
        source: what to export.
    """
    yield csv_line([*COLUMNS, *EXTRA])
    for incident, mentions in source.incidents():
        found = look_up("acled", act_of(incident, mentions)) if happened(incident) else None
        if found:
            yield csv_line(row(incident, mentions, found, pages_of(mentions, source)))


def row(incident: Incident, mentions: Sequence[Mention], found: Row, pages: Sequence[PageInfo]) -> list[Cell]:
    """The cells of an incident, the extra ones included.

    Args:
        incident, mentions: the incident.
        found: the row of the mapping table that gives its types.
        pages: the pages that tell it.
    """
    first = day(incident.first)
    return [
        incident.id, first.isoformat() if first else None, first.year if first else None, time_precision(incident),
        found.group, found.code, found.detail, *_sides(incident), _targeting(incident, found), *_where(incident),
        "; ".join(incident.outlets), None, incident.words, lowest(incident, "killed"), None, None,
        *extras(incident, mentions, pages),
    ]  # fmt: skip


def time_precision(incident: Incident) -> int | None:
    """ACLED's: 1 the day is told, 2 a week, 3 a month; a day that is known from the publication alone is a week's."""
    days = span_days(incident)
    if days is None or days > _MONTH:
        return None
    if incident.precision in ("published", "week"):
        return 2
    return 1 if days == 1 else 2 if days <= _WEEK else 3


def split_sides(incident: Incident) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who stands on either side; of a clash without a victim the first against the others."""
    actors, recipients = incident.actors, incident.recipients
    return (actors[:1], actors[1:]) if len(actors) > 1 and not recipients else (actors, recipients)


def _sides(incident: Incident) -> list[Cell]:
    one, two = split_sides(incident)
    kinds = [_inter(side, incident) for side in (one, two)]
    return [*_actor(one), kinds[0], *_actor(two), kinds[1], _interaction(incident, kinds)]


def _actor(side: Sequence[Party]) -> list[Cell]:
    return [name_of(side[0]), names(side[1:])] if side else [None, None]


def _inter(side: Sequence[Party], incident: Incident) -> str:
    where = incident.place.country if incident.place else None
    return inter(side[0], where, incident.type, incident.mode) if side else ""


def _interaction(incident: Incident, kinds: Sequence[str]) -> str:
    """The two numbers, the smaller first; a lone actor's with a zero; none where a side that is named is not known."""
    _, two = split_sides(incident)
    if not kinds[0] or (two and not kinds[1]):
        return ""
    return "".join(sorted(kinds)) if two else f"{kinds[0]}0"


def _targeting(incident: Incident, found: Row) -> str | None:
    _, two = split_sides(incident)
    civilians = bool(two) and all(side_class(p) == "civilians" for p in two)
    return _TARGETING if civilians and found.code in _TARGETING_TYPES else None


def _where(incident: Incident) -> list[Cell]:
    place = incident.place
    if place is None:
        return [None] * 10
    land = country(place.country)
    lat, lon = located(place) or (None, None)
    precision = _GEO_PRECISION.get(place.kind) if lat is not None else None
    name = None if place.kind == "country" else place.name_en or place.name
    return [land.iso_n, land.acled_region, land.name_en, None, None, None, name, lat, lon, precision]
