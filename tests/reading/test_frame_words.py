"""The words that a frame asks for: after its verb, or in the phrase before it."""

from __future__ import annotations

import pytest
from one_line import at, line_of

from marsad.reading.acts import find_acts
from marsad.reading.frame_words import named_before, required_end
from marsad.reading.frames import Frame
from marsad.text.fold import fold


def asking(*words: str) -> Frame:
    """A frame that asks for one of some words."""
    return Frame("x", "ASSAULT", None, (), {}, (), tuple(tuple(fold(w).split()) for w in words), frozenset())


def rules(text: str) -> list[str]:
    """The frames of a text's acts."""
    return [a.frame.row for a in find_acts(line_of(text))]


@pytest.mark.parametrize(
    ("text", "word", "row"),
    [
        ("آلاف المحتجين يقتحمون القصر في كولومبو.", "محتجين", "frame.protest.break-into-demo"),
        ("المتظاهرون أحرقوا مقر البلدية.", "متظاهرون", "frame.protest.burn-offices"),
        ("مسلحون مجهولون قتلوا ثلاثة شرطيين.", "مسلحون", "frame.assault.gunmen-kill"),
        ("المحتجون أغلقوا الطريق.", "محتجون", "frame.protest.close-road-demo"),
    ],
)
def test_subject_before_the_verb_holds_the_frames_word(text: str, word: str, row: str) -> None:
    line = line_of(text)
    (act,) = find_acts(line)
    assert named_before(line, 0, act.at, asking(word))
    assert act.frame.row == row


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("المعبر الذي أغلقه الجيش المصري ما زال مغلقا.", "frame.coerce.close"),
        ("الصواريخ التي أطلقتها كوريا الشمالية سقطت في البحر.", "frame.assault.rocket-fire"),
        ("السفينة التي احتجزتها البحرية الإيرانية كانت تنقل النفط.", "frame.assault.ship-seize"),
        ("الهدنة التي خرقتها أذربيجان لم تدم يوما.", "frame.assault.truce-break"),
    ],
)
def test_what_a_relative_clause_describes_holds_the_frames_word(text: str, row: str) -> None:
    assert row in rules(text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("الجنود يقتحمون القصر في كولومبو.", "frame.protest.break-into-demo"),
        ("الجنود أحرقوا مقر البلدية.", "frame.protest.burn-offices"),
        ("الباب الذي أغلقه الحارس ما زال مغلقا.", "frame.coerce.close"),
        ("المبادرة التي أطلقتها الجزائر ما زالت قائمة.", "frame.assault.rocket-fire"),
    ],
)
def test_another_word_before_the_verb_is_not_enough(text: str, row: str) -> None:
    assert row not in rules(text)


def test_word_of_an_earlier_phrase_does_not_count() -> None:
    line = line_of("عاد المحتجون، والجنود اقتحموا القصر.")
    verb = at(line, "اقتحموا")
    assert named_before(line, 0, verb, asking("محتجون"))
    assert not named_before(line, at(line, "والجنود"), verb, asking("محتجون"))


def test_word_after_the_verb_is_not_before_it() -> None:
    line = line_of("اقتحم محتجون القصر.")
    assert not named_before(line, 0, 0, asking("محتجون"))
    assert required_end(line, 1, asking("محتجون"), 4) == 2


@pytest.mark.parametrize(("wanted", "found"), [("أعمال حربية", True), ("أعمال خيرية", False), ("حربية أعمال", False)])
def test_phrase_of_two_words_is_found_whole(wanted: str, found: bool) -> None:
    line = line_of("الأعمال الحربية التي أوقفها الجيش عادت.")
    assert named_before(line, 0, at(line, "أوقفها"), asking(wanted)) is found
