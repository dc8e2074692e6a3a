"""A page's text laid out for the screen: its paragraphs, and which of their characters each finding paints.

Offsets leave Python as the browser counts them, in UTF-16 code units of the text that is shown.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from marsad.model.record import Page, Span
from marsad.show.findings import Finding
from marsad.show.marked import Marked, mark

LAYERS: Final = (
    "statement", "diplomacy", "actor", "place", "time", "repair", "event-reported", "event-claimed", "event-denied",
    "event-future", "event-hypothetical",
)  # fmt: skip
_LAYER_OF: Final = {
    "statements": "statement", "proposals": "diplomacy", "truces": "diplomacy", "alignments": "diplomacy",
    "actors": "actor", "places": "place", "times": "time", "repairs": "repair",
    "wording": "repair",
}  # fmt: skip

_LAM: Final = "\u0644"
_ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627\u0671")


class Paragraph(NamedTuple):
    """A paragraph of the page: its block's kind, its span in the page's text, its text as it is shown."""

    kind: str
    start: int
    end: int
    shown: Marked

    @property
    def site(self) -> bool:
        """Whether it belongs to the site and not to the article."""
        return self.kind in ("furniture", "duplicate")


class Paint(NamedTuple):
    """Characters `[start, end)` of a paragraph, the layer that paints them (or none), the finding they lead to."""

    paragraph: int
    start: int
    end: int
    layer: int
    finding: int


def paragraphs(page: Page) -> tuple[Paragraph, ...]:
    """A page's paragraphs in reading order; text outside every block is shown too, so that nothing is lost.

    Args:
        page: the page.
    """
    found: list[Paragraph] = []
    at = 0
    for block in sorted(page.blocks, key=lambda b: b.start):
        start, end = max(at, block.start), min(len(page.text), block.end)
        if end <= start:
            continue
        found += _loose(page.text, at, start)
        found.append(Paragraph(block.kind, start, end, mark(page.text[start:end])))
        at = end
    return (*found, *_loose(page.text, at, len(page.text)))


def _loose(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The lines of a stretch of text that belongs to no block."""
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Paragraph("paragraph", at, at + len(line), mark(line))
        at += len(line) + 1


def layer_of(finding: Finding) -> int:
    """The layer that paints a finding's words, as an index of `LAYERS`; -1 where they are not painted."""
    name = f"event-{finding.status}" if finding.kind == "events" else _LAYER_OF.get(finding.kind, "")
    return LAYERS.index(name) if name in LAYERS else -1


def paints(page: Sequence[Paragraph], findings: Sequence[Finding]) -> tuple[Paint, ...]:
    """What each finding paints, paragraph by paragraph.

    Args:
        page: the page's paragraphs.
        findings: its findings, in the order of their cards.
    """
    return tuple(
        paint
        for number, finding in enumerate(findings)
        for span in dict.fromkeys(finding.spans)
        for paint in _split(page, span, layer_of(finding), number)
    )


def _split(page: Sequence[Paragraph], span: Span, layer: int, number: int) -> Iterator[Paint]:
    """A span as the pieces of it that lie in each paragraph."""
    first = max(0, bisect.bisect_right(page, span[0], key=lambda p: p.start) - 1)
    for index in range(first, len(page)):
        paragraph = page[index]
        if paragraph.start >= span[1]:
            return
        start, end = max(span[0], paragraph.start), min(span[1], paragraph.end)
        if start < end:
            units = browser_span(paragraph.shown, start - paragraph.start, end - paragraph.start)
            units = whole_ligatures(paragraph.shown.text, units)
            yield Paint(index, *units, layer, number)


def whole_ligatures(text: str, units: Span) -> Span:
    """A span to paint, widened so that it cuts no lam-alef: half of that ligature in another colour cannot be read.

    Args:
        text: the text as it is shown.
        units: the span, in UTF-16 code units.
    """
    if any(c > "\uffff" for c in text):
        return units
    start, end = units
    start -= 0 < start < len(text) and text[start - 1] == _LAM and text[start] in _ALEFS
    end += 0 < end < len(text) and text[end - 1] == _LAM and text[end] in _ALEFS
    return start, end


def browser_span(shown: Marked, start: int, end: int) -> Span:
    """A span of a text, in UTF-16 code units of the text as it is shown."""
    first, last = shown.at(start), shown.at(end)
    return _units(shown.text[:first]), _units(shown.text[:last])


def _units(text: str) -> int:
    return len(text) + sum(1 for c in text if c > "\uffff")
