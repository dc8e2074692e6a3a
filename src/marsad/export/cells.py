"""Texts made fit to stand in a line or a cell, whatever a page has put into them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

Cell = str | int | float | None

_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z", re.ASCII)
_LIVE: Final = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
_UNSEEN: Final = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_JSON_BREAKS: Final = {0x7F: "\\u007f", 0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_EMBED: Final = "\u202a\u202b\u202d\u202e"
_ISOLATE: Final = "\u2066\u2067\u2068"


def whole(text: str) -> str:
    """A text that UTF-8 can hold: lone surrogates, which a broken page may leave, become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A text without controls and line breaks, each run of them a space, and with its bidi controls closed.

    An override that is left open would turn the figures of the cells behind it («12-34» into «43-21»).
    """
    flat = _BREAKS.sub(" ", whole(text)).strip()
    return flat + "\u202c" * _left_open(flat, _EMBED, "\u202c") + "\u2069" * _left_open(flat, _ISOLATE, "\u2069")


def _left_open(text: str, opens: str, closes: str) -> int:
    depth = 0
    for character in text:
        depth += character in opens
        depth -= character == closes and depth > 0
    return depth


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe, a number stays.

    Args:
        text: one line; what it begins with is looked for behind blanks and invisible characters too.
    """
    if _NUMBER.match(text):
        return text
    begin = next((c for c in text if unicodedata.category(c) not in _UNSEEN), "")
    return "'" + text if begin in _LIVE else text


def flat(value: Cell) -> str:
    """A value as a cell of a delimited file: empty for None, numbers in their shortest form."""
    return neutral(one_line(value)) if isinstance(value, str) else "" if value is None else repr(value)


def csv_line(cells: Sequence[Cell]) -> bytes:
    """A row of a CSV file, RFC 4180 quoting, ending in a line feed."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([flat(c) for c in cells])
    return buffer.getvalue().encode()


def tab_line(cells: Sequence[Cell]) -> bytes:
    """A row of a tab-separated file that knows no quoting: a cell that begins with a quotation mark loses it to «'»."""
    return ("\t".join(re.sub(r'\A"', "'", flat(c)) for c in cells) + "\n").encode()


def json_text(value: Any) -> str:
    """A value as JSON on one line for any reader, also one that takes U+2028 or U+0085 for the end of a line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return whole(text).translate(_JSON_BREAKS)


def json_line(value: Any) -> bytes:
    """A value as a line of JSON."""
    return json_text(value).encode() + b"\n"


def present(value: dict[str, Any]) -> dict[str, Any]:
    """A dict without what is None, empty text or an empty list; zero and false stay."""
    return {k: v for k, v in value.items() if v not in (None, "", [], (), {})}
