"""Casualties as ranges: the same claims under named rules, so that no number wins without saying by which rule.

- `conservative`, ACLED's way: the lowest figure that any source gives.
- `low-best-high`, UCDP's way: the lowest figure, the one that most independent sources give, the highest.
- `by-claimant`, Airwars' way: from the lowest to the highest of what the claimants say, outlets' own voice being one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from marsad.ledger.model import Mention, Party, Range
from marsad.model.record import HarmKind

RULES: Final = ("conservative", "low-best-high", "by-claimant")
KINDS: Final[tuple[HarmKind, ...]] = ("killed", "injured", "captured", "missing", "displaced")


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
        One range for each kind of harm that is told and each rule, in the order of `KINDS` and `RULES`.
    """
    found = []
    for kind in KINDS:
        figures = [f for m in mentions if (f := figure(m, kind, sources))]
        if figures:
            found += [_conservative(kind, figures), _low_best_high(kind, figures), _by_claimant(kind, figures)]
    return tuple(found)


def figure(mention: Mention, kind: HarmKind, sources: Mapping[str, str]) -> Figure | None:
    """What a mention says of a kind of harm: groups that are counted apart («ثلاثة جنود وخمسة مدنيين») are summed.

    Args:
        mention: the mention.
        kind: the kind of harm.
        sources: the independent source of each page.
    """
    groups: dict[str | None, tuple[int, int | None]] = {}
    claimant = None
    for toll in mention.tolls:
        who = toll.who.name if toll.who else None
        if toll.kind == kind and toll.low > groups.get(who, (-1, None))[0]:
            groups[who] = (toll.low, toll.high)
            claimant = toll.according_to or claimant
    if not groups:
        return None
    counted = [v for who, v in groups.items() if who is not None] or list(groups.values())
    whole = groups.get(None)
    if whole and whole[0] >= sum(low for low, _ in counted):
        counted = [whole]  # the total beside its parts
    low = sum(low for low, _ in counted)
    high = None if any(h is None for _, h in counted) else sum(h for _, h in counted if h is not None)
    source = sources.get(mention.page, mention.page)
    return Figure(mention.id, source, _claimant(claimant, mention), low, high)


def _claimant(said: Party | None, mention: Mention) -> str:
    party = said or next(iter(mention.claimed_by), None) or mention.speaker
    return party_key(party) if party else ""


def party_key(party: Party) -> str:
    """By what a claimant is told from another: its country and sector where known, else its name."""
    return f"{party.code}/{party.sector or ''}" if party.code else party.name


def _conservative(kind: HarmKind, figures: Sequence[Figure]) -> Range:
    low = min(f.low for f in figures)
    told = tuple(f.mention for f in figures if f.low == low)
    return Range(
        kind=kind, rule="conservative", low=low, best=low, high=low, low_from=told, best_from=told, high_from=told
    )


def _low_best_high(kind: HarmKind, figures: Sequence[Figure]) -> Range:
    low, high = min(f.low for f in figures), max(f.high or f.low for f in figures)
    votes: dict[int, set[str]] = defaultdict(set)
    for f in figures:
        votes[f.low].add(f.source)
    best = min(votes, key=lambda n: (-len(votes[n]), n))  # of equals the lower
    return Range(
        kind=kind, rule="low-best-high", low=low, best=best, high=high,
        low_from=_telling(figures, low), best_from=_telling(figures, best),
        high_from=tuple(f.mention for f in figures if (f.high or f.low) == high),
    )  # fmt: skip


def _by_claimant(kind: HarmKind, figures: Sequence[Figure]) -> Range:
    by: dict[str, list[Figure]] = defaultdict(list)
    for f in figures:
        by[f.claimant].append(f)
    lows = {c: min(f.low for f in fs) for c, fs in by.items()}
    highs = {c: max(f.high or f.low for f in fs) for c, fs in by.items()}
    low, high = min(lows.values()), max(highs.values())
    return Range(
        kind=kind, rule="by-claimant", low=low, high=high, low_from=_telling(figures, low),
        high_from=tuple(f.mention for f in figures if (f.high or f.low) == high),
    )  # fmt: skip


def _telling(figures: Sequence[Figure], low: int) -> tuple[str, ...]:
    return tuple(f.mention for f in figures if f.low == low)
