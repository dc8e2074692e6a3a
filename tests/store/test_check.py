"""`marsad check` says nothing where all is well, and names what is not."""

from __future__ import annotations

import pathlib
import shutil
import sqlite3
from collections.abc import Iterator

import pytest
import shelf

from marsad.store.ledger import Ledger
from marsad.store.work import packed


@pytest.fixture
def path(tmp_path: pathlib.Path, examples: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copy(examples, tmp_path / "l.marsad"))


@pytest.fixture
def db(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None)
    yield db
    db.close()


def wrong(path: pathlib.Path) -> str:
    result = shelf.run("check", path)
    assert result.exit_code == 1, result.output
    return str(result.stdout)


def test_a_whole_ledger_is_said_to_be_whole(path: pathlib.Path) -> None:
    result = shelf.run("check", path)
    assert result.exit_code == 0 and "is whole: 21 pages" in result.stdout


def test_other_bytes_of_a_page_are_named(path: pathlib.Path, db: sqlite3.Connection) -> None:
    page = db.execute("SELECT id FROM pages WHERE seq = 7").fetchone()[0]
    with Ledger.open(path) as ledger:
        data = bytearray(shelf.kept(ledger, 7))
    data[len(data) // 2] ^= 1
    db.execute("UPDATE pages SET bytes = ? WHERE seq = 7", (packed(bytes(data)),))
    assert page in wrong(path)


def test_a_byte_flipped_in_the_file_within_a_page_is_named(path: pathlib.Path) -> None:
    with Ledger.open(path) as ledger:
        page, stored = ledger._db.execute("SELECT id, bytes FROM pages WHERE seq = 1").fetchone()
    data = bytearray(path.read_bytes())
    at = data.index(stored[:200]) + 100
    data[at] ^= 4
    path.write_bytes(data)
    assert f"The bytes of page {page} are not those that were captured." in wrong(path)


def test_a_missing_mention_is_named_with_its_incident(path: pathlib.Path, db: sqlite3.Connection) -> None:
    with Ledger.open(path) as ledger:
        incident = max(ledger.incidents(shelf.ALL), key=lambda i: len(i.mentions))
    db.execute("DELETE FROM mentions WHERE id = ?", (incident.mentions[-1],))
    assert f"Incident {incident.id} lacks mention {incident.mentions[-1]}." in wrong(path)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM incidents WHERE rowid = 3", "have no incident"),
        ("DELETE FROM pages WHERE seq = 3", "have no page"),
        ("UPDATE mentions SET incident = NULL WHERE rowid = 3", "have no incident"),
        ("UPDATE pages SET record = NULL WHERE seq = 3", "neither record nor error"),
        ("UPDATE incidents SET data = x'00' WHERE rowid = 3", "cannot be unpacked"),
    ],
)
def test_what_does_not_belong_together_is_said(
    path: pathlib.Path, db: sqlite3.Connection, damage: str, words: str
) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(damage)
    assert words in wrong(path)


def test_rebuild_mends_all_but_the_pages(path: pathlib.Path, db: sqlite3.Connection) -> None:
    with Ledger.open(path) as ledger:
        before = shelf.told(ledger)
    db.execute("DELETE FROM mentions WHERE rowid % 3 = 0")
    db.execute("DELETE FROM incidents WHERE rowid % 5 = 0")
    db.execute("DELETE FROM links")
    db.execute("UPDATE pages SET record = x'00' WHERE seq = 4")
    assert wrong(path)
    assert shelf.run("rebuild", path).exit_code == 0
    assert shelf.run("check", path).exit_code == 0
    with Ledger.open(path) as ledger:
        assert shelf.told(ledger) == before


def test_pages_that_wait_are_no_damage(path: pathlib.Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.write([shelf.news("حلب", 4, "m-1")])
        assert ledger.check() == [] and ledger.unsettled == 1
    result = shelf.run("stats", path, "--json")
    assert "1 pages came after" in result.stderr and shelf.rows(result)[0]["pages waiting"] == 1
