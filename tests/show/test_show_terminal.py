"""A reading on a terminal."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from rich.console import Console
from sample import record
from sample_edge import empty, hostile

from marsad.show.terminal import STATUS_STYLES, reading_rows, show

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def printed(reading: object, width: int = 80, terminal: bool = False, **options: object) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=terminal, markup=False, emoji=False, highlight=False, **options
    )  # type: ignore[arg-type]
    show(reading, console)  # type: ignore[arg-type]
    return out.getvalue()


def test_redirected_output_has_no_colour_and_loses_no_words() -> None:
    text, whole = printed(record(), width=40), record()
    assert "\x1b" not in text
    for event in whole.events:
        assert whole.words(event.evidence) in text and whole.words(event.trigger) in text
    for statement in whole.statements:
        assert whole.words(statement.content) in text
    for actor in whole.actors:
        assert actor.name in text


def test_everything_of_the_record_is_said() -> None:
    text = printed(record())
    for words in (
        "inferred from its words",
        "صحيفة المثال",
        "≥7",
        "20–99",
        "needs consent of",
        "no answer",
        "brokered by",
        "violated",
        "conditional",
        "supports",
        "أبو أحمد",
        "repeated word",
        "say.qal",
        "heavy-weapons",
    ):
        assert words in text


def test_latin_stands_first_and_arabic_last_in_every_line() -> None:
    for line in printed(record()).splitlines():
        if "«" not in line and (found := _ARABIC.search(line)):
            assert not re.search(r"[A-Za-z]{2}", line[found.start() :]), line


def test_arabic_is_never_reshaped() -> None:
    assert not re.search(r"[\ufb50-\ufdff\ufe70-\ufefc]", printed(record()))


@pytest.mark.parametrize("width", [20, 30, 48, 80, 120])
def test_a_terminal_of_any_width_is_kept_to_and_no_word_is_lost(width: int) -> None:
    text = _ESCAPES.sub("", printed(record(), width, terminal=True))
    assert max(len(line) for line in text.splitlines()) <= max(width, 28)
    squeezed = re.sub(r"\s", "", text)
    for event in record().events:
        assert re.sub(r"\s", "", record().words(event.evidence)) in squeezed


def test_statuses_have_colours_on_a_terminal_and_words_everywhere() -> None:
    text = printed(record(), terminal=True, color_system="standard")
    for status, style in STATUS_STYLES.items():
        code = {"green": 32, "yellow": 33, "red": 31, "cyan": 36, "magenta": 35}[style]
        assert re.search(rf"\x1b\[[0-9;]*{code}m{status}", text)
        assert status in printed(record())


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = printed(record(), terminal=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", text)


def test_a_page_with_nothing_says_so_and_shows_no_empty_section() -> None:
    text = printed(empty())
    assert "Nothing was found" in text
    assert "Events" not in text and "Casualties" not in text


@pytest.mark.parametrize(
    "payload", ["[red]x[/red]", "\x1b]0;owned\x07", "\u202eabc", "\x9b2J", "[/]", "[link=x]y", ":smile:"]
)
def test_page_text_cannot_steer_the_terminal(payload: str) -> None:
    text = printed(hostile(payload), terminal=True, color_system=None)
    bare = _ESCAPES.sub("", text)
    assert not [c for c in bare if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    if payload.isprintable():
        assert payload in re.sub(r"\n +", " ", bare)


def test_rows_are_the_same_every_time() -> None:
    assert [r.text.plain for r in reading_rows(record())] == [r.text.plain for r in reading_rows(record())]
