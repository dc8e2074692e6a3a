"""An incident as one row of a list."""

from __future__ import annotations

from typing import Final

import msgspec

from marsad.ledger.model import Party, Range, Spot
from marsad.store.incidents import Brief

_RULE: Final = "low-best-high"


class Row(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """An incident in the list.

    Attributes:
        id: its id; its own screen is `/incidents/ID`.
        type, mode: PLOVER's.
        status: reported, claimed, denied, future, hypothetical.
        first, last, precision: the days, and how they are known (`day`, `range`, `published`, `open`).
        actors, recipients, place: as most independent sources name them.
        harm: each kind of harm under the rule low-best-high.
        sources, copies: how many pages tell it independently, and how many are copies of those.
        contested: the fields on which claimants contradict each other.
        versions: how many claimants tell it, the outlets' own voice being one.
        reviewed: how many of its mentions persons have settled; `mentions` how many it has.
        words: the first words that tell it, verbatim.
    """

    id: str
    type: str
    mode: str | None
    status: str
    first: str | None
    last: str | None
    precision: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Spot | None
    harm: tuple[Range, ...]
    sources: int
    copies: int
    contested: tuple[str, ...]
    versions: int
    reviewed: int
    mentions: int
    words: str


def row_of(one: Brief) -> Row:
    """An incident as one row of a list.

    Args:
        one: the incident.
    """
    harm = tuple(r for r in one.ranges if r.rule == _RULE)
    return Row(
        one.id, one.type, one.mode, one.status, one.first, one.last, one.precision, one.actors, one.recipients,
        one.place, harm, one.sources, one.copies, one.contested, len(one.versions), len(one.reviewed),
        len(one.mentions), one.words,
    )  # fmt: skip
