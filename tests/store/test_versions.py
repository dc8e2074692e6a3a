"""What the ledger keeps of a page that comes again: nothing new, a new version, or the reason why it cannot be read."""

from __future__ import annotations

import itertools
import pathlib

import pytest
import shelf

from marsad.model.errors import NoSuchIncident
from marsad.store import pages
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


def article(
    number: int, *, address: str = ADDRESS, town: str = "كسلا", day: str = "2025-05-06", more: str = "", url: str = ""
) -> Done:
    """A page of HTML that says its own address and day, as it lies in a file; `url` is the address it is given."""
    link = f'<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">'
    title = f"إصابة {number} عمال في غارة على محطة كهرباء في {town}"
    text = (
        f"أصيب {number} عمال، الثلاثاء، في غارة جوية لقوات الدعم السريع على محطة كهرباء في مدينة {town}، وفق ما ذكره"
        f" الجيش السوداني.</p><p>وقال مهندس في المحطة إن حريقا اندلع في خزان الوقود بعد الغارة وانقطع التيار عن أحياء"
        f" المدينة كلها.{more}"
    )
    page = (
        f'<html lang="ar"><head><meta charset="utf-8"><title>{title}</title>{link}<meta property="og:site_name"'
        f' content="بريد الشرق"><meta property="article:published_time" content="{day}T09:00:00+02:00"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
    return shelf.read(page.encode(), Given(url=url or None))


def test_a_file_that_says_the_address_of_an_older_one_is_its_new_version(path: pathlib.Path) -> None:
    old, new = article(5), article(8, more=" وعاد التيار مساء.")
    with one_incident(old, new, path=path) as ledger:
        stats = ledger.stats()
        assert (stats["pages"], stats["older versions"]) == (1, 1)
        assert ledger.page(old.job.id) is None
        page = ledger.page(new.job.id)
        assert page is not None and page.versions == 2 and page.url == ADDRESS
        assert [v.digest for v in pages.versions(ledger, new.job.id)] == [new.job.digest, old.job.digest]
        assert {i.copies for i in ledger.incidents()} == {0}
        before = shelf.told(ledger)
        ledger.rebuild()
        assert shelf.told(ledger) == before and ledger.stats() == stats and ledger.check() == []


def test_a_third_capture_counts_the_two_before_it(path: pathlib.Path) -> None:
    captures = [article(n) for n in (5, 8, 9)]
    with one_incident(*captures, path=path) as ledger:
        page = ledger.page(captures[-1].job.id)
        assert page is not None and page.versions == 3
        assert len(pages.versions(ledger, captures[0].job.id)) == 3


def test_a_short_notice_is_corrected_too(path: pathlib.Path) -> None:
    def notice(killed: int) -> Done:
        words = f"قتل {killed} مدنيين في قصف الجيش السوري سوق مدينة حلب يوم الخميس."
        return shelf.read(
            f'<html><head><link rel="canonical" href="{ADDRESS}"><title>عاجل من حلب</title></head><body><article>'
            f"<h1>قصف سوق مدينة حلب</h1><p>{words}</p></article></body></html>".encode(),
            Given(published="2022-03-03"),
        )

    with one_incident(notice(4), notice(6), path=path) as ledger:
        assert ledger.stats()["older versions"] == 1


@pytest.mark.parametrize(
    "other",
    [
        article(8, town="القضارف", day="2025-05-07"),
        shelf.read((shelf.EXAMPLES / "01-bahr-qazwin.html").read_bytes().replace(b"</head>", (
            f'<link rel="canonical" href="{ADDRESS}"></head>'.encode())), Given()),
    ],
    ids=["of another day", "of other words"],
)  # fmt: skip
def test_another_article_under_one_address_is_no_new_version(path: pathlib.Path, other: Done) -> None:
    with one_incident(article(5), other, path=path) as ledger:
        assert ledger.stats()["pages"] == 2 and ledger.stats()["older versions"] == 0


@pytest.mark.parametrize("home", ["https://miina.example", "https://miina.example/", "https://miina.example//#news"])
def test_a_sites_home_page_is_no_articles_address(path: pathlib.Path, home: str) -> None:
    with one_incident(article(5, address=home), article(8, address=home), path=path) as ledger:
        assert ledger.stats()["older versions"] == 0


def test_an_address_may_tell_its_article_in_the_query(path: pathlib.Path) -> None:
    asked = "https://miina.example/?p=17"
    with one_incident(article(5, address=asked), article(8, address=asked), path=path) as ledger:
        assert ledger.stats()["older versions"] == 1


def test_a_file_corrects_what_was_fetched_from_its_address(path: pathlib.Path) -> None:
    with one_incident(article(5, url=ADDRESS), article(8), path=path) as ledger:
        assert ledger.stats()["older versions"] == 1


def test_a_file_leaves_a_page_with_an_id_of_its_own_alone(path: pathlib.Path) -> None:
    given = shelf.read(article(5).job.data, Given(id="m-17"))
    for n, order in enumerate(([given, article(8)], [article(8), given])):
        with one_incident(*order, path=path.with_name(f"{n}.marsad")) as ledger:
            assert ledger.stats()["older versions"] == 0


@pytest.mark.parametrize("processes", [1, 2])
def test_what_comes_later_in_one_go_is_the_new_version(path: pathlib.Path, processes: int) -> None:
    files = [path.with_name(name) for name in ("b.html", "a.html")]
    for file, page in zip(files, (article(5), article(8)), strict=True):
        file.write_bytes(page.job.data)
    assert shelf.run("add", *files, "--into", path, "--processes", processes).exit_code == 0
    with Ledger.open(path) as ledger:
        assert ledger.page(article(5).job.id) is None and ledger.page(article(8).job.id) is not None


def test_other_articles_under_one_address_come_in_any_order(tmp_path: pathlib.Path) -> None:
    section = "https://miina.example/harb/"
    told = [article(5, address=section, day=f"2025-05-0{day}", town=town) for day, town in
            ((6, "كسلا"), (7, "القضارف"), (8, "حلب"))]  # fmt: skip
    expected = None
    for n, order in enumerate(itertools.permutations(told)):
        with shelf.filled(tmp_path / f"{n}.marsad", order) as ledger:
            assert ledger.stats()["older versions"] == 0
            expected = expected or shelf.told(ledger)
            assert shelf.told(ledger) == expected


def only(ledger: Ledger, page: str) -> str:
    """The id of the one incident of a page."""
    (found,) = (i.id for i in ledger.incidents(shelf.ALL) if page in i.pages)
    return found


def test_the_id_of_a_corrected_act_leads_to_what_it_is_now(path: pathlib.Path) -> None:
    with one_incident(shelf.news("حلب", 4, "m-1"), path=path) as ledger:
        old = only(ledger, "m-1")
        ledger.write([shelf.news("حلب", 6, "m-1"), shelf.news("أوديسا", 6, "m-2")])
        ledger.settle()
        now = ledger.incident(old)
        assert now.id == only(ledger, "m-1") != old
        assert ledger.incident(old[:10]).id == now.id
        ledger.rebuild()
        assert ledger.incident(old).id == now.id


def test_the_id_leads_on_through_several_corrections_of_a_file(path: pathlib.Path) -> None:
    with one_incident(article(5), path=path) as ledger:
        (old, *_) = ledger.incidents()
        for number in (8, 9):
            ledger.write([article(number)])
            ledger.settle()
        now = ledger.incident(old.id)
        assert now.pages == (article(9).job.id,) and now.type == old.type


def test_the_id_leads_to_the_incidents_other_mentions_where_the_correction_tells_another(path: pathlib.Path) -> None:
    with one_incident(shelf.news("حلب", 4, "m-1"), shelf.news("حلب", 4, "m-2"), path=path) as ledger:
        old = only(ledger, "m-1")
        ledger.write([shelf.news("أوديسا", 9, "m-1", day=5)])
        ledger.settle()
        assert only(ledger, "m-1") != only(ledger, "m-2") == ledger.incident(old).id


def test_what_a_correction_takes_back_has_no_incident(path: pathlib.Path) -> None:
    talks = "محادثات في حلب\nالتقى وزير الخارجية الروسي نظيره السوري في مدينة حلب يوم 3 مارس 2022."
    with one_incident(shelf.news("حلب", 4, "m-1"), path=path) as ledger:
        old = only(ledger, "m-1")
        ledger.write([shelf.read(talks, Given(id="m-1", published="2022-03-03"))])
        ledger.settle()
        with pytest.raises(NoSuchIncident):
            ledger.incident(old)
        with pytest.raises(NoSuchIncident):
            ledger.incident("")


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
