"""The day of publication, inferred where the words leave only one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model.record import Publication
from marsad.reading.publication import infer_publication
from marsad.text.tokens import Token, tokenize


def page(*paragraphs: str) -> list[list[Token]]:
    text, found = "\n".join(paragraphs), []
    start = 0
    for paragraph in paragraphs:
        found.append(tokenize(text, start, start + len(paragraph)))
        start += len(paragraph) + 1
    return found


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("أعلن الجيش اليوم الخميس 15 أكتوبر 2020 هدنة",),
        ("أعلن الجيش اليوم، 15 تشرين الأول/أكتوبر 2020، هدنة",),
        ("قال أمس الأربعاء 14 أكتوبر 2020 إنه ينسحب",),
        ("يجتمعون غدا الجمعة (16 أكتوبر 2020)",),
        ("باكو، 15 أكتوبر 2020 - أعلنت الوزارة",),
        ("التقيا السبت الماضي، 10 أكتوبر 2020، في موسكو", "وقال اليوم الخميس إن الهدنة قائمة"),
        ("وقال اليوم الخميس إن القمة تعقد", "الأحد المقبل 18 أكتوبر 2020"),
    ],
)
def test_day_is_inferred(paragraphs: tuple[str, ...]) -> None:
    found = infer_publication(page(*paragraphs))
    assert (found.first, found.last, found.basis) == ("2020-10-15", "2020-10-15", "inferred")


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("قال اليوم الخميس إن الحرب تدور منذ أكثر من أسبوعين", "وصلوا إليها السبت الماضي"),
        ("وقع الاتفاق في 10 أكتوبر 2020 في موسكو",),
        ("اليوم الجمعة 15 أكتوبر 2020",),
        ("قال اليوم الخميس", "وأمس الخميس 15 أكتوبر 2020"),
        ("قال اليوم 15 أكتوبر 2020", "وقال اليوم 16 أكتوبر 2020"),
        ("السبت الماضي 10 أكتوبر 2020",),
        ("15 أكتوبر 2020 - هجوم على القرية",),
        (),
    ],
)
def test_day_is_never_guessed(paragraphs: tuple[str, ...]) -> None:
    assert infer_publication(page(*paragraphs)) == Publication()


def test_evidence_is_the_words() -> None:
    paragraphs = ("التقيا السبت الماضي 10 أكتوبر 2020 في موسكو", "وقال اليوم الخميس إن الهدنة قائمة")
    text = "\n".join(paragraphs)
    found = infer_publication(page(*paragraphs))
    assert [text[a:b] for a, b in found.evidence] == ["السبت الماضي 10 أكتوبر 2020", "اليوم الخميس"]


@given(st.lists(st.text()))
def test_never_raises(paragraphs: list[str]) -> None:
    infer_publication([tokenize(p) for p in paragraphs])
