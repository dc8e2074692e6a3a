"""The one table between PLOVER, CAMEO, ACLED-like and GED-like terms, `mapping.tsv`, read and asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from marsad.export.sides import Sides
from marsad.export.tables import table_lines, table_text

_NONE: Final = "-"


class Row(NamedTuple):
    """One row of the table; what its columns mean in each scheme stands at the head of `mapping.tsv`."""

    id: str
    scheme: str
    type: str
    mode: str
    contexts: tuple[str, ...]
    means: frozenset[str]
    sides: str
    rules: frozenset[str]
    code: str
    detail: str
    group: str
    score: float | None
    note: str


class Act(NamedTuple):
    """What the table is asked about: an event's own codes, what it was done with, who stood against whom, its rules."""

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    means: str | None = None
    sides: Sides = Sides()
    rules: tuple[str, ...] = ()


@cache
def version() -> str:
    """The version of the table, from its first line: what was exported under another may be coded otherwise."""
    first = table_text("mapping.tsv").split("\n", 1)[0]
    return first.partition("\t")[2]


@cache
def rows(scheme: str) -> tuple[Row, ...]:
    """The rows of a scheme in the order in which they are tried.

    Args:
        scheme: `plover`, `cameo`, `acled`, `ged` or `from-cameo`.
    """
    _, *lines = table_lines("mapping.tsv")
    return tuple(_row(cells) for cells in lines if cells[1] == scheme)


def _row(cells: list[str]) -> Row:
    return Row(
        id=cells[0], scheme=cells[1], type=cells[2], mode=cells[3], contexts=tuple(_parts(cells[4])),
        means=frozenset(_parts(cells[5])), sides=cells[6], rules=frozenset(_parts(cells[7])), code=cells[8],
        detail=cells[9], group=cells[10], score=float(cells[11]) if cells[11] else None, note=cells[12],
    )  # fmt: skip


def _parts(cell: str) -> Iterable[str]:
    return (part for part in cell.split("|") if part)


def look_up(scheme: str, act: Act) -> Row | None:
    """The first row of a scheme that fits an act, or None where the scheme has nothing for it.

    Args:
        scheme: as `rows` takes it.
        act: the event's codes.
    """
    return next((row for row in rows(scheme) if _fits(row, act)), None)


def _fits(row: Row, act: Act) -> bool:
    return (
        row.type == act.type
        and (not row.mode or row.mode == (act.mode or _NONE))
        and (not row.contexts or not set(row.contexts).isdisjoint(act.contexts))
        and (not row.means or act.means in row.means)
        and (not row.rules or not row.rules.isdisjoint(act.rules))
        and (not row.sides or act.sides.fit(row.sides))
    )


def from_cameo(code: str) -> Row | None:
    """The type, mode and contexts of a CAMEO code, or None where PLOVER dropped it (01, 02).

    Args:
        code: three or four digits, the zero in front included; what is not in the table is taken by its first three.
    """
    known = {row.code: row for row in rows("from-cameo")}
    return known.get(code) or known.get(code[:3])
