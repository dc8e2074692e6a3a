"""Sides that a sentence leaves out because the page has named them: the opponent in the same fight.

A page that tells that the army bombed the rebels, and then only that the army "went on with its raids", means the same
two sides. Only sides that the page itself has set against each other, in an act of force, are carried over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from marsad.reading.actors import Draft, Side, side_of
from marsad.reading.telling import Telling

_FIGHT: Final = frozenset({"ASSAULT", "COERCE"})


def side(draft: Draft) -> Side | None:
    """The side that an actor fights on."""
    return side_of(draft.code, draft.sector)


def complete_opponents(tellings: Sequence[Telling]) -> None:
    """Fill in the recipient of an act of force, where the page sets one opponent against its actor.

    Args:
        tellings: the page's events in order; they are completed in place, each with a note.
    """
    against: dict[Side, Counter[int]] = defaultdict(Counter)
    drafts: dict[int, Draft] = {}
    for t in tellings:
        if t.act.frame.type in _FIGHT:
            _count(t, against, drafts)
    for t in tellings:
        if t.act.frame.type in _FIGHT and t.actors and not t.recipients and not _two_sided(t):
            _complete(t, against, drafts)


def _two_sided(t: Telling) -> bool:
    return len({side(d) for d in t.actors}) > 1


def _count(t: Telling, against: dict[Side, Counter[int]], drafts: dict[int, Draft]) -> None:
    pairs = [(a, r) for a in t.actors for r in t.recipients]
    if _two_sided(t):
        pairs = [(a, r) for a in t.actors for r in t.actors if a is not r]
    for a, r in pairs:
        mine, other = side(a), side(r)
        if mine and other and mine != other:
            drafts[id(r)] = r
            against[mine][id(r)] += 1


def _complete(t: Telling, against: dict[Side, Counter[int]], drafts: dict[int, Draft]) -> None:
    mine = side(t.actors[0])
    known = against.get(mine) if mine else None
    if known:
        best = max(known, key=lambda k: (known[k], -min(drafts[k].spans)[0]))
        t.recipients = [drafts[best]]
        t.notes.append(("opponent", "carried over from the page"))
