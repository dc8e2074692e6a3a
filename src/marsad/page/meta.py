"""What a page says of itself outside its text: title, publisher, address, day of publication."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from marsad.page.jsonld import Linked, read_linked
from marsad.page.lines import key
from marsad.page.outlet import Named, told_names
from marsad.page.script_state import state_scripts

_DATE_NAMES: Final = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "publishdate",
    "pubdate",
    "publish_date",
    "publish-date",
    "published_time",
    "article:published",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dcterms.issued",
    "cxenseparse:recs:publishtime",
    "article.published",
    "date_published",
    "date",
    "article_date_original",
    "datecreated",
    "article:create_time",
    "bt:pubdate",
    "ptime",
]
_TITLE_NAMES: Final = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_SITE_NAMES: Final = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
_SEPARATOR: Final = re.compile(r"\s+[|\-–—:»«•·]+\s+|\s*[|»]\s*")
_SUFFIX: Final = re.compile(r"^(.{12,}?)\s+[|\-–—»«•·]+\s+(?:.{1,60})$", re.S)


class Facts(NamedTuple):
    """What the page's head says: `titles` from the surest to the least sure, `dates` likewise, as written.

    `names` may be the outlet's where `publisher` is None; `state` are the scripts that may hold the article.
    """

    titles: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    body: str = ""
    names: tuple[Named, ...] = ()
    state: tuple[str, ...] = ()


def read_facts(root: Any) -> Facts:
    """What a page says of itself in JSON-LD, meta elements and its title.

    Args:
        root: the root of the page's tree.

    Returns:
        Facts as written; empty where the page says nothing.
    """
    linked = read_linked([e.text for e in root.iter("script") if "ld+json" in (e.get("type") or "") and e.text])
    meta = _meta(root)
    title = root.findtext(".//title") or ""
    named = [linked.headline, *(meta.get(n, "") for n in _TITLE_NAMES), title]
    dates = [linked.published, *(meta.get(n, "") for n in _DATE_NAMES)]
    publisher = _publisher(linked, meta)
    return Facts(
        titles=tuple(dict.fromkeys(t for t in map(_squeeze, named) if t)),
        dates=tuple(d.strip()[:100] for d in dates if d.strip()),
        publisher=publisher,
        url=_address(root, meta, linked),
        body=linked.body,
        names=() if publisher else told_names(root, meta),
        state=() if linked.body else state_scripts(root),
    )


def headline_keys(facts: Facts) -> list[str]:
    """The keys of the page's titles, whole and without the site's name, the surest first."""
    found = []
    for title in facts.titles:
        found += [key(title), *(key(cut) for cut in cuts(title))]
    return list(dict.fromkeys(k for k in found if len(k) >= 8))


def cuts(title: str) -> list[str]:
    """A title with what may be the site's name cut off, behind it or before it, the longest rest first."""
    places = list(_SEPARATOR.finditer(title[:500]))
    rests = [title[: m.start()].strip() for m in places] + [title[m.end() :].strip() for m in places]
    return sorted((r for r in rests if len(r) >= 12), key=len, reverse=True)


def best_title(facts: Facts) -> str | None:
    """The page's headline by its metadata alone, the site's name cut off."""
    if not facts.titles:
        return None
    first = facts.titles[0]
    match = _SUFFIX.match(first)
    return match.group(1).strip() if match else first


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        name = element.get("property") or element.get("name") or element.get("itemprop")
        for label in (name, element.get("itemprop")):
            if label and content:
                found.setdefault(label.lower(), content[:1000])
    return found


def _publisher(linked: Linked, meta: dict[str, str]) -> str | None:
    names = [linked.publisher, *(meta.get(n, "") for n in _SITE_NAMES)]
    return next((n for n in map(_squeeze, names) if n), None)


def _address(root: Any, meta: dict[str, str], linked: Linked) -> str | None:
    link = next((e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None)
    found = next((u.strip() for u in (link, meta.get("og:url"), linked.url) if u and u.strip()), None)
    return found if found and found.lower().startswith(("http://", "https://")) else None


def _squeeze(text: str) -> str:
    return " ".join(text[:1000].split())
