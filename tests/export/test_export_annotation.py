"""Web annotations held against a schema that others wrote, and their selectors found again by other means.

The schema is `data-model.json` of the npm package `@kba/anno-schema` 0.0.8 (ISC; see NOTICE): W3C's Web Annotation Data
Model in JSON Schema. It allows a target one selector where the recommendation allows several, so that each is held
against it alone; and since it takes any object for some kind of target and body, each part is held against what it is.
"""

from __future__ import annotations

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any, Final

import pytest
from invented import Book, book, contested, mention, told
from test_export_text import records

from marsad.export import Source

SCHEMA: Final = pathlib.Path(__file__).parents[1] / "data/web-annotation.schema.json"
Fits = Callable[[Any, str], bool]


@pytest.fixture(scope="module")
def fits() -> Fits:
    """Whether a value is what the schema calls by a name."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    checks = {
        name: jsonschema.Draft7Validator(
            {"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]},
            format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER,
        )
        for name in schema["definitions"]
    }
    return lambda value, name: bool(checks[name].is_valid(value))


def wrong(annotation: Any, fits: Fits) -> list[str]:
    """The parts of an annotation that are not what the schema says."""
    target = annotation["target"]
    alone = [{**annotation, "target": {**target, "selector": s}} for s in target["selector"]]
    parts = [
        *((a, "Annotation") for a in alone),
        *((a["target"], "SpecificResource") for a in alone),
        *((s, s["type"]) for s in target["selector"]),
        *((body, "TextualBody") for body in annotation["body"]),
        *((body["purpose"], "Motivation") for body in annotation["body"]),
        (annotation["motivation"], "Motivation"),
        (annotation["generator"], "Software"),
    ]
    return [name for value, name in parts if not fits(value, name)]


def by_position(text: str, selector: Any) -> str:
    """The words at a position, counted as the recommendation counts, in code points: four bytes each in UTF-32."""
    return text.encode("utf-32-le")[4 * selector["start"] : 4 * selector["end"]].decode("utf-32-le")


def by_quotation(text: str, selector: Any) -> list[int]:
    """Where the words stand that have the prefix before and the suffix behind them, as an annotator looks for them."""
    exact, found, at = selector["exact"], [], text.find(selector["exact"])
    while at >= 0:
        before, behind = text[:at], text[at + len(exact) :]
        if before.endswith(selector.get("prefix", "")) and behind.startswith(selector.get("suffix", "")):
            found.append(at)
        at = text.find(exact, at + 1)
    return found


def test_examples_follow_the_schema(examples: Source, fits: Fits) -> None:
    annotations = records("annotation", examples)
    assert len(annotations) > 100
    assert not [(a["id"], parts) for a in annotations if (parts := wrong(a, fits))]


@pytest.mark.parametrize("source", [contested(), book(mention()), Book([told(mention())], {})])
def test_invented_ones_follow_the_schema(source: Book, fits: Fits) -> None:
    assert not [parts for a in records("annotation", source) if (parts := wrong(a, fits))]


@pytest.mark.parametrize(
    ("path", "value"),
    [(("motivation",), "reading"), (("generator", "type"), "Programme"), (("body", 0, "type"), "Text"),
     (("body", 1, "format"), "json"), (("target", "selector", 0, "start"), "12"), (("target", "source"), 7),
     (("target", "selector", 1, "exact"), None), (("id",), "no address")],
)  # fmt: skip
def test_the_schema_sees_what_is_wrong(path: tuple[str | int, ...], value: Any, fits: Fits) -> None:
    (annotation,) = copy.deepcopy(records("annotation", book(mention())))
    part = annotation
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert wrong(annotation, fits)


def test_selectors_of_the_examples_lead_to_one_and_the_same_words(examples: Source) -> None:
    texts = {page.url or f"urn:sha256:{page.sha256}": page.text for page in pages(examples)}
    for annotation in records("annotation", examples):
        text = texts[annotation["target"]["source"]]
        position, quote = annotation["target"]["selector"]
        assert by_position(text, position) == quote["exact"]
        assert by_quotation(text, quote) == [position["start"]], annotation["id"]


def pages(source: Source) -> list[Any]:
    ids = {m.page for _, mentions in source.incidents() for m in mentions}
    return [page for page in map(source.page, sorted(ids)) if page]
