"""Writing into the ledger: pages in, old versions superseded, incidents kept in step with them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from marsad.ledger.alike import Opening, resemblance
from marsad.ledger.copies import COPY, Sketch, estimate
from marsad.store.judging import displace
from marsad.store.work import Done, Job, Kept, KeptLink, kept_opening, packed, search_name

DERIVED: Final = ("mentions", "links", "findings", "finding_keys", "bands")
_OWN: Final = re.compile(r"https?://[^/?#]+[/?]+[^/?#]", re.IGNORECASE)  # an address that leads below the home page
_SAME: Final = 0.7  # the resemblance from which two openings under one address are one article's


def known(db: sqlite3.Connection, digests: Sequence[str]) -> set[str]:
    """Which of these pages the ledger holds already.

    Args:
        db: the ledger.
        digests: their digests.
    """
    marks = ",".join("?" * len(digests))
    return {d for (d,) in db.execute(f"SELECT digest FROM pages WHERE digest IN ({marks})", digests)}


def write_page(db: sqlite3.Connection, page: Done) -> None:
    """Put one page in; call it within a transaction.

    Args:
        db: the ledger.
        page: the page with what was read from it, or with its error.
    """
    given = page.job.given
    seq = db.execute(
        "INSERT OR IGNORE INTO pages (id, digest, sha256, bytes, given, url, error, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq",
        (
            page.job.id, page.job.digest, page.job.sha256, packed(page.job.data), msgspec.json.encode(given).decode(),
            given.url, page.error, page.message,
        ),
    ).fetchone()  # fmt: skip
    if seq is None:
        return
    if page.kept is not None:
        _supersede(db, seq[0], page.job, page.kept)
        write_reading(db, seq[0], page.kept)
        write_words(db, seq[0], page.kept)


def _supersede(db: sqlite3.Connection, seq: int, job: Job, kept: Kept) -> None:
    """The older versions of a page: those of its id, and where none was given those of its address."""
    older = db.execute(
        "SELECT seq FROM pages WHERE superseded = 0 AND seq < ? AND (id = ? OR (? AND url = ?))",
        (seq, job.id, job.given.id is None, job.given.url),
    ).fetchall()
    if job.given.id is None and job.given.url is None:
        older += _of_own_address(db, seq, kept)
    for (old,) in older:
        db.execute("UPDATE pages SET superseded = ? WHERE seq = ?", (seq, old))
        forget(db, old)


def _of_own_address(db: sqlite3.Connection, seq: int, kept: Kept) -> list[tuple[int]]:
    """The older captures of a page that was given neither id nor address, by the address that it says itself.

    What a page says is trusted less than what is given: many a site has one address, its home page's or a section's, on
    all its pages. So the address must lead below the home page, and the captures must be of one day, as far as they say
    it, and alike.
    """
    if not _OWN.match(kept.url or ""):
        return []
    day = "CASE WHEN dated IS NULL THEN published END"  # what was inferred from other pages may change with them
    rows = db.execute(
        "SELECT seq, sketch, opening FROM pages WHERE url = ? AND superseded = 0 AND seq < ? AND id = sha256"
        f" AND sketch IS NOT NULL AND coalesce({day} = ?, true)",
        (kept.url, seq, kept.published),
    )
    return [(old,) for old, sketch, opening in rows.fetchall() if _alike(kept, sketch, opening)]


def _alike(kept: Kept, sketch: bytes, opening: str) -> bool:
    """Whether an older capture has the same text, by the bar for copies, or begins in the same words."""
    if estimate(Sketch.from_bytes(kept.sketch), Sketch.from_bytes(sketch)).passes(COPY):
        return True
    return resemblance(_plain(kept.opening), _plain(opening)) >= _SAME


def _plain(opening: str) -> Opening:
    """An opening without its numbers: they are what is corrected most, and weigh as rare words do."""
    title, text = (frozenset(k for k in keys if not k.isdigit()) for keys in kept_opening(opening))
    return Opening(title, text)


def forget(db: sqlite3.Connection, seq: int) -> None:
    """Drop what was derived from a page; the incidents are put right when the ledger is settled."""
    _mark(db, seq)
    displace(db, seq)
    for table in DERIVED:
        db.execute(f"DELETE FROM {table} WHERE page = ?", (seq,))


def write_reading(db: sqlite3.Connection, seq: int, kept: Kept) -> None:
    """Put in what was read from a page.

    Args:
        db: the ledger.
        seq: the page's number.
        kept: what the ledger keeps of it.
    """
    db.execute(
        "UPDATE pages SET publisher = ?, headline = ?, published = ?, url = coalesce(?, url), record = ?, opening = ?,"
        " sketch = ?, agency = ? WHERE seq = ?",
        (*kept[: Kept._fields.index("bands")], seq),
    )
    if kept.publisher:
        db.execute("INSERT OR IGNORE INTO outlets VALUES (?, ?)", (kept.publisher, search_name(kept.publisher)))
    db.executemany("INSERT OR IGNORE INTO bands (band, page) VALUES (?, ?)", [(band, seq) for band in kept.bands])
    db.executemany(
        "INSERT OR REPLACE INTO mentions (id, page, published, at, compared, spot, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(m.id, seq, m.published, m.at, m.compared, m.spot, m.data) for m in kept.mentions],
    )
    write_links(db, seq, kept.links, by="page")
    db.executemany(
        "INSERT INTO findings (page, kind, n, day, data) VALUES (?, ?, ?, ?, ?)",
        [(seq, f.kind, f.n, f.day, f.data) for f in kept.findings],
    )
    db.executemany(
        "INSERT OR IGNORE INTO finding_keys (kind, key, page, n) VALUES (?, ?, ?, ?)",
        [(f.kind, key, seq, f.n) for f in kept.findings for key in f.keys],
    )
    _mark(db, seq)


def _mark(db: sqlite3.Connection, seq: int) -> None:
    """Note the day and the acts of a page that came or goes, so that all around it is compared anew."""
    db.execute("INSERT OR IGNORE INTO unsettled SELECT seq, coalesce(published, '') FROM pages WHERE seq = ?", (seq,))
    for kind in ("incident", "spot"):
        touched = f"SELECT '{kind}', {kind} FROM mentions WHERE page = ? AND {kind} IS NOT NULL"
        db.execute(f"INSERT OR IGNORE INTO stale {touched}", (seq,))


def write_words(db: sqlite3.Connection, seq: int, kept: Kept) -> None:
    """Put in the words by which a page is found; once, since they do not change with its day.

    Args:
        db: the ledger.
        seq: the page's number.
        kept: what the ledger keeps of it.
    """
    db.execute("INSERT INTO words (rowid, headline, body) VALUES (?, ?, ?)", (seq, *kept.words))


def write_links(db: sqlite3.Connection, seq: int, links: Iterable[KeptLink], *, by: str) -> None:
    """Put in the links of a page's mentions.

    Args:
        db: the ledger.
        seq: the page of the later mentions.
        links: the links.
        by: how they were found: `page`, `news` or `spot`.
    """
    db.executemany(
        "INSERT OR IGNORE INTO links (mention, earlier, page, by, score, data) VALUES (?, ?, ?, ?, ?, ?)",
        [(link.mention, link.earlier, seq, by, link.score, link.data) for link in links],
    )
