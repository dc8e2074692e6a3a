"""Decisions go out as gold, training data and Label Studio's tasks, and come back in from there."""

from __future__ import annotations

import json
import os
import pathlib
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any

import pytest
import shelf

from marsad.model.errors import BadJudgement
from marsad.review.formats import REVIEW_FORMATS
from marsad.review.labelstudio import config, decisions
from marsad.score import read_gold
from marsad.store.ledger import Ledger
from marsad.store.review import Review
from marsad.store.reviewed import take_in

AT = "2022-04-01T10:00:00+00:00"
DOCS = pathlib.Path(__file__).parents[2] / "docs/reference/exports.md"
PAGES = [
    shelf.news("حلب", 4, "a-1"), shelf.news("أوديسا", 9, "o-1", side=shelf.SIDES[1], headline="📰 الوضع 📰"),
    shelf.news("خاركيف", 2, "k-1", day=6),
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: pathlib.Path) -> Iterator[Ledger]:
    with shelf.filled(tmp_path / "l.marsad", PAGES) as ledger:
        yield ledger


def of(ledger: Ledger, page: str) -> list[str]:
    """The mentions of a page."""
    found = "SELECT m.id FROM mentions m JOIN pages p ON p.seq = m.page WHERE p.id = ? ORDER BY m.at"
    return [m for (m,) in ledger.db.execute(found, (page,))]


def judge(ledger: Ledger, page: str, kind: str, by: str = "سلمى", **data: Any) -> None:
    for mention in of(ledger, page):
        Review(ledger).judge(mention, kind, by=by, at=AT, data=data)


def exported(ledger: Ledger, form: str) -> str:
    result = shelf.run("export", ledger.path, "--format", form)
    assert result.exit_code == 0, result.stderr
    return str(result.stdout)


def lines(ledger: Ledger, form: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(ledger, form).splitlines()]


def tasks(ledger: Ledger) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported(ledger, "label-studio"))
    return found


# ---- gold
def test_only_a_page_that_is_settled_whole_is_gold(ledger: Ledger) -> None:
    assert lines(ledger, "gold") == []
    judge(ledger, "a-1", "accept")
    judge(ledger, "k-1", "skip")
    assert [line["id"] for line in lines(ledger, "gold")] == ["a-1"]


def test_gold_holds_what_persons_left(ledger: Ledger) -> None:
    judge(ledger, "a-1", "edit", fields={"mode": "drone", "to": "2022-03-04"})
    judge(ledger, "k-1", "reject")
    told = {line["id"]: line for line in lines(ledger, "gold")}
    (event,) = told["a-1"]["gold"]["events"]
    assert (event["type"], event["mode"], event["date"]) == ("ASSAULT", "drone", "2022-03-03/2022-03-04")
    assert event["killed"] == [4, 4] and event["trigger"] in told["a-1"]["paragraphs"][event["p"]]
    assert told["k-1"]["gold"]["events"] == []


def test_score_reads_the_gold_and_finds_all_of_what_was_accepted(ledger: Ledger, tmp_path: pathlib.Path) -> None:
    for page in ("a-1", "o-1", "k-1"):
        judge(ledger, page, "accept")
    path = tmp_path / "gold.jsonl"
    path.write_text(exported(ledger, "gold"), encoding="utf-8")
    assert [gold.kind for gold in read_gold(path)] == ["article"] * 3
    result = shelf.run("score", path, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)["events: type and both sides"]
    assert (figures["f1"], figures["gold"]) == (1.0, 3)


def test_training_data_holds_offsets_and_labels_and_no_text(ledger: Ledger) -> None:
    judge(ledger, "a-1", "edit", fields={"type": "COERCE"})
    (told,) = lines(ledger, "training")
    (label,) = told["labels"]
    assert (label["read"]["type"], label["changed"], label["coders"]) == ("ASSAULT", {"type": "COERCE"}, 1)
    record = ledger.record("a-1")
    assert record is not None and record.words(tuple(label["trigger"])) and told["sha256"] == record.page.sha256
    assert not any("\u0600" <= letter <= "\u06ff" for letter in exported(ledger, "training"))


@pytest.mark.parametrize("form", REVIEW_FORMATS)
def test_the_same_decisions_give_the_same_bytes_after_rebuild_too(ledger: Ledger, form: str) -> None:
    judge(ledger, "a-1", "edit", fields={"type": "COERCE"})
    judge(ledger, "k-1", "reject")
    before = exported(ledger, form)
    ledger.rebuild()
    assert exported(ledger, form) == before


