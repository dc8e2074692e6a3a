"""No ledger, a newer, damaged, read-only or busy one, a full disk: each has its code, and nothing is lost by it."""

from __future__ import annotations

import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import shelf

from marsad.model.errors import DiskFull
from marsad.store import database
from marsad.store.ledger import Ledger

NOBODY = 65534
PAGE = shelf.EXAMPLES / "01-bahr-qazwin.html"
ASKING = (
    ("incidents", "--background", "--json"), ("incidents", "--csv"), ("says", "AZE"), ("proposals",), ("truces",),
    ("alignments",), ("search", "صاروخ"), ("timeline",), ("stats",), ("check",),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: pathlib.Path, examples: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copy(examples, tmp_path / "l.marsad"))


def ask(command: tuple[str, ...], path: pathlib.Path) -> tuple[int, str]:
    result = shelf.run(command[0], path, *command[1:])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr.lstrip()


def code_of(command: tuple[str, ...], path: pathlib.Path) -> str:
    status, words = ask(command, path)
    assert status == 2 and words.startswith("marsad: M"), words
    return words.split()[1]


def add(path: pathlib.Path) -> tuple[int, str]:
    result = shelf.run("add", PAGE, "--into", path, "--processes", 1)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


def digest(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("command", [*ASKING, ("rebuild",), ("incident", "ab"), ("merge", "ab", "cd")])
def test_a_file_that_is_not_there(tmp_path: pathlib.Path, command: tuple[str, ...]) -> None:
    assert code_of(command, tmp_path / "no.marsad") == "M107"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"a", "قصف الجيش البلدة.\n".encode() * 500, b"SQLite format 4\0" + bytes(5000)])
def test_another_kind_of_file_is_no_ledger_and_is_left_alone(tmp_path: pathlib.Path, data: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(data)
    assert code_of(("incidents",), path) == "M501"
    assert add(path)[0] == 2 and "M501" in add(path)[1]
    assert path.read_bytes() == data


def test_another_database_is_no_ledger_and_is_left_alone(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "music.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE songs (name TEXT)")
    db.close()
    before = digest(path)
    assert code_of(("incidents",), path) == code_of(("rebuild",), path) == "M501"
    assert "M501" in add(path)[1] and digest(path) == before


def test_a_newer_ledger_is_left_alone(path: pathlib.Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = digest(path)
    assert {code_of(command, path) for command in (*ASKING, ("rebuild",), ("merge", "ab", "cd"))} == {"M502"}
    status, words = add(path)
    assert status == 2 and "M502" in words and "pip install --upgrade" in words
    assert digest(path) == before


def test_a_file_in_which_nothing_was_made_yet_is_filled(tmp_path: pathlib.Path) -> None:
    empty, begun = tmp_path / "empty.marsad", tmp_path / "begun.marsad"
    empty.touch()
    db = sqlite3.connect(begun)
    db.execute("PRAGMA journal_mode = WAL")  # killed just then, the program leaves such a file
    db.close()
    assert begun.stat().st_size > 0
    assert add(empty)[0] == add(begun)[0] == 0


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: pathlib.Path) -> None:
    status, words = add(tmp_path / "no" / "l.marsad")
    assert status == 2 and "M503" in words


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user to whom rights mean something: root writes everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are another matter there")
def test_a_ledger_that_may_only_be_read_answers_and_is_not_written(path: pathlib.Path) -> None:
    expected = [shelf.run(command[0], path, *command[1:]).stdout for command in ASKING]
    assert add(path)[0] == 0  # all that is loaded late is loaded now
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        copy = folder / "l.marsad"
        shutil.copyfile(path.with_name("l.marsad"), copy)
        copy.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        folder.chmod(0o555)
        before = digest(copy)
        with without_rights():
            status, words = add(copy)
            assert status == 2 and "M503" in words
            answers = [shelf.run(command[0], copy, *command[1:]).stdout for command in ASKING]
            assert code_of(("rebuild",), copy) == "M503"
        assert [a.replace(str(copy), "") for a in answers] == [e.replace(str(path), "") for e in expected]
        assert digest(copy) == before and list(folder.iterdir()) == [copy]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_keeps_what_was_acknowledged(path: pathlib.Path) -> None:
    more = [shelf.news("حلب", n, f"m-{n}") for n in range(2, 60)]
    with Ledger.open(path, write=True) as ledger:
        before = shelf.told(ledger)
        ledger.write(more[:1])
        (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
        ledger._db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(DiskFull) as caught:
            ledger.write(more)
        assert caught.value.code == "M504" and not ledger._db.in_transaction
        assert ledger.page("m-2") is not None and ledger.page("m-3") is None
        assert shelf.told(ledger) == before
    with Ledger.open(path, write=True) as ledger:
        assert ledger.check() == []
        ledger.write(more)
        ledger.settle()
        assert ledger.check() == [] and ledger.stats()["pages"] == 21 + len(more)


def test_another_writer_is_waited_for_and_then_named(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    shelf.run("add", shelf.EXAMPLES / "02-sawt-yerevan.html", "--into", path, "--processes", 1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert code_of(("rebuild",), path) == "M506"
        assert ask(("incidents",), path)[0] == 0
    finally:
        other.close()


@pytest.mark.parametrize("part", [0.2, 0.8])
def test_a_truncated_file_is_damaged(path: pathlib.Path, part: float) -> None:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part) // 4096 * 4096])
    codes = [words.split()[1] for status, words in (ask(c, path) for c in ASKING) if status == 2]
    assert set(codes) == {"M505"}
    assert ask(("check",), path)[0] in (1, 2)


@pytest.mark.parametrize("seed", range(4))
def test_a_garbled_file_is_damaged_or_answers_but_never_breaks_the_program(path: pathlib.Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 40, 2000))):
        data[chance.randrange(100, len(data))] = chance.randrange(256)
    path.write_bytes(data)
    for command in (*ASKING, ("incident", "a"), ("rebuild",)):
        status, words = ask(command, path)
        assert status in (0, 1) or words.split()[1] in ("M505", "M507"), words
    assert add(path)[0] in (0, 2)
