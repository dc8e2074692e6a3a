"""The article of a page that shows none of it and keeps it in the state of its scripts (`__NEXT_DATA__`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from marsad.page.limits import MAX_LD
from marsad.page.lines import key

_MARK: Final = re.compile(r"__[A-Za-z_]{3,30}__|__next_f|preloadedState|initialState", re.I)
_PUSHED: Final = re.compile(r'__next_f\.push\(\[\d+,\s*("(?:[^"\\]|\\.)*+")')
_ASSIGNED: Final = re.compile(r"=\s*(?:JSON\.parse\(\s*)?(?=[{\[\"])")
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_SOLID: Final = re.compile(r"\S")
_OTHER: Final = re.compile(r"[^a-z]+")
_BODY_KEYS: Final = (
    "articlebody", "body", "bodyhtml", "htmlbody", "bodytext", "content", "contenthtml", "contents", "articlecontent",
    "articletext", "fulltext", "maintext", "html", "text", "story", "storybody", "paragraphs", "blocks", "details",
)  # fmt: skip
_INNER_KEYS: Final = (
    "text", "value", "html", "rendered", "content", "body", "data", "children", "blocks", "json", "document",
)  # fmt: skip
_TITLE_KEYS: Final = ("headline", "title", "articletitle", "name")
_DATE_KEYS: Final = (
    "datepublished", "publishedat", "publisheddate", "publishdate", "publicationdate", "pubdate", "firstpublished",
    "publishedon", "publishtime", "createdat", "date",
)  # fmt: skip
_FIELD: Final = re.compile(
    r'"(articleBody|body|bodyHtml|content|contentHtml|html|headline|title)"\s*:\s*("(?:[^"\\]|\\.)*+")'
)
_LEAST: Final = 100
_DEEPEST: Final = 8
_NODES: Final = 50_000
_SCRIPTS: Final = 400
_STARTS: Final = 6


class Told(NamedTuple):
    """An article in a script's state; `sure` where its title is the page's."""

    body: str = ""
    headline: str = ""
    published: str = ""
    sure: bool = False


def state_scripts(root: Any) -> tuple[str, ...]:
    """The contents of the scripts that may hold a page's state.

    Args:
        root: the root of the page's tree.
    """
    return tuple(text for e in root.iter("script") if (text := _state_text(e)))


def _state_text(element: Any) -> str:
    kind = element.get("type") or ""
    if "ld+json" in kind or element.get("src"):
        return ""
    text = element.text or ""
    if len(text) < _LEAST or len(text) > MAX_LD:
        return ""
    return text if "json" in kind or _MARK.search(text, 0, 400) else ""


def read_state(scripts: Sequence[str], titles: Sequence[str]) -> Told:
    """The article in a page's script state.

    Args:
        scripts: the contents of the scripts.
        titles: the keys of the page's titles.

    Returns:
        The article whose title is the page's, else the one with the longest Arabic body; empty where there is none.
    """
    known = frozenset(titles)
    found = [told for value in _values(scripts) for told in _articles(value, known)]
    if not found:
        found = [told for script in scripts for told in _salvaged(script, known)]
    return max(found, key=lambda t: (t.sure, len(t.body)), default=Told())


def _values(scripts: Sequence[str]) -> Iterator[Any]:
    """The JSON values of the scripts: the whole of one, what one assigns, or what is pushed piece by piece."""
    for script in scripts[:_SCRIPTS]:
        starts = [0, *(m.end() for m in _ASSIGNED.finditer(script[:2000]))][:_STARTS]
        value = next((v for v in (_decoded(script, at) for at in starts) if v is not None), None)
        # JSON.parse is given a string that is JSON again.
        yield _decoded(value, 0) if isinstance(value, str) else value
    pushed = "".join(_string(m.group(1)) for s in scripts[:_SCRIPTS] for m in _PUSHED.finditer(s))
    for line in pushed.split("\n"):
        start = line.find(":") + 1
        if 0 < start < 12 and len(line) > _LEAST:
            yield _decoded(line, start)


def _decoded(text: str, at: int) -> Any:
    start = _SOLID.search(text, at)
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start.start())[0] if start else None
    except (ValueError, RecursionError):
        return None


def _string(quoted: str) -> str:
    value = _decoded(quoted, 0)
    return value if isinstance(value, str) else ""


def _articles(value: Any, titles: frozenset[str]) -> Iterator[Told]:
    """Every object that has a long Arabic body, without recursion."""
    waiting = [value]
    for _ in range(_NODES):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            fields = {_OTHER.sub("", str(name).lower()): field for name, field in item.items()}
            if told := _article(fields, titles):
                yield told
        if isinstance(item, (dict, list)):
            inner = item.values() if isinstance(item, dict) else item
            waiting += [v for v in inner if isinstance(v, (dict, list))][:1000]


def _article(fields: dict[str, Any], titles: frozenset[str]) -> Told | None:
    bodies = (_gathered(fields[name], 0) for name in _BODY_KEYS if name in fields)
    body = max((b for b in bodies if _is_body(b)), key=len, default="")
    if not body:
        return None
    headline = _first(fields, _TITLE_KEYS)
    return Told(body, headline, _first(fields, _DATE_KEYS), bool(headline) and key(headline) in titles)


def _first(fields: dict[str, Any], names: Sequence[str]) -> str:
    found = (_gathered(fields[name], 0) for name in names if name in fields)
    return next((f for f in found if 0 < len(f) <= 500), "")


def _is_body(text: str) -> bool:
    return len(text) >= _LEAST and len(_ARABIC.findall(text)) >= 0.3 * len(text) and " " in text


def _gathered(value: Any, depth: int) -> str:
    """The text of a field: a string, an object around one, or a list of paragraphs; not a list of other articles."""
    if isinstance(value, str) or depth > _DEEPEST:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        if any(isinstance(v, dict) and not v.keys().isdisjoint(("title", "headline", "slug")) for v in value):
            return ""
        pieces = (_gathered(v, depth + 1) for v in value[:2000])
        # Within a paragraph the pieces are runs of one line; in the list of paragraphs each is a line.
        return ("" if _is_inline(value) else "\n").join(p for p in pieces if p)
    if isinstance(value, dict):
        names = {str(name).lower(): field for name, field in value.items()}
        return next((t for n in _INNER_KEYS if n in names and (t := _gathered(names[n], depth + 1))), "")
    return ""


def _is_inline(value: Sequence[Any]) -> bool:
    """Whether a list holds runs of one paragraph: objects that are text nodes, marked as such."""
    kinds = {str(v.get("type") or v.get("nodeType") or "") for v in value if isinstance(v, dict)}
    return bool(kinds & {"text", "span"}) and kinds <= {"text", "span", "link", "hyperlink", "a"}


def _salvaged(script: str, titles: frozenset[str]) -> Iterator[Told]:
    """The bodies in a state that does not parse, found by their names; the title before a body is its own."""
    headline = ""
    for match in _FIELD.finditer(script):
        text = _string(match.group(2))
        if match.group(1) in _TITLE_KEYS:
            headline = text[:500]
        elif _is_body(text):
            yield Told(text, headline, sure=key(headline) in titles)
