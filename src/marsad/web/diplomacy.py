"""Proposals as a matrix of answers, truces as a line of alleged breaches: what the screen of diplomacy draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

from marsad.ledger.diplomacy import Answered, ProposalLine, TruceLine, Violation
from marsad.ledger.model import Party
from marsad.model.record import AnswerKind, Part, TruceState
from marsad.store.alignments import Side, side_key, sides

_COLUMNS: Final = 5  # parties that have a column; the others of a proposal stand in its last cell


class Reply(Part, kw_only=True, frozen=True):
    """What a party has answered, or that it was asked and nothing is told of an answer.

    Attributes:
        answer: accepts, rejects, conditional, none (a page says that it has not answered), asked (no page says more).
        day, page: the first that tells it; `pages` how many do.
        stands: whether it is the party's last word.
    """

    answer: AnswerKind | Literal["asked"]
    day: str | None = None
    page: str | None = None
    pages: int = 1
    stands: bool = True


class Answers(Part, kw_only=True, frozen=True):
    """A party and every answer of its, oldest first."""

    party: str
    replies: tuple[Reply, ...]


class Proposed(Part, kw_only=True, frozen=True):
    """A row of the matrix: a proposal and who has answered what; `answers` name the parties by their keys."""

    id: str
    by: tuple[Party, ...]
    what: str
    made: str | None
    renewed: tuple[str, ...]
    state: str
    answers: tuple[Answers, ...]
    pages: tuple[str, ...]
    outlets: tuple[str, ...]


class Matrix(Part, kw_only=True, frozen=True):
    """Proposals and parties.

    Attributes:
        proposals: the rows, the newest first; `total` how many there are on all pages.
        columns: keys of the parties that most of these proposals concern.
        parties: every party of these rows by its key.
    """

    proposals: tuple[Proposed, ...]
    columns: tuple[str, ...]
    parties: dict[str, Side]
    total: int


class Bar(Part, kw_only=True, frozen=True):
    """How many pages tell that a side broke a truce on a day, and who says so; `offset` days after the line's first."""

    day: str
    offset: int
    pages: int
    claimed_by: tuple[Party, ...]


class Accused(Part, kw_only=True, frozen=True):
    """A side of a truce that is said to have broken it: its bars, and how many allegations there are in all."""

    side: Side
    bars: tuple[Bar, ...]
    breaches: int


class TruceShown(Part, kw_only=True, frozen=True):
    """A truce's line.

    Attributes:
        id: its id under this filter; `words` those of the first page that tells it.
        first: the line's first day: that of its agreement, or of the first alleged breach; `days` how long it is.
        accused: who is said to have broken it, those most often accused first.
        breaches: how many allegations pages tell; `undated` those without a day.
        most: the tallest bar.
    """

    id: str
    parties: tuple[Party, ...]
    kind: str | None
    agreed: str | None
    brokered_by: tuple[Party, ...]
    state: TruceState
    pages: tuple[str, ...]
    outlets: tuple[str, ...]
    words: str
    first: str | None
    last: str | None
    days: int
    accused: tuple[Accused, ...]
    breaches: int
    undated: int
    most: int


def matrix(lines: Sequence[ProposalLine], first: int, many: int) -> Matrix:
    """Some of the proposals as a matrix.

    Args:
        lines: all of them.
        first: how many newer ones to pass over.
        many: how many to show.
    """
    ordered = sorted(lines, key=lambda p: (_last(p), p.id), reverse=True)[first : first + many]
    rows = tuple(_proposed(line) for line in ordered)
    asked = Counter(a.party for row in rows for a in row.answers)
    columns = sorted(asked, key=lambda key: (-asked[key], key))[:_COLUMNS]
    named = sides(p for line in ordered for p in (*(a.party for a in line.answers), *line.needs_consent_of))
    return Matrix(proposals=rows, columns=tuple(columns), parties=named, total=len(lines))


def _last(line: ProposalLine) -> str:
    """The day on which a proposal was last heard of; empty for an undated one, so that it comes last."""
    return max(day for day in (line.made or "", *line.renewed))


