"""Places: what is one, what is none, where it lies, and that every page can be read."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.language.pack import alternatives, rows
from marsad.language.places import Gazetteer, gazetteer, hand_names, place_words
from marsad.reading.places import PlaceMention, find_places, merge_places
from marsad.text.fold import fold
from marsad.text.tokens import tokenize

WORDS = st.sampled_from(
    [
        *sorted({n for r in rows("places.tsv")[::40] for n in alternatives(r["names"])}),
        *("في", "من", "مدينة", "وزير", "و", "بغداد،", "لليمن", "وبحلب", "(", "—", "قناة", "الأراضي", "السورية", "مطار"),
    ]
)


def places(text: str, **countries: int) -> list[PlaceMention]:
    return find_places(tokenize(text), Counter(countries))


def names(text: str, **countries: int) -> list[str]:
    return [p.name for p in places(text, **countries)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اندلعت معارك في روسيا", ["روسيا"]),
        ("أعلنت روسيا أنها ترفض العرض", []),
        ("طلبت موسكو من أنقرة ضمانات", []),
        ("انفجرت عبوة في أنقرة", ["أنقرة"]),
        ("انسحبت القوات من سوريا", ["سوريا"]),
        ("في سوريا والعراق ولبنان", ["سوريا", "العراق", "لبنان"]),
        ("قرب الحدود مع تركيا", ["تركيا"]),
        ("القصف على شمال سوريا", ["شمال سوريا"]),
        ("مناطق سورية عدة", []),
        ("شمال سورية", ["شمال سورية"]),
        ("عادوا إلى الأراضي العراقية", ["الأراضي العراقية"]),
        ("دبي، الإمارات العربية المتحدة (وكالات) -- قال مسؤول", ["دبي", "الإمارات العربية المتحدة"]),
    ],
)
def test_states_and_capitals_are_places_only_where_something_is(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ذكرت قناة الميادين",
        "نقلت وكالة الأناضول",
        "وفق صحيفة الشرق الأوسط",
        "حكم صدام حسين البلاد",
        "كتائب القسام وحزب الله",
        "اتفاق جوبا للسلام",
        "نشرت نيويورك تايمز مقالا",
        "قال الشيخ عمران للصحفيين",
        "العديد من الصور في الباب نفسه",
        "رفض الفكرة بحجة الأمن",
        "نشرت بلغات عدة",
    ],
)
def test_media_persons_groups_and_everyday_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("سيطروا على مدينة الباب", "place.al_bab"),
        ("قصف بلدة القصير", "place.al_qusayr"),
        ("وصلوا إلى مدينة صور", "place.tyre"),
        ("بالحديدة", "place.al_hudaydah"),
        ("وبالحديدة", "place.al_hudaydah"),
        ("للحديدة", "place.al_hudaydah"),
        ("إقليم ناغورني كاراباخ", "place.nagorno_karabakh"),
        ('إقليم "قره باغ"', "place.nagorno_karabakh"),
        ("مدينة خانكندي", "place.stepanakert_khankendi"),
        ("ستيباناكيرت", "place.stepanakert_khankendi"),
        ("عين العرب (كوباني)", "place.kobani_ayn_al_arab"),
        ("ميناء الحديدة", "place.port_of_al_hudaydah"),
        ("مطار أربيل", "place.erbil#place_word.airport"),
    ],
)
def test_spellings_clitics_and_generic_nouns_lead_to_the_place(text: str, row: str) -> None:
    assert [p.row for p in places(text)] == [row]


def test_an_everyday_name_after_in_needs_its_country_in_the_page() -> None:
    assert names("قتل ثلاثة في القصير") == []
    assert names("قتل ثلاثة في القصير", SYR=3) == ["القصير"]


@pytest.mark.parametrize(("country", "code"), [("LBY", "LBY"), ("LBN", "LBN")])
def test_the_page_tells_places_of_one_name_apart(country: str, code: str) -> None:
    assert [p.country for p in places("اشتباكات في طرابلس", **{country: 4})] == [code]


def test_without_a_hint_the_capital_is_meant() -> None:
    assert [p.country for p in places("اشتباكات في طرابلس")] == ["LBY"]


def test_a_site_of_a_known_city_lies_where_the_city_lies() -> None:
    (site,) = places("أغلق مطار أربيل")
    assert (site.kind, site.name, site.country) == ("site", "مطار أربيل", "IRQ")
    assert site.lat == pytest.approx(36.19)


def test_the_span_leaves_clitics_out() -> None:
    text = "معارك بالحديدة ومأرب وفي لبنان"
    assert [text[p.start : p.end] for p in places(text)] == ["الحديدة", "مأرب", "لبنان"]


def test_a_gazetteer_place_is_found_where_the_page_is_about_its_country() -> None:
    (found,) = places("اقتحموا بلدة سنجل", PSE=5)
    assert (found.country, found.geonames is not None) == ("PSE", True)


def test_a_page_has_each_place_once_with_all_mentions() -> None:
    text = "في سوريا حرب\nعادوا إلى الأراضي السورية وإلى حلب ثم غادروا حلب"
    lines = [tokenize(text, 0, 13), tokenize(text, 13)]
    merged = merge_places(m for line in lines for m in find_places(line))
    assert [(p.id, p.name, len(p.mentions)) for p in merged] == [("pl1", "سوريا", 2), ("pl2", "حلب", 2)]


def test_a_state_has_its_name_rather_than_its_soil() -> None:
    text = "انسحبوا من الأراضي السورية وبقوا في سوريا"
    assert [p.name for p in merge_places(places(text))] == ["سوريا"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=14), st.sampled_from(["SYR", "YEM", "XXX"]))
def test_any_line_is_read_and_spans_lie_in_the_text(words: list[str], country: str) -> None:
    text = " ".join(words)
    found = places(text, **{country: 2})
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.last <= b.first for a, b in pairwise(found))
    assert found == places(text, **{country: 2})


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=10), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_mentions(words: list[str], random: object) -> None:
    found = places(" ".join(words))
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_places(shuffled) == merge_places(found)


def test_rows_have_one_id_and_possible_coordinates() -> None:
    ids = [r["id"] for file in ("places.tsv", "countries.tsv", "place_words.tsv") for r in rows(file)]
    assert len(ids) == len(set(ids))
    for row in (*rows("places.tsv"), *rows("countries.tsv")):
        assert -90 <= float(row["lat"]) <= 90, row["id"]
        assert -180 <= float(row["lon"]) <= 180, row["id"]


def test_places_lie_in_states_that_the_pack_knows() -> None:
    codes = {r["code"] for r in rows("countries.tsv")}
    unknown = {r["country"] for r in rows("places.tsv")} - codes - {""}
    assert unknown == set()


def test_no_state_is_named_by_two_rows() -> None:
    named = Counter(key for r in rows("countries.tsv") for key in {fold(n) for n in alternatives(r["names"])})
    assert [n for n, times in named.items() if times > 1] == []


def test_the_gazetteer_is_small_and_names_no_hand_made_place_again() -> None:
    assert 10_000 < len(gazetteer()) < 30_000
    hand = {fold(n) for r in rows("places.tsv") for n in alternatives(r["names"])}
    assert not any(fold(n.name) in hand for first in list(hand_names())[:500] for n in gazetteer().names(first))


def test_gazetteer_names_are_found_by_their_first_word() -> None:
    table = Gazetteer("header\n1\tدير حسان|حسان\tDayr\tSYR\t36.1\t36.7\tcity\t900\n")
    assert [n.name for n in table.names("دير")] == ["دير حسان"]
    assert "حسان" in table
    assert table.names("حلب") == ()


def test_words_around_places_have_a_known_class() -> None:
    known = {"generic", "direction", "preposition", "near", "motion", "border", "land"}
    known |= {"line", "person", "name", "common"}
    assert {r["class"] for r in rows("place_words.tsv")} <= known
    assert all(w.group in known for words in place_words().values() for w in words)
