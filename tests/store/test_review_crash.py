"""Killed at any moment of a review, the ledger holds every decision that was acknowledged, and is whole."""

from __future__ import annotations

import os
import pathlib
import random
import subprocess
import sys
import time

import shelf

from marsad.store.ledger import Ledger
from marsad.store.review import Review

KILLS = int(os.environ.get("MARSAD_KILLS", "10"))
LONGEST = 0.4  # seconds that one works before it is killed
REVIEWER = """
import itertools, pathlib, random, sys
from marsad.store.ledger import Ledger
from marsad.store.review import Review
path, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
with Ledger.open(path, write=True) as ledger:
    review = Review(ledger)
    ids = [m for (m,) in ledger.db.execute("SELECT id FROM mentions ORDER BY id")]
    print("ready", flush=True)
    for n in itertools.count():
        by, at = chance.choice(("salma", "omar")), f"{seed}-{n}"
        told = {m for i in ledger.incidents() for m in i.mentions}
        what = chance.choice(("accept", "reject", "denied", "edit", "skip", "note", "flag", "undo", "merge", "split"))
        if what == "undo":
            done = review.undo(by=by, at=at) is not None
        elif what == "merge":
            two = chance.sample(ids, 2)
            done = all(i in told for i in two) and bool(ledger.merge(*two, by=by, at=at))
        elif what == "split":
            many = [i for i in ledger.incidents() if len(i.mentions) > 1]
            done = bool(many) and bool(ledger.split(many[0].id, many[0].mentions[-1:], by=by, at=at))
        else:
            data = {"fields": {"type": "COERCE"}} if what == "edit" else {"text": "?"}
            done = bool(review.judge(chance.choice(ids), what, by=by, at=at, data=data))
        if done:
            print(at, flush=True)
"""


def killed(path: pathlib.Path, seed: int, after: float) -> list[str]:
    """What a reviewing process has acknowledged until it was killed."""
    command = [sys.executable, "-c", REVIEWER, str(path), str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    time.sleep(after)
    process.kill()
    told, _ = process.communicate()
    return [line for line in told.split("\n")[:-1] if line]  # the last may be torn


def test_killed_while_reviewing_nothing_acknowledged_is_lost(tmp_path: pathlib.Path) -> None:
    chance, path = random.Random(os.urandom(8)), tmp_path / "l.marsad"
    shelf.filled(path, [shelf.invented(random.Random(n), f"m-{n}") for n in range(30)]).close()
    acknowledged: set[str] = set()
    for n in range(KILLS):
        acknowledged |= set(killed(path, n, chance.uniform(0, LONGEST)))
        began = time.monotonic()
        with Ledger.open(path, write=True) as ledger:
            assert time.monotonic() - began < 2
            kept = {line.at for line in Review(ledger).history(limit=10**9)}
            assert acknowledged <= kept and len(kept - acknowledged) <= n + 1  # what was not told in time
            assert ledger.check() == []
    with Ledger.open(path, write=True) as ledger:
        before = shelf.told(ledger)
        ledger.rebuild()
        assert shelf.told(ledger) == before and ledger.check() == []
    assert acknowledged
