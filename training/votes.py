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
from collections.abc import Sequence
from typing import Any, NamedTuple

import pycrfsuite

from annotations import articles
from marsad.page import read_page
from marsad.reading import event_votes
from marsad.reading.actors import Draft, camp_of
from marsad.reading.reader import Reading, read_reading
from marsad.reading.side_votes import ROLES, Camp, Council
from marsad.reading.telling import Telling
from marsad.reading.votes import Voter

FOLDS = 8
VOTES = {"event": 2.0, "side-actor": 1.0, "side-recipient": 1.0}
"""The votes, and how much more than the others each is smoothed."""
GROUPS = {
    k: c
    for c, ks in {"state": "GOV MIL COP LEG JUD SPY ELI", "armed": "REB UAF CRM PRM", "political": "OPP PTY"}.items()
    for k in ks.split()
}


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
    code = {"UNO": "IGO", "EUR": "IGO"}.get(entity.get("code") or "", entity.get("code")) or "?"
    return code, GROUPS.get((entity.get("sector") or "GOV")[:3], "people") if entity.get("sector") else "state"


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


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """The share of two spans that both cover."""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, inter) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


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
    rows = []
    for j, t in enumerate(tellings):
        start = t.trigger[0]
        base = text.rfind("\n", 0, start) + 1
        number = text.count("\n", 0, start)
        span = (t.trigger[0] - base, t.trigger[1] - base)
        one, two = sides[id(t)] if sides is not None else (camps(t.actors), camps(t.recipients))
        for i, e in enumerate(gold):
            if number == e.line and t.type == e.type:
                value = overlap(e.span, span) + (one == e.actors) + (two == e.recipients)
                rows.append((-value if sides is not None else -value + 0.5 * bool(t.weak), i, j))
    used: set[tuple[str, int]] = set()
    found = []
    for _, i, j in sorted(rows):
        if ("gold", i) not in used and ("read", j) not in used:
            used |= {("gold", i), ("read", j)}
            found.append((gold[i], tellings[j]))
    return found


Sides = tuple[frozenset[Camp], frozenset[Camp]]


def camps(drafts: Sequence[Draft]) -> frozenset[Camp]:
    """The camps of drafts."""
    return frozenset(camp_of(d) for d in drafts)


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


def side_examples(item: Item, role: str) -> list[Example]:
    """The candidates of an article's paired events with whether each holds the role."""
    found = []
    for e, t in item.pairs:
        wanted = e.actors if role == "actor" else e.recipients
        if role == "recipient" and not wanted:
            continue  # the benchmark asks for no recipient there: either may be right
        for c in item.council.candidates(t):
            found.append((item.council.features(t, c, role), "y" if c.camp in wanted else "n"))
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
    actor: Voter
    recipient: Voter


def panel(
    prepared: dict[str, list[list[Example]]], chosen: Sequence[int], path: pathlib.Path, c1: float, c2: float
) -> Panel:
    """Train every model on the chosen articles, at `path` with the vote's name."""
    found = []
    for name in VOTES:
        rows = [x for n in chosen for x in prepared[name][n]]
        found.append(train(rows, path / f"{name}.crfsuite", c1, c2 * VOTES[name]))
    return Panel(*found)


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
    parser.add_argument("--c1", type=float, default=0.0)
    parser.add_argument("--c2", type=float, default=5.0)
    options = parser.parse_args()
    data = items(articles(options.data))
    prepared = {f"side-{role}": [side_examples(i, role) for i in data] for role in ROLES}
    prepared["event"] = [event_examples(i) for i in data]
    count: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for fold in range(FOLDS):
            held = [n for n in range(len(data)) if n % FOLDS == fold]
            rest = [n for n in range(len(data)) if n % FOLDS != fold]
            models = panel(prepared, rest, pathlib.Path(scratch), options.c1, options.c2)
            for n in held:
                count += judge(data[n], models)
    report(count, f"cross-validated over {len(data)} articles")
    models = panel(prepared, range(len(data)), options.out, options.c1, options.c2)
    for name, found in prepared.items():
        size = (options.out / f"{name}.crfsuite").stat().st_size
        print(f"{name}: {size:,} bytes, {sum(map(len, found)):,} examples")
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
