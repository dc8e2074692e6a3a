"""Train the model that finds names and say how well it does on unseen sentences.

    python training/entities.py ../shared/data

Learns from NewsFANE (news, 45 fine types, here brought to seven). Its clitics are put back onto their words, as
newspapers print them. Run it after `segmenter.py` and `tagger.py`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

import pycrfsuite
from corpora import Named, entities, spaces

from marsad.text.analysis import Entity, analyser, spans
from marsad.text.features import MODELS, Item, entity_features, lexicon

PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 150}
BLOCK = 20


def types(path: Path) -> dict[str, str]:
    """The program's type of each of the corpus's fine types, from `entity_types.tsv`."""
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader((r for r in file if not r.startswith("#")), delimiter="\t")
        return {fine: row["label"] for row in rows for fine in row["fine"].split("|")}


def rows(sentence: Named) -> tuple[list[Item], list[str]]:
    """The features and labels of a sentence, its parts of speech as the shipped tagger tells them."""
    tokens, analyse = spaces(sentence), analyser()
    return entity_features(analyse.shapes(tokens), analyse.tag(tokens)), sentence.labels


def train(sentences: list[Named], out: Path) -> pycrfsuite.Tagger:
    """A model of these sentences, written to a file and opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for sentence in sentences:
        trainer.append(*rows(sentence))
    trainer.train(str(out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(out))
    return tagger


def report(sentences: list[Named], tagger: pycrfsuite.Tagger) -> None:
    """Print precision, recall and F1 of whole names with their type, per type and together."""
    hit: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for sentence in sentences:
        items, labels = rows(sentence)
        gold, got = set(spans(labels)), set(spans(tagger.tag(items)))
        for counter, names in ((hit, gold & got), (found, got), (there, gold)):
            _count(counter, names)
    for label in sorted(there, key=lambda k: -there[k]):
        p, r = hit[label] / max(found[label], 1), hit[label] / there[label]
        print(f"{label:5} {there[label]:5}  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}")


def _count(counter: Counter[str], names: set[Entity]) -> None:
    counter.update(n.label for n in names)
    counter["all"] += len(names)


def main() -> None:
    """Report on a tenth of the corpus held out (whole stretches of it, so that no article is split), train on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=MODELS / "entities.crfsuite")
    options = parser.parse_args()
    kinds = types(Path(__file__).with_name("entity_types.tsv"))
    named = entities(options.corpora / "newsfane.train.tsv", lexicon(), kinds)
    kept = [s for i, s in enumerate(named) if i // BLOCK % 10 != 7]
    report([s for i, s in enumerate(named) if i // BLOCK % 10 == 7], train(kept, options.out))
    train(named, options.out)
    print(f"{options.out.name}: {options.out.stat().st_size:,} bytes, {len(named):,} sentences")


if __name__ == "__main__":
    main()
