"""Folding keys and tokens: two laws for every text function, and the spellings that must meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.fold import arabic_share, fold, fold_with_offsets
from marsad.text.tokens import tokenize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إعلان", "اعلان"), ("هدنة", "هدنه"), ("على", "علي"), ("قُتِلَ", "قتل"), ("الـقوات", "القوات"), ("کابل", "كابل"),
        ("٢٠٢٠", "2020"), ("۱۵", "15"), ("غز\u200fة", "غزه"),
    ],
)  # fmt: skip
def test_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_fold_is_total_and_idempotent(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert len(key) <= len(text)


@given(st.text())
def test_offsets_lead_back_into_the_text(text: str) -> None:
    key, offsets = fold_with_offsets(text)
    assert len(offsets) == len(key) + 1
    assert offsets == sorted(offsets)
    assert all(0 <= o <= len(text) for o in offsets)


@given(st.text())
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for token in tokenize(text):
        assert last <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.form
        last = token.end


@given(st.text())
def test_share_is_a_share(text: str) -> None:
    assert 0.0 <= arabic_share(text) <= 1.0


def test_number_and_its_conjunction_are_two_tokens() -> None:
    assert [t.form for t in tokenize("3 قتلى و5 جرحى")] == ["3", "قتلى", "و", "5", "جرحى"]
