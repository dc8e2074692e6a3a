"""Finding the pack's words under clitics and inflection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.lexicon import Phrases, Verbs, splits, without_pronoun
from marsad.text.fold import fold
from marsad.text.tokens import tokenize


def _phrases(*forms: str) -> Phrases[str]:
    index: Phrases[str] = Phrases()
    for form in forms:
        index.add(form, form, name=form.startswith("ال"))
    return index


@pytest.mark.parametrize(
    ("text", "pro", "article", "pronoun"),
    [
        ("قوات", "", False, ""),
        ("والقوات", "و", True, ""),
        ("للقوات", "ل", True, ""),
        ("بقواته", "ب", False, "ه"),
    ],
)
def test_noun_is_found_under_its_clitics(text: str, pro: str, article: bool, pronoun: str) -> None:
    found = _phrases("قوات").match(tokenize(text), 0)
    assert found is not None
    assert (found.pro, found.article, found.pronoun) == (pro, article, pronoun)


def test_longest_phrase_wins() -> None:
    index = _phrases("وزير", "وزير الخارجية")
    found = index.match(tokenize("وزير الخارجية الروسي"), 0)
    assert found is not None
    assert found.value == "وزير الخارجية"


def test_article_of_a_name_is_part_of_it() -> None:
    index = _phrases("الجزيرة")
    assert index.match(tokenize("قناة الجزيرة"), 1) is not None
    assert index.match(tokenize("جزيرة صغيرة"), 0) is None


def test_name_between_quotation_marks_is_found() -> None:
    index = _phrases("حزب الله")
    assert index.match(tokenize('حزب "الله"'), 0) is not None


def test_verb_is_found_under_its_clitics() -> None:
    index: Verbs[str] = Verbs()
    index.add("استهدف/يستهدف", "target")
    for word in ("استهدفت", "وسيستهدفون", "فاستهدفتها", "ليستهدف"):
        assert index.match(fold(word)), word
    assert not index.match("كتاب")


@given(st.text(max_size=20))
def test_no_word_breaks_the_cutting(word: str) -> None:
    for split in splits(fold(word)):
        assert split.rest
    assert all(stem for stem, _ in without_pronoun(fold(word)))
