"""What each outlet gave the ledger: pages by days, those that could not be read, those without a day, copies."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from marsad.store.filters import Filter, page_query
from marsad.store.ledger import Ledger


class Outlet(NamedTuple):
    """An outlet; `name` None for pages that name none.

    Attributes:
        days: how many of its pages each day brought.
        undated: pages of no known day; `inferred` those whose day the ledger found out from the others.
        unread: pages that could not be read, by the code of what went wrong.
        copies: pages whose text is like that of another that came before, whosever.
    """

    name: str | None
    pages: int
    days: dict[str, int]
    undated: int
    inferred: int
    unread: dict[str, int]
    copies: int


class Unread(NamedTuple):
    """A page that could not be read, why, and what its container says of it."""

    id: str
    code: str
    message: str
    outlet: str | None
    url: str | None


class _Line(NamedTuple):
    """What is counted of a page."""

    seq: int
    outlet: str | None
    day: str | None
    error: str | None
    inferred: bool


_OUTLET = "coalesce(p.publisher, json_extract(p.given, '$.publisher'))"  # of a page not read, its container's word


def outlets(ledger: Ledger, wanted: Filter) -> list[Outlet]:
    """What each outlet gave, those of most pages first.

    Args:
        ledger: the ledger.
        wanted: which pages.
    """
    where, values = page_query(wanted)
    asked = f"SELECT p.seq, {_OUTLET}, p.published, p.error, p.dated LIKE '%\"day\":\"%' FROM pages p WHERE {where}"
    lines = [_Line(*row) for row in ledger.rows(asked, values)]
    copies = _copies(ledger, {line.seq: line.day or "" for line in lines})
    by_outlet: dict[str | None, list[_Line]] = {}
    for line in lines:
        by_outlet.setdefault(line.outlet, []).append(line)
    found = [_outlet(name, own, copies) for name, own in by_outlet.items()]
    return sorted(found, key=lambda o: (-o.pages, o.name or ""))


def _outlet(name: str | None, lines: list[_Line], copies: frozenset[int]) -> Outlet:
    read = [line for line in lines if line.error is None]
    return Outlet(
        name=name,
        pages=len(lines),
        days=dict(Counter(line.day for line in read if line.day)),
        undated=sum(line.day is None for line in read),
        inferred=sum(bool(line.inferred) for line in read),
        unread=dict(Counter(line.error for line in lines if line.error)),
        copies=sum(line.seq in copies for line in read),
    )


def _copies(ledger: Ledger, days: dict[int, str]) -> frozenset[int]:
    """The later page of each two that are alike; a page without a day is taken for the later one."""
    pairs = ledger.rows("SELECT page, other FROM likenesses")
    return frozenset(max(pair, key=lambda seq: (days.get(seq) or "~", seq)) for pair in pairs)


def unread(ledger: Ledger, wanted: Filter, limit: int) -> list[Unread]:
    """The pages that could not be read, the last first.

    Args:
        ledger: the ledger.
        wanted: of which outlets.
        limit: how many at most.
    """
    names = [o.name for o in outlets(ledger, wanted) if o.unread]
    marks = ", ".join("?" * len(names))
    rows = ledger.rows(
        f"SELECT p.id, p.error, coalesce(p.message, ''), {_OUTLET} AS outlet, p.url FROM pages p"
        f" WHERE p.error IS NOT NULL AND p.superseded = 0 AND coalesce(outlet, '') IN ({marks})"
        " ORDER BY p.seq DESC LIMIT ?",
        [*(name or "" for name in names), limit],
    )
    return [Unread(*row) for row in rows]
