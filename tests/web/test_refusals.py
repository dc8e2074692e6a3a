"""Errors at the desk: a program gets the coded error, a person a page in the reader's language and the way back."""

from __future__ import annotations

import pathlib

import pytest
from fastapi.testclient import TestClient

from marsad.web import refusals
from marsad.web.app import create_app
from marsad.web.desk import Settings
from marsad.web.words import words

JSON = {"accept": "application/json"}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/today?since=2020-13-45", 400, "M108"),
        ("/incidents?type=NONSENSE", 400, "M508"),
        ("/said?page=minus", 400, "M508"),
        ("/incidents/ffffffffffff", 404, "M507"),
        ("/diplomacy/truce?id=none", 404, "M509"),
        ("/diplomacy/alignment?from=TUR&to=AZE&kind=opposes", 404, "M509"),
        ("/page?id=none", 404, "M606"),
        ("/nowhere", 404, "HTTP 404"),
    ],
)
def test_an_error_is_told_in_the_readers_language(client: TestClient, address: str, status: int, code: str) -> None:
    key = f"error.{code.removeprefix('HTTP ')}"
    for language in ("ar", "en"):
        answer = client.get(address, headers={"cookie": f"marsad_reader={language}.latin.plain.light"})
        assert answer.status_code == status and code in answer.text
        assert getattr(words()[key], language) in answer.text and getattr(words()[f"{key}.do"], language) in answer.text
    path, _, query = address.partition("?")
    told = client.get(f"{path}.json?{query}", headers=JSON).json()
    assert told["schema"] == "marsad.error/1" and told["code"] == code


def test_an_error_leaves_the_screens_at_hand_for_who_is_signed_in(client: TestClient) -> None:
    assert 'href="/incidents"' in client.get("/page?id=none").text
    stranger = client.get("/nowhere").text
    assert 'href="/incidents"' not in stranger and 'href="/today"' in stranger


def test_every_error_that_the_desk_answers_has_its_words() -> None:
    for code in refusals._STATUS:
        assert {f"error.{code}", f"error.{code}.do"} <= words().keys(), code


def test_an_error_leads_back_to_where_one_came_from(client: TestClient) -> None:
    own = {"referer": "http://127.0.0.1:8765/incidents?actor=AZE"}
    assert 'href="/incidents?actor=AZE"' in client.get("/page?id=none", headers=own).text
    for elsewhere in ("http://example.org/incidents", "http://127.0.0.1:8765//example.org/"):
        assert "example.org" not in client.get("/page?id=none", headers={"referer": elsewhere}).text


def test_what_nobody_foresaw_is_told_without_its_details(
    examples_ledger: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(examples_ledger))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret")

    with TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as client:
        told = client.get("/broken", headers={"accept": "text/html"})
        assert told.status_code == 500 and "M000" in told.text and "a secret" not in told.text

