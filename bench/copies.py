"""How well copies are found, against an exhaustive comparison of the articles of the ANT corpus with each other.

    python bench/copies.py [--shared ../shared] [--sample N] [--json]

The truth: two articles are near-copies if their words are the same (eight words at least), or if both have thirty words
and share 0.7 of the shorter one's runs of four words and 0.3 of all runs of both (Jaccard). It is built from exact sets
and an inverted index over every run, without sketches, bands or estimates.

That the definition agrees with a careful reader was checked by reading 206 pairs, with their differences or their
openings, most of them near its borders. Of the 137 near-copies among them, those of two outlets were one agency's text
under two headlines, in three with another lead. Those of one outlet were a report again, or a follow-up that repeats
it under new news: of all 1,436 near-copies, 165 share no lead (not two sources, though a reader may call them two
reports), and in 16 more, all of one outlet, most of what is shared is teasers, which the corpus keeps in the text.
From 0.5 to 0.7 (30), pairs of one outlet were mostly other news with the same background; of two, a dispatch reworded.
Below 0.3 of all runs (33), short pages stood within long ones, often as teasers. Below 0.5 (6), other news.

Printed: pairs and pages of the truth; recall and precision of three steps: the bands alone, the sketches' estimate,
and the texts of the pages that the bands bring together (what the ledger does); recall over pairs that are not equal;
pages that the bands give for comparison; sketches a second on one core; bytes of a sketch.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from marsad.ledger import copies
from marsad.text.fold import fold

Pair = tuple[int, int]
_WORD = re.compile(r"[^\W_]+")
_COMMON = 300  # a run that more articles hold is furniture of a site; the pairs themselves are compared by all runs


class Truth(NamedTuple):
    """Pairs of articles with what they share (of the shorter one's runs, of all), and those that are equal."""

    shares: dict[Pair, tuple[float, float]]
    equal: set[Pair]

    def copies(self) -> set[Pair]:
        """The near-copies."""
        return self.equal | {p for p, (shorter, both) in self.shares.items() if shorter >= 0.7 and both >= 0.3}


def articles(path: pathlib.Path) -> list[dict[str, str]]:
    """The articles of the corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def exhaustive(texts: list[str]) -> Truth:
    """The near-copies among texts, and all pairs that share a fifth of the shorter one's runs, by exact sets."""
    worded = [_WORD.findall(fold(text)) for text in texts]
    number: dict[tuple[str, ...], int] = {}
    runs = [{number.setdefault(tuple(w[i : i + 4]), len(number)) for i in range(len(w) - 3)} for w in worded]
    shares = {}
    for (a, b), count in _together(runs).items():
        least = min(len(runs[a]), len(runs[b]))
        if count >= least / 5 and min(len(worded[a]), len(worded[b])) >= 30:
            common = len(runs[a] & runs[b])
            shares[a, b] = (common / least, common / (len(runs[a]) + len(runs[b]) - common))
    return Truth(shares, pairs_of((tuple(w) for w in worded), lambda w: len(w) >= 8))


def _together(runs: list[set[int]]) -> Counter[Pair]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, held in enumerate(runs):
        for run in held:
            holders[run].append(at)
    found: Counter[Pair] = Counter()
    for group in holders.values():
        if 1 < len(group) <= _COMMON:
            found.update(combinations(group, 2))
    return found


def pairs_of(keys: Iterable[object], wanted: object = bool) -> set[Pair]:
    """The pairs of positions that hold the same key."""
    places: defaultdict[object, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if wanted(key):  # type: ignore[operator]
            places[key].append(at)
    return {p for group in places.values() for p in combinations(group, 2)}


def brought_together(sketches: list[copies.Sketch]) -> set[Pair]:
    """The pairs that share a band."""
    found: set[Pair] = set()
    keys = [copies.bands(s) for s in sketches]
    for column in range(max(map(len, keys))):
        found |= pairs_of(b[column] if len(b) > column else None for b in keys)
    return found


def scores(found: set[Pair], truth: set[Pair], equal: set[Pair]) -> dict[str, float]:
    """Recall, precision, and recall over the pairs that are not equal."""
    right = len(found & truth)
    near = truth - equal
    return {
        "recall": round(right / len(truth), 4),
        "recall, not equal": round(len(found & near) / len(near), 4),
        "precision": round(right / len(found), 4),
    }


def measure(rows: list[dict[str, str]]) -> dict[str, object]:
    """All figures; see the module's docstring."""
    texts = [row["text"] for row in rows]
    start = time.perf_counter()
    sketches = [copies.sketch(text) for text in texts]
    spent = time.perf_counter() - start
    truth = exhaustive(texts)
    right = truth.copies()
    met = brought_together(sketches)
    worth = {(a, b) for a, b in met if copies.similarity(sketches[a], sketches[b]) >= copies.WORTH}
    by_sketch = {(a, b) for a, b in worth if copies.estimate(sketches[a], sketches[b]).passes(copies.COPY)}
    by_text = {(a, b) for a, b in worth if copies.overlap(texts[a], texts[b]).passes(copies.COPY)}
    seen = [copies.Seen(r["id"], r["published"], s) for r, s in zip(rows, sketches, strict=True)]
    first = copies.originals(seen, [(rows[a]["id"], rows[b]["id"]) for a, b in by_text])
    return {
        "articles": len(rows),
        "pairs, near-copies": len(right),
        "pairs, equal words": len(truth.equal),
        "pages that copy": sum(original != page for page, original in first.items()),
        "pages with an earlier copy, by the truth": len({b for _, b in right}),
        "bands": {**scores(met, right, truth.equal), "pages to compare, a page": round(2 * len(met) / len(rows), 2)},
        "sketches": scores(by_sketch, right, truth.equal),
        "texts": {
            **scores(by_text, right, truth.equal),
            "texts compared, a page": round(2 * len(worth) / len(rows), 3),
        },
        "sketches a second": round(len(rows) / spent),
        "bytes": max(len(s.to_bytes()) for s in sketches),
    }


def sample(rows: list[dict[str, str]], count: int) -> None:
    """Print pairs about the borders of the definition, to be read: their shares, headlines and first words."""
    shares = exhaustive([row["text"] for row in rows]).shares
    border = sorted(
        p for p, (shorter, both) in shares.items() if 0.6 <= shorter < 0.8 or (shorter > 0.7 and both < 0.4)
    )
    for a, b in random.Random(0).sample(border, min(count, len(border))):
        print(f"{shares[a, b][0]:.2f} {shares[a, b][1]:.2f}")
        for row in (rows[a], rows[b]):
            print(f"  {row['publisher']} {row['published']} {row['headline']}: {' '.join(row['text'].split()[:40])}")


def main() -> None:
    """Print the figures, or a sample to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path("../shared"))
    parser.add_argument("--sample", type=int, default=0, help="print so many borderline pairs instead")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = articles(args.shared / "data" / "ant2018.jsonl.gz")
    if args.sample:
        sample(rows, args.sample)
        return
    figures = measure(rows)
    print(json.dumps(figures) if args.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
