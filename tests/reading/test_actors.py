"""From mentions to actors: whose a bare coalition is, the groups of sectors, actors that turned out to do nothing."""

from __future__ import annotations

import pytest

from marsad.language.pack import rows
from marsad.page import read_page
from marsad.reading.actor_lexicon import coalition_leader
from marsad.reading.actors import Draft, Registry, camp_of, group_of
from marsad.reading.reader import read_reading

SPAN = (0, 4)


def drafts(text: str) -> list[Draft]:
    """The actors of a text."""
    found = read_reading(read_page(text, published="2024-05-15"), voted=False)
    return [d for d in found.registry.drafts.values() if d.spans]


@pytest.mark.parametrize(
    ("name", "country", "leader"),
    [
        ("التحالف", "YEM", "SAU"),
        ("طائرات التحالف", "YEM", "SAU"),
        ("قوات التحالف", "SYR", "USA"),
        ("تحالف", "IRQ", "USA"),
    ],
)
def test_bare_coalition_is_led_by_the_pages_country(name: str, country: str, leader: str) -> None:
    assert coalition_leader(name, country) == leader


@pytest.mark.parametrize(("name", "country"), [("التحالف", "FRA"), ("التحالف", None), ("القوات", "YEM"), ("", "YEM")])
def test_other_words_or_countries_have_no_leader(name: str, country: str | None) -> None:
    assert coalition_leader(name, country) is None


def test_coalitions_name_known_countries() -> None:
    known = {r["code"] for r in rows("countries.tsv")}
    assert all({r["country"], r["leader"]} <= known for r in rows("coalitions.tsv"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("قصفت طائرات التحالف معسكرا للحوثيين في صعدة باليمن.", "SAU"),
        ("قصفت مقاتلات التحالف رتلا لتنظيم داعش شرقي سوريا قرب الرقة.", "USA"),
        ("قالت قوات التحالف إنها سلمت الثكنة إلى الجيش العراقي في بغداد.", "USA"),
    ],
)
def test_coalition_on_a_page_has_its_leaders_code(text: str, code: str) -> None:
    (found,) = [d for d in drafts(text) if "التحالف" in d.name]
    assert (found.code, found.sector, found.inferred) == (code, "MIL", True)


def test_coalition_of_nobody_known_is_of_the_page() -> None:
    (found,) = [d for d in drafts("قال المتحدث باسم التحالف في فرنسا إن الاقتراع تأجل.") if "التحالف" in d.name]
    assert (found.code, found.sector) == ("FRA", None)


def test_coalition_named_in_full_before_is_the_same() -> None:
    found = drafts("أعلن تحالف دعم الشرعية اعتراض صاروخ فوق اليمن. وقال التحالف إن الحوثيين أطلقوه.")
    (one,) = [d for d in found if "تحالف" in d.name]
    assert len(one.spans) == 2


@pytest.mark.parametrize(
    ("sectors", "group"),
    [
        ("GOV MIL COP LEG JUD SPY ELI", "state"),
        ("REB UAF CRM PRM", "armed"),
        ("OPP PTY", "political"),
        ("CVL MED EDU JRN REF REL LAB BUS AGR SOC", "people"),
    ],
)
def test_sector_belongs_to_its_group(sectors: str, group: str) -> None:
    assert {group_of(sector) for sector in sectors.split()} == {group}


@pytest.mark.parametrize("sector", [None, "", "UNK"])
def test_country_alone_is_of_the_state(sector: str | None) -> None:
    assert group_of(sector) == "state"


def test_first_of_two_sectors_decides() -> None:
    assert (group_of("REBPTY"), group_of("PTYREB")) == ("armed", "political")


def test_camp_is_country_and_group() -> None:
    assert camp_of(Draft(("x",), "x", "people", "PSE", "CVL")) == ("PSE", "people")
    assert camp_of(Draft(("x",), "x", "country", None, None)) == ("?", "state")


def made(registry: Registry, kind: str) -> Draft:
    """An actor that only words stood for."""
    return registry.synthetic((kind, "MLI"), "مالي", "military", "MLI", "MIL", SPAN)


@pytest.mark.parametrize("kind", ["force", "people"])
def test_actor_of_no_finding_is_forgotten(kind: str) -> None:
    registry = Registry()
    made(registry, kind)
    registry.forget([])
    assert registry.drafts == {}


def test_actor_of_a_finding_is_kept() -> None:
    registry = Registry()
    draft = made(registry, "force")
    registry.forget([draft])
    assert list(registry.drafts.values()) == [draft]


def test_state_that_no_event_uses_is_kept() -> None:
    registry = Registry()
    state = registry.state_of("MLI", SPAN)
    registry.forget([])
    assert list(registry.drafts.values()) == [state]


def test_page_keeps_no_actor_of_what_was_voted_out() -> None:
    text = "قصفت طائرات مدينة غزة، وقالت الأمم المتحدة إن غارات إسرائيلية مستمرة."
    found = read_reading(read_page(text, published="2024-05-15"))
    used = {id(d) for t in found.tellings for d in (*t.actors, *t.recipients, *t.claimed_by)}
    used |= {id(d) for line in found.lines for m in line.mentions for d in found.registry.of(m)}
    assert all(id(d) in used for d in found.registry.drafts.values() if d.key[0] in ("force", "people"))


def test_the_second_of_two_nationalities_has_no_name_of_the_first() -> None:
    """«القوات الأذربيجانية والأرمينية»: the Armenian one is not called by the Azerbaijani army's English name."""
    found = {d.code: d for d in drafts("تبادلت القوات الأذربيجانية والأرمينية القصف على طول خط التماس.")}
    assert {"AZE", "ARM"} <= found.keys()
    assert found["ARM"].name_en is None or "Azerbaijan" not in found["ARM"].name_en
    assert found["ARM"].wikidata is None or found["ARM"].wikidata != found["AZE"].wikidata
