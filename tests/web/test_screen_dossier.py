"""The dossier: everything that stands behind an incident, in both languages, on paper."""

from __future__ import annotations

import hashlib
import pathlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live

from marsad.ledger.model import Incident
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger

A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def incident(examples_ledger: pathlib.Path) -> Incident:
    with Ledger.open(examples_ledger) as ledger:
        told = list(ledger.incidents(Filter(background=True)))
    return max(told, key=lambda i: (len(i.contested) + 2 * bool(i.ranges), len(i.versions), i.id))


@pytest.fixture(scope="module")
def dossier(client: TestClient, incident: Incident) -> dict[str, Any]:
    return dict(client.get(f"/incidents/{incident.id}/dossier.json").json())


def test_it_speaks_both_languages_whatever_the_desk_speaks(client: TestClient, incident: Incident) -> None:
    for language in ("ar", "en"):
        html = client.get(f"/incidents/{incident.id}/dossier?lang={language}").text
        assert "ملف واقعة" in html and "Incident dossier" in html
        assert "رواية كل طرف" in html and "Each side&#39;s version" in html


def test_every_sentence_is_quoted_verbatim_where_its_span_says(
    dossier: dict[str, Any], examples_ledger: pathlib.Path, incident: Incident
) -> None:
    quoted: list[int] = []
    with Ledger.open(examples_ledger) as ledger:
        for page in dossier["evidence"]:
            record = ledger.record(page["page"]["id"])
            assert record is not None and page["page"]["sha256"] == record.page.sha256
            for sentence in page["sentences"]:
                start, end = sentence["evidence"]
                assert record.page.text[start:end] == sentence["words"] and sentence["rules"]
                assert all(start <= s < e <= len(record.page.text) for s, e in sentence["triggers"])
                quoted += sentence["told"]
    assert sorted(quoted) == list(range(1, len(incident.mentions) + 1))


def test_the_digest_is_that_of_the_captured_bytes(client: TestClient, dossier: dict[str, Any]) -> None:
    for page in dossier["evidence"]:
        data = client.get("/page/bytes", params={"id": page["page"]["id"]}).content
        assert hashlib.sha256(data).hexdigest() == page["page"]["sha256"]


def test_every_reference_leads_to_a_quotation(client: TestClient, incident: Incident) -> None:
    html = client.get(f"/incidents/{incident.id}/dossier").text
    assert set(re.findall(r'href="#(q\d+)"', html)) <= set(re.findall(r'id="(q\d+)"', html))


def test_outlet_day_digest_page_and_spans_are_printed(
    client: TestClient, incident: Incident, dossier: dict[str, Any]
) -> None:
    html = client.get(f"/incidents/{incident.id}/dossier").text
    for page in dossier["evidence"]:
        assert page["page"]["sha256"] in html and page["page"]["id"] in html and page["page"]["published"] in html
        for sentence in page["sentences"]:
            assert f"[{sentence['evidence'][0]}, {sentence['evidence'][1]})" in html


def test_ranges_method_time_and_version_are_printed(
    client: TestClient, incident: Incident, dossier: dict[str, Any]
) -> None:
    html = client.get(f"/incidents/{incident.id}/dossier").text
    for words in ("متحفظة", "Conservative", "By claimant", "Low – best – high", "SHA-256", "قرأ مرصد كل صفحة"):
        assert words in html
    assert f"Marsad {dossier['version']}" in html and re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", html)


def test_a_copy_names_the_page_that_it_copies(client: TestClient, examples_ledger: pathlib.Path) -> None:
    with Ledger.open(examples_ledger) as ledger:
        one = next(i for i in ledger.incidents(Filter(background=True)) if i.copies)
    evidence = client.get(f"/incidents/{one.id}/dossier.json").json()["evidence"]
    assert [e["copy_of"] for e in evidence if e["copy_of"]] == [1] * one.copies


def test_hostile_pages_are_printed_as_text(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "hostile.marsad"
    attacked(path, ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "\u202e12-34"])
    with asking(path) as client:
        for row in client.get("/incidents.json?background=true").json()["incidents"]:
            answer = client.get(f"/incidents/{row['id']}/dossier")
            assert answer.status_code == 200 and list(live(answer.text)) == [] and "\u202e" not in answer.text


def test_it_is_whole_on_screen(
    served: Served, open_page: Any, shot: Callable[[Any, str], None], incident: Incident
) -> None:
    for language, width in (("ar", 1300), ("en", 360)):
        viewport = {"width": width, "height": 850}
        page = open_page(f"{served.address}/incidents/{incident.id}/dossier", language=language, viewport=viewport)
        shot(page, f"dossier-{language}-{width}")
        assert violations(page) == [] and page.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.is_visible("#print")


def test_it_prints_on_a4_without_the_desks_own_frame(served: Served, open_page: Any, incident: Incident) -> None:
    page = open_page(f"{served.address}/incidents/{incident.id}/dossier")
    data = page.pdf(prefer_css_page_size=True)
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)[0])
    assert (round(width), round(height)) == A4
    assert 2 <= data.count(b"/MediaBox") <= 6
    page.emulate_media(media="print")
    assert page.is_hidden(".top") and page.is_hidden(".tools") and page.is_hidden(".foot")
    assert page.evaluate("getComputedStyle(document.querySelector('.dossier .quotation')).breakInside") == "avoid"
