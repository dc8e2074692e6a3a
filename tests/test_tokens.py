"""Words, numbers and marks: what is one token, what is left out."""

from __future__ import annotations

import pytest

from marsad.text.tokens import tokenize


def forms(text: str) -> list[str]:
    """The written tokens of a text."""
    return [t.form for t in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#السودان", ["السودان"]),
        ("#قطاع_غزة", ["قطاع", "غزة"]),
        ("الهدنة في #شمال_شرق_سوريا", ["الهدنة", "في", "شمال", "شرق", "سوريا"]),
        ("#عاجل: انفجار", ["عاجل", ":", "انفجار"]),
    ],
)
def test_hashtag_is_read_as_its_words(text: str, words: list[str]) -> None:
    assert forms(text) == words


@pytest.mark.parametrize("text", ["#قطاع_غزة", "قال #الجيش_المالي إنه انسحب", "#مالي #النيجر"])
def test_words_of_a_hashtag_keep_their_places(text: str) -> None:
    assert all(text[t.start : t.end] == t.form for t in tokenize(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [("و5 جرحى", ["و", "5", "جرحى"]), ("10% منهم", ["10", "%", "منهم"]), ("مواقع-الجبهة", ["مواقع-الجبهة"])],
)
def test_other_marks_are_kept(text: str, words: list[str]) -> None:
    assert forms(text) == words
