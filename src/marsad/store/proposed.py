"""Rows proposed for the language pack: lines of the log of judgements that wait for whoever keeps the pack."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from marsad.model.errors import BadJudgement
from marsad.store.database import transaction, translated
from marsad.store.ledger import Ledger

KIND: Final = "row"


class ProposedRow(msgspec.Struct, frozen=True):
    """A proposed row: its number in the log, when and by whom, its file, its cells by their columns, an example."""

    seq: int
    at: str
    by: str
    file: str
    cells: dict[str, str]
    example: str


def propose(ledger: Ledger, file: str, cells: dict[str, str], example: str, *, by: str, at: str) -> None:
    """Append a proposed row to the log.

    Args:
        ledger: the ledger, open for writing.
        file: the pack's file.
        cells: the row's cells by their columns, empty ones left out.
        example: a sentence that shows it.
        by: who proposes.
        at: when, ISO 8601.
    """
    _append(ledger, KIND, {"file": file, "cells": cells, "example": example}, by, at)


def withdraw(ledger: Ledger, seq: int, *, by: str, at: str) -> None:
    """Take one's own proposal back; the log keeps both.

    Args:
        ledger: the ledger, open for writing.
        seq: the proposal's number.
        by: who takes back.
        at: when, ISO 8601.

    Raises:
        BadJudgement: no proposal of theirs that waits has that number.
    """
    if not any(row.seq == seq and row.by == by for row in proposed(ledger)):
        raise BadJudgement(f"No row that {by} proposed and that still waits has the number {seq}.")
    _append(ledger, "undo", {"of": seq}, by, at)


def proposed(ledger: Ledger) -> list[ProposedRow]:
    """The rows that wait, the last first.

    Args:
        ledger: the ledger.
    """
    rows = ledger.rows(
        "SELECT seq, at, by, data FROM judgements WHERE kind = ? AND seq NOT IN"
        " (SELECT json_extract(data, '$.of') FROM judgements WHERE kind = 'undo') ORDER BY seq DESC",
        [KIND],
    )
    with translated(ledger.path):
        return [
            msgspec.convert({"seq": seq, "at": at, "by": by, **msgspec.json.decode(data)}, ProposedRow)
            for seq, at, by, data in rows
        ]


def _append(ledger: Ledger, kind: str, data: dict[str, Any], by: str, at: str) -> None:
    with translated(ledger.path), transaction(ledger.db):
        ledger.db.execute(
            "INSERT INTO judgements (at, by, kind, data) VALUES (?, ?, ?, ?)",
            (at, by, kind, msgspec.json.encode(data).decode()),
        )
