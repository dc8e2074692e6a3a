"""What a page says of itself in JSON-LD: headline, day, publisher, body. Broken JSON is read as far as it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from marsad.page.limits import MAX_LD

_ARTICLE: Final = re.compile(r"Article|NewsItem|Posting|Report|CreativeWork|LiveBlog")
_INWARD: Final = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
_FIELD: Final = r'"%s"\s*:\s*"((?:[^"\\]|\\.)*+)"'
_TRAILING: Final = re.compile(r",\s*(?=[}\]])")
_WRAPPING: Final = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?://\]\]>|\]\]>|-->)\s*$")


class Linked(NamedTuple):
    """The fields of a page's article object; empty where absent."""

    headline: str = ""
    published: str = ""
    publisher: str = ""
    body: str = ""
    url: str = ""


def read_linked(scripts: list[str]) -> Linked:
    """The article that the JSON-LD scripts of a page describe.

    Args:
        scripts: the contents of the page's `application/ld+json` scripts.

    Returns:
        The fields of the first article object, filled up from the others; all empty where there is none.
    """
    found = Linked()
    for script in scripts:
        if len(script) <= MAX_LD:
            found = _fill(found, _from_script(_WRAPPING.sub("", script)))
    return found


def _from_script(script: str) -> Linked:
    found = Linked()
    data = _load(script)
    if data is None:
        return _salvage(script)
    for item in _objects(data):
        if _ARTICLE.search(str(item.get("@type", ""))):
            found = _fill(found, _article(item))
    return found


def _load(script: str) -> Any:
    for text in (script, _TRAILING.sub("", script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, outermost first, without recursion."""
    waiting = [data]
    seen = 0
    while waiting and seen < 5000:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(v for k, v in value.items() if k in _INWARD)
        elif isinstance(value, list):
            waiting.extend(value[:500])


def _article(item: dict[str, Any]) -> Linked:
    return Linked(
        headline=_text(item.get("headline") or item.get("name")),
        published=_text(item.get("datePublished") or item.get("dateCreated")),
        publisher=_text(item.get("publisher")),
        body=_text(item.get("articleBody") or item.get("text")),
        url=_text(item.get("url")),
    )


def _text(value: Any) -> str:
    """The text of a field: a string, a named object, or the first of a list of such."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return value if isinstance(value, str) else ""


def _salvage(script: str) -> Linked:
    """The fields of JSON that does not parse, found by their names."""
    fields = {n: _named(script, n) for n in ("headline", "datePublished", "articleBody")}
    return Linked(headline=fields["headline"], published=fields["datePublished"], body=fields["articleBody"])


def _named(script: str, name: str) -> str:
    match = re.search(_FIELD % name, script)
    if not match:
        return ""
    try:
        return str(json.loads(f'"{match.group(1)}"', strict=False))
    except ValueError:
        return match.group(1)


def _fill(first: Linked, second: Linked) -> Linked:
    return Linked(*(a or b for a, b in zip(first, second, strict=True)))
