"""Make the word lexicon that the three taggers lean on: how frequent a word is in news, and which words behave like it.

Reads the unlabelled news corpora, counts folding keys, and groups the frequent ones by the company they keep (positive
pointwise mutual information with the thousand most frequent neighbours, singular values, k-means). What is shipped
holds single words with a frequency class and a group number; no sentence can be put together from it.

    python training/lexicon.py ../shared/data

Needs numpy, scipy and scikit-learn, which the shipped program does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds
from sklearn.cluster import KMeans

from marsad.text.tokens import tokenize

MODELS = Path(__file__).parents[1] / "src/marsad/language/ar/models"
CORPORA = ("ant2018.jsonl.gz", "mayadeen2023.jsonl.gz")
NUMBER = "#"
Numbers = np.ndarray[tuple[int], np.dtype[np.int32]]
Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]
CONTEXTS, DIMENSIONS, FINE, COARSE = 1000, 80, 320, 48


def lines(folder: Path) -> Iterator[list[str]]:
    """The folding keys of each line of the corpora, numbers as one sign."""
    for name in CORPORA:
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            for row in file:
                page = json.loads(row)
                for line in (page["headline"] + "\n" + page["text"]).split("\n"):
                    yield [NUMBER if t.kind == "number" else t.key for t in tokenize(line) if t.key]


def read(folder: Path, least: int) -> tuple[Counter[str], Numbers, list[str]]:
    """Word counts, the corpora as one array of word numbers (-1: rare or a line's end), the words by number."""
    first: dict[str, int] = {}
    stream: list[int] = []
    counts: Counter[str] = Counter()
    for keys in lines(folder):
        counts.update(keys)
        stream.extend(first.setdefault(k, len(first)) for k in keys)
        stream.append(-1)
    words = sorted((w for w, n in counts.items() if n >= least), key=lambda w: (-counts[w], w))
    renumber = np.full(len(first) + 1, -1, dtype=np.int32)
    for i, w in enumerate(words):
        renumber[first[w]] = i
    return counts, renumber[np.asarray(stream, dtype=np.int64)], words


def vectors(stream: Numbers, size: int) -> Table:
    """One row per word: its neighbours on both sides, reduced to a few dimensions and brought to unit length."""
    blocks = []
    for word, near in ((stream[1:], stream[:-1]), (stream[:-1], stream[1:])):
        keep = (word >= 0) & (near >= 0) & (near < CONTEXTS)
        ones = np.ones(int(keep.sum()))
        blocks.append(sparse.coo_matrix((ones, (word[keep], near[keep])), shape=(size, CONTEXTS)).tocsr())
    table = sparse.hstack(blocks).tocsr()
    rows, columns = np.asarray(table.sum(1)).ravel() + 1, np.asarray(table.sum(0)).ravel() + 1
    entries = table.tocoo()
    gain = np.log(entries.data * table.sum() / (rows[entries.row] * columns[entries.col] ** 0.95))
    pmi = sparse.csr_matrix((np.maximum(gain, 0), (entries.row, entries.col)), shape=table.shape)
    left, values, _ = svds(pmi, k=DIMENSIONS, v0=np.ones(min(table.shape)))
    scaled = left * np.sqrt(values)
    return scaled / (np.linalg.norm(scaled, axis=1, keepdims=True) + 1e-9)


def group(rows: Table) -> tuple[list[int], list[int]]:
    """Each word's fine group, and each fine group's coarse group."""
    fine = KMeans(FINE, n_init=1, random_state=1, max_iter=60).fit(rows)
    coarse = KMeans(COARSE, n_init=3, random_state=1).fit_predict(fine.cluster_centers_)
    return fine.labels_.tolist(), coarse.tolist()


def write(path: Path, words: list[str], counts: Counter[str], fine: list[int], coarse: list[int]) -> None:
    """One line per class: fine group, coarse group, frequency class (halved logarithm), then its words."""
    classes: dict[tuple[int, int], list[str]] = defaultdict(list)
    for word, number in zip(words, fine, strict=True):
        if word.isalpha():
            classes[number, int(math.log2(counts[word]) / 1.5)].append(word)
    rows = [f"{f} {coarse[f]} {b} {' '.join(sorted(ws))}\n" for (f, b), ws in sorted(classes.items())]
    path.write_bytes(gzip.compress("".join(rows).encode(), 9, mtime=0))


def main() -> None:
    """Make `lexicon.txt.gz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--least", type=int, default=12, help="leave out words seen less often than this")
    parser.add_argument("--out", type=Path, default=MODELS / "lexicon.txt.gz")
    options = parser.parse_args()
    counts, stream, words = read(options.corpora, options.least)
    fine, coarse = group(vectors(stream, len(words)))
    write(options.out, words, counts, fine, coarse)
    print(f"{len(stream):,} tokens, {len(words):,} words, {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
