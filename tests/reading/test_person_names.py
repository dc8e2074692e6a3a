"""Who holds an office: his name right after it, after a comma, or after more words on the office."""

from __future__ import annotations

import pytest
from one_line import line_of

from marsad.reading.document import Mention


def first(text: str) -> Mention:
    """The first mention of a text."""
    return line_of(text).mentions[0]


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (
            "قال السفير السعودي في الولايات المتحدة الأمير خالد بن سلمان إن بلاده ترفض الهجوم.",
            "خالد بن سلمان", "السفير السعودي في الولايات المتحدة",
        ),
        (
            "قال سفير روسيا لدى الأمم المتحدة فاسيلي نيبينزيا إن بلاده ترفض المشروع.",
            "فاسيلي نيبينزيا", "سفير روسيا لدى الأمم المتحدة",
        ),
        (
            "قال مبعوث الأمم المتحدة إلى اليمن هانس غروندبرغ إن المحادثات مستمرة.",
            "هانس غروندبرغ", "مبعوث الأمم المتحدة إلى اليمن",
        ),
        (
            "قال وزير الداخلية في حكومة الوحدة الوطنية عماد الطرابلسي إن الأمن مستتب.",
            "عماد الطرابلسي", "وزير الداخلية في حكومة الوحدة الوطنية",
        ),
    ],
)  # fmt: skip
def test_name_stands_after_more_words_on_the_office(text: str, person: str, role: str) -> None:
    mention = first(text)
    assert (mention.kind, mention.person, mention.role) == ("person", person, role)


@pytest.mark.parametrize(
    "text",
    [
        "التقى وزير الخارجية القطري في الدوحة أنتوني بلينكن.",
        "استقبل السفير الفرنسي في بيروت أمس ميشال عون.",
        "زار وزير الدفاع التركي مع هاكان فيدان الثكنة.",
    ],
)
def test_another_persons_name_is_not_the_holders(text: str) -> None:
    mention = first(text)
    assert (mention.shape, mention.person) == ("office", "")


@pytest.mark.parametrize(
    "text",
    [
        "اتهم قائد الحرس الثوري الإيراني إسرائيل بالهجوم.",
        "قال قائد الجيش في الجنوب إن القتال انتهى.",
        "قال المتحدث باسم الخارجية القطرية إن الوساطة مستمرة.",
    ],
)
def test_office_without_a_name_stays_one(text: str) -> None:
    mention = first(text)
    assert (mention.shape, mention.person) == ("office", "")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("قال وزير الدفاع في الحكومة اليمنية محسن الداعري إن الجبهة هادئة.", "محسن الداعري"),
        ("قال وزير الدفاع اليمني محسن الداعري إن الجبهة هادئة.", "محسن الداعري"),
        ("قال وزير الدفاع اليمني، محسن الداعري، إن الجبهة هادئة.", "محسن الداعري"),
    ],
)
def test_same_holder_near_or_far(text: str, person: str) -> None:
    mention = first(text)
    assert (mention.person, mention.code) == (person, "YEM")
