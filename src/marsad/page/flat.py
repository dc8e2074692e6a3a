"""HTML into lines without a tree, for pages whose tree would be too big or too deep: plain passes over it."""

from __future__ import annotations

import html
import re
from typing import Final

from marsad.page.limits import MAX_LINES
from marsad.page.lines import Line

# Every pass looks at each "<" once: what follows it is settled by one character wherever that is possible.
_NOISE: Final = re.compile(r"(?:<(?![/!?A-Za-z])\s*+){50,}+")
_MANY: Final = re.compile(r"(?:<[/A-Za-z](?![CcEeSsTt])[^<>]*+>\s*+){3,}+")
_UNSEEN: Final = re.compile(
    r"<(?=[!?sntSNT])(?:!--.*?(?:-->|\Z)|(script|style|noscript|template|svg|title|textarea|select)\b.*?(?:</\1\s*>|\Z))",
    re.S | re.I,
)
_INLINE: Final = re.compile(
    r"<(?=[/abiusemfcqtw])/?(?:a|b|i|u|s|em|strong|span|font|small|big|sub|sup|abbr|cite|code|mark|bdi|bdo|ins|del|q|tt"
    r"|wbr|img)(?=[\s/>])[^<>]*+>",
    re.I,
)
_RUN: Final = re.compile(r"<[/!?A-Za-z][^<>]*+>(?:\s*+<[/!?A-Za-z][^<>]*+>)*+")
_SPACE: Final = re.compile(r"[ \t\r\f\v]+")


_NEVER_SHOWN: Final = ("script", "style", "noscript", "template", "svg", "title", "textarea", "select", "iframe")


def closed(source: str) -> str:
    """A damaged source without the tag or comment mark that is never closed and so hides all that follows.

    Args:
        source: the source of a page that shows nothing.
    """
    lower = source.lower()
    for name in _NEVER_SHOWN:
        at = lower.rfind("<" + name)
        if at > lower.rfind("</" + name) and lower[at + len(name) + 1 : at + len(name) + 2] in (" ", ">", "\n"):
            end = source.find(">", at) + 1
            source = source[:at] + source[end:] if end else source[:at]
            lower = source.lower()
    at = source.rfind("<!--")
    return source[:at] + source[at + 4 :] if at > source.rfind("-->") else source


def flat_lines(source: str) -> list[Line]:
    """The visible lines of an HTML source, split at its block tags.

    Args:
        source: the page's source, of any depth and with any number of tags.

    Returns:
        Lines without regions or hints, in reading order; beyond 60,000 several of the page's lines make one.
    """
    text = _MANY.sub("<p>", _NOISE.sub(" ", source.replace("\n", " ")))
    text = _RUN.sub("\n", _INLINE.sub("", _UNSEEN.sub("", text)))
    found = []
    for match in re.finditer(rf"(?:[^\n]++\n?+){{1,{text.count(chr(10)) // MAX_LINES + 1}}}+", text):
        words = _SPACE.sub(" ", html.unescape(match.group()).replace("\n", " ")).strip()
        if words:
            found.append(Line(words))
    return found
