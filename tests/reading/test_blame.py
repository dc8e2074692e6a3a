"""Words of wrongdoing, and the accusations that they make of statements without a verb of accusing."""

from __future__ import annotations

import pytest
from one_line import line_of

from marsad.page import read_page
from marsad.reading.actors import camp_of
from marsad.reading.blame import blames
from marsad.reading.event_votes import IMPLIED
from marsad.reading.reader import read_reading
from marsad.reading.telling import Telling


def implied(text: str) -> list[Telling]:
    """The accusations that a text's statements imply, before any vote."""
    found = read_reading(read_page(text, published="2024-05-15"), voted=False)
    return [t for t in found.weak if t.weak == IMPLIED]


@pytest.mark.parametrize(
    ("text", "word", "row"),
    [
        ("قال المندوب إن الفصيل يماطل منذ شهرين.", "يماطل", "blame.obstinacy"),
        ("وصف الوزير ما جرى بأنه مجزرة.", "مجزرة", "blame.crime"),
        ("قالت البعثة إن الحراس ينهبون القوافل.", "ينهبون", "blame.loot"),
        ("تحدث النائب عن أكاذيب الحكومة.", "أكاذيب", "blame.lie"),
        ("قال المتحدث إن الميليشيا عرقلت وصول الطعام.", "عرقلت", "blame.obstinacy"),
    ],
)
def test_word_of_wrongdoing_is_found_in_its_forms(text: str, word: str, row: str) -> None:
    line = line_of(text)
    assert [(line.tokens[b.at].form, b.row) for b in blames(line)] == [(word, row)]


@pytest.mark.parametrize(
    "text",
    [
        "قال المندوب إن المحادثات مستمرة منذ شهرين.",
        "زار الوزير المدرسة وسلم التلاميذ كتبهم.",
        "أعلنت البعثة وصول القوافل إلى المدينة.",
    ],
)
def test_plain_words_blame_nobody(text: str) -> None:
    assert list(blames(line_of(text))) == []


@pytest.mark.parametrize(
    ("text", "accuser", "accused"),
    [
        ("أكدت الخارجية الأوكرانية أن موسكو تعرقل تصدير القمح.", "UKR", "RUS"),
        ("أشار الرئيس الأوكراني إلى أن روسيا تستغل محطة الطاقة.", "UKR", "RUS"),
        ("قالت وزارة الدفاع السورية إن تركيا تسلح الفصائل.", "SYR", "TUR"),
        ("قال وزير الخارجية المصري إن إثيوبيا تماطل في ملف السد.", "EGY", "ETH"),
    ],
)
def test_blaming_somebody_else_implies_an_accusation(text: str, accuser: str, accused: str) -> None:
    (found,) = implied(text)
    assert (found.type, found.mode) == ("ACCUSE", "allege")
    assert [camp_of(d)[0] for d in found.actors] == [accuser]
    assert [camp_of(d)[0] for d in found.recipients] == [accused]
    assert any(kind == "blame" for kind, _ in found.notes)


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("قال متحدث باسم الجيش الأوكراني إن القوات الروسية قصفت المصنع.", "ASSAULT"),
        ("أعلن الجيش الأرميني أن القوات الأذربيجانية هاجمت القرية.", "ASSAULT"),
    ],
)
def test_telling_of_a_foes_deed_implies_an_accusation(text: str, deed: str) -> None:
    (found,) = implied(text)
    assert ("deed", deed) in found.notes


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية المصري إن إثيوبيا شريك مهم في ملف السد.",
        "قال متحدث باسم الجيش الأوكراني إن قواته قصفت المصنع.",
        "عرقلت روسيا تصدير القمح الأوكراني.",
    ],
)
def test_no_blame_within_a_statement_implies_nothing(text: str) -> None:
    assert implied(text) == []


@pytest.mark.parametrize(
    "text",
    ["اتهم الوزير اليمني الحوثيين بنهب القوافل.", "اتهمت كييف موسكو بعرقلة تصدير القمح."],
)
def test_accusing_in_so_many_words_is_not_implied_again(text: str) -> None:
    assert implied(text) == []


def test_agency_accuses_nobody() -> None:
    assert implied("ذكرت وكالة رويترز أن روسيا تعرقل تصدير القمح.") == []
