"""The outlet of a page that does not name it in its metadata: title, logo, masthead and footer, weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from marsad.page.lines import COMMENTS, Line, key, word_count
from marsad.page.phrases import cue, forms, has, literal, normal
from marsad.text.calendar import find_dates
from marsad.text.fold import fold

_RIGHTS_NAMES: Final = ("copyright", "dc.rights", "dcterms.rights", "dcterms.rightsholder", "rights")
_PIECES: Final = re.compile(r"\s+[|\-–—:»«•·]+\s+|\s*[|»]\s*")
_YEARS: Final = re.compile(r"(?<!\d)(?:19|20|١٩|٢٠)\d\d(?:\s*[-–—/]\s*(?:19|20|١٩|٢٠)\d\d)?(?!\d)")
_BREAKS: Final = r"©|\([cC]\)|[|•·،,:؛]|\.(?=\s|$)|\s[-–—]\s"
_FOR: Final = re.compile(r"^ل(?:ـ+\s*|\s+|(?=\w{3}))")
_EDGES: Final = " \t.،,:؛|-–—©®™«»\"'()[]•·*\xa0\u200f\u200e"
_ADDRESS: Final = re.compile(r"://|www\.|@|/")
_LOGO: Final = re.compile(r"logo|brand", re.I)
_IMAGES: Final = 60
_MOST_WORDS: Final = 7
_ENOUGH: Final = 2
_TOP: Final = 12
_END: Final = 40


class Named(NamedTuple):
    """A name that may be the outlet's, and how much its place says for it."""

    name: str
    weight: int


def told_names(root: Any, meta: Mapping[str, str]) -> tuple[Named, ...]:
    """The outlet's names that a page's head and logo tell.

    Args:
        root: the root of the page's tree.
        meta: the contents of its meta elements by their names in lower case.
    """
    rights = [Named(rights_holder(meta[name]), 3) for name in _RIGHTS_NAMES if name in meta]
    feeds = [e.get("title") or "" for e in root.iter("link") if "rss" in (e.get("type") or "")][:1]
    feed = [Named(_clean(_PIECES.split(title)[0]), 1) for title in feeds]
    return tuple(n for n in (*rights, *feed, *_logo(root)) if n.name)


def outlet_name(told: Sequence[Named], titles: Sequence[str], lines: Sequence[Line], headline: int) -> str | None:
    """The outlet of a page whose metadata do not name it.

    Args:
        told: the names in its head and logo.
        titles: the page's titles, as its head gives them.
        lines: its lines in reading order.
        headline: the index of the headline's line, -1 where there is none.

    Returns:
        The name for which title, masthead, logo and footer speak best, None where one weak sign is all.
    """
    title = key(lines[headline].text) if headline >= 0 else ""
    named = [*told, *_in_titles(titles, title), *_masthead(lines, headline), *_footer(lines)]
    total: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for name, weight in named:
        folded = key(fold(name))
        if folded and folded != key(fold(title)):
            total[folded] = total.get(folded, 0) + weight
            spelled.setdefault(folded, name)
    best = max(total, key=lambda k: total[k], default="")
    return spelled[best] if best and total[best] >= _ENOUGH else None


def rights_holder(text: str) -> str:
    """Who holds the rights by a footer's line («جميع الحقوق محفوظة © …»), empty where nobody is named.

    Args:
        text: the line, or the content of a copyright element.
    """
    text = _credit().sub("|", _YEARS.sub(" ", text[:300]))
    after_words = False
    for piece in _rights().split(text):
        if piece is None:
            continue
        if literal("rights").fullmatch(piece.strip()):
            after_words = True
            continue
        name = _clean(_owner(piece.strip(_EDGES)) if after_words else piece)
        if name:
            return name
        after_words = after_words and not piece.strip()
    return ""


def _owner(piece: str) -> str:
    """The name without the «ل» of «محفوظة لوكالة …»; «للأنباء» is «الأنباء»."""
    if piece.startswith("لل"):
        return "ا" + piece[1:]
    return _FOR.sub("", piece)


@cache
def _rights() -> re.Pattern[str]:
    return re.compile(rf"({literal('rights').pattern})|{_BREAKS}", re.I)


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{literal('credit').pattern})[^|•·©]*", re.I)


def _clean(text: str) -> str:
    """A name without signs, empty where it can be none: too long, an address, a date, furniture."""
    name = " ".join(text[:200].split()).strip(_EDGES)
    if sum(ch.isalpha() for ch in name) < 2 or word_count(name) > _MOST_WORDS or _ADDRESS.search(name):
        return ""
    return "" if cue(name) or (any(ch.isdigit() for ch in name) and find_dates(name)) else name


def _logo(root: Any) -> Iterator[Named]:
    """The alternative text of the first image that is called a logo."""
    for number, image in enumerate(root.iter("img")):
        alt = image.get("alt") or image.get("title") or ""
        names = f"{image.get('class') or ''} {image.get('id') or ''} {(image.get('src') or '')[-200:]} {alt}"
        if number >= _IMAGES:
            return
        if _LOGO.search(names) or not forms("logo").isdisjoint(fold(alt).split()):
            name = _clean(" ".join(w for w in alt.split() if fold(w).lower() not in forms("logo")))
            yield Named(name, _ENOUGH if not name.isascii() else 1)
            return


def _in_titles(titles: Sequence[str], headline: str) -> Iterator[Named]:
    """What stands behind or before the headline in the page's titles."""
    for title in titles:
        pieces = [p for p in _PIECES.split(title[:500]) if p.strip()]
        if len(pieces) < 2:
            continue
        for outer, rest in ((pieces[-1], "".join(pieces[:-1])), (pieces[0], "".join(pieces[1:]))):
            sure = bool(headline) and key(rest).startswith(headline[:60]) and word_count(outer.strip()) <= 5
            yield Named(_clean(outer), _ENOUGH if sure else 1)


def _masthead(lines: Sequence[Line], headline: int) -> Iterator[Named]:
    """A line above the headline in an element of the outlet's mark, or the page's first line if it names a medium."""
    top = lines[: min(_TOP, headline if headline >= 0 else _TOP)]
    for number, line in enumerate(top):
        name = "" if line.region & COMMENTS else _clean(line.text)
        if name and has("brand", normal(line.hint)):
            yield Named(name, _ENOUGH)
        elif name and number == 0:
            yield Named(name, 1 if forms("outlet").isdisjoint(fold(name).split()[:2]) else _ENOUGH)


def _footer(lines: Sequence[Line]) -> Iterator[Named]:
    for line in lines[-_END:]:
        if len(line.text) <= 300 and ("©" in line.text or literal("rights").search(line.text)):
            yield Named(rights_holder(line.text), _ENOUGH)
