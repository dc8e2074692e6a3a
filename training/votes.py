"""Train the votes on events (what is one, who acts, who is acted on) from our own annotations.

    python training/votes.py [--data ../shared/data] [--out src/marsad/language/ar/models] [--also GOLD.jsonl …]

The annotated articles (`training/annotations.jsonl`, less those kept apart) get their text from the corpora in
`--data`. Prints what the votes make of them, cross-validated by article, beside what the written rules make of them;
writes models trained on all; then prints the same for the articles kept apart and for each GOLD of `--also`, which no
model has seen.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy
import pycrfsuite
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from annotations import articles
from marsad.page import read_page
from marsad.reading import event_votes
from marsad.reading.actors import group_of
from marsad.reading.choice import Choice, packed
from marsad.reading.reader import Reading, read_reading
from marsad.reading.side_features import Camp, camps, nobody
from marsad.reading.side_votes import ROLES, Council, settled
from marsad.reading.telling import Telling
from marsad.reading.votes import Voter
from marsad.score.board import overlap, pairs
from marsad.score.views import same_code

FOLDS = 8
RARE = 2


class Event(NamedTuple):
    """One annotated event: line, span in it, type, status, claimants' codes and sides."""

    line: int
    span: tuple[int, int]
    type: str
    actors: frozenset[Camp]
    recipients: frozenset[Camp]
    row: dict[str, Any]


class Item(NamedTuple):
    """An article: its reading, its annotated events, what may be an event, and the pairs of both that tell the same."""

    id: str
    reading: Reading
    council: Council
    gold: list[Event]
    acts: list[Telling]
    pairs: list[tuple[Event, Telling]]


def camp(entity: dict[str, Any]) -> Camp:
    """The camp of an annotated entity, as `camp_of` tells a draft's."""
    return same_code(entity.get("code")) or "?", group_of(entity.get("sector"))


def events(row: dict[str, Any]) -> list[Event]:
    """The annotated events of an article's paragraphs; the program reads a headline for names only."""
    found = []
    for e in row["gold"]["events"]:
        if e["p"] == "h":
            continue
        at = max(0, row["paragraphs"][int(e["p"])].find(e["trigger"]))
        sides = [frozenset(camp(x) for x in e[k] or []) for k in ("actors", "recipients")]
        found.append(Event(int(e["p"]) + 1, (at, at + len(e["trigger"])), e["type"], sides[0], sides[1], e))
    return found


def read(row: dict[str, Any]) -> Reading:
    """An article as the rules alone read it."""
    page = read_page("\n".join(row["paragraphs"]), headline=row["headline"], published=row.get("published"))
    return read_reading(page, voted=False, judged=False)


def pair(
    reading: Reading, gold: Sequence[Event], tellings: Sequence[Telling], sides: dict[int, Sides] | None = None
) -> list[tuple[Event, Telling]]:
    """Annotated and read events of one line and type, best overlap first, as the benchmark pairs them.

    Args:
        reading: the article's reading.
        gold: its annotated events.
        tellings: the read ones.
        sides: the read ones' sides, by identity; what the rules gave them by default.
    """
    text = reading.page.text

    def alike(e: Event, t: Telling) -> float:
        start = text.rfind("\n", 0, t.trigger[0]) + 1
        if t.type != e.type or text.count("\n", 0, start) != e.line:
            return 0
        one, two = sides[id(t)] if sides is not None else (camps(t.actors), camps(t.recipients))
        value = (
            1
            + overlap(e.span, (t.trigger[0] - start, t.trigger[1] - start))
            + (one == e.actors)
            + (two == e.recipients)
        )
        return value if sides is not None else value - 0.5 * bool(t.weak)

    return pairs(gold, tellings, alike, 0.5)


Sides = tuple[frozenset[Camp], frozenset[Camp]]


def items(rows: Sequence[dict[str, Any]]) -> list[Item]:
    """The annotated articles, read."""
    found = []
    for row in rows:
        reading = read(row)
        gold = events(row)
        acts = [t for t in reading.tellings if t.act.line.number >= 0] + list(reading.weak)
        acts.sort(key=lambda t: (t.act.line.number, t.act.at))
        council = Council([*reading.titles, *reading.lines], reading.registry, reading.tellings)
        found.append(Item(row["id"], reading, council, gold, acts, pair(reading, gold, acts)))
    return found


