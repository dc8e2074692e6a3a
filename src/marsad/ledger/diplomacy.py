"""Truces and proposals over many pages: a truce's line with who is said to have broken it, a proposal's life.

Both are put together from what single pages tell (`marsad.ledger.findings`), in the ledger's order, so that the same
pages give the same lines in whatever order they came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import msgspec

from marsad.ledger.alike import cosine
from marsad.ledger.model import Party
from marsad.ledger.words import content_keys
from marsad.model.record import AnswerKind, Part, TruceState

_DAY_OFF: Final = 1  # days by which pages may differ on when a truce was agreed
_RECALLED: Final = 45  # days after which a truce without a day is no longer taken for the one before
_RENEWED: Final = 45  # days after which a proposal is a new one
_SAME_WORDS: Final = 0.35  # the likeness of what is proposed
_PLAIN: Final = "general"  # what a truce is called of which a page tells no more
_STATES: Final[tuple[TruceState, ...]] = ("announced", "in_force", "violated", "ended")


class Violation(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """An alleged breach: by whom, against whom, who says so, in which words of which page, and when: the day that the
    page tells, else the page's own."""

    by: tuple[Party, ...] = ()
    against: tuple[Party, ...] = ()
    claimed_by: tuple[Party, ...] = ()
    status: str = "claimed"
    first: str | None = None
    last: str | None = None
    words: str = ""
    page: str = ""
    outlet: str | None = None


class TruceLine(Part, kw_only=True, frozen=True):
    """One truce as many pages tell it.

    Attributes:
        id: stable: the digest of the first page that tells it and its place there.
        parties: whose truce it is, as most pages name them; `brokered_by` who brought it about.
        kind: `humanitarian`, `general` or `local`; `agreed` the day, None where no page tells it.
        state: the furthest that any page tells: announced, in force, violated, ended; `states` each with its pages.
        violations: every alleged breach.
        by_day: for each day, how often each side is said to have broken it, by code.
        pages: which tell it, with their outlets.
    """

    id: str
    parties: tuple[Party, ...]
    kind: str | None
    agreed: str | None
    brokered_by: tuple[Party, ...]
    state: TruceState
    states: dict[str, tuple[str, ...]]
    violations: tuple[Violation, ...]
    by_day: dict[str, dict[str, int]]
    pages: tuple[str, ...]
    outlets: tuple[str, ...]
    words: str


class Answered(Part, kw_only=True, frozen=True):
    """An answer to a proposal, with the day and the page that tells it."""

    party: Party
    answer: AnswerKind
    day: str | None
    page: str
    statement: str | None = None


class ProposalLine(Part, kw_only=True, frozen=True):
    """One proposal's life over many pages.

    Attributes:
        id: stable: the digest of the first page that tells it and its place there.
        by: who proposes; `what` the words of the first page that tells it.
        made: the first day on which it is told as made; `renewed` later days.
        needs_consent_of: whose consent it needs.
        answers: every answer, oldest first; `stands` each party's last one.
        state: `accepted` (all whose consent is needed, or who were asked, accept), `refused` (somebody does),
            `conditional`, `pending` (somebody has not answered), `lapsed` (pending, and not heard of for 45 days while
            the ledger goes on).
        pages: which tell it.
    """

    id: str
    by: tuple[Party, ...]
    what: str
    made: str | None
    renewed: tuple[str, ...]
    needs_consent_of: tuple[Party, ...]
    answers: tuple[Answered, ...]
    stands: dict[str, AnswerKind]
    state: str
    pages: tuple[str, ...]
    outlets: tuple[str, ...]


Found = Mapping[str, Any]


