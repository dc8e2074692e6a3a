"""Whether pages that bring the same incident are brought together: pairs of articles that two people judged.

    python bench/pairs.py [--data ../shared/data] [--errors N] [--least F1]

`pairs.jsonl` holds 400 pairs of one week's conflict news, ids and labels only, drawn in strata of likeness (from nearly
the same words to none in common, so that most are hard). Two coders labelled each alone: `same` (the main news of both
is one incident), `contains` (one's incident is told in the other, whose main news is another), `related` (another
incident of the same story), `different`. They agree on 384; Cohen's kappa of `same` is .97. Of the other sixteen those
stand as `contains` that either coder took for it; `contains` pairs are not scored.

All articles of the week and the days beside it go into a ledger. A pair is found where some incident counts both among
its pages. Precision, recall and F1 of `same`.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import pathlib
import sys
import tempfile
from collections.abc import Iterator

from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.work import Given, job, read_job

GOLD = pathlib.Path(__file__).with_name("pairs.jsonl")
WEEK = ("2018-05-11", "2018-05-19")


def read(data: pathlib.Path, ledger: Ledger) -> None:
    """Put the articles of the week into a ledger."""
    with gzip.open(data / "ant2018.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = (row for row in map(json.loads, lines) if WEEK[0] <= row["published"] <= WEEK[1])
        for batch in itertools.batched(rows, 64) if hasattr(itertools, "batched") else _batches(rows):
            ledger.write(read_job(_job(row)) for row in batch)
    ledger.settle()


def _batches(rows: Iterator[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    while batch := list(itertools.islice(rows, 64)):
        yield batch


def _job(row: dict[str, str]):  # type: ignore[no-untyped-def]
    given = Given(
        id=row["id"], url=row["url"], publisher=row["publisher"], published=row["published"], headline=row["headline"]
    )
    return job(row["text"], given)


def together(ledger: Ledger) -> set[tuple[str, str]]:
    """The pairs of pages that some incident counts among its pages, each in order."""
    found = set()
    for incident in ledger.incidents(Filter(background=True)):
        found |= set(itertools.combinations(sorted(incident.pages), 2))
    return found


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--errors", type=int, default=0, help="also print so many pairs that were missed or invented")
    parser.add_argument("--least", type=float, default=0.0, help="exit with 1 where F1 is below it")
    options = parser.parse_args()
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/week.marsad", create=True) as ledger:
        read(options.data, ledger)
        found = together(ledger)
    scored = [row for row in gold if row["label"] != "contains"]
    hit = {id(row): tuple(sorted((row["a"], row["b"]))) in found for row in scored}
    right = sum(hit[id(row)] and row["label"] == "same" for row in scored)
    offered, wanted = sum(hit.values()), sum(row["label"] == "same" for row in scored)
    f1 = 2 * right / (offered + wanted)
    print(
        f"{len(scored)} pairs scored, {wanted} the same: precision {right / offered:.3f} recall {right / wanted:.3f}"
        f" F1 {f1:.3f}"
    )
    for row in [row for row in scored if hit[id(row)] != (row["label"] == "same")][: options.errors]:
        print("missed  " if row["label"] == "same" else "invented", row["a"], row["b"], row["label"])
    sys.exit(f1 < options.least)


if __name__ == "__main__":
    main()
