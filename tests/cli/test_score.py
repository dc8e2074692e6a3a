"""`marsad score`: gold of every kind against what is read, and against the benchmark's own program."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from marsad.cli.app import app
from marsad.model.errors import BadGold
from marsad.score import read_gold

BENCH = pathlib.Path(__file__).parents[3] / "shared" / "bench"
ACT = {
    "p": 0, "trigger": "قصفت", "type": "ASSAULT", "status": "reported", "date": "2020-10-10",
    "actors": [{"text": "القوات الأذربيجانية", "code": "AZE", "sector": "MIL"}],
    "recipients": [{"text": "القوات الأرمينية", "code": "ARM", "sector": "MIL"}],
}  # fmt: skip
TEXT = "قصفت القوات الأذربيجانية صباح السبت مواقع للقوات الأرمينية قرب القرية."


def gold(path: pathlib.Path, *rows: dict[str, Any]) -> pathlib.Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def board(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["score", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("headline", [None, "قصف في القرية"])
def test_an_article_is_compared_line_by_line(tmp_path: pathlib.Path, headline: str | None) -> None:
    title = {"headline": headline} if headline else {}
    row = {"id": "a", "published": "2020-10-10", **title, "paragraphs": [TEXT], "gold": {"events": [ACT]}}
    found = board(str(gold(tmp_path / "gold.jsonl", row)))
    assert found["events: type"]["recall"] == 1.0
    assert found["events: type and both sides"]["recall"] == 1.0
    assert found["of the matched: date"]["right"] == 1
    assert "truces" not in found and "statements: content" not in found


def test_texts_sentences_and_detection(tmp_path: pathlib.Path) -> None:
    party = {"actors": ACT["actors"], "recipients": ACT["recipients"]}
    rows = [
        {"id": "e", "text": TEXT, "published": "2020-10-10", "events": [ACT]},
        {"id": "s", "text": TEXT, "published": "2020-10-10", "gold": {"type": "ASSAULT", **party}},
        {"id": "y", "text": TEXT, "published": "2020-10-10", "gold": {"type": "ASSAULT", "label": "yes"}},
        {"id": "n", "text": "افتتح المعرض أبوابه أمام الزوار.", "gold": {"type": "ASSAULT", "label": "easy no"}},
    ]
    found = board(str(gold(tmp_path / "gold.jsonl", *rows)))
    assert found["events: type"]["recall"] == 1.0
    assert found["type, actors and recipients"] == {"recall": 1.0, "of": 1}
    assert found["ASSAULT: positives found at all"] == {"recall": 1.0, "of": 1}


def test_errors_are_told_and_kept_records_are_taken(tmp_path: pathlib.Path) -> None:
    missed = {**ACT, "type": "AID"}
    path = gold(
        tmp_path / "gold.jsonl",
        {"id": "a", "published": "2020-10-10", "paragraphs": [TEXT], "gold": {"events": [missed]}},
    )
    texts = gold(tmp_path / "texts.jsonl", {"id": "a", "published": "2020-10-10", "text": TEXT})
    records = tmp_path / "records.jsonl"
    records.write_text(CliRunner().invoke(app, ["read", "--json", str(texts)]).stdout, encoding="utf-8")
    done = CliRunner().invoke(app, ["score", str(path), "--records", str(records), "--errors", "5"])
    assert done.exit_code == 0
    assert "missed" in done.output and "invented" in done.output


def test_what_is_not_read_is_said(tmp_path: pathlib.Path) -> None:
    path = gold(tmp_path / "gold.jsonl", {"id": "a", "paragraphs": [TEXT], "gold": {"events": []}})
    empty = tmp_path / "none.jsonl"
    empty.write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["score", str(path), "--records", str(empty)])
    assert done.exit_code == 1 and "1 not read: a" in done.output


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "a"}', '{"id": "a", "text": "x"}', '{"id": "a", "paragraphs": []}']
)
def test_what_is_no_gold_is_refused_with_its_line(tmp_path: pathlib.Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadGold) as refused:
        read_gold(path)
    assert refused.value.page == f"{path}:1"
    done = CliRunner().invoke(app, ["score", str(path)])
    assert done.exit_code == 2 and "M109" in done.output


def test_a_file_that_is_not_there_is_refused(tmp_path: pathlib.Path) -> None:
    done = CliRunner().invoke(app, ["score", str(tmp_path / "nothing.jsonl")])
    assert done.exit_code == 2 and "M109" in done.output


@pytest.mark.skipif(not (BENCH / "score.py").exists(), reason="the shared benchmark is not here")
@pytest.mark.parametrize("name", ["founding.jsonl", "articles.dev.jsonl", "gsr-ar.dev.jsonl"])
def test_the_figures_are_those_of_the_benchmark(name: str, tmp_path: pathlib.Path) -> None:
    from marsad.reading.single import read_one

    lines = read_gold(BENCH / name)
    records = tmp_path / "records.jsonl"
    read = (read_one(g.text, headline=g.headline, published=g.published, record_id=g.id).to_json() for g in lines)
    records.write_text("\n".join(read) + "\n", encoding="utf-8")
    command = [sys.executable, str(BENCH / "score.py"), str(BENCH / name), "--records", str(records), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    ours = board(str(BENCH / name), "--records", str(records))
    for row, figures in ours.items():
        if isinstance(theirs.get(row), dict):
            shared = figures.keys() & theirs[row].keys()
            assert {k: figures[k] for k in shared} == {k: theirs[row][k] for k in shared}, row
    assert ours.keys() & theirs.keys()
