"""A page's bytes and what was given with them, as they came, out of the ledger again."""

from __future__ import annotations

import sqlite3

import msgspec

from marsad.store.work import Given, Job, unpacked


def job_of(db: sqlite3.Connection, seq: int) -> Job:
    """A page ready to be read again.

    Args:
        db: the ledger.
        seq: the page's number.
    """
    row = db.execute("SELECT id, digest, sha256, bytes, given FROM pages WHERE seq = ?", (seq,)).fetchone()
    page, digest, sha256, data, given = row
    return Job(
        id=page, digest=digest, sha256=sha256, data=unpacked(data), given=msgspec.json.decode(given, type=Given)
    )  # fmt: skip
