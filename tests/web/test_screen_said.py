"""Who said what: statements over the ledger, filtered, counted by speaker and channel, each with its page."""

from __future__ import annotations

import pathlib
from typing import Any
from urllib.parse import quote

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient

from marsad.store import statements
from marsad.store.ledger import Ledger
from marsad.store.statements import Asked, matched, page_of
from marsad.store.work import Given, job, read_job


def _said(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/said.json", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_statements_come_the_newest_first_with_all_that_is_known(client: TestClient) -> None:
    shown = _said(client)
    days = [s["day"] for s in shown["statements"]]
    assert shown["total"] > 200 and shown["more"] and days == sorted(days, reverse=True)
    first = next(s for s in shown["statements"] if s["outlet"])  # one page of the examples names none
    assert first["words"] and first["speaker"]["name"] and first["mode"] in ("direct", "indirect", "mixed")


def test_a_speaker_stands_with_his_office(client: TestClient) -> None:
    offices = {s["office"] for s in _said(client, speaker="إلهام علييف")["statements"]}
    assert any(office and "رئيس" in office for office in offices)


def test_a_statement_tells_the_events_in_it_and_their_incidents(client: TestClient) -> None:
    told = [e for s in _said(client)["statements"] for e in s["about"]]
    assert told and all(e["type"].isupper() and e["words"] and e["incident"] for e in told)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"speaker": "علييف"}, lambda s: "علييف" in s["speaker"]["name"]),
        ({"speaker": "AZE/MIL"}, lambda s: (s["speaker"]["code"], s["speaker"]["sector"]) == ("AZE", "MIL")),
        ({"via": "تويتر"}, lambda s: any("تويتر" in p["name"] for p in s["via"])),
        ({"via": "twitter"}, lambda s: any("تويتر" in p["name"] for p in s["via"])),
        ({"medium": "social"}, lambda s: s["medium"] == "social"),
        ({"mode": "direct"}, lambda s: s["mode"] == "direct"),
        ({"actor": "ARM", "mode": "indirect"}, lambda s: s["speaker"]["code"] == "ARM" and s["mode"] == "indirect"),
        ({"since": "2020-10-17", "until": "2020-10-17"}, lambda s: s["day"] == "2020-10-17"),
    ],
)
def test_filters_let_through_what_they_name(client: TestClient, asked: dict[str, str], holds: Any) -> None:
    found = _said(client, **asked)
    assert found["total"] and all(holds(s) for s in found["statements"])
    assert found["total"] < _said(client)["total"]


def test_an_empty_form_asks_for_nothing(client: TestClient) -> None:
    assert _said(client, speaker="", via="", medium="", mode="", since="")["total"] == _said(client)["total"]


def test_what_is_no_mode_is_refused_with_its_code(client: TestClient) -> None:
    answer = client.get("/said.json?mode=shouted")
    assert answer.status_code == 400 and answer.json()["code"] == "M508"


