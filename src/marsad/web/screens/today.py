"""Today: what was told and said, the newest day first, with what is new since the reader was last here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final, NamedTuple

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request

from marsad.model.errors import BadDay
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.overview import (
    Said,
    Stream,
    Told,
    Volume,
    ahead,
    last_day,
    newest_day,
    newest_page,
    newest_pages_of,
    pages_after,
    said,
    told,
    undated,
    volume,
)
from marsad.store.people import Visit
from marsad.store.remembered import remembered
from marsad.web.bars import Bar, bars
from marsad.web.desk import AtDesk, Desk
from marsad.web.facets import Facet, counted, side, spot
from marsad.web.river import Item, Sources, river
from marsad.web.screen import screen
from marsad.web.wanted import Wanted

router = APIRouter(tags=["today"])
_CHART: Final = timedelta(59)  # how far back the bars go, where the filter names no stretch of its own
_AFTER: Final = timedelta(14)  # and how far they go on after days that are long ago
_LEAST: Final = timedelta(20)  # but at least so far back
_STRETCH: Final = timedelta(14)  # a filter of so many days is a stretch of its own
_ENOUGH: Final = 70  # incidents and statements: the list takes further days until it holds so many
_DAYS: Final = 10  # and no more days than these
_EACH: Final = 40  # shown of a day among others
_ALONE: Final = 120  # shown of a day that stands alone
_STEPS: Final = tuple(timedelta(n) for n in (6, 60, 365, 36500, 365000))
_EVER: Final = date.max.isoformat()


class Day(msgspec.Struct, frozen=True):
    """One day of the river: how many incidents and statements it brings, and those that are shown; Monday is 0."""

    day: str
    weekday: int
    incidents: int
    statements: int
    items: list[Item]


class News(msgspec.Struct, frozen=True):
    """What came since the visit before this one, which ended at `since`: pages, and what of them the days shown hold.

    `incidents` and `statements` are counted in the days shown alone.
    """

    since: str
    pages: int
    incidents: int
    statements: int


class Today(msgspec.Struct, frozen=True):
    """The newest of the ledger.

    Attributes:
        days: the days shown, the newest first, each with its incidents and statements mixed, most sources first.
        bars: what each day (week, month) around them brings, the earliest first.
        types, sides, places: what the incidents and statements of the days shown are counted by.
        news: what is new to the reader; None on a first visit.
        only_new: whether only that is shown.
        newest: the last day on which a page was published; `after` the day after it, `ahead` how many incidents
            are announced for then or later.
        undated: how many incidents have no known day, and stand under none.
        older: the day before which the list goes on; None where it ends.
    """

    days: list[Day]
    bars: list[Bar]
    types: list[Facet]
    sides: list[Facet]
    places: list[Facet]
    news: News | None
    only_new: bool
    newest: str | None
    after: str | None
    ahead: int
    undated: int
    older: str | None


class _Window(NamedTuple):
    """The days that are shown, with what they bring, the newest first; and the day before which more is to come."""

    days: dict[str, Volume]
    older: str | None

    @property
    def ends(self) -> tuple[str, str] | None:
        """The first and the last day."""
        return (min(self.days), max(self.days)) if self.days else None


class _Brought(NamedTuple):
    """What the days shown bring: each incident with the day under which it stands, and the statements."""

    incidents: list[tuple[str, Told]]
    statements: list[Said]

    def on(self, day: str) -> tuple[list[Told], list[Said]]:
        """Those of one day."""
        return [i for d, i in self.incidents if d == day], [s for s in self.statements if s.day == day]


@screen(router, "/today", "today.html", Today)
def today(
    request: Request,
    desk: AtDesk,
    asked: Wanted,
    before: Annotated[str, Query(description="Days before this one, YYYY-MM-DD.")] = "",
    new: Annotated[bool, Query(description="Only what came since the visit before this one.")] = False,
) -> Today:
    """What was told and said, the newest day first."""
    visit = _visit(request, desk)
    stream = Stream(asked, visit.page or 0 if new else 0)
    newest = newest_day(desk.ledger)
    until = _last_wanted(asked, before, newest)
    window: _Window = remembered(desk.ledger, ("window", stream, until), lambda one: _window(one, stream, until))
    brought = _brought(desk.ledger, stream, window)
    fresh = _fresh(desk.ledger, visit, brought.incidents)
    return Today(
        days=_days(desk.ledger, window, brought, fresh, visit),
        bars=_bars(desk.ledger, stream, window, newest),
        types=counted(([Facet(i.type, 0)] for _, i in brought.incidents), asked.types),
        sides=counted(_sides(brought), asked.actors),
        places=counted(([spot(i.place)] if i.place else [] for _, i in brought.incidents), asked.places),
        news=_news(desk.ledger, visit, fresh, brought.statements),
        only_new=new,
        newest=newest,
        after=_back(newest, -timedelta(1)) if newest else None,
        ahead=_once(desk.ledger, "ahead", asked, newest) if newest else 0,
        undated=_once(desk.ledger, "undated", asked, newest),
        older=window.older,
    )


# ---------------------------------------------------------------- which days


def _last_wanted(asked: Filter, before: str, newest: str | None) -> str | None:
    """The day from which the list goes back: at most the newest, unless the filter itself looks beyond it."""
    if newest is None:
        return None
    beyond = asked.since is not None and asked.since > newest
    ends = [asked.until or _EVER] if beyond else [newest]
    ends += [asked.until] if asked.until else []
    ends += [_day_before(before)] if before else []
    return min(ends)


def _day_before(day: str) -> str:
    try:
        return _back(day, timedelta(1))
    except ValueError as error:
        raise BadDay(f"«{day}» is no day.") from error


def _window(ledger: Ledger, stream: Stream, until: str | None) -> _Window:
    """The newest days that together bring enough to read, found in steps that grow where little is told."""
    days: dict[str, Volume] = {}
    last = until and last_day(ledger, stream, until)
    for step in _STEPS:
        if not last or _full(days):
            break
        first = _back(last, step)
        found = volume(ledger, stream, first, last)
        for day in sorted(found, reverse=True):
            if _full(days):
                return _Window(days, min(days))
            days[day] = found[day]
        last = last_day(ledger, stream, _day_before(first))
    return _Window(days, min(days) if days and last else None)


def _full(days: dict[str, Volume]) -> bool:
    return len(days) >= _DAYS or sum(v.incidents + v.statements for v in days.values()) >= _ENOUGH


def _back(day: str, span: timedelta) -> str:
    end = date.fromisoformat(day)
    return (end - min(span, end - date.min)).isoformat()


def _bars(ledger: Ledger, stream: Stream, window: _Window, newest: str | None) -> list[Bar]:
    """The days around those that are shown, whatever part of them the filter names."""
    if window.ends is None or newest is None:
        return []
    first, last = _around(stream.wanted, window.ends, newest)
    wide = Stream(msgspec.structs.replace(stream.wanted, since=None, until=None), stream.after)
    found = remembered(ledger, ("volume", wide, first, last), lambda one: volume(one, wide, first, last))
    if found and not (stream.wanted.since and stream.wanted.until):
        first = max(first, min(*found, _back(last, _LEAST)))  # no empty weeks before the first that is told
    return bars(found, first, last, window.ends)


def _around(asked: Filter, ends: tuple[str, str], newest: str) -> tuple[str, str]:
    if asked.since and asked.until:
        since, until = date.fromisoformat(asked.since), date.fromisoformat(asked.until)
        if until - since >= _STRETCH:
            return asked.since, asked.until
    shown = date.fromisoformat(ends[1])
    last = max(shown, min(shown + _AFTER, date.fromisoformat(newest)))
    return _back(last.isoformat(), _CHART), last.isoformat()


# ---------------------------------------------------------------- what they bring


def _brought(ledger: Ledger, stream: Stream, window: _Window) -> _Brought:
    if window.ends is None:
        return _Brought([], [])
    return _Brought(told(ledger, stream, *window.ends), said(ledger, stream, *window.ends))


def _fresh(ledger: Ledger, visit: Visit, incidents: list[tuple[str, Told]]) -> frozenset[str]:
    """The incidents that a page tells which came since the visit before this one."""
    seen = visit.page
    if seen is None or not incidents or not pages_after(ledger, seen):
        return frozenset()
    last = newest_pages_of(ledger, [i.id for _, i in incidents])
    return frozenset(i for i, page in last.items() if page > seen)


def _days(ledger: Ledger, window: _Window, brought: _Brought, fresh: frozenset[str], visit: Visit) -> list[Day]:
    limit = _ALONE if len(window.days) == 1 else _EACH
    mixed = {day: river(*brought.on(day), limit) for day in window.days}
    sources = Sources.of(ledger, mixed.values(), fresh, visit.page)
    return [
        Day(day, date.fromisoformat(day).weekday(), *found, [sources.item(one, day) for one in mixed[day]])
        for day, found in window.days.items()
    ]


def _sides(brought: _Brought) -> list[list[Facet]]:
    acting = [[side(p) for p in (*i.actors, *i.recipients)] for _, i in brought.incidents]
    return acting + [[side(s.data.speaker)] for s in brought.statements if s.data.speaker]


# ---------------------------------------------------------------- what is new


def _visit(request: Request, desk: Desk) -> Visit:
    """What the visit before this one saw. A program that asks for JSON sees nothing in its user's stead."""
    if request.url.path.endswith(".json"):
        return desk.people.visited(desk.user.name)
    return desk.people.visit(desk.user.name, newest_page(desk.ledger))


def _news(ledger: Ledger, visit: Visit, fresh: frozenset[str], statements: list[Said]) -> News | None:
    if visit.page is None or visit.before is None:
        return None
    new = sum(s.page > visit.page for s in statements)
    return News(visit.before, pages_after(ledger, visit.page), len(fresh), new)


def _once(ledger: Ledger, what: str, asked: Filter, newest: str | None) -> int:
    """A count over the whole ledger, made once for each of its states."""
    count = (lambda one: ahead(one, asked, newest)) if what == "ahead" and newest else (lambda one: undated(one, asked))
    return int(remembered(ledger, (what, asked), count))
