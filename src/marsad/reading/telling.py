"""An event before its actors have ids."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.model.record import Span, Status
from marsad.reading.actors import Draft
from marsad.reading.casualties import Harm
from marsad.reading.places import PlaceMention
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.reading.times import TimeMention


@dataclass(slots=True, eq=False)
class Telling:
    """An event before ids: the act, its sides as drafts, and all that was read around it.

    `weak` says why the rules alone would not call it an event; only the vote on events can. `denies` is the event that
    a denial is of, whose sides it keeps; `sure` are the roles that grammar tells beyond doubt. Neither is voted on.
    `plainly` is the status as first read, and what it is when read more finely.
    """

    act: Act
    actors: list[Draft]
    recipients: list[Draft]
    status: Status
    claimed_by: list[Draft] = field(default_factory=list)
    speech: Speech | None = None
    foreground: bool = True
    historical: bool = False
    time: TimeMention | None = None
    first: str | None = None
    last: str | None = None
    place: PlaceMention | None = None
    weapons: list[str] = field(default_factory=list)
    harm: list[Harm] = field(default_factory=list)
    mode: str | None = None
    type: str = ""
    weak: str = ""
    denies: Telling | None = None
    plainly: tuple[Status, Status] = ("reported", "reported")
    sure: frozenset[str] = frozenset()
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def trigger(self) -> Span:
        """The span of the words that carry the act."""
        tokens = self.act.line.tokens
        return tokens[self.act.at].start, tokens[self.act.last - 1].end
