"""Train the model that tells an act which is its sentence's own news from one that is only referred to.

    python training/foreground.py [--gold ../shared/bench/aeg.dev.jsonl] [--out src/marsad/language/ar/models]

Reads the coders' judgements of `openeventdata/arabic_event_gsr` (labels MIT; the sentences are their publishers' and
none is kept: the model holds weights of single words and of the act's description), prints the cross-validated score
by document, and writes the model trained on all of them.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
from typing import NamedTuple

import pycrfsuite

from marsad.page import read_page
from marsad.reading import foreground
from marsad.reading.reader import read_reading
from marsad.text.fold import fold

FOLDS = 8


class Item(NamedTuple):
    """One sentence: its document, whether it tells an act of its type, and its acts' features with their labels."""

    document: str
    positive: bool
    acts: list[tuple[list[str], bool]]


def document(sentence_id: str) -> str:
    """The document that a sentence is of."""
    return re.sub(r"[-_]\d+$", "", sentence_id.split("-", 1)[1])


def items(gold: pathlib.Path, kind: str) -> list[Item]:
    """The judged sentences of a type, with what the program reads in them."""
    found = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["gold"]["type"] != kind or row["gold"]["label"] in ("ambiguous", "difficult no"):
            continue
        page = read_page(row["text"], published=row.get("published"))
        reading = read_reading(
            page, judged=False
        )  # the written rule alone, so that the model does not learn from itself
        acts = [
            t for t in reading.tellings if t.type == kind and t.status in ("reported", "claimed") and not t.historical
        ]
        positive = row["gold"]["label"] == "yes"
        found.append(Item(document(row["id"]), positive, label(row, acts, reading.tellings, positive)))
    return found


def label(row, acts, tellings, positive) -> list[tuple[list[str], bool]]:
    """Each act's features and whether it is the news: the coders' trigger, else the rule's choice, else the first."""
    triggers = {w for c in row["gold"].get("codings") or [] for w in fold(c.get("trigger") or "").split()}
    chosen = []
    if positive:
        own = [t for t in acts if triggers & {tok.key for tok in t.act.line.tokens[t.act.at : t.act.last]}]
        chosen = own or [t for t in acts if t.foreground] or acts
    return [(foreground.features(t, tellings), t in chosen) for t in acts]


def train(data: list[Item], path: pathlib.Path, c1: float, c2: float) -> None:
    """Train a linear model (a chain of length one) and write it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for item in data:
        for features, news in item.acts:
            trainer.append([features], ["fg" if news else "bg"])
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 200, "feature.minfreq": 2})
    trainer.train(str(path))


def score(data: list[Item], path: pathlib.Path, threshold: float) -> collections.Counter[str]:
    """Right, found and gold sentences, by whether any act of a sentence is called the news."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    count: collections.Counter[str] = collections.Counter()
    for item in data:
        called = False
        for features, _ in item.acts:
            tagger.set([features])
            called = called or tagger.marginal("fg", 0) >= threshold
        count["gold"] += item.positive
        count["found"] += called
        count["right"] += called and item.positive
    return count


def f1(count: collections.Counter[str]) -> str:
    """Precision, recall and F1 as words."""
    p = count["right"] / max(1, count["found"])
    r = count["right"] / max(1, count["gold"])
    return f"precision {p:.3f} recall {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def main() -> None:
    """Cross-validate, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=pathlib.Path, default=pathlib.Path("../shared/bench/aeg.dev.jsonl"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/marsad/language/ar/models"))
    parser.add_argument("--c1", type=float, default=0.0)
    parser.add_argument("--c2", type=float, default=6.0)
    options = parser.parse_args()
    name = f"{foreground.MODEL}.crfsuite"
    data = items(options.gold, "ASSAULT")
    documents = sorted({i.document for i in data})
    scratch = options.out / "fold.tmp"
    for threshold in (0.3, 0.4, 0.5):
        total: collections.Counter[str] = collections.Counter()
        for fold_number in range(FOLDS):
            held = {d for n, d in enumerate(documents) if n % FOLDS == fold_number}
            train([i for i in data if i.document not in held], scratch, options.c1, options.c2)
            total += score([i for i in data if i.document in held], scratch, threshold)
        print(f"cross-validated over {len(documents)} documents, threshold {threshold}: {f1(total)}")
    scratch.unlink()
    train(data, options.out / name, options.c1, options.c2)
    print(f"{options.out / name}: {(options.out / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
