"""`marsad serve`: where it answers, and that no network reaches it without a password; `user`, `users`, `token`."""

from __future__ import annotations

import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.model.errors import AddressTaken, MarsadError, NeedsPassword
from marsad.store.people import People
from marsad.web.serve import is_loopback, listening, prepared


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_these_addresses_are_this_machines_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "desk.example", "127.0.0.1.example", "127.1"])
def test_these_may_lead_anywhere(host: str) -> None:
    assert not is_loopback(host)


def test_no_network_without_a_password(ledger: pathlib.Path) -> None:
    with pytest.raises(NeedsPassword):
        prepared(ledger, "127.0.0.1", names=["desk.example.org"])  # a proxy would let everybody in as the admin
    with pytest.raises(NeedsPassword):
        prepared(ledger, "0.0.0.0")
    with People.beside(ledger) as people:
        people.put("سلمى", "admin", "a long password")
    assert prepared(ledger, "0.0.0.0")


def test_a_taken_port_is_told_at_once() -> None:
    with listening("127.0.0.1", 0) as held, pytest.raises(AddressTaken):
        held.listen()
        listening("127.0.0.1", held.getsockname()[1])


def test_what_is_no_ledger_is_not_served(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "x.marsad"
    file.write_text("no ledger")
    for path in (file, tmp_path / "nothing"):
        with pytest.raises(MarsadError):
            prepared(path, "127.0.0.1")
    assert not list(tmp_path.glob("*-desk"))


def test_serve_says_its_address_answers_and_ends(ledger: pathlib.Path) -> None:
    command = [sys.executable, "-m", "marsad.cli.app", "serve", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None and run.stderr is not None
        told = run.stdout.readline()
        address = re.search(r"http://\S+", told)
        assert address, run.stderr.read()
        deadline = time.time() + 10
        while True:
            try:
                with urllib.request.urlopen(address[0] + "users.json") as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert time.time() < deadline
                time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        assert run.wait(10) in (0, 130)
        assert "Traceback" not in run.stderr.read()


def test_users_are_kept_by_the_command_line(ledger: pathlib.Path) -> None:
    run = CliRunner().invoke
    added = run(app, ["user", str(ledger), "سلمى", "--role", "admin", "--password-stdin"], input="a long password\n")
    assert added.exit_code == 0 and "admin" in added.output
    assert "سلمى" in run(app, ["users", str(ledger)]).output
    token = run(app, ["token", str(ledger), "سلمى"]).output.strip()
    with People.beside(ledger) as people:
        assert people.bearer(token) == ("سلمى", "admin")
    assert run(app, ["token", str(ledger), "nobody"]).exit_code == 2
    assert run(app, ["user", str(ledger), "سلمى", "--remove"]).exit_code == 0
    with People.beside(ledger) as people:
        assert people.bearer(token) is None and people.users() == []


def test_a_short_password_is_refused(ledger: pathlib.Path) -> None:
    assert CliRunner().invoke(app, ["user", str(ledger), "x", "--password-stdin"], input="short\n").exit_code == 2
