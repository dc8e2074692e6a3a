"""Whether a ledger's file is whole, and how much it holds."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from marsad.model.errors import DamagedLedger
from marsad.store.judging import card_state
from marsad.store.work import unpacked

_COUNTS: Final = {
    "pages": "pages WHERE record IS NOT NULL AND superseded = 0",
    "pages not read": "pages WHERE error IS NOT NULL AND superseded = 0",
    "older versions": "pages WHERE superseded != 0",
    "outlets": "(SELECT DISTINCT publisher FROM pages WHERE publisher IS NOT NULL AND superseded = 0)",
    "mentions": "mentions",
    "incidents": "incidents",
    "incidents told as news": "incidents WHERE foreground = 1",
    "incidents of several sources": "incidents WHERE sources > 1",
    "statements": "findings WHERE kind = 'statement'",
    "proposals": "findings WHERE kind = 'proposal'",
    "truces": "findings WHERE kind = 'truce'",
    "alignments": "findings WHERE kind = 'alignment'",
    "judgements": "judgements",
    "mentions reviewed": "reviews WHERE state = 'settled'",
    "pages waiting": "(SELECT DISTINCT page FROM unsettled)",
}
_SETTLED: Final = "(SELECT count(*) FROM unsettled) = 0"
_SINCE_2: Final = "(SELECT user_version FROM pragma_user_version) >= 2"  # a ledger of version 1 has no cards yet
_ABOUT_NO_CARD: Final = "'merge', 'split', 'undo', 'row'"
_RULES: Final = (
    ("mentions have no page.", "mentions WHERE page NOT IN (SELECT seq FROM pages)"),
    (
        "mentions of settled pages have no incident.",
        "mentions WHERE (incident IS NULL OR incident NOT IN (SELECT id FROM incidents))"
        " AND id NOT IN (SELECT subject FROM reviews WHERE state = 'settled' AND verdict = 'reject')"
        f" AND {_SETTLED}",
    ),
    (
        "incidents have no mention.",
        f"incidents WHERE id NOT IN (SELECT incident FROM mentions WHERE incident IS NOT NULL) AND {_SETTLED}",
    ),
    ("pages have neither record nor error.", "pages WHERE record IS NULL AND error IS NULL AND superseded = 0"),
    (
        "mentions of settled pages have no card, or it is another incident's.",
        "mentions m LEFT JOIN reviews r ON r.subject = m.id WHERE r.incident IS NOT m.incident"
        f" AND {_SETTLED} AND {_SINCE_2}",
    ),
    (
        "cards have no mention and no judgement.",
        "reviews WHERE subject NOT IN (SELECT id FROM mentions)"
        " AND subject NOT IN (SELECT subject FROM judgements WHERE subject IS NOT NULL)",
    ),
    ("verdicts are about no card.", f"judgements WHERE subject IS NULL AND kind NOT IN ({_ABOUT_NO_CARD})"),
    (
        "counts of cards are not those of the cards.",
        "(SELECT state, foreground, count(*) AS cards FROM reviews WHERE incident IS NOT NULL GROUP BY 1, 2) AS c"
        " LEFT JOIN tallies t USING (state, foreground) WHERE c.cards IS NOT t.cards",
    ),
)


class _Told(msgspec.Struct):
    """The mentions of an incident, alone."""

    mentions: list[str]


def counted(db: sqlite3.Connection) -> dict[str, int]:
    """How much a ledger holds, by what is counted.

    Args:
        db: the ledger.
    """
    return {name: int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0]) for name, what in _COUNTS.items()}


def problems(db: sqlite3.Connection) -> list[str]:
    """What is wrong with a ledger, one sentence each.

    Args:
        db: the ledger.
    """
    found = [f"SQLite: {text}" for (text,) in db.execute("PRAGMA integrity_check") if text != "ok"]
    found += [*_damaged_pages(db), *_broken_incidents(db), *_wrong_cards(db)]
    for text, query in _RULES:
        count = db.execute(f"SELECT count(*) FROM {query}").fetchone()[0]
        found += [f"{count} {text}"] if count else []
    return found


def _damaged_pages(db: sqlite3.Connection) -> Iterator[str]:
    for page, digest, data in db.execute("SELECT id, sha256, bytes FROM pages ORDER BY seq"):
        try:
            whole = hashlib.sha256(unpacked(data)).hexdigest() == digest
        except DamagedLedger:
            whole = False
        if not whole:
            yield f"The bytes of page {page} are not those that were captured."


def _broken_incidents(db: sqlite3.Connection) -> Iterator[str]:
    if db.execute("SELECT count(*) FROM unsettled").fetchone()[0]:
        return
    held: dict[str, set[str]] = {}
    for mention, incident in db.execute("SELECT id, incident FROM mentions"):
        held.setdefault(incident, set()).add(mention)
    for incident, data in db.execute("SELECT id, data FROM incidents ORDER BY id"):
        try:
            told = set(msgspec.json.decode(unpacked(data), type=_Told).mentions)
        except (DamagedLedger, msgspec.MsgspecError):
            yield f"Incident {incident} cannot be unpacked."
            continue
        yield from (f"Incident {incident} lacks mention {m}." for m in sorted(told - held.get(incident, set())))


def _wrong_cards(db: sqlite3.Connection) -> Iterator[str]:
    """The cards that are not what the log makes of them, and the lines of the log that cannot be read."""
    subjects = "SELECT DISTINCT subject FROM judgements WHERE subject IS NOT NULL ORDER BY subject"
    for (subject,) in db.execute(subjects):
        try:
            found = card_state(db, subject)
        except (msgspec.MsgspecError, KeyError, TypeError, AttributeError):
            yield f"The judgements on mention {subject} cannot be read."
            continue
        filed = db.execute("SELECT state, verdict FROM reviews WHERE subject = ?", (subject,)).fetchone()
        if filed != (found.state, found.verdict):
            yield f"Card {subject} is not what its judgements come to."
    for (seq,) in db.execute("SELECT seq FROM judgements WHERE NOT json_valid(data) ORDER BY seq"):
        yield f"Judgement {seq} cannot be read."
