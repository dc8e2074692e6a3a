"""Text of a page that cannot steer a screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.show.marked import flat, mark, marked


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("12\u202e-34", "12⟦U+202E⟧-34"),
        ("\x1b[31mx", "⟦U+001B⟧[31mx"),
        ("a\x00b", "a⟦U+0000⟧b"),
        ("a\ud800b", "a⟦U+D800⟧b"),
        ("a\u2028b", "a⟦U+2028⟧b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u2066x\u2069", "⟦U+2066⟧x⟦U+2069⟧"),
        ("a\u200fb", "a⟦U+200F⟧b"),
        ("\x9b2J", "⟦U+009B⟧2J"),
    ],
)
def test_unseen_characters_are_shown(raw: str, shown: str) -> None:
    assert marked(raw) == shown


def test_direction_marks_stay_on_a_page_where_paragraphs_are_isolated() -> None:
    assert mark("قال\u200f نعم\u202e").text == "قال\u200f نعم⟦U+202E⟧"


@given(st.text())
def test_marked_never_raises_and_twice_equals_once(text: str) -> None:
    once = marked(text)
    assert marked(once) == once
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in once)
    once.encode("utf-8")
    assert "\n" not in flat(text)


@given(st.text(alphabet=st.characters(), max_size=40), st.data())
def test_offsets_carry_over(text: str, data: st.DataObject) -> None:
    shown = mark(text)
    at = data.draw(st.integers(0, len(text)))
    if text[at - 1 : at + 1] != "\r\n":
        assert shown.text[: shown.at(at)] == mark(text[:at]).text
    assert shown.at(len(text)) == len(shown.text)