Example = tuple[list[str], str]


class Side(NamedTuple):
    """One choice of a side: the features of each candidate, nobody last, and which of them the coders chose."""

    candidates: list[list[str]]
    chosen: list[bool]


def side_examples(item: Item, role: str, acting: Mapping[int, frozenset[Camp]] | None = None) -> list[Side]:
    """The choices of a role in an article's paired events.

    Args:
        item: the article.
        role: `actor` or `recipient`.
        acting: for recipients, the actors that a model which has not seen the article chose, by the event's identity.
    """
    found = []
    for e, t in item.pairs:
        wanted = e.actors if role == "actor" else e.recipients
        if role == "recipient" and not wanted:
            continue  # the benchmark asks for no recipient there: either may be right
        across = acting[id(t)] if acting is not None else None
        candidates = item.council.candidates(t)
        features = [item.council.features(t, c, role, across) for c in candidates]
        chosen = [c.camp in wanted for c in candidates]
        if any(chosen) or not wanted:
            found.append(Side([*features, nobody(t, role, across)], [*chosen, not wanted]))
    return found


def choose(data: Sequence[Side], smooth: float) -> Choice:
    """Fit a conditional logit: the likeliest weights, smoothed by a normal prior."""
    count = collections.Counter(f for side in data for features in side.candidates for f in features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= RARE))}
    places = [[index[f] for f in features if f in index] for side in data for features in side.candidates]
    ends = numpy.cumsum([0, *(len(p) for p in places)])
    flat = numpy.array([i for p in places for i in p], dtype=numpy.int32)
    told = csr_matrix((numpy.ones(len(flat)), flat, ends), shape=(len(places), len(index)))
    sizes = numpy.array([len(side.candidates) for side in data])
    starts = numpy.cumsum(sizes) - sizes
    group = numpy.repeat(numpy.arange(len(data)), sizes)
    chosen = numpy.array([float(c) for side in data for c in side.chosen])
    chosen /= numpy.add.reduceat(chosen, starts)[group]

    def cost(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        sums = told @ weights
        sums -= numpy.maximum.reduceat(sums, starts)[group]
        odds = numpy.exp(sums)
        total = numpy.add.reduceat(odds, starts)
        likely = float((chosen * (sums - numpy.log(total)[group])).sum())
        slope = told.T @ (odds / total[group] - chosen) + smooth * weights
        return smooth * float(weights @ weights) / 2 - likely, slope

    best = minimize(cost, numpy.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return Choice({f: round(float(best[i]), 3) for f, i in index.items()})


def crossed(data: Sequence[Item], folds: int, smooth: float) -> list[dict[int, frozenset[Camp]]]:
    """The actors of each article's events, chosen by a model that has not seen the article."""
    found: list[dict[int, frozenset[Camp]]] = [{} for _ in data]
    sides = [side_examples(i, "actor") for i in data]
    for fold in range(folds):
        model = choose([s for n in range(len(data)) if n % folds != fold for s in sides[n]], smooth)
        for n in range(fold, len(data), folds):
            for t in data[n].acts:
                shares = data[n].council.shares(t, "actor", model)
                found[n][id(t)] = frozenset(settled(camps(t.actors), shares, {}))
    return found


def event_examples(item: Item) -> list[Example]:
    """What may be an event of an article, with whether a coder wrote it down."""
    coded = {id(t) for _, t in item.pairs}
    return [
        (
            event_votes.features(t, *event_votes.company(t, item.reading.tellings), item.reading.registry),
            "y" if id(t) in coded else "n",
        )
        for t in item.acts
    ]


def train(data: Sequence[Example], path: pathlib.Path, c1: float, c2: float) -> Voter:
    """Train a model and write it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, label in data:
        trainer.append([features], [label])
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 200, "feature.minfreq": 2})
    trainer.train(str(path))
    return Voter(str(path))


class Panel(NamedTuple):
    """The models of all votes."""

    event: Voter
    actor: Choice
    recipient: Choice


def panel(data: Sequence[Item], path: pathlib.Path, options: argparse.Namespace) -> Panel:
    """Train every model on articles; the one on events is written to `path`."""
    acting = crossed(data, FOLDS, options.smooth)
    sides = [
        choose([s for i in data for s in side_examples(i, "actor")], options.smooth),
        choose(
            [s for i, a in zip(data, acting, strict=True) for s in side_examples(i, "recipient", a)], options.smooth
        ),
    ]
    event = train([x for i in data for x in event_examples(i)], path / "event.crfsuite", options.c1, options.c2)
    return Panel(event, *sides)


def judge(item: Item, models: Panel) -> collections.Counter[str]:
    """Right events and sides by the rules and by the votes."""
    count: collections.Counter[str] = collections.Counter()
    ruling = [t for t in item.acts if not t.weak]
    examples = event_examples(item)
    elected = [
        t for t, (f, _) in zip(item.acts, examples, strict=True) if event_votes.elected(t, models.event.chance(f))
    ]
    count["gold"], count["reach"] = len(item.gold), len(item.pairs)
    ruled = {id(t): (camps(t.actors), camps(t.recipients)) for t in item.acts}
    voted = {
        id(t): tuple(frozenset(x) for x in item.council.decide(t, models.actor, models.recipient)) for t in item.acts
    }
    for name, chosen, sides in (
        ("rule", ruling, ruled),
        ("rule+sides", ruling, voted),
        ("vote+rule sides", elected, ruled),
        ("vote", elected, voted),
    ):
        count[f"{name}: found"] += len(chosen)
        for e, t in pair(item.reading, item.gold, chosen, sides):
            one, two = sides[id(t)]
            count[f"{name}: type"] += 1
            count[f"{name}: actors"] += one == e.actors
            count[f"{name}: recipients"] += not e.recipients or two == e.recipients
            count[f"{name}: both"] += one == e.actors and (not e.recipients or two == e.recipients)
    return count


def report(count: collections.Counter[str], what: str) -> None:
    """Print the figures."""
    print(f"{what}: {count['gold']} annotated, {count['reach']} of them have a candidate")
    for name in ("rule", "rule+sides", "vote+rule sides", "vote"):
        found, both = count[f"{name}: found"], max(1, count["gold"] + count[f"{name}: found"])
        pairs = max(1, count[f"{name}: type"])
        f = {k: 2 * count[f"{name}: {k}"] / both for k in ("type", "both")}
        print(
            f"  {name:16} found {found}  F1 by type {f['type']:.3f}  with both sides {f['both']:.3f}"
            f"  of the matched: actors {count[f'{name}: actors'] / pairs:.3f}"
            f" recipients {count[f'{name}: recipients'] / pairs:.3f}"
        )


def main() -> None:
    """Cross-validate, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--also", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/marsad/language/ar/models"))
    parser.add_argument("--c1", type=float, default=0.0, help="of the vote on events")
    parser.add_argument("--c2", type=float, default=10.0, help="of the vote on events")
    parser.add_argument("--smooth", type=float, default=10.0, help="of the choices of sides")
    options = parser.parse_args()
    data = items(articles(options.data))
    count: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for fold in range(FOLDS):
            rest = [item for n, item in enumerate(data) if n % FOLDS != fold]
            models = panel(rest, pathlib.Path(scratch), options)
            for item in data[fold::FOLDS]:
                count += judge(item, models)
    report(count, f"cross-validated over {len(data)} articles")
    models = panel(data, options.out, options)
    for role, model in zip(ROLES, (models.actor, models.recipient), strict=True):
        (options.out / f"side-{role}.tsv.gz").write_bytes(packed(model.weights))
    apart = {"kept apart": articles(options.data, test=True)}
    for path in options.also:
        apart[path.name] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for name, rows in apart.items():
        total: collections.Counter[str] = collections.Counter()
        for item in items(rows):
            total += judge(item, models)
        report(total, name)


if __name__ == "__main__":
    main()
