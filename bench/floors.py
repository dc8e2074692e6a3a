"""The benchmark floors: the scores that the code reaches, pinned with their corpora's digests; they only rise.

A floor that is `held` is not raised to the score reached, for the reason that stands beside it: its model has learnt
from the corpus, or it is a bound and no score. The sets of this folder are scored by `marsad score`, those of the
shared benchmark, where it is present, by its own `score.py`.

python bench/floors.py [--shared ../shared]            checks every floor, exits with 1 where one is missed
python bench/floors.py --own                           only the sets of this folder
python bench/floors.py --raise                         writes the scores reached now as the new floors
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
from typing import Any

FLOORS = pathlib.Path(__file__).with_name("floors.json")


def digest(path: pathlib.Path) -> str:
    """The SHA-256 of a corpus file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def scores(shared: pathlib.Path, path: pathlib.Path) -> dict[str, Any]:
    """The scoreboard of a gold file, as `marsad score --json` and `score.py --json` give it."""
    marsad = [sys.executable, "-m", "marsad.cli.app"]
    if path.parent == FLOORS.parent:
        command = [*marsad, "score", str(path), "--json"]
    else:
        reader = " ".join([*marsad, "read", "--json"])
        command = [sys.executable, str(shared / "bench" / "score.py"), str(path), "--json", "--reader", reader]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def figure(board: dict[str, Any], name: str) -> float:
    """One figure of a scoreboard: `row` or `row/column`."""
    row, _, column = name.partition("/")
    value = board[row]
    return float(value[column] if column else value)


def check(shared: pathlib.Path | None, *, lift: bool) -> int:
    """Compare every floor with the score reached; returns the exit status. Without `shared` only this folder's sets."""
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    status = 0
    for gold, entry in pinned.items():
        path = FLOORS.with_name(gold)
        if not path.exists():
            if shared is None:
                continue
            path = shared / "bench" / gold
        if digest(path) != entry["sha256"]:
            print(f"{gold}: the corpus is not the one that the floors were measured on")
            if not lift:
                continue
            entry["sha256"] = digest(path)
        board = scores(shared or FLOORS.parent, path)
        for name, floor in entry["floors"].items():
            reached = figure(board, name)
            at_most = name.startswith("events of another type")
            missed = reached > floor if at_most else reached < floor
            status = 1 if missed and not lift else status
            print(f"{'MISSED' if missed else 'ok':7} {gold:22} {name:62} floor {floor:.3f} reached {reached:.3f}")
            if lift and (reached > floor) != at_most and name not in entry.get("held", {}):
                entry["floors"][name] = reached
    if lift:
        FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return status


def main() -> None:
    """Check or raise the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    sys.exit(check(None if options.own else options.shared, lift=options.lift))


if __name__ == "__main__":
    main()
