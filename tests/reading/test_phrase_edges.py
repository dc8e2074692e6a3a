"""Where phrases begin and end: which quotation marks open, and what they do to a name."""

from __future__ import annotations

import pytest
from one_line import line_of, words

from marsad.reading.phrase_edges import opens_quotation


def opening(text: str) -> list[bool]:
    """For each quotation mark of a text, whether it opens."""
    line = line_of(text)
    return [opens_quotation(line, i) for i, t in enumerate(line.tokens) if t.form in '"«»“”']


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ('قال الوزير "لا سلام" ثم غادر.', [True, False]),
        ('قال الوزير "لا سلام" ثم غادر "القاعة" مسرعا.', [True, False, True, False]),
        ('سمت الجماعة نفسها "سرايا النصر" وسمت الهجوم "وعدا".', [True, False, True, False]),
    ],
)
def test_every_second_straight_mark_closes(text: str, opens: list[bool]) -> None:
    assert opening(text) == opens


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("قالت حركة «أمل» إن «الوضع» هادئ.", [True, False, True, False]),
        ("قال الوزير “لا سلام” ثم غادر.", [True, False]),
        ("قال «إن «أمل» باقية».", [True, True, False, False]),
    ],
)
def test_pointed_marks_open_by_their_shape(text: str, opens: list[bool]) -> None:
    assert opening(text) == opens


def test_word_is_no_mark() -> None:
    assert not opens_quotation(line_of("قال الوزير إنه باق."), 0)


def test_name_goes_into_the_quotation_that_opens_after_its_head() -> None:
    line = line_of('وصفت الحركة "سرايا السلام" الهجوم بأنه جبان.')
    assert words(line, line.mentions) == ['الحركة "سرايا السلام"']


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('انسحب "حزب الأمة" من الحوار.', ["حزب الأمة"]),
        ('قال قائد في "حماس" إن المعبر مفتوح.', ["قائد", "حماس"]),
        ('هاجم مسلحو "الشباب" "القاعدة" فجرا.', ['مسلحو "الشباب"', "القاعدة"]),
        ('وصفت الحركة "سرايا السلام" "الهجوم" بأنه جبان.', ['الحركة "سرايا السلام"']),
    ],
)
def test_name_ends_with_its_quotation(text: str, names: list[str]) -> None:
    line = line_of(text)
    assert words(line, line.mentions) == names
