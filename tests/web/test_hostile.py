"""Whatever a page holds, in whichever field: nothing of it runs, and nothing turns a figure around."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from desks import Served, asking
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors

SCREENS = (
    "/today", "/incidents", "/said", "/diplomacy", "/map", "/review", "/sources", "/sources/dictionary",
    "/search?q=غنجة", "/users", "/settings",
)  # fmt: skip
TURNERS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def attacks() -> list[str]:
    return vectors("xss") + vectors("bidi")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, attacks: list[str]) -> tuple[pathlib.Path, list[str]]:
    path = tmp_path_factory.mktemp("hostile") / "h.marsad"
    return path, attacked(path, attacks)


@pytest.fixture(scope="module")
def desk(hostile: tuple[pathlib.Path, list[str]]) -> Iterator[TestClient]:
    with asking(hostile[0]) as client:
        yield client


def test_the_bar_is_met_in_number() -> None:
    assert len(set(vectors("xss"))) == 150 and len(set(vectors("bidi"))) == 20


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_holds_anything_live(desk: TestClient, path: str, language: str) -> None:
    answer = desk.get(path, params={"lang": language} if "?" not in path else None)
    assert answer.status_code == 200
    assert list(live(answer.text)) == []
    assert not TURNERS.search(answer.text)


def test_no_page_of_the_ledger_holds_anything_live(desk: TestClient, hostile: tuple[pathlib.Path, list[str]]) -> None:
    for page in hostile[1]:
        answer = desk.get("/page", params={"id": page})
        assert answer.status_code == 200
        assert (page, list(live(answer.text))) == (page, [])
        assert not TURNERS.search(answer.text)


def test_no_incident_or_dossier_holds_anything_live(desk: TestClient) -> None:
    shown = desk.get("/incidents.json").text
    ids = re.findall(r'"id":"([0-9a-f]{16})"', shown)
    assert ids
    for one in dict.fromkeys(ids):
        for path in (f"/incidents/{one}", f"/incidents/{one}/dossier"):
            answer = desk.get(path)
            assert answer.status_code == 200
            assert list(live(answer.text)) == []
            assert not TURNERS.search(answer.text)


def test_captured_bytes_are_given_as_a_file_and_never_rendered(
    desk: TestClient, hostile: tuple[pathlib.Path, list[str]]
) -> None:
    answer = desk.get("/page/bytes", params={"id": hostile[1][0]})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_in_a_real_browser_nothing_runs(
    open_page: Any, hostile: tuple[pathlib.Path, list[str]], attacks: list[str]
) -> None:
    path, ids = hostile
    with Served(path) as served:
        page = open_page(f"{served.address}/today")
        for screen in SCREENS[1:]:
            page.goto(served.address + screen)
        for one in ids:
            page.goto(f"{served.address}/page?id={quote(one, safe='')}")
        assert page.complaints == []
        assert page.evaluate("document.querySelectorAll('main').length") == 1
