"""Whether two headlines agree or contradict each other: what the record's own signs tell of it, and what can be learnt.

    python bench/stance.py [--data ../shared/data]            # numpy, scikit-learn

`headline-stance.train.csv` holds 2,652 pairs of headlines, the second of each mostly written by a person so that it
agrees with the first or contradicts it (Apache-2.0; no headline is kept here). Printed are precision, recall and F1 of
both classes: of the record's own signs, and of linear models over growing sets of features, cross-validated so that no
headline stands on both sides.

Then the model that was learnt from all of them is asked about news as outlets write it: whether its opinion of two
headlines helps to tell the same incident (`pairs.jsonl`, cross-validated; the gain with its 95 % interval over pairs
drawn anew), and how often it calls two outlets' headlines of one incident a contradiction.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import pathlib
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MaxAbsScaler

import pairs as same_incident
from marsad.ledger.alike import MAIN, Opening, acts, resemblance, total
from marsad.ledger.joining import is_compared
from marsad.ledger.mentions import mentions_of
from marsad.ledger.model import Mention
from marsad.ledger.words import content_keys
from marsad.model.errors import MarsadError
from marsad.reading.frames import status_words
from marsad.reading.single import read_one
from marsad.reading.speech_words import say_verbs
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.text.numbers import read_quantity
from marsad.text.tokens import tokenize

CLASSES = ("agree", "disagree")
FOLDS = 10
SHUFFLINGS = 20
SWAPS = 3  # words of each side that are paired as perhaps opposite
Features = dict[str, float]


class Headline(NamedTuple):
    """A headline with what is compared."""

    keys: frozenset[str]
    numbers: frozenset[int]
    negated: bool
    denies: bool
    mentions: tuple[Mention, ...]


@cache
def read(text: str) -> Headline:
    """What the program makes of a headline that stands alone."""
    tokens = tokenize(text)
    quantities = (read_quantity(tokens, i) for i in range(len(tokens)))
    words = (status_words().match(tokens, i) for i in range(len(tokens)))
    said = (say_verbs().match(t.key) for t in tokens)
    try:
        record = read_one(text, published="2018-06-01")
        mentions = tuple(m for m in mentions_of(record, "page") if is_compared(m))
    except MarsadError:
        mentions = ()
    return Headline(
        keys=frozenset(content_keys(text)),
        numbers=frozenset(q.low for q in quantities if q),
        negated=any(m is not None and m.value.effect == "denied" for m in words),
        denies=any(m.value.means == "deny" for found in said for m in found),
        mentions=mentions,
    )


# ---- the record's own signs


def signs(a: Headline, b: Headline) -> set[str]:
    """In what the most alike acts of two headlines contradict each other; `act` where they are one otherwise."""
    scored = [(total(acts(x, y)), x, y) for x in a.mentions for y in b.mentions]
    if not scored:
        return set()
    best, one, two = max(scored, key=lambda row: row[0])
    against = {r.name for r in acts(one, two) if r.weight < 0 and r.name in ("actors", "recipients", "harm", "place")}
    found = against | ({"status"} if (one.status == "denied") != (two.status == "denied") else set())
    return found | ({"act"} if best >= MAIN else set())


def by_signs(a: Headline, b: Headline) -> str:
    """The class that the record's own signs give a pair."""
    found = signs(a, b)
    if found - {"act"}:
        return "disagree"
    return "agree" if "act" in found else "other"


# ---- features


def shape(a: Headline, b: Headline) -> Features:
    """How much two headlines share."""
    both, either = a.keys & b.keys, a.keys | b.keys
    return {
        "alike": resemblance(Opening(a.keys), Opening(b.keys)),
        "shared": len(both) / max(len(either), 1),
        "within": len(both) / max(min(len(a.keys), len(b.keys)), 1),
        "longer": abs(len(a.keys) - len(b.keys)) / max(len(either), 1),
    }


