"""Words of proposing that tell a proposal only in company: a call that is answered, an office that one is ready for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from marsad.reading.diplomacy_cues import Found, marks
from marsad.reading.document import Line

_TAKEN_UP: Final = 5  # words from the answer to the call that it takes up
_READY: Final = 6

Place = tuple[int, int]


def answered_calls(lines: Sequence[Line], cues: Mapping[int, Sequence[Found]]) -> frozenset[Place]:
    """The calls («دعا الطرفين إلى …») that somebody answers as a call («قبلتا الدعوة»), by line and token.

    A bare demand is no proposal; one to which an answer is told is.

    Args:
        lines: the page's lines.
        cues: their words of diplomacy, by the line's number.
    """
    found: set[Place] = set()
    last: Place | None = None
    for line in lines:
        for cue in cues[line.number]:
            if cue.cue.kind == "proposal" and cue.cue.value == "call":
                last = (line.number, cue.at)
            elif cue.cue.kind == "answer" and last is not None and _takes_up(line, cue):
                found.add(last)
    return frozenset(found)


def _takes_up(line: Line, answer: Found) -> bool:
    _, stop = line.sentence_of(answer.at)
    near = range(answer.at, min(stop, answer.last + _TAKEN_UP))
    return any(line.tokens[k].key in marks("called") for k in near)


def ready_at(line: Line, office: Found) -> int | None:
    """Where a word before an office says that somebody is willing («استعداد قطر للوساطة»), or None.

    Args:
        line: the line.
        office: the word for the office.
    """
    begin, _ = line.sentence_of(office.at)
    for k in range(office.at - 1, max(begin, office.at - _READY) - 1, -1):
        if line.tokens[k].key in marks("ready"):
            return k
        if line.tokens[k].kind == "punct":
            return None
    return None
