"""XLSX: a workbook with the incidents, each claimant's version of them, and the mentions, for who reads tables by eye.

Every text is written as a text, never as a formula or a link, whatever it begins with. Sheets run from right to left.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, Final

from marsad.export.cells import Cell, one_line
from marsad.export.extra import library
from marsad.export.facts import names
from marsad.export.flat import COLUMNS, row, version_rows
from marsad.export.source import PageInfo, Source
from marsad.ledger.model import Incident, Mention

MENTION_COLUMNS: Final = (
    "incident_id", "mention", "page", "outlet", "published", "headline", "url", "type", "mode", "status", "claimed_by",
    "speaker", "actors", "recipients", "date_from", "date_to", "place", "words", "foreground", "lead", "rule",
)  # fmt: skip
"""The columns of the sheet of mentions."""

SHEETS: Final = {"incidents": COLUMNS, "versions": COLUMNS, "mentions": MENTION_COLUMNS}

_OPTIONS: Final = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_MADE: Final = datetime.datetime(1980, 1, 1)  # a workbook names its day; no clock is asked, so that bytes repeat
_LONGEST: Final = 16_383  # code points of a cell: half of what Excel takes, for letters that count twice there


def write(source: Source, stream: BinaryIO) -> None:
    """Write the workbook.

    Args:
        source: what to export.
        stream: where to.

    Raises:
        ExportExtraMissing: XlsxWriter is not installed.
    """
    writer = library("xlsxwriter", "xlsx")
    with TemporaryFile() as whole:  # a workbook goes back in its file, and a pipe that closes early breaks the library
        _fill(writer, whole, source)
        whole.seek(0)
        copyfileobj(whole, stream)


def _fill(writer: Any, stream: IO[bytes], source: Source) -> None:
    with writer.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        sheets = {name: _Sheet(book, name, columns) for name, columns in SHEETS.items()}
        for incident, mentions in source.incidents():
            sheets["incidents"].add(row(incident, mentions, source))
            for cells in version_rows(incident, mentions, source):
                sheets["versions"].add(cells)
            for cells in _mention_rows(incident, mentions, source):
                sheets["mentions"].add(cells)


class _Sheet:
    """A sheet and the row that is written next."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(name)
        self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 0)
        self._next = 0
        self.add(list(columns))

    def add(self, cells: Sequence[Cell]) -> None:
        for column, value in enumerate(cells):
            if isinstance(value, bool):
                self._sheet.write_boolean(self._next, column, value)
            elif isinstance(value, str):
                self._sheet.write_string(self._next, column, one_line(value)[:_LONGEST])
            elif value is not None:
                self._sheet.write_number(self._next, column, value)
        self._next += 1


def _mention_rows(incident: Incident, mentions: Sequence[Mention], source: Source) -> Iterator[list[Cell]]:
    for m in mentions:
        page = source.page(m.page) or PageInfo(id=m.page)
        yield [
            incident.id, m.id, m.page, m.outlet, m.published, page.headline, page.url, m.type, m.mode, m.status,
            names(m.claimed_by), names([m.speaker]) if m.speaker else None, names(m.actors), names(m.recipients),
            m.first, m.last, m.place.name if m.place else None, m.words, m.foreground, m.lead, m.rule,
        ]  # fmt: skip
