"""The harm of acts that were voted out goes to an act of force of their sentence, or keeps them."""

from __future__ import annotations

import pytest
from one_line import at, line_of

from marsad.reading.arguments import Arguments
from marsad.reading.casualties import Harm
from marsad.reading.document import Line
from marsad.reading.frames import Frame
from marsad.reading.harm_of_acts import rehome
from marsad.reading.roles import Act
from marsad.reading.telling import Telling

TEXT = "قصف الجيش القرية فقتل ثلاثة وجرح عشرة. واعتقل الجيش شابا."


def telling(line: Line, word: str, kind: str = "ASSAULT", *harm: Harm) -> Telling:
    """An act that a word of a line tells."""
    i = at(line, word)
    frame = Frame("x", kind, None, (), {}, (), (), frozenset())
    return Telling(Act(line, i, i + 1, frame, "verb", Arguments()), [], [], "reported", type=kind, harm=list(harm))


DEAD = Harm("killed", 3, 3, None, 0)
HURT = Harm("injured", 10, 10, None, 0)


def test_harm_goes_to_an_act_of_force_of_its_sentence() -> None:
    line = line_of(TEXT)
    kept = telling(line, "قصف")
    assert rehome([kept], [telling(line, "فقتل", "ASSAULT", DEAD, HURT)]) == []
    assert kept.harm == [DEAD, HURT]


def test_harm_goes_to_the_nearest_act() -> None:
    line = line_of(TEXT)
    far, near = telling(line, "قصف"), telling(line, "وجرح")
    assert rehome([far, near], [telling(line, "فقتل", "ASSAULT", DEAD)]) == []
    assert (far.harm, near.harm) == ([], [DEAD])


def test_harm_is_not_counted_twice() -> None:
    line = line_of(TEXT)
    kept = telling(line, "قصف", "ASSAULT", DEAD)
    rehome([kept], [telling(line, "فقتل", "ASSAULT", DEAD)])
    assert kept.harm == [DEAD]


@pytest.mark.parametrize(("word", "kind"), [("واعتقل", "ASSAULT"), ("قصف", "COERCE")])
def test_act_of_another_sentence_or_kind_takes_no_harm(word: str, kind: str) -> None:
    line = line_of(TEXT)
    kept, dropped = telling(line, word, kind), telling(line, "فقتل", "ASSAULT", DEAD)
    assert rehome([kept], [dropped]) == [dropped]
    assert (kept.harm, dropped.harm) == ([], [DEAD])


def test_act_of_another_line_takes_no_harm() -> None:
    kept, dropped = telling(line_of(TEXT), "قصف"), telling(line_of(TEXT), "فقتل", "ASSAULT", DEAD)
    assert rehome([kept], [dropped]) == [dropped]


def test_act_without_harm_does_not_stay() -> None:
    line = line_of(TEXT)
    assert rehome([], [telling(line, "قصف")]) == []
