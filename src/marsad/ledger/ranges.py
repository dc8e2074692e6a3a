"""Casualties as ranges: the same claims under named rules, so that no number wins without saying by which rule.

- `conservative`, ACLED's way: the lowest figure that any source gives.
- `low-best-high`, UCDP's way: the lowest figure, the one that most independent sources give, the highest.
- `by-claimant`, Airwars' way: from the lowest to the highest of what the claimants say, outlets' own voice being one.

Where the highest figure is only a lower bound ("at least 46") and nobody sets it an end, the range is open above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from marsad.ledger.alike import whose
from marsad.ledger.model import Mention, Party, Range, Toll
from marsad.model.record import HARM_KINDS, HarmKind

RULES: Final = ("conservative", "low-best-high", "by-claimant")


class Figure(NamedTuple):
    """What one mention says of one kind of harm; `high` None for "at least"."""

    mention: str
    source: str
    claimant: str
    low: int
    high: int | None


def ranges(mentions: Sequence[Mention], sources: Mapping[str, str]) -> tuple[Range, ...]:
    """The casualties of an incident under each rule.

    Args:
        mentions: the incident's mentions, in the ledger's order.
        sources: the independent source of each page, by page id: a copy's original.

    Returns:
        One range for each kind of harm that is told and each rule, in the order of `HARM_KINDS` and `RULES`.
    """
    found = []
    for kind in HARM_KINDS:
        told = [f for m in mentions for f in figures(m, kind, sources)]
        if told:
            found += [_conservative(kind, told), _low_best_high(kind, told), _by_claimant(kind, told)]
    return tuple(found)


def figures(mention: Mention, kind: HarmKind, sources: Mapping[str, str]) -> list[Figure]:
    """What a mention says of a kind of harm, claimant by claimant.

    Groups that one claimant counts apart («ثلاثة جنود وخمسة مدنيين») are summed; a total beside its parts is not.

    Args:
        mention: the mention.
        kind: the kind of harm.
        sources: the independent source of each page.
    """
    by: dict[str, list[Toll]] = {}
    for toll in mention.tolls:
        if toll.kind == kind:
            by.setdefault(_claimant(toll.according_to, mention), []).append(toll)
    source = sources.get(mention.page, mention.page)
    return [Figure(mention.id, source, who, *_summed(tolls)) for who, tolls in by.items()]


def _summed(tolls: Sequence[Toll]) -> tuple[int, int | None]:
    """The least and the most that one claimant counts; None for the most where it is "at least"."""
    groups: dict[str | None, Toll] = {}
    for toll in tolls:
        who = toll.who.name if toll.who else None
        if who not in groups or toll.low > groups[who].low:
            groups[who] = toll
    whole, parts = groups.get(None), [t for who, t in groups.items() if who is not None]
    if whole and whole.low >= sum(t.low for t in parts):
        parts = [whole]
    highs = [t.high for t in parts]
    return sum(t.low for t in parts), None if None in highs else sum(h for h in highs if h is not None)


def _claimant(said: Party | None, mention: Mention) -> str:
    party = said or next(iter(mention.claimed_by), None) or mention.speaker
    return party_key(party) if party else ""


def party_key(party: Party) -> str:
    """By what a claimant is told from another: its country and sector, or the name of an international body."""
    return f"{whose(party)}/{party.sector}" if party.sector else whose(party)


def _conservative(kind: HarmKind, told: Sequence[Figure]) -> Range:
    low = min(f.low for f in told)
    by = _telling(told, low)
    return Range(
        kind=kind, rule="conservative", low=low, best=low, high=low, low_from=by, best_from=by, high_from=by,
        open=all(f.high is None for f in told if f.low == low),
    )  # fmt: skip


def _low_best_high(kind: HarmKind, told: Sequence[Figure]) -> Range:
    low, (high, is_open) = min(f.low for f in told), highest((f.low, f.high) for f in told)
    votes: dict[int, set[str]] = defaultdict(set)
    for f in told:
        votes[f.low].add(f.source)
    best = min(votes, key=lambda n: (-len(votes[n]), n))  # of equals the lower
    return Range(
        kind=kind, rule="low-best-high", low=low, best=best, high=high, open=is_open, low_from=_telling(told, low),
        best_from=_telling(told, best), high_from=_reaching(told, high),
    )  # fmt: skip


def _by_claimant(kind: HarmKind, told: Sequence[Figure]) -> Range:
    low, (high, is_open) = min(f.low for f in told), highest((f.low, f.high) for f in told)
    return Range(
        kind=kind, rule="by-claimant", low=low, high=high, open=is_open, low_from=_telling(told, low),
        high_from=_reaching(told, high),
    )  # fmt: skip


def highest(told: Iterable[tuple[int, int | None]]) -> tuple[int, bool]:
    """The most that is counted, and whether it is open: "at least" so many, which no other count sets an end.

    Args:
        told: the bounds of each count, the upper None for "at least".
    """
    bounds = list(told)
    most = max(_top(low, high) for low, high in bounds)
    return most, all(high != most for _, high in bounds)


def _top(low: int, high: int | None) -> int:
    return low if high is None else high


def _telling(told: Sequence[Figure], low: int) -> tuple[str, ...]:
    return tuple(f.mention for f in told if f.low == low)


def _reaching(told: Sequence[Figure], most: int) -> tuple[str, ...]:
    return tuple(f.mention for f in told if _top(f.low, f.high) == most)
