"""How a ledger carries weight: adding, memory and answers over the 17,780 articles of the benchmark's corpus.

    python bench/ledger.py [--data ../shared/data] [--articles N] [--folder DIR]

Adds the articles with one process and with two, and in two halves; prints the seconds of each, how much faster two are,
how much longer the second half takes, the peak of memory of all processes together, the file's size, and the median
milliseconds of each filter and search. Byte equality of the two ledgers' incidents is checked on the way.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable

from marsad.store.filters import Filter
from marsad.store.ledger import Ledger

ASKED = 7


def add(pages: pathlib.Path, ledger: pathlib.Path, processes: int) -> tuple[float, int]:
    """Seconds, and the peak of memory in MB, of one `marsad add`."""
    command = [sys.executable, "-m", "marsad.cli.app", "add", str(pages), "--into", str(ledger)]
    started = time.perf_counter()
    done = subprocess.Popen([*command, "--processes", str(processes)], stderr=subprocess.DEVNULL)
    peak = [0]
    watch = threading.Thread(target=_watch, args=(done, peak))
    watch.start()
    done.wait()
    watch.join()
    return time.perf_counter() - started, peak[0]


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """The proportional share of memory of a process and its children, twice a second."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_share(pid) for pid in _family(process.pid)) // 1024)
        time.sleep(0.5)


def _family(pid: int) -> list[int]:
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(int(child) for child in children)]


def _share(pid: int) -> int:
    try:
        rows = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


def median(ask: Callable[[], object]) -> float:
    """The median milliseconds of a question asked several times."""
    taken = []
    for _ in range(ASKED):
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def answers(path: pathlib.Path) -> dict[str, float]:
    """The milliseconds of each filter and search."""
    with Ledger.open(path) as ledger:
        asked: dict[str, Callable[[], object]] = {
            "a week's ASSAULT, 50": lambda: list(
                ledger.incidents(Filter(types=("ASSAULT",), since="2018-05-12", until="2018-05-18"), limit=50)
            ),
            "an actor's incidents, 50": lambda: list(ledger.incidents(Filter(actors=("SYR",)), limit=50)),
            "a place's incidents": lambda: list(ledger.incidents(Filter(places=("حلب",)))),
            "told by three sources": lambda: list(ledger.incidents(Filter(least_sources=3), limit=50)),
            "an outlet's incidents, 50": lambda: list(ledger.incidents(Filter(outlets=("BBC",)), limit=50)),
            "how many there are of an actor": lambda: ledger.count(Filter(actors=("SYR",))),
            "timeline": lambda: ledger.timeline(),
            "search, two words": lambda: ledger.search("صواريخ باليستية"),
            "what somebody said, 50": lambda: list(ledger.findings("statement", Filter(actors=("ماكرون",)), limit=50)),
            "truces": lambda: ledger.truces(),
        }
        return {name: median(ask) for name, ask in asked.items()}


def digest(path: pathlib.Path) -> str:
    """The digest of all incidents, as `--json` prints them."""
    found = hashlib.sha256()
    with Ledger.open(path) as ledger:
        for incident in ledger.incidents(Filter(background=True)):
            found.update(incident.to_json().encode())
    return found.hexdigest()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=0, help="only so many, evenly picked")
    parser.add_argument("--folder", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        with gzip.open(options.data / "ant2018.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = list(lines)
        rows = rows[:: max(1, len(rows) // options.articles)] if options.articles else rows
        half = len(rows) // 2
        for part, held in (("all", rows), ("first", rows[:half]), ("second", rows[half:])):
            (folder / f"{part}.jsonl").write_text("".join(held), encoding="utf-8")
        figures: dict[str, float] = {"articles": len(rows), "cores": os.cpu_count() or 1}
        figures["seconds, one process"], _ = add(folder / "all.jsonl", folder / "one", 1)
        figures["seconds, two processes"], figures["peak MB, two processes"] = add(
            folder / "all.jsonl", folder / "two", 2
        )
        figures["two are faster by"] = figures["seconds, one process"] / figures["seconds, two processes"]
        first, _ = add(folder / "first.jsonl", folder / "halves", 2)
        second, _ = add(folder / "second.jsonl", folder / "halves", 2)
        figures |= {"seconds, first half": first, "seconds, second half": second, "second by first": second / first}
        figures["file MB"] = (folder / "two").stat().st_size / 1e6
        same = len({digest(folder / n) for n in ("one", "two", "halves")}) == 1
        figures["the three ledgers' incidents are equal to the byte"] = float(same)
        figures |= {f"ms: {name}": ms for name, ms in answers(folder / "two").items()}
        print(json.dumps({k: round(v, 2) for k, v in figures.items()}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
