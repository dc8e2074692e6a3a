"""The first screen: the newest days, what is new to the reader, counts that lead to filters."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors

from marsad.store.ledger import Ledger
from marsad.store.overview import Volume
from marsad.store.people import People
from marsad.store.work import Given, job, read_job
from marsad.web.bars import bars


def test_the_newest_day_stands_first(client: TestClient) -> None:
    shown = client.get("/today.json").json()
    days = [day["day"] for day in shown["days"]]
    assert days == sorted(days, reverse=True) and days[0] == shown["newest"] == "2020-10-18"


def test_a_day_mixes_what_was_done_and_what_was_said(client: TestClient) -> None:
    day = client.get("/today.json").json()["days"][0]
    kinds = [item["kind"] for item in day["items"]]
    assert kinds.count("incident") == day["incidents"] > 0 and kinds.count("statement") == day["statements"] > 0
    assert {item["page"] for item in day["items"]} != {None}


def test_every_older_day_is_reached_once(client: TestClient) -> None:
    seen: list[str] = []
    before = None
    for _ in range(20):
        shown = client.get("/today.json", params={"before": before} if before else {}).json()
        seen += [day["day"] for day in shown["days"]]
        before = shown["older"]
        if not before:
            break
    assert len(seen) == len(set(seen)) and seen == sorted(seen, reverse=True)
    assert {"2020-09-27", "2020-10-18"} <= set(seen) and before is None


def test_the_chart_counts_what_a_days_own_screen_shows(client: TestClient) -> None:
    bar = next(b for b in client.get("/today.json").json()["bars"] if b["from"] == "2020-10-11")
    day = client.get("/today.json?since=2020-10-11&until=2020-10-11").json()["days"][0]
    assert (bar["incidents"], bar["statements"]) == (day["incidents"], day["statements"])


@pytest.mark.parametrize(
    "query, holds",
    [
        ("type=ASSAULT", lambda i: i["kind"] == "statement" or i["type"] == "ASSAULT"),
        ("status=claimed", lambda i: i["kind"] == "statement" or i["status"] == "claimed"),
        ("outlet=صوت يريفان", lambda i: "صوت يريفان" in i["outlets"]),
        ("sources=2", lambda i: i["kind"] == "statement" or i["sources"] > 1),
        ("since=2020-10-10&until=2020-10-11", lambda i: "2020-10-10" <= i["day"] <= "2020-10-11"),
    ],
)
def test_filters_hold(client: TestClient, query: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    items = [item for day in client.get(f"/today.json?{query}").json()["days"] for item in day["items"]]
    assert items and all(holds(item) for item in items)


def test_a_count_leads_to_its_filter_and_back(client: TestClient) -> None:
    side = client.get("/today.json").json()["sides"][0]
    assert side["code"] == side["value"] == "AZE" and side["name"] == "أذربيجان"
    assert 'href="/today?actor=AZE"' in client.get("/today").text
    assert '<a href="/today" aria-current="true"' in client.get("/today?actor=AZE").text


def test_bad_days_are_told_with_their_code(client: TestClient) -> None:
    assert client.get("/today.json?before=never").json()["code"] == "M108"
    assert client.get("/today.json?before=0001-01-01").json()["days"] == []


def test_bars_are_days_weeks_or_months() -> None:
    volume = {"2020-10-15": Volume(2, 1)}
    daily = bars(volume, "2020-10-01", "2020-10-31", ("2020-10-15", "2020-10-15"))
    assert len(daily) == 31 and [b.total for b in daily if b.shown] == [3]
    weekly = bars(volume, "2020-01-01", "2020-12-31", None)
    assert 50 < len(weekly) < 56 and sum(b.incidents for b in weekly) == 2
    monthly = bars(volume, "2018-01-01", "2020-12-31", None)
    assert len(monthly) == 36 and (monthly[-3].first, monthly[-3].last) == ("2020-10-01", "2020-10-31")
    assert [b.first for b in weekly][1:] == sorted(b.first for b in weekly)[1:]


# ---------------------------------------------------------------- what is new


def test_what_came_since_the_last_visit_is_new(ledger: pathlib.Path) -> None:
    with asking(ledger) as client:
        client.get("/today")
        assert client.get("/today.json").json()["news"] is None
    _go_away(ledger)
    _one_more_page(ledger)
    with asking(ledger) as client:
        assert client.get("/today.json").json()["news"] is None, "a program's question is no visit"
        assert 'class="new"' in client.get("/today").text
        shown = client.get("/today.json").json()
        new = [item for day in shown["days"] for item in day["items"] if item["new"]]
        assert shown["news"]["pages"] == 1 and new and {item["page"] for item in new} == {"late"}
        only = client.get("/today.json?new=true").json()
        items = [item for day in only["days"] for item in day["items"]]
        assert only["only_new"] and items and all(item["new"] for item in items)


def _go_away(ledger: pathlib.Path) -> None:
    """An hour passes."""
    with People.beside(ledger) as people:
        past = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
        people.db.execute("UPDATE visits SET last = ?", (past,))


def _one_more_page(ledger: pathlib.Path) -> None:
    text = "قصفت القوات الأرمينية مدينة ترتر مساء الاثنين.\n\nوقال علييف إن بلاده سترد على القصف."
    given = Given(id="late", publisher="قوقاز برس", published="2020-10-19", headline="قصف على ترتر")
    with Ledger.open(ledger, write=True) as opened:
        opened.write([read_job(job(text, given))])
        opened.settle()


def test_the_first_visit_marks_nothing(writer: TestClient) -> None:
    assert 'class="new"' not in writer.get("/today").text


def test_an_empty_ledger_says_so(tmp_path: pathlib.Path) -> None:
    with Ledger.open(tmp_path / "e.marsad", create=True):
        pass
    with asking(tmp_path / "e.marsad") as client:
        assert client.get("/today.json").json()["days"] == []
        assert "marsad add" in client.get("/today").text


# ---------------------------------------------------------------- hostile, and in a browser


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("hostile") / "h.marsad"
    attacked(path, [*vectors("xss")[:12], *vectors("bidi")[:6]])
    return path


@pytest.mark.parametrize("path", ["/today", "/today?since=2020-10-01&until=2020-10-31", "/today?type=ASSAULT&lang=en"])
def test_whatever_pages_hold_stays_text(hostile: pathlib.Path, path: str) -> None:
    with asking(hostile) as client:
        assert list(live(client.get(path).text)) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_in_a_browser(served: Served, open_page: Any, shot: Callable[[Any, str], None], language: str) -> None:
    page = open_page(f"{served.address}/today", language=language)
    assert violations(page) == [] and page.complaints == []
    shot(page, f"today-{language}")
    page.locator(".volume details summary").click()
    page.locator(".volume tbody a").first.click()
    assert "since=2020-10-18&until=2020-10-18" in page.url and page.locator(".day").count() == 1
    page.locator(".facet a").first.click()
    assert "type=" in page.url and page.locator(".facet [aria-current]").count() == 1


def test_on_a_telephone(served: Served, open_page: Any, shot: Callable[[Any, str], None]) -> None:
    page = open_page(f"{served.address}/today", viewport={"width": 360, "height": 740})
    shot(page, "today-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_pages_in_a_browser(hostile: pathlib.Path, open_page: Any) -> None:
    with Served(hostile) as desk:
        page = open_page(f"{desk.address}/today")
        assert page.complaints == [] and page.locator(".item").count() > 10