def cues(a: Headline, b: Headline) -> Features:
    """Negation, denial and numbers on one side alone."""
    return {
        "negated once": float(a.negated != b.negated),
        "denied once": float(a.denies != b.denies),
        "other numbers": float(bool(a.numbers and b.numbers and a.numbers != b.numbers)),
        "same numbers": float(bool(a.numbers & b.numbers)),
        "number once": float(bool(a.numbers) != bool(b.numbers)),
    }


def recorded(a: Headline, b: Headline) -> Features:
    """The record's own signs."""
    told = {f"sign {name}": 1.0 for name in signs(a, b)}
    types = [{m.type for m in side.mentions} for side in (a, b)]
    return {**told, "same type": float(bool(types[0] & types[1])), "no act": float(not (types[0] and types[1]))}


def words(a: Headline, b: Headline) -> Features:
    """The words of one side alone, and those of the two sides in pairs, of which some are opposites."""
    mine, other = sorted(a.keys - b.keys), sorted(b.keys - a.keys)
    found = {f"once {key}": 1.0 for key in (*mine, *other)}
    if len(mine) <= SWAPS and len(other) <= SWAPS:
        found |= {f"swap {'/'.join(sorted((x, y)))}": 1.0 for x in mine for y in other}
    return found


SETS: dict[str, tuple[Callable[[Headline, Headline], Features], ...]] = {
    "likeness alone": (shape,),
    "and negation, denial, numbers": (shape, cues),
    "and the record's signs": (shape, cues, recorded),
    "and the words": (shape, cues, recorded, words),
    "words without the record": (shape, cues, words),
}


def features(a: str, b: str, makers: Iterable[Callable[[Headline, Headline], Features]]) -> Features:
    """What a model knows of a pair; the same in either order."""
    return {k: v for make in makers for k, v in make(read(a), read(b)).items() if v}


def model() -> Pipeline:
    """A linear model of three classes."""
    return make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(C=1.0, max_iter=2000))


# ---- measuring


def groups(rows: list[dict[str, str]]) -> list[str]:
    """The group of each pair: pairs that share a headline stand together."""
    root: dict[str, str] = {}

    def find(text: str) -> str:
        while root.setdefault(text, text) != text:
            text = root[text]
        return text

    for row in rows:
        root[find(row["s1"])] = find(row["s2"])
    return [find(row["s1"]) for row in rows]


def report(name: str, gold: list[str], found: Iterable[str]) -> None:
    """One line of precision, recall and F1 of both classes."""
    scores = precision_recall_fscore_support(gold, list(found), labels=CLASSES, zero_division=0)
    line = "  ".join(f"{c} {scores[0][i]:.3f} {scores[1][i]:.3f} {scores[2][i]:.3f}" for i, c in enumerate(CLASSES))
    print(f"{name:32s} {line}")


def learnt(rows: list[dict[str, str]]) -> Pipeline:
    """Print what each set of features gives; return the model of the last but one."""
    gold = [row["stance"] for row in rows]
    report("always disagree", gold, ["disagree"] * len(gold))
    report("the record's own signs", gold, (by_signs(read(r["s1"]), read(r["s2"])) for r in rows))
    print(f"   pairs of which these signs say anything: {sum(bool(signs(read(r['s1']), read(r['s2']))) for r in rows)}")
    for name, makers in SETS.items():
        data = [features(r["s1"], r["s2"], makers) for r in rows]
        report(name, gold, cross_val_predict(model(), data, gold, groups=groups(rows), cv=GroupKFold(FOLDS)))
    makers = SETS["and the words"]
    return model().fit([features(r["s1"], r["s2"], makers) for r in rows], gold)


def opinion(stance: Pipeline, a: str, b: str) -> dict[str, float]:
    """The probability of each class."""
    chances = stance.predict_proba([features(a, b, SETS["and the words"])])[0]
    return dict(zip(stance.classes_, (float(c) for c in chances), strict=True))


def news(data: pathlib.Path, stance: Pipeline) -> None:
    """What the model says of headlines as outlets write them."""
    with gzip.open(data / "ant2018.jsonl.gz", "rt", encoding="utf-8") as lines:
        headlines = {row["id"]: row["headline"] for row in map(json.loads, lines)}
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/week.marsad", create=True) as ledger:
        same_incident.read(data, ledger)
        evidence(ledger, headlines, stance)
        marks(ledger, headlines, stance)


