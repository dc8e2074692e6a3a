"""`marsad explain`: why a finding was read as it was."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pages
import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.cli.explain import explain, read_case
from marsad.show.rules import find_rule

DAY = "2023-06-14"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("explain") / "page.html"
    path.write_bytes(pages.html())
    return str(path)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["explain", *arguments])


def test_every_finding_of_the_page_is_explained(page: str) -> None:
    case = read_case(page, DAY)
    record = case.record
    findings = (*record.events, *record.statements, *record.actors, *record.proposals, *record.truces)
    assert record.events and record.statements and record.actors
    for finding in findings:
        text = "\n".join(row.text.plain for row in explain(case, finding.id))
        assert text.startswith(finding.id)
        if finding in record.events:
            assert finding.rule in text and f"Status: {finding.status}" in text and "Sides" in text
            assert f"[{record.words(finding.trigger)}]" in text


def test_an_event_names_its_rule_with_file_line_and_example(page: str) -> None:
    case = read_case(page, DAY)
    event = case.record.events[0]
    row = find_rule(event.rule)
    assert row is not None
    result = run(page, event.id, "--published", DAY)
    assert result.exit_code == 0
    assert f"{event.rule}  {row.file}:{row.line}" in result.stdout
    assert row.cells["example"] in result.stdout


def test_a_claimed_event_names_its_mouth(page: str) -> None:
    case = read_case(page, DAY)
    claimed = next(e for e in case.record.events if e.status == "claimed")
    text = run(page, claimed.id, "--published", DAY).stdout
    assert "claimed by" in text


def test_rules_are_found_by_their_ids_at_their_own_lines() -> None:
    from importlib.resources import files

    row = find_rule("frame.assault.shell")
    assert row is not None
    lines = (files("marsad.language") / "ar" / row.file).read_text(encoding="utf-8").split("\n")
    assert lines[row.line - 1].startswith("frame.assault.shell\t")
    assert find_rule("no.such.rule") is None


@pytest.mark.parametrize("finding", ["e99", "zz", "", "E1", "s0", "\x1b[31m"])
def test_an_unknown_id_is_an_error_that_lists_those_that_exist(page: str, finding: str) -> None:
    result = run(page, finding, "--published", DAY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "M301" in result.stderr and re.search(r"\be1\b", result.stderr) and "\x1b" not in result.stderr


def test_errors_are_those_of_read(page: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    for name, code in (("nowhere.html", "M107"), (str(tmp_path / "empty.html"), "M101"), ("http://127.0.0.1/", "M201")):
        result = run(name, "e1")
        assert result.exit_code == 1 and code in result.stderr
    assert run(page, "e1", "--published", "soon").exit_code == 2
    assert run(page).exit_code == 2


def test_of_several_pages_the_first_is_explained_and_that_is_said(tmp_path: pathlib.Path) -> None:
    (tmp_path / "two.warc").write_bytes(pages.warc(pages.http(pages.html()), pages.http(pages.html())))
    result = run(str(tmp_path / "two.warc"), "a1", "--published", DAY)
    assert result.exit_code == 0 and "first" in result.stderr
