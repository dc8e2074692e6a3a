"""An incident's casualties as ranges: under each rule, and as each claimant counts; with the places of a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

from marsad.ledger.model import Incident, Mention, Party, Range
from marsad.ledger.ranges import Figure, figures, highest, party_key
from marsad.model.record import HARM_KINDS, HarmKind

Rule = Literal["conservative", "low-best-high", "by-claimant"]
_STEPS: Final = (1, 2, 2.5, 5, 10)
_NEAR: Final = 3.0  # per cent of the chart's width: marks at its ends stay whole
_FAR: Final = 97.0


class Bar(msgspec.Struct, frozen=True):
    """A range of a kind of harm.

    Attributes:
        rule: the named rule it follows; None where it is what one claimant says.
        claimant: who says it; None for a rule, and for the outlets' own voice.
        low, best, high: the figures; `best` None where nobody weighs them.
        open: whether the highest is "at least" so many.
        told: the numbers of the mentions from which the figures were taken.
        start, middle, end: where they stand in a chart, in per cent of its width.
    """

    rule: Rule | None
    claimant: Party | None
    low: int
    best: int | None
    high: int
    open: bool
    told: list[int]
    start: float
    middle: float | None
    end: float


class Harm(msgspec.Struct, frozen=True):
    """One kind of harm: its ranges under the rules, then those of the claimants.

    Attributes:
        kind: killed, injured, captured, missing, displaced.
        rules, claimants: the ranges.
        ticks: the figures of the chart's scale, each with its place in per cent.
    """

    kind: HarmKind
    rules: list[Bar]
    claimants: list[Bar]
    ticks: list[tuple[int, float]]


def harm_of(incident: Incident, mentions: Sequence[Mention], copied: Mapping[str, str]) -> list[Harm]:
    """The casualties of an incident.

    Args:
        incident: the incident.
        mentions: its mentions, in the ledger's order.
        copied: the independent source of each page.
    """
    number = {m.id: n for n, m in enumerate(mentions, start=1)}
    found = []
    for kind in HARM_KINDS:
        ruled = [r for r in incident.ranges if r.kind == kind]
        if ruled:
            told = [f for m in mentions for f in figures(m, kind, copied)]
            chart = _Chart(max(f.high or f.low for f in told))
            rules = [_ruled(r, number, chart) for r in ruled]
            found.append(Harm(kind, rules, list(_claimed(kind, mentions, copied, chart)), chart.ticks))
    return found


class _Chart:
    """A scale from nothing to a round figure above the highest one."""

    def __init__(self, highest: int) -> None:
        self._top = _round_up(max(highest, 1))
        steps = 4 if self._top % 4 == 0 else 5 if self._top % 5 == 0 else 1
        self.ticks = [(self._top * n // steps, self.at(self._top * n // steps)) for n in range(steps + 1)]

    def at(self, figure: int) -> float:
        """Where a figure stands, in per cent of the width."""
        return round(_NEAR + (_FAR - _NEAR) * figure / self._top, 2)


def _round_up(figure: int) -> int:
    power = 10 ** (len(str(figure)) - 1)
    return next(int(step * power) for step in _STEPS if step * power >= figure and step * power == int(step * power))


def _ruled(found: Range, number: Mapping[str, int], chart: _Chart) -> Bar:
    told = sorted({number[i] for i in (*found.low_from, *found.best_from, *found.high_from) if i in number})
    ends = (found.low, found.best, found.high if found.high is not None else found.low, found.open)
    return _bar(found.rule, None, ends, told, chart)  # type: ignore[arg-type]


def _claimed(kind: HarmKind, mentions: Sequence[Mention], copied: Mapping[str, str], chart: _Chart) -> Iterator[Bar]:
    """What each claimant counts, from his lowest to his highest figure."""
    parties = _by_key(mentions)
    told: dict[str, list[tuple[int, Figure]]] = {}
    for n, mention in enumerate(mentions, start=1):
        for figure in figures(mention, kind, copied):
            told.setdefault(figure.claimant, []).append((n, figure))
    for key in sorted(told, key=lambda k: k != ""):
        high, is_open = highest((f.low, f.high) for _, f in told[key])
        low = min(f.low for _, f in told[key])
        numbers = list(dict.fromkeys(n for n, _ in told[key]))
        yield _bar(None, parties.get(key), (low, None, high, is_open), numbers, chart)


def _by_key(mentions: Sequence[Mention]) -> dict[str, Party]:
    """Those who may be the claimant of a figure, by what they are told apart."""
    found: dict[str, Party] = {}
    for m in mentions:
        counting = (t.according_to for t in m.tolls)
        for party in (*counting, *m.claimed_by, m.speaker):
            if party:
                found.setdefault(party_key(party), party)
    return found


def _bar(
    rule: Rule | None,
    claimant: Party | None,
    ends: tuple[int, int | None, int, bool],
    told: list[int],
    chart: _Chart,
) -> Bar:
    low, best, high, is_open = ends
    middle = None if best is None else chart.at(best)
    end = _FAR if is_open else chart.at(high)  # "at least" runs to the edge
    return Bar(rule, claimant, low, best, high, is_open, told, chart.at(low), middle, end)