def evidence(ledger: Ledger, headlines: dict[str, str], stance: Pipeline) -> None:
    """Whether the opinion helps to tell the same incident, beside what the ledger's first step knows."""
    judged = [json.loads(line) for line in same_incident.GOLD.read_text(encoding="utf-8").splitlines()]
    judged = [row for row in judged if row["label"] != "contains"]
    gold = [row["label"] == "same" for row in judged]
    known = [_known(ledger, row) for row in judged]
    said = [opinion(stance, headlines[row["a"]], headlines[row["b"]]) for row in judged]
    alike = [shape(read(headlines[row["a"]]), read(headlines[row["b"]]))["alike"] for row in judged]
    first: list[Any] = []
    for name, extra in {
        "first step's grounds": [{} for _ in said],
        "and the headlines' likeness": [{"alike": value} for value in alike],
        "and the chance of agreement": [{"agree": o["agree"]} for o in said],
        "and of contradiction": [{"agree": o["agree"], "disagree": o["disagree"]} for o in said],
    }.items():
        rows = [{**k, **e} for k, e in zip(known, extra, strict=True)]
        made = make_pipeline(DictVectorizer(sparse=False), LogisticRegression(C=10.0, max_iter=2000))
        shuffled = [StratifiedKFold(FOLDS, shuffle=True, random_state=seed) for seed in range(SHUFFLINGS)]
        hits = [cross_val_predict(made, rows, gold, cv=folds) for folds in shuffled]
        first = first or hits
        low, high = interval(np.array(gold), first, hits)
        print(f"same incident, {name:28s} F1 {f1(np.array(gold), hits):.3f}, more by {low:+.3f} to {high:+.3f}")


def f1(gold: Any, hits: list[Any]) -> float:
    """The mean F1 over the shufflings."""
    return float(np.mean([2 * sum(hit & gold) / (sum(hit) + sum(gold)) for hit in hits]))


def interval(gold: Any, before: list[Any], after: list[Any]) -> tuple[float, float]:
    """The 95 % interval of the gain, by drawing the pairs anew."""
    chance = np.random.default_rng(0)
    draws = (chance.integers(len(gold), size=len(gold)) for _ in range(1000))
    gains = [f1(gold[d], [hit[d] for hit in after]) - f1(gold[d], [hit[d] for hit in before]) for d in draws]
    low, high = np.quantile(gains, [0.025, 0.975])
    return float(low), float(high)


def _known(ledger: Ledger, row: dict[str, Any]) -> Features:
    asked = "SELECT opening, published FROM pages WHERE id = ?"
    (one, day), (other, next_day) = (ledger._db.execute(asked, (row[side],)).fetchone() for side in "ab")
    sides = [Opening(*map(frozenset, json.loads(opening))) for opening in (one, other)]
    apart = abs((date.fromisoformat(day) - date.fromisoformat(next_day)).days)
    return {"openings": resemblance(*sides), "apart": float(apart)}


def marks(ledger: Ledger, headlines: dict[str, str], stance: Pipeline) -> None:
    """How often two outlets' headlines of one incident are called a contradiction, beside what the record calls one."""
    seen = set()
    for incident in ledger.incidents(Filter(background=True)):
        outlets = {p: (page.publisher if (page := ledger.page(p)) else None) for p in incident.pages}
        seen |= {(a, b) for a in incident.pages for b in incident.pages if a < b and outlets[a] != outlets[b]}
    said = {pair: opinion(stance, headlines[pair[0]], headlines[pair[1]]) for pair in seen}
    called = [pair for pair, o in said.items() if max(o, key=o.__getitem__) == "disagree"]
    print(f"{len(seen)} pairs of two outlets' headlines of one incident, {len(called)} called a contradiction")
    surest = sorted(called, key=lambda pair: (-said[pair]["disagree"], pair))[:50]
    print("the surest:", *("/".join(pair) for pair in surest))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    options = parser.parse_args()
    with (options.data / "headline-stance.train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    news(options.data, learnt(rows))


if __name__ == "__main__":
    main()
