"""Which incidents and findings are wanted: the same filters for every command, screen and export."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import msgspec

from marsad.model.errors import BadDay, BadFilter
from marsad.model.plover import TYPES
from marsad.model.record import STATUSES
from marsad.store.aliases import actor_keys, place_keys
from marsad.store.work import search_name


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted; within a field any of the values will do, all fields must hold.

    Attributes:
        since, until: the first and the last day, `YYYY-MM-DD`.
        actors: names (Arabic or English; any of an actor's names will do) or codes (`AZE`, `AZE/MIL`) of who acts or is
            acted on, or speaks.
        also: the same: of these too one must be named.
        places: names of places, or codes of countries.
        types, statuses: PLOVER's types, the record's statuses.
        outlets: names of outlets.
        background: also what is only referred to, not told as news.
        least_sources: told by at least so many independent sources.
    """

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    background: bool = False
    least_sources: int = 1

    def checked(self) -> Filter:
        """The filter itself, its days written as the ledger writes them.

        Raises:
            BadDay, BadFilter: a value is no day, no type or no status.
        """
        _check(self.types, TYPES, "type")
        _check(self.statuses, STATUSES, "status")
        return msgspec.structs.replace(self, since=_day(self.since), until=_day(self.until))


NO_FILTER: Final = Filter()


def _day(day: str | None) -> str | None:
    try:
        return date.fromisoformat(day).isoformat() if day is not None else None
    except ValueError as error:
        raise BadDay(f"«{day}» is no day.") from error


def _check(values: tuple[str, ...], known: Collection[str], name: str) -> None:
    for value in values:
        if value not in known:
            raise BadFilter(f"«{value}» is no {name}; known are {', '.join(sorted(known))}.")


def incident_query(wanted: Filter) -> tuple[str, list[Any]]:
    """The condition on `incidents` that a filter means, with its values.

    Args:
        wanted: the filter.
    """
    parts: list[str] = ["1"]
    values: list[Any] = []

    def need(part: str, *given: Any) -> None:
        parts.append(part)
        values.extend(given)

    if wanted.since:
        need("last >= ?", wanted.since)
    if wanted.until:
        need("first <= ?", wanted.until)
    if wanted.types:
        need(f"type IN ({_marks(wanted.types)})", *wanted.types)
    if wanted.statuses:
        need(f"status IN ({_marks(wanted.statuses)})", *wanted.statuses)
    if not wanted.background:
        need("foreground = 1")
    if wanted.least_sources > 1:
        need("sources >= ?", wanted.least_sources)
    for kinds, asked in (
        (("actor", "recipient"), wanted.actors),
        (("actor", "recipient"), wanted.also),
        (("place",), wanted.places),
        (("outlet",), wanted.outlets),
    ):
        if asked:
            keys = place_keys(asked) if kinds == ("place",) else actor_keys(asked)
            named = f"kind IN ({_marks(kinds)}) AND key IN ({_marks(keys)})"
            need(f"rowid IN (SELECT incident FROM incident_keys WHERE {named})", *kinds, *keys)
    return " AND ".join(parts), values


def finding_query(kind: str, wanted: Filter) -> tuple[str, list[Any]]:
    """The condition on findings `f` of pages `p` that a filter means, with its values.

    Days and actors are the finding's own; types, places and statuses are those of incidents that its page tells.

    Args:
        kind: statement, proposal, truce or alignment.
        wanted: the filter.
    """
    days, values = _between("f.day", wanted)
    parts, values = ["f.kind = ?", *days], [kind, *values]
    for asked in filter(None, (wanted.actors, wanted.also)):
        keys = actor_keys(asked)
        named = f"SELECT page, n FROM finding_keys WHERE kind = ? AND key IN ({_marks(keys)})"
        parts.append(f"(f.page, f.n) IN ({named})")
        values += [kind, *keys]
    rest = msgspec.structs.replace(wanted, since=None, until=None, actors=(), also=())
    where, more = page_query(rest)
    return " AND ".join([*parts, where]), [*values, *more]


def page_query(wanted: Filter) -> tuple[str, list[Any]]:
    """The condition on pages `p` that a filter means, with its values.

    Days and outlets are the page's own; types, places, statuses and actors are those of incidents that it tells.

    Args:
        wanted: the filter.
    """
    days, values = _between("p.published", wanted)
    parts = ["p.superseded = 0", *days]
    if wanted.outlets:
        keys = [search_name(o) for o in wanted.outlets]
        parts.append(f"p.publisher IN (SELECT name FROM outlets WHERE key IN ({_marks(keys)}))")
        values += keys
    if wanted.types or wanted.places or wanted.statuses or wanted.actors:
        rest = msgspec.structs.replace(wanted, since=None, until=None, outlets=(), background=True, least_sources=1)
        where, more = incident_query(rest)
        told = f"SELECT page FROM mentions WHERE incident IN (SELECT id FROM incidents WHERE {where})"
        parts.append(f"p.seq IN ({told})")
        values += more
    return " AND ".join(parts), values


def _between(column: str, wanted: Filter) -> tuple[list[str], list[Any]]:
    """The conditions on a column of days that a filter's first and last day mean."""
    ends = {f"{column} >= ?": wanted.since, f"{column} <= ?": wanted.until}
    return [part for part, day in ends.items() if day], [day for day in ends.values() if day]


def _marks(values: Any) -> str:
    return ", ".join("?" * len(values))
