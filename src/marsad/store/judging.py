"""The log of what persons have decided, and what is derived from it: the cards' states, who coded what.

The log is the one thing that cannot be made again: lines are added and none is ever changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import msgspec

from marsad.review.model import Judgement, Reviewed
from marsad.review.state import coders_needed, reviewed

_COLUMNS: Final = "seq, at, by, kind, subject, data"
_CODERS: Final = "review.coders"
_SHARE: Final = "review.share"


class Settings(NamedTuple):
    """How a ledger is reviewed: by how many coders a card, and which share of the cards by more than one."""

    coders: int = 1
    share: float = 1.0


def settings(db: sqlite3.Connection) -> Settings:
    """How a ledger is reviewed.

    Args:
        db: the ledger.
    """
    found = dict(db.execute("SELECT key, value FROM meta WHERE key IN (?, ?)", (_CODERS, _SHARE)))
    return Settings(int(found.get(_CODERS, 1)), float(found.get(_SHARE, 1.0)))


def set_settings(db: sqlite3.Connection, wanted: Settings) -> None:
    """Change how a ledger is reviewed; the cards' states are put right by `refile`.

    Args:
        db: the ledger, within a transaction.
        wanted: how it shall be.
    """
    rows = [(_CODERS, str(wanted.coders)), (_SHARE, str(wanted.share))]
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def append(
    db: sqlite3.Connection, kind: str, data: dict[str, Any], *, by: str, at: str, subject: str | None = None
) -> Judgement:
    """Add a line to the log.

    Args:
        db: the ledger, within a transaction.
        kind, data, by, at, subject: what a `Judgement` holds.
    """
    whole = msgspec.json.encode(data).decode()
    sql = f"INSERT INTO judgements (at, by, kind, subject, data) VALUES (?, ?, ?, ?, ?) RETURNING {_COLUMNS}"
    found = judgement(db.execute(sql, (at, by, kind, subject, whole)).fetchone())
    db.executemany("INSERT OR IGNORE INTO sides VALUES (?, ?)", [(m, found.seq) for m in named(found)])
    return found


def named(found: Judgement) -> list[str]:
    """The mentions that a merge or a split names."""
    return [mention for side in found.data.get("sides", ()) for mention in side]


def judgement(row: tuple[Any, ...]) -> Judgement:
    """A line of the log from its row.

    Args:
        row: its columns, in the order of `Judgement`'s fields.
    """
    seq, at, by, kind, subject, data = row
    return Judgement(seq=seq, at=at, by=by, kind=kind, subject=subject, data=msgspec.json.decode(data))


def select(db: sqlite3.Connection, where: str, values: Iterable[Any] = (), order: str = "seq") -> Iterator[Judgement]:
    """Lines of the log.

    Args:
        db: the ledger.
        where: a condition on `judgements`, with its `values`.
        order: in which order, and how many.
    """
    rows = db.execute(f"SELECT {_COLUMNS} FROM judgements WHERE {where} ORDER BY {order}", tuple(values))
    return (judgement(row) for row in rows)


def of_card(db: sqlite3.Connection, subject: str) -> list[Judgement]:
    """The log of one card.

    Args:
        db: the ledger.
        subject: the mention.
    """
    return list(select(db, "subject = ?", (subject,)))


def card_state(db: sqlite3.Connection, subject: str) -> Reviewed:
    """What the judgements on a card come to.

    Args:
        db: the ledger.
        subject: the mention.
    """
    return reviewed(subject, of_card(db, subject), coders_needed(subject, *settings(db)))


def file(db: sqlite3.Connection, found: Reviewed) -> None:
    """Keep what the judgements on a card come to where the queue finds it.

    Args:
        db: the ledger, within a transaction.
        found: the card.
    """
    coder = found.decided[0].by if found.state == "in_review" and len(found.decided) == 1 else ""
    told = (found.state, coder, found.verdict, bool(found.flagged))
    db.execute(
        "INSERT INTO reviews VALUES (?, NULL, 0, '', ?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET"
        " state = excluded.state, coder = excluded.coder, verdict = excluded.verdict, flagged = excluded.flagged",
        (found.subject, *told),
    )
    db.execute("DELETE FROM codings WHERE subject = ?", (found.subject,))
    kinds = {**dict.fromkeys(found.skipped, "skip"), **dict.fromkeys(found.by, "verdict")}
    db.executemany("INSERT INTO codings VALUES (?, ?, ?)", [(found.subject, by, kind) for by, kind in kinds.items()])


def refile(db: sqlite3.Connection, before: Settings | None = None) -> list[str]:
    """File every card that was ever judged anew, as after a change of the settings.

    Args:
        db: the ledger, within a transaction.
        before: the settings until now.

    Returns:
        The cards whose judgements come to something else than under the settings until now.
    """
    now, other = settings(db), []
    subjects = db.execute("SELECT DISTINCT subject FROM judgements WHERE subject IS NOT NULL ORDER BY subject")
    for (subject,) in subjects.fetchall():
        log = of_card(db, subject)
        found = reviewed(subject, log, coders_needed(subject, *now))
        file(db, found)
        if before and reviewed(subject, log, coders_needed(subject, *before)).outcome != found.outcome:
            other.append(subject)
    return other


def derive(db: sqlite3.Connection) -> None:
    """Make anew from the log alone what is derived from it; the cards' incidents are put in when those are made.

    Args:
        db: the ledger, within a transaction.
    """
    for table in ("reviews", "codings", "sides"):
        db.execute(f"DELETE FROM {table}")
    for found in select(db, "kind IN ('merge', 'split')"):
        db.executemany("INSERT OR IGNORE INTO sides VALUES (?, ?)", [(m, found.seq) for m in named(found)])
    refile(db)


def place(db: sqlite3.Connection, incident: str, mentions: Iterable[str], foreground: bool, day: str | None) -> None:
    """Put the cards of an incident's mentions where the queue has them.

    Args:
        db: the ledger, within a transaction.
        incident: its id.
        mentions: all its mentions, those that were rejected too.
        foreground, day: the incident's.
    """
    db.executemany(
        "INSERT INTO reviews VALUES (?, ?, ?, ?, 'new', '', NULL, 0) ON CONFLICT (subject) DO UPDATE SET"
        " incident = excluded.incident, foreground = excluded.foreground, day = excluded.day"
        " WHERE (incident, foreground, day) IS NOT (excluded.incident, excluded.foreground, excluded.day)",
        [(mention, incident, foreground, day or "") for mention in mentions],
    )


def displace(db: sqlite3.Connection, page: int) -> None:
    """Take the cards of a page that goes out of the queue; those that were judged wait for their mentions.

    Args:
        db: the ledger, within a transaction.
        page: its number.
    """
    here = "subject IN (SELECT id FROM mentions WHERE page = ?)"
    judged = "subject IN (SELECT subject FROM judgements WHERE subject = reviews.subject)"
    db.execute(f"DELETE FROM reviews WHERE {here} AND NOT {judged}", (page,))
    db.execute(f"UPDATE reviews SET incident = NULL, foreground = 0, day = '' WHERE {here}", (page,))


def settled_of(db: sqlite3.Connection, mentions: Iterable[str]) -> dict[str, Reviewed]:
    """The settled cards among these.

    Args:
        db: the ledger.
        mentions: their ids.
    """
    asked = "SELECT 1 FROM reviews WHERE subject = ? AND state = 'settled'"
    return {m: card_state(db, m) for m in mentions if db.execute(asked, (m,)).fetchone()}


def undone(db: sqlite3.Connection, by: str | None = None) -> set[int]:
    """The numbers of the judgements that were taken back: of merges and splits, or of one user's.

    Args:
        db: the ledger.
        by: whose; None for merges and splits, whoever made them.
    """
    where, values = ("kind = 'undo' AND by = ?", (by,)) if by else ("kind = 'undo' AND subject IS NULL", ())
    taken: set[int] = set()
    for found in select(db, where, values, "seq DESC"):
        if found.seq not in taken:
            taken.add(found.data["of"])
    return taken


def double_coded(db: sqlite3.Connection) -> Iterator[str]:
    """The mentions that at least two persons have decided upon, by id.

    Args:
        db: the ledger.
    """
    sql = "SELECT subject FROM codings WHERE kind = 'verdict' GROUP BY subject HAVING count(*) > 1 ORDER BY subject"
    return (subject for (subject,) in db.execute(sql))


