"""`marsad score`: a gold file's texts, read and compared with what coders wrote down."""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from marsad.cli.read import ALL_READ, SOME_NOT_READ, USAGE, complain, speak_utf8
from marsad.model.errors import MarsadError
from marsad.model.record import Record
from marsad.score import Gold, Row, read_gold, score


def run(gold: pathlib.Path, *, records: pathlib.Path | None, as_json: bool, errors: int) -> int:
    """Read a gold file's texts, or take records that were read before, and print the scoreboard.

    Args:
        gold: the gold file.
        records: a file of records, `marsad read --json`, whose ids are those of the gold's lines.
        as_json: print one JSON object instead of a table.
        errors: how many missed and invented events to print on standard error.

    Returns:
        The exit status: 0, 1 where texts could not be read, 2 where the gold or the records are no such files.
    """
    speak_utf8()
    try:
        lines = read_gold(gold)
    except MarsadError as error:
        complain(error)
        return USAGE
    failed: list[MarsadError] = []
    try:
        found = _kept(records) if records is not None else _read(lines, failed)
    except (OSError, msgspec.DecodeError) as error:
        sys.stderr.write(f"marsad: {records} holds no records: {error}\n")
        return USAGE
    for failure in failed:
        complain(failure)
    missing = [g.id for g in lines if g.id not in found]
    rows = score(lines, found)
    if as_json:
        sys.stdout.write(json.dumps(_object(rows, missing), ensure_ascii=False) + "\n")
    else:
        _table(rows, missing)
    if errors:
        _errors(lines, found, errors)
    return SOME_NOT_READ if missing else ALL_READ


def _kept(path: pathlib.Path) -> dict[str, Record]:
    """Records of a file; error lines in it are left out."""
    found = {}
    for line in path.read_bytes().splitlines():
        if line.strip() and not line.startswith(b'{"schema":"marsad.error/1"'):
            record = msgspec.json.decode(line, type=Record)
            found[record.id] = record
    return found


def _read(lines: Sequence[Gold], failed: list[MarsadError]) -> dict[str, Record]:
    from marsad.reading.single import read_one

    found = {}
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        for g in progress.track(lines):
            try:
                found[g.id] = read_one(g.text, headline=g.headline, published=g.published, record_id=g.id)
            except MarsadError as error:
                failed.append(error)
    return found


def _object(rows: Iterable[Row], missing: Sequence[str]) -> dict[str, object]:
    board: dict[str, object] = {row.name: row.figures for row in rows}
    return board | ({"not read": list(missing)} if missing else {})


def _table(rows: Sequence[Row], missing: Sequence[str]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row.figures))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(row.name, *(_shown(row.figures, name) for name in columns))
    Console(width=max(Console().width, 110)).print(table)
    if missing:
        more = " …" if len(missing) > 5 else ""
        sys.stderr.write(f"marsad: {len(missing)} not read: {', '.join(missing[:5])}{more}\n")


def _shown(figures: Mapping[str, float | int | None], name: str) -> str:
    value = figures.get(name)
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def _errors(lines: Sequence[Gold], found: Mapping[str, Record], most: int) -> None:
    """The first missed and invented events, with their lines' words."""
    from marsad.score.board import missed_and_invented

    for n, (kind, id_, told) in enumerate(missed_and_invented(lines, found)):
        if n == most:
            break
        sides = " → ".join("+".join(sorted(side)) or "–" for side in told.sides)
        sys.stderr.write(f"{kind:8} {id_} line {told.line} {told.type:9} {told.words!r} {sides} {told.status}\n")
