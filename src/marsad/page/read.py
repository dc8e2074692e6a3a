"""Bytes into a page: decoded, laid out as text, every line with its role, its day of publication and its repairs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from marsad.model.errors import EmptyPage, NotArabic, PageTooLarge
from marsad.model.record import Block, BlockKind, Page, Repair, Span
from marsad.page import limits
from marsad.page.body import Body, body_lines, own_body
from marsad.page.comments import read_comments
from marsad.page.dates import published_day
from marsad.page.flat import closed, flat_lines
from marsad.page.label import html_headline, is_menu, label_lines, text_headline
from marsad.page.lines import Line, TimeMark, is_prose, key
from marsad.page.linked_body import with_linked_body
from marsad.page.meta import Facts, best_title, headline_keys, read_facts
from marsad.page.outlet import outlet_name
from marsad.page.plain import plain_lines
from marsad.page.repairs import find_repairs
from marsad.page.script_state import read_state
from marsad.page.sniff import declared_charset, is_markup, refuse_garbage, refuse_other_files
from marsad.page.tree import parse, walk
from marsad.text.decode import Decoded, decode, undo_mojibake

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LITTLE: Final = 300
_BODY: Final = frozenset(("headline", "lead", "paragraph"))
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u05ff\u0900-\u1fff\u3040-\ud7ff]+")


class _Draft(NamedTuple):
    """A page whose lines are laid out and labelled."""

    text: str
    lines: Sequence[Line]
    kinds: list[BlockKind]
    headline: int = -1
    title: str | None = None
    facts: Facts = Facts()
    times: Sequence[TimeMark] = ()


def read_page(
    data: bytes | str,
    *,
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    headline: str | None = None,
    captured: date | None = None,
) -> Page:
    """Read a page, HTML or text, into its words and what is known of it.

    Args:
        data: the page's bytes in any encoding, or its text; HTML is recognised by its tags.
        url: the page's address.
        publisher: the outlet, where the caller knows it.
        published: the day of publication (ISO), where the caller knows it.
        headline: the headline that belongs to a plain text; it becomes the page's first line.
        captured: the day on which the page was saved, from which the ages of comments are counted back.

    Returns:
        The page: `text` verbatim with furniture and comments, `blocks` with their roles, spans in code points.

    Raises:
        EmptyPage, NotText, PageTooLarge, NotArabic: the page cannot be read. BadDay: `published` is no day.
    """
    decoded = _decoded(data)
    source = _SURROGATE.sub("\ufffd", decoded.text)
    _refuse(source)
    draft = _draft(source, headline)
    _refuse_foreign(draft)
    thread = read_comments([n for n, k in zip(draft.lines, draft.kinds, strict=True) if k == "comment"], captured)
    address = url or draft.facts.url
    day = published_day(published, draft.facts.dates, draft.lines, draft.times, draft.headline, address)
    return Page(
        url=address,
        publisher=publisher or draft.facts.publisher,
        headline=_headline(draft),
        language="ar",
        encoding=decoded.encoding if isinstance(data, bytes) else None,
        sha256=_digest(data),
        published=day,
        text=draft.text,
        blocks=_blocks(draft, thread.spans),
        comments=thread.comments,
        repairs=_repairs(draft, decoded.repaired),
    )


def _decoded(data: bytes | str) -> Decoded:
    if len(data) > limits.MAX_PAGE:
        raise PageTooLarge(f"The page has more than {limits.MAX_PAGE:,} bytes.")
    if isinstance(data, str):
        refuse_other_files(data[:1024].encode("utf-8", "replace"))
        mended = undo_mojibake(data.removeprefix("\ufeff"))
        return Decoded(mended, "utf-8", mended != data.removeprefix("\ufeff"))
    if not data.strip(b" \t\r\n\x00"):
        raise EmptyPage("The page holds no bytes." if not data else "The page holds nothing but white space.")
    refuse_other_files(data)
    return decode(data, declared_charset(data))


def _refuse(source: str) -> None:
    if not source or source.isspace():
        raise EmptyPage("The page holds nothing but white space.")
    refuse_garbage(source)


def _draft(source: str, headline: str | None) -> _Draft:
    if is_markup(source):
        return _html_draft(source, headline)
    return _text_draft(source, headline)


def _text_draft(text: str, headline: str | None) -> _Draft:
    given = " ".join(_SURROGATE.sub("\ufffd", headline).split()) if headline else ""
    if given:
        text = f"{headline}\n{text}" if headline else text
    lines, gaps = plain_lines(text)
    first = 0 if given else text_headline(lines, gaps)
    found = [bool(given) or not is_menu(lines)] * len(lines)
    # A single line is what the caller wants read, whatever it looks like.
    single: list[BlockKind] = ["paragraph"] * len(lines)
    kinds = label_lines(lines, found, first) if len(lines) > 1 else single
    return _Draft(text, lines, kinds, first)


def _html_draft(source: str, headline: str | None) -> _Draft:
    root = parse(source)
    tree = walk(root) if root is not None else None
    if tree is None:
        lines = flat_lines(source)
        return _laid_out(Body(lines, own_body(lines)), Facts(titles=(headline,) if headline else ()), ())
    facts = read_facts(root)
    if headline:
        facts = facts._replace(titles=(" ".join(headline.split()), *facts.titles))
    if not tree.lines and not facts.body and not facts.state:
        lines = flat_lines(closed(source))
        return _laid_out(Body(lines, own_body(lines)), facts, ())
    return _laid_out(body_lines(tree), facts, tree.times)


def _laid_out(body: Body, facts: Facts, times: Sequence[TimeMark]) -> _Draft:
    titles = headline_keys(facts)
    headline = html_headline(body.lines, body.found, titles)
    facts = _with_state(facts, body, titles)
    body = with_linked_body(body, facts.body, headline)
    if facts.publisher is None:
        facts = facts._replace(publisher=outlet_name(facts.names, facts.titles, body.lines, headline))
    lines = _placed(body.lines)
    kinds = label_lines(lines, body.found, headline)
    text = "\n".join(line.text for line in lines)
    return _Draft(text, lines, kinds, headline, best_title(facts), facts, times)


def _with_state(facts: Facts, body: Body, titles: Sequence[str]) -> Facts:
    """The facts with the article in the state of the page's scripts, where the page shows hardly any prose."""
    shown = sum(len(n.text) for n, b in zip(body.lines, body.found, strict=True) if b and is_prose(n))
    if facts.body or not facts.state or shown > _LITTLE:
        return facts
    told = read_state(facts.state, titles)
    if not told.body or (shown and not told.sure):
        return facts
    dates = (*facts.dates, told.published) if told.published else facts.dates
    more = (told.headline,) if told.headline else ()
    return facts._replace(body=told.body, titles=(*facts.titles, *more), dates=dates)


