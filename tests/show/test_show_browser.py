"""The page in a real browser, where one is installed: paint, leading to and fro, keyboard, languages, safety."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from sample import record
from sample_edge import empty, hostile

from marsad.show.html import render

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("no chromium here", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        switches = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        found = run.chromium.launch(executable_path=CHROMIUM, args=switches)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: pathlib.Path) -> Iterator[Any]:
    pages = []

    def opened(html: str, **options: Any) -> Any:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_page(**{"viewport": {"width": 1300, "height": 800}, **options})
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.on("dialog", lambda d: (page.complaints.append("dialog"), d.dismiss()))
        page.on("request", lambda r: page.complaints.append(r.url) if not r.url.startswith("file:") else None)
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()


def painted(page: Any, name: str) -> list[str]:
    found: list[str] = page.evaluate("n => CSS.highlights.has(n) ? [...CSS.highlights.get(n)].map(String) : []", name)
    return found


def test_words_are_painted_and_nothing_is_complained_of(open_page: Any) -> None:
    page = open_page(render([record()]))
    assert "بقصف سوق شعبية" in painted(page, "m-event-claimed")
    assert "ونفت" in painted(page, "m-event-denied")
    assert "أم درمان" in painted(page, "m-place")
    assert page.complaints == []


def test_a_finding_leads_to_its_words(open_page: Any) -> None:
    page = open_page(render([record()]), reduced_motion="reduce")
    page.click(".k-events .go >> nth=6")
    assert painted(page, "m-flash") == ["لنقل مساعدات"]
    assert page.evaluate("document.activeElement.id") == "r1-b7"


def test_words_lead_to_their_findings(open_page: Any) -> None:
    page = open_page(render([record()]), reduced_motion="reduce")
    box = page.evaluate(
        "() => { const r = [...CSS.highlights.get('m-event-claimed')][0].getBoundingClientRect();"
        " return [r.left + r.width / 2, r.top + r.height / 2]; }"
    )
    page.mouse.click(*box)
    assert page.locator(".card.hit .id").first.inner_text() == "e2"
    assert page.locator("#here li").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator(".card.hit").count() == 0


def test_everything_is_reached_by_keyboard(open_page: Any) -> None:
    page = open_page(render([record()]), reduced_motion="reduce")
    page.focus(".note >> nth=1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#here') !== null")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('card')")
    page.focus(".k-statements .go")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "r1-b2"


def test_filters_leave_one_kind_and_legend_hides_paint(open_page: Any) -> None:
    page = open_page(render([record()]))
    page.click('.filters button[data-kind="truces"]')
    assert page.locator(".group:visible").count() == 1
    page.click(".p-actor")
    assert painted(page, "m-actor") == [] and painted(page, "m-place") != []


def test_interface_switches_to_english_and_back(open_page: Any) -> None:
    page = open_page(render([record()]))
    page.click("#language")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert "7 events" in page.locator(".meta").inner_text()
    assert page.locator("article").get_attribute("dir") == "rtl"
    page.click("#language")
    assert "7 أحداث" in page.locator(".meta").inner_text()


@pytest.mark.parametrize("width", [320, 360, 768, 1300])
def test_nothing_runs_out_of_the_screen(open_page: Any, width: int) -> None:
    page = open_page(render([record(), empty()]), viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        below = page.evaluate(
            "document.querySelector('.findings').getBoundingClientRect().top"
            " >= document.querySelector('article').getBoundingClientRect().bottom"
        )
        assert below


def test_without_the_highlight_api_nothing_is_lost(open_page: Any, browser: Any, tmp_path: pathlib.Path) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.Highlight; window.Highlight = undefined;")
    page = context.new_page()
    file = tmp_path / "old.html"
    file.write_text(render([record()]), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator("#unpainted").is_visible()
    assert page.locator(".k-events blockquote").count() == 7
    page.click(".k-events .go >> nth=0")
    assert page.locator("p.flash").count() == 1
    context.close()


def test_without_script_links_and_words_are_there(browser: Any, tmp_path: pathlib.Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    file = tmp_path / "plain.html"
    file.write_text(render([record()]), encoding="utf-8")
    page.goto(file.as_uri())
    page.click(".k-events .go >> nth=0")
    assert page.url.endswith("#r1-b1")
    page.close()


def test_print_shows_every_section(open_page: Any) -> None:
    page = open_page(render([record()]))
    page.click('.filters button[data-kind="truces"]')
    page.emulate_media(media="print")
    assert page.locator(".group:visible").count() == page.locator(".group").count()
    assert not page.locator(".filters").is_visible()


@pytest.mark.parametrize(
    "payload",
    [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "javascript:alert(1)",
        "\u202e<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
    ],
)
def test_nothing_of_a_page_is_executed(open_page: Any, payload: str) -> None:
    page = open_page(render([hostile(payload)]), reduced_motion="reduce")
    page.click("#language")
    page.click(".note >> nth=0")
    page.click("#here li a >> nth=0")
    assert page.complaints == []
    assert page.locator("article script, article img, article svg").count() == 0
