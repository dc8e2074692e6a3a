"""A proposal before its actors have ids."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.model.record import AnswerKind, Days, Span
from marsad.reading.actors import Draft
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling


@dataclass(slots=True, eq=False)
class Offer:
    """A proposal: by whom, what, when made and renewed, whose consent it needs, and who answered how; `call` where it
    is one only by its answers («دعا الطرفين إلى …»)."""

    by: list[Draft]
    what: Span
    telling: Telling | None
    made: Days | None
    line: int
    call: bool = False
    renewed: list[Days] = field(default_factory=list)
    consent: list[Draft] = field(default_factory=list)
    answers: list[tuple[Draft, AnswerKind, Speech | None]] = field(default_factory=list)
