"""Where incidents are said to have happened: for maps, and for the list of a place's incidents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.model import Party, Spot
from marsad.model.record import Status
from marsad.store.filters import Filter, incident_query
from marsad.store.ledger import Ledger
from marsad.store.work import search_name, unpacked


class Happened(NamedTuple):
    """An incident on a map: what it is, how sure, when, told by how many independent sources, and where; `spot` None
    where nobody says where."""

    id: str
    type: str
    status: Status
    day: str | None
    sources: int
    spot: Spot | None


class Act(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """An incident in a place's list: who is said to have done what to whom, when, and how sure it is."""

    id: str
    type: str
    mode: str | None = None
    status: Status = "reported"
    first: str | None = None
    last: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    sources: int = 0
    contested: tuple[str, ...] = ()
    words: str = ""


class _Located(msgspec.Struct):
    """Of an incident as it is stored, its place alone: a third of the time that the whole takes to decode."""

    place: Spot | None = None


_LOCATED: Final = msgspec.json.Decoder(_Located)
_ACT: Final = msgspec.json.Decoder(Act)
_NEWEST: Final = "ORDER BY first DESC, id DESC LIMIT ? OFFSET ?"


def happened(ledger: Ledger, wanted: Filter, limit: int) -> list[Happened]:
    """Incidents with their places, the newest first; then what is only planned, then what has no day.

    Args:
        ledger: the ledger.
        wanted: which.
        limit: how many at most.
    """
    where, values = incident_query(wanted.checked())
    columns = "id, type, status, first, sources, CASE WHEN place IS NULL THEN NULL ELSE data END"
    rows = _newest(ledger, columns, where, values, 0, limit)
    return [Happened._make((*row[:5], _LOCATED.decode(unpacked(row[5])).place if row[5] else None)) for row in rows]


def acts_at(
    ledger: Ledger, wanted: Filter, names: Sequence[str], country: str | None, *, first: int, limit: int
) -> list[Act]:
    """The incidents of a place, in the order of `happened`.

    Args:
        ledger: the ledger.
        wanted: which.
        names: the place's names as incidents have them; none for those of no known place.
        country: the code of the country that it is in, None where it is in none.
        first: how many to pass over.
        limit: how many at most.
    """
    where, values = _at(wanted, names, country)
    return [_ACT.decode(unpacked(data)) for (data,) in _newest(ledger, "data", where, values, first, limit)]


def count_at(ledger: Ledger, wanted: Filter, names: Sequence[str], country: str | None) -> int:
    """How many incidents a place has.

    Args:
        ledger: the ledger.
        wanted: which.
        names, country: as for `acts_at`.
    """
    where, values = _at(wanted, names, country)
    return int(ledger.rows(f"SELECT count(*) FROM incidents WHERE {where}", values)[0][0])


def _at(wanted: Filter, names: Sequence[str], country: str | None) -> tuple[str, list[Any]]:
    where, values = incident_query(wanted.checked())
    if not names:
        return f"{where} AND place IS NULL", values
    marks = ", ".join("?" * len(names))
    named = f"rowid IN (SELECT incident FROM incident_keys WHERE kind = 'place' AND key IN ({marks}))"
    keys = [search_name(name) for name in names]  # places have no index of their own; these do
    return f"{where} AND {named} AND place IN ({marks}) AND country IS ?", [*values, *keys, *names, country]


def _newest(
    ledger: Ledger, columns: str, where: str, values: Sequence[Any], first: int, limit: int
) -> list[tuple[Any, ...]]:
    """Rows of incidents by day, the newest first; those after the ledger's last page («in 2068») behind them.

    Two queries, each in an index's order: one that sorts all would take ten times as long.
    """
    (last,) = ledger.rows("SELECT max(published) FROM pages WHERE superseded = 0")[0]
    rows: list[tuple[Any, ...]] = []
    for days, bound in (("first <= ?", [last or ""]), ("(first > ? OR first IS NULL)", [last or ""])):
        asked = f"SELECT {columns} FROM incidents WHERE {where} AND {days} {_NEWEST}"
        rows += ledger.rows(asked, [*values, *bound, limit - len(rows), first])
        if len(rows) == limit:
            break
        if not rows and first:
            passed = f"SELECT count(*) FROM incidents WHERE {where} AND {days}"
            first = max(0, first - int(ledger.rows(passed, [*values, *bound])[0][0]))
        else:
            first = 0
    return rows
