"""Parquet: one typed table, a row for each incident and one for each claimant's version of it.

`version` is `most-sources` on the row of the incident itself and a number on those of its versions: who counts
incidents takes `version = 'most-sources'`, who compares sides the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

from marsad.export.cells import Cell, one_line
from marsad.export.extra import library
from marsad.export.flat import COLUMNS, COUNTS, FLAGS, NUMBERS, row, version_rows
from marsad.export.source import Source

_GROUP: Final = 10_000  # rows of a row group: what is held in memory at once


def write(source: Source, stream: BinaryIO) -> None:
    """Write the table.

    Args:
        source: what to export.
        stream: where to.

    Raises:
        ExportExtraMissing: pyarrow is not installed.
    """
    arrow, files = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    schema = arrow.schema([(name, _type(name, arrow)) for name in COLUMNS])
    with files.ParquetWriter(stream, schema) as writer:
        for group in _groups(_rows(source)):
            columns = [[_cell(cells[n]) for cells in group] for n in range(len(COLUMNS))]
            arrays = [arrow.array(c, schema.field(n).type) for n, c in enumerate(columns)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def _rows(source: Source) -> Iterator[list[Cell]]:
    for incident, mentions in source.incidents():
        yield row(incident, mentions, source)
        yield from version_rows(incident, mentions, source)


def _groups(rows: Iterator[list[Cell]]) -> Iterator[list[list[Cell]]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _type(name: str, arrow: Any) -> Any:
    if name in COUNTS:
        return arrow.int64()
    if name in NUMBERS:
        return arrow.float64()
    return arrow.bool_() if name in FLAGS else arrow.string()


def _cell(value: Cell) -> Cell:
    """A text without lone surrogates and breaks, empty ones as null; everything else as it is."""
    return (one_line(value) or None) if isinstance(value, str) else value
