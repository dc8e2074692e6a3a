"""Findings as cards of the page: every text escaped, every name, number, code and day isolated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from marsad.model.record import Record
from marsad.show.article import Paint
from marsad.show.findings import Bit, Finding, Value
from marsad.show.labels import counted, labels
from marsad.show.labels import label as words_of
from marsad.show.marked import mark

_ORDER: Final = {"label": 0, "name": 1, "office": 2, "text": 3, "count": 4, "number": 4, "date": 4, "code": 5, "ref": 6}
_LATIN: Final = frozenset({"code", "number", "ref", "text"})
_SHORT: Final = frozenset({"actors", "places", "times", "repairs", "wording"})


class Links(NamedTuple):
    """Where things are on the page: the paragraph of each finding by its number, each card by its `kind/id`."""

    prefix: str
    words: Mapping[int, str]
    cards: Mapping[str, str]


def links_of(prefix: str, findings: Sequence[Finding], painted: Sequence[Paint]) -> Links:
    """Where one reading's cards and words are.

    Args:
        prefix: the reading's own prefix of ids.
        findings: its findings, in the order of their cards.
        painted: what they paint.
    """
    words: dict[int, str] = {}
    for paint in painted:
        words.setdefault(paint.finding, f"{prefix}-b{paint.paragraph}")
    cards = {f"{f.kind}/{f.id}": f"{prefix}-f{n}" for n, f in enumerate(findings) if f.id}
    return Links(prefix, words, cards)


def text(value: str) -> str:
    """Text of a page, marked and escaped, fit for an element's content or an attribute."""
    return escape(mark(value).text, quote=True)


def label(key: str) -> str:
    """An interface word that the script can switch to the other language."""
    return f'<span data-k="{text(key)}">{text(words_of(key, "ar"))}</span>'


def count(key: str, n: int) -> str:
    """A count in words that the script can switch to the other language."""
    return f'<span data-k="{escape(key, quote=True)}" data-n="{n}">{escape(counted(key, n))}</span>'


def isolated(value: str, kind: str) -> str:
    """Text of a page that cannot turn around what stands beside it; codes and numbers run from left to right."""
    direction = ' dir="ltr"' if kind in _LATIN else ""
    return f'<bdi class="{kind}"{direction}>{text(value)}</bdi>'


def date(days: str) -> str:
    """A day or a stretch of days, in digits."""
    return "–".join(f'<bdi class="date" dir="ltr">{text(day)}</bdi>' for day in days.split("/"))


def card(number: int, finding: Finding, record: Record, links: Links) -> str:
    """One finding's card.

    Args:
        number: its number on the page.
        finding: the finding.
        record: the record that it is of.
        links: where the cards and the words of this reading are on the page.
    """
    status = f" s-{finding.status}" if finding.status else ""
    short = " short" if finding.kind in _SHORT else ""
    own_id = f"{links.prefix}-f{number}"
    return (
        f'<li class="card k-{finding.kind}{status}{short}" id="{own_id}" data-f="{number}" tabindex="-1">'
        f"{_head(number, finding, links)}{_fields(finding, links)}{_quote(record, finding)}</li>\n"
    )


def _head(number: int, finding: Finding, links: Links) -> str:
    own = f'<bdi class="id" dir="ltr">{text(finding.id)}</bdi> ' if finding.id else ""
    title = own + _title(finding.head) or label("go.words")
    status = (
        f' <span class="status u-{finding.status}">{label(f"status.{finding.status}")}</span>' if finding.status else ""
    )
    target = links.words.get(number)
    return f'<h4><a class="go" href="#{target}">{title}</a>{status}</h4>' if target else f"<h4>{title}{status}</h4>"


def _title(head: Value) -> str:
    """A card's title: names before what kind of thing they are; labels alone are set apart by a dot."""
    labels = " · ".join(_plain(bit) for bit in head if bit.sort == "label")
    others = " ".join(_plain(bit) for bit in _ordered(head) if bit.sort != "label")
    named = any(bit.sort == "name" for bit in head)
    return f'{others} <span class="quiet">{labels}</span>' if named and labels else f"{labels} {others}".strip()


def _fields(finding: Finding, links: Links) -> str:
    rows = []
    for field in finding.fields:
        values = "".join(f"<dd>{_value(value, links)}</dd>" for value in field.values)
        rows.append(f'<div class="{field.key.replace("field.", "d-")}"><dt>{label(field.key)}</dt>{values}</div>')
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _quote(record: Record, finding: Finding) -> str:
    if finding.quote is None:
        return ""
    words = escape(mark(record.words(finding.quote)).text, quote=False)
    return f'<blockquote lang="ar" dir="rtl">{words}</blockquote>' if words.strip() else ""


def _ordered(value: Value) -> list[Bit]:
    return sorted(value, key=lambda bit: _ORDER[bit.sort])


def _value(value: Value, links: Links) -> str:
    return " ".join(_linked(bit, links) for bit in _ordered(value))


def _linked(bit: Bit, links: Links) -> str:
    target = links.cards.get(bit.ref)
    return f'<a class="ref" href="#{target}">{_plain(bit)}</a>' if target else _plain(bit)


def _plain(bit: Bit) -> str:
    if bit.sort == "label":
        return label(bit.text)
    if bit.sort == "count":
        return count(bit.text, bit.n)
    if bit.sort == "code":
        return _code(bit.text)
    return date(bit.text) if bit.sort == "date" else isolated(bit.text, bit.sort)


def _code(code: str) -> str:
    """A code; one that ends with a sector says on hovering what that is."""
    key = f"sector.{code.rpartition(' ')[2]}"
    if key not in labels():
        return isolated(code, "code")
    return f'<bdi class="code" dir="ltr" data-kt="{key}" title="{text(words_of(key, "ar"))}">{text(code)}</bdi>'
