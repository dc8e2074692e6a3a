"""Finding the pack's words under clitics and inflection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.language.lexicon import Phrases, Verbs, participles, phrases_of, splits, without_pronoun
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


TABLE = [{"id": "attack", "forms": "هجوم|هجمات", "part": ""}, {"id": "suicide", "forms": "هجوم انتحاري", "part": ""}]
PARTS = [{"id": "add", "forms": "", "part": "مضيف|مؤكد"}, {"id": "near", "forms": "", "part": "مقرب من"}]


@pytest.mark.parametrize(
    ("text", "row"),
    [("هجومان", "attack"), ("وهجماتهم", "attack"), ("بالهجوم البري", "attack"), ("هجوما انتحاريا", "suicide")],
)
def test_words_of_a_table_stand_for_their_row(text: str, row: str) -> None:
    found = phrases_of(TABLE, lambda r: r["id"]).match(tokenize(text), 0)
    assert found is not None
    assert found.value == row


@pytest.mark.parametrize("text", ["مهاجم", "انتحاري", "دفاع"])
def test_word_outside_of_the_table_stands_for_none(text: str) -> None:
    assert phrases_of(TABLE, lambda r: r["id"]).match(tokenize(text), 0) is None


@pytest.mark.parametrize(("text", "found"), [("الهجوم", True), ("هجومان", False)])
def test_only_the_written_forms_asked_for_are_found(text: str, found: bool) -> None:
    index = phrases_of(TABLE, lambda r: r["id"], lambda form: (form,))
    assert (index.match(tokenize(text), 0) is not None) is found


@pytest.mark.parametrize(
    ("text", "row"),
    [("مضيفة", "add"), ("ومؤكدين", "add"), ("مقربة من القصر", "near"), ("المقربون من القصر", "near")],
)
def test_participle_is_found_in_gender_and_number(text: str, row: str) -> None:
    found = phrases_of(PARTS, lambda r: r["id"], participles, "part").match(tokenize(text), 0)
    assert found is not None
    assert found.value == row


@pytest.mark.parametrize("text", ["مقرب", "مقرب إلى القصر", "يضيف", "إضافة"])
def test_participle_without_its_words_is_none(text: str) -> None:
    assert phrases_of(PARTS, lambda r: r["id"], participles, "part").match(tokenize(text), 0) is None


def test_further_words_of_a_participle_stay_as_they_are() -> None:
    assert {form.split()[1] for form in participles("حليف ل")} == {"ل"}
    assert {"حليفه ل", "حليفون ل"} <= set(participles("حليف ل"))


@given(st.text(max_size=20))
def test_no_word_breaks_the_cutting(word: str) -> None:
    for split in splits(fold(word)):
        assert split.rest
    assert all(stem for stem, _ in without_pronoun(fold(word)))
