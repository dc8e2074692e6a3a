"""What a reviewer decides, and what the decisions on one card come to.

A card's subject is a mention: an event as one page tells it, by its stable `Mention.id`. Decisions are lines of a log
that only grows; nothing in it is ever changed. What they come to is a `Reviewed`, made of them anew each time.
"""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

import msgspec

from marsad.model.record import Part

Verdict = Literal["accept", "reject", "denied", "unverifiable"]
Kind = Literal[
    "accept", "reject", "denied", "unverifiable", "edit", "skip", "flag", "note", "adjudicate", "undo", "merge",
    "split", "row",
]  # fmt: skip
State = Literal["new", "in_review", "settled", "disputed"]

VERDICTS: Final = get_args(Verdict)
STATES: Final = get_args(State)
CODED: Final[tuple[Kind, ...]] = ("accept", "reject", "denied", "unverifiable", "edit")  # what is a coder's verdict
ON_CARDS: Final[tuple[Kind, ...]] = (*CODED, "skip", "flag", "note", "adjudicate")  # what is decided of a mention


class Judgement(Part, kw_only=True, frozen=True):
    """One line of the log.

    Attributes:
        seq: its number; the log is ordered by it.
        at: when, ISO 8601; `by` who.
        kind: a verdict on a card (`accept`, `reject`, `denied`, `unverifiable`; `edit` accepts with other values), a
            mark on it (`skip`, `flag`, `note`), `adjudicate` (a verdict that ends a dispute), `undo`, `merge` and
            `split` of incidents, or `row`: a row proposed for the language pack.
        subject: the mention; None for merges and splits, and for taking those back.
        data: of a verdict `seen` (the values that the machine had read) and `fields` (those that were changed), of an
            adjudication `verdict` too; of a note `text`; of a flag `on`; of an undo `of`, the number that it takes
            back; of a merge or split `sides`.
    """

    seq: int
    at: str
    by: str
    kind: Kind
    subject: str | None = None
    data: dict[str, Any] = msgspec.field(default_factory=dict)


class Decided(Part, kw_only=True, frozen=True):
    """A verdict that stands: whose, and with which values the mention leaves it.

    Attributes:
        verdict: `edit` is told as `accept`, with `fields`.
        fields: the values that differ from what the machine had read, under the names of the mention's JSON.
        values: all values of the mention that can be decided upon, as they are after the verdict.
    """

    seq: int
    at: str
    by: str
    verdict: Verdict
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class Note(Part, kw_only=True, frozen=True):
    """What somebody wrote on a card."""

    seq: int
    at: str
    by: str
    text: str


class Reviewed(Part, kw_only=True, frozen=True):
    """What the decisions on one card come to.

    Attributes:
        subject: the mention; `needed` how many coders it needs.
        state: `new` (nobody has touched it), `in_review` (somebody has, and it needs more), `settled`, `disputed`
            (coders differ, and nobody has adjudicated).
        outcome: the verdict that counts, once it is settled.
        decided: each coder's verdict that stands, in the order in which they came.
        adjudicated: the verdict that ended a dispute.
        differences: on what coders differ: `verdict`, or names of fields (`day` for `from` and `to`).
        flagged, skipped: who flagged it, who left it to others.
        hidden: whether something is kept from the one who looks, until that person has decided too.
    """

    subject: str
    needed: int = 1
    state: State = "new"
    outcome: Decided | None = None
    decided: tuple[Decided, ...] = ()
    adjudicated: Decided | None = None
    differences: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: bool = False

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that counts; None until it is settled."""
        return self.outcome.verdict if self.outcome else None

    @property
    def fields(self) -> dict[str, Any]:
        """The values changed by the verdict that counts."""
        return self.outcome.fields if self.outcome else {}

    @property
    def by(self) -> tuple[str, ...]:
        """Whose verdicts stand."""
        return tuple(d.by for d in self.decided)
