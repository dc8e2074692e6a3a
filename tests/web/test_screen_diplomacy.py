"""Proposals and their answers, truces and their alleged breaches, who stands with whom."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors
from lxml import html

from marsad.ledger.diplomacy import Answered, ProposalLine
from marsad.ledger.model import Party
from marsad.store.alignments import side_key, sides
from marsad.store.ledger import Ledger
from marsad.web.diplomacy import matrix

Shot = Callable[[Any, str], None]
YEREVAN = Party(name="أرمينيا", name_en="Armenia", kind="country", code="ARM", sector="GOV")
MOSCOW = Party(name="روسيا", name_en="Russia", kind="country", code="RUS", sector="GOV")


def shown(client: TestClient, query: str = "") -> Any:
    return client.get(f"/diplomacy.json{query}").json()


# ---------------------------------------------------------------- proposals


def test_the_matrix_says_every_answer_that_the_ledger_knows(client: TestClient, examples_ledger: pathlib.Path) -> None:
    rows = {r["id"]: r for r in shown(client)["proposals"]["proposals"]}
    with Ledger.open(examples_ledger) as opened:
        lines = opened.proposals()
    assert set(rows) == {p.id for p in lines}
    for known in lines:
        told = {(a["party"], r["answer"]) for a in rows[known.id]["answers"] for r in a["replies"]}
        assert {(side_key(a.party), a.answer) for a in known.answers} <= told
        assert rows[known.id]["state"] == known.state


def test_an_answer_has_its_day_and_its_page(client: TestClient) -> None:
    rows = shown(client)["proposals"]["proposals"]
    (row,) = [r for r in rows if r["what"].startswith("إرسال مراقبين عسكريين روس")]
    (yerevan,) = [a["replies"] for a in row["answers"] if a["party"] == "ARM"]
    assert row["by"][0]["code"] == "RUS"
    assert (yerevan[0]["answer"], yerevan[0]["day"]) == ("conditional", "2020-10-14") and yerevan[0]["page"]


def line(*answers: str, needed: tuple[Party, ...] = (), made: str = "2020-10-08") -> ProposalLine:
    told = [Answered(party=YEREVAN, answer=a, day=f"2020-10-1{n}", page=f"p{n}") for n, a in enumerate(answers)]  # type: ignore[arg-type]
    return ProposalLine(
        id=f"{made}{len(answers)}", by=(MOSCOW,), what="وقف إطلاق النار", made=made, renewed=(),
        needs_consent_of=needed, answers=tuple(told), stands={}, state="pending", pages=("p",), outlets=(),
    )  # fmt: skip


def replies(*answers: str, needed: tuple[Party, ...] = ()) -> list[tuple[str, bool]]:
    (row,) = matrix([line(*answers, needed=needed)], 0, 10).proposals
    return [(r.answer, r.stands) for r in row.answers[0].replies]


def test_whose_consent_is_needed_and_who_is_not_heard_of_stands_as_asked() -> None:
    assert replies(needed=(YEREVAN,)) == [("asked", True)]


def test_a_later_answer_stands_and_the_earlier_stays_on_show() -> None:
    assert replies("rejects", "accepts") == [("rejects", False), ("accepts", True)]


def test_silence_is_overtaken_by_any_answer() -> None:
    assert replies("accepts", "none") == [("none", False), ("accepts", True)]


def test_the_newest_proposal_comes_first_and_the_rest_has_pages() -> None:
    lines = [line(made=f"2020-10-0{n}") for n in range(1, 6)]
    assert [p.made for p in matrix(lines, 0, 2).proposals] == ["2020-10-05", "2020-10-04"]
    assert [p.made for p in matrix(lines, 4, 2).proposals] == ["2020-10-01"]
    assert matrix(lines, 0, 2).total == 5


def test_every_answer_leads_to_its_page(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/diplomacy").text)
    links = page.xpath("//table[contains(@class,'matrix')]//p[contains(@class,'reply')]/a/@href")
    assert links and all(link.startswith("/page?id=") for link in links)
    assert client.get(links[0]).status_code == 200


# ---------------------------------------------------------------- truces


def truce(client: TestClient) -> Any:
    (found,) = [t for t in shown(client)["truces"] if t["agreed"] == "2020-10-10"]
    return found


def told_of(client: TestClient) -> Any:
    """The truce with every alleged breach, as its own screen tells it."""
    return client.get(f"/diplomacy/truce.json?id={truce(client)['id']}").json()


def bars_of(client: TestClient) -> int:
    return sum(len(side["bars"]) for one in shown(client)["truces"] for side in one["accused"])


def test_a_truce_counts_pages_that_accuse_a_side_day_by_day(client: TestClient) -> None:
    """Both sides of the truce of 10 October are accused; a bar counts the pages whose words stand behind it."""
    accused = {a["side"]["key"]: a["bars"] for a in truce(client)["accused"]}
    assert {"ARM", "AZE"} <= accused.keys() and accused["ARM"][0]["claimed_by"]
    drawn = {(bar["day"], key): bar["pages"] for key, bars in accused.items() for bar in bars}
    groups = told_of(client)["breaches"]
    assert drawn == {(g["day"], g["side"]): len({v["page"] for v in g["violations"]}) for g in groups}
    assert all(bar["offset"] == int(bar["day"][-2:]) - 10 for bars in accused.values() for bar in bars)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_bar_leads_to_the_allegations_of_its_day(client: TestClient, language: str) -> None:
    page = html.document_fromstring(client.get(f"/diplomacy?lang={language}").text)
    bars = page.xpath("//figure[contains(@class,'line')]//a/@href")
    assert len(bars) == bars_of(client) > 3
    for bar in bars:
        path, _, anchor = bar.partition("#")
        there = html.document_fromstring(client.get(path).text)
        (group,) = there.xpath(f"//section[@id='{anchor}']")
        assert group.xpath(".//blockquote") and group.xpath(".//a[starts-with(@href, '/page?')]")


def test_sides_stand_on_both_sides_of_the_axis_and_time_runs_as_one_reads(client: TestClient) -> None:
    def bars(language: str) -> Any:
        page = html.document_fromstring(client.get(f"/diplomacy?lang={language}").text)
        (card,) = [c for c in page.xpath("//article[contains(@class,'truce')]") if len(c.xpath(".//figure//a")) > 2]
        return [(float(r.get("x")), float(r.get("y"))) for r in card.xpath(".//rect[contains(@class,'bar')]")]

    arabic, english = bars("ar"), bars("en")
    assert arabic[0][0] > arabic[1][0] and english[0][0] < english[1][0]
    assert arabic[0][1] < 60 <= arabic[2][1]


def test_an_allegation_has_its_words_its_claimant_and_its_outlet(client: TestClient) -> None:
    found = told_of(client)
    told = [v for group in found["breaches"] for v in group["violations"]]
    one_by_one = {(v["page"], v["words"], str(v["by"]), str(v["claimed_by"])) for v in told}
    assert found["truce"]["breaches"] == len(one_by_one) < len(told)  # one that blames both sides stands under each
    assert all(v["words"] and v["claimed_by"] and v["outlet"] and v["page"] for v in told)


def test_no_such_truce_is_told_as_such(client: TestClient) -> None:
    assert client.get("/diplomacy/truce.json?id=none").status_code == 404


# ---------------------------------------------------------------- who stands with whom


def test_copies_of_a_page_do_not_make_a_relation_more_told(client: TestClient) -> None:
    ties = shown(client)["alignments"]["ties"]
    (tie,) = [t for t in ties if (t["from"], t["kind"], t["to"]) == ("RUS", "mediates", "ARM")]
    assert (tie["sources"], tie["pages"]) == (2, 3)
    assert tie["domains"] == ["diplomatic"] and tie["first"] == "2020-10-10"


def test_a_relation_is_told_with_its_sentence_and_not_with_its_word_alone(client: TestClient) -> None:
    found = client.get("/diplomacy/alignment.json?from=TUR&to=AZE&kind=supports").json()
    assert found["total"] == 2
    assert all(quoted["told"]["words"] in quoted["sentence"] for quoted in found["words"])
    assert all(len(quoted["sentence"]) > 3 * len(quoted["told"]["words"]) for quoted in found["words"])
    assert client.get("/diplomacy/alignment.json?from=TUR&to=AZE&kind=opposes").status_code == 404


def test_a_state_is_one_side_whoever_speaks_for_it_and_a_named_group_is_its_own() -> None:
    army = Party(name="الجيش", kind="military", code="ARM", sector="MIL")
    houthis = Party(name="الحوثيون", name_en="Houthis", kind="armed_group", code="YEM", sector="REB")
    people = Party(name="المدنيون", kind="people", code="ARM", sector="CVL")
    assert side_key(army) == side_key(YEREVAN) == "ARM"
    assert side_key(people) == "ARM/people" and side_key(houthis) == "YEM/Houthis"
    assert sides([army])["ARM"].name == "أرمينيا"


def test_filters_hold_for_all_three_lists(client: TestClient) -> None:
    found = shown(client, "?since=2020-10-14&until=2020-10-18")
    made = [p["made"] for p in found["proposals"]["proposals"]]
    assert made and all("2020-10-14" <= day <= "2020-10-18" for day in made)
    assert [t["agreed"] for t in found["truces"]] == ["2020-10-17", None], "what has no day comes last"
    assert all(t["first"] >= "2020-10-14" for t in found["alignments"]["ties"])
    assert shown(client, "?actor=FRA")["truces_in_all"] == 1


def test_what_is_remembered_changes_with_the_ledger(ledger: pathlib.Path, writer: TestClient) -> None:
    before = shown(writer)
    assert shown(writer) == before
    attacked(ledger, ["وقال إن بلاده تدعم أذربيجان"])
    assert shown(writer) != before


@pytest.mark.parametrize("kind", ["xss", "bidi"])
def test_no_part_of_the_screen_holds_anything_live(tmp_path: pathlib.Path, kind: str) -> None:
    attacked(tmp_path / "h.marsad", vectors(kind)[:40])
    with asking(tmp_path / "h.marsad") as desk:
        found = shown(desk)
        paths = ["/diplomacy", *(f"/diplomacy/truce?id={t['id']}" for t in found["truces"])]
        for path in paths:
            answer = desk.get(path)
            assert answer.status_code == 200 and list(live(answer.text)) == []
        ties = html.document_fromstring(desk.get("/diplomacy").text).xpath("//table[@id='ties-table']//a/@href")
        for path in ties:
            answer = desk.get(path)
            assert answer.status_code == 200 and list(live(answer.text)) == []


# ---------------------------------------------------------------- in a browser


@pytest.mark.parametrize("language", ["ar", "en"])
def test_relations_are_drawn_the_same_each_time_and_a_side_can_be_singled_out(
    served: Served, open_page: Any, shot: Shot, language: str
) -> None:
    page = open_page(f"{served.address}/diplomacy", language=language)
    drawn = page.locator("#graph .stage .tie").first.evaluate("e => e.getAttribute('d')")
    page.reload()
    assert drawn and page.locator("#graph .stage .tie").first.evaluate("e => e.getAttribute('d')") == drawn
    rows = page.locator("#ties-table tbody tr:visible").count()
    page.locator("#graph .node").first.focus()
    page.keyboard.press("Enter")
    assert 0 < page.locator("#ties-table tbody tr:visible").count() < rows
    page.locator("#graph-all").click()
    assert page.locator("#ties-table tbody tr:visible").count() == rows
    shot(page, f"diplomacy-graph-{language}")
    assert violations(page) == [] and page.complaints == []


@pytest.fixture
def detail(client: TestClient) -> Iterator[list[str]]:
    yield [f"/diplomacy/truce?id={truce(client)['id']}", "/diplomacy/alignment?from=RUS&to=ARM&kind=mediates"]


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_lists_behind_are_whole(
    served: Served, open_page: Any, shot: Shot, detail: list[str], language: str, width: int
) -> None:
    for n, path in enumerate(detail):
        page = open_page(served.address + path, language=language, viewport={"width": width, "height": 800})
        shot(page, f"diplomacy-{n}-{language}-{width}")
        assert violations(page) == [] and page.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_table_and_the_lines_stand(client: TestClient, served: Served, open_page: Any) -> None:
    page = open_page(f"{served.address}/diplomacy", java_script_enabled=False)
    assert page.locator("#ties-table tbody tr").count() > 10
    assert page.locator(".line rect.bar").count() == bars_of(client)
    assert page.locator("#graph").is_hidden()


def test_a_bar_tells_its_day_under_the_keyboard(served: Served, open_page: Any) -> None:
    page = open_page(f"{served.address}/diplomacy")
    page.locator(".line a").first.focus()
    assert "2020-10-1" in page.locator(".line .told").first.inner_text()
