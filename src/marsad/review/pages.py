"""A page with what persons decided of its mentions: what gold, training data and Label Studio's tasks are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from marsad.ledger.model import Mention
from marsad.model.record import Record, Span
from marsad.review.effect import effective
from marsad.review.model import Reviewed

_BODY: Final = ("lead", "paragraph", "caption")


class ReviewedPage(NamedTuple):
    """A page of the ledger.

    Attributes:
        id: its id in the ledger.
        record: what was read from it.
        mentions: all of its mentions as the machine read them, in order.
        reviewed: what the decisions on each of them come to, by its id; those that nobody touched may be missing.
    """

    id: str
    record: Record
    mentions: tuple[Mention, ...]
    reviewed: dict[str, Reviewed]

    def state(self, mention: Mention) -> Reviewed:
        """What the decisions on a mention come to."""
        return self.reviewed.get(mention.id) or Reviewed(subject=mention.id)

    def settled(self) -> Iterator[tuple[Mention, Reviewed]]:
        """The mentions that persons have settled, as the machine read them, with what was decided."""
        for mention in self.mentions:
            found = self.state(mention)
            if found.outcome is not None:
                yield mention, found

    def kept(self) -> Iterator[Mention]:
        """The settled mentions as persons have left them, without those that they rejected."""
        for mention, found in self.settled():
            left = effective(mention, found)
            if left is not None:
                yield left


class Line(NamedTuple):
    """A line of the page's own text: its number as gold files have it (`h` for the headline), and its span."""

    p: int | str
    span: Span


def own_lines(record: Record) -> list[Line]:
    """The headline and the paragraphs of a page, as they stand in it.

    Args:
        record: what was read from it.
    """
    title = next((b for b in record.page.blocks if b.kind == "headline"), None)
    spans = [span for b in record.page.blocks if b.kind in _BODY for span in _split(record.page.text, b.start, b.end)]
    head = [Line("h", (title.start, title.end))] if title else []
    return head + [Line(n, span) for n, span in enumerate(spans)]


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """A block's lines that hold something."""
    for line in text[start:end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def line_of(lines: Iterable[Line], span: Span) -> Line | None:
    """The line that a span stands in; None where it stands in none, or in several.

    Args:
        lines: the page's lines.
        span: the span.
    """
    return next((line for line in lines if line.span[0] <= span[0] and span[1] <= line.span[1]), None)
