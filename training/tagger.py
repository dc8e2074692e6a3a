"""Train the part-of-speech model and say how well it does on unseen sentences.

    python training/tagger.py ../shared/data

Learns from the Arabic PUD treebank: the label of a whole token is that of its main word («وبالقوات» is a NOUN). Each
sentence is learnt twice, as it stands and without hamzas, since news is written both ways. Conflict news has its own
turns («في قصف استهدف مواقع …»), for which `news.txt` has sentences tagged by hand. Run it after `segmenter.py`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import pycrfsuite

from corpora import Sentence, Written, by_hand, tagged, treebank
from marsad.text.analysis import Analyser
from marsad.text.features import MODELS, Item, word_features

PARAMETERS = {"c1": 0.2, "c2": 0.7, "max_iterations": 150}


FOLDED = str.maketrans("أإآة", "اااه")
HAND_COPIES = 2
ANALYSER = Analyser(names={})


def rows(sentence: Sentence, folded: bool) -> tuple[list[Item], list[str]]:
    """The features and labels of a treebank sentence."""
    tokens, labels, _ = tagged(sentence)
    if folded:
        tokens = [t._replace(form=t.form.translate(FOLDED)) for t in tokens]
    return word_features(ANALYSER.shapes(tokens)), labels


def train(sentences: list[Sentence], written: list[Written], out: Path) -> pycrfsuite.Tagger:
    """A model of these sentences, written to a file and opened."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for sentence in sentences:
        for folded in (False, True):
            trainer.append(*rows(sentence, folded))
    for hand in written * HAND_COPIES:
        trainer.append(word_features(ANALYSER.shapes(hand.tokens)), hand.pos)
    trainer.train(str(out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(out))
    return tagger


def report(sentences: list[Sentence], tagger: pycrfsuite.Tagger, folded: bool) -> None:
    """Print the share of words with the right label, punctuation left out, and the commonest confusions."""
    right = total = 0
    wrong: Counter[str] = Counter()
    for sentence in sentences:
        items, gold = rows(sentence, folded)
        for a, b in zip(gold, tagger.tag(items), strict=True):
            if a != "PUNCT":
                right, total = right + (a == b), total + 1
                if a != b:
                    wrong[f"{a}→{b}"] += 1
    print("folded" if folded else "as written", f"words {total}  right {right / total:.4f}", wrong.most_common(8))


def main() -> None:
    """Report on a tenth of the treebank held out, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=MODELS / "tagger.crfsuite")
    options = parser.parse_args()
    trees = treebank(options.corpora / "pud.train.conllu")
    unseen = [s for i, s in enumerate(trees) if i % 10 == 7]
    written = by_hand(Path(__file__).with_name("news.txt"))
    for hand in ([], written):
        tagger = train([s for i, s in enumerate(trees) if i % 10 != 7], hand, options.out)
        for folded in (False, True):
            report(unseen, tagger, folded)
    train(trees, written, options.out)
    print(f"{options.out.name}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
