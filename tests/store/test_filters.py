"""Filters let through what was asked for, by whatever name; what is no value of theirs is an error with a code."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from marsad.ledger.model import Incident, Party
from marsad.model.errors import BadDay, BadFilter
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger


def found(path: pathlib.Path, **wanted: Any) -> list[Incident]:
    with Ledger.open(path) as ledger:
        filter_ = Filter(**{"background": True, **wanted})
        incidents = list(ledger.incidents(filter_))
        assert ledger.count(filter_) == len(incidents)
        assert sum(n for *_, n in ledger.timeline(filter_)) == len([i for i in incidents if i.first])
        return incidents


def chosen(path: pathlib.Path, holds: Callable[[Incident], bool]) -> list[str]:
    return [i.id for i in found(path) if holds(i)]


def ids(incidents: list[Incident]) -> list[str]:
    return [i.id for i in incidents]


def parties(incident: Incident) -> tuple[Party, ...]:
    return incident.actors + incident.recipients


def test_days_let_through_what_touches_them(examples: pathlib.Path) -> None:
    some = ids(found(examples, since="2020-10-04", until="2020-10-08"))
    first, last = "2020-10-04", "2020-10-08"
    expected = chosen(examples, lambda i: bool(i.first and i.last and i.last >= first and i.first <= last))
    assert some == expected and 0 < len(some) < len(found(examples))


def test_a_day_may_be_written_without_hyphens(examples: pathlib.Path) -> None:
    assert ids(found(examples, since="20201004")) == ids(found(examples, since="2020-10-04"))


@pytest.mark.parametrize("name", ["Azerbaijan", "azerbaijan", "AZE", "aze"])
def test_an_actor_is_found_by_english_name_and_code(examples: pathlib.Path, name: str) -> None:
    some = found(examples, actors=(name,))
    key = name.lower()
    assert ids(some) == chosen(
        examples, lambda i: any(key in ((p.name_en or "").lower(), (p.code or "").lower()) for p in parties(i))
    )
    assert len(some) > 10


@pytest.mark.parametrize("name", ["أذربيجان", "اذربيجان", "أَذْرَبيجان"])
def test_an_actor_is_found_by_arabic_name_however_it_is_spelt(examples: pathlib.Path, name: str) -> None:
    some = found(examples, actors=(name,))
    assert ids(some) == chosen(examples, lambda i: any(p.name == "أذربيجان" for p in parties(i)))
    assert some


def test_an_actor_is_found_by_code_and_sector(examples: pathlib.Path) -> None:
    some = found(examples, actors=("AZE/MIL",))
    assert ids(some) == chosen(examples, lambda i: any((p.code, p.sector) == ("AZE", "MIL") for p in parties(i)))
    assert 0 < len(some) < len(found(examples, actors=("AZE",)))


@pytest.mark.parametrize("name", ["غنجة", "غنجه", "Ganja"])
def test_a_place_is_found_by_its_names(examples: pathlib.Path, name: str) -> None:
    some = found(examples, places=(name,))
    assert some and {i.place.name for i in some if i.place} == {"غنجة"}


def test_places_are_found_by_country(examples: pathlib.Path) -> None:
    some = ids(found(examples, places=("AZE",)))
    assert some == chosen(examples, lambda i: bool(i.place and i.place.country == "AZE"))


@pytest.mark.parametrize(("field", "value"), [("type", "ASSAULT"), ("type", "REQUEST"), ("status", "denied")])
def test_type_and_status(examples: pathlib.Path, field: str, value: str) -> None:
    some = found(examples, **{"types" if field == "type" else "statuses": (value,)})
    assert ids(some) == chosen(examples, lambda i: getattr(i, field) == value) and some


@pytest.mark.parametrize("name", ["قناة الأفق", "قناه الافق"])
def test_an_outlet_is_found_however_it_is_spelt(examples: pathlib.Path, name: str) -> None:
    some = found(examples, outlets=(name,))
    assert ids(some) == chosen(examples, lambda i: "قناة الأفق" in i.outlets) and some
    with Ledger.open(examples) as ledger:
        said = list(ledger.findings("statement", Filter(outlets=(name,))))
    assert said and {s["outlet"] for s in said} == {"قناة الأفق"}


def test_sources_are_counted_without_copies(examples: pathlib.Path) -> None:
    some = found(examples, least_sources=2)
    assert ids(some) == chosen(examples, lambda i: i.sources >= 2)
    assert any(i.copies for i in found(examples) if i.sources == 1)


def test_what_is_only_referred_to_is_left_out_unless_asked_for(examples: pathlib.Path) -> None:
    assert ids(found(examples, background=False)) == chosen(examples, lambda i: i.foreground)
    assert len(found(examples, background=False)) < len(found(examples))


def test_of_several_values_any_will_do_and_all_fields_must_hold(examples: pathlib.Path) -> None:
    both = found(examples, types=("ASSAULT", "RETREAT"), actors=("RUS", "AZE"), statuses=("claimed",))
    assert both and {i.type for i in both} == {"ASSAULT", "RETREAT"} and {i.status for i in both} == {"claimed"}


def test_a_name_that_nobody_has_lets_nothing_through(examples: pathlib.Path) -> None:
    assert found(examples, actors=("جزيرة الكنز",)) == [] == found(examples, places=("') OR 1 --",))


@pytest.mark.parametrize("word", ["الصواريخ", "صاروخ", "وبالصواريخ"])
def test_search_finds_a_word_in_its_other_forms(examples: pathlib.Path, word: str) -> None:
    with Ledger.open(examples) as ledger:
        assert ledger.search(word) == ledger.search("صاروخ") != []


@pytest.mark.parametrize("words", ["", " ", '"', "*", "NEAR(", "()", "… -", "صاروخ OR حلب"])
def test_search_takes_anything_for_words(examples: pathlib.Path, words: str) -> None:
    with Ledger.open(examples) as ledger:
        assert ledger.search(words) == []


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Filter(since="gestern"), BadDay),
        (Filter(until="2020-02-30"), BadDay),
        (Filter(types=("WAR",)), BadFilter),
        (Filter(types=("assault",)), BadFilter),
        (Filter(statuses=("sure",)), BadFilter),
    ],
)
def test_what_is_no_value_is_an_error(examples: pathlib.Path, wanted: Filter, error: type[Exception]) -> None:
    with Ledger.open(examples) as ledger:
        for ask in (ledger.count, ledger.timeline, lambda w: list(ledger.incidents(w))):
            with pytest.raises(error):
                ask(wanted)


def test_what_was_said_is_filtered_by_the_incidents_that_its_page_tells(examples: pathlib.Path) -> None:
    with Ledger.open(examples) as ledger:
        everything = list(ledger.findings("statement"))
        some = list(ledger.findings("statement", Filter(types=("ASSAULT",), places=("غنجة",))))
        pages = {page for i in ledger.incidents(Filter(types=("ASSAULT",), places=("غنجة",), background=True))
                 for m in ledger.mentions(i) for page in [m.page]}  # fmt: skip
    assert 0 < len(some) < len(everything)
    assert {s["page"] for s in some} <= pages


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(since="2020-10-10"),
        Filter(until="2020-10-04"),
        Filter(outlets=("قناة الأفق",)),
        Filter(types=("ASSAULT",)),
    ],
)
def test_a_search_is_filtered_too(examples: pathlib.Path, wanted: Filter) -> None:
    with Ledger.open(examples) as ledger:
        everything = {p.id for p in ledger.search("أذربيجان")}
        some = {p.id for p in ledger.search("أذربيجان", wanted)}
    assert some < everything and some
