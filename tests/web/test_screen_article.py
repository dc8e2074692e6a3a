"""One page's screen: its words painted, its findings beside, its bytes behind, its versions; and why?"""

from __future__ import annotations

import hashlib
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from lxml import html

from marsad.store.ledger import Ledger
from marsad.store.work import Given, job, read_job

TOLD = (
    "قال وزير الدفاع الأرميني عبر تويتر إن القوات الأذربيجانية قصفت مدينة شوشة فجر السبت 17 أكتوبر 2020 وقتلت 3 مدنيين."
)
ATTACKS = ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "12\u202e-34")


@pytest.fixture(scope="module")
def comments_page(examples_ledger: pathlib.Path) -> str:
    """A page of the examples with readers' comments, furniture and repairs."""
    return _with(examples_ledger, lambda page: page.comments and page.repairs)


def _with(path: pathlib.Path, wanted: Callable[[Any], Any]) -> str:
    with Ledger.open(path) as ledger:
        for (page_id,) in ledger.rows("SELECT id FROM pages ORDER BY id"):
            record = ledger.record(page_id)
            if record and wanted(record.page):
                return str(page_id)
    raise LookupError


def _ledger(path: pathlib.Path, *pages: tuple[str | bytes, Given]) -> pathlib.Path:
    with Ledger.open(path, create=True) as ledger:
        for data, given in pages:
            ledger.write([read_job(job(data, given))])
        ledger.settle()
    return path


@pytest.fixture
def hostile(tmp_path: pathlib.Path) -> tuple[pathlib.Path, str]:
    """A page whose every field is an attack."""
    attack = " ".join(ATTACKS)
    given = Given(
        id=attack, url=f"https://x.example/{attack}", publisher=attack, headline=attack, published="2020-10-17"
    )
    text = f"{TOLD}\nوأضاف: «{attack}». وقالت وكالة {attack} إن الجيش قصف {attack}."
    return _ledger(tmp_path / "hostile.marsad", (text, given)), attack


# ---------------------------------------------------------------- what is shown


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_the_examples_has_its_screen(
    client: TestClient, examples_ledger: pathlib.Path, language: str
) -> None:
    with Ledger.open(examples_ledger) as ledger:
        ids = [i for (i,) in ledger.rows("SELECT id FROM pages")]
    for page_id in ids:
        shown = client.get("/page", params={"id": page_id, "lang": language})
        assert shown.status_code == 200
        assert client.get("/page.json", params={"id": page_id}).json()["record"]["schema"] == "marsad.record/1"


def test_nothing_of_the_text_is_lost(client: TestClient, comments_page: str) -> None:
    text = client.get("/page.json", params={"id": comments_page}).json()["record"]["page"]["text"]
    shown = client.get("/page", params={"id": comments_page}).text
    found = html.document_fromstring(shown).xpath("//div[starts-with(@class, 'para')]/p")
    words = "".join(p.text_content() for p in sorted(found, key=lambda p: int(p.get("id")[1:])))
    assert "".join(text.split()) == "".join(words.split())


def test_day_is_shown_with_how_it_is_known_and_its_words(client: TestClient, comments_page: str) -> None:
    answer = client.get("/page.json", params={"id": comments_page}).json()
    assert answer["published"]["basis"] == "stated" and answer["evidence"] == ["17/10/2020"]
    shown = client.get("/page", params={"id": comments_page}).text
    assert "مذكور في الصفحة" in shown and "17/10/2020" in shown


def test_an_event_leads_to_its_incident_and_its_review_card(client: TestClient, comments_page: str) -> None:
    acts = client.get("/page.json", params={"id": comments_page}).json()["acts"]
    shown = client.get("/page", params={"id": comments_page}).text
    assert acts and all(a["incident"] and a["sources"] for a in acts)
    for act in acts:
        assert f'href="/incidents/{act["incident"]}"' in shown
        assert f'href="/review?subject={act["mention"]}"' in shown


def test_an_unsettled_verdict_is_not_told(ledger: pathlib.Path, comments_page: str) -> None:
    with asking(ledger) as client:
        act = client.get("/page.json", params={"id": comments_page}).json()["acts"][0]
        assert act["verdict"] is None


def test_an_unknown_page_is_told_with_its_code(client: TestClient) -> None:
    answer = client.get("/page.json?id=nothing")
    assert answer.status_code == 404 and answer.json()["code"] == "M606"
    assert client.get("/page/bytes?id=nothing").status_code == 404


# ---------------------------------------------------------------- bytes and versions


