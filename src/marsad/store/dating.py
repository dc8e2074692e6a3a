"""Dating undated pages from the ledger: the days to try, the page read anew on each, the day kept with its grounds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.alike import Opening, resemblance
from marsad.ledger.dating import Alike, Breach, Fit, Ground, KnownTruce, fit, likely_days, settled
from marsad.ledger.joining import spot_key
from marsad.ledger.mentions import mentions_of
from marsad.model.errors import MarsadError
from marsad.model.record import Publication, Record
from marsad.reading.publication import weekday_told
from marsad.store.jobs import job_of
from marsad.store.work import Job, keep, kept_opening, read_record
from marsad.store.writing import forget, write_reading
from marsad.text.tokens import tokenize

_LIKE: Final = 20  # dated pages that are compared at most: those that resemble it most
_FLOOR: Final = 0.1


class _Known(NamedTuple):
    """What dated pages tell that an undated page may speak of."""

    truces: list[KnownTruce]
    openings: list[tuple[str, str, Opening]]
    spots: dict[str, str]


def date_pages(db: sqlite3.Connection) -> None:
    """Give each undated page the day that the dated ones leave it, and take back a day that they no longer leave.

    Args:
        db: the ledger, within a transaction.
    """
    undated = db.execute(
        "SELECT seq, opening, dated FROM pages WHERE (published IS NULL OR dated IS NOT NULL) AND superseded = 0"
        " AND record IS NOT NULL ORDER BY id"
    ).fetchall()
    if not undated:
        return
    known = _known(db)
    for seq, opening, dated in undated:
        _date(db, seq, kept_opening(opening), msgspec.json.decode(dated) if dated else {}, known)


def _known(db: sqlite3.Connection) -> _Known:
    """What natively dated pages tell; what was inferred for others is no evidence."""
    given = "p.published IS NOT NULL AND p.dated IS NULL AND p.superseded = 0"
    truces = [
        KnownTruce(t["agreed"], _codes(t["parties"]), _codes(t["brokered_by"]), page, _breaches(t))
        for page, data in db.execute(
            f"SELECT p.id, f.data FROM findings f JOIN pages p ON p.seq = f.page WHERE f.kind = 'truce' AND {given}"
            " ORDER BY p.published, p.id, f.n"
        )
        if (t := msgspec.json.decode(data))["agreed"]
    ]
    openings = [
        (page, day, kept_opening(data))
        for page, day, data in db.execute(
            f"SELECT p.id, p.published, p.opening FROM pages p WHERE {given} AND opening IS NOT NULL ORDER BY p.id"
        )
    ]
    told = "SELECT m.spot, max(p.id) FROM mentions m JOIN pages p ON p.seq = m.page WHERE m.spot IS NOT NULL"
    spots = dict(db.execute(f"{told} AND {given} GROUP BY m.spot").fetchall())
    return _Known(truces, openings, spots)


def _codes(parties: Sequence[dict[str, Any]]) -> frozenset[str]:
    return frozenset(p["code"] for p in parties if p["code"])


def _breaches(truce: dict[str, Any]) -> tuple[Breach, ...]:
    told = (v for v in truce["violations"] if v["from"] and v["from"] == v["to"])
    return tuple(
        Breach(v["from"], code, _codes(v["claimed_by"])) for v in told for code in sorted(_codes(v["by"]))
    )


def _date(db: sqlite3.Connection, seq: int, opening: Opening, before: dict[str, Any], known: _Known) -> None:
    alike = sorted(
        (Alike(p, day, round(near, 4)) for p, day, o in known.openings if (near := resemblance(opening, o)) >= _FLOOR),
        key=lambda a: (-a.resemblance, a.page),
    )[:_LIKE]
    todo = job_of(db, seq)
    try:
        record = read_record(todo)
    except MarsadError:
        return
    sides = {a.code for a in record.actors if a.code}
    truces = [t for t in known.truces if t.sides & sides] if record.truces else []
    weekday = weekday_told([tokenize(record.page.text, b.start, b.end) for b in record.page.blocks])
    days = likely_days(truces, alike, weekday[0] if weekday else None)
    seen = hashlib.sha256(msgspec.json.encode((days, truces, alike))).hexdigest()
    if before.get("seen") == seen or not (days or before):
        return
    best = settled([_fit(todo, day, truces, alike, known.spots) for day in days])
    if best and weekday:
        best = best.also(Ground(0.0, weekday[1], "the weekday that it calls today"))
    _keep(db, todo, seq, record, best, seen)


def _fit(todo: Job, day: str, truces: list[KnownTruce], alike: list[Alike], spots: dict[str, str]) -> Fit:
    record = read_record(todo, published=day)
    own = {key: m.evidence for m in mentions_of(record, todo.id) if (key := spot_key(m))}
    return fit(record, day, truces, alike, spots, own)


def _keep(db: sqlite3.Connection, todo: Job, seq: int, undated: Record, best: Fit | None, seen: str) -> None:
    record = _on(todo, best) if best else undated
    forget(db, seq)
    write_reading(db, seq, keep(record, todo.id))
    why = {"seen": seen, "day": best.day if best else None, "because": [g.what for g in best.grounds] if best else []}
    db.execute("UPDATE pages SET dated = ? WHERE seq = ?", (msgspec.json.encode(why).decode(), seq))


def _on(todo: Job, best: Fit) -> Record:
    """The page read on its day, which is told as inferred, with the words that it was inferred from."""
    record = read_record(todo, published=best.day)
    evidence = tuple(sorted({g.words for g in best.grounds if g.words}))
    inferred = Publication(first=best.day, last=best.day, basis="inferred", evidence=evidence)
    return msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, published=inferred))


def reasons(db: sqlite3.Connection, seq: int) -> list[str]:
    """Why a page that does not say its day was given one.

    Args:
        db: the ledger.
        seq: the page's number.
    """
    (dated,) = db.execute("SELECT dated FROM pages WHERE seq = ?", (seq,)).fetchone()
    return list(msgspec.json.decode(dated)["because"]) if dated else []
