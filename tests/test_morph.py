"""Inflected forms from principal parts."""

from __future__ import annotations

import pytest

from marsad.language.morph import adjective_forms, noun_forms, verb_forms
from marsad.text.fold import fold


def _keys(principal: str) -> set[str]:
    return {key for key, _ in verb_forms(principal)}


@pytest.mark.parametrize(
    ("principal", "forms"),
    [
        ("قصف/يقصف", "قصف قصفت قصفوا يقصف تقصف يقصفون نقصف قصفنا"),
        ("قال/يقول", "قال قالت قالوا يقول يقولون يقل قلنا"),
        ("دعا/يدعو", "دعا دعت دعوا يدعو يدعون يدع"),
        ("نفى/ينفي", "نفى نفت نفوا ينفي ينفون ينف"),
        ("استعاد/يستعيد", "استعاد استعادت استعدنا يستعيد تستعيد"),
        ("شن/يشن", "شن شنت شنوا يشن تشن يشنون"),
        ("أعلن/يعلن", "أعلن أعلنت أعلنا أعلنوا يعلن تعلن يعلنان"),
    ],
)
def test_verb_has_its_newspaper_forms(principal: str, forms: str) -> None:
    assert {fold(f) for f in forms.split()} <= _keys(principal)


def test_form_knows_person_and_number() -> None:
    forms = dict(verb_forms("قصف/يقصف"))
    assert forms["قصفوا"].number == "p"
    assert forms["يقصف"].tense == "present"
    assert forms["نقصف"].person == 1


def test_noun_keeps_its_later_words() -> None:
    assert "عمليات" not in noun_forms("عملية عسكرية")
    assert fold("عملية عسكرية") in noun_forms("عملية عسكرية")
    assert "هجوما" in noun_forms("هجوم")
    assert "غارتان" in noun_forms("غارة")
    assert "غارات" in noun_forms("غارة")


def test_adjective_is_inflected() -> None:
    assert {"روسي", "روسيه", "روسيون", "روسيين", "روسيا"} <= set(adjective_forms("روسي"))


@pytest.mark.parametrize("nothing", ["", " ", "/"])
def test_no_verb_has_no_forms(nothing: str) -> None:
    assert verb_forms(nothing) == ()


@pytest.mark.parametrize("nothing", ["", " "])
def test_no_noun_has_no_forms(nothing: str) -> None:
    assert noun_forms(nothing) == ()
