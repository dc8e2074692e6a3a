"""The API is described whole, and every screen has its heading in the documentation."""

from __future__ import annotations

import pathlib
import re

import pytest
from fastapi.testclient import TestClient

from marsad.model.plover import TYPES
from marsad.show.labels import _ARABIC_FORMS, _ENGLISH_FORMS
from marsad.web.screen import ANSWERS
from marsad.web.words import words

ROOT = pathlib.Path(__file__).parents[2]
TEMPLATES = ROOT / "src" / "marsad" / "web" / "templates"


def test_every_answer_is_described(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    for path in ANSWERS:
        content = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        assert content["schema"], path
        asked = {p["name"] for p in told["paths"][path]["get"].get("parameters", [])}
        assert asked or path == "/users.json", path


def test_every_screen_has_its_heading(client: TestClient) -> None:
    text = (ROOT / "docs" / "reference" / "screens.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## `(.*)`$", text, re.M))
    assert {path.removesuffix(".json") for path in ANSWERS} == headings


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_no_template_holds_a_script_a_style_or_a_word_that_is_not_escaped(template: pathlib.Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|\sstyle=|<style|\son[a-z]+=|javascript:", text)
    scripts = re.findall(r"<script\s+([^>]*)", text)
    assert all(tag.startswith(('src="/static/', 'type="application/json"')) for tag in scripts)


def test_every_word_that_a_template_names_is_there() -> None:
    for template in TEMPLATES.glob("*.html"):
        for key in re.findall(r"ui\.(?:t|count)\('([\w.-]+)'\s*[,)]", template.read_text(encoding="utf-8")):
            assert key in words(), (template.name, key)


def test_counts_have_all_their_forms() -> None:
    for key, label in words().items():
        if "{n}" in label.ar or "{n}" in label.en:
            assert len(label.ar.split(";")) == len(_ARABIC_FORMS), key
            assert len(label.en.split(";")) == len(_ENGLISH_FORMS), key


def test_every_type_has_the_words_that_a_card_and_a_list_need() -> None:
    assert {f"{key}.{kind}" for key in ("type", "review.on") for kind in TYPES} <= words().keys()
