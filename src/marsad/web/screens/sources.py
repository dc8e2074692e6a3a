"""Sources: what each outlet gave, how steadily, how much of it copies, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal, get_args

import msgspec
from fastapi import APIRouter, Query

from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.outlets import Outlet, Unread, outlets, unread
from marsad.store.overview import newest_day
from marsad.store.remembered import remembered
from marsad.web.desk import AtDesk
from marsad.web.screen import screen
from marsad.web.screens import dictionary
from marsad.web.wanted import Wanted

router = APIRouter(tags=["sources"])
router.include_router(dictionary.router)

Order = Literal["pages", "name", "last", "copies", "unread"]
ORDERS: Final = get_args(Order)
_DAYS, _LEAST = 60, 14  # of the small charts, at most and at least
_OUTLETS: Final = 200  # shown
_UNREAD: Final = 50  # pages that could not be read, shown


class Source(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """An outlet and its health.

    Attributes:
        name: as its pages name it; None for pages that name none.
        pages: how many it gave; first, last: the days of the first and the last.
        recent: pages on each day of the chart; `silent` how many of these days brought none.
        quiet_for: days between its last page and the ledger's newest.
        undated: pages of no known day; `inferred` those whose day the ledger found out from others.
        unread: pages that could not be read, by the code of what went wrong.
        copies: pages whose text is like that of another page that came before; `copies_share` of those that were read.
    """

    name: str | None
    pages: int
    first: str | None
    last: str | None
    recent: list[int]
    silent: int
    quiet_for: int | None
    undated: int
    inferred: int
    unread: dict[str, int]
    copies: int
    copies_share: float


class UnreadPage(msgspec.Struct, frozen=True):
    """A page that could not be read: its id, the code of what went wrong, the message, whose it is."""

    id: str
    code: str
    message: str
    outlet: str | None
    url: str | None


class Sources(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """The outlets of the ledger.

    Attributes:
        outlets: at most 200, in the order asked for; `total` how many there are, pages that name none left out.
        pages: how many pages they gave together.
        first, last: the days of the small charts; the last is the ledger's newest.
        unread: the last pages that could not be read.
        order: what they are ordered by.
    """

    outlets: list[Source]
    total: int
    pages: int
    first: str | None
    last: str | None
    unread: list[UnreadPage]
    order: Order


@screen(router, "/sources", "sources.html", Sources)
def sources(
    desk: AtDesk,
    asked: Wanted,
    order: Annotated[Order, Query(description="What the outlets are ordered by.")] = "pages",
) -> Sources:
    """The outlets, and the health of each."""
    found: list[Outlet] = remembered(desk.ledger, ("outlets", asked), lambda one: outlets(one, asked))
    newest = newest_day(desk.ledger)
    days = _days(newest, min((day for o in found for day in o.days), default=newest)) if newest else []
    shown = sorted((_source(o, days) for o in found), key=_KEYS[order])
    return Sources(
        outlets=shown[:_OUTLETS],
        total=sum(o.name is not None for o in found),
        pages=sum(o.pages for o in found),
        first=days[0] if days else None,
        last=newest,
        unread=[UnreadPage(*page) for page in _unread(desk.ledger, asked)],
        order=order,
    )


_KEYS: Final[dict[Order, Callable[[Source], Any]]] = {
    "pages": lambda s: (-s.pages, s.name or ""),
    "name": lambda s: (s.name is None, s.name),
    "last": lambda s: (-(s.quiet_for or 0), s.name or ""),
    "copies": lambda s: (-s.copies_share, s.name or ""),
    "unread": lambda s: (-sum(s.unread.values()) - s.undated, s.name or ""),
}


def _unread(ledger: Ledger, asked: Filter) -> list[Unread]:
    found: list[Unread] = remembered(ledger, ("unread", asked), lambda one: unread(one, asked, _UNREAD))
    return found


def _days(newest: str, first: str) -> list[str]:
    """The days of the small charts, the earliest first: no empty weeks before the first page of all."""
    last = date.fromisoformat(newest)
    back = max(_LEAST, min(_DAYS, (last - date.fromisoformat(first)).days + 1))
    return [(last - timedelta(n)).isoformat() for n in range(min(back - 1, (last - date.min).days), -1, -1)]


def _source(outlet: Outlet, days: list[str]) -> Source:
    recent = [outlet.days.get(day, 0) for day in days]
    first, last = (min(outlet.days), max(outlet.days)) if outlet.days else (None, None)
    read = outlet.pages - sum(outlet.unread.values())
    return Source(
        outlet.name, outlet.pages, first, last, recent, sum(n == 0 for n in recent),
        (date.fromisoformat(days[-1]) - date.fromisoformat(last)).days if last and days else None,
        outlet.undated, outlet.inferred, outlet.unread, outlet.copies, round(outlet.copies / read, 3) if read else 0.0,
    )  # fmt: skip