def _proposed(line: ProposalLine) -> Proposed:
    told: dict[str, list[Answered]] = {side_key(p): [] for p in line.needs_consent_of}
    for answer in line.answers:
        told.setdefault(side_key(answer.party), []).append(answer)
    return Proposed(
        id=line.id, by=line.by, what=line.what, made=line.made, renewed=line.renewed, state=line.state,
        answers=tuple(Answers(party=key, replies=_replies(found)) for key, found in told.items()),
        pages=line.pages, outlets=line.outlets,
    )  # fmt: skip


def _replies(told: Sequence[Answered]) -> tuple[Reply, ...]:
    """A party's answers, each once; that none came is overtaken by any that did."""
    if not told:
        return (Reply(answer="asked", pages=0),)
    last = next((a.answer for a in reversed(told) if a.answer != "none"), "none")
    kinds = sorted({a.answer: None for a in told}, key=lambda kind: kind == last)
    return tuple(_reply([a for a in told if a.answer == kind], kind == last) for kind in kinds)


def _reply(told: Sequence[Answered], stands: bool) -> Reply:
    first = told[-1] if stands else told[0]
    pages = len({a.page for a in told})
    return Reply(answer=first.answer, day=first.day, page=first.page, pages=pages, stands=stands)


# ---------------------------------------------------------------- truces


def newest(lines: Iterable[TruceLine]) -> list[TruceLine]:
    """Truces, the newest first, those of unknown day last.

    Args:
        lines: the truces.
    """
    return sorted(lines, key=_begun, reverse=True)


def _begun(line: TruceLine) -> tuple[str, str]:
    return line.agreed or min((v.first for v in line.violations if v.first), default=""), line.id


def shown_truce(line: TruceLine) -> TruceShown:
    """A truce as it is drawn.

    Args:
        line: the truce.
    """
    days = sorted({v.first for v in line.violations if v.first and any(v.by)})
    first = min([line.agreed, *days[:1]] if line.agreed else days, default=None)
    last = max([line.agreed, *days[-1:]] if line.agreed else days, default=None)
    accused = _accused(line.violations, first)
    return TruceShown(
        id=line.id, parties=line.parties, kind=line.kind, agreed=line.agreed, brokered_by=line.brokered_by,
        state=line.state, pages=line.pages, outlets=line.outlets, words=line.words, first=first, last=last,
        days=_days(first, last) + 1 if first and last else 0, accused=accused, breaches=len(line.violations),
        undated=sum(1 for v in line.violations if not v.first),
        most=max((bar.pages for a in accused for bar in a.bars), default=0),
    )  # fmt: skip


def _accused(violations: Sequence[Violation], first: str | None) -> tuple[Accused, ...]:
    told: dict[str, list[Violation]] = {}
    for violation, key in _by_side(violations):
        told.setdefault(key, []).append(violation)
    named = sides(p for v in violations for p in v.by)
    made = [Accused(side=named[key], bars=tuple(_bars(some, first)), breaches=len(some)) for key, some in told.items()]
    return tuple(sorted(made, key=lambda a: (-a.breaches, a.side.key)))


def _by_side(violations: Iterable[Violation]) -> Iterator[tuple[Violation, str]]:
    """Every violation with each side that it is laid upon, once."""
    for violation in violations:
        for key in dict.fromkeys(side_key(p) for p in violation.by):
            yield violation, key


def _bars(told: Sequence[Violation], first: str | None) -> Iterator[Bar]:
    for day in sorted({v.first for v in told if v.first}):
        same = [v for v in told if v.first == day]
        claimants = tuple(dict.fromkeys(p for v in same for p in v.claimed_by))
        offset = _days(first or day, day)
        yield Bar(day=day, offset=offset, pages=len({v.page for v in same}), claimed_by=claimants)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


class Breaches(Part, kw_only=True, frozen=True):
    """The allegations of one day against one side."""

    day: str | None
    side: str
    violations: tuple[Violation, ...]


def breaches(line: TruceLine) -> list[Breaches]:
    """A truce's alleged breaches by day and by side, those of unknown day last, those laid upon nobody under no side.

    Args:
        line: the truce.
    """
    found: dict[tuple[str, str], list[Violation]] = {}
    for violation, key in _by_side(line.violations):
        found.setdefault((violation.first or "", key), []).append(violation)
    for violation in line.violations:
        if not violation.by:
            found.setdefault((violation.first or "", ""), []).append(violation)
    order = sorted(found, key=lambda at: (not at[0], *at))
    return [Breaches(day=day or None, side=side, violations=tuple(found[day, side])) for day, side in order]