def test_bytes_come_as_a_file_and_hold_the_hash(client: TestClient, comments_page: str) -> None:
    sha256 = client.get("/page.json", params={"id": comments_page}).json()["sha256"]
    answer = client.get("/page/bytes", params={"id": comments_page})
    assert hashlib.sha256(answer.content).hexdigest() == sha256
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="marsad-{sha256[:16]}.bin"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_earlier_version_is_listed_and_can_be_read(tmp_path: pathlib.Path) -> None:
    first, second = (Given(id="p1", headline=f"قصف {n}", published="2020-10-17") for n in (1, 2))
    with asking(_ledger(tmp_path / "v.marsad", (TOLD, first), (TOLD + " ونفت باكو.", second))) as client:
        now = client.get("/page.json?id=p1").json()
        assert [v["state"] for v in now["versions"]] == ["current", "superseded"] and now["headline"] == "قصف 2"
        old = now["versions"][1]
        shown = client.get("/page", params={"id": "p1", "version": old["digest"]})
        assert "هذه نسخة سابقة" in shown.text and "قصف 1" in shown.text and old["sha256"] in shown.text
        assert client.get("/page.json", params={"id": "p1", "version": old["digest"]}).json()["acts"] == []
        assert client.get("/page/bytes", params={"id": "p1", "version": old["digest"]}).text == TOLD


def test_a_page_without_an_id_keeps_its_versions_by_its_address(tmp_path: pathlib.Path) -> None:
    given = Given(url="https://a.example/1", published="2020-10-17")
    path = _ledger(tmp_path / "v.marsad", (TOLD, given), (TOLD + " ونفت باكو.", given))
    with asking(path) as client, Ledger.open(path) as ledger:
        (old,), (new,) = ledger.rows("SELECT id FROM pages ORDER BY seq")
        assert len(client.get("/page.json", params={"id": new}).json()["versions"]) == 2
        assert client.get("/page.json", params={"id": old}).json()["version"]["state"] == "superseded"


def test_a_page_that_could_not_be_read_has_a_screen_with_its_code_and_bytes(tmp_path: pathlib.Path) -> None:
    path = _ledger(tmp_path / "v.marsad", (b"%PDF-1.4 nothing to read", Given(id="p1", headline="تقرير")))
    with asking(path) as client:
        answer = client.get("/page.json?id=p1").json()
        assert answer["version"]["state"] == "unread" and answer["version"]["error"] == "M102"
        shown = client.get("/page?id=p1").text
        assert "M102" in shown and "تعذّرت قراءة هذه الصفحة" in shown and "/page/bytes?id=p1" in shown
        assert client.get("/page/bytes?id=p1").content.startswith(b"%PDF")


def test_a_later_capture_that_failed_leaves_the_page_standing(tmp_path: pathlib.Path) -> None:
    pages = ((TOLD, Given(id="p1", published="2020-10-17")), (b"%PDF-1.4", Given(id="p1")))
    with asking(_ledger(tmp_path / "v.marsad", *pages)) as client:
        answer = client.get("/page.json?id=p1").json()
        assert answer["version"]["state"] == "current" and answer["record"]
        assert [v["state"] for v in answer["versions"]] == ["unread", "current"]


# ---------------------------------------------------------------- why?


def test_why_names_the_rule_its_row_and_its_example(client: TestClient, comments_page: str) -> None:
    told = client.get("/why.json", params={"page": comments_page, "finding": "e1"}).json()
    rule = told["rules"][0]
    assert rule["id"].startswith("frame.") and rule["file"].endswith(".tsv") and rule["line"] > 1 and rule["example"]
    shown = client.get("/why", params={"page": comments_page, "finding": "e1"}).text
    assert rule["id"] in shown and f"{rule['file']}:{rule['line']}" in shown and rule["example"] in shown


def test_every_finding_has_its_why(client: TestClient, comments_page: str) -> None:
    page = html.document_fromstring(client.get("/page", params={"id": comments_page}).text)
    links = [a.get("href") for a in page.xpath("//details[@class='why']//a")]
    assert len(links) == len(page.xpath("//li[starts-with(@class, 'card ')]"))
    for link in links:
        told = client.get(link.replace("/why?", "/why.json?")).json()
        assert told["rules"] or told["grounds"]


def test_why_of_no_finding_is_told_with_its_code(client: TestClient, comments_page: str) -> None:
    assert client.get("/why.json", params={"page": comments_page, "finding": "e99"}).json()["code"] == "M301"


