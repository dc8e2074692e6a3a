"""The words of the screens."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from marsad.model import record as model
from marsad.show.labels import counted, label, labels, plural


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "لا أحداث"), (1, "حدث واحد"), (2, "حدثان"), (3, "3 أحداث"), (10, "10 أحداث"), (11, "11 حدثا"), (99, "99 حدثا"),
     (100, "100 حدث"), (101, "101 حدث"), (102, "102 حدث"), (103, "103 أحداث"), (111, "111 حدثا"), (1000, "1000 حدث")],
)  # fmt: skip
def test_arabic_counts_take_their_form(n: int, words: str) -> None:
    assert counted("count.events", n) == words


@pytest.mark.parametrize(("n", "words"), [(0, "no events"), (1, "one event"), (2, "2 events"), (11, "11 events")])
def test_english_counts(n: int, words: str) -> None:
    assert counted("count.events", n, "en") == words


def test_plural_never_fails() -> None:
    assert {plural(n) for n in range(1000)} == {"zero", "one", "two", "few", "many", "other"}
    assert {plural(n, "en") for n in range(1000)} == {"zero", "one", "other"}


def test_every_label_has_both_languages_and_every_count_its_forms() -> None:
    for key, both in labels().items():
        assert both.ar.strip() and both.en.strip(), key
        if key.startswith("count."):
            assert len(both.ar.split(";")) == 6 and len(both.en.split(";")) == 3, key
        else:
            assert ";" not in both.ar, key


@pytest.mark.parametrize(
    ("prefix", "values"),
    [("status", model.Status), ("harm", model.HarmKind), ("answer", model.AnswerKind), ("state", model.TruceState),
     ("alignment", model.AlignmentKind), ("basis", model.Basis), ("actor", model.ActorKind), ("place", model.PlaceKind),
     ("block", model.BlockKind), ("medium", model.Medium), ("mode", model.SpeechMode), ("precision", model.Precision)],
)  # fmt: skip
def test_every_value_of_the_record_has_a_label(prefix: str, values: object) -> None:
    assert [v for v in get_args(values) if f"{prefix}.{v}" not in labels()] == []


def test_every_key_in_the_code_has_a_label() -> None:
    from importlib.resources import files

    folder = files("marsad.show")
    code = "".join((folder / n).read_text(encoding="utf-8") for n in ("findings.py", "cards.py", "html.py", "page.js"))
    keys = re.findall(r'"((?:field|page|kind|count|go|here|filter|legend|toc|note|source|paint)\.[a-z_]+)"', code)
    assert keys and [k for k in keys if k not in labels() and k not in ("page.css", "page.js")] == []


def test_unknown_key_falls_back_to_its_own_words() -> None:
    assert label("act.brand-new", "ar") == "brand-new"
