"""What the map and its timeline are made of: places with their incidents, families of types, stretches of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from marsad.ledger.model import Spot
from marsad.model.record import Part, PlaceKind, Status
from marsad.store.places import Happened

# PLOVER's types by its four quadrants, the gravest first: a quadrant has a colour, a type a shape.
FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "deeds_against": ("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"),
    "words_against": ("THREATEN", "ACCUSE", "REJECT", "REQUEST"),
    "deeds_for": ("AID", "COOPERATE", "RETREAT"),
    "words_for": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
}
TYPES: Final = tuple(t for types in FAMILIES.values() for t in types)
ALLEGED: Final = frozenset({"claimed", "denied"})
_WHOLE: Final = 400  # days up to which a timeline shows everything; beyond, what lies far off is cut
_CUT: Final = 0.02  # of the incidents at each end, which a single «منذ القرن الماضي» would stretch over centuries
_BARS: Final = 130  # at most, about

Step = Literal["day", "week", "month", "year"]


class Point(Part, kw_only=True, frozen=True):
    """An incident: `place` is its place's number in the list of places, None where nobody says where."""

    id: str
    place: int | None
    type: str
    status: Status
    day: str | None
    sources: int


class Located(Part, kw_only=True, frozen=True):
    """A place with its incidents.

    Attributes:
        names: its names as incidents have them, the most frequent first: «قره باغ», «آرتساخ».
        name_en, country, lat, lon, kind: as in the record; `lat` and `lon` None where it is not located.
        drawn: whether it stands on the map: it is located, and no whole country.
        incidents: how many there are; `alleged` how many of them nobody reports in his own voice.
        types: how many of each type, the most frequent first.
        last: the last day on which there was one.
    """

    names: tuple[str, ...]
    name_en: str | None
    country: str | None
    lat: float | None
    lon: float | None
    kind: PlaceKind
    drawn: bool
    incidents: int
    alleged: int
    types: dict[str, int]
    last: str | None


class Bin(Part, kw_only=True, frozen=True):
    """A bar of the timeline: its days, and how many incidents of each type begin in them."""

    first: str
    last: str
    types: dict[str, int]
    total: int

    def under(self, type_: str) -> int:
        """How many incidents a type stands upon in the bar.

        Args:
            type_: the type.
        """
        return sum(self.types.get(below, 0) for below in TYPES[: TYPES.index(type_)])


class Timeline(Part, kw_only=True, frozen=True):
    """Incidents by days, whatever days are asked for.

    Attributes:
        step: how long a bar is: day, week, month, year.
        bins: the bars, without gaps; `most` the tallest.
        before, after: how many incidents lie outside of them.
    """

    step: Step
    bins: tuple[Bin, ...]
    most: int
    before: int
    after: int


def points(found: Iterable[Happened]) -> tuple[list[Point], list[Located]]:
    """Incidents as points, and the places that they stand at, the one of most incidents first.

    Args:
        found: the incidents.
    """
    groups: dict[_Key, list[Happened]] = {}
    for one in found:
        groups.setdefault(_key(one.spot), []).append(one)
    keys = sorted((key for key in groups if key), key=lambda key: (-len(groups[key]), str(key)))
    number: dict[_Key, int | None] = {key: n for n, key in enumerate(keys)}
    dots = [
        Point(id=h.id, place=number.get(key), type=h.type, status=h.status, day=h.day, sources=h.sources)
        for key, group in groups.items()
        for h in group
    ]
    return dots, [_located(groups[key]) for key in keys]


_Key = tuple[float | str | None, ...]


def _key(spot: Spot | None) -> _Key:
    """What makes two spots one place: one point of one precision, whatever it is called; the name where it has none."""
    if spot is None:
        return ()
    at: tuple[float | str | None, ...] = (spot.name,) if spot.lat is None else (spot.lat, spot.lon)
    return (*at, spot.kind, spot.country)


def _located(found: Sequence[Happened]) -> Located:
    spots = [h.spot for h in found if h.spot]
    names, counts = Counter(s.name for s in spots), Counter(h.type for h in found)
    spot = spots[0]
    return Located(
        names=tuple(name for name, _ in names.most_common()), name_en=spot.name_en, country=spot.country, lat=spot.lat,
        lon=spot.lon, kind=spot.kind,
        drawn=spot.lat is not None and spot.lon is not None and spot.kind != "country",
        incidents=len(found), alleged=sum(h.status in ALLEGED for h in found), types=dict(counts.most_common()),
        last=max((h.day for h in found if h.day), default=None),
    )  # fmt: skip


# ---------------------------------------------------------------- the timeline


def timeline(counted: Sequence[tuple[str, str, int]], since: str | None = None, until: str | None = None) -> Timeline:
    """Incidents by stretches of days.

    Args:
        counted: day, type and number, by day.
        since, until: days that must be on it.
    """
    first, last = _ends(counted, since, until)
    if not first or not last:
        return Timeline(step="day", bins=(), most=0, before=0, after=0)
    step = _step((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    counts: dict[str, Counter[str]] = {}
    for day, type_, n in counted:
        if first <= day <= last:
            counts.setdefault(_start(date.fromisoformat(day), step).isoformat(), Counter())[type_] += n
    bins = tuple(_bins(first, last, step, counts))
    return Timeline(
        step=step, bins=bins, most=max(b.total for b in bins),
        before=sum(n for day, _, n in counted if day < first), after=sum(n for day, _, n in counted if day > last),
    )  # fmt: skip


def _ends(
    counted: Sequence[tuple[str, str, int]], since: str | None, until: str | None
) -> tuple[str | None, str | None]:
    days = [day for day, _, _ in counted]
    first, last = (days[0], days[-1]) if days else (since or until, until or since)
    if first and last and (date.fromisoformat(last) - date.fromisoformat(first)).days > _WHOLE:
        first, last = _quantile(counted), _quantile(counted[::-1])
    ends = [day for day in (first, last, since, until) if day]
    return min(ends, default=None), max(ends, default=None)


def _quantile(counted: Sequence[tuple[str, str, int]]) -> str:
    """The first day up to which there are as many incidents as may be cut."""
    rest = sum(n for _, _, n in counted) * _CUT
    for day, _, n in counted:
        rest -= n
        if rest < 0:
            return day
    return counted[-1][0]


def _step(days: int) -> Step:
    lengths: tuple[tuple[Step, int], ...] = (("day", 1), ("week", 7), ("month", 30))
    return next((name for name, length in lengths if days <= _BARS * length), "year")


def _start(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=min((day.weekday() + 2) % 7, day.toordinal() - 1))  # weeks begin on Saturday
    return day if step == "day" else day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _after(day: date, step: Step) -> date:
    if step in ("day", "week"):
        return day + timedelta(days=7 if step == "week" else 1)
    month = day.month % 12 + 1 if step == "month" else 1
    return day.replace(year=day.year + (month == 1), month=month)


def _bins(first: str, last: str, step: Step, counts: dict[str, Counter[str]]) -> Iterable[Bin]:
    day = _start(date.fromisoformat(first), step)
    while day.isoformat() <= last:
        following = _after(day, step)
        types = counts.get(day.isoformat(), Counter())
        end = (following - timedelta(days=1)).isoformat()
        yield Bin(first=day.isoformat(), last=end, types=dict(types), total=types.total())
        day = following
