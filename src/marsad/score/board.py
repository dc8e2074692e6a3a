"""The figures: findings are paired one to one, best match first; precision, recall and F1 are counted over the pairs.

The measures are those of the project's benchmark, so that a figure on one's own gold can be set beside the published
ones. Matches ask for the same line; statements for half of the content, times for a third of the words, events for the
same type; what is asked "of the matched" is counted over the pairs only.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from marsad.model.record import Record
from marsad.score.gold import Gold
from marsad.score.views import Offered, Placed, Said, Span, Told, View, view_gold, view_record, words

G = TypeVar("G")
F = TypeVar("F")
_HAPPENED: Final = frozenset({"reported", "claimed"})
_WIDE: Final = frozenset({"region", "country", "sea"})
_EARTH: Final = 12742.0  # km, its diameter


class Row(NamedTuple):
    """One line of the scoreboard: what it counts, and its figures by name in the order in which they are shown."""

    name: str
    figures: dict[str, float | int | None]


class _Tally:
    """Right, wanted and found, for precision, recall and F1."""

    def __init__(self) -> None:
        self.right = self.gold = self.found = 0

    def add(self, right: int, gold: int, found: int) -> None:
        self.right, self.gold, self.found = self.right + right, self.gold + gold, self.found + found

    def figures(self) -> dict[str, float | int | None]:
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.gold if self.gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return {"f1": _round(f), "precision": _round(p), "recall": _round(r), "gold": self.gold, "found": self.found}


class _Board:
    """Tallies and shares in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.tallies: dict[str, _Tally] = defaultdict(_Tally)
        self.shares: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def tick(self, name: str, right: bool) -> None:
        self.shares[name][0] += right
        self.shares[name][1] += 1

    def rows(self) -> list[Row]:
        found = [Row(name, t.figures()) for name, t in self.tallies.items() if t.gold or t.found]
        shares = [
            Row(f"of the matched: {name}", {"accuracy": _round(a / b), "right": a, "of": b})
            for name, (a, b) in self.shares.items()
        ]
        return found + shares


def score(gold: Sequence[Gold], records: Mapping[str, Record]) -> list[Row]:
    """Compare records with a gold file.

    Args:
        gold: its lines.
        records: the records by the lines' ids; a line without one counts as read and empty.

    Returns:
        The scoreboard: articles and texts with events first, then single events by sentence, then detection.
    """
    views = {id_: view_record(r) for id_, r in records.items()}
    board = _Board()
    for g in gold:
        if g.kind in ("article", "events"):
            _compare(board, g, view_gold(g), views.get(g.id, View()))
    rows = board.rows()
    rows += _sentences([g for g in gold if g.kind == "sentence"], views)
    rows += _detection([g for g in gold if g.kind == "detection"], views)
    return rows


def _round(x: float) -> float:
    return round(x, 3)


