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
