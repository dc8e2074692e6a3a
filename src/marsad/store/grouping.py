"""Which mentions stand together: by their links, and by what persons have put together or taken apart.

The whole ledger is grouped when it is settled. A person's merge or split changes only what can be reached from the
mentions that it names, along links and earlier merges; that is grouped alone, and comes out as it would in the whole.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from marsad.ledger.joining import Split, grouped
from marsad.store.judging import select, undone
from marsad.store.making import ORDER, remake

_MANY: Final = 500  # incidents between two words of how far it is, mentions of one query

Tell = Callable[[str, int, int], None]


def silent(step: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


class _Decision(NamedTuple):
    """A merge or split that stands."""

    seq: int
    kind: str
    one: list[str]
    other: list[str]

    def names(self, mentions: set[str]) -> bool:
        """Whether it names mentions of these on both sides."""
        return bool(mentions.intersection(self.one)) and bool(mentions.intersection(self.other))


def regroup(db: sqlite3.Connection, tell: Tell = silent, relinked: Iterable[str] = ()) -> int:
    """Group all mentions; make anew each incident that changed.

    Args:
        db: the ledger, within a transaction.
        tell: is told how far it is.
        relinked: mentions whose links changed.

    Returns:
        How many incidents were made anew.
    """
    before = dict(
        db.execute(f"SELECT m.id, m.incident FROM mentions m JOIN pages p ON p.seq = m.page ORDER BY {ORDER}")
    )
    links = db.execute("SELECT mention, earlier FROM links ORDER BY score DESC, mention, earlier").fetchall()
    groups, touched = _group(db, before, links, _decisions(db))
    now = {mention: first for first, ids in groups.items() for mention in ids}
    touched |= {now[m] for m in relinked if m in now}
    touched |= {i for (i,) in db.execute("SELECT key FROM stale WHERE kind = 'incident'")}
    touched |= _with_fresh_pages(db) | {i for (i,) in db.execute("SELECT id FROM incidents") if i not in groups}
    for n, first in enumerate(sorted(touched)):
        remake(db, first, groups.get(first, []))
        if n % _MANY == 0:
            tell("incidents", n, len(touched))
    return len(touched)


def regroup_around(db: sqlite3.Connection, mentions: Sequence[str]) -> None:
    """Group anew what can be reached from some mentions, and make anew the incidents that changed and theirs.

    Args:
        db: the ledger, within a transaction.
        mentions: those that a person's decision names.
    """
    reached, links = _reach(db, mentions)
    rows = _rows(
        db,
        f"SELECT m.id, m.incident, {ORDER} FROM mentions m JOIN pages p ON p.seq = m.page WHERE m.id IN ({{}})",
        sorted(reached),
    )
    before = {row[0]: row[1] for row in sorted(rows, key=_in_order)}
    groups, touched = _group(db, before, links, _decisions(db, sorted(reached)))
    now = {mention: first for first, ids in groups.items() for mention in ids}
    touched |= {now[m] for m in mentions if m in now}
    for first in sorted(touched):
        remake(db, first, groups.get(first, []))


def _in_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The ledger's order of a row's mention: its columns from the third on; a missing day is told by the first."""
    return tuple("" if value is None else value for value in row[2:])


def _group(
    db: sqlite3.Connection, before: dict[str, str | None], links: list[tuple[str, str]], decided: Sequence[_Decision]
) -> tuple[dict[str, list[str]], set[str]]:
    """Mentions in the ledger's order, grouped; and the incidents that lost or won some of them."""
    splits = [Split(frozenset(d.one), frozenset(d.other)) for d in decided if d.kind == "split"]
    merged = [pair for d in decided if d.kind == "merge" and (pair := _tied(d, before, splits))]
    groups = grouped(list(before), merged + links, splits)
    now = {mention: first for first, ids in groups.items() for mention in ids}
    moved = [(now[m], m) for m in before if before[m] != now[m]]
    db.executemany("UPDATE mentions SET incident = ? WHERE id = ?", moved)
    return groups, {old for m, old in before.items() if old and old != now[m]} | {new for new, _ in moved}


