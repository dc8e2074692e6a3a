"""The commands of the review: decide, take back, see how far it is."""

from __future__ import annotations

import json
import pathlib
import shutil
from typing import Any

import pytest
from typer.testing import CliRunner

import marsad.examples
from marsad.cli.app import app
from marsad.store.holds import Holds
from marsad.store.people import People

EXAMPLES = pathlib.Path(next(iter(marsad.examples.__path__)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("ledger") / "karabakh.marsad"
    assert run("add", EXAMPLES, "--into", path, "--processes", 1).exit_code == 0
    return path


@pytest.fixture
def ledger(tmp_path: pathlib.Path, whole: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copy(whole, tmp_path / "l.marsad"))


def run(*arguments: object) -> Any:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def said(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0 and result.stderr == "", result.stderr
    return str(result.stdout)


def rows(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(*arguments, "--json").splitlines()]


def first(ledger: pathlib.Path) -> str:
    return str(rows("incidents", ledger, "--limit", 1)[0]["mentions"][0])


def test_a_decision_is_told_and_changes_the_lists(ledger: pathlib.Path) -> None:
    mention = first(ledger)
    assert said("judge", ledger, mention[:12], "reject", "--by", "سلمى") == f"{mention} is settled: reject\n"
    assert not any(mention in row["mentions"] for row in rows("incidents", ledger, "--background"))
    assert "is whole" in said("check", ledger)
    assert "reject of" in said("undo", ledger, "--by", "سلمى")
    assert mention in rows("incidents", ledger, "--limit", 1)[0]["mentions"]
    assert said("undo", ledger, "--by", "سلمى") == "there is nothing to take back\n"


def test_fields_are_json_or_plain_words(ledger: pathlib.Path) -> None:
    mention = first(ledger)
    fields = ("--field", "type=PROTEST", "--field", "mode=null", "--field", 'tolls=[{"kind":"killed","low":2}]')
    said("judge", ledger, mention, "edit", *fields, "--note", "راجع الخبر")
    (told,) = (row for row in rows("incidents", ledger, "--background") if mention in row["mentions"])
    assert told["reviewed"] == [mention] and {r["low"] for r in told["ranges"] if r["kind"] == "killed"} == {2}
    kinds = [row["kind"] for row in rows("judgements", ledger, "--mention", mention)]
    assert kinds == ["note", "edit"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("edit",), "M604"), (("edit", "--field", "type"), "M604"), (("edit", "--field", "type=WAR"), "M604"),
        (("perhaps",), "M604"), (("note",), "M604"), (("adjudicate", "--verdict", "accept"), "M605"),
    ],
)  # fmt: skip
def test_a_wrong_decision_is_refused_with_its_code(ledger: pathlib.Path, arguments: tuple[str, ...], code: str) -> None:
    result = run("judge", ledger, first(ledger), *arguments)
    assert result.exit_code == 2 and code in result.stderr
    assert rows("judgements", ledger) == []


def test_a_mention_that_is_not_there_is_said(ledger: pathlib.Path) -> None:
    result = run("judge", ledger, "zz", "accept")
    assert result.exit_code == 2 and "M507" in result.stderr


def test_how_far_the_review_is(ledger: pathlib.Path) -> None:
    mention = first(ledger)
    (before,) = rows("reviews", ledger)
    assert before["settings"] == {"coders": 1, "share": 1.0} and before["cards"]["settled"] == 0
    said("reviews", ledger, "--coders", 2)
    for by in ("سلمى", "عمر"):
        said("judge", ledger, mention, "accept", "--by", by)
    with People.beside(ledger) as people:
        Holds(people).claim("سلمى", "0123456789abcdef")
    (told,) = rows("reviews", ledger, "--background")
    assert told["cards"]["settled"] == 1 and [hold["user"] for hold in told["holds"]] == ["سلمى"]
    verdict = told["agreement"][0]
    assert (verdict["field"], verdict["n"], verdict["observed"], verdict["kappa"]) == ("verdict", 1, 1.0, None)
    text = said("reviews", ledger)
    assert "2  coders of a card" in text and "is held until" in text and "verdict: 100% agree, κ undefined" in text


def test_looking_makes_no_file_beside_the_ledger(ledger: pathlib.Path) -> None:
    said("reviews", ledger)
    assert not People.path_beside(ledger).exists()


def test_the_log_is_listed_the_latest_first(ledger: pathlib.Path) -> None:
    mention = first(ledger)
    said("judge", ledger, mention, "accept", "--by", "سلمى")
    said("judge", ledger, mention, "flag", "--by", "عمر")
    assert [row["kind"] for row in rows("judgements", ledger)] == ["flag", "accept"]
    assert [row["kind"] for row in rows("judgements", ledger, "--by", "سلمى")] == ["accept"]
    assert mention in said("judgements", ledger) and said("judgements", ledger, "--csv").startswith("number,at,by,kind")
    assert "flag" in said("undo", ledger, "--by", "عمر", "--number", 2)
    refused = run("undo", ledger, "--by", "عمر", "--number", 1)
    assert refused.exit_code == 2 and "M605" in refused.stderr