def test_pages_follow_one_another_without_gap_or_repetition(client: TestClient) -> None:
    total = _said(client)["total"]
    found = [
        (s["page"], s["statement"]) for n in range(1, total // 25 + 2) for s in _said(client, page=n)["statements"]
    ]
    assert len(found) == len(set(found)) == total
    assert _said(client, page=total)["statements"] == []


def test_what_lies_beyond_the_counted_ones_is_paged_too(
    examples_ledger: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(examples_ledger) as ledger:
        whole = [(s.page, s.data["statement"]) for s in page_of(ledger, Asked(), 0, 1000)]
        monkeypatch.setattr(statements, "MOST", 20)
        asked = Asked(mode="indirect")
        parts = [s for n in range(0, 260, 7) for s in page_of(ledger, asked, n, 7)]
        assert len(matched(ledger, asked).newest) == 20 < matched(ledger, asked).total == len(parts)
        assert [(s.page, s.data["statement"]) for s in parts] == [
            key for key in whole if key in {(s.page, s.data["statement"]) for s in parts}
        ]


def test_voices_are_counted_under_the_filter_and_states_kept_apart(client: TestClient) -> None:
    shown = _said(client)
    counts = [v["count"] for v in shown["speakers"]]
    assert counts == sorted(counts, reverse=True) and shown["channels"][0]["party"]["name"]
    ministries = {v["party"]["code"] for v in shown["speakers"] if "وزارة" in v["party"]["name"]}
    assert {"AZE", "ARM"} <= ministries
    assert _said(client, via="تويتر")["channels"][0]["party"]["name"] == "تويتر"


def test_a_day_misread_into_the_future_does_not_lead_the_list(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "v.marsad"
    text = "قال الرئيس إلهام علييف إن القوات الأرمينية قصفت مدينة غنجة. وقال باشينيان يوم 5 مايو 2038 إن الحرب مستمرة."
    with Ledger.open(path, create=True) as ledger:
        ledger.write([read_job(job(text, Given(id="p1", published="2020-10-17")))])
        ledger.settle()
    with asking(path) as client:
        found = _said(client)["statements"]
        late = [s["late"] for s in found]
        assert late == sorted(late)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_screen_draws_the_chain_the_words_and_the_way_back(client: TestClient, language: str) -> None:
    asked = {"via": "تويتر", "mode": "direct", "lang": language}
    shown = client.get("/said", params=asked).text
    one = _said(client, via="تويتر", mode="direct")["statements"][0]
    assert ("←" if language == "ar" else "→") in shown
    assert "«" in shown and f"/page?id={quote(one['page'])}#{one['statement']}" in shown


def test_links_of_the_screen_keep_its_filter(client: TestClient) -> None:
    shown = client.get("/said?mode=indirect&since=2020-10-01").text
    assert 'href="/said?since=2020-10-01&amp;mode=indirect&amp;page=2"' in shown
    assert 'href="/said.json?since=2020-10-01&amp;mode=indirect"' in shown


# ---------------------------------------------------------------- in a browser


@pytest.mark.parametrize("language", ["ar", "en"])
def test_screen_is_whole_in_both_languages(served: Served, open_page: Any, shot: Any, language: str) -> None:
    page = open_page(f"{served.address}/said", language=language)
    shot(page, f"said-{language}")
    assert page.complaints == [] and violations(page) == []
    page.locator(".narrow-by summary").click()
    assert violations(page) == []


def test_screen_fits_a_telephone(served: Served, open_page: Any, shot: Any) -> None:
    page = open_page(f"{served.address}/said?via=تويتر", viewport={"width": 360, "height": 740})
    shot(page, "said-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_form_filters_and_a_source_leads_to_the_words(served: Served, open_page: Any) -> None:
    page = open_page(f"{served.address}/said")
    page.locator("[name=via]").fill("تويتر")
    page.locator(".narrow-by button").click()
    assert page.locator(".saying").count() == 4
    page.locator(".saying .source").first.click()
    page.wait_for_url("**/page?id=*")
    page.locator(".card.hit").wait_for()
    assert page.complaints == []


def test_hostile_words_run_nothing_and_turn_nothing(tmp_path: pathlib.Path, open_page: Any) -> None:
    path = tmp_path / "h.marsad"
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)> 12\u202e-34'
    text = (
        f"قال الرئيس إلهام علييف: «{attack} لن نتوقف عن القتال {attack}». وقالت وكالة {attack} إن الجيش قصف {attack}."
    )
    given = Given(id=attack, publisher=attack, headline=attack, published="2020-10-17")
    with Ledger.open(path, create=True) as ledger:
        ledger.write([read_job(job(text, given))])
        ledger.settle()
    with Served(path) as served:
        for query in ("", f"?speaker={quote(attack)}&via={quote(attack)}&actor={quote(attack)}"):
            page = open_page(f"{served.address}/said{query}")
            assert page.complaints == [] and "\u202e" not in page.content()
            assert page.locator("main img, main script").count() == 0
            assert violations(page) == []
