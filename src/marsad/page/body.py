"""Which lines of an HTML page are the article's: trafilatura's finding, brought back to the page's own words."""

from __future__ import annotations

import logging
from typing import Any, Final, NamedTuple

from marsad.page.limits import EXTRACTOR_CHARS, EXTRACTOR_DEPTH, EXTRACTOR_ELEMENTS
from marsad.page.lines import COMMENTS, FURNITURE, Line, is_prose, key
from marsad.page.tree import Tree

_SHORT: Final = 25
_MOST: Final = 0.5
_LINKED: Final = 0.7


class Body(NamedTuple):
    """The page's lines, rid of regions that cannot be believed, and for each whether it is the article's."""

    lines: list[Line]
    found: list[bool]


def body_lines(tree: Tree) -> Body:
    """For each line of a page whether it belongs to the article's body.

    Args:
        tree: the page's lines and tree; the tree must not be used afterwards.

    Returns:
        The lines and one truth a line. Where the page is too big for the extractor, the lines' own looks decide.
    """
    lines = tree.lines
    found = _align(lines, _extract(tree.root)) if _is_sane(tree) else [False] * len(lines)
    if not any(b and is_prose(line) for b, line in zip(found, lines, strict=True)):
        return Body(lines, own_body(lines))
    for bit in (FURNITURE, COMMENTS):
        lines = _believable(lines, found, bit)
    return Body(lines, _correct(lines, found))


def own_body(lines: list[Line]) -> list[bool]:
    """Whether each line reads like an article's paragraph and stands where one may stand."""
    return [is_prose(line) and not line.region & (FURNITURE | COMMENTS) for line in lines]


def _is_sane(tree: Tree) -> bool:
    return (
        tree.elements <= EXTRACTOR_ELEMENTS
        and tree.depth <= EXTRACTOR_DEPTH
        and sum(len(line.text) for line in tree.lines) <= EXTRACTOR_CHARS
    )


def _extract(root: Any) -> list[str]:
    """The lines that trafilatura takes for the body."""
    from trafilatura.core import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None)
    return text.split("\n") if isinstance(text, str) else []


def _align(lines: list[Line], extracted: list[str]) -> list[bool]:
    """The page's lines that hold the extracted text: it squeezes white space, drops signs, joins and splits lines."""
    keys = [key(text) for text in extracted]
    whole = set(keys) - {""}
    joined = "".join(keys)
    long = [k for k in whole if len(k) >= _SHORT]
    return [_is_found(key(line.text), whole, joined, long) for line in lines]


def _is_found(line: str, whole: set[str], joined: str, long: list[str]) -> bool:
    if line in whole:
        return True
    if len(line) < _SHORT:
        return False
    return line in joined or sum(len(k) for k in long if k in line) > 0.6 * len(line)


def _correct(lines: list[Line], found: list[bool]) -> list[bool]:
    """Leaks out, losses in, by where the lines stand."""
    outside = [not line.region & (FURNITURE | COMMENTS) for line in lines]
    found = [b and out and n.links < _LINKED for b, out, n in zip(found, outside, lines, strict=True)]
    if True not in found:
        return found
    first, last = found.index(True), len(found) - 1 - found[::-1].index(True)
    for i in range(max(0, first - 3), last):
        if not found[i] and outside[i] and is_prose(lines[i]) and lines[i].links < 0.2:
            found[i] = True
    return found


def _believable(lines: list[Line], found: list[bool], bit: int) -> list[Line]:
    """A region that swallows most of the body is misnamed: its lines are freed from it."""
    inside = sum(len(line.text) for line, b in zip(lines, found, strict=True) if b and line.region & bit)
    total = sum(len(line.text) for line, b in zip(lines, found, strict=True) if b)
    if inside <= _MOST * total:
        return lines
    return [line._replace(region=line.region & ~bit) for line in lines]
