"""The reference of the exports leaves no format and no column out, and names none that is gone."""

from __future__ import annotations

import pathlib
import re

import pytest

from marsad.export import FORMATS, acled, flat, ftm, gdelt, gdelt_mentions, ged, plover, xlsx
from marsad.export.facts import EXTRA

TEXT = (pathlib.Path(__file__).parents[2] / "docs/reference/exports.md").read_text(encoding="utf-8")
COLUMNS = {
    "Columns of every table": EXTRA, "plover": (*plover.FIELDS, *plover.OWN), "gdelt": gdelt.COLUMNS,
    "gdelt-mentions": gdelt_mentions.COLUMNS, "acled": acled.COLUMNS, "ged": ged.COLUMNS, "ftm": ftm.SCHEMATA,
    "parquet": flat.COLUMNS, "xlsx": xlsx.MENTION_COLUMNS,
}  # fmt: skip


def section(heading: str) -> str:
    _, _, rest = TEXT.partition(f"\n## {heading}\n")
    return re.split(r"^## ", rest, maxsplit=1, flags=re.M)[0]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_heading_and_its_line(form: str) -> None:
    assert section(form)
    assert f"| [`{form}`](#{form}) |" in TEXT


@pytest.mark.parametrize("heading", COLUMNS)
def test_every_column_has_its_row_in_order(heading: str) -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| (.+) \|$", section(heading), re.M)
    assert tuple(name for name, _ in rows) == tuple(COLUMNS[heading])
    assert all(value.strip() for _, value in rows)
