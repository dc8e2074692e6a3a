"""One door to all formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from marsad.export import acled, annotation, ftm, gdelt, gdelt_mentions, ged, geojson, parquet, plover, xlsx
from marsad.export.source import Source

_LINES: Final[dict[str, Callable[[Source], Iterator[bytes]]]] = {
    "plover": plover.lines,
    "gdelt": gdelt.lines,
    "gdelt-mentions": gdelt_mentions.lines,
    "acled": acled.lines,
    "ged": ged.lines,
    "geojson": geojson.lines,
    "annotation": annotation.lines,
    "ftm": ftm.lines,
}
_FILES: Final[dict[str, Callable[[Source, BinaryIO], None]]] = {"parquet": parquet.write, "xlsx": xlsx.write}

FORMATS: Final = (*_LINES, *_FILES)
"""The names of the formats, in the order of their use in the field."""


def write(format: str, source: Source, stream: BinaryIO) -> None:
    """Write incidents in a format. The same source gives the same bytes; texts are UTF-8.

    Args:
        format: one of `FORMATS`.
        source: what to export; text formats hold one incident in memory at a time.
        stream: a binary stream; it is neither flushed nor closed.

    Raises:
        ExportExtraMissing: `parquet` or `xlsx`, and its library is not installed.
        ValueError: no such format; a caller that offers `FORMATS` never meets it.
    """
    if format in _FILES:
        _FILES[format](source, stream)
        return
    if format not in _LINES:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    for line in _LINES[format](source):
        stream.write(line)
