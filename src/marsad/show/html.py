"""A reading as one self-contained right-to-left page, to send to a colleague.

Everything is in the file; nothing is fetched. The page works without its script (findings quote their words and link
to their paragraphs); the script paints the words by the CSS Custom Highlight API and leads from finding to words and
back. Text of the page is only ever inserted as text, and a content security policy admits this file's own style and
script by their digests and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final
from urllib.parse import unquote

from marsad.model.record import Record
from marsad.show.article import LAYERS, Paint, Paragraph, browser_span, layer_of, paints, paragraphs, whole_ligatures
from marsad.show.cards import Links, card, count, date, isolated, label, links_of, text
from marsad.show.findings import Finding, Section, holds_nothing, published, sections
from marsad.show.labels import labels
from marsad.show.marked import mark

_LEGEND: Final = (
    ("statement", "kind.statements", ("statement",)),
    ("event", "kind.events", tuple(name for name in LAYERS if name.startswith("event-"))),
    ("diplomacy", "kind.diplomacy", ("diplomacy",)),
    ("actor", "kind.actors", ("actor",)),
    ("place", "kind.places", ("place",)),
    ("time", "kind.times", ("time",)),
    ("repair", "kind.repairs", ("repair",)),
)


def render(records: Sequence[Record]) -> str:
    """The page of one or more readings.

    Args:
        records: the records, in the order in which they are to be shown.

    Returns:
        A whole HTML document. The same records give the same document.
    """
    style, script = _file("page.css"), _file("page.js")
    title = records[0].page.headline if len(records) == 1 else None
    bodies = [_record(number, record) for number, record in enumerate(records, 1)]
    island = _json({"labels": labels(), "layers": LAYERS, "records": [data for _, data in bodies]})
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title or labels()['app.name'].ar)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_top()}{_contents(records)}<main>\n{''.join(html for html, _ in bodies)}</main>\n{_HERE}"
        f'<script type="application/json" id="marsad-data">{island}</script>\n<script>{script}</script>\n'
        "</body>\n</html>\n"
    )


@cache
def _file(name: str) -> str:
    return (files("marsad.show") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    """A policy that admits exactly this style and this script; no image, font, frame, form or connection at all."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _json(value: object) -> str:
    """JSON that cannot end its script element nor break a line of script."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        dumped = dumped.replace(char, f"\\u{ord(char):04x}")
    return dumped


def _top() -> str:
    switch = labels()["lang.switch"]
    return (
        f'<header class="top"><p><strong>{label("app.name")}</strong> {label("app.tagline")}</p>'
        f'<button type="button" id="language" lang="en" hidden>{escape(switch.ar)}</button></header>\n'
        f'<p class="notice" id="unpainted" hidden>{label("paint.missing")}</p>\n'
    )


_HERE: Final = (
    '<div class="here" id="here" role="region" aria-live="polite" data-ka="here.title" hidden>'
    f'<span class="what">{label("here.title")}</span><ul></ul>'
    f'<button type="button" class="close">{label("here.close")}</button></div>\n'
)


def _contents(records: Sequence[Record]) -> str:
    """A table of contents, where there are several readings."""
    if len(records) < 2:
        return ""
    lines = "".join(
        f'<li><a href="#r{n}">{_headline(r)}</a> <span class="quiet">{_date(r)}'
        f"{count('count.events', len(r.events))} · {count('count.statements', len(r.statements))}</span></li>"
        for n, r in enumerate(records, 1)
    )
    head = f'<h2>{label("toc.title")} <span class="quiet">{count("count.pages", len(records))}</span></h2>'
    return f'<nav class="contents" id="contents">{head}<ol>{lines}</ol></nav>\n'


def _headline(record: Record) -> str:
    headline = (record.page.headline or "").strip()
    return isolated(headline, "name") if headline else label("page.untitled")


def _date(record: Record) -> str:
    day, _ = published(record)
    return f"{date(day)} · " if day else ""


def _record(number: int, record: Record) -> tuple[str, dict[str, object]]:
    """One reading's part of the page, and what its script has to know."""
    prefix, found = f"r{number}", sections(record)
    findings = [f for section in found for f in section.findings]
    page = paragraphs(record.page)
    painted = paints(page, findings)
    links = links_of(prefix, findings, painted)
    html = (
        f'<section class="record" id="{prefix}" aria-labelledby="{prefix}-title">\n'
        f'{_mast(prefix, record)}<div class="pair">\n'
        f'<div class="text">{_legend({p.layer for p in painted})}'
        f'<article lang="ar" dir="rtl" aria-labelledby="{prefix}-title">\n'
        f"{_article(prefix, page, painted)}</article></div>\n"
        f"{_aside(record, found, links)}</div>\n</section>\n"
    )
    quotes = [[n, *focus] for n, f in enumerate(findings) for focus in _focus(record, f)]
    return html, {"id": prefix, "paints": [list(p) for p in painted], "quotes": quotes}


def _focus(record: Record, finding: Finding) -> list[tuple[int, int, int]]:
    """Which characters of a card's own quotation carry the finding, and the layer that paints them."""
    quote, layer = finding.quote, layer_of(finding)
    if quote is None or layer < 0:
        return []
    shown = mark(record.words(quote))
    inside = [s for s in finding.focus if quote[0] <= s[0] and s[1] <= quote[1]]
    units = (browser_span(shown, s[0] - quote[0], s[1] - quote[0]) for s in inside)
    return [(*whole_ligatures(shown.text, u), layer) for u in units]


