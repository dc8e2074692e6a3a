"""One door to what goes out with persons' decisions: gold, training data, Label Studio's tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final

from marsad.review.gold import gold_lines, training_lines
from marsad.review.labelstudio import config_lines, task_lines
from marsad.review.pages import ReviewedPage

_LINES: Final[dict[str, Callable[[Iterable[ReviewedPage]], Iterator[bytes]]]] = {
    "gold": gold_lines,
    "training": training_lines,
    "label-studio": task_lines,
    "label-studio-config": config_lines,
}
REVIEW_FORMATS: Final = tuple(_LINES)
"""The names of the formats."""


def write_reviewed(format: str, pages: Iterable[ReviewedPage], stream: BinaryIO) -> None:
    """Write pages with the decisions on them. The same pages give the same bytes; texts are UTF-8.

    Args:
        format: one of `REVIEW_FORMATS`.
        pages: the pages, in order; one is held in memory at a time.
        stream: a binary stream; it is neither flushed nor closed.
    """
    for line in _LINES[format](pages):
        stream.write(line)