def overlap(a: Span, b: Span) -> float:
    """The share of two spans that both cover.

    Args:
        a, b: first character and the one after the last.
    """
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, inter) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def pairs(gold: Sequence[G], found: Sequence[F], value: Callable[[G, F], float], least: float) -> list[tuple[G, F]]:
    """Greedy one-to-one matching, best value first.

    Args:
        gold, found: what is matched.
        value: how well two match.
        least: the value below which nothing is matched.
    """
    table = sorted(((-value(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)))
    wanted: set[int] = set()
    used: set[int] = set()
    matched = []
    for v, i, j in table:
        if -v >= least and i not in wanted and j not in used:
            wanted.add(i)
            used.add(j)
            matched.append((gold[i], found[j]))
    return matched


def _same_name(a: str, b: str) -> float:
    x, y = words(a), words(b)
    return len(x & y) / max(1, min(len(x), len(y)))


def _compare(board: _Board, gold: Gold, g: View, f: View) -> None:
    """Put an article's comparison on the board; only what was coded is compared."""
    coded = gold.gold
    if "statements" in coded and gold.kind == "article":
        _statements(board, g.said, f.said)
    if "events" in coded:
        _events(board, g.told, f.told)
    if "times" in coded and gold.kind == "article":
        near = pairs(g.timed, f.timed, lambda a, b: overlap(a.span, b.span) if a.line == b.line else 0, 0.3)
        right = sum(a.days == b.days for a, b in near)
        board.tallies["times: found and resolved"].add(right, len(g.timed), len(f.timed))
    if "places" in coded and gold.kind == "article":
        right = len(pairs(g.placed, f.placed, _near, 1))
        board.tallies["places: found and located"].add(right, len(g.placed), len(f.placed))
    if "proposals" in coded:
        _proposals(board, g.offered, f.offered)
    if "truces" in coded:
        right = len(pairs(g.truces, f.truces, lambda a, b: 1 if a & b else 0, 1))
        board.tallies["truces"].add(right, len(g.truces), len(f.truces))
    if "alignments" in coded:
        right = sum((Counter(g.ties) & Counter(f.ties)).values())
        board.tallies["alignments"].add(right, len(g.ties), len(f.ties))


def _statements(board: _Board, gold: list[Said], found: list[Said]) -> None:
    matched = pairs(gold, found, lambda a, b: overlap(a.span, b.span) if a.line == b.line else 0, 0.5)
    board.tallies["statements: content"].add(len(matched), len(gold), len(found))
    right = sum(_same_name(a.names, b.names) >= 0.5 for a, b in matched)
    board.tallies["statements: content and speaker"].add(right, len(gold), len(found))
    for a, b in matched:
        if a.code:
            board.tick("speaker's code", a.code == b.code)
        carried = all(any(_same_name(x, y) >= 0.5 for y in b.via) for x in a.via)
        board.tick("via", bool(a.via) == bool(b.via) and carried)


def _events(board: _Board, gold: list[Told], found: list[Told]) -> None:
    matched = pairs(gold, found, _alike, 1)
    board.tallies["events: type"].add(len(matched), len(gold), len(found))
    both = sum(a.sides[0] == b.sides[0] and (not a.sides[1] or a.sides[1] == b.sides[1]) for a, b in matched)
    board.tallies["events: type and both sides"].add(both, len(gold), len(found))
    for a, b in matched:
        board.tick("status", a.status == b.status)
        if a.mode:
            board.tick("mode", a.mode == b.mode)
        if a.by:
            board.tick("claimed by", bool(a.by & b.by))
        if a.date:
            board.tick("date", a.date == b.date)
    for kind in ("killed", "injured"):
        want = Counter((e.line, e.harm[kind]) for e in gold if kind in e.harm)
        have = Counter((e.line, e.harm[kind]) for e in found if kind in e.harm)
        right = sum((want & have).values())
        board.tallies["casualties"].add(right, sum(want.values()), sum(have.values()))


def _alike(a: Told, b: Told) -> float:
    if a.line != b.line or a.type != b.type:
        return 0
    return 1 + overlap(a.span, b.span) + (a.sides[0] == b.sides[0]) + (a.sides[1] == b.sides[1])


def _near(a: Placed, b: Placed) -> float:
    """Whether two places are one: 150 km for wide ones, 50 km for towns, and a word of the name in common."""
    if a.at is None or b.at is None:
        return 0
    p, q = math.radians(a.at[0]), math.radians(b.at[0])
    h = math.sin((q - p) / 2) ** 2
    h += math.cos(p) * math.cos(q) * math.sin(math.radians(b.at[1] - a.at[1]) / 2) ** 2
    near = _EARTH * math.asin(math.sqrt(h)) <= (150 if a.kind in _WIDE else 50)
    return 1 if near and _same_name(a.name, b.name) > 0 else 0


def _proposals(board: _Board, gold: list[Offered], found: list[Offered]) -> None:
    matched = pairs(gold, found, lambda a, b: 1 if a.by & b.by else 0, 1)
    board.tallies["proposals"].add(len(matched), len(gold), len(found))
    for a, b in matched:
        left = list(b.answers)
        for answer in a.answers:
            board.tick("answers", answer in left)
            if answer in left:
                left.remove(answer)


def _sentences(gold: Sequence[Gold], views: Mapping[str, View]) -> list[Row]:
    """One published event of each sentence: its type, then its sides too; events of other types are counted."""
    if not gold:
        return []
    of: Counter[str] = Counter()
    right: Counter[str] = Counter()
    extra = 0
    for g in gold:
        told = views.get(g.id, View()).told
        hits = [e for e in told if e.type == g.gold["type"]]
        extra += len(told) - len(hits)
        if g.gold.get("type_doubtful"):
            continue
        of["type"] += 1
        right["type"] += bool(hits)
        if g.gold.get("actors_doubtful"):
            continue
        want = _gold_codes(g, "actors"), _gold_codes(g, "recipients")
        of["type and actors"] += 1
        right["type and actors"] += any(want[0] <= e.codes[0] for e in hits)
        of["type, actors and recipients"] += 1
        right["type, actors and recipients"] += any(want[0] <= e.codes[0] and want[1] <= e.codes[1] for e in hits)
    rows = [Row(k, {"recall": _round(right[k] / n), "of": n}) for k, n in of.items()]
    return [*rows, Row("events of another type, a sentence", {"mean": round(extra / len(gold), 2)})]


def _gold_codes(g: Gold, key: str) -> frozenset[str]:
    view = view_gold(g._replace(kind="events", gold={"events": [{"type": g.gold["type"], key: g.gold.get(key)}]}))
    return view.told[0].codes[0 if key == "actors" else 1]


def _detection(gold: Sequence[Gold], views: Mapping[str, View]) -> list[Row]:
    """Whether a sentence tells an act of a type as its own news, where coders were clear."""
    rows: list[Row] = []
    for kind in sorted({g.gold["type"] for g in gold}):
        tally, found = _Tally(), [0, 0]
        shares = {"trigger": [0, 0], "actor's country": [0, 0], "recipient's country": [0, 0]}
        for g in gold:
            if g.gold["type"] != kind or g.gold["label"] == "ambiguous":
                continue
            hits = [e for e in views.get(g.id, View()).told if e.type == kind and e.status in _HAPPENED]
            yes, front = g.gold["label"] == "yes", any(e.front for e in hits)
            if g.gold["label"] != "difficult no":
                tally.add(yes and front, yes, front)
            if yes:
                found = [found[0] + bool(hits), found[1] + 1]
            _codings(g, hits, shares)
        rows.append(Row(f"{kind}: detection, foreground, clear sentences", tally.figures()))
        rows.append(Row(f"{kind}: positives found at all", {"recall": _share(found), "of": found[1]}))
        rows += [
            Row(f"{kind}: {name} as one of the coders", {"recall": _share(share), "of": share[1]})
            for name, share in shares.items()
        ]
    return rows


def _codings(g: Gold, hits: Sequence[Told], shares: dict[str, list[int]]) -> None:
    """What single coders wrote of a sentence's act: trigger and both countries."""
    codings = g.gold.get("codings") or []
    for key, name, side in (("actor_code", "actor's country", 0), ("recipient_code", "recipient's country", 1)):
        want = {c[key]["code"] for c in codings if c.get(key) and c[key].get("code")}
        if want:
            shares[name][0] += any(e.codes[side] & want for e in hits)
            shares[name][1] += 1
    triggers = [words(c["trigger"]) for c in codings if c.get("trigger")]
    if triggers:
        shares["trigger"][0] += any(words(e.words) & w for e in hits for w in triggers)
        shares["trigger"][1] += 1


def _share(share: Sequence[int]) -> float | None:
    return _round(share[0] / share[1]) if share[1] else None


def missed_and_invented(gold: Sequence[Gold], records: Mapping[str, Record]) -> Iterator[tuple[str, str, Told]]:
    """The events that only the gold or only the records tell.

    Args:
        gold: the gold's lines.
        records: the records by the lines' ids.

    Yields:
        `missed` or `invented`, the line's id, and the event.
    """
    for g in gold:
        if g.kind not in ("article", "events") or "events" not in g.gold:
            continue
        want = view_gold(g).told
        have = view_record(records[g.id]).told if g.id in records else []
        matched = pairs(want, have, _alike, 1)
        hit = {id(a) for a, _ in matched} | {id(b) for _, b in matched}
        yield from (("missed", g.id, e) for e in want if id(e) not in hit)
        yield from (("invented", g.id, e) for e in have if id(e) not in hit)