def _tied(merge: _Decision, standing: Container[str], splits: Sequence[Split]) -> tuple[str, str] | None:
    """The mentions by which a merge holds: the first of each side that stand in the ledger, and that no split keeps
    apart. A correction may take any of them out, and the merge holds while each side has one left."""
    one, other = ([m for m in side if m in standing] for side in (merge.one, merge.other))
    return next((pair for pair in itertools.product(one, other) if not any(s.parts(*pair) for s in splits)), None)


def _with_fresh_pages(db: sqlite3.Connection) -> set[str]:
    """The incidents of fresh pages, and of the pages that are their copies."""
    return {
        i
        for (i,) in db.execute(
            "SELECT DISTINCT incident FROM mentions WHERE incident IS NOT NULL AND page IN (SELECT page FROM unsettled"
            " UNION SELECT other FROM likenesses JOIN unsettled USING (page)"
            " UNION SELECT l.page FROM likenesses l JOIN unsettled u ON l.other = u.page)"
        )
    }


# ---------------------------------------------------------------- what is reached


def _reach(db: sqlite3.Connection, mentions: Iterable[str]) -> tuple[set[str], list[tuple[str, str]]]:
    """All mentions that links and merges lead to, there and back; and their links, the surest first.

    Splits are left out of account: they only keep apart what is reached.
    """
    reached: set[str] = set()
    links: set[tuple[float, str, str]] = set()
    fresh = set(mentions)
    while fresh:
        reached |= fresh
        asked = sorted(fresh)
        found = [
            row
            for end in ("mention", "earlier")
            for row in _rows(db, f"SELECT -score, mention, earlier FROM links WHERE {end} IN ({{}})", asked)
        ]
        links.update(found)
        merges = [(*d.one, *d.other) for d in _decisions(db, asked) if d.kind == "merge"]
        ends = {m for _, one, other in found for m in (one, other)} | {m for all_ in merges for m in all_}
        fresh = ends - reached
    return reached, [(mention, earlier) for _, mention, earlier in sorted(links)]


def _rows(db: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query whose `{}` takes a list of values, few at a time."""
    for n in range(0, len(values), _MANY):
        some = values[n : n + _MANY]
        yield from db.execute(sql.format(", ".join("?" * len(some))), some)


# ---------------------------------------------------------------- what persons have decided


def _decisions(db: sqlite3.Connection, mentions: Sequence[str] | None = None) -> list[_Decision]:
    """The merges and splits that stand, the earliest first: all, or those that name one of some mentions.

    A split goes before every merge made before it, and a merge takes back the earlier splits of what it puts together.
    """
    found = _made(db, mentions)
    splits = [d for d in found if d.kind == "split"]
    named = sorted({m for d in splits for m in (*d.one, *d.other)})
    merges = [d for d in (found if mentions is None else _made(db, named)) if d.kind == "merge"]
    joined = [(d.seq, {*d.one, *d.other}) for d in merges]
    return [d for d in found if d.kind == "merge" or not any(seq > d.seq and d.names(all_) for seq, all_ in joined)]


def _made(db: sqlite3.Connection, mentions: Sequence[str] | None) -> list[_Decision]:
    """The merges and splits that nobody took back."""
    gone = undone(db)
    if mentions is None:
        rows = list(select(db, "kind IN ('merge', 'split')"))
    else:
        seqs = {seq for (seq,) in _rows(db, "SELECT judgement FROM sides WHERE mention IN ({})", mentions)}
        rows = [next(select(db, "seq = ?", (seq,))) for seq in sorted(seqs)]
    return [_Decision(j.seq, j.kind, *j.data["sides"]) for j in rows if j.seq not in gone]
