"""Counts of harm: one person, two by the dual, companions joined by «و», and the other side's dead left apart."""

from __future__ import annotations

import pytest
from one_line import line_of

from marsad.reading.casualties import find_harm

Count = tuple[str, int, int | None]


def counts(text: str) -> list[Count]:
    """The counts of harm of a text."""
    return [(h.kind, h.low, h.high) for h in find_harm(line_of(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("أسفر الهجوم عن مقتل ضابط وجندي.", ("killed", 2, 2)),
        ("أسفر الهجوم عن مقتل طبيب ومسعف في المستشفى.", ("killed", 2, 2)),
        ("أصيب شرطي ومتظاهر قرب المحكمة.", ("injured", 2, 2)),
        ("أدى القصف إلى مقتل رجل وامرأة وطفل.", ("killed", 3, 3)),
    ],
)
def test_companions_are_counted_together(text: str, count: Count) -> None:
    assert counts(text) == [count]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("أدى القصف إلى مقتل امرأة وطفلين.", ("killed", 3, 3)),
        ("قتلت امرأة وطفلتان في القصف.", ("killed", 3, 3)),
        ("أدى التفجير إلى مقتل عشرة مدنيين وشرطي.", ("killed", 11, 11)),
    ],
)
def test_number_or_dual_takes_its_companion(text: str, count: Count) -> None:
    assert counts(text) == [count]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قتل 8 جنود و14 مسلحا في الاشتباك.", ("killed", 8, 8)),
        ("أسفر الاشتباك عن مقتل جندي ومسلح.", ("killed", 1, 1)),
        ("أسفر الاشتباك عن مقتل خمسة مسلحين وجندي.", ("killed", 5, 5)),
    ],
)
def test_dead_of_the_other_side_are_no_companions(text: str, count: Count) -> None:
    assert counts(text)[0] == count


def test_who_is_told_of_next_is_no_companion() -> None:
    assert counts("قتل شرطي في انفجار عبوة وقال الجيش إنه يحقق.") == [("killed", 1, 1)]


def test_second_word_of_harm_counts_for_itself() -> None:
    assert counts("أسفرت الغارة عن مقتل مسعف وإصابة طفلة.") == [("killed", 1, 1), ("injured", 1, 1)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أدى الانفجار إلى مقتل معلمة.", "killed"),
        ("قتل فلسطيني في جنين.", "killed"),
        ("قتل القناص طفلا في الحي.", "killed"),
        ("أصيب مستوطن طعنا.", "injured"),
        ("أدى القصف إلى إصابة صحفي.", "injured"),
        ("قتلت سائحة ألمانية في الهجوم.", "killed"),
    ],
)
def test_noun_for_one_person_counts_one(text: str, kind: str) -> None:
    assert counts(text) == [(kind, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "مقتل الشاب في القصف أغضب الأهالي.",
        "أسفر القصف عن مقتل أسرة.",
        "قال شاب إن القصف استمر.",
    ],
)
def test_one_named_before_or_not_harmed_is_not_counted(text: str) -> None:
    assert counts(text) == []


def test_relative_of_the_dead_is_counted_with_him() -> None:
    assert counts("قتلت القوات امرأة وابنها في القرية.") == [("killed", 2, 2)]


def test_bare_number_after_counted_people_is_of_people() -> None:
    assert counts("قتلت قذيفة ثلاثة مدنيين وأصابت خمسة في السوق.") == [("killed", 3, 3), ("injured", 5, 5)]
