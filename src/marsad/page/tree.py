"""HTML into lines: the visible text in reading order, each line with where it stood. No recursion, no page too deep."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from lxml import etree, html

from marsad.page.limits import MAX_DEPTH, MAX_TAG_LENGTH, MAX_TAGS
from marsad.page.lines import ARTICLE, CAPTION, COMMENTS, FURNITURE, H1, HEADING, TIME, Line, TimeMark
from marsad.page.phrases import has, normal, region_of

_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "math",
        "head",
        "title",
        "select",
        "option",
        "datalist",
        "textarea",
        "audio",
        "video",
        "map",
        "dialog",
        "param",
        "source",
        "track",
        "base",
        "link",
        "meta",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "button",
        "label",
        "legend",
        "dir",
        "marquee",
        "frameset",
        "noframes",
    ]
)
_TAG_REGION: Final = {
    "nav": FURNITURE, "footer": FURNITURE, "aside": FURNITURE, "form": FURNITURE, "button": FURNITURE,
    "figcaption": CAPTION, "caption": CAPTION, "h1": H1, "article": ARTICLE, "time": TIME,
    "h2": HEADING, "h3": HEADING, "h4": HEADING, "h5": HEADING, "h6": HEADING,
}  # fmt: skip
_WHOLE: Final = frozenset(("html", "body", "main"))
_ROLES: Final = {"navigation": "nav", "complementary": "sidebar", "contentinfo": "footer", "search": "search"}
_SPACE: Final = re.compile(r"[ \t\n\r\f\v]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LONG_TAG: Final = re.compile(rf"<([A-Za-z][A-Za-z0-9]{{0,20}})[^<>]{{{MAX_TAG_LENGTH},}}>?")
_WRAPPED: Final = 60


class Tree(NamedTuple):
    """A page's lines and times, its parsed tree, and the measures that decide what may be done with it."""

    lines: list[Line]
    times: list[TimeMark]
    root: Any
    elements: int
    depth: int


class _Frame(NamedTuple):
    """What an element hands down to its children."""

    region: int
    hint: str
    block: bool
    link: bool


def parse(source: str) -> Any | None:
    """The tree of an HTML page, or None where a tree would be too big, too deep, or is refused by the parser.

    Args:
        source: the page's source.
    """
    if source.count("<") > 2 * MAX_TAGS:
        return None
    source = _LONG_TAG.sub(r"<\1>", source.replace("\x00", ""))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def walk(root: Any) -> Tree | None:
    """The lines of a tree, or None where it is too deep for the parser to have kept its text.

    Args:
        root: the root element.
    """
    reader = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    deepest = elements = 0
    for event, element in walker:
        if event == "start":
            elements += 1
            if reader.open(element):
                walker.skip_subtree()
            deepest = max(deepest, len(reader.frames))
        else:
            reader.close(element)
        if deepest > MAX_DEPTH:
            return None
    reader.flush()
    return Tree(reader.lines, reader.times, root, elements, deepest)


class _Walk:
    """The state of one walk: the open elements, the line being filled, the lines that are done."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.times: list[TimeMark] = []
        self.frames: list[_Frame] = [_Frame(0, "", True, False)]
        self.parts: list[str] = []
        self.first = self.frames[0]
        self.linked = 0
        self.breaks = 0

    def open(self, element: Any) -> bool:
        """Enter an element; True where nothing in it can be seen."""
        tag = element.tag
        if tag in _SKIPPED or _is_hidden(element):
            self.frames.append(_Frame(0, "", False, False))
            return True
        frame = self._frame(element, tag)
        self.frames.append(frame)
        if frame.block:
            self.flush()
        elif tag == "br":
            self._break()
        if tag == "time":
            self._mark(element, frame)
        if element.text:
            self._add(element.text, frame)
        return False

    def close(self, element: Any) -> None:
        """Leave an element and take up the text behind it."""
        frame = self.frames.pop()
        if frame.block:
            self.flush()
        elif frame.link and not self.frames[-1].link:
            # Neighbouring links («السابق»«التالي») are set apart by their style, not by white space.
            self.parts.append(" " if not element.tail else "")
        if element.tail:
            self._add(element.tail, self.frames[-1])

    def flush(self) -> None:
        """End the current line."""
        self.breaks = 0
        if not self.parts:
            return
        text = _SPACE.sub(" ", "".join(self.parts)).strip(" ")
        if text and not text.isspace():
            links = min(1.0, self.linked / len(text))
            self.lines.append(Line(text, self.first.region, self.first.hint, links))
        self.parts.clear()
        self.linked = 0

    def _frame(self, element: Any, tag: str) -> _Frame:
        above = self.frames[-1]
        names = _names(element)
        block = tag in _BLOCKS
        region = above.region | _TAG_REGION.get(tag, 0)
        if names and block and tag not in _WHOLE:
            region |= region_of(names)
        # In readers' comments author, age and likes are often inline elements of one line.
        block = block or (bool(region & COMMENTS) and ((bool(names) and tag != "a") or tag in ("time", "cite")))
        if tag == "a" and region & COMMENTS and above.hint and not _is_role(names):
            names = above.hint
        return _Frame(region, names or above.hint, block, above.link or tag == "a")

    def _add(self, text: str, frame: _Frame) -> None:
        if self.breaks and not text.isspace():
            self._resolve_break()
        if not self.parts and not text.isspace():
            self.first = frame
        if self.parts or not text.isspace():
            self.parts.append(text)
            if frame.link:
                self.linked += len(text.strip())

    def _break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.flush()

    def _resolve_break(self) -> None:
        """One line break within a long line that has not ended is a wrapped line; any other begins a new one."""
        line = "".join(self.parts).rstrip()
        if len(line) >= _WRAPPED and line[-1:] not in '.!؟?:…"»':
            self.parts.append(" ")
            self.breaks = 0
        else:
            self.flush()

    def _mark(self, element: Any, frame: _Frame) -> None:
        value = element.get("datetime")
        if value:
            published = element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
            self.times.append(TimeMark(len(self.lines), value[:60], frame.region, published))


def _names(element: Any) -> str:
    attributes = element.attrib
    if not len(attributes):
        return ""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    role = attributes.get("role")
    return f"{names} {_ROLES[role]}".strip() if role in _ROLES else names


def _is_role(names: str) -> bool:
    """Whether a link among comments says itself what it holds; else («url») the element around it does."""
    text = normal(names)
    return has("author", text) or has("age", text) or has("likes", text)


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style[:500]) is not None) or element.get("hidden") is not None