@pytest.mark.parametrize("form", REVIEW_FORMATS)
def test_every_format_has_its_heading_and_its_line(form: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert f"\n## {form}\n" in text and f"| [`{form}`](#{form}) |" in text


# ---- Label Studio, out
def test_the_configuration_has_every_control_that_the_results_name(ledger: Ledger) -> None:
    judge(ledger, "a-1", "accept")
    judge(ledger, "a-1", "note", text="تحقق")
    root = ElementTree.fromstring(config())
    controls = {e.get("name"): e for e in root.iter() if e.get("toName")}
    choices = {name: {c.get("value") for c in e} for name, e in controls.items()}
    results = [r for t in tasks(ledger) for p in (*t["predictions"], *t["annotations"]) for r in p["result"]]
    assert {r["from_name"] for r in results} >= {"event", "verdict", "status", "actors", "note"}
    for result in results:
        control = controls[result["from_name"]]
        assert control.get("toName") == result["to_name"] and control.tag.lower() == result["type"]
        if result["type"] in ("labels", "choices"):
            assert set(result["value"][result["type"]]) <= choices[result["from_name"]]


def test_regions_lie_on_the_triggers_in_code_points(ledger: Ledger) -> None:
    for task in tasks(ledger):
        text = task["data"]["text"]
        regions = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
        assert regions and {r["id"] for r in regions} == set(task["data"]["mentions"])
        for region in regions:
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]


def test_each_person_has_one_annotation_of_a_page(ledger: Ledger) -> None:
    judge(ledger, "a-1", "accept")
    judge(ledger, "a-1", "denied", by="عمر")
    told = {t["data"]["page"]: t for t in tasks(ledger)}
    assert [a["meta"]["by"] for a in told["a-1"]["annotations"]] == ["سلمى", "عمر"]
    assert told["k-1"]["annotations"] == []


def test_no_page_gives_no_task(ledger: Ledger) -> None:
    result = shelf.run("export", ledger.path, "--format", "label-studio", "--since", "2030-01-01")
    assert json.loads(result.stdout) == []


# ---- Label Studio, in
def test_what_went_out_comes_back_into_another_ledger(ledger: Ledger, tmp_path: pathlib.Path) -> None:
    judge(ledger, "a-1", "edit", fields={"mode": "drone", "actors": [], "tolls": [{"kind": "killed", "low": 5}]})
    judge(ledger, "a-1", "note", text="تحقق من العدد")
    judge(ledger, "o-1", "denied", by="عمر")
    judge(ledger, "k-1", "reject")
    path = tmp_path / "tasks.json"
    path.write_text(exported(ledger, "label-studio"), encoding="utf-8")
    with shelf.filled(tmp_path / "other.marsad", PAGES) as other:
        result = shelf.run("import", other.path, path)
        assert result.exit_code == 0 and "3 decisions taken in, 0 known already, 0 refused" in result.stderr
        assert shelf.told(other) == shelf.told(ledger)
        again = shelf.run("import", other.path, path)
        assert "0 decisions taken in, 3 known already, 0 refused" in again.stderr
        assert exported(other, "gold") == exported(ledger, "gold")


def annotated(ledger: Ledger, page: str, **changes: Any) -> list[dict[str, Any]]:
    """A page's task as a person who looked at the machine's reading would hand it back."""
    told = next(t for t in tasks(ledger) if t["data"]["page"] == page)
    annotation = {"id": 7, "result": told["predictions"][0]["result"], "completed_by": {"email": "salma@example.org"}}
    return [{**told, "annotations": [{**annotation, "created_at": AT, **changes}]}]


def taken(ledger: Ledger, told: Any, by: str | None = None) -> Any:
    return take_in(ledger, decisions(told, "f.json", by), at="2022-05-01T00:00:00+00:00")


def test_the_machines_reading_handed_back_is_accepted(ledger: Ledger) -> None:
    assert taken(ledger, annotated(ledger, "a-1"))[:2] == (1, 0)
    (line,) = Review(ledger).history()
    assert (line.kind, line.by, line.at) == ("accept", "salma@example.org", AT)


@pytest.mark.parametrize(
    ("account", "by", "name"),
    [
        ({"email": "", "first_name": "سلمى", "last_name": "حداد"}, None, "سلمى حداد"), (3, None, "label-studio 3"),
        (3, "سلمى", "سلمى"), (None, "سلمى", "سلمى"),
    ],
)  # fmt: skip
def test_an_annotator_is_who_the_file_or_the_caller_says(
    ledger: Ledger, account: Any, by: str | None, name: str
) -> None:
    taken(ledger, annotated(ledger, "a-1", completed_by=account), by)
    assert [line.by for line in Review(ledger).history()] == [name]


def test_another_label_and_a_verdict_are_an_edit(ledger: Ledger) -> None:
    told = annotated(ledger, "a-1")
    told[0]["annotations"][0]["result"][0]["value"]["labels"] = ["COERCE"]
    assert taken(ledger, told).new == 1
    assert Review(ledger).card(of(ledger, "a-1")[0]).reviewed.fields == {"type": "COERCE"}


