"""`marsad read`: data on standard output, words on standard error, one bad page never stops the run."""

from __future__ import annotations

import gzip
import json
import os
import pathlib
import subprocess
import sys
import time
from typing import Any

import pages
import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.model.record import Record

DAY = ("--published", "2023-06-14")


@pytest.fixture
def page(tmp_path: pathlib.Path) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(pages.html())
    return str(path)


def run(*arguments: str, **options: Any) -> Any:
    return CliRunner().invoke(app, list(arguments), **options)


def marsad(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "marsad.cli.app", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


def rows(result: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_records_are_printed_one_a_line(page: str) -> None:
    result = run("read", page, page, "--json", *DAY)
    assert result.exit_code == 0 and result.stderr == ""
    first, second = result.stdout.splitlines()
    assert first == second
    record = Record.from_json(first)
    assert record.page.published.first == "2023-06-14" and record.page.published.basis == "given"
    assert record.events and record.page.headline == pages.HEADLINE


def test_a_reading_is_shown(page: str) -> None:
    result = run("read", page, *DAY)
    assert result.exit_code == 0
    assert "Events" in result.stdout and pages.HEADLINE in result.stdout and "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.html", b"", "M101"),
        ("blank.txt", b" \n\t \n", "M101"),
        ("paper.html", pages.PDF, "M102"),
        ("image.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "M102"),
        ("page.zip.html", b"PK\x03\x04" + bytes(200), "M102"),
        ("english.html", pages.ENGLISH, "M104"),
        ("menu.html", pages.MENU, "M104"),
        ("cut.html.gz", gzip.compress(pages.html())[:60], "M105"),
        ("cut.warc", pages.warc(pages.http(pages.html()))[:-60], "M105"),
        ("bad.jsonl", b"{", "M106"),
    ],
)
def test_each_bad_page_has_its_code_and_its_line(
    tmp_path: pathlib.Path, page: str, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = run("read", page, str(tmp_path / name), page, "--json", *DAY)
    assert result.exit_code == 1
    first, error, last = rows(result)
    assert first["schema"] == last["schema"] == "marsad.record/1"
    assert error["schema"] == "marsad.error/1" and error["code"] == code
    assert set(error) == {"schema", "id", "code", "message"} and name in error["id"]
    assert code in result.stderr and name in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_file_is_an_error_in_its_place(page: str) -> None:
    result = run("read", "nowhere.html", page, "--json")
    assert result.exit_code == 1
    assert [r.get("code", "record") for r in rows(result)] == ["M107", "record"]


def test_a_bad_line_in_the_middle(tmp_path: pathlib.Path) -> None:
    good = {"id": "g1", "published": "2023-06-14", "headline": pages.HEADLINE, "text": "\n".join(pages.BODY)}
    data = [
        json.dumps(good),
        "{broken",
        json.dumps({"id": "e", "text": ""}),
        json.dumps({**good, "id": "g2", "published": "x"}),
        json.dumps({**good, "id": "g3"}),
    ]
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress("\n".join(data).encode()))
    result = run("read", str(tmp_path / "all.jsonl.gz"), "--json")
    found = rows(result)
    assert [r.get("code", "record") for r in found] == ["record", "M106", "M101", "M108", "record"]
    assert found[0]["id"] == "g1" and found[4]["id"] == "g3" and found[3]["id"] == "g2"
    assert found[0]["page"]["text"] == pages.TEXT


