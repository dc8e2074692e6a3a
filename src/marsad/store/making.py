"""An incident made of its mentions as persons left them, and put where lists and filters find it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from marsad.ledger.copies import Seen, Sketch, originals
from marsad.ledger.incidents import incident
from marsad.ledger.model import Incident, Link, Mention
from marsad.review.effect import effective
from marsad.review.model import Reviewed
from marsad.store.judging import place, select, settled_of, undone
from marsad.store.work import mention_of, packed, party_keys, search_name

ORDER: Final = "m.published IS NULL, m.published, p.id, m.at, m.id"


def remake(db: sqlite3.Connection, first: str, ids: Sequence[str]) -> None:
    """Make an incident anew, and put its cards into the queue.

    Args:
        db: the ledger, within a transaction.
        first: its id.
        ids: its mentions, in the ledger's order; none where there is no such incident any more.
    """
    old = db.execute("DELETE FROM incidents WHERE id = ? RETURNING rowid", (first,)).fetchall()
    db.executemany("DELETE FROM incident_keys WHERE incident = ?", old)
    if not ids:
        return
    rows = [db.execute("SELECT data FROM mentions WHERE id = ?", (i,)).fetchone()[0] for i in ids]
    told = [mention_of(data) for data in rows]
    settled = settled_of(db, ids)
    left = [m for read in told if (m := _left(read, settled)) is not None]
    made = _made(db, first, left, [m.id for m in told if m.id in settled])
    if made is not None:
        _write(db, made)
    news = made.foreground if made else any(m.foreground and not m.historical for m in told)
    day = made.first if made else min((m.published for m in told if m.published), default=None)
    place(db, first, ids, news, day)


def remake_of(db: sqlite3.Connection, mentions: Iterable[str]) -> None:
    """Make anew the incidents of some mentions, as after decisions on them.

    Args:
        db: the ledger, within a transaction.
        mentions: their ids.
    """
    found = (db.execute("SELECT incident FROM mentions WHERE id = ?", (m,)).fetchone() for m in mentions)
    sql = f"SELECT m.id FROM mentions m JOIN pages p ON p.seq = m.page WHERE m.incident = ? ORDER BY {ORDER}"
    for first in sorted({row[0] for row in found if row and row[0]}):
        remake(db, first, [i for (i,) in db.execute(sql, (first,)).fetchall()])


def _left(mention: Mention, settled: dict[str, Reviewed]) -> Mention | None:
    return effective(mention, settled[mention.id]) if mention.id in settled else mention


def _made(db: sqlite3.Connection, first: str, left: Sequence[Mention], settled: Sequence[str]) -> Incident | None:
    """The incident of the mentions that are left; it keeps its id where its first one was rejected."""
    if not left:
        return None
    ids = [m.id for m in left]
    made = incident(left, _links_of(db, ids), sources(db, left))
    return msgspec.structs.replace(
        made,
        id=first,
        reviewed=tuple(i for i in settled if i in ids),
        unverifiable=tuple(m.id for m in left if m.verdict == "unverifiable"),
        rejected=tuple(i for i in settled if i not in ids),
    )


def _links_of(db: sqlite3.Connection, ids: Sequence[str]) -> list[Link]:
    known = set(ids)
    found: dict[tuple[str, str], bytes] = {}  # what was found as news goes before what was found on the spot
    for i in ids if len(ids) > 1 else ():
        for to, data in db.execute("SELECT earlier, data FROM links WHERE mention = ? ORDER BY earlier, by", (i,)):
            found.setdefault((i, to), data)
    links = [msgspec.json.decode(data, type=Link) for (_, to), data in found.items() if to in known]
    return links + (_merges(db, ids) if len(ids) > 1 else [])


def _merges(db: sqlite3.Connection, ids: Sequence[str]) -> list[Link]:
    """What persons have put together of these mentions, as links that say who and when."""
    named = {seq for i in ids for (seq,) in db.execute("SELECT judgement FROM sides WHERE mention = ?", (i,))}
    if not named:
        return []
    gone = undone(db)
    lines = [line for seq in sorted(named - gone) for line in select(db, "seq = ? AND kind = 'merge'", (seq,))]
    here = set(ids)
    told = [(f"merged by {j.by}, {j.at}", [[m for m in s if m in here] for s in j.data["sides"]]) for j in lines]
    return [Link(mention=b[0], to=a[0], score=0.0, judged=who) for who, (a, b) in told if a and b]


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
