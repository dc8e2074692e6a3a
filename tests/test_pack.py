"""The language pack as a whole: every row has an id of its own, every table its columns, and the digest is stable."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest

from marsad.language import pack

TABLES = sorted(p.name for p in (files("marsad.language") / "ar").iterdir() if p.name.endswith((".tsv", ".tsv.gz")))


@pytest.mark.parametrize("name", [n for n in TABLES if not n.startswith("gazetteer")])
def test_rows_have_ids_of_their_own(name: str) -> None:
    ids = [row["id"] for row in pack.rows(name)]
    assert not [i for i, n in Counter(ids).items() if n > 1]
    assert all(re.fullmatch(r"[a-z][\w.\-]*", i, re.ASCII) for i in ids)


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_of_their_table(name: str) -> None:
    rows = pack.rows(name)
    assert rows
    assert all(row.keys() == rows[0].keys() for row in rows)


def test_ids_are_unique_in_the_pack() -> None:
    ids = Counter(row["id"] for name in TABLES if not name.startswith("gazetteer") for row in pack.rows(name))
    assert not [i for i, n in ids.items() if n > 1]


def test_the_pack_is_broad() -> None:
    assert sum(len(pack.rows(name)) for name in TABLES if not name.startswith("gazetteer")) > 5000


def test_digest_names_the_pack() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", pack.digest())
