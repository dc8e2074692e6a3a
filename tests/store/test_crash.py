"""Killed at any moment, the ledger is whole and holds what was acknowledged; the same command goes on from there."""

from __future__ import annotations

import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
import shelf

from marsad.model.errors import MarsadError
from marsad.store.ledger import Ledger

KILLS = int(os.environ.get("MARSAD_KILLS", "10"))
PAGES = 80
START = 0.25  # seconds that the program takes to begin
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="there is no such signal")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    chance = random.Random(17)
    path = tmp_path_factory.mktemp("pages") / "pages.jsonl"
    jobs = [shelf.invented(chance, f"m-{n}").job for n in range(PAGES)]
    rows = [
        {"id": j.id, "publisher": j.given.publisher, "published": j.given.published, "text": j.data.decode()}
        for j in jobs
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(pages: pathlib.Path) -> tuple[str, float]:
    """What an uninterrupted run gives, and how long it takes."""
    path = pages.with_name("whole.marsad")
    began = time.monotonic()
    assert start(pages, path, 2).wait(60) == 0
    seconds = time.monotonic() - began
    with Ledger.open(path) as ledger:
        assert ledger.stats()["pages"] == PAGES and ledger.check() == []
        return shelf.told(ledger), seconds


def start(pages: pathlib.Path, into: pathlib.Path, processes: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "marsad.cli.app", "add", pages, "--into", into, "--processes", str(processes)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def acknowledged(path: pathlib.Path) -> set[str]:
    """The pages that another connection sees: they are in the file for good."""
    try:
        with Ledger.open(path) as ledger:
            return {page for (page,) in ledger._db.execute("SELECT id FROM pages")}
    except (MarsadError, sqlite3.Error):  # the file is not made yet
        return set()


def remove(path: pathlib.Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def test_killed_at_any_moment_it_is_whole_and_goes_on(
    tmp_path: pathlib.Path, pages: pathlib.Path, whole: tuple[str, float]
) -> None:
    expected, seconds = whole
    chance, path, kept = random.Random(os.urandom(8)), tmp_path / "l.marsad", set[str]()
    for n in range(KILLS):
        process = start(pages, path, 1 + n % 2)
        time.sleep(chance.uniform(START, seconds))
        seen = acknowledged(path)
        process.kill()
        process.communicate()
        if path.exists() and path.stat().st_size:
            with Ledger.open(path, create=True) as ledger:
                assert ledger.check() == []
            kept = kept | seen
            assert kept <= acknowledged(path)
        if len(kept) == PAGES and chance.random() < 0.5:
            remove(path)
            kept = set()
    assert start(pages, path, 2).wait(60) == 0
    with Ledger.open(path) as ledger:
        assert shelf.told(ledger) == expected
        assert ledger.check() == [] and ledger.unsettled == 0


def test_killed_its_reading_processes_end_too(tmp_path: pathlib.Path, pages: pathlib.Path) -> None:
    many = tmp_path / "many.jsonl"
    lines = pages.read_text(encoding="utf-8").splitlines()
    many.write_text("".join(line.replace('"m-', f'"{n}-') + "\n" for n in range(8) for line in lines), encoding="utf-8")
    process = start(many, tmp_path / "l.marsad", 2)
    children = wait_for_children(process.pid)
    process.kill()
    process.communicate()
    for _ in range(50):
        if not any(alive(child) for child in children):
            return
        time.sleep(0.1)
    pytest.fail("the reading processes outlive the program")


def wait_for_children(parent: int) -> list[int]:
    file = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
    if not file.exists():
        pytest.skip("this system does not tell a process's children")
    for _ in range(100):
        found = [int(pid) for pid in file.read_text().split()]
        if len(found) == 2:
            time.sleep(0.2)
            return found
        time.sleep(0.05)
    pytest.fail("no process reads")


def alive(pid: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("processes", [1, 2])
def test_interrupted_it_says_what_is_kept(tmp_path: pathlib.Path, pages: pathlib.Path, processes: int) -> None:
    path = tmp_path / "l.marsad"
    process = start(pages, path, processes)
    for _ in range(400):
        if acknowledged(path) or process.poll() is not None:
            break
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all processes of the command
    _, words = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("it was ready before it could be interrupted")
    assert process.returncode == 130
    held = len(acknowledged(path))
    assert words.decode().strip() == (
        f"marsad: interrupted: {held} pages are kept; the same command goes on where it stopped"
    )
