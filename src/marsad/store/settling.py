"""Putting the incidents right after pages came or went: copies, links, groups, and the incidents that they make.

Only the days around the new pages are compared again. The result does not depend on the order in which pages came, nor
on how often the ledger was settled on the way: everything is computed from what the pages hold, in the ledger's order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.agencies import bar
from marsad.ledger.alike import NEAR_DAYS, Opening
from marsad.ledger.copies import WORTH, Seen, Sketch, originals, overlap, similarity
from marsad.ledger.incidents import incident
from marsad.ledger.joining import News, Split, grouped, joined, on_the_spot
from marsad.ledger.model import Incident, Link, Mention
from marsad.model.record import Record
from marsad.store.database import transaction
from marsad.store.dating import date_pages
from marsad.store.work import KeptLink, body_of, keep_link, mention_of, packed, party_keys, search_name, unpacked
from marsad.store.writing import write_links

_ORDER: Final = "m.published IS NULL, m.published, p.id, m.at, m.id"
_MANY: Final = 500  # rows of one query

Tell = Callable[[str, int, int], None]


def _silent(step: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


def settle(db: sqlite3.Connection, tell: Tell = _silent) -> int:
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
        title, text = msgspec.json.decode(opening)
        yield News(page, published, Opening(frozenset(title), frozenset(text)), mentions)


def _link_spots(db: sqlite3.Connection) -> set[str]:
    """Find anew the links between acts of one day, town and type wherever one of them came or went.

    Returns:
        The mentions whose links changed.
    """
    changed: set[str] = set()
    for (spot,) in db.execute("SELECT key FROM stale WHERE kind = 'spot' ORDER BY key").fetchall():
        rows = db.execute(
            f"SELECT m.page, m.data FROM mentions m JOIN pages p ON p.seq = m.page WHERE m.spot = ? ORDER BY {_ORDER}",
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


# ---------------------------------------------------------------- groups


def regroup(db: sqlite3.Connection, tell: Tell = _silent, relinked: Iterable[str] = ()) -> int:
    """Group the mentions by their links and by what persons have decided; make anew each incident that changed.

    Args:
        db: the ledger, within a transaction.
        tell: is told how far it is.
        relinked: mentions whose links changed.

    Returns:
        How many incidents were made anew.
    """
    before = dict(
        db.execute(f"SELECT m.id, m.incident FROM mentions m JOIN pages p ON p.seq = m.page ORDER BY {_ORDER}")
    )
    groups = grouped(list(before), _links(db), _splits(db))
    now = {mention: first for first, ids in groups.items() for mention in ids}
    moved = [(now[m], m) for m in before if before[m] != now[m]]
    touched = {old for m, old in before.items() if old and old != now[m]} | {new for new, _ in moved}
    touched |= {now[m] for m in relinked if m in now}
    touched |= {i for (i,) in db.execute("SELECT key FROM stale WHERE kind = 'incident'")}
    touched |= _with_fresh_pages(db) | {i for (i,) in db.execute("SELECT id FROM incidents") if i not in groups}
    db.executemany("UPDATE mentions SET incident = ? WHERE id = ?", moved)
    for n, first in enumerate(sorted(touched)):
        _remake(db, first, groups.get(first, []))
        if n % _MANY == 0:
            tell("incidents", n, len(touched))
    return len(touched)


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


def _links(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Pairs of mentions that belong together: what persons have put together, then the surest first."""
    merged = [(one[0], other[0]) for one, other in _judged(db, "merge")]
    return merged + db.execute("SELECT mention, earlier FROM links ORDER BY score DESC, mention, earlier").fetchall()


def _splits(db: sqlite3.Connection) -> list[Split]:
    return [Split(frozenset(one), frozenset(other)) for one, other in _judged(db, "split")]


