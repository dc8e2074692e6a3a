"""Page text made safe to look at: characters that cannot be seen, or that turn text around, are shown as marks.

A page may hold U+202E, which prints "12-34" as "43-21", or an escape sequence that recolours a terminal. The evidence
keeps them; a screen shows `⟦U+202E⟧` in their place.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# Controls, soft hyphen, Arabic letter mark, bidi controls, zero-width space and joiners of words, line and paragraph
# separators, interlinear and tag characters, lone surrogates. ZWJ and ZWNJ stay: Persian and Kurdish spell with them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e01ef]"
)
_CHANGED: Final = re.compile(f"\r\n|\r|{_UNSEEN.pattern}")
# On a page every paragraph is isolated, so that these three turn nothing around; Arab sites scatter them everywhere.
_KEPT_ON_PAGES: Final = frozenset("\u061c\u200e\u200f")

_BREAKS: Final = re.compile(r"[\n\t]+")


class Marked(NamedTuple):
    """Text as it is shown, and where each of its marks came from."""

    text: str
    shifts: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """The offset in the shown text of an offset in the original."""
        total = 0
        for start, shift in self.shifts:
            if offset <= start:
                break
            total += shift
        return offset + total


def marked(text: str) -> str:
    """A text with its unseen characters shown as `⟦U+…⟧`; line ends become `\\n`.

    Args:
        text: text of a page.
    """
    return _CHANGED.sub(_shown, text)


def mark(text: str) -> Marked:
    """A text as it is shown on a web page, with the means to carry offsets over to it.

    Args:
        text: text of a page.
    """
    shifts = []
    for found in _CHANGED.finditer(text):
        shift = len(_on_page(found)) - len(found.group())
        if shift:
            shifts.append((found.start(), shift))
    return Marked(_CHANGED.sub(_on_page, text), tuple(shifts))


def flat(text: str) -> str:
    """A text marked and on one line, for a terminal: line ends and tabs become spaces."""
    return _BREAKS.sub(" ", marked(text))


def _on_page(found: re.Match[str]) -> str:
    return found.group() if found.group() in _KEPT_ON_PAGES else _shown(found)


def _shown(found: re.Match[str]) -> str:
    char = found.group()
    return "\n" if char in ("\r\n", "\r") else f"⟦U+{ord(char):04X}⟧"
