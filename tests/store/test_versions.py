"""What the ledger keeps of a page that comes again: nothing new, a new version, or the reason why it cannot be read."""

from __future__ import annotations

import pathlib

import pytest
import shelf

from marsad.store.ledger import Ledger
from marsad.store.work import Done, Given, job

ADDRESS = "https://miina.example/harb/17"


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "l.marsad"


def one_incident(*pages: Done, path: pathlib.Path) -> Ledger:
    return shelf.filled(path, pages, stepwise=True)


def bytes_of(path: pathlib.Path) -> list[str]:
    with Ledger.open(path) as ledger:
        return list(ledger._db.iterdump())


def test_the_same_bytes_again_change_nothing(path: pathlib.Path) -> None:
    assert shelf.run("add", shelf.EXAMPLES, "--into", path, "--processes", 1).exit_code == 0
    before = bytes_of(path)
    again = shelf.run("add", shelf.EXAMPLES, "--into", path, "--processes", 1)
    assert again.exit_code == 0 and "0 pages added, 21 known already" in again.stderr
    assert bytes_of(path) == before


def test_the_same_bytes_twice_in_one_go_are_one_page(path: pathlib.Path) -> None:
    page = shelf.EXAMPLES / "01-bahr-qazwin.html"
    result = shelf.run("add", page, page, "--into", path, "--processes", 1)
    assert "1 pages added, 1 known already" in result.stderr


def test_other_bytes_under_the_same_id_are_a_new_version(path: pathlib.Path) -> None:
    with one_incident(shelf.news("حلب", 4, "m-17"), shelf.news("أوديسا", 9, "m-17"), path=path) as ledger:
        (now,) = ledger.incidents()
        assert now.place is not None and now.place.name == "أوديسا"
        page = ledger.page("m-17")
        assert page is not None and page.versions == 2
        assert ledger.stats()["pages"] == 1 and ledger.stats()["older versions"] == 1
        assert ledger.check() == []
        assert ledger.search("حلب") == [] and len(ledger.search("أوديسا")) == 1


def test_the_older_version_keeps_its_bytes_and_none_of_its_mentions(path: pathlib.Path) -> None:
    old, new = shelf.news("حلب", 4, "m-17"), shelf.news("أوديسا", 9, "m-17")
    with one_incident(old, new, path=path) as ledger:
        first, second = ledger._db.execute("SELECT seq, superseded FROM pages ORDER BY seq")
        assert first[1] == second[0] and second[1] == 0
        assert shelf.kept(ledger, first[0]) == old.job.data
        for table in ("mentions", "links", "findings", "finding_keys", "bands"):
            assert not ledger._db.execute(f"SELECT 1 FROM {table} WHERE page = ?", (first[0],)).fetchall(), table


def test_an_incident_forgets_the_mention_of_an_older_version(path: pathlib.Path) -> None:
    kept, old, new = shelf.news("حلب", 4, "m-1"), shelf.news("حلب", 4, "m-2"), shelf.news("أوديسا", 9, "m-2", day=5)
    with one_incident(kept, old, path=path) as ledger:
        assert [len(i.mentions) for i in ledger.incidents()] == [2]
        ledger.write([new])
        ledger.settle()
        assert [i.pages for i in ledger.incidents()] == [("m-1",), ("m-2",)]
        assert ledger.check() == []


def test_acts_of_one_town_and_day_are_compared_again_without_an_older_version(path: pathlib.Path) -> None:
    pages = [shelf.news("حلب", 4, f"m-{n}", published=f"2022-03-{n:02}") for n in (3, 9, 15)]
    new = shelf.news("أوديسا", 7, "m-3")
    with one_incident(*pages, new, path=path) as ledger:
        before = shelf.told(ledger)
        assert sorted(len(i.mentions) for i in ledger.incidents()) == [1, 2]
        ledger.rebuild()
        assert shelf.told(ledger) == before


def test_a_page_of_the_same_address_supersedes_the_older_one(path: pathlib.Path) -> None:
    old, new = (shelf.news(town, 4, None, url=ADDRESS) for town in ("حلب", "أوديسا"))
    with one_incident(old, new, path=path) as ledger:
        assert [i.place and i.place.name for i in ledger.incidents()] == ["أوديسا"]
        assert ledger.stats()["older versions"] == 1
        assert ledger.page(old.job.id) is None


def test_pages_with_ids_of_their_own_stand_side_by_side_under_one_address(path: pathlib.Path) -> None:
    pages = [shelf.news(town, 4, town, url=ADDRESS) for town in ("حلب", "أوديسا")]
    with one_incident(*pages, path=path) as ledger:
        assert ledger.stats()["pages"] == 2 and ledger.stats()["older versions"] == 0


def test_pages_without_address_or_id_never_supersede_each_other(path: pathlib.Path) -> None:
    pages = [shelf.news(town, 4, None) for town in ("حلب", "أوديسا")]
    with one_incident(*pages, path=path) as ledger:
        assert ledger.stats()["pages"] == 2


def test_a_later_version_that_cannot_be_read_takes_nothing_away(path: pathlib.Path) -> None:
    good, bad = shelf.news("حلب", 4, "m-17"), shelf.read("Rain all day.", Given(id="m-17"))
    with one_incident(good, bad, path=path) as ledger:
        assert len(list(ledger.incidents())) == 1
        assert ledger.record("m-17") is not None
        assert [code for _, code, _ in ledger.failures()] == ["M104"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "M101"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 4, "M102"),
        (b"It rained all day and the road was closed for hours.", "M104"),
        (("كلمة " * 60_000).encode(), "M103"),
    ],
)
def test_a_page_that_cannot_be_read_is_kept_with_its_code_and_its_bytes(
    path: pathlib.Path, data: bytes, code: str
) -> None:
    (path.parent / "b.html").write_bytes(data)
    names = ("a.html", "c.html")
    for name, example in zip(names, ("01-bahr-qazwin.html", "04-qanat-alufuq.html"), strict=True):
        (path.parent / name).write_bytes((shelf.EXAMPLES / example).read_bytes())
    result = shelf.run("add", path.parent, "--into", path, "--processes", 1)
    assert result.exit_code == 1 and "2 pages added, 1 not read" in result.stderr
    assert f"{code} {path.parent / 'b.html'}: " in result.stderr
    with Ledger.open(path) as ledger:
        ((page, found, _),) = ledger.failures()
        (seq,) = ledger._db.execute("SELECT seq FROM pages WHERE error IS NOT NULL").fetchone()
        assert (page, found) == (job(data, Given()).id, code) and shelf.kept(ledger, seq) == data
        assert ledger.stats()["pages"] == 2 and ledger.stats()["pages waiting"] == 0 and ledger.check() == []


def test_nothing_that_a_page_calls_itself_steers_the_terminal(path: pathlib.Path) -> None:
    lines = path.with_name("l.jsonl")
    lines.write_text('{"id": "a\\u001b[2Jb", "text": ""}\n')
    result = shelf.run("add", lines, "--into", path, "--processes", 1)
    assert "M101" in result.stderr and "\x1b" not in result.stderr


@pytest.mark.parametrize(("day", "code"), [("0001-01-01", "M108"), ("9999-12-31", "M108"), ("gestern", "M108")])
def test_a_page_whose_container_gives_no_day_of_our_time_is_kept_unread(
    path: pathlib.Path, day: str, code: str
) -> None:
    with one_incident(shelf.news("حلب", 4, "m-17", published=day), path=path) as ledger:
        assert [found for _, found, _ in ledger.failures()] == [code]
        assert ledger.unsettled == 0 and ledger.check() == []
