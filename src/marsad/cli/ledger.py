"""What the commands on a ledger share: filters from options, and how rows are printed: for people, as JSON, as CSV."""

from __future__ import annotations

import pathlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import msgspec
from rich.console import Console
from rich.table import Table

from marsad.cli.read import ALL_READ, USAGE, complain, speak_utf8
from marsad.export.cells import csv_line
from marsad.ledger.flat import named
from marsad.ledger.model import Party
from marsad.model.errors import MarsadError
from marsad.show.marked import flat
from marsad.store.ledger import Ledger

Row = Mapping[str, Any]
_WHOLE: Final = (  # columns that are not wrapped
    "id", "day", "made", "agreed", "from", "to", "page", "published", "type", "status", "state", "kind", "killed",
    "sources", "incidents", "number",
)  # fmt: skip
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_DIGITS: Final = 10


@contextmanager
def opened(path: pathlib.Path, *, write: bool = False) -> Iterator[Ledger]:
    """A ledger for a command; whether its incidents are behind its pages is said on standard error.

    Args:
        path: its file.
        write: whether the command changes it.
    """
    with Ledger.open(path, write=write) as ledger:
        waiting = ledger.unsettled
        if waiting:
            sys.stderr.write(
                f"marsad: {waiting} pages came after the incidents were last put right; `marsad add` finishes it\n"
            )
        yield ledger


def answer(path: pathlib.Path, rows: Any, *, as_json: bool, as_csv: bool, columns: Sequence[str]) -> int:
    """Print what a ledger answers.

    Args:
        path: its file.
        rows: is given the ledger; gives the rows, each a mapping.
        as_json: one JSON object a line, all that is known.
        as_csv: the columns as CSV.
        columns: what a table or CSV shows, Latin first and Arabic last, as a terminal can show it.

    Returns:
        The exit status: 0, or 2 where the ledger or the question is wrong.
    """
    speak_utf8()
    try:
        with opened(path) as ledger:
            found = rows(ledger)
            if as_json:
                for row in found:
                    sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
            elif as_csv:
                sys.stdout.write(table_csv(found, columns))
            else:
                table(found, columns)
    except MarsadError as error:
        complain(error)
        return USAGE
    return ALL_READ


def table(rows: Iterable[Row], columns: Sequence[str]) -> None:
    """Print rows as a table for people."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        shown.add_row(*(flat(_short(cell(row.get(column)))) for column in columns))
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False)
    console.print(shown if shown.row_count else "nothing")


def _short(text: str) -> str:
    """A page's digest is told by its first digits; what is no digest is told whole."""
    return text[:_DIGITS] if _DIGEST.fullmatch(text) else text


def table_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Rows as CSV, with a head, as the exports write it: what a spreadsheet would take for a formula is made text.

    Args:
        rows: the rows.
        columns: which of their fields, in order.
    """
    lines = [csv_line(columns), *(csv_line([cell(row.get(column)) for column in columns]) for row in rows)]
    return b"".join(lines).decode("utf-8")


def cell(value: Any) -> str:
    """A value as one cell."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("name_en") or value.get("name") or value)
    if isinstance(value, Party):
        return named(value)
    if isinstance(value, list | tuple):
        return "; ".join(cell(v) for v in value)
    return str(value)


INCIDENT_TABLE: Final = ("id", "from", "type", "status", "actors", "recipients", "killed", "sources", "place", "words")
INCIDENT_CSV: Final = (
    "id", "from", "to", "precision", "type", "mode", "status", "actors", "recipients", "killed", "injured", "sources",
    "copies", "contested", "lat", "lon", "outlets", "place", "words",
)  # fmt: skip
