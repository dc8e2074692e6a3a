"""The words of a text are compared by their dictionary forms, without clitics, particles and ways of typing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.ledger.words import content_keys, search_key, search_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("صواريخ", "صاروخ"),
        ("وبالصواريخ", "صاروخا"),
        ("المدن", "مدينة"),
        ("القُرى", "القرى"),
        ("هجوم", "الهجوم"),
        ("إطلاق", "اطلاق"),
        ("غنجة", "غنجه"),
        ("قتلى", "قتيل"),
        ("والجرحى", "جريح"),
    ],
)
def test_forms_of_one_word_have_one_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("قتل", "قصف"), ("هدنة", "مدينة"), ("باكو", "يريفان"), ("5", "7")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_a_word_without_a_dictionary_form_is_its_own_key() -> None:
    assert search_key("مينغاتشفير") == "مينغاتشفير"


def test_keys_for_searching_keep_the_order_and_every_repetition() -> None:
    assert search_keys("هدنة بعد هدنة، 3 مرات!") == [search_key(w) for w in ("هدنة", "بعد", "هدنة", "3", "مرات")]


def test_keys_for_comparing_leave_out_particles_and_repetitions() -> None:
    assert content_keys("قصف في قصف من عن الى") == tuple(sorted({search_key("قصف"), search_key("الى")}))


def test_a_number_tells_incidents_apart_however_short() -> None:
    assert "5" in content_keys("قتل 5 جنود")


def test_digits_of_both_scripts_are_one_number() -> None:
    assert content_keys("قتل ٥ جنود") == content_keys("قتل 5 جنود")


@pytest.mark.parametrize("text", ["", " ", "،؟!", "\n\n", "في من"])
def test_a_text_without_words_has_nothing_to_compare(text: str) -> None:
    assert content_keys(text) == ()


@settings(deadline=None)
@given(st.text(max_size=80))
def test_keys_for_comparing_are_different_sorted_and_among_those_for_searching(text: str) -> None:
    keys = content_keys(text)
    assert list(keys) == sorted(set(keys))
    assert set(keys) <= set(search_keys(text))
    assert "" not in keys


@settings(deadline=None)
@given(st.permutations(["قصف", "مدينة", "5", "جنود", "صباح", "السبت"]))
def test_the_order_of_words_does_not_matter_for_comparing(words: list[str]) -> None:
    assert content_keys(" ".join(words)) == content_keys("قصف مدينة 5 جنود صباح السبت")
