"""The queue: which card comes next for whom, and how many cards there are in each state.

Incidents told as news come first, and of those the newest day. A card is in one lane: new, or waiting for somebody
other than its first coder, or disputed, or settled; each lane is kept in the queue's order by an index, so that the
next card is found without looking at those that are done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec

from marsad.model.errors import BadFilter
from marsad.store.filters import Filter, incident_query

LANES: Final = ("open", "new", "in_review", "disputed", "settled", "flagged")
_FEW: Final = 2000  # incidents that a filter leaves, below which their cards are looked at alone
_ORDER: Final = ("foreground", "day", "incident", "subject")


class Counts(NamedTuple):
    """How many cards are in each state; `flagged` those of any state that somebody has flagged."""

    new: int = 0
    in_review: int = 0
    settled: int = 0
    disputed: int = 0
    flagged: int = 0


class Asked(NamedTuple):
    """Which cards are asked for.

    Attributes:
        user: for whom; what that person has decided on is left out. None for everybody's.
        wanted: of which incidents.
        state: `open` (new and in review), a state, or `flagged`.
        skipped: whether what that person left to others is asked for too.
        admin: whether that person may see disputes of cards that they coded.
    """

    user: str | None
    wanted: Filter
    state: str = "open"
    skipped: bool = False
    admin: bool = False


def cards(db: sqlite3.Connection, asked: Asked, limit: int) -> list[str]:
    """The first cards in the queue's order.

    Args:
        db: the ledger.
        asked: which.
        limit: how many at most.

    Raises:
        BadFilter: there is no such state.
        BadDay: a day of the filter is none.
    """
    if asked.state not in LANES:
        raise BadFilter(f"«{asked.state}» is no state of cards; there are {', '.join(LANES)}.")
    found = [row for where, values in _lanes(db, asked) for row in _lane(db, asked, where, values, limit)]
    found.sort(reverse=True)
    return [row[-1] for row in found[:limit]]


def _lanes(db: sqlite3.Connection, asked: Asked) -> Iterator[tuple[str, list[Any]]]:
    """The lanes that are asked for, each as a condition on `reviews` that its index answers."""
    if asked.state == "flagged":
        yield "flagged = 1", []
        return
    states = ("new", "in_review") if asked.state == "open" else (asked.state,)
    for state in states:
        coders = _coders(db) if state == "in_review" else [""]
        for coder in coders:
            if coder != asked.user:
                yield "state = ? AND coder = ?", [state, coder]


def _coders(db: sqlite3.Connection) -> Iterator[str]:
    """Those whose cards wait for somebody else, one after another along the index; first nobody."""
    sql = "SELECT min(coder) FROM reviews WHERE state = 'in_review' AND coder > ?"
    coder: str | None = ""
    while coder is not None:
        yield coder
        (coder,) = db.execute(sql, (coder,)).fetchone()


def _lane(db: sqlite3.Connection, asked: Asked, where: str, values: list[Any], limit: int) -> list[tuple[Any, ...]]:
    index, wanted, more = filtered(db, asked.wanted.checked())
    own, mine = _own(asked)
    index = index or ("reviews_flagged" if asked.state == "flagged" else "reviews_queue")
    order = ", ".join(f"{column} DESC" for column in _ORDER)
    whole = f"incident IS NOT NULL AND {where} AND {wanted} AND {own} ORDER BY {order} LIMIT ?"
    sql = f"SELECT {', '.join(_ORDER)} FROM reviews INDEXED BY {index} WHERE {whole}"
    return db.execute(sql, [*values, *more, *mine, limit]).fetchall()


def _own(asked: Asked) -> tuple[str, list[Any]]:
    """Leave out what the user has decided on, or left to others."""
    if asked.user is None or (asked.state == "disputed" and asked.admin) or asked.state in ("settled", "flagged"):
        return "1", []
    kinds = "kind = 'verdict' AND" if asked.skipped else ""
    done = f"SELECT 1 FROM codings WHERE {kinds} codings.subject = reviews.subject AND user = ?"
    return f"NOT EXISTS ({done})", [asked.user]


def filtered(db: sqlite3.Connection, wanted: Filter) -> tuple[str | None, str, list[Any]]:
    """A filter as a condition on `reviews`, and the index by which it is best answered, None for the queue's own.

    Where it leaves few incidents their cards are looked at alone; else one card after another, in the queue's order.

    Args:
        db: the ledger.
        wanted: the filter, checked.
    """
    parts: list[str] = ["1"] if wanted.background else ["foreground = 1"]
    values: list[Any] = []
    if wanted.until:
        parts, values = [*parts, "day <= ?"], [wanted.until]
    if _is_plain(wanted):
        return None, " AND ".join(parts), values
    where, more = incident_query(wanted)
    some = db.execute(f"SELECT id FROM incidents WHERE {where} LIMIT ?", [*more, _FEW]).fetchall()
    if len(some) < _FEW:
        return "reviews_incident", f"incident IN ({', '.join('?' * len(some))})", [i for (i,) in some]
    parts.append(f"EXISTS (SELECT 1 FROM incidents WHERE id = reviews.incident AND {where})")
    return None, " AND ".join(parts), [*values, *more]


def _is_plain(wanted: Filter) -> bool:
    """Whether the cards' own columns hold all that a filter asks for."""
    return msgspec.structs.replace(wanted, until=None, background=False) == Filter()


def counts(db: sqlite3.Connection, wanted: Filter) -> Counts:
    """How many cards there are in each state.

    Args:
        db: the ledger.
        wanted: of which incidents.

    Raises:
        BadDay: a day of the filter is none.
        BadFilter: a type or status of the filter is none.
    """
    wanted = wanted.checked()
    least = 0 if wanted.background else 1
    flagged = "SELECT count(*) FROM reviews INDEXED BY reviews_flagged WHERE flagged = 1 AND incident IS NOT NULL"
    if _is_plain(wanted) and not wanted.until:
        rows = db.execute("SELECT state, sum(cards) FROM tallies WHERE foreground >= ? GROUP BY state", (least,))
        (few,) = db.execute(f"{flagged} AND foreground >= ?", (least,)).fetchone()
    else:
        where, values = incident_query(wanted)
        of = f"FROM reviews WHERE incident IN (SELECT id FROM incidents WHERE {where})"
        rows = db.execute(f"SELECT state, count(*) {of} GROUP BY state", values)
        one = f"EXISTS (SELECT 1 FROM incidents WHERE id = reviews.incident AND {where})"
        (few,) = db.execute(f"{flagged} AND {one}", values).fetchone()
    return Counts(**dict(rows.fetchall()), flagged=few)
