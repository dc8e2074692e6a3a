"""The actor lexicons keep their format: columns, ids, codes, kinds, sectors, classes, no contradictions."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Final, get_args

import pytest

from marsad.model.record import ActorKind
from marsad.text.fold import fold

Row = dict[str, str]

COLUMNS: Final = {
    "heads": ["id", "forms", "kind", "sector", "code", "class", "name_en"],
    "actors": ["id", "names", "name_en", "kind", "code", "sector", "wikidata"],
    "people": ["id", "names", "name_en", "code", "sector", "role", "wikidata"],
    "groups": ["id", "forms", "kind", "example"],
}
FLOORS: Final = {"heads": 700, "actors": 1200, "people": 900, "groups": 25}
SECTORS: Final = frozenset(
    [
        "GOV",
        "MIL",
        "COP",
        "LEG",
        "JUD",
        "SPY",
        "REB",
        "UAF",
        "UNK",
        "PRM",
        "PRE",
        "OPP",
        "PTY",
        "CVL",
        "JRN",
        "MED",
        "EDU",
        "REF",
        "REL",
        "BUS",
        "LAB",
        "CRM",
        "AGR",
        "SOC",
        "ELI",
    ]
)
INTERNATIONAL: Final = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})
CLASSES: Final = frozenset({"office", "group", "person", "body", "asset", "part", "source"})
GROUP_KINDS: Final = frozenset(
    {
        "both",
        "all_sides",
        "own_country",
        "own_force",
        "neighbour",
        "counterpart",
        "former",
        "latter",
        "same_speaker",
        "same_document",
    }
)


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one file of the pack, after its header, comments left out."""
    text = (files("marsad") / "language" / "ar" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    assert header == COLUMNS[name]
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def country_codes() -> frozenset[str]:
    """The codes that countries.tsv knows."""
    text = (files("marsad") / "language" / "ar" / "countries.tsv").read_text(encoding="utf-8")
    return frozenset(line[:3] for line in text.split("\n")[1:] if line and not line.startswith("#"))


def cell(row: Row) -> list[str]:
    """The names or forms of a row."""
    return (row.get("names") or row["forms"]).split("|")


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_has_its_columns_and_the_file_its_size(name: str) -> None:
    assert len(rows(name)) >= FLOORS[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_are_clean(name: str) -> None:
    for row in rows(name):
        assert all(value == value.strip() for value in row.values()), row["id"]
        assert all(form and "  " not in form and form == form.strip() for form in cell(row)), row["id"]
        assert not re.search(r'["«»“”\u064b-\u0652]', "|".join(cell(row))), row["id"]


def test_ids_are_unique_and_well_formed() -> None:
    ids = [row["id"] for name in COLUMNS for row in rows(name)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"(head|actor|person|group)\.[a-z_]+\.[a-z0-9_]+", i) for i in ids)


@pytest.mark.parametrize("name", ["heads", "actors", "people"])
def test_codes_and_sectors_are_known(name: str) -> None:
    known = country_codes() | INTERNATIONAL
    for row in rows(name):
        assert not row["code"] or row["code"] in known, row["id"]
        assert not row["sector"] or row["sector"] in SECTORS, row["id"]


def test_heads_have_a_class_and_a_kind() -> None:
    kinds = set(get_args(ActorKind))
    for row in rows("heads"):
        assert row["class"] in CLASSES, row["id"]
        assert not row["kind"] or row["kind"] in kinds, row["id"]
        assert row["class"] != "part" or not row["sector"], row["id"]


def test_actors_have_a_kind_and_people_a_code_and_a_role() -> None:
    kinds = set(get_args(ActorKind))
    assert [row["id"] for row in rows("actors") if row["kind"] not in kinds] == []
    assert [row["id"] for row in rows("people") if not (row["code"] and row["role"])] == []


def test_groups_have_a_known_kind_and_an_example_that_holds_a_form() -> None:
    for row in rows("groups"):
        assert row["kind"] in GROUP_KINDS, row["id"]
        assert any(fold(form) in fold(row["example"]) for form in cell(row)), row["id"]


def test_wikidata_ids_look_like_ids() -> None:
    held = [row["wikidata"] for name in ("actors", "people") for row in rows(name) if row["wikidata"]]
    assert all(re.fullmatch(r"Q[1-9]\d*", q) for q in held)
    assert len(held) == len(set(held))


@pytest.mark.parametrize("name", ["actors", "people", "groups"])
def test_a_name_stands_in_one_row_of_its_file(name: str) -> None:
    owners = defaultdict(set)
    for row in rows(name):
        for form in cell(row):
            owners[fold(form)].add(row["id"])
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_a_head_stands_twice_only_with_two_classes_and_one_code() -> None:
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in rows("heads"):
        for form in cell(row):
            owners[fold(form)].append(row)
    for form, held in owners.items():
        assert len({row["class"] for row in held}) == len(held) <= 2, form
        assert len({row["code"] for row in held}) == 1, form


@pytest.mark.parametrize(
    ("name", "code", "sector"),
    [
        ("قوات الدعم السريع", "SDN", "REB"),
        ("حزب العمال الكردستاني", "TUR", "REB"),
        ("قوات سوريا الديمقراطية", "SYR", "REB"),
        ("الجيش الوطني السوري", "SYR", "REB"),
        ("الجيش الوطني الليبي", "LBY", "REB"),
        ("حزب الله", "LBN", "REB"),
        ("ميليشيات الحوثي", "YEM", "REB"),
        ("تحالف دعم الشرعية", "SAU", "MIL"),
        ("التحالف الدولي", "USA", "MIL"),
        ("سلطات ناغورنو كاراباخ", "AZE", "REB"),
        ("حماس", "PSE", "PTY"),
        ("كتائب القسام", "PSE", "REB"),
        ("الحشد الشعبي", "IRQ", "MIL"),
        ("المرصد السوري لحقوق الإنسان", "NGO", ""),
        ("الهلال الأحمر", "NGO", ""),
        ("الأمم المتحدة", "IGO", ""),
        ("تنظيم القاعدة", "IMG", "REB"),
        ("رويترز", "GBR", "JRN"),
        ("تويتر", "", ""),
    ],
)
def test_conventions_of_coding_hold(name: str, code: str, sector: str) -> None:
    found = [(row["code"], row["sector"]) for row in rows("actors") if fold(name) in map(fold, cell(row))]
    assert found == [(code, sector)]
