"""UCDP-GED-like CSV: GED's 49 columns and ours behind them; one row an incident of lethal force that happened.

"Like", because the ids of conflicts, dyads and actors are UCDP's and stay empty. As in GED, a row needs a death: an
ASSAULT of which the highest count is at least one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from marsad.export.acled import split_sides
from marsad.export.cells import Cell, csv_line
from marsad.export.facts import EXTRA, act_of, claimants, extras, figure, located, names, pages_of, sides, span_days
from marsad.export.mapping import look_up
from marsad.export.sides import side_class
from marsad.export.source import PageInfo, Source, happened
from marsad.export.tables import country
from marsad.ledger.model import Incident, Mention, Party, Range, Spot

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""GED's columns, in its order."""

_RULE: Final = "low-best-high"
_WHERE: Final = {"city": 1, "site": 1, "region": 4, "sea": 7}
_COUNTRY: Final = 6
_DATES: Final = ((1, 1), (6, 2), (7, 3), (31, 4))  # up to so many days: GED's date_prec
_LONGER: Final = 5
_GRID: Final = 720  # cells of half a degree around the globe
_JOINT: Final = "; "


def lines(source: Source) -> Iterator[bytes]:
    """A header and the incidents as rows.

    Args:
        source: what to export.
    """
    yield csv_line([*COLUMNS, *EXTRA])
    for incident, mentions in source.incidents():
        deaths = lethal(incident)
        if deaths:
            yield csv_line(row(incident, mentions, deaths, pages_of(mentions, source)))


def lethal(incident: Incident) -> Range | None:
    """The range of the dead of an incident that GED would hold, or None."""
    deaths = figure(incident, "killed", _RULE) or figure(incident, "killed", "conservative")
    if incident.type != "ASSAULT" or not happened(incident) or deaths is None:
        return None
    return deaths if max(deaths.low, deaths.best or 0, deaths.high or 0) > 0 else None


def row(incident: Incident, mentions: Sequence[Mention], deaths: Range, pages: Sequence[PageInfo]) -> list[Cell]:
    """The cells of an incident, the extra ones included.

    Args:
        incident, mentions: the incident.
        deaths: the range of the dead.
        pages: the pages that tell it.
    """
    violence = look_up("ged", act_of(incident, mentions))
    one, two = split_sides(incident)
    return [
        incident.id, None, incident.first[:4] if incident.first else None, None, None,
        violence.code if violence else None, *[None] * 8, names(one),
        None, None, names(two), incident.sources, *_sources(incident, pages),
        *_where(incident.place), None, _date_precision(incident), incident.first, incident.last or incident.first,
        *_deaths(incident, mentions, deaths), _state(one), _state(two), *extras(incident, mentions, pages),
    ]  # fmt: skip


def _state(side: Sequence[Party]) -> str | None:
    """Gleditsch and Ward's number of the state that a side is, None for any other."""
    return country(side[0].code).gw or None if side and side_class(side[0]) == "state" else None


def _sources(incident: Incident, pages: Sequence[PageInfo]) -> list[Cell]:
    articles = (", ".join(part for part in (p.publisher, p.first, p.headline) if part) for p in pages)
    return [
        _JOINT.join(a for a in articles if a),
        _JOINT.join(incident.outlets),
        _JOINT.join(dict.fromkeys(p.first for p in pages if p.first)),
        _JOINT.join(p.headline for p in pages if p.headline),
        _JOINT.join(claimants(incident)),
    ]


def _where(place: Spot | None) -> list[Cell]:
    """The columns from `where_prec` to `region`; a country gives no point."""
    if place is None:
        return [None] * 12
    land = country(place.country)
    name = place.name_en or place.name
    at = located(place)
    precision = _WHERE.get(place.kind) if at else _COUNTRY if place.kind == "country" else None
    lat, lon = at or (None, None)
    point = f"POINT ({lon} {lat})" if at else None
    grid = priogrid(*at) if at else None
    return [precision, name, place.name, None, None, lat, lon, point, grid, land.name_en, land.gw, land.ged_region]


def priogrid(lat: float, lon: float) -> int:
    """The cell of the PRIO-GRID, half a degree wide, counted from the south-west.

    Args:
        lat, lon: in degrees; the north pole and the date line belong to the last row and column.
    """
    line, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), _GRID - 1)
    return line * _GRID + column + 1


def _date_precision(incident: Incident) -> int | None:
    days = span_days(incident)
    if days is None:
        return None
    if incident.precision in ("published", "week"):
        return 3
    return next((code for most, code in _DATES if days <= most), _LONGER)


def _deaths(incident: Incident, mentions: Sequence[Mention], deaths: Range) -> list[Cell]:
    """Deaths of side a, of side b, of civilians, of unknown; best, high, low. The four add up to `best`, as in GED."""
    best = deaths.best if deaths.best is not None else deaths.low
    high = deaths.high if deaths.high is not None else best
    column = _whose(incident, mentions, deaths)
    parts: list[Cell] = [best if column == n else 0 for n in range(4)]
    return [*parts, best, max(high, best), min(deaths.low, best)]


def _whose(incident: Incident, mentions: Sequence[Mention], deaths: Range) -> int:
    """The column of the dead: civilians or the other side where all that tell the count say so, else unknown."""
    telling = set(deaths.best_from or deaths.low_from)
    who = {t.who for m in mentions if m.id in telling for t in m.tolls if t.kind == "killed"}
    classes = {side_class(p) if p else "" for p in who}
    if classes == {"civilians"}:
        return 2
    armed = "armed" in sides(incident).recipients and classes <= {"state", "nonstate"} and bool(classes)
    codes = {(p.code, p.sector) for p in who if p}
    return 1 if armed and codes <= {(p.code, p.sector) for p in split_sides(incident)[1]} else 3
