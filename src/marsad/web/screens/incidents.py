"""The list of incidents: filtered, paged, sorted, and the same filter as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from marsad.export.cells import csv_line
from marsad.ledger.flat import incident_row
from marsad.ledger.model import Incident
from marsad.store.filters import Filter
from marsad.store.incidents import Order, listed
from marsad.store.ledger import Ledger
from marsad.web.desk import AtDesk, Settings
from marsad.web.screen import screen
from marsad.web.screens import dossier, incident
from marsad.web.screens.incident_row import Row, row_of
from marsad.web.wanted import Wanted

router = APIRouter(tags=["incidents"])
_ON_A_PAGE: Final = 50
_AT_ONCE: Final = 500  # lines of CSV: each piece that is sent costs a change of threads


class Incidents(msgspec.Struct, frozen=True):
    """A page of the incidents that a filter lets through.

    Attributes:
        total: how many there are on all pages.
        page: which page this is, from 1; `more` whether another follows.
        order: newest, oldest, sources (most independent sources first) or killed (only those whose dead somebody
            counts, the highest figure first).
        counting: whether the dead of a long list are still being counted, and it is shown by day until then.
        incidents: those of this page.
    """

    total: int
    page: int
    more: bool
    order: Order
    counting: bool
    incidents: list[Row]


@screen(router, "/incidents", "incidents.html", Incidents)
def incidents(
    desk: AtDesk,
    asked: Wanted,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    order: Annotated[Order, Query(description="By day, by independent sources, or by the dead.")] = "newest",
) -> Incidents:
    """Incidents, the newest first."""
    first = (page - 1) * _ON_A_PAGE
    found = listed(desk.ledger, asked, order=order, first=first, most=_ON_A_PAGE)
    more = first + _ON_A_PAGE < found.total
    rows = [row_of(one) for one in found.incidents]
    return Incidents(found.total, page, more, found.order, found.order != order, rows)


@router.get("/incidents.csv")
def incidents_csv(desk: AtDesk, asked: Wanted) -> Response:
    """The same incidents as CSV, all pages of them, as `marsad incidents --csv` writes them."""
    headers = {"content-disposition": 'attachment; filename="incidents.csv"'}
    return StreamingResponse(_lines(desk.settings, asked), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(settings: Settings, asked: Filter) -> Iterator[bytes]:
    """The rows as they come: a whole ledger of them is not held at once."""
    yield csv_line(_COLUMNS)
    with Ledger.open(settings.ledger) as ledger:  # the request's own is closed before its answer has been sent
        found = ledger.incidents(asked)
        while some := [incident_row(one) for one in islice(found, _AT_ONCE)]:
            yield b"".join(csv_line([_cell(value) for value in row.values()]) for row in some)


_COLUMNS: Final = tuple(incident_row(Incident(id="", type="")))


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


router.include_router(dossier.router)
router.include_router(incident.router)