# ---------------------------------------------------------------- in a browser


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_is_whole_in_both_languages(
    served: Served, open_page: Any, shot: Any, comments_page: str, language: str
) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}#e3", language=language)
    page.wait_for_timeout(300)
    shot(page, f"article-{language}")
    assert page.complaints == [] and violations(page) == []
    assert page.evaluate("CSS.highlights.get('m-event-claimed').size") > 0
    assert page.locator("#e3.hit").count() == 1


def test_tabs_part_the_article_from_its_comments_and_the_site(
    served: Served, open_page: Any, comments_page: str
) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}")
    assert [page.locator(f"#tab-{t}").is_visible() for t in ("article", "comments", "site")] == [True, False, False]
    page.locator("#t-article").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#t-comments").get_attribute("aria-selected") == "true"
    assert page.locator("#tab-comments").is_visible() and not page.locator("#tab-article").is_visible()


def test_pointing_leads_both_ways(served: Served, open_page: Any, comments_page: str) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}")
    page.locator("#e1").hover()
    assert page.evaluate("CSS.highlights.get('m-lit').size") > 0
    words = page.locator("#tab-article p").nth(1).bounding_box()
    page.mouse.move(words["x"] + words["width"] - 12, words["y"] + 18)
    assert page.locator(".card.hit").count() > 0


def test_keyboard_leads_to_findings_and_back(served: Served, open_page: Any, comments_page: str) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}")
    page.locator("#tab-article .note").nth(1).focus()
    assert page.locator(".card.hit").count() > 1
    page.keyboard.press("Enter")
    assert page.locator("#here").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#here").is_visible()
    page.locator("#e1 .go").focus()
    assert page.evaluate("CSS.highlights.get('m-lit').size") > 0


def test_a_tap_on_a_telephone_tells_what_stands_there(
    served: Served, open_page: Any, shot: Any, comments_page: str
) -> None:
    page = open_page(
        f"{served.address}/page?id={comments_page}", viewport={"width": 360, "height": 740}, has_touch=True
    )
    words = page.locator("#tab-article p").nth(1)
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] - 12, box["y"] + 18)
    assert page.locator("#here").is_visible() and page.locator("#here a").count() > 0
    shot(page, "article-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_layers_and_kinds_can_be_put_away(served: Served, open_page: Any, comments_page: str) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}")
    page.locator(".p-statement").click()
    assert page.evaluate("CSS.highlights.has('m-statement')") is False
    page.locator(".kinds [data-kind=events]").click()
    assert page.locator("#kind-events").is_visible() and not page.locator("#kind-statements").is_visible()


def test_why_opens_in_its_card(served: Served, open_page: Any, comments_page: str) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}")
    page.locator("#e1 .why summary").click()
    page.locator("#e1 .rule").first.wait_for()
    assert "frame." in page.locator("#e1 .rule").first.inner_text()
    assert violations(page) == [] and page.complaints == []


def test_without_script_everything_is_there(served: Served, open_page: Any, comments_page: str) -> None:
    page = open_page(f"{served.address}/page?id={comments_page}", java_script_enabled=False)
    assert all(page.locator(f"#tab-{t}").is_visible() for t in ("article", "comments", "site"))
    page.locator("#e1 .why summary").click()
    page.locator("#e1 .why a").click()
    assert page.locator("#why .rule").first.is_visible()


# ---------------------------------------------------------------- hostile pages


def test_a_hostile_page_runs_nothing_and_turns_nothing(hostile: tuple[pathlib.Path, str], open_page: Any) -> None:
    path, page_id = hostile
    with asking(path) as client, Served(path) as served:
        address = str(client.build_request("GET", "/page", params={"id": page_id}).url.raw_path, "ascii")
        page = open_page(served.address + address)
        page.wait_for_timeout(300)
        assert page.complaints == []
        assert page.locator(".page-screen img, .page-screen script:not([type='application/json'])").count() == 0
        text = page.locator("main").inner_text()
        assert "⟦U+202E⟧" in text and "\u202e" not in page.content()
        assert violations(page) == []


def test_the_data_of_the_script_holds_no_words_of_the_page(hostile: tuple[pathlib.Path, str]) -> None:
    path, page_id = hostile
    with asking(path) as client:
        shown = client.get("/page", params={"id": page_id}).text
    island = shown.split('id="page-data">')[1].split("</script>")[0]
    assert set(json.loads(island)) == {"layers", "keys", "paints", "quotes"}
    assert island.isascii() and "<" not in island
