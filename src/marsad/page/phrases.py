"""The furniture of Arab news sites, recognised by its words and by the class names of its elements.

The words are rows of `boilerplate.tsv`; this file only matches them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.language.pack import alternatives, rows
from marsad.page.lines import CAPTION, COMMENTS, FURNITURE, LEAD, TITLE
from marsad.text.fold import fold

LINE_KINDS: Final = frozenset(
    [
        "most_read",
        "related",
        "topics",
        "comments",
        "comment_form",
        "reply",
        "like",
        "share",
        "newsletter",
        "copyright",
        "menu",
        "advert",
        "caption",
        "byline",
        "published",
        "updated",
    ]
)
SECTION_HEADS: Final = frozenset(("most_read", "related", "topics"))
_LONGEST: Final = 220
_NOISE: Final = re.compile(r"[^\w\s:]+|[\d_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Cue(NamedTuple):
    """What a line says that it is: its kind, and whether only its beginning said so."""

    kind: str
    partly: bool


class _Form(NamedTuple):
    words: tuple[str, ...]
    kind: str
    prefix: bool


@cache
def forms(kind: str) -> frozenset[str]:
    """The folded forms of a kind of rows of `boilerplate.tsv`."""
    return frozenset(fold(form) for row in rows("boilerplate.tsv") if row["kind"] == kind for form in _cells(row))


@cache
def groups(kind: str) -> tuple[frozenset[str], ...]:
    """The folded forms of a kind, one set a row."""
    return tuple(frozenset(map(fold, _cells(row))) for row in rows("boilerplate.tsv") if row["kind"] == kind)


@cache
def alternation(kind: str) -> str:
    """The folded forms of a kind as the alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(f) for f in sorted(forms(kind), key=len, reverse=True))


@cache
def literal(kind: str) -> re.Pattern[str]:
    """The forms of a kind as they are written, the longest first, in either case of Latin letters."""
    words = {form for row in rows("boilerplate.tsv") if row["kind"] == kind for form in _cells(row)}
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)), re.I)


@lru_cache(maxsize=4096)
def cue(text: str) -> Cue | None:
    """What kind of furniture a line is by its words, or None.

    Args:
        text: one line.

    Returns:
        The kind of the longest row that the line equals, or begins with where the row allows it. Digits, signs and
        emoji do not count: «💡 التعليقات (12)» is «التعليقات».
    """
    words = _NOISE.sub(" ", fold(text[:_LONGEST])).replace(":", " : ").split()
    plain = tuple(w for w in words if w != ":")
    if not plain:
        return None
    for form in _table().get(plain[0], ()):
        if found := _match(form, words, plain, len(text) > _LONGEST):
            return found
    return None


def _match(form: _Form, words: list[str], plain: tuple[str, ...], cut: bool) -> Cue | None:
    size = len(form.words)
    if not form.prefix:
        return Cue(form.kind, False) if plain == form.words and not cut else None
    head = tuple(words[:size]) if ":" in form.words else plain[:size]
    return Cue(form.kind, len(plain) > size) if head == form.words else None


@cache
def _table() -> dict[str, list[_Form]]:
    table: dict[str, list[_Form]] = {}
    for row in rows("boilerplate.tsv"):
        if row["kind"] in LINE_KINDS:
            for form in _cells(row):
                entry = _Form(tuple(_form_words(form)), row["kind"], form.endswith("…"))
                table.setdefault(entry.words[0], []).append(entry)
    return {first: sorted(found, key=lambda f: -len(f.words)) for first, found in table.items()}


def _form_words(form: str) -> list[str]:
    return _NOISE.sub(" ", fold(form)).replace(":", " : ").split()


def _cells(row: dict[str, str]) -> list[str]:
    return alternatives(row["forms"])


@lru_cache(maxsize=4096)
def region_of(names: str) -> int:
    """Where an element stands in the page by its class names, id and role, as bits; 0 where they say nothing.

    Args:
        names: the class, id and role of an element, separated by spaces.
    """
    text = normal(names)
    region = 0
    if has("comments", text) and not has("not_comments", text):
        region |= COMMENTS
    found = _cue_pattern("furniture").search(text)
    # «widget-content» is often the article itself; «article-tags» never is.
    if found and ("-" in found.group(1) or not has("content", text)):
        region |= FURNITURE
    for name, bit in (("caption", CAPTION), ("lead", LEAD), ("headline", TITLE)):
        if has(name, text):
            region |= bit
    return region


@lru_cache(maxsize=4096)
def normal(names: str) -> str:
    """Class names in one shape: lower case, words joined by hyphens."""
    return _CAMEL.sub("-", names[:2000]).lower().replace("_", "-")


def has(name: str, text: str) -> bool:
    """Whether normal class names hold a word of the row kind `class.<name>`."""
    return _cue_pattern(name).search(text) is not None


@cache
def _cue_pattern(name: str) -> re.Pattern[str]:
    words = [form for row in rows("boilerplate.tsv") if row["kind"] == f"class.{name}" for form in _cells(row)]
    either = "|".join(re.escape(w.replace("_", "-")) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:^|[\s\-])({either})(?=$|[\s\-\d])")
