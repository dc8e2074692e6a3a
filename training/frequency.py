"""Count in how many news articles each word stands, so that the ledger can tell rare words from common ones.

    python training/frequency.py [--data ../shared/data] [--out src/marsad/language/ar/models]

Writes `frequency.tsv.gz`: a search key (`marsad.ledger.words.search_key`) and its weight, the natural logarithm of
articles by articles that hold it, for keys of five articles and more. Weights of single words only: no text can be
made of them.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import io
import json
import math
import pathlib

from marsad.ledger.words import content_keys

CORPORA = ("ant2018.jsonl.gz", "mayadeen2023.jsonl.gz")
LEAST = 5
NAME = "frequency.tsv.gz"


def counts(data: pathlib.Path) -> tuple[int, collections.Counter[str]]:
    """The number of articles, and of those that hold each search key."""
    total, found = 0, collections.Counter[str]()
    for name in CORPORA:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                total += 1
                found.update(content_keys(f"{row['headline']}\n{row['text']}"))
    return total, found


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/marsad/language/ar/models"))
    options = parser.parse_args()
    total, found = counts(options.data)
    rows = [f"{key}\t{math.log(total / n):.1f}\n" for key, n in sorted(found.items()) if n >= LEAST and key.isalpha()]
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
        out.write("".join([f"\t{math.log(total / LEAST):.1f}\n", *rows]).encode())
    (options.out / NAME).write_bytes(packed.getvalue())
    print(f"{len(rows):,} keys of {total:,} articles: {len(packed.getvalue()):,} bytes")


if __name__ == "__main__":
    main()
