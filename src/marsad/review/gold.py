"""Decisions as gold for `marsad score`, and as training data without the texts.

Gold is what a careful person wrote down of a whole page. So only a page of which everything that it tells as news is
settled becomes a gold article; of other pages the settled mentions alone go into the training data. A mention that the
machine has not read cannot be decided upon: recall counted on such gold is flattered, and the documentation says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from marsad.ledger.model import Mention, Party
from marsad.review.model import Reviewed
from marsad.review.pages import Line, ReviewedPage, line_of, own_lines
from marsad.review.values import values_of


def gold_lines(pages: Iterable[ReviewedPage]) -> Iterator[bytes]:
    """The pages that are settled whole, as gold articles, JSON lines.

    Args:
        pages: the pages.
    """
    for page in pages:
        told = article(page)
        if told is not None:
            yield msgspec.json.encode(told) + b"\n"


def article(page: ReviewedPage) -> dict[str, Any] | None:
    """A page as a gold article; None where not all that it tells as news is settled, or stands outside its own text.

    Args:
        page: the page.
    """
    lines = own_lines(page.record)
    kept = list(page.kept())
    places = [line_of(lines, m.trigger) for m in kept]
    events = [_event(page, m, line) for m, line in zip(kept, places, strict=True) if line is not None]
    if not _is_whole(page) or len(events) < len(kept):
        return None
    text = page.record.page.text
    told = {
        "id": page.id,
        "published": page.record.page.published.first,
        "headline": next((text[line.span[0] : line.span[1]] for line in lines if line.p == "h"), None),
    }
    paragraphs = [text[line.span[0] : line.span[1]] for line in lines if line.p != "h"]
    named = {name: value for name, value in told.items() if value is not None}
    return {**named, "paragraphs": paragraphs, "gold": {"events": events}}


def _is_whole(page: ReviewedPage) -> bool:
    news = [m for m in page.mentions if m.foreground]
    return bool(news) and all(page.state(m).state == "settled" for m in news)


def _event(page: ReviewedPage, mention: Mention, line: Line) -> dict[str, Any]:
    first, last = mention.first or mention.last, mention.last or mention.first
    told: dict[str, Any] = {
        "p": line.p,
        "trigger": page.record.words(mention.trigger),
        "type": mention.type,
        "mode": mention.mode,
        "actors": [_entity(p) for p in mention.actors],
        "recipients": [_entity(p) for p in mention.recipients],
        "status": mention.status,
        "claimed_by": [_entity(p) for p in mention.claimed_by],
        "date": first if first == last else f"{first}/{last}",
    }
    harm = {t.kind: [t.low, t.high] for t in reversed(mention.tolls) if t.kind in ("killed", "injured")}
    return {name: value for name, value in told.items() if value is not None} | harm


def _entity(party: Party) -> dict[str, Any]:
    told = {"text": party.name, "code": party.code, "sector": party.sector}
    return {name: value for name, value in told.items() if value is not None}


def training_lines(pages: Iterable[ReviewedPage]) -> Iterator[bytes]:
    """The settled mentions as labels on offsets, without any text, one page a line, JSON lines.

    Args:
        pages: the pages.
    """
    for page in pages:
        labels = [_label(mention, found) for mention, found in page.settled()]
        if labels:
            told = {
                "page": page.id,
                "sha256": page.record.page.sha256,
                "whole": _is_whole(page),
                "labels": labels,
            }
            yield msgspec.json.encode(told) + b"\n"


def _label(mention: Mention, found: Reviewed) -> dict[str, Any]:
    outcome = found.outcome
    assert outcome is not None
    read = values_of(mention)
    return {
        "mention": mention.id,
        "trigger": mention.trigger,
        "evidence": mention.evidence,
        "rule": mention.rule,
        "verdict": outcome.verdict,
        "coders": len(found.decided),
        "read": {name: _bare(value) for name, value in read.items()},
        "changed": {name: _bare(value) for name, value in outcome.values.items() if value != read.get(name)},
    }


def _bare(value: Any) -> Any:
    """A value without the words of the page: parties and places by their codes."""
    if isinstance(value, list):
        return [_bare(v) for v in value]
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in ("name", "name_en") and v is not None}
    return value
