"""The commands on a ledger: rows on standard output for people, as JSON lines or CSV; words and errors on the other."""

from __future__ import annotations

import csv
import io
import json
import pathlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from typer.testing import CliRunner

import marsad.examples
from marsad.cli.app import app
from marsad.export.cells import neutral

EXAMPLES = pathlib.Path(next(iter(marsad.examples.__path__)))
LISTS = (
    ("incidents",), ("incidents", "--background"), ("says", "AZE"), ("proposals",), ("truces",), ("alignments",),
    ("search", "هدنة"), ("timeline",),
)  # fmt: skip
FILTERED = ("incidents", "timeline", "proposals", "truces", "alignments")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("ledger") / "karabakh.marsad"
    result = run("add", EXAMPLES, "--into", path, "--processes", 1)
    assert result.exit_code == 0 and result.stdout == ""
    assert result.stderr.startswith("marsad: 21 pages added; ")
    return path


@pytest.fixture
def copy(tmp_path: pathlib.Path, ledger: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copy(ledger, tmp_path / "copy.marsad"))


def run(*arguments: object) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def ask(ledger: pathlib.Path, command: str, *arguments: object) -> str:
    result = run(command, ledger, *arguments)
    assert result.exit_code == 0 and result.stderr == "", result.stderr
    return str(result.stdout)


def rows(ledger: pathlib.Path, command: str, *arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ask(ledger, command, *arguments, "--json").splitlines()]


def cells(ledger: pathlib.Path, command: str, *arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask(ledger, command, *arguments, "--csv"), newline=""), strict=True))


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_json_is_one_object_a_line_and_csv_has_as_many_rows(ledger: pathlib.Path, command: tuple[str, ...]) -> None:
    objects, table = rows(ledger, *command), cells(ledger, *command)
    assert len(objects) == len(table) > 1
    assert all(isinstance(row, dict) for row in objects)
    assert all(None not in row and None not in row.values() for row in table)


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_people_get_a_table(ledger: pathlib.Path, command: tuple[str, ...]) -> None:
    head, *body = ask(ledger, *command).splitlines()
    assert len(head.split()) > 3 and len(body) > 1
    assert "\x1b" not in head and all(len(line) <= 160 for line in body)


@pytest.mark.parametrize("command", [c for c in LISTS if c[0] != "timeline"], ids=" ".join)
def test_a_limit_gives_the_first_rows(ledger: pathlib.Path, command: tuple[str, ...]) -> None:
    assert rows(ledger, *command, "--limit", 1) == rows(ledger, *command)[:1]


@pytest.mark.parametrize("command", FILTERED)
def test_what_matches_nothing_is_nothing(ledger: pathlib.Path, command: str) -> None:
    nobody = (command, "--actor", "جزيرة الكنز")
    assert rows(ledger, *nobody) == [] == cells(ledger, *nobody)
    assert ask(ledger, *nobody).strip() == "nothing"


@pytest.mark.parametrize("command", FILTERED)
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_wrong_day_is_an_error(ledger: pathlib.Path, command: str, option: str) -> None:
    result = run(command, ledger, option, "2020-02-30")
    assert (result.exit_code, result.stdout) == (2, "") and "M108" in result.stderr


@pytest.mark.parametrize(("option", "value"), [("--type", "WAR"), ("--status", "sure")])
@pytest.mark.parametrize("command", ["incidents", "timeline"])
def test_a_wrong_type_or_status_is_an_error(ledger: pathlib.Path, command: str, option: str, value: str) -> None:
    result = run(command, ledger, option, value)
    assert (result.exit_code, result.stdout) == (2, "") and "M508" in result.stderr and value in result.stderr


def test_filters_are_options(ledger: pathlib.Path) -> None:
    found = rows(
        ledger, "incidents", "--since", "2020-10-04", "--until", "2020-10-11", "--actor", "AZE/MIL", "--type",
        "ASSAULT", "--status", "claimed", "--outlet", "صوت يريفان", "--place", "AZE",
    )  # fmt: skip
    assert found
    for row in found:
        assert row["from"] <= "2020-10-11" and row["to"] >= "2020-10-04"
        assert (row["type"], row["status"]) == ("ASSAULT", "claimed")
        assert "صوت يريفان" in row["outlets"] and row["place"]["country"] == "AZE"
    assert all(row["sources"] >= 2 for row in rows(ledger, "incidents", "--sources", 2))


