"""Where and when: incidents on a map that needs no network, and along their days."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.model.errors import BadBorders
from marsad.model.record import Part
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.places import Act, acts_at, count_at, happened
from marsad.store.remembered import remembered
from marsad.web.borders import borders, countries
from marsad.web.desk import AtDesk, Settings
from marsad.web.map import FAMILIES, Located, Point, Timeline, points, timeline
from marsad.web.screen import screen
from marsad.web.wanted import Wanted

router = APIRouter(tags=["map"])
_POINTS: Final = 2000
_ACTS: Final = 20
_UNPLACED: Final = 5
_Names = Annotated[list[str], Query(description="As incidents have it; repeatable; without it, those of no place.")]
_DAY: Final = "public, max-age=86400"


class Map(Part, kw_only=True, frozen=True):
    """Incidents in space and time.

    Attributes:
        points: the newest incidents, 2,000 at most, placed or not; `left_out` how many older ones there are.
        places: the places that they stand at, those of most incidents first.
        on_map, country_only, nowhere: how many of the points stand at a place of the map, are told of a whole country
            or of something that is not located, and of no place at all.
        newest_nowhere: some of those of no place, the newest first.
        timeline: all incidents by their days, those beyond the asked days too.
        borders: whether the desk was given borders of its own: none, own, bad; `problem` what is wrong with them.
    """

    points: list[Point]
    places: list[Located]
    total: int
    left_out: int
    on_map: int
    country_only: int
    nowhere: int
    newest_nowhere: list[Act]
    timeline: Timeline
    borders: Literal["none", "own", "bad"] = "none"
    problem: str = ""

    @property
    def families(self) -> dict[str, tuple[str, ...]]:
        """The types by their families, for the legend."""
        return FAMILIES

    @property
    def types(self) -> Counter[str]:
        """How many of the points are of each type."""
        return Counter(point.type for point in self.points)


class PlaceActs(Part, kw_only=True, frozen=True):
    """The incidents of one place, the newest first; of no known place where it has no names."""

    names: list[str]
    country: str | None
    acts: list[Act]
    total: int
    page: int


@screen(router, "/map", "map.html", Map)
def map_(desk: AtDesk, asked: Wanted) -> Map:
    """Incidents on a map and along their days."""
    found: Map = remembered(desk.ledger, ("map", asked), lambda own: _mapped(own, asked))
    state, problem = _borders(desk.settings)
    return msgspec.structs.replace(found, borders=state, problem=problem)


def _mapped(ledger: Ledger, asked: Filter) -> Map:
    found = happened(ledger, asked, _POINTS)
    dots, places = points(found)
    total = ledger.count(asked) if len(found) == _POINTS else len(found)
    drawn = sum(place.incidents for place in places if place.drawn)
    placed = sum(place.incidents for place in places)
    nowhere = len(found) - placed
    return Map(
        points=dots, places=places, total=total, left_out=total - len(found), on_map=drawn,
        country_only=placed - drawn, nowhere=nowhere,
        newest_nowhere=acts_at(ledger, asked, (), None, first=0, limit=_UNPLACED) if nowhere else [],
        timeline=_timeline(ledger, asked),
    )  # fmt: skip


def _timeline(ledger: Ledger, asked: Filter) -> Timeline:
    """The timeline of all days: those that are asked for are a part of it, to be moved."""
    free = msgspec.structs.replace(asked, since=None, until=None)
    counted: list[tuple[str, str, int]] = remembered(ledger, ("days", free), lambda own: own.timeline(free))
    return timeline(counted, asked.since, asked.until)


def _borders(settings: Settings) -> tuple[Literal["none", "own", "bad"], str]:
    if settings.borders is None:
        return "none", ""
    try:
        borders(settings.borders)
    except BadBorders as error:
        return "bad", f"{error.code}: {error.message} {error.hint}"
    return "own", ""


@screen(router, "/map/place", "map_place.html", PlaceActs)
def place_acts(
    desk: AtDesk,
    asked: Wanted,
    name: _Names = [],  # noqa: B006
    country: Annotated[str | None, Query(description="The code of its country.")] = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> PlaceActs:
    """The incidents of one place, or of none."""
    acts = acts_at(desk.ledger, asked, name, country, first=(page - 1) * _ACTS, limit=_ACTS)
    what = ("acts", asked, tuple(name), country)
    total: int = remembered(desk.ledger, what, lambda own: count_at(own, asked, name, country))
    return PlaceActs(names=name, country=country, acts=acts, total=total, page=page)


@router.get("/map/borders.json")
def own_borders(desk: AtDesk) -> Response:
    """The borders that the desk was given, as GeoJSON; nothing where it was given none."""
    path = desk.settings.borders
    found = borders(path) if path else {"type": "FeatureCollection", "features": []}
    return Response(msgspec.json.encode(found), media_type="application/geo+json")


@router.get("/map/countries.json")
def named_countries(desk: AtDesk) -> Response:
    """Every country by its ISO 3166-1 number: its code, its name in Arabic and in English."""
    return Response(msgspec.json.encode(countries()), media_type="application/json", headers={"Cache-Control": _DAY})
