"""An incident by any of its ids, and its mentions as persons have left them."""

from __future__ import annotations

import sqlite3

import msgspec

from marsad.ledger.model import Incident, Mention
from marsad.model.errors import NoSuchIncident
from marsad.review.effect import effective
from marsad.store.corrected import instead_of
from marsad.store.judging import card_state, settled_of
from marsad.store.work import mention_of, unpacked


def mention_id_of(db: sqlite3.Connection, begun: str) -> str:
    """The one mention whose id begins so.

    Args:
        db: the ledger.
        begun: its id, or its first digits.

    Raises:
        NoSuchIncident: none does, or several do.
    """
    found = db.execute("SELECT id FROM mentions WHERE id >= ? AND id < ? LIMIT 2", (begun, begun + "g")).fetchall()
    if len(found) != 1 or not begun:
        raise NoSuchIncident(f"«{begun}» is the id of {'several' if len(found) > 1 else 'no'} mentions.")
    return str(found[0][0])


def incident_of(db: sqlite3.Connection, begun: str) -> Incident:
    """The one incident that has a mention whose id begins so, or had one until its page was corrected.

    Args:
        db: the ledger.
        begun: its id, that of one of its mentions, or the first digits of one.

    Raises:
        NoSuchIncident: none has, or several have, or persons have rejected all that it was made of.
    """
    asked = "SELECT incident, min(id) FROM mentions WHERE id >= ? AND id < ? GROUP BY incident LIMIT 2"
    found = db.execute(asked, (begun, begun + "g")).fetchall()
    if begun and not found:
        found = instead_of(db, begun)
    if len(found) != 1 or not begun:
        raise NoSuchIncident(f"«{begun}» is the id of {'several' if len(found) > 1 else 'no'} incidents.")
    incident, mention = found[0]
    row = db.execute("SELECT data FROM incidents WHERE id = ?", (incident,)).fetchone()
    if row is None:
        raise NoSuchIncident(_why(db, begun, mention))
    return msgspec.json.decode(unpacked(row[0]), type=Incident)


def _why(db: sqlite3.Connection, begun: str, mention: str) -> str:
    """Why a mention has no incident."""
    outcome = card_state(db, mention).outcome
    if outcome is not None and outcome.verdict == "reject":
        return f"«{begun}» is no incident: {outcome.by} rejected it, {outcome.at}."
    return f"«{begun}» stands on a page whose incidents are not made yet."


def mentions_as_left(db: sqlite3.Connection, incident: Incident) -> list[Mention]:
    """The mentions of an incident as persons have left them, in its order.

    Args:
        db: the ledger.
        incident: the incident.
    """
    rows = (db.execute("SELECT data FROM mentions WHERE id = ?", (i,)).fetchone() for i in incident.mentions)
    settled = settled_of(db, incident.reviewed)
    told = (mention_of(row[0]) for row in rows if row)
    left = (effective(m, settled[m.id]) if m.id in settled else m for m in told)
    return [m for m in left if m is not None]


def mention_as_read(db: sqlite3.Connection, mention: str) -> tuple[Mention, str | None] | None:
    """A mention as the machine read it, and the id of its incident; None where no mention has that id.

    Args:
        db: the ledger.
        mention: its id.
    """
    row = db.execute("SELECT data, incident FROM mentions WHERE id = ?", (mention,)).fetchone()
    return (mention_of(row[0]), row[1]) if row else None
