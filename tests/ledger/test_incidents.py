"""An incident says what independent sources agree on, and keeps beside it what each claimant says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.ledger.incidents import claimant, incident
from marsad.ledger.model import Incident, Mention, Party, Toll, Version

from .builders import (
    ARMY,
    AZERBAIJAN,
    BAKU,
    FORCES,
    GANJA,
    PEOPLE,
    TERTER,
    YEREVAN,
    a_mention,
    killed,
)


def claims(name: str, who: Party, **given: Any) -> Mention:
    return a_mention(name, **{"status": "claimed", "claimed_by": (who,), **given})


def version(found: Incident, who: Party | None) -> Version:
    (one,) = [v for v in found.versions if v.claimant == who]
    return one


def test_its_id_is_that_of_its_first_mention() -> None:
    found = incident([a_mention("b"), a_mention("a")])
    assert (found.id, found.mentions) == ("b", ("b", "a"))


@pytest.mark.parametrize(
    ("name", "said", "agreed"),
    [
        ("type", ("ASSAULT", "COERCE", "COERCE"), "COERCE"),
        ("type", ("ASSAULT", "COERCE"), "ASSAULT"),
        ("mode", ("aerial", "heavy-weapons", "heavy-weapons"), "heavy-weapons"),
        ("mode", (None, None, "aerial"), "aerial"),
        ("place", (GANJA, TERTER, TERTER), TERTER),
        ("place", (AZERBAIJAN, AZERBAIJAN, GANJA), GANJA),
        ("place", (None, AZERBAIJAN, None), AZERBAIJAN),
        ("first", ("2020-10-03", "2020-10-04", "2020-10-04"), "2020-10-04"),
    ],
)
def test_each_field_is_what_most_sources_say_and_of_equals_the_first(
    name: str, said: tuple[Any, ...], agreed: Any
) -> None:
    told = [a_mention(f"p{n}", **{name: value}) for n, value in enumerate(said)]
    assert getattr(incident(told), name) == agreed


def test_copies_do_not_outvote_independent_sources() -> None:
    told = [a_mention(n, mode="aerial" if n in "abc" else "firearms") for n in "abcde"]
    assert incident(told).mode == "aerial"
    copied = incident(told, sources={"b": "a", "c": "a"})
    assert (copied.mode, copied.sources, copied.copies, len(copied.pages)) == ("firearms", 3, 2, 5)


def test_a_page_that_tells_an_act_twice_is_one_source() -> None:
    found = incident([a_mention("a1", page="a"), a_mention("a2", page="a")])
    assert (found.pages, found.sources, found.copies) == (("a",), 1, 0)


def test_without_any_lead_all_mentions_tell_it() -> None:
    assert incident([a_mention("a", lead=False), a_mention("b", lead=False)]).pages == ("a", "b")


def test_a_page_that_tells_it_further_below_is_a_source_too() -> None:
    found = incident([a_mention("a"), a_mention("b", lead=False)])
    assert (found.pages, found.also, found.sources) == (("a",), ("b",), 2)


def test_a_page_that_only_refers_to_it_is_no_source() -> None:
    found = incident([a_mention("a"), a_mention("b", lead=False, foreground=False)])
    assert (found.pages, found.also, found.sources) == (("a",), (), 1)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("claimed", "reported"), "reported"),
        (("denied", "claimed"), "claimed"),
        (("denied",), "denied"),
        (("future", "denied"), "denied"),
        (("hypothetical", "future"), "future"),
    ],
)
def test_its_status_is_the_most_certain_that_is_given(statuses: tuple[str, ...], status: str) -> None:
    assert incident([a_mention(f"p{n}", status=s) for n, s in enumerate(statuses)]).status == status


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({}, ("2020-10-04", "2020-10-04", "day")),
        ({"last": "2020-10-06"}, ("2020-10-04", "2020-10-06", "range")),
        ({"first": None}, ("2020-10-04", "2020-10-04", "day")),
        ({"last": None}, ("2020-10-04", "2020-10-04", "day")),
        ({"first": None, "last": None}, ("2020-10-04", "2020-10-04", "published")),
        ({"first": None, "last": None, "published": None}, (None, None, "open")),
    ],
)
def test_its_days_say_how_they_are_known(given: dict[str, Any], days: tuple[str | None, str | None, str]) -> None:
    found = incident([a_mention(**given)])
    assert (found.first, found.last, found.precision) == days


def test_a_camp_that_few_sources_name_is_left_to_the_versions() -> None:
    told = [a_mention(n, actors=(FORCES,)) for n in "abc"] + [a_mention("d", actors=(ARMY,))]
    found = incident(told)
    assert found.actors == (FORCES,)
    assert {c.value for v in found.versions for c in v.actors} == {FORCES.name, ARMY.name}


def test_two_names_of_one_camp_are_one_actor_named_as_most_do() -> None:
    assert incident([a_mention("a", actors=(YEREVAN,)), *(a_mention(n, actors=(FORCES,)) for n in "bc")]).actors == (
        FORCES,
    )


def test_versions_begin_with_the_outlets_own_voice() -> None:
    found = incident([claims("a", BAKU), claims("b", YEREVAN, status="denied"), a_mention("c")])
    assert [v.claimant for v in found.versions] == [None, BAKU, YEREVAN]
    assert [v.mentions for v in found.versions] == [("c",), ("a",), ("b",)]


def test_a_version_names_the_mentions_of_every_value() -> None:
    told = [claims("a", BAKU), claims("b", BAKU, place=TERTER), claims("c", BAKU)]
    found = version(incident(told), BAKU)
    assert [(c.value, c.mentions) for c in found.places] == [(GANJA.name, ("a", "c")), (TERTER.name, ("b",))]


@pytest.mark.parametrize(
    ("given", "who"),
    [
        ({}, None),
        ({"speaker": BAKU}, None),
        ({"speaker": BAKU, "status": "claimed"}, BAKU),
        ({"speaker": BAKU, "status": "denied"}, BAKU),
        ({"speaker": BAKU, "status": "claimed", "claimed_by": (YEREVAN,)}, YEREVAN),
    ],
)
def test_a_claim_is_whose_words_it_stands_in(given: dict[str, Any], who: Party | None) -> None:
    assert claimant(a_mention(**given)) == who


def test_a_denial_stands_beside_what_it_denies() -> None:
    found = incident([claims("a", BAKU), claims("b", YEREVAN, status="denied")])
    assert found.contested == ("status",)
    assert [(v.claimant, v.denies, v.status) for v in found.versions] == [
        (BAKU, False, "claimed"),
        (YEREVAN, True, "denied"),
    ]


def test_a_denial_by_nobody_named_contests_what_outlets_report() -> None:
    assert "status" in incident([a_mention("a"), a_mention("b", status="denied")]).contested


@pytest.mark.parametrize(
    ("one", "other", "contested"),
    [
        ({}, {}, ()),
        ({"tolls": (killed(5),)}, {"tolls": (killed(9),)}, ("harm",)),
        ({"tolls": (killed(5),)}, {"tolls": (killed(5),)}, ()),
        ({"tolls": (killed(5),)}, {}, ()),
        ({}, {"actors": (ARMY,)}, ("actors",)),
        ({}, {"actors": (YEREVAN,)}, ()),
        ({}, {"actors": ()}, ()),
        ({}, {"recipients": (ARMY,)}, ("recipients",)),
        ({}, {"status": "denied", "tolls": (killed(0),)}, ("status",)),
        ({"tolls": (killed(5),)}, {"tolls": (Toll(kind="injured", low=20, high=20),)}, ()),
    ],
)
def test_contested_is_what_two_claimants_contradict_each_other_on(
    one: dict[str, Any], other: dict[str, Any], contested: tuple[str, ...]
) -> None:
    assert incident([claims("a", BAKU, **one), claims("b", YEREVAN, **other)]).contested == contested


def test_one_claimant_that_corrects_itself_contests_nothing() -> None:
    told = [claims(n, BAKU, tolls=(killed(low),)) for n, low in (("a", 5), ("b", 9))]
    assert incident(told).contested == ()


def test_two_international_organisations_are_two_claimants() -> None:
    amnesty, cross = (Party(name=n, kind="organisation", code="NGO") for n in ("منظمة العفو", "الصليب الأحمر"))
    assert len(incident([claims("a", amnesty), claims("b", cross)]).versions) == 2


TELLINGS = st.lists(
    st.builds(
        a_mention, st.sampled_from("abcdef"), status=st.sampled_from(["reported", "claimed", "denied"]),
        claimed_by=st.sampled_from([(), (BAKU,), (YEREVAN,)]), actors=st.sampled_from([(), (FORCES,), (ARMY,)]),
        recipients=st.sampled_from([(), (PEOPLE,)]), lead=st.booleans(), tolls=st.sampled_from([(), (killed(3),)]),
    ),
    min_size=1, max_size=6, unique_by=lambda m: m.id,
)  # fmt: skip


@settings(deadline=None)
@given(TELLINGS)
def test_versions_share_out_the_mentions_and_sources_never_outnumber_pages(told: list[Mention]) -> None:
    found = incident(told)
    assert sorted(i for v in found.versions for i in v.mentions) == sorted(m.id for m in told)
    assert 1 <= found.sources <= len(found.pages + found.also) == found.sources + found.copies
    assert all(party in {p for m in told for p in m.actors} for party in found.actors)