def test_an_archive_is_read_with_addresses(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(pages.warc(pages.http(pages.html()), packed=True))
    result = run("read", str(tmp_path / "a.warc.gz"), "--json")
    assert result.exit_code == 0 and rows(result)[0]["page"]["url"] == "https://example.org/1"


def test_a_folder_is_read_and_an_empty_one_is_an_error(tmp_path: pathlib.Path, page: str) -> None:
    (tmp_path / "none").mkdir()
    assert len(rows(run("read", str(tmp_path), "--json"))) == 1
    result = run("read", str(tmp_path / "none"), "--json")
    assert result.exit_code == 1 and rows(result)[0]["code"] == "M107"


def test_standard_input(page: str) -> None:
    result = marsad("read", "-", "--json", *DAY, input=pages.html())
    assert result.returncode == 0 and b"marsad.record/1" in result.stdout


@pytest.mark.parametrize("day", ["2023-13-01", "2023-02-30", "yesterday", "14/06/2023", "", "٢٠٢٣-٠٦-١٤x"])
def test_a_bad_day_is_a_usage_error(page: str, day: str) -> None:
    result = run("read", page, "--published", day)
    assert (result.exit_code, result.stdout) == (2, "") and "M108" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("read",), ("read", "x", "--no-such"), ("no-such",), ("read", "x", "--max-size", "0")]
)
def test_usage_errors(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and result.stdout == ""


def test_a_page_over_the_limit(tmp_path: pathlib.Path) -> None:
    (tmp_path / "big.txt").write_bytes("نص ".encode() * 300_000)
    result = run("read", str(tmp_path / "big.txt"), "--max-size", "1", "--json")
    assert result.exit_code == 1 and rows(result)[0]["code"] == "M103"


def test_the_page_to_send_is_written(tmp_path: pathlib.Path, page: str) -> None:
    file = tmp_path / "out.html"
    result = run("read", page, page, "--html", str(file), *DAY)
    assert result.exit_code == 0 and result.stdout == "" and "2 readings" in result.stderr
    html = file.read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in html and pages.HEADLINE in html


def test_the_page_to_send_can_go_along_with_records(tmp_path: pathlib.Path, page: str) -> None:
    result = run("read", page, "--html", str(tmp_path / "out.html"), "--json")
    assert len(rows(result)) == 1 and (tmp_path / "out.html").exists()


def test_a_page_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: pathlib.Path, page: str) -> None:
    for place in (tmp_path / "no" / "out.html", tmp_path):
        result = run("read", page, "--html", str(place))
        assert result.exit_code == 2 and "cannot be written" in result.stderr


def test_nothing_read_writes_no_page(tmp_path: pathlib.Path) -> None:
    assert run("read", "nowhere", "--html", str(tmp_path / "out.html")).exit_code == 1
    assert not (tmp_path / "out.html").exists()


def test_a_hostile_name_cannot_steer_the_terminal(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "\x1b[31m\u202e", "text": ""}), encoding="utf-8")
    result = run("read", str(tmp_path / "a.jsonl"))
    assert "\x1b" not in result.stderr and "⟦U+001B⟧" in result.stderr


def test_a_name_that_is_not_utf8_is_still_named() -> None:
    result = marsad("read", os.fsdecode(b"\xff\xfe.html"), "--json")
    assert result.returncode == 1 and json.loads(result.stdout)["code"] == "M107"


def test_output_is_utf8_in_any_locale(page: str) -> None:
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    for json_too in ((), ("--json",)):
        result = marsad("read", page, *DAY, *json_too, env=environment)
        assert result.returncode == 0 and pages.HEADLINE in result.stdout.decode("utf-8")


def test_a_closed_pipe_ends_quietly(tmp_path: pathlib.Path, page: str) -> None:
    command = f"{sys.executable} -m marsad.cli.app read {' '.join([page] * 40)} --json | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in result.stderr


def test_help_and_version_start_at_once() -> None:
    best = 9.0
    for _ in range(3):
        begun = time.perf_counter()
        assert marsad("--help").returncode == 0
        best = min(best, time.perf_counter() - begun)
    assert best < 0.3
    assert run("--version").stdout.startswith("marsad ")


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'lxml', 'trafilatura', 'rich', 'pycrfsuite', 'simplemma', 'msgspec'}"
    code = f"import sys, marsad.cli.app; print(sorted({{m.split('.')[0] for m in sys.modules}} & {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
