"""Pages with what persons decided of them, out of the ledger; and decisions made elsewhere, into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from marsad.model.errors import BadJudgement, MarsadError
from marsad.model.record import Record
from marsad.review.labelstudio import Said
from marsad.review.pages import ReviewedPage
from marsad.review.values import changed, values_of
from marsad.store.cards import filtered
from marsad.store.database import translated
from marsad.store.filters import Filter
from marsad.store.judging import card_state
from marsad.store.ledger import NEWS, Ledger
from marsad.store.review import Review
from marsad.store.work import mention_of, unpacked


def reviewed_pages(ledger: Ledger, wanted: Filter = NEWS, *, judged: bool = False) -> Iterator[ReviewedPage]:
    """The pages that tell incidents, with all their mentions and what was decided of them, by day and id.

    Args:
        ledger: the ledger.
        wanted: which incidents.
        judged: only pages of which somebody has decided something.
    """
    db = ledger.db
    _, where, values = filtered(db, wanted.checked())
    touched = "AND state != 'new'" if judged else ""
    cards = f"SELECT subject FROM reviews WHERE incident IS NOT NULL AND {where} {touched}"
    pages = f"SELECT page FROM mentions WHERE id IN ({cards})"
    with translated(ledger.path):
        order = "published IS NULL, published, id"
        asked = f"SELECT seq, id FROM pages WHERE seq IN ({pages}) AND superseded = 0 ORDER BY {order}"
        for seq, page in db.execute(asked, values).fetchall():
            yield _page(db, seq, page)


def _page(db: sqlite3.Connection, seq: int, page: str) -> ReviewedPage:
    (record,) = db.execute("SELECT record FROM pages WHERE seq = ?", (seq,)).fetchone()
    rows = db.execute("SELECT data FROM mentions WHERE page = ? ORDER BY at, id", (seq,)).fetchall()
    mentions = tuple(mention_of(data) for (data,) in rows)
    asked = "SELECT 1 FROM reviews WHERE subject = ? AND state != 'new'"
    touched = {m.id: card_state(db, m.id) for m in mentions if db.execute(asked, (m.id,)).fetchone()}
    return ReviewedPage(page, Record.from_json(unpacked(record)), mentions, touched)


class Taken(NamedTuple):
    """What became of decisions from elsewhere: how many were new, how many known already, which could not be taken."""

    new: int
    known: int
    refused: list[MarsadError]


def take_in(ledger: Ledger, told: Iterable[Said | BadJudgement], *, at: str) -> Taken:
    """Put decisions that were made elsewhere into the log; those that stand there already are not written twice.

    Args:
        ledger: the ledger, opened for writing.
        told: the decisions, and what could not be read as one.
        at: the moment for those that do not say theirs, ISO 8601.
    """
    new = known = 0
    refused: list[MarsadError] = []
    for said in told:
        if isinstance(said, BadJudgement):
            refused.append(said)
            continue
        try:
            written = _judge(Review(ledger), said, at)
        except MarsadError as error:
            error.page = said.where
            refused.append(error)
        else:
            new, known = new + written, known + (not written)
    return Taken(new, known, refused)


def _judge(review: Review, said: Said, at: str) -> bool:
    """Write one decision; gives whether it was new."""
    card = review.card(said.subject)
    own = next((d for d in card.reviewed.decided if d.by == said.by), None)
    fields = changed(card.mention, said.values)
    written = own is None or own.verdict != said.kind or own.fields != fields
    if written:
        kind = "edit" if said.kind == "accept" and fields else said.kind
        given = {} if kind == "reject" or not (fields or own) else {**values_of(card.mention), **fields}
        review.judge(said.subject, kind, by=said.by, at=said.at or at, data={"fields": given})
    if said.note and all(n.text != said.note for n in card.reviewed.notes if n.by == said.by):
        review.judge(said.subject, "note", by=said.by, at=said.at or at, data={"text": said.note})
        written = True
    return written


def read_tasks(data: bytes, where: str) -> object:
    """The JSON of a file that Label Studio has exported.

    Args:
        data: the file's bytes.
        where: its name, for the message.

    Raises:
        BadJudgement: it is no JSON.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadJudgement(f"It is no JSON: {error}.", where) from error