def test_an_incident_is_found_by_its_mentions_and_by_the_first_digits(ledger: pathlib.Path) -> None:
    whole = max(rows(ledger, "incidents", "--background"), key=lambda row: len(row["mentions"]))
    for mention in whole["mentions"]:
        (found,) = rows(ledger, "incident", mention[:12])
        assert found["id"] == whole["id"] and [m["id"] for m in found["told"]] == whole["mentions"]
    assert whole["id"] in ask(ledger, "incident", whole["id"])
    assert whole["id"] in ask(ledger, "versions", whole["id"])


@pytest.mark.parametrize("command", ["incident", "versions"])
@pytest.mark.parametrize("name", ["", "z", "0000000000000000", "%"])
def test_an_id_that_nothing_has_is_an_error(ledger: pathlib.Path, command: str, name: str) -> None:
    result = run(command, ledger, name)
    assert (result.exit_code, result.stdout) == (2, "") and "M507" in result.stderr


def test_says_gives_an_actors_statements_by_day(ledger: pathlib.Path) -> None:
    found = rows(ledger, "says", "Azerbaijan")
    assert {row["speaker"]["name_en"] for row in found} >= {"Azerbaijan"}
    days = [row["day"] or "later" for row in found]
    assert days == sorted(days)


def test_a_proposal_has_its_answers_and_a_truce_its_breaches(ledger: pathlib.Path) -> None:
    answers = {a["answer"] for row in rows(ledger, "proposals") for a in row["answers"]}
    assert {"rejects", "none", "conditional"} <= answers
    truces = rows(ledger, "truces", "--actor", "ARM")
    assert any(row["agreed"] == "2020-10-10" and row["state"] == "ended" and row["violations"] for row in truces)


def test_alignments_are_asked_by_either_side(ledger: pathlib.Path) -> None:
    found = rows(ledger, "alignments", "--actor", "TUR")
    assert found and all("TUR" in (row["from"]["code"], row["to"]["code"]) for row in found)


def test_a_timeline_counts_incidents(ledger: pathlib.Path) -> None:
    dated = [row for row in rows(ledger, "incidents") if row["from"]]
    assert sum(row["incidents"] for row in rows(ledger, "timeline")) == len(dated)
    assert sum(int(row["incidents"]) for row in cells(ledger, "timeline")) == len(dated)


def test_stats_count_what_the_ledger_holds(ledger: pathlib.Path) -> None:
    (counts,) = rows(ledger, "stats")
    assert (counts["pages"], counts["outlets"], counts["pages waiting"]) == (21, 5, 0)
    assert counts["incidents"] == len(rows(ledger, "incidents", "--background"))
    assert counts["incidents told as news"] == len(rows(ledger, "incidents"))
    assert counts["alignments"] == len(rows(ledger, "alignments"))
    assert f"{counts['mentions']}" in ask(ledger, "stats")


@pytest.mark.parametrize("head", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "\t=1"])
def test_a_cell_that_begins_like_a_formula_is_made_text(tmp_path: pathlib.Path, head: str) -> None:
    page = {"headline": f"{head} قصف سوق", "text": "قصف الجيش سوق المدينة أمس وقتل أربعة مدنيين.", "publisher": head}
    path, into = tmp_path / "p.jsonl", tmp_path / "l.marsad"
    path.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    assert run("add", path, "--into", into, "--processes", 1).exit_code == 0
    found = [*cells(into, "search", "قصف"), *cells(into, "incidents", "--background")]
    values = [value for row in found for value in row.values()]
    assert any(head.strip() in value for value in values)
    assert not [value for value in values if value[:1] in "=+-@\t\r" and value]


@pytest.mark.parametrize("number", ["-5", "+5", "-44.25", "0", ""])
def test_a_number_stays_a_number(number: str) -> None:
    assert neutral(number) == number


