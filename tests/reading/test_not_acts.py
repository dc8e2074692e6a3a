"""Words that look like an act and tell none: phrases, accidents, letters with their vowel signs."""

from __future__ import annotations

import pytest
from one_line import line_of

from marsad.language.pack import rows
from marsad.page import read_page
from marsad.reading.acts import find_acts
from marsad.reading.frames import not_act_letters, not_acts
from marsad.reading.reader import Reading, read_reading


def types(text: str) -> list[str]:
    """The types of a text's acts."""
    return [a.frame.type for a in find_acts(line_of(text))]


def ruled(text: str) -> Reading:
    """A text's reading by the rules alone."""
    return read_reading(read_page(text, published="2024-05-15"), voted=False, judged=False)


def test_kinds_are_closed() -> None:
    assert {r["kind"] for r in rows("not_acts.tsv")} == {"phrase", "accident", "letters"}


def test_letters_carry_vowel_signs() -> None:
    assert not_act_letters()
    assert all(any("\u064b" <= c <= "\u0652" for c in letters) for letters in not_act_letters())


@pytest.mark.parametrize(
    ("text", "kind"),
    [("غرفة العمليات", "phrase"), ("حرب باردة", "phrase"), ("حادث سير", "accident"), ("فيضانات", "accident")],
)
def test_phrase_has_its_kind(text: str, kind: str) -> None:
    found = not_acts().match(line_of(text).tokens, 0)
    assert found is not None
    assert found.value == kind


def test_letters_are_no_phrase() -> None:
    assert not_acts().match(line_of("سيّر القافلة").tokens, 0) is None


@pytest.mark.parametrize(
    "text",
    [
        "انقطعت خدمات الاتصالات بين الخرطوم ومدني.",
        "يخشى الكاتب حربا باردة بين روسيا وأميركا.",
        "تتعثر العملية السياسية في ليبيا.",
        "أجرى الجيش العراقي عرضا عسكريا في الساحة.",
    ],
)
def test_phrase_tells_no_act(text: str) -> None:
    assert types(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("تكثفت الاتصالات بين القاهرة وأنقرة.", "CONSULT"),
        ("دخلت الحرب بين روسيا وأوكرانيا عامها الثالث.", "ASSAULT"),
        ("شن الجيش عملية عسكرية ضد المتمردين.", "ASSAULT"),
        ("عرضت مصر وساطة على السودان.", "AGREE"),
    ],
)
def test_same_word_outside_of_the_phrase_tells_one(text: str, kind: str) -> None:
    assert types(text) == [kind]


@pytest.mark.parametrize(
    "text",
    ["حلقت مسيّرات فوق الميناء.", "سقطت المسيّرة في البحر.", "مسيّرة روسية تقصف سوقا في خيرسون."],
)
def test_shadda_tells_a_drone_from_a_march(text: str) -> None:
    assert "PROTEST" not in types(text)


@pytest.mark.parametrize("text", ["خرجت مسيرة حاشدة في صنعاء.", "شارك الآلاف في مسيرات في عمان."])
def test_march_without_the_sign_is_a_protest(text: str) -> None:
    assert types(text) == ["PROTEST"]


@pytest.mark.parametrize(
    "text",
    [
        "قتل خمسة أشخاص في حادث سير قرب تعز.",
        "قتل الطاقم في تحطم طائرة شحن.",
        "قتل عاملان في انهيار مبنى في القاهرة.",
        "قتل ثلاثة مدنيين جراء السيول في اليمن.",
    ],
)
def test_dead_of_an_accident_are_no_acts(text: str) -> None:
    found = ruled(text)
    assert found.tellings == []
    assert "an accident" in {t.weak for t in found.weak}


@pytest.mark.parametrize(
    "text",
    [
        "قتل خمسة أشخاص في انفجار قرب تعز.",
        "قتل سبعة مدنيين في انهيار مبنى بعد سقوط قذيفة.",
        "قتلت القوات الروسية سبعة مدنيين فانهار مبنى في المدينة.",
    ],
)
def test_dead_of_violence_are_an_acts(text: str) -> None:
    found = ruled(text)
    assert "ASSAULT" in {t.type for t in found.tellings}
    assert "an accident" not in {t.weak for t in found.weak}


def test_dead_counted_beside_an_accident_make_no_event() -> None:
    assert ruled("ارتفعت حصيلة قتلى الزلزال إلى 40 قتيلا.").tellings == []
