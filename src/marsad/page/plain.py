"""A page that comes as plain text: its lines with their places, its headline, the paragraphs that were wrapped."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from marsad.page.limits import MAX_LINES
from marsad.page.lines import Line, ends_sentence

_LINE: Final = re.compile(r"[^\n\r\u2028\u2029\f\v\x85]+")
_WRAP: Final = 110


class Plain(NamedTuple):
    """The lines of a text that are not empty, and for each whether an empty line follows it."""

    lines: list[Line]
    gaps: list[bool]


def plain_lines(text: str) -> Plain:
    """The lines of a text, each with its place; paragraphs wrapped over several lines are one.

    Args:
        text: the whole text.
    """
    lines: list[Line] = []
    gaps: list[bool] = []
    for match in _pattern(text).finditer(text):
        words = match.group()
        stripped = words.strip()
        if stripped:
            start = match.start() + words.index(stripped[0]) if words[0].isspace() else match.start()
            if lines:
                gaps.append(_has_gap(text, lines[-1].end, start))
            lines.append(Line(stripped, start=start))
    if lines:
        gaps.append(True)
    return _unwrapped(text, lines, gaps)


def _pattern(text: str) -> re.Pattern[str]:
    """One line at a time; a text of a million lines in stretches of several."""
    count = text.count("\n")
    if count <= MAX_LINES:
        return _LINE
    return re.compile(rf"(?:[^\n]++\n?+){{1,{count // MAX_LINES + 1}}}+")


def _has_gap(text: str, end: int, start: int) -> bool:
    between = text[end:start].replace("\r\n", "\n")
    return between.count("\n") + between.count("\r") >= 2


def _unwrapped(text: str, lines: list[Line], gaps: list[bool]) -> Plain:
    """Lines broken at a column: in groups set apart by empty lines, most end within a sentence."""
    inner = [line for line, gap in zip(lines, gaps, strict=True) if not gap]
    if len(inner) < 6 or sum(gaps) < 2:
        return Plain(lines, gaps)
    broken = sum(not ends_sentence(line.text) and 45 <= len(line.text) <= _WRAP for line in inner)
    if broken < 0.75 * len(inner):
        return Plain(lines, gaps)
    joined: list[Line] = []
    fresh = True
    for line, gap in zip(lines, gaps, strict=True):
        if fresh:
            joined.append(line)
        else:
            first = joined[-1].start
            joined[-1] = Line(text[first : line.end], start=first)
        fresh = gap
    return Plain(joined, [True] * len(joined))
