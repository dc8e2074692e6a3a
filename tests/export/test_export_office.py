"""The workbook opened by LibreOffice, which makes a CSV file of each sheet. Without it these tests are skipped.

In these files a text stands between quotation marks and a number does not, and a cell that computes shows what came of
it: so that a number that became a text, a day that became a number and a formula that came alive are all seen.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest
from invented import book, mention
from test_export_text import HOSTILE

from marsad.export import Source, write
from marsad.export.cells import Cell, one_line
from marsad.export.flat import COLUMNS, row, version_rows
from marsad.export.xlsx import MENTION_COLUMNS, SHEETS
from marsad.ledger.model import Party

# comma, quotation mark, UTF-8, from the first line; texts quoted, formulas as what they compute; all sheets
CSV: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,true,false,false,-1"
CELL: Final = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\Z)')
PATIENCE: Final = 120  # seconds
Office = Callable[[pathlib.Path], None]
Told = tuple[str, bool]  # what a cell says, and whether it is a text

soffice = shutil.which("soffice")
pytestmark = pytest.mark.skipif(soffice is None, reason="no LibreOffice here")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    profile = tmp_path_factory.mktemp("office")  # its own, so that no office that is open takes the work over

    def convert(workbook: pathlib.Path) -> None:
        command = [str(soffice), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", CSV]
        subprocess.run(
            [*command, "--outdir", str(workbook.parent), str(workbook)],
            check=True, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip

    return convert


def sheets(source: Source, office: Office, folder: pathlib.Path) -> dict[str, list[list[Told]]]:
    """The rows of each sheet of a source's workbook, as LibreOffice tells them."""
    pytest.importorskip("xlsxwriter")
    with (folder / "book.xlsx").open("wb") as stream:
        write("xlsx", source, stream)
    office(folder / "book.xlsx")
    return {name: cells((folder / f"book-{name}.csv").read_text("utf-8")) for name in SHEETS}


def cells(text: str) -> list[list[Told]]:
    """The rows of a CSV file; a reader of the standard library would not say which cells were quoted."""
    rows: list[list[Told]] = [[]]
    for quoted, bare, end in (found.groups() for found in CELL.finditer(text.removesuffix("\n"))):
        rows[-1].append((bare, False) if quoted is None else (quoted.replace('""', '"'), True))
        if end == "\n":
            rows.append([])
        if not end:
            break
    return rows


def agrees(told: Told, value: Cell) -> bool:
    """Whether LibreOffice's cell is the value: a text as it is, a number as a number, nothing as nothing."""
    text, is_text = told
    if value is None or value == "":
        return text == ""
    if isinstance(value, str):
        return is_text and text == one_line(value)
    if isinstance(value, bool):
        return not is_text and text == str(value).upper()
    return not is_text and float(text) == pytest.approx(value, abs=1e-9)


def differing(told: Sequence[Sequence[Told]], wanted: Sequence[Sequence[Cell]]) -> list[Any]:
    assert len(told) == len(wanted)
    pairs = [(a, b) for row_, cells_ in zip(told, wanted, strict=True) for a, b in zip(row_, cells_, strict=True)]
    return [pair for pair in pairs if not agrees(*pair)]


def test_office_reads_every_row_of_the_examples(examples: Source, office: Office, tmp_path: pathlib.Path) -> None:
    read = sheets(examples, office, tmp_path)
    told = list(examples.incidents())
    incidents = [row(incident, mentions, examples) for incident, mentions in told]
    versions = [cells_ for incident, mentions in told for cells_ in version_rows(incident, mentions, examples)]
    assert not differing(read["incidents"], [list(COLUMNS), *incidents])
    assert not differing(read["versions"], [list(COLUMNS), *versions])
    assert len(read["mentions"]) == 1 + sum(len(mentions) for _, mentions in told)
    words = [line[COLUMNS.index("words")][0] for line in read["incidents"][1:]]
    assert len(words) > 100 and all(re.search("[ء-ي]", text) for text in words)


def test_office_takes_days_for_texts_and_counts_for_numbers(office: Office, tmp_path: pathlib.Path) -> None:
    header, line = sheets(book(mention()), office, tmp_path)["incidents"]
    found = dict(zip((name for name, _ in header), line, strict=True))
    assert found["date_from"] == ("2031-05-01", True)
    assert found["killed_low"] == ("3", False)
    assert (found["latitude"], found["longitude"]) == (("40.25", False), ("46.5", False))


def test_office_finds_no_formula(office: Office, tmp_path: pathlib.Path) -> None:
    evil = [mention(f"p{n}", actors=(Party(name=t, kind="military"),), words=t) for n, t in enumerate(HOSTILE)]
    for line, text in zip(sheets(book(*evil), office, tmp_path)["mentions"][1:], HOSTILE, strict=True):
        assert agrees(line[MENTION_COLUMNS.index("words")], text)
        assert agrees(line[MENTION_COLUMNS.index("actors")], text)


def test_a_formula_would_be_found(office: Office, tmp_path: pathlib.Path) -> None:
    writer = pytest.importorskip("xlsxwriter")
    with writer.Workbook(tmp_path / "live.xlsx") as made:
        sheet = made.add_worksheet("live")
        sheet.write_row(0, 0, ["=1+1", 2, "2"])
    office(tmp_path / "live.xlsx")
    live, number, text = cells((tmp_path / "live-live.csv").read_text("utf-8"))[0]
    assert not agrees(live, "=1+1")
    assert (number, text) == (("2", False), ("2", True))