def test_merge_and_split_answer_with_the_incident(copy: pathlib.Path) -> None:
    one, two = (row["id"] for row in rows(copy, "incidents")[:2])
    own, other = (rows(copy, "incident", i)[0]["mentions"] for i in (one, two))
    assert f"has {len(own) + len(other)} mentions" in ask(copy, "merge", one, two, "--by", "سلمى")
    assert sorted(rows(copy, "incident", two)[0]["mentions"]) == sorted(own + other)
    ask(copy, "split", one, *other)
    assert rows(copy, "incident", one)[0]["mentions"] == own
    (counts,) = rows(copy, "stats")
    assert counts["judgements"] == 2
    refused = run("split", copy, one, *own)
    assert refused.exit_code == 2 and "M507" in refused.stderr


def test_a_folder_without_pages_is_said(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("add", tmp_path / "empty", "--into", tmp_path / "l.marsad", "--processes", 1)
    assert result.exit_code == 1 and "M107" in result.stderr


def test_a_wrong_day_of_publication_makes_no_ledger(tmp_path: pathlib.Path) -> None:
    result = run("add", EXAMPLES, "--into", tmp_path / "l.marsad", "--published", "morgen")
    assert result.exit_code == 2 and "M108" in result.stderr and list(tmp_path.iterdir()) == []


def test_a_reader_that_has_enough_is_no_error(ledger: pathlib.Path) -> None:
    command = [sys.executable, "-m", "marsad.cli.app", "incidents", str(ledger), "--background", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_says_narrows_by_another_actor(ledger: pathlib.Path) -> None:
    """`--actor` beside the one asked for leaves what names both, and widens nothing."""
    said = run("says", ledger, "AZE", "--json").stdout.splitlines()
    both = run("says", ledger, "AZE", "--actor", "إلهام علييف", "--json").stdout.splitlines()
    assert 0 < len(both) < len(said) and set(both) <= set(said)
    assert all("علييف" in json.loads(line)["speaker"]["name"] for line in both)


def test_an_export_is_written_through_a_link_and_leaves_nothing_beside_it(
    ledger: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    assert run("export", ledger, "--format", "acled", "--out", link).exit_code == 0
    assert link.is_symlink() and real.read_text(encoding="utf-8").startswith("event_id_cnty")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.csv", "real.csv"]


@pytest.mark.skipif(not pathlib.Path("/dev/full").is_char_device(), reason="there is no full device here")
def test_a_full_disk_behind_an_export_is_told_and_no_device_replaced(ledger: pathlib.Path) -> None:
    written = run("export", ledger, "--format", "acled", "--out", "/dev/full")
    assert written.exit_code == 2 and "M504" in written.stderr and pathlib.Path("/dev/full").is_char_device()
    command = [sys.executable, "-m", "marsad.cli.app", "export", str(ledger), "--format", "acled"]
    with open("/dev/full", "wb") as full:
        piped = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert piped.returncode == 2 and "M504" in piped.stderr and "Traceback" not in piped.stderr


@pytest.mark.parametrize(
    ("command", "one", "other"),
    [
        (("says",), "أذربيجان", "جمهورية أذربيجان"), (("says",), "هاروتيونيان", "أراييك هاروتيونيان"),
        (("incidents", "--actor"), "تركيا", "Turkey"), (("incidents", "--place"), "ستيباناكيرت", "خانكندي"),
    ],
)  # fmt: skip
def test_any_of_ones_names_will_do(ledger: pathlib.Path, command: tuple[str, ...], one: str, other: str) -> None:
    first, *options = command
    asked = [run(first, ledger, *options, name, "--json").stdout for name in (one, other)]
    assert asked[0] and asked[0] == asked[1]


@pytest.mark.skipif(find_spec("xlsxwriter") is None, reason="the extra for exports is not installed")
@pytest.mark.parametrize("form", ["acled", "geojson", "xlsx"])
def test_a_reader_that_closes_early_is_no_error(ledger: pathlib.Path, form: str) -> None:
    command = [sys.executable, "-m", "marsad.cli.app", "export", str(ledger), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None and export.stderr is not None
        export.stdout.read(4)
        export.stdout.close()
        assert b"Traceback" not in export.stderr.read()