def truces(found: Iterable[Found]) -> list[TruceLine]:
    """The truces that pages tell, by the day on which they were agreed.

    Args:
        found: findings of kind `truce` in the ledger's order, with `page`, `outlet`, `published` and `day`.
    """
    groups: list[list[Found]] = []
    for one in sorted(found, key=lambda f: (f["agreed"] is None, f["agreed"] or f["day"] or "9999", f["page"])):
        home = next((g for g in reversed(groups) if _same_truce(g, one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return sorted((_truce(g) for g in groups), key=lambda t: (t.agreed or "9999", t.id))


def _same_truce(group: Sequence[Found], one: Found) -> bool:
    """Between the same sides as far as both name them, and agreed on one day as far as both tell it."""
    first = group[0]
    mine, other = _countries(f for f in group), _countries([one])
    if not mine & other:
        return False
    if len(mine) > 1 and len(other) > 1 and mine != other and not (mine <= other or other <= mine):
        return False
    if first["agreed"] and one["agreed"]:
        return abs(_days(first["agreed"], one["agreed"])) <= _DAY_OFF
    start, day = first["agreed"] or first["day"], one["day"]
    return start is not None and day is not None and 0 <= _days(start, day) <= _RECALLED


def _countries(found: Iterable[Found]) -> set[str]:
    """The sides of truces; where a page names none, those between whom it tells breaches."""
    return {p["code"] or p["name"] for f in found for p in f["parties"] or _breaking(f)}


def _breaking(found: Found) -> list[Any]:
    return [p for v in found["violations"] for p in (*v["by"], *v["against"])]


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _truce(group: Sequence[Found]) -> TruceLine:
    told = sorted(group, key=_order)
    violations = [_violation(v, f) for f in told for v in f["violations"]]
    states = {s: tuple(dict.fromkeys(f["page"] for f in told if f["state"] == s)) for s in _STATES}
    return TruceLine(
        id=_id(told[0]),
        parties=_parties(p for f in told for p in f["parties"]),
        kind=_most(f["kind"] for f in told if f["kind"] != _PLAIN) or _most(f["kind"] for f in told),
        agreed=_most(f["agreed"] for f in told),
        brokered_by=_parties(p for f in told for p in f["brokered_by"]),
        state=max((f["state"] for f in told), key=_STATES.index),
        states={s: pages for s, pages in states.items() if pages},
        violations=tuple(violations),
        by_day=_by_day(violations),
        pages=tuple(dict.fromkeys(f["page"] for f in told)),
        outlets=tuple(sorted({f["outlet"] for f in told if f["outlet"]})),
        words=told[0]["words"],
    )


def _order(found: Found) -> tuple[str, str, int]:
    return found["published"] or "9999", found["page"], found["span"][0]


def _id(found: Found) -> str:
    return hashlib.sha256(f"{found['page']}\n{found['span'][0]}".encode()).hexdigest()[:16]


def _violation(told: Mapping[str, Any], found: Found) -> Violation:
    days = (told["from"] or told["to"] or found["published"], told["to"] or told["from"] or found["published"])
    of = {"page": found["page"], "outlet": found["outlet"], "from": days[0], "to": days[1]}
    return msgspec.convert({**told, **of}, Violation)


def _by_day(violations: Iterable[Violation]) -> dict[str, dict[str, int]]:
    """How often each side is said to have broken it, day by day; a page that repeats itself counts once a day."""
    told = {(v.first, _code(p), v.page) for v in violations if v.first for p in v.by}
    days: dict[str, dict[str, int]] = {}
    for day, side, _ in sorted(told):
        counts = days.setdefault(day, {})
        counts[side] = counts.get(side, 0) + 1
    return days


def _code(party: Party) -> str:
    return party.code or party.name


def _parties(told: Iterable[Mapping[str, Any]]) -> tuple[Party, ...]:
    """Each camp once, by the name that most pages give it, in order of first naming."""
    names: dict[str, dict[Party, int]] = {}
    for one in told:
        party = msgspec.convert(one, Party)
        counts = names.setdefault(_code(party), {})
        counts[party] = counts.get(party, 0) + 1
    return tuple(max(counts, key=lambda p: counts[p]) for counts in names.values())


def _most(values: Iterable[str | None]) -> str | None:
    counts: dict[str, int] = {}
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda v: counts[v], default=None)


# ---------------------------------------------------------------- proposals


def proposals(found: Iterable[Found], until: str | None = None) -> list[ProposalLine]:
    """The proposals that pages tell, by the day on which they were made.

    Args:
        found: findings of kind `proposal`, with `page`, `outlet`, `published` and `day`.
        until: the ledger's last day, by which a proposal that nobody answers lapses.
    """
    groups: list[list[Found]] = []
    for one in sorted(found, key=lambda f: (f["day"] or "9999", *_order(f))):
        home = next((g for g in reversed(groups) if _same_proposal(g, one)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return [_proposal(g, until) for g in groups]


def _same_proposal(group: Sequence[Found], one: Found) -> bool:
    """By the same side, in like words, within some weeks of the last that was heard of it."""
    mine = {p["code"] or p["name"] for f in group for p in f["by"]}
    if not mine & {p["code"] or p["name"] for p in one["by"]}:
        return False
    last, day = group[-1]["day"], one["day"]
    if last is None or day is None or not 0 <= _days(last, day) <= _RENEWED:
        return False
    return any(cosine(_words(one["what"]), _words(f["what"])) >= _SAME_WORDS for f in group)


@lru_cache(10_000)
def _words(what: str) -> frozenset[str]:
    return frozenset(content_keys(what))


def _proposal(group: Sequence[Found], until: str | None) -> ProposalLine:
    days = [f["made"]["from"] or f["made"]["to"] if f["made"] else f["day"] for f in group]
    told = sorted({d for d in days if d})
    renewed = {d["from"] or d["to"] for f in group for d in f["renewed"]} | set(told[1:])
    answers = tuple(_answer(a, f) for f in group for a in f["answers"] if a["party"])
    needed = _parties(p for f in group for p in f["needs_consent_of"])
    stands = _stands(answers)
    return ProposalLine(
        id=_id(group[0]),
        by=_parties(p for f in group for p in f["by"]),
        what=group[0]["what"],
        made=told[0] if told else None,
        renewed=tuple(sorted(d for d in renewed if d and d not in told[:1])),
        needs_consent_of=needed,
        answers=answers,
        stands=stands,
        state=_state(stands, needed, group[-1]["day"], until),
        pages=tuple(dict.fromkeys(f["page"] for f in group)),
        outlets=tuple(sorted({f["outlet"] for f in group if f["outlet"]})),
    )


def _answer(told: Mapping[str, Any], found: Found) -> Answered:
    party = msgspec.convert(told["party"], Party)
    return Answered(
        party=party, answer=told["answer"], day=found["day"], page=found["page"], statement=told["statement"]
    )  # fmt: skip


def _stands(answers: Iterable[Answered]) -> dict[str, AnswerKind]:
    """Each party's last answer; that none came is overtaken by any that did, whichever page tells it."""
    found: dict[str, AnswerKind] = {}
    for a in answers:
        if a.answer != "none" or _code(a.party) not in found:
            found[_code(a.party)] = a.answer
    return found


def _state(stands: Mapping[str, AnswerKind], needed: Sequence[Party], last: str | None, until: str | None) -> str:
    asked = {_code(p) for p in needed} | set(stands)
    given = [stands.get(code, "none") for code in sorted(asked)]
    if "rejects" in given:
        return "refused"
    if given and all(answer == "accepts" for answer in given):
        return "accepted"
    if "none" not in given and "conditional" in given:
        return "conditional"
    lapsed = last is not None and until is not None and _days(last, until) > _RENEWED
    return "lapsed" if lapsed else "pending"
