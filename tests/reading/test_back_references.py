"""Acts whose place is only pointed back to, and the denials and accusations of round-ups."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.reader import read_reading
from marsad.reading.telling import Telling


def told(text: str) -> dict[str, Telling]:
    """What a text tells of 6 October 2023, by its trigger."""
    found = read_reading(read_page(text, published="2023-10-06"))
    return {found.page.text[slice(*t.trigger)]: t for t in found.tellings}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("سقطت صواريخ على خاركيف فجر اليوم.\nوقالت كييف إن القوات الروسية قصفت المدينة مرتين.", "قصفت", "خاركيف"),
        ("قصفت القوات الروسية كنيسة قرب أوديسا.\nونفت موسكو قصف الكنيسة.", "قصف", "أوديسا"),
        ("قصفت القوات الروسية خاركيف فجر اليوم.\nوأصيب ثلاثة صحفيين في القصف الثاني.", "وأصيب", "خاركيف"),
    ],
)
def test_an_act_has_the_place_that_its_words_point_back_to(text: str, trigger: str, place: str) -> None:
    t = told(text)[trigger]
    assert t.place is not None and t.place.name == place
    assert ("place", "pointed back to") in t.notes


def test_a_town_that_is_named_is_not_another() -> None:
    t = told("سقطت صواريخ على خاركيف فجر اليوم.\nوقصفت القوات الروسية مدينة أوديسا.")["وقصفت"]
    assert t.place is not None and t.place.name == "أوديسا"


def test_what_the_other_side_is_said_to_claim_is_denied() -> None:
    found = told("نفت وزارة الدفاع الروسية ما زعمه الجانب الأوكراني من إسقاط مروحيتين روسيتين فوق خيرسون.")
    assert (found["نفت"].status, found["إسقاط مروحيتين"].status) == ("denied", "claimed")
    assert {d.code for d in found["نفت"].claimed_by} == {"RUS"}
    assert {d.code for d in found["إسقاط مروحيتين"].claimed_by} == {"UKR"}


def test_what_was_answered_is_the_other_sides_act() -> None:
    found = told("قالت كييف إن قواتها تقدمت في عملية مضادة بدأتها صباحا ردا على قصف روسي على خاركيف.")
    assert {d.code for d in found["عملية مضادة"].actors} == {"UKR"}
    assert {d.code for d in found["قصف"].actors} == {"RUS"}


def test_an_accusative_without_article_is_followed_by_its_adjective() -> None:
    found = told("قالت تل أبيب إن قصفا سوريا على موقع حدودي أصاب مزرعة.")
    assert {d.code for d in found["قصفا"].actors} == {"SYR"}


def test_what_is_to_be_avoided_is_not_denied() -> None:
    found = told("قال الجيش الأوكراني إن القصف توقف تجنبا لإصابة المدنيين.")
    assert all(t.status != "denied" for t in found.values())
