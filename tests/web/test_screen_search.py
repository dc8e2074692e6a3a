"""The search: words in any of their forms, the place that holds them, the same filters."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors
from hypothesis import given
from hypothesis import strategies as st

from marsad.store.ledger import Ledger
from marsad.web.snippets import snippet


def test_a_word_is_found_in_other_forms_and_marked(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "صاروخ"}).json()
    assert found["total"] == len(found["pages"]) > 1
    marked = {hit["words"][s:e] for hit in found["pages"] for s, e in hit["marks"]}
    assert any(word != "صاروخ" for word in marked) and all("ص" in word for word in marked)


def test_filters_narrow_the_search(client: TestClient) -> None:
    every = client.get("/search.json", params={"q": "قصف"}).json()["total"]
    some = client.get("/search.json", params={"q": "قصف", "since": "2020-10-17"}).json()["total"]
    assert 0 < some < every


def test_nothing_asked_finds_nothing_and_says_so(client: TestClient) -> None:
    assert client.get("/search.json").json()["pages"] == []
    assert client.get("/search", params={"q": "زرافة"}).status_code == 200


def test_a_snippet_lies_in_its_page(examples_ledger: pathlib.Path) -> None:
    with Ledger.open(examples_ledger) as ledger:
        for info in ledger.search("قال"):
            record = ledger.record(info.id)
            assert record is not None
            found = snippet(record, "قال")
            assert found.words.strip("…") in record.page.text
            assert all(0 <= s < e <= len(found.words) for s, e in found.marks)


@given(q=st.text(max_size=40))
def test_no_question_breaks_it(client: TestClient, q: str) -> None:
    assert client.get("/search.json", params={"q": q}).status_code == 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_search_in_a_browser(served: Served, open_page: Any, shot: Callable[[Any, str], None], language: str) -> None:
    page = open_page(f"{served.address}/search?q=قصف", language=language)
    assert page.locator("mark").count() > 1
    assert violations(page) == [] and page.complaints == []
    shot(page, f"search-{language}")


def test_the_headline_is_marked_too(client: TestClient) -> None:
    for hit in client.get("/search.json", params={"q": "غنجة"}).json()["pages"]:
        if "غنجة" in hit["headline"]:
            start, end = hit["headline_marks"][0]
            assert hit["headline"][start:end].endswith("غنجة")


def test_all_the_words_must_be_there(client: TestClient) -> None:
    one, two = (client.get("/search.json", params={"q": q}).json() for q in ("غنجة", "غنجة قتيلا"))
    assert two["keys"] == [*one["keys"], "قتيل"] and 0 < two["total"] < one["total"]


@pytest.mark.parametrize(
    "narrow",
    [{"outlet": "صوت يريفان"}, {"type": "PROTEST"}, {"actor": "FRA"}, {"place": "شوشة"}, {"until": "2020-09-30"}],
)
def test_every_filter_narrows(client: TestClient, narrow: dict[str, str]) -> None:
    every = client.get("/search.json", params={"q": "قره باغ"}).json()["total"]
    assert client.get("/search.json", params={"q": "قره باغ", **narrow}).json()["total"] < every


def test_the_search_finds_what_the_ledger_finds(client: TestClient, examples_ledger: pathlib.Path) -> None:
    with Ledger.open(examples_ledger) as ledger:
        for q in ("هدنة", "علييف صاروخ", "روسيا"):
            found = [hit["id"] for hit in client.get("/search.json", params={"q": q}).json()["pages"]]
            assert found == [info.id for info in ledger.search(q)][:20]


def test_hostile_pages_stay_text(tmp_path: pathlib.Path) -> None:
    attacked(tmp_path / "h.marsad", [*vectors("xss")[:20], *vectors("bidi")[:6]])
    with asking(tmp_path / "h.marsad") as desk:
        for q in ("غنجة", "<script>alert(1)</script>", "\u202eabc", '" onfocus="alert(1)'):
            answer = desk.get("/search", params={"q": q, **({"outlet": q} if q != "غنجة" else {})})
            assert answer.status_code == 200 and list(live(answer.text)) == []
            assert "\u202e" not in answer.text


def test_on_a_telephone(served: Served, open_page: Any, shot: Callable[[Any, str], None]) -> None:
    page = open_page(f"{served.address}/search?q=قصف&outlet=مرصد الشرق", viewport={"width": 360, "height": 740})
    shot(page, "search-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
