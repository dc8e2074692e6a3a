"""What persons have decided stays decided: merges and splits survive new pages, corrections and `rebuild`."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
import shelf

from marsad.model.errors import NoSuchIncident
from marsad.store.ledger import Ledger

WHO = {"by": "سلمى", "at": "2022-04-01T10:00:00+00:00"}
ALEPPO = [shelf.news("حلب", 4, "a-1"), shelf.news("حلب", 4, "a-2")]
ODESSA = [shelf.news("أوديسا", 9, "o-1", side=shelf.SIDES[1])]


@pytest.fixture
def ledger(tmp_path: pathlib.Path) -> Iterator[Ledger]:
    with shelf.filled(tmp_path / "l.marsad", [*ALEPPO, *ODESSA]) as ledger:
        assert groups(ledger) == {("a-1", "a-2"), ("o-1",)}
        yield ledger


def groups(ledger: Ledger) -> set[tuple[str, ...]]:
    return {tuple(sorted(i.pages)) for i in ledger.incidents(shelf.ALL)}


def of(ledger: Ledger, page: str) -> str:
    """The mention of a page."""
    found = "SELECT m.id FROM mentions m JOIN pages p ON p.seq = m.page WHERE p.id = ? AND p.superseded = 0"
    return str(ledger._db.execute(found, (page,)).fetchone()[0])


def merge(ledger: Ledger, one: str, other: str) -> None:
    ledger.merge(of(ledger, one), of(ledger, other), **WHO)


def split(ledger: Ledger, *pages: str) -> None:
    mentions = [of(ledger, page) for page in pages]
    ledger.split(mentions[0], mentions, **WHO)


def test_what_is_merged_is_one_incident(ledger: Ledger) -> None:
    merge(ledger, "a-2", "o-1")
    assert groups(ledger) == {("a-1", "a-2", "o-1")}
    assert ledger.check() == []


def test_what_is_split_is_two(ledger: Ledger) -> None:
    split(ledger, "a-2")
    assert groups(ledger) == {("a-1",), ("a-2",), ("o-1",)}
    assert ledger.check() == []


def test_judgements_survive_rebuild(ledger: Ledger) -> None:
    split(ledger, "a-2")
    merge(ledger, "a-2", "o-1")
    before = shelf.told(ledger)
    assert groups(ledger) == {("a-1",), ("a-2", "o-1")}
    ledger.rebuild()
    assert shelf.told(ledger) == before
    assert ledger.stats()["judgements"] == 2


def test_judgements_survive_new_pages(ledger: Ledger) -> None:
    split(ledger, "a-2")
    merge(ledger, "a-1", "o-1")
    ledger.write([shelf.news("حلب", 4, "a-0"), shelf.news("حلب", 4, "a-3"), shelf.news("أوديسا", 30, "o-2", day=6)])
    ledger.settle()
    one, two = (ledger.incident(of(ledger, page)) for page in ("a-1", "a-2"))
    assert one.id != two.id and "o-1" in one.pages
    assert {"a-0", "a-3"} <= {*one.pages, *two.pages}
    before = shelf.told(ledger)
    ledger.rebuild()
    assert shelf.told(ledger) == before


def test_judgements_are_the_same_before_and_after_the_other_pages(ledger: Ledger, tmp_path: pathlib.Path) -> None:
    late = [shelf.news("حلب", 4, "a-0"), shelf.news("حلب", 4, "a-3")]
    split(ledger, "a-2")
    decided = ledger._db.execute("SELECT at, by, kind, data FROM judgements").fetchall()
    ledger.write(late)
    ledger.settle()
    with shelf.filled(tmp_path / "other.marsad", [*late, *ODESSA, *ALEPPO]) as other:
        other._db.executemany("INSERT INTO judgements (at, by, kind, data) VALUES (?, ?, ?, ?)", decided)
        other.rebuild()
        assert shelf.told(other) == shelf.told(ledger)


def test_a_later_merge_takes_back_a_split(ledger: Ledger) -> None:
    split(ledger, "a-2")
    merge(ledger, "a-1", "a-2")
    assert groups(ledger) == {("a-1", "a-2"), ("o-1",)}
    ledger.rebuild()
    assert groups(ledger) == {("a-1", "a-2"), ("o-1",)}


def test_a_later_merge_takes_back_a_split_under_another_first_mention(ledger: Ledger) -> None:
    split(ledger, "a-2")
    ledger.write([shelf.news("حلب", 4, "a-0")])
    ledger.settle()
    merge(ledger, "a-1", "a-2")
    assert groups(ledger) == {("a-0", "a-1", "a-2"), ("o-1",)}


def test_a_later_split_takes_back_a_merge(ledger: Ledger) -> None:
    merge(ledger, "a-1", "o-1")
    split(ledger, "o-1")
    assert groups(ledger) == {("a-1", "a-2"), ("o-1",)}


def test_the_last_word_counts(ledger: Ledger) -> None:
    for _ in range(2):
        merge(ledger, "a-1", "o-1")
        split(ledger, "o-1")
    assert groups(ledger) == {("a-1", "a-2"), ("o-1",)}
    merge(ledger, "o-1", "a-2")
    assert groups(ledger) == {("a-1", "a-2", "o-1")}
    assert ledger.stats()["judgements"] == 5


def test_a_judgement_waits_for_a_mention_that_is_gone(ledger: Ledger) -> None:
    merge(ledger, "a-1", "o-1")
    ledger.write([shelf.read("It rained all day.", shelf.Given(id="x")), shelf.news("حلب", 8, "o-1", day=7)])
    ledger.settle()
    assert ledger.stats()["judgements"] == 1 and ledger.check() == []


@pytest.mark.parametrize("pages", [("a-1", "a-2"), ("a-1", "o-1")])
def test_a_split_leaves_something_and_takes_only_the_incidents_own(ledger: Ledger, pages: tuple[str, str]) -> None:
    with pytest.raises(NoSuchIncident):
        split(ledger, *pages)
    assert ledger.stats()["judgements"] == 0


def test_a_mention_whose_incident_is_not_made_yet_is_no_incident(ledger: Ledger) -> None:
    ledger.write([shelf.news("خاركيف", 2, "k-1")])
    with pytest.raises(NoSuchIncident, match="not made yet"):
        ledger.incident(of(ledger, "k-1"))


@pytest.mark.parametrize("page", ["a-1", "a-2"])
def test_a_merge_holds_while_each_side_has_a_mention_left(ledger: Ledger, page: str) -> None:
    merge(ledger, "a-1", "o-1")
    ledger.write([shelf.news("خاركيف", 7, page, day=7)])
    ledger.settle()
    left = {"a-1": "a-2", "a-2": "a-1"}[page]
    assert groups(ledger) == {(left, "o-1"), (page,)}
    assert [link.judged for link in ledger.incident(of(ledger, left)).links if link.judged]
    before = shelf.told(ledger)
    ledger.rebuild()
    assert shelf.told(ledger) == before and ledger.check() == []


def test_a_merge_holds_by_those_that_a_later_split_leaves(ledger: Ledger) -> None:
    merge(ledger, "a-1", "o-1")
    split(ledger, "a-1")
    assert groups(ledger) == {("a-1",), ("a-2", "o-1")}
    before = shelf.told(ledger)
    ledger.rebuild()
    assert shelf.told(ledger) == before


def test_a_merge_is_told_among_the_reasons_with_who_and_when(ledger: Ledger) -> None:
    merge(ledger, "a-1", "o-1")
    links = ledger.incident(of(ledger, "a-1")).links
    assert [link.judged for link in links if link.judged] == ["merged by سلمى, 2022-04-01T10:00:00+00:00"]
