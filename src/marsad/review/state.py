"""From the log to what it comes to: which judgements stand, and what those on one card make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from marsad.review.model import CODED, Decided, Judgement, Note, Reviewed, State, Verdict
from marsad.review.values import differing

_WHOLE = 16**8


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody took back, in the order of the log; an undo that was undone takes back nothing.

    Args:
        judgements: of one card or of all, in any order.
    """
    taken: set[int] = set()
    kept = []
    for judgement in sorted(judgements, key=lambda j: -j.seq):
        if judgement.seq in taken:
            continue
        if judgement.kind == "undo":
            taken.add(judgement.data["of"])
        else:
            kept.append(judgement)
    return kept[::-1]


def reviewed(subject: str, judgements: Iterable[Judgement], needed: int = 1) -> Reviewed:
    """What the judgements on one card come to.

    With one coder the last verdict counts, whoever gave it. With more, each coder's last one counts, and where they
    differ it is disputed until somebody adjudicates.

    Args:
        subject: the mention.
        judgements: all that were made of it, in any order.
        needed: how many coders it needs.
    """
    stand = [j for j in standing(judgements) if j.subject == subject]
    decided = _decided(stand)
    adjudicated = next((_decision(j) for j in reversed(stand) if j.kind == "adjudicate"), None)
    differences = _differences(decided) if needed > 1 else ()
    state = _state(stand, decided, adjudicated, differences, needed)
    latest = decided[0] if needed > 1 and decided else max(decided, key=lambda d: d.seq, default=None)
    return Reviewed(
        subject=subject,
        needed=needed,
        state=state,
        outcome=(adjudicated or latest) if state == "settled" else None,
        decided=decided,
        adjudicated=adjudicated,
        differences=differences,
        flagged=_flagged(stand),
        skipped=_skipped(stand, decided),
        notes=tuple(Note(seq=j.seq, at=j.at, by=j.by, text=j.data["text"]) for j in stand if j.kind == "note"),
    )


def _decided(stand: Sequence[Judgement]) -> tuple[Decided, ...]:
    """Each coder's last verdict, in the order in which coders first gave one."""
    last: dict[str, Judgement] = {}
    for judgement in stand:
        if judgement.kind in CODED:
            last[judgement.by] = judgement
    return tuple(_decision(j) for j in last.values())


def _decision(judgement: Judgement) -> Decided:
    data, fields = judgement.data, judgement.data.get("fields", {})
    verdict: Verdict = data["verdict"] if judgement.kind == "adjudicate" else _VERDICT_OF.get(judgement.kind, "accept")
    values = {**data.get("seen", {}), **fields}
    if verdict == "denied":
        values["status"] = "denied"
    return Decided(seq=judgement.seq, at=judgement.at, by=judgement.by, verdict=verdict, fields=fields, values=values)


_VERDICT_OF: dict[str, Verdict] = {"reject": "reject", "denied": "denied", "unverifiable": "unverifiable"}


def _differences(decided: Sequence[Decided]) -> tuple[str, ...]:
    found = (name for n, one in enumerate(decided) for other in decided[:n] for name in differing(other, one))
    return tuple(dict.fromkeys(found))


def _state(
    stand: Sequence[Judgement],
    decided: Sequence[Decided],
    adjudicated: Decided | None,
    differences: Sequence[str],
    needed: int,
) -> State:
    if adjudicated:
        return "settled"
    if len(decided) >= needed:
        return "disputed" if differences else "settled"
    return "in_review" if stand else "new"


def _flagged(stand: Sequence[Judgement]) -> tuple[str, ...]:
    on = {j.by: bool(j.data.get("on", True)) for j in stand if j.kind == "flag"}
    return tuple(by for by, flagged in on.items() if flagged)


def _skipped(stand: Sequence[Judgement], decided: Sequence[Decided]) -> tuple[str, ...]:
    """Who left it to others and has not come back to it."""
    done = {d.by for d in decided}
    return tuple(dict.fromkeys(j.by for j in stand if j.kind == "skip" and j.by not in done))


def blind(found: Reviewed, user: str) -> Reviewed:
    """What a user may see of a card: under double coding nothing of the others' work before their own verdict.

    Args:
        found: what is known.
        user: who looks.
    """
    open_still = found.needed > 1 and found.state in ("new", "in_review")
    if not open_still or user in found.by:
        return found
    decided, notes = (d for d in found.decided if d.by == user), (n for n in found.notes if n.by == user)
    mine = tuple(by for by in found.flagged if by == user), tuple(by for by in found.skipped if by == user)
    told = msgspec.structs.replace(
        found, state="new", decided=tuple(decided), differences=(), flagged=mine[0], skipped=mine[1],
        notes=tuple(notes), hidden=True,
    )  # fmt: skip
    return msgspec.structs.replace(told, state="in_review" if told.notes or mine[0] or mine[1] else "new")


def coders_needed(subject: str, coders: int, share: float) -> int:
    """How many coders a card needs: the same for the same card, on every machine.

    Args:
        subject: the mention; its id is a digest, so that its first digits draw lots.
        coders: how many code what is coded more than once.
        share: of what that is, from 0 to 1.
    """
    drawn = int(subject[:8], 16) / _WHOLE < share
    return coders if drawn else 1


def may_adjudicate(found: Reviewed, user: str, *, admin: bool) -> bool:
    """Whether a user may end a dispute: an admin may, and so may who did not code the card.

    Args:
        found: the card.
        user: who would.
        admin: whether that is an admin.
    """
    ended = found.adjudicated is not None
    return (found.state == "disputed" or ended) and (admin or user not in found.by)
