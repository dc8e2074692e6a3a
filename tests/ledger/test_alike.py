"""The grounds on which two pages are the same news, and two acts one: what speaks for it, what against."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.ledger.alike import (
    ACT,
    NEWS,
    Opening,
    acts,
    camp,
    cosine,
    distance,
    harm,
    news,
    resemblance,
    total,
    vector,
    weight,
)
from marsad.ledger.model import Mention, Party, Spot, Toll
from marsad.ledger.words import search_key

from .builders import (
    ARMENIA,
    ARMY,
    AZERBAIJAN,
    BAKU,
    FORCES,
    GANJA,
    PEOPLE,
    TERTER,
    YEREVAN,
    a_mention,
    an_opening,
    killed,
)

SHELLING = an_opening("قصف صاروخي على مدينة غنجة", "قتل خمسة مدنيين في قصف على حي سكني فجر الأحد")
AGAIN = an_opening("غنجة: قتلى مدنيون في قصف صاروخي", "سقطت صواريخ على حي سكني في المدينة فجر الأحد")
BRIDGE = an_opening("افتتاح جسر جديد فوق النهر", "قص الوزير الشريط بعد عامين من أعمال البناء")


def ground(name: str, a: Mention, b: Mention) -> float:
    """The weight of one ground, 0 where it does not count."""
    return next((r.weight for r in acts(a, b) if r.name == name), 0.0)


def beside(**given: Any) -> tuple[Mention, Mention]:
    """A mention, and the same with something else."""
    return a_mention("a"), a_mention("b", **given)


def test_an_opening_resembles_itself_wholly_and_other_news_not_at_all() -> None:
    assert resemblance(SHELLING, SHELLING) == pytest.approx(1.0)
    assert resemblance(SHELLING, BRIDGE) < 0.1
    assert resemblance(SHELLING, AGAIN) > 0.3


@pytest.mark.parametrize("empty", [Opening(), an_opening("في من")])
def test_an_opening_without_words_resembles_nothing(empty: Opening) -> None:
    assert resemblance(empty, SHELLING) == resemblance(empty, empty) == 0.0


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert weight("مينغاتشفير") > weight("غاره") > weight("قال") > 0
    one = frozenset({"قال", "مينغاتشفير"})
    assert cosine(one, frozenset({"مينغاتشفير"})) > cosine(one, frozenset({"قال"}))


def test_a_word_of_headline_and_text_counts_twice() -> None:
    assert vector(an_opening("قصف", "قصف"))[search_key("قصف")] == 2 * weight(search_key("قصف"))


@pytest.mark.parametrize("harmed", [None, harm(a_mention(tolls=(killed(3),)), a_mention(tolls=(killed(9),)))])
def test_a_ground_against_from_tolls_never_parts_the_news(harmed: Any) -> None:
    assert total(news(0.5, 0, harmed)) == total(news(0.5, 0, None))


def test_news_grow_apart_with_every_day() -> None:
    sums = [total(news(0.5, days, None)) for days in range(4)]
    assert sums == sorted(sums, reverse=True)
    assert sums[0] >= NEWS > sums[3]


def test_pages_without_a_common_word_are_not_the_same_news() -> None:
    assert total(news(0.0, 0, None)) < NEWS


@pytest.mark.parametrize(
    ("name", "given", "sign"),
    [
        ("type", {}, 1),
        ("type", {"mode": None}, 1),
        ("type", {"mode": "aerial"}, -1),
        ("type", {"type": "CONSULT", "mode": None}, -1),
        ("place", {}, 1),
        ("place", {"place": msgspec.structs.replace(GANJA, lat=40.8, geonames=9, name="كنجة")}, 1),
        ("place", {"place": TERTER}, -1),
        ("place", {"place": AZERBAIJAN}, 0),
        ("place", {"place": ARMENIA}, -1),
        ("place", {"place": None}, 0),
        ("actors", {}, 1),
        ("actors", {"actors": (YEREVAN,)}, 1),
        ("actors", {"actors": (ARMY,)}, -1),
        ("actors", {"actors": ()}, 0),
        ("recipients", {"recipients": (BAKU, PEOPLE)}, 1),
        ("recipients", {"recipients": (YEREVAN,)}, -1),
    ],
)
def test_each_ground_speaks_for_or_against(name: str, given: dict[str, Any], sign: int) -> None:
    found = ground(name, *beside(**given))
    assert (found > 0) - (found < 0) == sign


def test_state_and_people_of_one_country_do_not_speak_against() -> None:
    assert ground("recipients", *beside(recipients=(BAKU,))) >= 0


def test_a_town_speaks_louder_than_a_country() -> None:
    town = ground("place", *beside())
    country = ground("place", a_mention("a", place=AZERBAIJAN), a_mention("b", place=AZERBAIJAN))
    assert town > country > 0


def test_two_towns_of_one_name_far_apart_are_two() -> None:
    north = Spot(name="الحسينية", country="IRQ", lat=36.4, lon=43.1, kind="city", geonames=11)
    south = Spot(name="الحسينية", country="IRQ", lat=32.7, lon=44.1, kind="city", geonames=12)
    assert ground("place", a_mention("a", place=north), a_mention("b", place=south)) < 0


@pytest.mark.parametrize(
    ("one", "other", "sign"), [(5, 5, 1), (0, 0, 1), (5, 7, -1), (5, 50, -1), (0, 9, -1)]
)  # fmt: skip
def test_the_same_toll_speaks_for_one_act_and_another_one_little_against(one: int, other: int, sign: int) -> None:
    found = harm(a_mention(tolls=(killed(one),)), a_mention(tolls=(killed(other),))).weight
    assert (found > 0) - (found < 0) == sign
    assert found >= -0.5


def test_a_great_toll_told_alike_speaks_louder_than_a_small_one() -> None:
    one, many = (harm(a_mention(tolls=(killed(n),)), a_mention(tolls=(killed(n),))).weight for n in (1, 7))
    assert many > one


def test_the_dead_of_one_page_are_not_compared_with_the_hurt_of_another() -> None:
    assert harm(a_mention(tolls=(killed(5),)), a_mention(tolls=(Toll(kind="injured", low=5),))).weight == 0


def test_two_tellings_of_one_act_pass_and_contradicting_claimants_do_not_part_them() -> None:
    words = ("غنجه", "صاروخ", "قصف")
    a = a_mention("a", sentence=words, tolls=(killed(5),))
    assert total(acts(a, a_mention("b", sentence=words, tolls=(killed(9),)))) >= ACT
    assert total(acts(a, a_mention("b", sentence=words, actors=(ARMY,)))) >= ACT


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (FORCES, YEREVAN, True),
        (ARMY, PEOPLE, False),
        (ARMY, FORCES, False),
        (Party(name="مسلحون", kind="armed_group"), Party(name="مسلحون", kind="people"), True),
    ],
)
def test_a_camp_is_a_country_and_what_part_of_it(one: Party, other: Party, same: bool) -> None:
    assert (camp(one) == camp(other)) is same


def test_two_international_organisations_are_two_camps() -> None:
    one, other = (Party(name=n, kind="organisation", code="IGO") for n in ("الأمم المتحدة", "الاتحاد الأوروبي"))
    assert camp(one) != camp(other)


def test_distances_are_those_of_the_map() -> None:
    assert distance(GANJA, GANJA) == 0
    assert distance(GANJA, TERTER) == pytest.approx(61, abs=3)
    assert distance(GANJA, Spot(name="قرية", kind="site")) is None


PLACES = st.sampled_from([GANJA, TERTER, AZERBAIJAN, ARMENIA, None])
SIDES = st.lists(st.sampled_from([ARMY, FORCES, BAKU, YEREVAN, PEOPLE]), max_size=2).map(tuple)
MENTIONS = st.builds(
    a_mention, st.sampled_from("ab"), place=PLACES, actors=SIDES, recipients=SIDES,
    mode=st.sampled_from(["aerial", None]),
    sentence=st.sets(st.sampled_from(["غنجه", "قصف", "مدني"])).map(tuple), type=st.sampled_from(["ASSAULT", "AID"]),
    tolls=st.lists(st.integers(0, 9).map(killed), max_size=2).map(tuple),
)  # fmt: skip


@settings(deadline=None)
@given(MENTIONS, MENTIONS)
def test_likeness_is_the_same_both_ways(a: Mention, b: Mention) -> None:
    assert total(acts(a, b)) == total(acts(b, a))
    assert distance(a.place or GANJA, b.place or TERTER) == distance(b.place or TERTER, a.place or GANJA)


@settings(deadline=None)
@given(MENTIONS, MENTIONS)
def test_only_grounds_that_weigh_are_given(a: Mention, b: Mention) -> None:
    assert all(reason.weight for reason in acts(a, b))