def test_a_region_that_was_drawn_anew_is_known_by_its_trigger(ledger: Ledger) -> None:
    told = annotated(ledger, "a-1")
    for part in told[0]["annotations"][0]["result"]:
        part["id"] = "Xy12_new"
    assert taken(ledger, told)[:2] == (1, 0)


def test_what_cannot_be_taken_is_said_by_place_and_the_rest_is_taken(ledger: Ledger) -> None:
    good, bad = annotated(ledger, "a-1"), annotated(ledger, "o-1")
    bad[0]["annotations"][0]["result"][0]["value"]["labels"] = ["WAR"]
    new = annotated(ledger, "k-1")
    drawn = {"start": 0, "end": 1, "labels": ["AID"]}
    new[0]["annotations"][0]["result"] = [
        {"id": "q", "from_name": "event", "to_name": "text", "type": "labels", "value": drawn}
    ]
    nobody = annotated(ledger, "k-1", completed_by=None)
    gone = json.loads(json.dumps(good).replace(of(ledger, "a-1")[0], "0123456789abcdef"))
    found = taken(ledger, [*bad, *new, *nobody, *gone, {"id": 1}, *good])
    assert found.new == 1 and [e.code for e in found.refused] == ["M604", "M604", "M604", "M507", "M604"]
    assert [str(e.page).split(",")[0] for e in found.refused] == [f"f.json: task {n}" for n in range(1, 6)]


@pytest.mark.parametrize("told", [{}, None, "x", [3], [{"data": {}, "annotations": [3]}]])
def test_what_is_no_export_is_refused(ledger: Ledger, told: Any) -> None:
    found = taken(ledger, told)
    assert found.new == 0 and all(isinstance(e, BadJudgement) for e in found.refused) and found.refused


def test_a_cancelled_annotation_says_nothing(ledger: Ledger) -> None:
    assert taken(ledger, annotated(ledger, "a-1", was_cancelled=True)) == (0, 0, [])


def test_a_file_that_is_no_json_or_not_there_is_an_error(ledger: Ledger, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\xff{")
    bad = shelf.run("import", ledger.path, path)
    assert bad.exit_code == 2 and "M604" in bad.stderr
    missing = shelf.run("import", ledger.path, tmp_path / "no.json")
    assert missing.exit_code == 2 and "M107" in missing.stderr


def test_label_studios_own_library_takes_the_tasks(ledger: Ledger) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    judge(ledger, "a-1", "edit", fields={"mode": "drone"})
    judge(ledger, "k-1", "note", text="تحقق")
    known = interface.LabelInterface(config())
    known.validate()
    for task in tasks(ledger):
        assert known.validate_task({"data": task["data"]})  # with annotations their check calls itself wrongly
        for prediction in task["predictions"]:
            assert known.validate_prediction(prediction, return_errors=True) == []
        assert all(known.validate_annotation(annotation) for annotation in task["annotations"])


def test_a_running_label_studio_takes_the_tasks_and_gives_them_back(ledger: Ledger) -> None:
    """Against a real server, where `LABEL_STUDIO_URL` and `LABEL_STUDIO_TOKEN` (a legacy API token) name one."""
    url, token = os.environ.get("LABEL_STUDIO_URL"), os.environ.get("LABEL_STUDIO_TOKEN")
    if not url or not token:
        pytest.skip("no Label Studio server is named")

    def ask(method: str, path: str, sent: Any = None) -> Any:
        headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        body = json.dumps(sent).encode() if sent else None
        request = urllib.request.Request(url + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer) if answer.status != 204 else None

    project = ask("POST", "/api/projects", {"title": "marsad", "label_config": config()})["id"]
    try:
        ask("POST", f"/api/projects/{project}/import", tasks(ledger))
        for task in ask("GET", f"/api/tasks?project={project}&fields=all")["tasks"]:
            result = [part for part in task["predictions"][0]["result"] if part["from_name"] != "verdict"]
            regions = [part for part in result if part["from_name"] == "event"]
            for region in regions:  # what the person who reads there adds: a verdict on each region
                shared = {key: region[key] for key in ("id", "to_name") if key in region}
                spot = {key: region["value"][key] for key in ("start", "end", "text")}
                verdict = {"from_name": "verdict", "type": "choices", "value": {**spot, "choices": ["denied"]}}
                result.append({**shared, **verdict})
            ask("POST", f"/api/tasks/{task['id']}/annotations", {"result": result})
        given_back = ask("GET", f"/api/projects/{project}/export?exportType=JSON")
    finally:
        ask("DELETE", f"/api/projects/{project}")
    mentions = [one for page in ("a-1", "o-1", "k-1") for one in of(ledger, page)]
    assert taken(ledger, given_back, "salma")[:2] == (len(mentions), 0)
    assert {(line.kind, line.subject) for line in Review(ledger).history()} == {("denied", one) for one in mentions}
