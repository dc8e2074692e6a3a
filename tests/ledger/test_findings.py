"""Statements, proposals, truces and alignments leave their page with names and codes, each on its day."""

from __future__ import annotations

import itertools
import pathlib

import msgspec
import pytest

import marsad
from marsad.ledger.findings import FINDINGS, Finding, findings_of
from marsad.model.record import Record
from marsad.reading.single import read_one

EXAMPLES = sorted(pathlib.Path(marsad.__file__).with_name("examples").glob("*.html"))
DAY = "2020-10-10"
TRUCE = "أعلنت أرمينيا وأذربيجان في موسكو السبت هدنة إنسانية برعاية روسية."
BROKEN = "وقالت وزارة الدفاع الأرمينية إن القوات الأذربيجانية خرقت الهدنة وقصفت مدينة كابان."
PROPOSED = "واقترح الرئيس الروسي فلاديمير بوتين وقفا لإطلاق النار، وقبلت يريفان الاقتراح."
BACKED = "وتدعم تركيا أذربيجان سياسيا وعسكريا."
PAGE = "\n\n".join((TRUCE, PROPOSED, BROKEN, BACKED))


def read(text: str = PAGE, published: str | None = DAY) -> Record:
    return read_one(text, headline="هدنة في الجنوب", published=published)


def found(kind: str, text: str = PAGE, published: str | None = DAY) -> list[Finding]:
    return [f for f in findings_of(read(text, published)) if f.kind == kind]


def sides(finding: Finding) -> list[str | None]:
    return [p.code for p in finding.parties]


def test_findings_come_kind_by_kind_and_numbered() -> None:
    everything = list(findings_of(read()))
    kinds = [kind for kind, _ in itertools.groupby(everything, key=lambda f: f.kind)]
    assert kinds == list(FINDINGS)
    for kind in FINDINGS:
        assert [f.n for f in everything if f.kind == kind] == list(range(len(found(kind))))


def test_a_statement_says_who_says_what() -> None:
    (said,) = found("statement", BROKEN)
    assert sides(said) == ["ARM"]
    assert said.data["speaker"].name == "وزارة الدفاع الأرمينية"
    assert (said.data["mode"], said.data["via"], said.data["addressee"]) == ("indirect", [], None)
    assert said.data["words"] in BROKEN


def test_a_statement_names_the_channel_that_it_passed_through() -> None:
    text = "ونقلت وكالة أرمن برس عن وزير الدفاع الأرميني قوله إن الجبهة هادئة."
    (said,) = found("statement", text)
    assert [p.code for p in said.data["via"]] == ["ARM"]
    assert sides(said) == ["ARM"]


def test_a_proposal_says_who_made_it_and_who_answered() -> None:
    (made,) = found("proposal")
    assert sides(made) == ["RUS", "ARM"]
    assert made.data["what"] == "وقفا لإطلاق النار"
    assert [(a["party"].code, a["answer"]) for a in made.data["answers"]] == [("ARM", "accepts")]


def test_a_truce_names_its_parties_brokers_and_who_broke_it_according_to_whom() -> None:
    (truce,) = found("truce")
    assert (truce.data["kind"], truce.data["state"]) == ("humanitarian", "violated")
    assert sides(truce) == ["ARM", "AZE", "RUS"]
    assert [p.code for p in truce.data["brokered_by"]] == ["RUS"]
    (violation,) = truce.data["violations"]
    assert [p.code for p in violation["by"]] == ["AZE"]
    assert [p.code for p in violation["claimed_by"]] == ["ARM"]
    assert violation["status"] == "claimed"


def test_a_truce_that_nobody_broke_has_no_violations() -> None:
    (truce,) = found("truce", TRUCE)
    assert truce.data["violations"] == []


def test_an_alignment_leads_from_one_party_to_another() -> None:
    (backing,) = found("alignment", BACKED)
    assert (backing.data["from"].code, backing.data["kind"], backing.data["to"].code) == ("TUR", "supports", "AZE")
    assert sides(backing) == ["TUR", "AZE"]


@pytest.mark.parametrize("kind", FINDINGS)
def test_where_the_page_does_not_tell_the_day_its_own_day_stands(kind: str) -> None:
    assert {f.day for f in found(kind)} == {DAY}


def test_the_day_that_the_page_tells_goes_before_its_own() -> None:
    (said,) = found("statement", "وقال وزير الدفاع الأرميني أمس إن الجبهة هادئة.")
    assert said.day == "2020-10-09"


def test_on_a_page_of_unknown_day_findings_have_none() -> None:
    assert {f.day for f in found("alignment", BACKED, None)} == {None}


def test_a_party_that_takes_part_twice_is_named_once() -> None:
    for finding in findings_of(read()):
        assert len(set(finding.parties)) == len(finding.parties)


def test_a_page_without_findings_has_none() -> None:
    assert list(findings_of(read("عادت المتاجر في وسط المدينة إلى العمل."))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_finding_of_the_examples_is_told_in_the_pages_own_words(path: pathlib.Path) -> None:
    record = marsad.read(path)
    everything = list(findings_of(record))
    counts = [len([f for f in everything if f.kind == kind]) for kind in FINDINGS]
    assert counts == [len(x) for x in (record.statements, record.proposals, record.truces, record.alignments)]
    for finding in everything:
        words = finding.data["what" if finding.kind == "proposal" else "words"]
        assert words == record.words(finding.data["span"])


def test_what_is_shown_can_be_stored() -> None:
    for finding in findings_of(read()):
        assert set(msgspec.json.decode(msgspec.json.encode(finding.data))) == set(finding.data)
