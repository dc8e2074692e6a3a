"""A ledger that version 1 made is read as it is, and brought to version 2 when it is opened for writing."""

from __future__ import annotations

import gzip
import pathlib
import shutil
import sqlite3

import pytest
import shelf

from marsad.store import database
from marsad.store.ledger import Ledger
from marsad.store.review import Counts, Review

OLD = pathlib.Path(__file__).parents[1] / "data/ledger-v1.marsad.gz"  # four short pages, a merge and a split
AT = "2022-04-01T10:00:00+00:00"


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "old.marsad"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


def version(path: pathlib.Path) -> int:
    db = sqlite3.connect(path)
    (found,) = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return int(found)


def tables(path: pathlib.Path) -> set[tuple[str, ...]]:
    """The tables with their columns, the indexes and the triggers."""
    db = sqlite3.connect(path)
    names = db.execute("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
    columns = [
        ("column", table, *map(str, row[1:4]))
        for kind, table, _ in names if kind == "table" and not table.startswith("words")
        for row in db.execute(f"PRAGMA table_info({table})")
    ]  # fmt: skip
    keys = [
        ("key", name, *map(str, row[1:]))
        for kind, name, _ in names if kind == "index"
        for row in db.execute(f"PRAGMA index_info({name})")
    ]  # fmt: skip
    db.close()
    return {*names, *columns, *keys}


def test_it_is_of_version_1(path: pathlib.Path) -> None:
    assert version(path) == 1


def test_read_alone_it_answers_and_stays_what_it_is(path: pathlib.Path) -> None:
    before = path.read_bytes()
    with Ledger.open(path) as ledger:
        assert len(list(ledger.incidents(shelf.ALL))) == 3 and ledger.check() == []
        review = Review(ledger)
        mention = next(ledger.incidents(shelf.ALL)).mentions[0]
        assert review.card(mention).reviewed.state == "new" and review.queue() == Counts()
        assert review.candidates("سلمى") == [] and [j.kind for j in review.history()] == ["split", "merge"]
    for command in (("incidents", "--background", "--json"), ("stats",), ("check",), ("timeline",)):
        assert shelf.run(command[0], path, *command[1:]).exit_code == 0
    assert path.read_bytes() == before and version(path) == 1


def test_opened_for_writing_it_tells_the_same_and_has_its_cards(path: pathlib.Path) -> None:
    with Ledger.open(path) as ledger:
        before = shelf.told(ledger)
    with Ledger.open(path, write=True) as ledger:
        assert shelf.told(ledger) == before and ledger.check() == []
        assert Review(ledger).queue() == Counts(new=4)
        ledger.rebuild()
        assert shelf.told(ledger) == before and ledger.check() == []
    assert version(path) == database.VERSION


def test_it_has_the_same_tables_as_a_new_one(path: pathlib.Path, tmp_path: pathlib.Path) -> None:
    Ledger.open(path, write=True).close()
    Ledger.open(tmp_path / "new.marsad", create=True).close()
    assert tables(path) == tables(tmp_path / "new.marsad")


def test_it_can_be_worked_on(path: pathlib.Path) -> None:
    with Ledger.open(path, write=True) as ledger:
        review = Review(ledger)
        ledger.write([shelf.news("حلب", 4, "a-3")])
        ledger.settle()
        review.judge(review.candidates("سلمى")[0], "reject", by="سلمى", at=AT)
        review.undo(by="سلمى", at=AT)
        merged = next(line for line in review.history() if line.kind == "merge")
        assert review.undo(by="سلمى", at=AT, seq=merged.seq) is not None
        before = shelf.told(ledger)
        ledger.rebuild()
        assert shelf.told(ledger) == before and ledger.check() == []


def test_two_that_open_it_at_once_migrate_it_once(path: pathlib.Path) -> None:
    one, two = (sqlite3.connect(path, isolation_level=None) for _ in range(2))
    database.migrate(one, 1)
    database.migrate(two, 1)  # found version 1 just before
    assert version(path) == database.VERSION
    one.close()
    two.close()


def test_a_migration_that_fails_leaves_version_1(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = pathlib.Path(shutil.copy(path, path.with_name("copy.marsad")))
    db = sqlite3.connect(copy, isolation_level=None)
    db.execute("CREATE TABLE codings (x)")  # in the way of the last statements
    with pytest.raises(sqlite3.OperationalError):
        database.migrate(db, 1)
    assert "reviews" not in [name for (name,) in db.execute("SELECT name FROM sqlite_schema")]
    db.close()
    assert version(copy) == 1
