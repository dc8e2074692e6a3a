"""Train the model that finds names and say how well it does on unseen sentences.

    python training/entities.py ../shared/data

Learns from NewsFANE (news, 45 fine types, here brought to seven). Its clitics are put back onto their words, as
newspapers print them, and sentences without a name are left out (with them it overlooks more names than it is spared
false ones). A first model reads a third of the unlabelled news; the words that it often takes for parts of names go
into `names.txt.gz`, from which a second model learns. Run it after `segmenter.py` and `tagger.py`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from corpora import Written, by_hand, entities, spaces, spellings
from marsad.text.analysis import Analyser, Entity, spans
from marsad.text.features import MODELS, Item, bare, entity_features, lexicon
from marsad.text.tokens import Token, tokenize

PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 120}
BLOCK = 20
HAND_COPIES = 2
LEAST = 5
CORPORA = ("ant2018.jsonl.gz", "mayadeen2023.jsonl.gz")


def types(path: Path) -> dict[str, str]:
    """The program's type of each of the corpus's fine types, from `entity_types.tsv`."""
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader((r for r in file if not r.startswith("#")), delimiter="\t")
        return {fine: row["label"] for row in rows for fine in row["fine"].split("|")}


def rows(sentence: Written, analyse: Analyser) -> tuple[list[Item], list[str]]:
    """The features and labels of a sentence, its parts of speech as the shipped tagger tells them."""
    return entity_features(analyse.shapes(sentence.tokens), analyse.tag(sentence.tokens)), sentence.labels


def train(sentences: list[Written], analyse: Analyser, out: Path) -> pycrfsuite.Tagger:
    """A model of these sentences, written to a file and opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for sentence in sentences:
        if any(label != "O" for label in sentence.labels):
            trainer.append(*rows(sentence, analyse))
    trainer.train(str(out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(out))
    return tagger


def learn(sentences: list[Written], corpora: Path, out: Path, names_out: Path) -> tuple[pycrfsuite.Tagger, Analyser]:
    """The second model, learnt with the names that the first one finds in unlabelled news."""
    plain = Analyser(names={})
    names = gathered(corpora, train(sentences, plain, out), plain)
    write_names(names_out, names)
    analyse = Analyser(names=names)
    return train(sentences, analyse, out), analyse


def gathered(corpora: Path, tagger: pycrfsuite.Tagger, analyse: Analyser) -> dict[str, tuple[str, ...]]:
    """The words that a model often takes for parts of names.

    Args:
        corpora: the folder of the unlabelled news.
        tagger, analyse: the first model, and the analyser that it learnt with.

    Returns:
        For each word its labels, followed by 2 where it bears the label half of the time, by 1 where a tenth.
    """
    seen: Counter[str] = Counter()
    labelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tokens in news(corpora):
        labels = tagger.tag(entity_features(analyse.shapes(tokens), analyse.tag(tokens)))
        for token, label in zip(tokens, labels, strict=True):
            word = bare(analyse.segment(token.key))
            seen[word] += 1
            if label != "O" and token.kind == "word":
                labelled[word][label] += 1
    found = {w: _kinds(labels, seen[w]) for w, labels in labelled.items() if seen[w] >= LEAST}
    return {w: kinds for w, kinds in sorted(found.items()) if kinds}


def _kinds(labels: Counter[str], seen: int) -> tuple[str, ...]:
    shares = sorted(((n / seen, label) for label, n in labels.items()), key=lambda s: (-s[0], s[1]))[:3]
    return tuple(f"{label}{1 + (share >= 0.5)}" for share, label in shares if share >= 0.1)


def news(corpora: Path) -> Iterator[list[Token]]:
    """The lines of every third article, as tokens."""
    for name in CORPORA:
        with gzip.open(corpora / name, "rt", encoding="utf-8") as file:
            for row in itertools.islice(file, 0, None, 3):
                page = json.loads(row)
                for line in (page["headline"] + "\n" + page["text"]).split("\n"):
                    if 0 < len(tokens := tokenize(line)) <= 400:
                        yield tokens


def write_names(path: Path, names: dict[str, tuple[str, ...]]) -> None:
    """One line per set of labels: the labels, then the words."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for word, kinds in names.items():
        classes[",".join(kinds)].append(word)
    text = "".join(f"{kinds} {' '.join(sorted(words))}\n" for kinds, words in sorted(classes.items()))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def report(sentences: list[Written], tagger: pycrfsuite.Tagger, analyse: Analyser) -> None:
    """Print precision, recall and F1 of whole names with their type, per type and together."""
    hit: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for sentence in sentences:
        items, labels = rows(sentence, analyse)
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
    corpus = entities(options.corpora / "newsfane.train.tsv", lexicon(), kinds)
    spelt = spellings(corpus)
    named = [Written(spaces(s, spelt), [], s.labels) for s in corpus]
    hand = by_hand(Path(__file__).with_name("news.txt")) * HAND_COPIES
    kept = [s for i, s in enumerate(named) if i // BLOCK % 10 != 7]
    names = options.out.with_name("names.txt.gz")
    unseen = [s for i, s in enumerate(named) if i // BLOCK % 10 == 7]
    report(unseen, *learn(kept + hand, options.corpora, options.out, names))
    learn(named + hand, options.corpora, options.out, names)
    for path in (options.out, names):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
