"""Train the model that finds the clitics of a word, letter by letter, and say how well it does on unseen sentences.

    python training/segmenter.py ../shared/data

Learns from the Arabic PUD treebank, from the words of NewsFANE whose clitics stand apart, and from `clitics.tsv`.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

import pycrfsuite

from corpora import Named, Sentence, entities, letters, tagged, treebank
from marsad.text.features import MODELS, Lexicon, letter_features, lexicon
from marsad.text.fold import fold

Labelled = tuple[str, str]
PARAMETERS = {"c1": 0.2, "c2": 0.05, "max_iterations": 120}
HAND_COPIES = 5


def from_treebank(sentences: list[Sentence]) -> list[Labelled]:
    """Every word of the treebank with one label per letter."""
    found = []
    for sentence in sentences:
        tokens, _, insides = tagged(sentence)
        found += [(t.key, y) for t, inside in zip(tokens, insides, strict=True) if (y := letters(t, inside))]
    return found


def by_hand(path: Path) -> list[Labelled]:
    """The words of `clitics.tsv`."""
    rows = [r.split("\t")[1] for r in path.read_text(encoding="utf-8").splitlines() if "\t" in r]
    return [_parsed(word) for row in rows[1:] for word in row.split()]


def _parsed(word: str) -> Labelled:
    key = labels = ""
    for piece, mark in re.findall(r"([^+~=]+)([+~=]?)", word):
        part = fold(piece)
        label = {"+": "p", "~": "a"}.get(mark) or ("e" if "s" in labels else "s")
        key, labels = key + part, labels + label * len(part)
    return key, labels


def from_entities(sentences: list[Named], tagger: pycrfsuite.Tagger, words: Lexicon) -> list[Labelled]:
    """The words of the entity corpus, one each, as the corpus mostly writes them.

    Its clitics stand apart only in part: where ب ل ك س and the article begin is left to the model of the treebank.
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for key, pieces in zip(sentence.keys, sentence.pieces, strict=True):
            labels = _from_pieces(pieces, tagger, words)
            if key.isalpha() and not key.isascii() and len(labels) == len(key):
                seen[key][labels] += 1
    best = {key: counts.most_common(1)[0] for key, counts in seen.items() if sum(counts.values()) > 1}
    return [(key, labels) for key, (labels, n) in sorted(best.items()) if n > 1]


def _from_pieces(pieces: list[str], tagger: pycrfsuite.Tagger, words: Lexicon) -> str:
    first = next((i for i, p in enumerate(pieces) if len(p) > 1 or p not in "وفبلكس"), len(pieces) - 1)
    main = pieces[first]
    inner = "".join(tagger.tag(letter_features(main, words)))
    head = inner[: len(inner) - len(inner.lstrip("p"))]
    if any(c in "وف" for c in main[: len(head)]):
        inner = "s" * len(main)
    if len(main) > 4:
        inner = inner.replace("e", "s")
    return "p" * first + inner + "e" * sum(map(len, pieces[first + 1 :]))


def train(rows: list[Labelled], words: Lexicon, out: Path) -> pycrfsuite.Tagger:
    """A model of these words, written to a file and opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for key, labels in rows:
        trainer.append(letter_features(key, words), list(labels))
    trainer.train(str(out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(out))
    return tagger


def report(rows: list[Labelled], tagger: pycrfsuite.Tagger, words: Lexicon) -> None:
    """Print how many words come out right as a whole, and precision and recall of the cuts."""
    right = hit = found = there = 0
    for key, gold in rows:
        got = "".join(tagger.tag(letter_features(key, words)))
        right += got == gold
        a, b = _cuts(gold), _cuts(got)
        hit, found, there = hit + len(a & b), found + len(b), there + len(a)
    print(f"words {len(rows)}  exact {right / len(rows):.4f}  P {hit / found:.4f}  R {hit / there:.4f}", end="  ")
    print(f"F1 {2 * hit / (found + there):.4f}")


def _cuts(labels: str) -> set[int]:
    return {i for i in range(1, len(labels)) if labels[i] != labels[i - 1] or labels[i] == "p"}


def main() -> None:
    """Report on a tenth of the treebank held out, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=MODELS / "segmenter.crfsuite")
    options = parser.parse_args()
    words, hand = lexicon(), by_hand(Path(__file__).with_name("clitics.tsv")) * HAND_COPIES
    trees = treebank(options.corpora / "pud.train.conllu")
    named = entities(options.corpora / "newsfane.train.tsv", words, {})
    kept = from_treebank([s for i, s in enumerate(trees) if i % 10 != 7])
    unseen = from_treebank([s for i, s in enumerate(trees) if i % 10 == 7])
    first = train(kept, words, options.out)
    report(unseen, first, words)
    more = from_entities(named, first, words)
    report(unseen, train(kept + more, words, options.out), words)
    report(unseen, train(kept + more + hand, words, options.out), words)
    train(kept + unseen + more + hand, words, options.out)
    print(f"{options.out.name}: {options.out.stat().st_size:,} bytes, {len(kept + unseen + more + hand):,} words")


if __name__ == "__main__":
    main()
