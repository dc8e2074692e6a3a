"""A line of a page: one run of visible text with the little that is known of where it stood."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from marsad.model.record import BlockKind

# Where a line stood. Plain bits: a page has thousands of lines, and enum members cost more than the reading itself.
FURNITURE: Final = 1
COMMENTS: Final = 2
CAPTION: Final = 4
LEAD: Final = 8
H1: Final = 16
HEADING: Final = 32
TIME: Final = 64
ARTICLE: Final = 128
TITLE: Final = 256

_NOT_WORD: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 200_000
_END: Final = re.compile(r"[.!؟?…:]['\"»”’)\]]*\s*$|\.{2}\s*$")


class Line(NamedTuple):
    """One line: its text, the bits of where it stood, the class names nearest to it, the share of it that is links.

    `start` is its offset in the page's text once the page is laid out.
    """

    text: str
    region: int = 0
    hint: str = ""
    links: float = 0.0
    start: int = 0

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


class TimeMark(NamedTuple):
    """A machine-readable time in the page: the index of the line it stood before, its value, where it stood."""

    line: int
    value: str
    region: int
    published: bool


class Role(NamedTuple):
    """A kind for a stretch of lines `[first, last)`."""

    kind: BlockKind
    first: int
    last: int


def key(text: str) -> str:
    """What two settings of one text share: its letters and digits alone."""
    return _NOT_WORD.sub("", text[:_LONGEST])


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _END.search(text[-12:]) is not None


def word_count(text: str) -> int:
    """The number of words of a line, counted by its spaces."""
    return text.count(" ") + 1


def is_prose(line: Line) -> bool:
    """Whether a line reads like a paragraph of an article: a whole sentence, or long, and not a list of links."""
    words = word_count(line.text)
    return line.links < 0.4 and (words >= 14 or (words >= 6 and ends_sentence(line.text)))
