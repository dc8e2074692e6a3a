"""The newest of a ledger: how much was told and said on which day, and what it was, day by day backwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.model import Party, Range, Spot
from marsad.model.record import Status
from marsad.store.aliases import actor_keys
from marsad.store.filters import Filter, incident_query, page_query
from marsad.store.ledger import Ledger
from marsad.store.work import unpacked

_MOST: Final = 1500  # incidents, and as many statements, of one window of days


class Stream(NamedTuple):
    """What is to be shown: what a filter lets through, of pages that came after one of that number (0: of all)."""

    wanted: Filter
    after: int = 0


class Volume(NamedTuple):
    """How much one day brings."""

    incidents: int = 0
    statements: int = 0


class Told(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """An incident, without its versions and links: so much of it is read quickly."""

    id: str
    type: str
    status: Status
    mode: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    first: str | None = None
    last: str | None = None
    precision: str = "open"
    place: Spot | None = None
    pages: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: int = 0
    copies: int = 0
    ranges: tuple[Range, ...] = ()
    contested: tuple[str, ...] = ()
    words: str = ""


class Said(NamedTuple):
    """A statement with its day, the number of its page, and its place among those of the page."""

    day: str
    page: int
    n: int
    data: Saying


class Saying(msgspec.Struct, frozen=True):
    """What a statement says: who speaks, through whom, to whom, and the words."""

    statement: str
    words: str = ""
    rule: str = ""
    speaker: Party | None = None
    via: tuple[Party, ...] = ()
    addressee: Party | None = None
    mode: str = ""


class PageName(NamedTuple):
    """By what a page is named beside what it tells."""

    id: str
    outlet: str | None
    headline: str | None


# ---------------------------------------------------------------- days


def newest_day(ledger: Ledger) -> str | None:
    """The last day on which a page of the ledger was published; what is told of later days is only announced.

    Args:
        ledger: the ledger.
    """
    found = ledger.rows("SELECT max(published) FROM pages")[0][0]
    return str(found) if found else None


def newest_page(ledger: Ledger) -> int:
    """The number of the page that came last; 0 where there is none.

    Args:
        ledger: the ledger.
    """
    return int(ledger.rows("SELECT coalesce(max(seq), 0) FROM pages")[0][0])


def pages_after(ledger: Ledger, after: int) -> int:
    """How many pages came after one.

    Args:
        ledger: the ledger.
        after: its number.
    """
    return int(ledger.rows("SELECT count(*) FROM pages WHERE seq > ?", [after])[0][0])


def last_day(ledger: Ledger, stream: Stream, until: str) -> str | None:
    """The last day, not after a given one, that brings anything.

    Args:
        ledger: the ledger.
        stream: what is wanted.
        until: the day.
    """
    found = [
        ledger.rows(f"SELECT {day} {source} AND {day} <= ? ORDER BY {day} DESC LIMIT 1", [*values, until])
        for day, source, values in (_incidents(stream), _statements(stream))
    ]
    days = [rows[0][0] for rows in found if rows]
    return max(days) if days else None


def volume(ledger: Ledger, stream: Stream, first: str, last: str) -> dict[str, Volume]:
    """How many incidents and statements each day of a stretch brings; days that bring nothing are left out.

    Args:
        ledger: the ledger.
        stream: what is wanted.
        first, last: the stretch.
    """
    counts: list[dict[str, int]] = []
    for day, source, values in (_incidents(stream), _statements(stream)):
        sql = f"SELECT {day} AS shown, count(*) {source} AND {day} BETWEEN ? AND ? GROUP BY shown"
        counts.append(dict(ledger.rows(sql, [*values, first, last])))
    incidents, statements = counts
    return {d: Volume(incidents.get(d, 0), statements.get(d, 0)) for d in sorted({*incidents, *statements})}


def ahead(ledger: Ledger, wanted: Filter, day: str) -> int:
    """How many incidents are told of days after a given one: what was announced.

    Args:
        ledger: the ledger.
        wanted: which.
        day: the day.
    """
    where, values = incident_query(wanted)
    return int(ledger.rows(f"SELECT count(*) FROM incidents WHERE {where} AND first > ?", [*values, day])[0][0])


def undated(ledger: Ledger, wanted: Filter) -> int:
    """How many incidents have no known day.

    Args:
        ledger: the ledger.
        wanted: which.
    """
    where, values = incident_query(wanted)
    return int(ledger.rows(f"SELECT count(*) FROM incidents WHERE {where} AND first IS NULL", values)[0][0])


# ---------------------------------------------------------------- what they bring


def told(ledger: Ledger, stream: Stream, first: str, last: str) -> list[tuple[str, Told]]:
    """The incidents of a stretch of days, each with the day under which it stands, those of most sources first.

    Args:
        ledger: the ledger.
        stream: what is wanted.
        first, last: the stretch.
    """
    day, source, values = _incidents(stream)
    rows = ledger.rows(
        f"SELECT {day} AS shown, data {source} AND {day} BETWEEN ? AND ? ORDER BY sources DESC, id LIMIT ?",
        [*values, first, last, _MOST],
    )
    return [(shown, msgspec.json.decode(unpacked(data), type=Told)) for shown, data in rows]


def said(ledger: Ledger, stream: Stream, first: str, last: str) -> list[Said]:
    """The statements of a stretch of days, those of the pages that came last first.

    Args:
        ledger: the ledger.
        stream: what is wanted.
        first, last: the stretch.
    """
    day, source, values = _statements(stream)
    rows = ledger.rows(
        f"SELECT {day}, f.page, f.n, f.data {source} AND {day} BETWEEN ? AND ? ORDER BY f.page DESC, f.n LIMIT ?",
        [*values, first, last, _MOST],
    )
    return [Said(d, page, n, msgspec.json.decode(data, type=Saying)) for d, page, n, data in rows]


def newest_pages_of(ledger: Ledger, incidents: Sequence[str]) -> dict[str, int]:
    """The number of the last page that tells each of some incidents.

    Args:
        ledger: the ledger.
        incidents: their ids.
    """
    marks = ", ".join("?" * len(incidents))
    sql = f"SELECT incident, max(page) FROM mentions WHERE incident IN ({marks}) GROUP BY incident"
    return dict(ledger.rows(sql, incidents))


def named_pages(ledger: Ledger, ids: Iterable[str] = (), numbers: Iterable[int] = ()) -> dict[str | int, PageName]:
    """The outlets and headlines of pages.

    Args:
        ledger: the ledger.
        ids: those whose ids are known.
        numbers: those whose numbers are known.

    Returns:
        Each page under its id, and under its number where that was asked.
    """
    found: dict[str | int, PageName] = {}
    for column, asked in (("id", list(ids)), ("seq", list(numbers))):
        marks = ", ".join("?" * len(asked))
        where = f"{column} IN ({marks}) AND superseded = 0"
        for key, *name in ledger.rows(f"SELECT {column}, id, publisher, headline FROM pages WHERE {where}", asked):
            found[key] = PageName(*name)
    return found


# ---------------------------------------------------------------- queries


def _incidents(stream: Stream) -> tuple[str, str, list[Any]]:
    """The day under which an incident stands, where it is found, and what stands for the marks.

    That day is its first, and must itself be wanted: stretches as long as «this year» touch every day and would hide
    what began on it.
    """
    where, values = incident_query(stream.wanted)
    values = [*values, stream.wanted.since or ""]
    if stream.after:
        where += " AND id IN (SELECT incident FROM mentions WHERE page > ?)"
        values.insert(-1, stream.after)
    return "first", f"FROM incidents WHERE {where} AND first >= ?", values


def _statements(stream: Stream) -> tuple[str, str, list[Any]]:
    """The same for statements: their own day and speaker; outlet, types, places and statuses are those of the page."""
    wanted = stream.wanted
    parts = ["f.kind = 'statement'", "f.day IS NOT NULL", "f.page > ?"]
    values: list[Any] = [stream.after]
    for part, day in (("f.day >= ?", wanted.since), ("f.day <= ?", wanted.until)):
        if day:
            parts.append(part)
            values.append(day)
    if wanted.actors:
        keys = actor_keys(wanted.actors)
        marks = ", ".join("?" * len(keys))
        named = f"SELECT page, n FROM finding_keys WHERE kind = 'statement' AND key IN ({marks})"
        parts.append(f"(f.page, f.n) IN ({named})")
        values += keys
    if wanted.outlets:
        where, more = page_query(Filter(outlets=wanted.outlets))
        parts.append(f"EXISTS (SELECT 1 FROM pages p WHERE p.seq = f.page AND {where})")
        values += more
    where, more = telling("f.page", msgspec.structs.replace(wanted, actors=()))
    parts.append(where)
    values += more
    return "f.day", f"FROM findings f WHERE {' AND '.join(parts)}", values


def telling(page: str, wanted: Filter) -> tuple[str, list[Any]]:
    """The condition that a page tells an incident of the types, places, statuses and actors of a filter.

    It is asked page by page, which is quick where few pages are asked of.

    Args:
        page: the column that holds the page's number.
        wanted: the filter.
    """
    told = Filter(
        types=wanted.types, places=wanted.places, statuses=wanted.statuses, actors=wanted.actors, background=True
    )
    if told == Filter(background=True):
        return "1", []
    where, values = incident_query(told)
    one = f"SELECT 1 FROM incidents WHERE id = m.incident AND {where}"
    return f"EXISTS (SELECT 1 FROM mentions m WHERE m.page = {page} AND EXISTS ({one}))", values
