"""Numbers: digits, words, duals, vague counts and the phrases that bound them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.numbers import is_dual, read_ordinal, read_quantity
from marsad.text.tokens import tokenize

EXACT = {
    "15 قتيلا": 15,
    "١٢٣٤ نازحا": 1234,
    "۴۵ جريحا": 45,
    "1,200 أسرة": 1200,
    "ثلاثة جنود": 3,
    "ثلاث نساء": 3,
    "ثماني غارات": 8,
    "خمسة عشر": 15,
    "وخمس عشرة قرية": 15,
    "إثنا عشر شخصا": 12,
    "أحد عشر لاعبا": 11,
    "خمسة وعشرون": 25,
    "واحد وثلاثين ألفا": 31000,
    "مائة": 100,
    "مئتين": 200,
    "ثلاثمئة": 300,
    "ثلاث مئة": 300,
    "مئة و5": 105,
    "ألف ومئتان وخمسون": 1250,
    "ألفي عنصر": 2000,
    "6 آلاف و500": 6500,
    "عشرة ملايين ومئتي ألف": 10_200_000,
    "1.5 مليون": 1_500_000,
    "نصف مليون": 500_000,
    "مليون ونصف المليون": 1_500_000,
}

BOUNDED: dict[str, tuple[int, int | None]] = {
    "عشرات القتلى": (20, 99),
    "مئات": (200, 999),
    "آلاف النازحين": (2000, 9999),
    "عشرات الآلاف": (20_000, 99_999),
    "مئات الآلاف": (200_000, 999_999),
    "عدة": (2, None),
    "ما لا يقل عن سبعة": (7, None),
    "أكثر من 40": (41, None),
    "أكثر من 6 آلاف و500": (6501, None),
    "نحو ثلاثمئة": (300, 300),
    "بنحو 300 ألف": (300_000, 300_000),
    "أقل من عشرة": (0, 9),
    "لا يتجاوز 20": (0, 20),
    "ما بين 30 و40": (30, 40),
    "بين ثلاثين وأربعين": (30, 40),
    "30 إلى 40": (30, 40),
    "5-7 قتلى": (5, 7),
    "سبعة جنود على الأقل": (7, None),
}


@pytest.mark.parametrize(("text", "value"), EXACT.items())
def test_number_is_read(text: str, value: int) -> None:
    found = read_quantity(tokenize(text), 0)
    assert found is not None
    assert (found.low, found.high) == (value, value)


@pytest.mark.parametrize(("text", "bounds"), BOUNDED.items())
def test_bounds_follow_the_coding_rules(text: str, bounds: tuple[int, int | None]) -> None:
    found = read_quantity(tokenize(text), 0)
    assert found is not None
    assert (found.low, found.high) == bounds


def test_bounding_words_belong_to_the_span() -> None:
    tokens = tokenize("قتل أكثر من 40 مدنيا")
    found = read_quantity(tokens, 1)
    assert found is not None
    assert (found.first, found.last) == (1, 4)


def test_at_least_after_the_noun_stays_outside_the_span() -> None:
    found = read_quantity(tokenize("12 شخصا على الأقل"), 0)
    assert found is not None
    assert (found.last, found.high) == (1, None)


@pytest.mark.parametrize("text", ["40 بالمئة", "40%", "7.5 درجات", "أحد الجنود", "لبنان", "مدنيين"])
def test_what_is_no_count(text: str) -> None:
    assert read_quantity(tokenize(text), 0) is None


def test_dual_is_a_count_of_two() -> None:
    found = read_quantity(tokenize("قتيلان"), 0)
    assert found is not None
    assert (found.low, found.high, found.counted_dual) == (2, 2, True)


@pytest.mark.parametrize("key", ["قتيلان", "جنديين", "طائرتين", "والقريتان", "فلسطينيان"])
def test_sure_duals(key: str) -> None:
    assert is_dual(key)


@pytest.mark.parametrize("key", ["مدنيين", "فلسطينيين", "لبنان", "افغانستان", "بوتين", "سكان", "عدوان"])
def test_what_only_looks_dual(key: str) -> None:
    assert not is_dual(key)


@pytest.mark.parametrize(
    ("text", "rank"), {"الثالث": 3, "الثالث عشر": 13, "الحادي والعشرين": 21, "السبعين": 70, "والخامسة": 5}.items()
)
def test_rank_is_read(text: str, rank: int) -> None:
    found = read_ordinal(tokenize(text), 0)
    assert found is not None
    assert found.rank == rank


PIECES = "و من أكثر نحو بين 5 30 999999999999999999 1.5 ألف مليون مئة خمسة عشر عشرون إلى - % عشرات قتيلان نصف"


@given(st.lists(st.sampled_from(PIECES.split())))
def test_never_raises_and_spans_lie_inside(words: list[str]) -> None:
    tokens = tokenize(" ".join(words))
    for i in range(len(tokens)):
        found = read_quantity(tokens, i)
        if found is not None:
            assert found.first == i < found.last <= len(tokens)
            assert found.low >= 0
            assert found.high is None or found.high >= found.low


@given(st.text())
def test_never_raises_on_any_text(text: str) -> None:
    tokens = tokenize(text)
    for i in range(-1, len(tokens) + 1):
        read_quantity(tokens, i)
