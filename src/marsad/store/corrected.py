"""Corrected pages: their captures, and which act stands where one stood whose id a correction took out of the ledger.

An earlier version keeps its record and none of its mentions. These are made anew when one of their ids is asked for and
no mention that stands has it: an id that somebody has written down leads on after its page was corrected.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from marsad.ledger.alike import SPOT, acts, total
from marsad.ledger.joining import spot_key
from marsad.ledger.mentions import ids_of, mentions_of
from marsad.ledger.model import Mention
from marsad.model.record import Record
from marsad.store.making import ORDER
from marsad.store.work import mention_of, unpacked

CAPTURES: Final = (  # of a page: those of its id, and those of its address whose place they took
    "WITH RECURSIVE kin (seq) AS (SELECT seq FROM pages WHERE id = p.id"
    " UNION SELECT q.seq FROM kin JOIN pages q ON q.superseded = kin.seq AND q.url = p.url) SELECT count(*) FROM kin"
)


def instead_of(db: sqlite3.Connection, begun: str) -> list[tuple[str | None, str]]:
    """The incidents and ids of the acts that stand in place of those earlier versions' acts whose id begins so.

    Args:
        db: the ledger.
        begun: an id of which no mention stands, or its first digits.
    """
    found: dict[str, tuple[int, Mention]] = {}
    for seq, mention in _former(db, begun):
        found.setdefault(mention.id, (seq, mention))
    heirs = [_heir(db, seq, mention) for seq, mention in found.values()]
    return list(dict.fromkeys(heir for heir in heirs if heir))


def _former(db: sqlite3.Connection, begun: str) -> Iterator[tuple[int, Mention]]:
    """The acts of earlier versions whose id begins so, the latest version first, each with its page's number."""
    rows = db.execute("SELECT seq, id, record FROM pages WHERE superseded > 0 AND record IS NOT NULL ORDER BY seq DESC")
    for seq, page, data in rows:
        record = Record.from_json(unpacked(data))
        if any(i.startswith(begun) for i in ids_of(record, page)):
            yield from ((seq, m) for m in mentions_of(record, page) if m.id.startswith(begun))


def _heir(db: sqlite3.Connection, seq: int, gone: Mention) -> tuple[str | None, str] | None:
    """The incident and the id of the act that an earlier version's act is now: one of its type.

    First the present version's act of the same day and town; then another page's, with which it was one incident; then
    whatever act of that type the present version tells. Of several the most like it, of equals the first.
    """
    now, spot = _current(db, seq), spot_key(gone)
    rows = db.execute(
        "SELECT m.page = :now, coalesce(m.spot = :spot, 0), m.incident, m.data FROM mentions m"
        f" JOIN pages p ON p.seq = m.page WHERE m.page = :now OR m.spot = :spot ORDER BY {ORDER}",
        {"now": now, "spot": spot},
    )
    able = []
    for own, there, incident, data in rows.fetchall():
        mention = mention_of(data)
        near = total(acts(gone, mention))
        if mention.type == gone.type and (own or near >= SPOT):
            denial = (mention.status == "denied") == (gone.status == "denied")
            able.append(((there, own, denial, near), (incident, mention.id)))
    return max(able, key=lambda pair: pair[0], default=(None, None))[1]


def _current(db: sqlite3.Connection, seq: int) -> int:
    """The number of the version that stands in an earlier one's place."""
    while later := db.execute("SELECT superseded FROM pages WHERE seq = ?", (seq,)).fetchone()[0]:
        seq = int(later)
    return seq