def _placed(lines: Sequence[Line]) -> list[Line]:
    placed = []
    at = 0
    for line in lines:
        placed.append(line._replace(start=at))
        at += len(line.text) + 1
    return placed


def _headline(draft: _Draft) -> str | None:
    return draft.lines[draft.headline].text if draft.headline >= 0 else draft.title


def _refuse_foreign(draft: _Draft) -> None:
    """A page whose body is in another language, whatever its menu is in."""
    if not draft.lines:
        raise EmptyPage("The page shows no text.")
    words = [n.text for n, k in zip(draft.lines, draft.kinds, strict=True) if k in ("lead", "paragraph")]
    sample = " ".join(words or [n.text for n in draft.lines])[:20_000]
    arabic, other = (sum(map(len, pattern.findall(sample))) for pattern in (_ARABIC, _LATIN))
    if arabic < limits.ARABIC_LETTERS or arabic < limits.ARABIC_SHARE * (arabic + other):
        raise NotArabic("The page's text is not in Arabic.")


def _digest(data: bytes | str) -> str:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def _blocks(draft: _Draft, threads: Sequence[Span]) -> tuple[Block, ...]:
    """One block a line; the lines of one comment that follow each other are one."""
    found: list[Block] = []
    owner = -1
    thread = 0
    for line, kind in zip(draft.lines, draft.kinds, strict=True):
        while thread < len(threads) and threads[thread][1] <= line.start:
            thread += 1
        mine = thread if thread < len(threads) and threads[thread][0] <= line.start else -1
        if kind == "comment" and mine < 0:
            kind = "furniture"
        if kind == "comment" and found and found[-1].kind == "comment" and mine == owner and mine >= 0:
            found[-1] = Block(kind=kind, start=found[-1].start, end=line.end)
        else:
            found.append(Block(kind=kind, start=line.start, end=line.end))
        owner = mine if kind == "comment" else -1
    return tuple(found)


def _repairs(draft: _Draft, repaired: bool) -> tuple[Repair, ...]:
    spans = [(n.start, n.end) for n, k in zip(draft.lines, draft.kinds, strict=True) if k in _BODY]
    found = find_repairs(draft.text, spans)
    found += _repeated_headlines(draft)
    if repaired and draft.lines:
        found.append(Repair(kind="mojibake", start=draft.lines[0].start, end=draft.lines[-1].end))
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _repeated_headlines(draft: _Draft) -> list[Repair]:
    if draft.headline < 0:
        return []
    title = key(draft.lines[draft.headline].text)
    return [
        Repair(kind="repeated_headline", start=n.start, end=n.end)
        for n, k in zip(draft.lines, draft.kinds, strict=True)
        if k == "duplicate" and key(n.text) == title
    ]
