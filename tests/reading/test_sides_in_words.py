"""Who acts on whom, as single words tell it: conjunctions, indefinite accusatives, owners, light verbs."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.actors import camp_of
from marsad.reading.reader import read_reading


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "actors", "recipients"),
    [
        ("ودعت المتحدثة باسم الخارجية الروسية باكو إلى فتح المعبر.", "ودعت", "REQUEST", {"RUS"}, {"AZE"}),
        ("قال حلف شمال الأطلسي إنه قتل عددا من مقاتلي طالبان.", "قتل", "ASSAULT", {"IGO"}, {"AFG"}),
        ("استهدفت طائرات إسرائيلية مواقع لحزب الله قرب الحدود.", "استهدفت", "ASSAULT", {"ISR"}, {"LBN"}),
        ("قامت دبابة إسرائيلية بقصف منزل في غزة.", "بقصف", "ASSAULT", {"ISR"}, {"PSE"}),
        ("قال شهود إن العشرات من المستوطنين هاجموا القرية الفلسطينية.", "هاجموا", "ASSAULT", {"ISR"}, {"PSE"}),
    ],
)
def test_who_acts_on_whom(text: str, trigger: str, kind: str, actors: set[str], recipients: set[str]) -> None:
    found = read_reading(read_page(text, published="2023-10-01"))
    told = {found.page.text[slice(*t.trigger)]: t for t in found.tellings}
    assert told[trigger].type == kind
    assert {camp_of(d)[0] for d in told[trigger].actors} == actors
    assert {camp_of(d)[0] for d in told[trigger].recipients} == recipients


@pytest.mark.parametrize(
    "text",
    [
        "جددت موسكو اقتراحا يقضي بنشر مراقبين في الإقليم.",
        "وتقف تركيا إلى جانب أذربيجان في المحافل الدولية.",
    ],
)
def test_what_is_proposed_or_lasts_is_no_act(text: str) -> None:
    found = read_reading(read_page(text, published="2023-10-01"))
    assert not {t.type for t in found.tellings} & {"MOBILIZE", "AID", "SUPPORT"}


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "claimed_by"),
    [
        ("اتهمت أوكرانيا الجيش الروسي بقصف مستشفى في خاركيف.", "بقصف", {"RUS"}, {"UKR"}),
        ("اتهمت أوكرانيا، الخميس 5 أكتوبر/تشرين الأول 2023، القوات الروسية بقصف جسر.", "بقصف", {"RUS"}, {"UKR"}),
        ("لم يصدر تعليق من كييف، التي تنفي قصف البلدة وتتهم القوات الروسية بقصف السوق.", "بقصف", {"RUS"}, {"UKR"}),
    ],
)
def test_who_is_accused_acted(text: str, trigger: str, actors: set[str], claimed_by: set[str]) -> None:
    found = read_reading(read_page(text, published="2023-10-06"))
    told = {found.page.text[slice(*t.trigger)]: t for t in found.tellings}
    assert (told[trigger].type, told[trigger].status) == ("ASSAULT", "claimed")
    assert {d.code for d in told[trigger].actors} == actors
    assert {d.code for d in told[trigger].claimed_by} == claimed_by


def test_by_what_somebody_was_killed_is_no_second_act_of_the_accusation() -> None:
    found = read_reading(read_page("اتهمت كييف القوات الروسية بقتل ثلاثة مدنيين بقصف صاروخي.", published="2023-10-06"))
    assert [found.page.text[slice(*t.trigger)] for t in found.tellings if t.type == "ASSAULT"] == ["بقتل"]


@pytest.mark.parametrize(
    "text",
    [
        "اتفقت مصر وإثيوبيا على وقف الحملات الإعلامية، بعد محادثات في الرياض استمرت ست ساعات.",
        "وقعت مصر وإثيوبيا اتفاقا على السد، بعد مفاوضات دامت ثلاثة أيام في الرياض.",
    ],
)
def test_talks_that_lasted_are_those_of_who_agreed_after_them(text: str) -> None:
    found = read_reading(read_page(text, published="2023-10-06"))
    (talks,) = [t for t in found.tellings if t.type == "CONSULT"]
    assert {d.code for d in talks.actors} == {"EGY", "ETH"}
    assert (talks.status, talks.place and talks.place.name) == ("reported", "الرياض")


def test_what_begins_is_not_what_was_before_it() -> None:
    text = "اتفقت مصر وإثيوبيا على هدنة إعلامية تبدأ مساء اليوم، بعد محادثات في الرياض استمرت يوما."
    found = read_reading(read_page(text, published="2023-10-06"))
    assert [found.page.text[slice(*t.trigger)] for t in found.tellings if t.type == "CONSULT"] == ["محادثات"]
