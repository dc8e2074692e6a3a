"""Where one sentence ends and the next begins, in news as it is really punctuated.

A new line always ends a sentence. Within a line a full stop, an exclamation or a question mark does, unless it stands
inside a quotation, after an initial («د.», «أ.ف.ب», "U.S."), in a number, or in a row of dots: in Arabic news «..» and
«…» are dashes, not stops.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

LONGEST_QUOTE: Final = 1200
"""A quotation longer than this, in code points, is split like any other text: its closing mark is hardly its own."""

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_QUOTE: Final = re.compile(r"[«»“”„‟\"]")
_CLOSES: Final = {"»": "«", "”": "“„‟"}
_OPENS: Final = "«“„‟"
_STOP: Final = re.compile(r"(?:[.!?؟]|…)+")
_AFTER: Final = re.compile(r"[\"'»”’)\]}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\Z")
_NEXT_WORD: Final = re.compile(r"[\u0620-\u064a]{2}")
_LIST_NUMBER: Final = re.compile(r"\W*\d{1,2}\Z")
_YEAR: Final = re.compile(r"\d\s*(?:م|هـ?)\Z")
_LOOK_BACK: Final = 40


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of a stretch of a text.

    Args:
        text: the whole text.
        start, end: the stretch, in code points; all of the text by default.

    Returns:
        Spans in the whole text, in order, without white space at their ends; every other character is in one of them.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    for line in _LINE.finditer(text, start, stop):
        first = line.start()
        for cut in (*_cuts(text, line.start(), line.end()), line.end()):
            found += _trimmed(text, first, cut)
            first = cut
    return found


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    first = start + len(piece) - len(piece.lstrip())
    return [(first, first + len(body))]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """The places inside a line where a sentence ends."""
    quotes = _quotations(text, start, end)
    openings = [q[0] for q in quotes]
    line_first = start
    for stop in _STOP.finditer(text, start, end):
        inside = bisect_right(openings, stop.start()) - 1
        after = _AFTER.match(text, stop.end(), end)
        cut = after.end() if after else stop.end()
        if inside >= 0 and stop.start() < quotes[inside][1] and not _closes_with(stop, quotes[inside], cut):
            continue
        if line_first < cut < end and _ends(text, stop, line_first, cut, end):
            yield cut
            line_first = cut


def _closes_with(stop: re.Match[str], quote: Span, cut: int) -> bool:
    """Whether a quotation ends with its own full stop: «… لن نستسلم.» and a new sentence may follow."""
    return stop.group() == "." and stop.end() == quote[1] < cut


def _ends(text: str, stop: re.Match[str], first: int, cut: int, end: int) -> bool:
    """Whether a stop outside quotations ends the sentence that began at `first`."""
    mark = stop.group()
    if "…" in mark or ".." in mark:
        return False
    before = text[max(first, stop.start() - _LOOK_BACK) : stop.start()]
    word = _LAST_WORD.search(before)
    length = len(word.group()) if word else 0
    if not text[cut].isspace():
        return (mark != "." and length > 0) or (length > 2 and _NEXT_WORD.match(text, cut, end) is not None)
    return mark != "." or not _abbreviates(before, length, text[cut:end])


def _abbreviates(before: str, length: int, rest: str) -> bool:
    """Whether a full stop belongs to the word before it: an initial, a Latin title, the number of a list's item."""
    if _LIST_NUMBER.fullmatch(before):
        return True
    if length == 1:
        return _YEAR.search(before) is None
    following = rest.lstrip()[:1]
    return 1 < length < 4 and before[-length:].isascii() and before[-length].isupper() and following.isascii()


def _quotations(text: str, start: int, end: int) -> list[Span]:
    """The balanced quotations of a line, from opening to closing mark; one that never closes counts for nothing."""
    found: list[Span] = []
    opened: dict[str, int] = {}
    for match in _QUOTE.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _OPENS or (mark == '"' and _opens(text, at, start, end, '"' in opened)):
            opened[mark] = at
            continue
        begun = max((opened.pop(o) for o in _CLOSES.get(mark, '"') if o in opened), default=-1)
        if begun >= 0 and at - begun <= LONGEST_QUOTE:
            found = [q for q in found if q[0] < begun]
            found.append((begun, at))
            opened = {o: i for o, i in opened.items() if i < begun}
    return found


def _opens(text: str, at: int, start: int, end: int, is_open: bool) -> bool:
    """Whether a straight quotation mark opens: by the spaces around it, else by turns."""
    space_before = at == start or text[at - 1].isspace() or text[at - 1] in "([:"
    space_after = at + 1 >= end or text[at + 1].isspace()
    if space_before != space_after:
        return space_before
    return not is_open
