"""Proposals and who has answered them, truces and who is said to have broken them, and who stands with whom."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query

from marsad.ledger.diplomacy import ProposalLine, TruceLine
from marsad.model.errors import NotTold
from marsad.model.record import AlignmentKind, Part
from marsad.store.alignments import Side, Tie, Told, alignments, copies_among, sentences, side_key, sides, ties
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.remembered import remembered
from marsad.web.desk import AtDesk
from marsad.web.diplomacy import Breaches, Matrix, TruceShown, breaches, matrix, newest, shown_truce
from marsad.web.screen import screen
from marsad.web.wanted import Wanted

router = APIRouter(tags=["diplomacy"])
_PROPOSALS: Final = 15  # of a page
_TRUCES: Final = 6
_TIES: Final = 40
_WORDS: Final = 25
_BREACHES: Final = 200  # groups of a truce's allegations
_Nth = Annotated[int, Query(ge=1, le=10_000)]


class Ties(Part, kw_only=True, frozen=True):
    """Who stands with whom: some of the relations, those that most independent pages tell first.

    Attributes:
        ties: the relations; `total` how many there are on all pages.
        sides: every side of these relations by its key.
    """

    ties: tuple[Tie, ...]
    sides: dict[str, Side]
    total: int


class Diplomacy(Part, kw_only=True, frozen=True):
    """Proposals, truces and alignments; each list has pages of its own.

    Attributes:
        proposals: the matrix of proposals and parties; `page` which page of it.
        truces: truces with their alleged breaches by day, the newest first; `truces_in_all`, `truces_page`.
        alignments: who stands with whom; `alignments_page` which page of it.
    """

    proposals: Matrix
    page: int
    truces: tuple[TruceShown, ...]
    truces_in_all: int
    truces_page: int
    alignments: Ties
    alignments_page: int


class TruceTold(Part, kw_only=True, frozen=True):
    """One truce with every alleged breach, by day and by side; `left_out` how many groups are not shown."""

    truce: TruceShown
    breaches: tuple[Breaches, ...]
    left_out: int


class Quoted(Part, kw_only=True, frozen=True):
    """One page's word on a relation, with the sentence around it."""

    told: Told
    sentence: str


class TieTold(Part, kw_only=True, frozen=True):
    """One relation with the words that tell it, the newest first; `total` how many there are on all pages."""

    tie: Tie
    source: Side
    target: Side
    words: tuple[Quoted, ...]
    total: int
    page: int


@screen(router, "/diplomacy", "diplomacy.html", Diplomacy)
def diplomacy(desk: AtDesk, asked: Wanted, page: _Nth = 1, truces: _Nth = 1, ties: _Nth = 1) -> Diplomacy:
    """Proposals and answers, truces and alleged breaches, who stands with whom."""
    lines = _truces(desk.ledger, asked)
    return Diplomacy(
        proposals=matrix(_proposals(desk.ledger, asked), (page - 1) * _PROPOSALS, _PROPOSALS),
        page=page,
        truces=tuple(shown_truce(t) for t in lines[(truces - 1) * _TRUCES : truces * _TRUCES]),
        truces_in_all=len(lines),
        truces_page=truces,
        alignments=_some_ties(desk.ledger, asked, ties),
        alignments_page=ties,
    )


@screen(router, "/diplomacy/truce", "diplomacy_truce.html", TruceTold)
def truce(desk: AtDesk, asked: Wanted, id: str) -> TruceTold:
    """One truce with every alleged breach: the words, who claims it, who is accused, the outlet."""
    line = next((t for t in _truces(desk.ledger, asked) if t.id == id), None)
    if line is None:
        raise NotTold(f"«{id}» is no truce that pages tell under this filter.")
    found = breaches(line)
    return TruceTold(
        truce=shown_truce(line), breaches=tuple(found[:_BREACHES]), left_out=max(0, len(found) - _BREACHES)
    )  # fmt: skip


@screen(router, "/diplomacy/alignment", "diplomacy_alignment.html", TieTold)
def alignment(
    desk: AtDesk,
    asked: Wanted,
    kind: AlignmentKind,
    source: Annotated[str, Query(alias="from", description="The key of the side from which it goes.")],
    target: Annotated[str, Query(alias="to", description="The key of the side to which it goes.")],
    page: _Nth = 1,
) -> TieTold:
    """Who stands how with whom: the sentences that tell it, with their pages."""
    what = ("alignment", asked, source, target, kind)
    told: list[Told] = remembered(desk.ledger, what, lambda own: _told(own, asked, source, target, kind))
    if not told:
        raise NotTold("No page tells that relation under this filter.")
    (tie,) = ties(told, copies_among(desk.ledger, (t.page for t in told)))
    named = sides(p for t in told for p in (t.source, t.target))
    some = told[(page - 1) * _WORDS : page * _WORDS]
    around = sentences(desk.ledger, [(t.page, t.span) for t in some])
    words = tuple(Quoted(told=t, sentence=s) for t, s in zip(some, around, strict=True))
    return TieTold(tie=tie, source=named[source], target=named[target], words=words, total=len(told), page=page)


def _told(ledger: Ledger, asked: Filter, source: str, target: str, kind: AlignmentKind) -> list[Told]:
    found = (t for t in alignments(ledger, asked) if t.kind == kind)
    return [t for t in found if side_key(t.source) == source and side_key(t.target) == target]


def _proposals(ledger: Ledger, asked: Filter) -> list[ProposalLine]:
    found: list[ProposalLine] = remembered(ledger, ("proposals", asked), lambda own: own.proposals(asked))
    return found


def _truces(ledger: Ledger, asked: Filter) -> list[TruceLine]:
    found: list[TruceLine] = remembered(ledger, ("truces", asked), lambda own: newest(own.truces(asked)))
    return found


def _some_ties(ledger: Ledger, asked: Filter, page: int) -> Ties:
    found, named = remembered(ledger, ("alignments", asked), lambda own: _ties(own, asked))
    some = tuple(found[(page - 1) * _TIES : page * _TIES])
    keys = {key for tie in some for key in (tie.source, tie.target)}
    return Ties(ties=some, sides={key: named[key] for key in sorted(keys)}, total=len(found))


def _ties(ledger: Ledger, asked: Filter) -> tuple[list[Tie], dict[str, Side]]:
    told = alignments(ledger, asked)
    copies = copies_among(ledger, (t.page for t in told))
    return ties(told, copies), sides(p for t in told for p in (t.source, t.target))
