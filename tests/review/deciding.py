"""Mentions and judgements for the tests of the review, in our own words."""

from __future__ import annotations

from typing import Any

from marsad.ledger.model import Mention, Party, Spot, Toll, mention_id
from marsad.model.record import Status
from marsad.review.entry import entry
from marsad.review.model import Judgement, Reviewed
from marsad.review.state import reviewed

ARMY = Party(name="جيش الوادي", name_en="Valley Army", kind="military", code="AZE", sector="MIL")
HILLS = Party(name="جيش التلال", name_en="Hills Army", kind="military", code="ARM", sector="MIL")
TOWN = Spot(name="بلدة السرو", country="AZE", kind="city", geonames=4242)
AT = "2031-05-03T10:00:00+00:00"


def mention(event: str = "e1", page: str = "p1", status: Status = "reported", **changes: Any) -> Mention:
    """The shelling of an invented town."""
    fields: dict[str, Any] = {
        "id": mention_id(page, "ASSAULT", event, 0), "page": page, "event": event, "type": "ASSAULT",
        "mode": "heavy-weapons", "actors": (ARMY,), "status": status, "first": "2031-05-01", "last": "2031-05-01",
        "place": TOWN, "tolls": (Toll(kind="killed", low=3, high=3),), "words": "قصف جيش الوادي بلدة السرو.", **changes,
    }  # fmt: skip
    return Mention(**fields)


class Log:
    """The log of one card, written as the ledger writes it."""

    def __init__(self, needed: int = 1, of: Mention | None = None) -> None:
        self.mention = of or mention()
        self.needed = needed
        self.lines: list[Judgement] = []

    @property
    def now(self) -> Reviewed:
        return reviewed(self.mention.id, self.lines, self.needed)

    def say(self, by: str, kind: str, **data: Any) -> Reviewed:
        told = entry(kind, self.mention, data, self.now, by)
        return self.add(by, kind, told)

    def undo(self, by: str, of: int) -> Reviewed:
        return self.add(by, "undo", {"of": of})

    def add(self, by: str, kind: Any, data: dict[str, Any]) -> Reviewed:
        seq = len(self.lines) + 1
        self.lines.append(Judgement(seq=seq, at=AT, by=by, kind=kind, subject=self.mention.id, data=data))
        return self.now
