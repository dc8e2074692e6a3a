"""What an exporter is given: incidents with their mentions, in order, and the pages that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from marsad.ledger.model import Incident, Mention
from marsad.model.record import Basis, Part

HAPPENED: Final = frozenset({"reported", "claimed"})
"""The statuses of what somebody tells as having happened."""


class PageInfo(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """A page as the exports name it.

    Attributes:
        id: the page's id in the ledger, as in `Mention.page`.
        sha256: the digest of its bytes.
        first, last: the days of its publication, ISO, None where unknown; `basis` how they are known.
        added: the day on which it was captured or added, ISO, None where unknown.
        text: the text that the spans of its mentions count in; empty where it is not at hand.
        language: as the page says, e.g. `ar`.
    """

    id: str
    sha256: str = ""
    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    first: str | None = None
    last: str | None = None
    basis: Basis | None = None
    added: str | None = None
    text: str = ""
    language: str | None = None


class Source(Protocol):
    """Where the rows come from. Both methods give the same values each time, in the same order."""

    def incidents(self) -> Iterator[tuple[Incident, tuple[Mention, ...]]]:
        """The incidents in the ledger's order, each with its mentions in theirs."""
        ...

    def page(self, page_id: str) -> PageInfo | None:
        """The page of that id, or None where it is not known."""
        ...


def happened(incident: Incident) -> bool:
    """Whether an incident may be counted: told as having happened, and as news rather than only referred to.

    ACLED, GED and GDELT count events. What somebody denies, announces or supposes is none; what pages only refer to was
    news once, and would be counted a second time.

    Args:
        incident: the incident.
    """
    return incident.status in HAPPENED and incident.foreground
