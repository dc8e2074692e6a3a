"""Outlets and their health; the dictionary, what waits to be known, rows proposed for it."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors

from marsad.show.rules import columns, rules
from marsad.store.filters import Filter
from marsad.store.fired import fired
from marsad.store.ledger import Ledger
from marsad.store.outlets import outlets
from marsad.store.people import People
from marsad.store.remembered import counted_aside, remembered
from marsad.store.work import Given, job, read_job
from marsad.web.pack import as_tsv, entries

EXAMPLE = "صدح المتحدث بأن الهدنة انتهت"
ROW = {"file": "say.tsv", "cell.id": "say.sadaha", "cell.verb": "صدح ب/يصدح ب", "example": EXAMPLE}
ADDRESS = "/sources/dictionary"


# ---------------------------------------------------------------- outlets


def test_an_outlet_has_its_pages_and_days(client: TestClient) -> None:
    shown = client.get("/sources.json").json()
    found = {o["name"]: o for o in shown["outlets"]}
    assert shown["total"] == 5 and shown["pages"] == 21
    one = found["قوقاز برس"]
    assert (one["pages"], one["from"], one["to"], one["quiet_for"]) == (3, "2020-10-03", "2020-10-09", 9)
    assert sum(one["recent"]) == 3 and one["silent"] == len(one["recent"]) - 3


def test_pages_without_an_outlet_are_not_hidden(client: TestClient) -> None:
    nameless = client.get("/sources.json").json()["outlets"][-1]
    assert nameless["name"] is None and (nameless["pages"], nameless["undated"]) == (1, 0)  # dated from the ledger


def test_a_copy_is_the_later_of_two_alike(examples_ledger: pathlib.Path) -> None:
    with Ledger.open(examples_ledger) as ledger:
        assert {o.name: o.copies for o in outlets(ledger, Filter())}["قناة الأفق"] == 1


def test_a_page_that_could_not_be_read_is_told_with_its_code(ledger: pathlib.Path) -> None:
    with Ledger.open(ledger, write=True) as opened:
        opened.write([read_job(job("  \n ", Given(id="empty", publisher="قوقاز برس")))])
    with asking(ledger) as client:
        shown = client.get("/sources.json").json()
        assert [p["id"] for p in shown["unread"]] == ["empty"]
        code = shown["unread"][0]["code"]
        assert next(o for o in shown["outlets"] if o["name"] == "قوقاز برس")["unread"] == {code: 1}
        assert code in client.get("/sources").text


@pytest.mark.parametrize("order", ["pages", "name", "last", "copies", "unread"])
def test_outlets_are_ordered(client: TestClient, order: str) -> None:
    names = [o["name"] for o in client.get(f"/sources.json?order={order}").json()["outlets"]]
    assert len(names) == 6 and (order != "name" or names[:5] == sorted(names[:5]))


def test_filters_narrow_the_pages(client: TestClient) -> None:
    shown = client.get("/sources.json?since=2020-10-10&outlet=صوت يريفان").json()
    assert [(o["name"], o["pages"]) for o in shown["outlets"]] == [("صوت يريفان", 1)]


# ---------------------------------------------------------------- the dictionary


def test_every_row_of_the_pack_is_there(client: TestClient) -> None:
    shown = _counted(client, ADDRESS + ".json")
    assert shown["total"] == len(rules()) == sum(f["rows"] for f in shown["files"]) > 10_000
    assert len(shown["rows"]) == 100 and shown["more"]


def test_a_rule_is_counted_as_often_as_records_name_it(client: TestClient, examples_ledger: pathlib.Path) -> None:
    with Ledger.open(examples_ledger) as ledger:
        records = [ledger.record(i) for (i,) in ledger.rows("SELECT id FROM pages WHERE superseded = 0")]
    told = sum(s.rule == "say.qala" for record in records if record for s in record.statements)
    shown = _counted(client, f"{ADDRESS}.json?q=say.qala&file=say.tsv")
    assert {r["id"]: r["fired"] for r in shown["rows"]}["say.qala"] == told > 10
    assert shown["records"] == len(records)


def test_what_is_not_kept_is_not_told_as_nought(client: TestClient) -> None:
    shown = _counted(client, f"{ADDRESS}.json?file=actors.tsv")
    assert {r["fired"] for r in shown["rows"]} == {None}
    assert 0 in {r["fired"] for r in _counted(client, f"{ADDRESS}.json?file=say.tsv&page=3")["rows"]}


def test_rows_are_searched_in_any_spelling(client: TestClient) -> None:
    one, other = (client.get(f"{ADDRESS}.json?q={q}").json()["total"] for q in ("اتهم", "إتّهم"))
    assert one == other > 0
    assert client.get(f"{ADDRESS}.json?q=زرافات").json()["rows"] == []


def test_the_most_fired_come_first(client: TestClient) -> None:
    times = [r["fired"] or 0 for r in _counted(client, ADDRESS + ".json")["rows"]]
    assert times == sorted(times, reverse=True) and times[0] > 10


def test_names_without_a_code_and_nobodys_quotations_wait(tmp_path: pathlib.Path) -> None:
    text = 'قالت صحيفة الرباط إن القصف توقف.\n\nوهمهم الرجل الغريب: "لن نرحل عن هذه القرية أبدا مهما طال الزمن".'
    path = tmp_path / "w.marsad"
    with Ledger.open(path, create=True) as ledger:
        ledger.write([read_job(job(text, Given(id="p", published="2020-10-10")))])
        ledger.settle()
        found = fired(ledger)
    assert all(s.spoke + s.acted > 0 and s.example.page == "p" for s in found.strangers)
    assert all(u.times and u.example.words.strip("… ") in text for u in found.unheard)
    assert found.strangers or found.unheard


# ---------------------------------------------------------------- proposing


def test_a_proposed_row_waits_in_the_log_with_who_and_when(writer: TestClient) -> None:
    shown = writer.post(f"{ADDRESS}/propose", data=ROW)
    assert shown.status_code == 200 and shown.url.path == ADDRESS
    (row,) = writer.get(f"{ADDRESS}.json").json()["proposed"]
    assert row["cells"]["verb"] == ROW["cell.verb"] and row["by"] == writer.get("/users.json").json()["me"]["name"]
    assert row["at"].startswith("20") and "say.sadaha" in shown.text


def test_proposed_rows_are_ready_for_the_pack(writer: TestClient) -> None:
    writer.post(f"{ADDRESS}/propose", data=ROW)
    answer = writer.get(f"{ADDRESS}/proposed.tsv")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert lines[0].split("\t") == list(columns()["say.tsv"])
    assert dict(zip(*(line.split("\t") for line in lines), strict=True))["verb"] == ROW["cell.verb"]
    assert answer.headers["content-disposition"].startswith("attachment") and as_tsv([]) == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"cell.id": "not an id"},
        {"cell.id": "say.qala"},
        {"cell.verb": ""},
        {"example": ""},
        {"cell.verb": "a\tb"},
        {"cell.verb": "\u202eabc"},
        {"cell.verb": "x" * 501},
        {"cell.nothing": "x"},
    ],
)
def test_what_is_no_row_is_refused_and_shown_again(writer: TestClient, changed: dict[str, str]) -> None:
    answer = writer.post(f"{ADDRESS}/propose", data={**ROW, **changed})
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert "\u202e" not in answer.text and list(live(answer.text)) == []
    told = writer.post(f"{ADDRESS}/propose", data={**ROW, **changed}, headers={"accept": "application/json"})
    assert told.json()["code"] == "M604" and writer.get(f"{ADDRESS}.json").json()["proposed"] == []


def test_an_id_is_proposed_once_and_can_be_taken_back(writer: TestClient) -> None:
    writer.post(f"{ADDRESS}/propose", data=ROW)
    assert writer.post(f"{ADDRESS}/propose", data=ROW).status_code == 400
    seq = writer.get(f"{ADDRESS}.json").json()["proposed"][0]["seq"]
    writer.post(f"{ADDRESS}/withdraw", data={"seq": seq})
    assert writer.get(f"{ADDRESS}.json").json()["proposed"] == []
    assert writer.post(f"{ADDRESS}/withdraw", data={"seq": seq}).status_code == 400


def test_a_reader_proposes_nothing(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as people:
        people.put("r", "reader", "a long password")
        token = people.issue("r", program=True)
    with asking(ledger) as client:
        client.headers["authorization"] = f"Bearer {token}"
        assert client.get(f"{ADDRESS}/propose").status_code == 403
        assert client.post(f"{ADDRESS}/propose", data=ROW).status_code == 403
        assert f"{ADDRESS}/propose" not in client.get(ADDRESS).text


def test_a_proposal_survives_a_rebuild(ledger: pathlib.Path) -> None:
    with asking(ledger) as client:
        client.post(f"{ADDRESS}/propose", data=ROW)
    with Ledger.open(ledger, write=True) as opened:
        opened.rebuild()
    with asking(ledger) as client:
        assert len(client.get(f"{ADDRESS}.json").json()["proposed"]) == 1


def test_a_ledger_with_a_proposal_is_whole(ledger: pathlib.Path) -> None:
    with asking(ledger) as client:
        client.post(f"{ADDRESS}/propose", data=ROW)
    with Ledger.open(ledger) as opened:
        assert opened.check() == []


@pytest.mark.parametrize("file", sorted(columns()))
def test_every_file_has_a_form(client: TestClient, file: str) -> None:
    shown = client.get(f"{ADDRESS}/propose", params={"file": file, "form": "صيغة"})
    assert shown.status_code == 200 and all(f'name="cell.{c}"' in shown.text for c in columns()[file] if c != "example")


# ---------------------------------------------------------------- counted once


def test_a_count_is_made_once_for_each_state_of_the_file(ledger: pathlib.Path) -> None:
    made: list[int] = []
    with Ledger.open(ledger, write=True) as opened:
        for _ in range(3):
            remembered(opened, "n", lambda one: made.append(1))
        opened.write([read_job(job("قال الوزير إن الهدنة انتهت.", Given(id="more")))])
        remembered(opened, "n", lambda one: made.append(2))
    assert made == [1, 2]


def test_a_count_that_failed_is_made_again(ledger: pathlib.Path) -> None:
    with Ledger.open(ledger) as opened:
        with pytest.raises(ZeroDivisionError):
            remembered(opened, "fails", lambda one: 1 / 0)
        assert remembered(opened, "fails", lambda one: 7) == 7


def test_a_slow_count_keeps_nobody_waiting(ledger: pathlib.Path) -> None:
    def slow(_: Ledger) -> int:
        time.sleep(0.3)
        return 7

    with Ledger.open(ledger) as opened:
        assert counted_aside(opened, "slow", slow, 0.01) is None
        assert counted_aside(opened, "slow", slow, 5.0) == 7


# ---------------------------------------------------------------- hostile, and in a browser


def test_hostile_outlets_and_names_stay_text(tmp_path: pathlib.Path) -> None:
    attacked(tmp_path / "h.marsad", [*vectors("xss")[:20], *vectors("bidi")[:6]])
    with asking(tmp_path / "h.marsad") as client:
        _counted(client, ADDRESS + ".json")
        for path in ("/sources", ADDRESS, f"{ADDRESS}/propose?file=<script>&form=<script>&example=%E2%80%AEx"):
            answer = client.get(path)
            assert answer.status_code == 200 and list(live(answer.text)) == [] and "\u202e" not in answer.text


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", ["sources", "dictionary", "propose"])
def test_in_a_browser(
    client: TestClient, served: Served, open_page: Any, shot: Callable[[Any, str], None], name: str, language: str
) -> None:
    _counted(client, ADDRESS + ".json")
    path = {"sources": "/sources", "dictionary": ADDRESS, "propose": f"{ADDRESS}/propose"}[name]
    page = open_page(served.address + path, language=language)
    assert violations(page) == [] and page.complaints == []
    shot(page, f"{name}-{language}")
    page.set_viewport_size({"width": 360, "height": 740})
    shot(page, f"{name}-{language}-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_proposing_in_a_browser(ledger: pathlib.Path, open_page: Any) -> None:
    with Served(ledger) as desk:
        page = open_page(f"{desk.address}{ADDRESS}/propose?file=say.tsv&form=صدح")
        assert page.locator('[name="cell.verb"]').input_value() == "صدح"
        page.locator('[name="cell.id"]').fill("say.sadaha")
        page.locator('textarea[name="example"]').fill(EXAMPLE)
        page.locator("form.stack button.primary").click()
        assert page.locator("#proposed ~ ul .card").count() == 1 and page.complaints == []


def _counted(client: TestClient, path: str) -> Any:
    """The answer, once the records are counted."""
    for _ in range(100):
        shown = client.get(path).json()
        if not shown["counting"]:
            return shown
        time.sleep(0.1)
    raise AssertionError("the records are counted for ever")


def test_no_row_of_the_pack_is_without_a_form() -> None:
    assert [e.id for e in entries() if not e.forms] == []