def _mast(prefix: str, record: Record) -> str:
    page, (day, basis) = record.page, published(record)
    known = f' <span class="quiet">{label(f"basis.{basis}")}</span>' if basis else ""
    when = f"{label('page.published')} {date(day)}{known}" if day else label("page.undated")
    evidence = "".join(f" <q>{isolated(record.words(span).strip(), 'name')}</q>" for span in page.published.evidence)
    outlet = isolated(page.publisher, "name") if page.publisher else label("page.no_publisher")
    parts = [f"{when}{evidence}", outlet, _link(page.url)]
    counts = f"{count('count.statements', len(record.statements))} · {count('count.events', len(record.events))}"
    meta = "".join(f"<li>{part}</li>" for part in (*parts, counts) if part)
    return (
        f'<header class="mast"><h1 id="{prefix}-title" lang="ar" dir="rtl">{_headline(record)}</h1>'
        f'<ul class="meta">{meta}</ul>{_about(record)}'
        f'<a class="skip" href="#{prefix}-findings">{label("findings.skip")}</a></header>\n'
    )


def _link(url: str | None) -> str:
    """The page's address: a link only where it is plainly one of the web, and shown as it is."""
    if not url:
        return ""
    if not url.startswith(("http://", "https://")) or mark(url).text != url:
        return isolated(url, "code")
    return f'<a href="{text(url)}" rel="noopener noreferrer nofollow">{isolated(_readable(url), "code")}</a>'


def _readable(url: str) -> str:
    """An address with its percent signs undone, as browsers show it."""
    try:
        return unquote(url, errors="strict")
    except UnicodeDecodeError:
        return url


def _about(record: Record) -> str:
    page = record.page
    known = (
        ("page.id", record.id), ("page.sha256", page.sha256), ("page.language", page.language),
        ("page.encoding", page.encoding), ("page.reader", f"{record.reader.version} {record.reader.pack}"),
    )  # fmt: skip
    rows = "".join(f"<dt>{label(key)}</dt><dd>{isolated(value, 'code')}</dd>" for key, value in known if value)
    return f'<details class="about"><summary>{label("page.about")}</summary><dl>{rows}</dl></details>'


def _legend(painted_layers: set[int]) -> str:
    names = {LAYERS[n] for n in painted_layers if n >= 0}
    buttons = "".join(
        f'<button type="button" class="paint p-{name}" data-layers="{" ".join(layers)}" aria-pressed="true">'
        f"{label(key)}</button>"
        for name, key, layers in _LEGEND
        if names & set(layers)
    )
    if not buttons:
        return ""
    statuses = "".join(
        f'<li class="u-{s}">{label(f"status.{s}")}</li>'
        for s in ("reported", "claimed", "denied", "future", "hypothetical")
        if f"event-{s}" in names
    )
    shown = f'<ul class="statuses">{statuses}</ul>' if statuses else ""
    return (
        f'<div class="legend" role="group" data-ka="legend.title">{buttons}{shown}'
        f'<p class="hint">{label("legend.hint")}</p></div>'
    )


def _article(prefix: str, page: Sequence[Paragraph], painted: Sequence[Paint]) -> str:
    """The paragraphs; those of the site, one after another, folded together."""
    notes: dict[int, set[int]] = {}
    for paint in painted:
        notes.setdefault(paint.paragraph, set()).add(paint.finding)
    parts: list[str] = []
    at = 0
    while at < len(page):
        stop = next((k for k in range(at, len(page)) if not page[k].site), len(page))
        if stop > at:
            inner = "".join(_paragraph(prefix, k, page[k], notes.get(k, set())) for k in range(at, stop))
            parts.append(f"<details><summary>{count('count.furniture', stop - at)}</summary>{inner}</details>\n")
            at = stop
        else:
            parts.append(_paragraph(prefix, at, page[at], notes.get(at, set())))
            at += 1
    return "".join(parts)


def _paragraph(prefix: str, index: int, paragraph: Paragraph, notes: set[int]) -> str:
    words = escape(paragraph.shown.text, quote=False)
    kind = (
        f'<span class="kind">{label(f"block.{paragraph.kind}")}</span>'
        if paragraph.kind in ("caption", "comment")
        else ""
    )
    note = ""
    if notes:
        first = f"#{prefix}-f{min(notes)}"
        note = f'<a class="note" href="{first}" data-p="{index}" data-ka="go.open"><bdi>{len(notes)}</bdi></a>'
    return (
        f'<div class="para b-{paragraph.kind}">{kind}<p id="{prefix}-b{index}" tabindex="-1">{words}</p>{note}</div>\n'
    )


def _aside(record: Record, found: Sequence[Section], links: Links) -> str:
    nothing = f'<p class="nothing">{label("findings.none")}</p>' if holds_nothing(record) else ""
    groups: list[str] = []
    number = 0
    for section in found:
        items = "".join(card(number + n, f, record, links) for n, f in enumerate(section.findings))
        number += len(section.findings)
        groups.append(
            f'<section class="group" data-kind="{section.kind}"><h3>{label(f"kind.{section.kind}")} '
            f'<bdi class="quiet">{len(section.findings)}</bdi></h3><ol>{items}</ol></section>\n'
        )
    return (
        f'<aside class="findings" id="{links.prefix}-findings" tabindex="-1" data-ka="findings.title">'
        f"{nothing}{_filters(found)}{''.join(groups)}</aside>\n"
    )


def _filters(found: Sequence[Section]) -> str:
    """Buttons that leave one kind of finding standing."""
    if len(found) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" data-kind="{s.kind}" aria-pressed="false">'
        f"{label(f'kind.{s.kind}')} <bdi>{len(s.findings)}</bdi></button>"
        for s in found
    )
    everything = f'<button type="button" data-kind="" aria-pressed="true">{label("filter.all")}</button>'
    return f'<div class="filters" role="group" data-ka="filter.title">{everything}{buttons}</div>\n'
