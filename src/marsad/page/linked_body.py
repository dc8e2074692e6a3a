"""The body of pages that show it only by script and tell it in JSON-LD (`articleBody`)."""

from __future__ import annotations

import html
import re
from typing import Final

from marsad.page.body import Body
from marsad.page.lines import Line, key

_TAG: Final = re.compile(r"<(?:/?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|tr)\b[^<>]*)>", re.I)
_OTHER: Final = re.compile(r"<[/!A-Za-z][^<>]*>")
_SPACE: Final = re.compile(r"[ \t\r\f\v]+")
_LEAST: Final = 60
_SHOWN: Final = 0.5


def with_linked_body(body: Body, article: str, headline: int) -> Body:
    """The lines with the paragraphs of the JSON-LD body behind the headline, where the page does not show them itself.

    Args:
        body: the page's lines and which of them are body.
        article: the `articleBody`, text or HTML, empty where there is none.
        headline: the index of the headline's line, -1 where there is none.

    Returns:
        The same body where at least half of the article's text stands in the lines; else a longer one.
    """
    if len(article) < _LEAST:
        return body
    shown = "".join(key(line.text) for line in body.lines)
    missing = [p for p in paragraphs(article) if key(p) not in shown]
    if sum(map(len, missing)) <= _SHOWN * len(article) or _is_cut_copy(shown, article):
        return body
    # What was taken for the body of a page that shows none is its menu or its teasers.
    told = key(article)
    kept = [found and key(line.text) in told for line, found in zip(body.lines, body.found, strict=True)]
    at = headline + 1
    lines = [*body.lines[:at], *(Line(p) for p in missing), *body.lines[at:]]
    return Body(lines, [*kept[:at], *([True] * len(missing)), *kept[at:]])


def paragraphs(article: str) -> list[str]:
    """The paragraphs of an `articleBody`: it may be text, text with entities, or HTML.

    Args:
        article: the field as it stands.
    """
    text = html.unescape(html.unescape(article)) if "&" in article else article
    text = _OTHER.sub("", _TAG.sub("\n", text))
    pieces = (_SPACE.sub(" ", piece).strip() for piece in text.split("\n"))
    return [piece for piece in pieces if piece]


def _is_cut_copy(shown: str, article: str) -> bool:
    """Whether the article is on the page after all, with its paragraphs run together or its end cut off."""
    told = key(article)
    size = max(1, len(told) // 12)
    pieces = [told[i : i + min(size, 40)] for i in range(0, len(told), size)]
    return sum(piece in shown for piece in pieces) > 0.6 * len(pieces)
