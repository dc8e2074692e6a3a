"""Putting the incidents right after pages came or went: copies, links, groups, and the incidents that they make.

Only the days around the new pages are compared again. The result does not depend on the order in which pages came, nor
on how often the ledger was settled on the way: everything is computed from what the pages hold, in the ledger's order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from marsad.ledger.agencies import bar
from marsad.ledger.alike import NEAR_DAYS
from marsad.ledger.copies import WORTH, Sketch, overlap, similarity
from marsad.ledger.joining import News, joined, on_the_spot
from marsad.model.record import Record
from marsad.store.database import transaction
from marsad.store.dating import date_pages
from marsad.store.grouping import Tell, regroup, silent
from marsad.store.making import ORDER
from marsad.store.work import KeptLink, body_of, keep_link, kept_opening, mention_of, unpacked
from marsad.store.writing import write_links


def settle(db: sqlite3.Connection, tell: Tell = silent) -> int:
    """Put the incidents right.

    Args:
        db: the ledger, open for writing.
        tell: is told the step, how much of it is done, and of how much.

    Returns:
        How many incidents were made anew.
    """
    if not _fresh(db):
        return 0
    with transaction(db):
        tell("undated pages", 0, 1)
        date_pages(db)
        fresh = _fresh(db)  # those that were just dated among them
        tell("copies", 0, len(fresh))
        _find_copies(db, fresh)
        tell("links", 0, 1)
        relinked = _link(db) | _link_spots(db)
        tell("groups", 0, 1)
        count = regroup(db, tell, relinked)
        db.execute("DELETE FROM unsettled")
        db.execute("DELETE FROM stale")
    return count


def _fresh(db: sqlite3.Connection) -> list[int]:
    return [seq for (seq,) in db.execute("SELECT DISTINCT page FROM unsettled ORDER BY page")]


# ---------------------------------------------------------------- copies


class _Page(NamedTuple):
    seq: int
    published: str | None
    sketch: bytes
    agency: str | None


def _find_copies(db: sqlite3.Connection, fresh: Sequence[int]) -> None:
    """The pages that share enough with a fresh one; equal bodies need no entry."""
    for seq in fresh:
        db.execute("DELETE FROM likenesses WHERE page = ? OR other = ?", (seq, seq))
    for seq in fresh:
        page = _page(db, seq)
        if page is None:
            continue
        near = db.execute(
            "SELECT DISTINCT b.page FROM bands a JOIN bands b ON b.band = a.band WHERE a.page = ? AND b.page != ?",
            (seq, seq),
        ).fetchall()
        text = None
        for (other_seq,) in near:
            other = _page(db, other_seq)
            if other is None or not _worth(page, other):
                continue
            text = text if text is not None else _body(db, seq)
            if overlap(text, _body(db, other_seq)).passes(bar(page.agency, other.agency)):
                db.execute("INSERT OR IGNORE INTO likenesses VALUES (?, ?)", sorted((seq, other_seq)))


def _page(db: sqlite3.Connection, seq: int) -> _Page | None:
    row = db.execute(
        "SELECT seq, published, sketch, agency FROM pages WHERE seq = ? AND superseded = 0 AND sketch IS NOT NULL",
        (seq,),
    ).fetchone()
    return _Page(*row) if row else None


def _worth(a: _Page, b: _Page) -> bool:
    one, two = Sketch.from_bytes(a.sketch), Sketch.from_bytes(b.sketch)
    return one.digest != two.digest and similarity(one, two) >= WORTH


def _body(db: sqlite3.Connection, seq: int) -> str:
    (data,) = db.execute("SELECT record FROM pages WHERE seq = ?", (seq,)).fetchone()
    return body_of(Record.from_json(unpacked(data)))


# ---------------------------------------------------------------- links


def _link(db: sqlite3.Connection) -> set[str]:
    """Find anew the links between pages of the days around the fresh ones; gives the mentions whose links changed."""
    changed = set()
    days = {day for (day,) in db.execute("SELECT DISTINCT day FROM unsettled")}
    dated = sorted(day for day in days if day)
    if dated:
        first, last = dated[0], _shift(dated[-1], NEAR_DAYS)
        changed |= _relink(db, "published BETWEEN ? AND ?", (_shift(first, -NEAR_DAYS), last), since=first)
    if "" in days:
        changed |= _relink(db, "published IS NULL", (), since=None)
    return changed


def _shift(day: str, by: int) -> str:
    there = date.fromisoformat(day).toordinal() + by
    return date.fromordinal(min(max(there, date.min.toordinal()), date.max.toordinal())).isoformat()


def _relink(db: sqlite3.Connection, where: str, values: tuple[str, ...], *, since: str | None) -> set[str]:
    rows = db.execute(
        f"SELECT seq, id, published, opening FROM pages WHERE {where} AND superseded = 0 AND record IS NOT NULL"
        " ORDER BY published, id",
        values,
    ).fetchall()
    seqs = {page: seq for seq, page, published, _ in rows if since is None or published >= since}
    before = _taken(db, "page = ? AND by = 'news'", seqs.values())
    owner: dict[str, str] = {}
    found = set()
    for link in joined(_news(db, rows, owner)):
        seq = seqs.get(owner[link.mention])
        if seq is not None:
            found.add(keep_link(link))
            write_links(db, seq, [keep_link(link)], by="news")
    return {link.mention for link in before ^ found}


def _taken(db: sqlite3.Connection, where: str, values: Iterable[Any]) -> set[KeptLink]:
    """Take links out, to be found anew."""
    found: set[KeptLink] = set()
    for value in values:
        rows = db.execute(f"DELETE FROM links WHERE {where} RETURNING mention, earlier, score, data", (value,))
        found.update(KeptLink(*row) for row in rows.fetchall())
    return found


def _news(db: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], owner: dict[str, str]) -> Iterator[News]:
    """Pages as they are compared; `owner` learns the page of each of their mentions."""
    for seq, page, published, opening in rows:
        mentions = tuple(
            mention_of(data)
            for (data,) in db.execute(
                "SELECT data FROM mentions WHERE page = ? AND compared = 1 ORDER BY at, id", (seq,)
            )
        )
        owner.update((m.id, page) for m in mentions)
        yield News(page, published, kept_opening(opening), mentions)


def _link_spots(db: sqlite3.Connection) -> set[str]:
    """Find anew the links between acts of one day, town and type wherever one of them came or went.

    Returns:
        The mentions whose links changed.
    """
    changed: set[str] = set()
    for (spot,) in db.execute("SELECT key FROM stale WHERE kind = 'spot' ORDER BY key").fetchall():
        rows = db.execute(
            f"SELECT m.page, m.data FROM mentions m JOIN pages p ON p.seq = m.page WHERE m.spot = ? ORDER BY {ORDER}",
            (spot,),
        ).fetchall()
        mentions = [mention_of(data) for _, data in rows]
        page = {m.id: seq for m, (seq, _) in zip(mentions, rows, strict=True)}
        before = _taken(db, "mention = ? AND by = 'spot'", page)
        found = {keep_link(link) for link in on_the_spot(mentions)}
        for link in found:
            write_links(db, page[link.mention], [link], by="spot")
        changed |= {link.mention for link in before ^ found}
    return changed
