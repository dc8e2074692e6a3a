"""The same pages give the same incidents, byte for byte, in whatever order, portions and processes they came."""

from __future__ import annotations

import pathlib
import random

import pytest
import shelf

from marsad.store.ledger import Ledger

FILES = sorted(p for p in shelf.EXAMPLES.iterdir() if p.suffix != ".md")
LIST = ("--background", "--json")


@pytest.fixture(scope="session")
def expected(examples: pathlib.Path) -> str:
    result = shelf.run("incidents", examples, *LIST)
    assert result.exit_code == 0 and len(shelf.rows(result)) > 100
    return str(result.stdout)


def shuffled(seed: int) -> list[pathlib.Path]:
    files = FILES[:]
    random.Random(seed).shuffle(files)
    return files


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("processes", [1, 2])
def test_one_go_gives_the_same_bytes(tmp_path: pathlib.Path, expected: str, seed: int, processes: int) -> None:
    path = tmp_path / "l.marsad"
    assert shelf.run("add", *shuffled(seed), "--into", path, "--processes", processes).exit_code == 0
    assert shelf.run("incidents", path, *LIST).stdout == expected


@pytest.mark.parametrize(("seed", "processes"), [(2, 2)])
def test_portions_give_the_same_bytes(tmp_path: pathlib.Path, expected: str, seed: int, processes: int) -> None:
    path = tmp_path / "l.marsad"
    files = shuffled(seed)
    for few in (files[:5], files[5:6], files[6:15], files[15:]):
        assert shelf.run("add", *few, "--into", path, "--processes", processes).exit_code == 0
    assert shelf.run("incidents", path, *LIST).stdout == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_page_by_page_gives_the_same_bytes(tmp_path: pathlib.Path, expected: str, seed: int) -> None:
    pages = list(shelf.examples())
    random.Random(seed).shuffle(pages)
    shelf.filled(tmp_path / "l.marsad", pages, stepwise=True).close()
    assert shelf.run("incidents", tmp_path / "l.marsad", *LIST).stdout == expected


def test_rebuild_gives_the_same_bytes(tmp_path: pathlib.Path, expected: str) -> None:
    path = tmp_path / "l.marsad"
    shelf.filled(path, shelf.examples(), stepwise=True).close()
    findings = shelf.run("says", path, "AZE", "--json").stdout
    result = shelf.run("rebuild", path)
    assert result.exit_code == 0 and "21 pages" in result.stdout
    assert shelf.run("incidents", path, *LIST).stdout == expected
    assert shelf.run("says", path, "AZE", "--json").stdout == findings
    assert shelf.run("check", path).exit_code == 0


def test_rebuild_reads_again_what_could_not_be_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "l.marsad"
    with shelf.filled(path, [shelf.news("حلب", 4, "m-1"), shelf.read("", shelf.Given(id="m-2"))]) as ledger:
        before = shelf.told(ledger)
        ledger._db.execute("UPDATE pages SET error = 'M102' WHERE id = 'm-2'")
        ledger.rebuild()
        assert [code for _, code, _ in ledger.failures()] == ["M101"]
        assert shelf.told(ledger) == before


@pytest.mark.parametrize("seed", range(5))
def test_corrections_give_the_same_bytes_whenever_they_come(tmp_path: pathlib.Path, seed: int) -> None:
    chance = random.Random(seed)
    pages = [shelf.invented(chance, f"m-{n}") for n in range(12)]
    corrections = [shelf.invented(chance, f"m-{n}") for n in range(12) if chance.random() < 0.4]
    with shelf.filled(tmp_path / "a.marsad", [*pages, *corrections]) as ledger:
        expected = shelf.told(ledger)
    chance.shuffle(pages)
    chance.shuffle(corrections)
    with shelf.filled(tmp_path / "b.marsad", [*pages, *corrections], stepwise=True) as ledger:
        assert shelf.told(ledger) == expected
        assert ledger.check() == []
        ledger.rebuild()
        assert shelf.told(ledger) == expected


def test_the_id_of_any_mention_finds_its_incident(examples: pathlib.Path) -> None:
    with Ledger.open(examples) as ledger:
        incidents = list(ledger.incidents(shelf.ALL))
        assert any(len(i.mentions) > 1 for i in incidents)
        for incident in incidents:
            assert all(ledger.incident(mention).id == incident.id for mention in incident.mentions)
            assert [m.id for m in ledger.mentions(incident)] == list(incident.mentions)


def test_every_mention_is_in_one_incident(examples: pathlib.Path) -> None:
    with Ledger.open(examples) as ledger:
        found = [m for i in ledger.incidents(shelf.ALL) for m in i.mentions]
        assert len(found) == len(set(found)) == ledger.stats()["mentions"]
