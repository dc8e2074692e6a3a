"""Every screen, in both languages, in a real browser: nothing is complained of, bars anybody or runs out."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from desks import Served, violations
from fastapi.testclient import TestClient

SCREENS = {
    "today": "/today", "incidents": "/incidents", "said": "/said", "diplomacy": "/diplomacy", "map": "/map",
    "review": "/review", "sources": "/sources", "dictionary": "/sources/dictionary", "search": "/search?q=قصف",
    "settings": "/settings", "users": "/users",
}  # fmt: skip
WEIGHT = 400_000  # bytes of a screen with everything that it loads, geometry left out


def addresses(client: TestClient) -> dict[str, str]:
    """Every screen's address, with one page and one incident of the ledger among them."""
    page = client.get("/search.json?q=قصف").json()["pages"][0]["id"]
    one = f"/incidents/{client.get('/incidents.json').json()['incidents'][0]['id']}"
    return {**SCREENS, "page": f"/page?id={page}", "incident": one, "dossier": f"{one}/dossier"}


NAMES = (*SCREENS, "page", "incident", "dossier")


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_screen_is_whole_in_both_languages(
    client: TestClient, served: Served, open_page: Any, shot: Callable[[Any, str], None], name: str, language: str
) -> None:
    page = open_page(served.address + addresses(client)[name], language=language)
    page.wait_for_load_state("networkidle")
    shot(page, f"{name}-{language}")
    root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert root == [language, "rtl" if language == "ar" else "ltr"]
    assert page.complaints == []
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_screen_fits_a_telephone(
    client: TestClient, served: Served, open_page: Any, shot: Callable[[Any, str], None], name: str
) -> None:
    page = open_page(served.address + addresses(client)[name], viewport={"width": 360, "height": 740})
    page.wait_for_load_state("networkidle")
    shot(page, f"{name}-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", NAMES)
def test_screen_is_readable_in_the_dark(client: TestClient, served: Served, open_page: Any, name: str) -> None:
    page = open_page(served.address + addresses(client)[name])
    host = served.address.split("/")[2].split(":")[0]
    page.context.add_cookies([{"name": "marsad_reader", "value": "ar.arabic.hijri.dark", "domain": host, "path": "/"}])
    page.reload()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_screen_is_light(client: TestClient, served: Served, open_page: Any, name: str) -> None:
    sizes: dict[str, int] = {}
    page = open_page(f"{served.address}/login")
    page.on("response", lambda r: sizes.__setitem__(r.url, int(r.headers.get("content-length") or len(r.body()))))
    page.goto(served.address + addresses(client)[name])
    page.wait_for_load_state("networkidle")
    carried = {url: size for url, size in sizes.items() if "countries-50m" not in url}
    assert sum(carried.values()) < WEIGHT, carried


@pytest.mark.parametrize("name", NAMES)
def test_screen_is_quick(client: TestClient, name: str) -> None:
    """A bound that a busy machine holds too; `bench/desk.py` measures, over a ledger of 17,780 articles."""
    address = addresses(client)[name]
    took = []
    for _ in range(5):
        started = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - started)
    assert median(took) < 0.6


@pytest.mark.parametrize("name", NAMES)
def test_screen_answers_as_json_too(client: TestClient, name: str) -> None:
    if name in ("settings",):
        pytest.skip("a form, nothing of the ledger")
    path, _, query = addresses(client)[name].partition("?")
    answer = client.get(f"{path}.json?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
