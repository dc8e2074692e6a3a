"""The founding page comes out right, all of it, as text and as HTML in three layouts and two encodings.

The page and its gold are in the benchmark folder beside the checkout; without it these tests are skipped.
"""

from __future__ import annotations

import importlib.util
import json
import pathlib
import sys
from types import ModuleType
from typing import Any

import pytest

import marsad
from marsad.model.record import Record

SHARED = pathlib.Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "bench" / "founding.jsonl").is_file(), reason="no benchmark folder")
LAYOUTS = ("wordpress", "table_soup", "app_page")


def _module(path: pathlib.Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SHARED / "bench" / "founding.jsonl").read_text(encoding="utf-8"))
    return found


def _page(layout: str, encoding: str) -> bytes:
    gold = _gold()
    layouts = _module(pathlib.Path(__file__).parent / "page" / "layouts.py")
    html: str = getattr(layouts, layout)(gold["headline"], gold["paragraphs"], charset=encoding)
    return html.encode(encoding, "xmlcharrefreplace")


def _board(record: Record) -> dict[str, Any]:
    """The scoreboard of a record of the page; lines are matched by their words: layouts put other lines between."""
    score = _module(SHARED / "bench" / "score.py")
    gold = score.view_gold(_gold())
    found = score.view_record(json.loads(record.to_json()))
    lines = [_gold()["headline"], *_gold()["paragraphs"]]
    number = {i: lines.index(text) for i, text in enumerate(record.page.text.split("\n")) if text in lines}
    squeezed = {" ".join(text.split()): n for n, text in enumerate(lines)}
    for i, text in enumerate(record.page.text.split("\n")):
        number.setdefault(i, squeezed.get(" ".join(text.split()), -1 - i))
    for part in ("statements", "events", "times"):
        for item in found[part]:
            item["p"] = number[item["p"]]
    board: dict[str, Any] = score.score_articles([("founding", gold, found)], 0)
    return board


def _assert_all(board: dict[str, Any]) -> None:
    assert board["statements: content and speaker"]["recall"] == 1.0
    assert board["of the matched: via"]["accuracy"] == 1.0
    assert board["events: type"]["recall"] >= 10 / 11
    assert board["events: type and both sides"]["recall"] >= 9 / 11
    assert board["of the matched: status"]["accuracy"] == 1.0
    assert board["times: found and resolved"]["f1"] == 1.0
    assert board["casualties"]["f1"] == 1.0
    assert board["proposals"]["recall"] == 1.0
    assert board["of the matched: answers"]["accuracy"] == 1.0
    assert board["truces"]["recall"] == 1.0
    assert board["alignments"]["recall"] == 1.0


def test_founding_page_as_text() -> None:
    page = next((SHARED / "seed").glob("*.txt"))
    _assert_all(_board(marsad.read(page, published="2020-10-15")))


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_founding_page_as_html(layout: str, encoding: str) -> None:
    _assert_all(_board(marsad.read(_page(layout, encoding), published="2020-10-15")))


def test_truce_of_the_founding_page_is_brokered_by_russia() -> None:
    record = marsad.read(next((SHARED / "seed").glob("*.txt")), published="2020-10-15")
    (truce,) = record.truces
    codes = {a.id: a.code for a in record.actors}
    assert truce.agreed == "2020-10-10"
    assert [codes[i] for i in truce.brokered_by] == ["RUS"]
    assert {codes[i] for i in truce.parties} == {"ARM", "AZE"}


@pytest.mark.parametrize("without", [(), ("15-bahr-qazwin.html",)], ids=["with the same news", "without it"])
def test_in_a_ledger_the_founding_page_is_of_15_october_2020(tmp_path: pathlib.Path, without: tuple[str, ...]) -> None:
    """A Thursday, a Russian-brokered truce last Saturday: the dated pages of the examples leave one day."""
    from marsad.store.ledger import Ledger
    from marsad.store.work import Given, job, read_job

    gold, examples = _gold(), pathlib.Path(marsad.__file__).parent / "examples"
    text = "\n".join([gold["headline"], *gold["paragraphs"]])
    with Ledger.open(tmp_path / "l.marsad", create=True) as ledger:
        dated = [path for path in sorted(examples.glob("*.html")) if path.name not in without]
        ledger.write(read_job(job(path.read_bytes(), Given(id=path.name))) for path in dated)
        ledger.write([read_job(job(text, Given(id="founding")))])
        ledger.settle()
        record, page = ledger.record("founding"), ledger.page("founding")
    assert record is not None and page is not None
    assert (record.page.published.first, record.page.published.basis) == ("2020-10-15", "inferred")
    assert "اليوم الخميس" in [record.words(span) for span in record.page.published.evidence]
    assert any("truce of 2020-10-10" in why for why in page.dated_by)
