"""Who stands with or against whom: adjectives that name a side, «بين» with both, participles, names without a tie."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.actors import Draft
from marsad.reading.alignments import Tie
from marsad.reading.reader import read_reading


def ties(text: str) -> list[Tie]:
    """The alignments of a text."""
    return read_reading(read_page(text, published="2024-05-15")).ties


def side(draft: Draft) -> str:
    """An actor as `code sector`."""
    return f"{draft.code} {draft.sector}"


def pairs(text: str) -> list[tuple[str, str, str]]:
    """The alignments of a text as kind, source, target."""
    return [(t.kind, side(t.source), side(t.target)) for t in ties(text)]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("انتقد الوزير الدعم الأميركي لإسرائيل.", "USA GOV", "ISR GOV"),
        ("تراجع الدعم الإيراني للحكومة السورية.", "IRN GOV", "SYR GOV"),
        ("زاد الدعم التركي لأذربيجان.", "TUR GOV", "AZE GOV"),
        ("أثار الدعم الروسي للجيش الليبي قلق تونس.", "RUS GOV", "LBY MIL"),
    ],
)
def test_adjective_of_nationality_gives_the_source(text: str, source: str, target: str) -> None:
    assert pairs(text) == [("supports", source, target)]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("سيطرت القوات السورية على البلدة بدعم روسي.", "RUS GOV", "SYR MIL"),
        ("تقدم الجيش الليبي نحو سرت بدعم مصري.", "EGY GOV", "LBY MIL"),
    ],
)
def test_adjective_is_the_source_of_who_is_supported(text: str, source: str, target: str) -> None:
    assert ("supports", source, target) in pairs(text)


@pytest.mark.parametrize("text", ["انتقد الوزير الدعم الأميركي.", "زاد الدعم التركي كثيرا هذا العام."])
def test_support_of_nobody_is_no_tie(text: str) -> None:
    assert ties(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("دخلت الحرب بين روسيا وأوكرانيا عامها الثالث.", "opposes", "RUS GOV", "UKR GOV"),
        ("تصاعد التوتر بين الجزائر والمغرب.", "opposes", "DZA GOV", "MAR GOV"),
        ("توطدت العلاقات بين الصين وباكستان.", "ties_with", "CHN GOV", "PAK GOV"),
        ("انتهت القطيعة بين السعودية وإيران.", "opposes", "SAU GOV", "IRN GOV"),
    ],
)
def test_between_gives_both_sides(text: str, kind: str, source: str, target: str) -> None:
    assert pairs(text) == [(kind, source, target)]


def test_what_describes_a_side_is_no_side() -> None:
    found = pairs("الحرب بين الحكومة اليمنية والحوثيين المتحالفين مع إيران مستمرة.")
    assert [(s, t) for kind, s, t in found if kind == "opposes"] == [("YEM GOV", "YEM REB")]
    assert ("allied_with", "YEM REB", "IRN GOV") in found


@pytest.mark.parametrize(
    "text",
    [
        "اجتمعت المعارضة السورية في إسطنبول.",
        "رفضت المعارضة الفنزويلية نتائج الاقتراع.",
        "أجرت المعارضة الأرمينية حوارا مع باريس.",
    ],
)
def test_name_of_the_opposition_tells_no_tie(text: str) -> None:
    assert ties(text) == []


@pytest.mark.parametrize("text", ["عارضت مصر إثيوبيا في ملف السد.", "تعارض مصر إثيوبيا في ملف السد."])
def test_verb_of_opposing_tells_one(text: str) -> None:
    assert pairs(text) == [("opposes", "EGY GOV", "ETH GOV")]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("دخلت قوات سورية موالية لتركيا البلدة.", "SYR MIL", "TUR GOV"),
        ("دخلت فصائل سورية موالية لتركيا البلدة.", "SYR REB", "TUR GOV"),
        ("قصفت الطائرات فصائل عراقية موالية لإيران.", "IRQ REB", "IRN GOV"),
    ],
)
def test_who_is_loyal_is_allied(text: str, source: str, target: str) -> None:
    assert ("allied_with", source, target) in pairs(text)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("دخلت قوات سورية مدعومة من تركيا البلدة.", "TUR GOV", "SYR MIL"),
        ("قصف التحالف مواقع الحوثيين المدعومين من إيران.", "IRN GOV", "YEM REB"),
        ("الميليشيات العراقية المدعومة إيرانيا أطلقت صواريخ.", "IRN GOV", "IRQ MIL"),
    ],
)
def test_who_is_supported_is_not_allied(text: str, source: str, target: str) -> None:
    assert pairs(text) == [("supports", source, target)]


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("تراجع الدعم الأميركي لأوكرانيا عسكريا.", ("military",)),
        ("زاد الدعم التركي لأذربيجان.", ()),
    ],
)
def test_adjective_of_a_matter_gives_the_domain(text: str, domains: tuple[str, ...]) -> None:
    (tie,) = ties(text)
    assert tie.domains == domains
