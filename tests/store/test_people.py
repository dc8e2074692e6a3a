"""The file beside a ledger: users, tokens, visits; whose eyes it is for."""

from __future__ import annotations

import pathlib
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from marsad.model.errors import NewerLedger, NoSuchUser, NotALedger
from marsad.store.people import People, User


@pytest.fixture
def people(tmp_path: pathlib.Path) -> Iterator[People]:
    with People.beside(tmp_path / "x.marsad") as made:
        yield made


def test_it_is_nobody_elses_to_read(people: People) -> None:
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600


def test_no_password_and_no_token_stands_in_the_file(people: People) -> None:
    people.put("سلمى", "reviewer", "a long password")
    token = people.issue("سلمى", program=True)
    people.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = people.path.read_bytes()
    assert b"a long password" not in kept and token.encode() not in kept


def test_a_new_password_ends_open_sessions(people: People) -> None:
    people.put("سلمى", "reviewer", "a long password")
    token = people.issue("سلمى")
    assert people.bearer(token) == User("سلمى", "reviewer")
    people.put("سلمى", "admin", "another password")
    assert people.bearer(token) is None
    assert people.login("سلمى", "a long password") is None
    assert people.login("سلمى", "another password") == User("سلمى", "admin")


def test_a_token_that_was_taken_back_holds_no_more(people: People) -> None:
    people.put("x", "reader", "a long password")
    token = people.issue("x", program=True)
    people.revoke(token)
    assert people.bearer(token) is None


def test_who_is_not_there_cannot_be_removed(people: People) -> None:
    with pytest.raises(NoSuchUser):
        people.remove("nobody")


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert User("x", "admin").may("reviewer") and User("x", "reviewer").may("reader")
    assert not User("x", "reader").may("reviewer")


def test_many_may_open_it_first(tmp_path: pathlib.Path) -> None:
    made: list[str] = []

    def begin(n: int) -> None:
        with People.beside(tmp_path / "many.marsad") as people:
            made.append(people.put(f"u{n}", "reader", "a long password").name)

    threads = [threading.Thread(target=begin, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with People.beside(tmp_path / "many.marsad") as people:
        assert len(people.users()) == len(made) == 8


def test_another_database_is_left_alone(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.marsad-desk"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (a)")
    with pytest.raises(NotALedger):
        People.beside(tmp_path / "x.marsad")


def test_a_newer_file_is_left_alone(people: People) -> None:
    people.db.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerLedger):
        People.beside(people.path.with_name("x.marsad"))


def test_a_session_ends_with_time(people: People) -> None:
    people.put("x", "reader", "a long password")
    token = people.issue("x")
    past = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    people.db.execute("UPDATE tokens SET until = ?", (past,))
    assert people.bearer(token) is None