def _judged(db: sqlite3.Connection, kind: str) -> list[Any]:
    """The sides of the judgements of a kind that stand, the earliest first.

    A split goes before every merge made before it, and a merge takes back the earlier splits of what it puts together.
    """
    rows = db.execute("SELECT kind, data FROM judgements ORDER BY seq")
    found = [(what, msgspec.json.decode(data)["sides"]) for what, data in rows]
    merges = [(n, set(one) | set(other)) for n, (what, (one, other)) in enumerate(found) if what == "merge"]

    def stands(n: int, what: str, one: list[str], other: list[str]) -> bool:
        later = [whole for m, whole in merges if m > n and what == "split"]
        return not any(whole & set(one) and whole & set(other) for whole in later)

    return [sides for n, (what, sides) in enumerate(found) if what == kind and stands(n, what, *sides)]


def _remake(db: sqlite3.Connection, first: str, ids: Sequence[str]) -> None:
    old = db.execute("DELETE FROM incidents WHERE id = ? RETURNING rowid", (first,)).fetchall()
    db.executemany("DELETE FROM incident_keys WHERE incident = ?", old)
    if not ids:
        return
    rows = [db.execute("SELECT data FROM mentions WHERE id = ?", (i,)).fetchone()[0] for i in ids]
    mentions = [mention_of(data) for data in rows]
    _write(db, incident(mentions, _links_of(db, ids), sources(db, mentions)))


def _links_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[Link]:
    known = set(ids)
    found: dict[tuple[str, str], bytes] = {}  # what was found as news goes before what was found on the spot
    for i in ids if len(ids) > 1 else ():
        for to, data in db.execute("SELECT earlier, data FROM links WHERE mention = ? ORDER BY earlier, by", (i,)):
            found.setdefault((i, to), data)
    links = [msgspec.json.decode(data, type=Link) for (_, to), data in found.items() if to in known]
    return links + [link for link in _merges(db) if {link.mention, link.to} <= known]


def _merges(db: sqlite3.Connection) -> list[Link]:
    """What persons have put together, as links that say who and when."""
    rows = db.execute("SELECT at, by, data FROM judgements WHERE kind = 'merge' ORDER BY seq")
    told = [(at, by, msgspec.json.decode(data)["sides"]) for at, by, data in rows]
    return [
        Link(mention=other[0], to=one[0], score=0.0, judged=f"merged by {by}, {at}") for at, by, (one, other) in told
    ]


def sources(db: sqlite3.Connection, mentions: Sequence[Mention]) -> dict[str, str]:
    """The independent source of each page of an incident: itself, or the page that it copies.

    Args:
        db: the ledger.
        mentions: the incident's mentions.
    """
    pages = list(dict.fromkeys(m.page for m in mentions))
    if len(pages) < 2:
        return {}
    rows = [
        (seq, Seen(page, published, Sketch.from_bytes(data)))
        for page in pages
        for seq, published, data in db.execute(
            "SELECT seq, published, sketch FROM pages WHERE id = ? AND superseded = 0 AND sketch IS NOT NULL", (page,)
        )
    ]
    by_seq = {seq: seen.id for seq, seen in rows}
    pairs = [
        (by_seq[seq], by_seq[other])
        for seq in by_seq
        for (other,) in db.execute("SELECT other FROM likenesses WHERE page = ?", (seq,))
        if other in by_seq
    ]
    return originals([seen for _, seen in rows], pairs)


def _write(db: sqlite3.Connection, made: Incident) -> None:
    place = (made.place.name, made.place.country) if made.place else (None, None)
    told = (made.id, made.type, made.status, made.foreground, made.first, made.last, *place, made.sources)
    whole = packed(made.to_json().encode())
    values = (*told, len(made.pages), whole)
    row = db.execute("INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
    keys = sorted((kind, key, row) for kind, key in keys_of(made))
    db.executemany("INSERT INTO incident_keys VALUES (?, ?, ?)", keys)


def keys_of(made: Incident) -> set[tuple[str, str]]:
    """By what an incident is found: its parties, places and outlets as folded names and codes.

    Args:
        made: the incident.
    """
    found = {("actor", key) for p in made.actors for key in party_keys(p)}
    found |= {("recipient", key) for p in made.recipients for key in party_keys(p)}
    found |= {("outlet", search_name(o)) for o in made.outlets}
    if made.place:
        names = (made.place.name, made.place.name_en, made.place.country)
        found |= {("place", search_name(name)) for name in names if name}
    return found
