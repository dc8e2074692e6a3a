"""Folding keys: what two spellings of one Arabic word share, with offsets back to the original.

A key drops vowel signs, tatweel and invisible characters, unifies the letters that typists mix (أ إ آ ٱ → ا, ى → ي,
ة → ه, the Persian and Urdu ک ی ہ → ك ي ه) and brings all digits to ASCII. Keys are for finding; evidence is always
quoted from the original.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = {
    "ا": "أإآٱٲٳٵ",
    "ي": "ىیېۍےﻱ",
    "ه": "ةہۂۃھەۀ",
    "ك": "کڪګگﻙ",
    "و": "ۆۇۈۋ",
}
_DROPPED: Final = (
    [chr(c) for c in range(0x0610, 0x061B)]
    + [chr(c) for c in range(0x064B, 0x0660)]
    + [chr(c) for c in range(0x06D6, 0x06EE) if unicodedata.category(chr(c)) in ("Mn", "Cf")]
    + ["\u0640", "\u0670", "\u061c", "\u00ad", "\ufeff"]
    + [chr(c) for c in range(0x200B, 0x2010)]
    + [chr(c) for c in range(0x202A, 0x202F)]
    + [chr(c) for c in range(0x2060, 0x206A)]
)
_TABLE: Final[dict[int, str | None]] = {
    **{ord(v): k for k, vs in _SAME.items() for v in vs},
    **{ord(c): None for c in _DROPPED},
    **{0x0660 + i: str(i) for i in range(10)},
    **{0x06F0 + i: str(i) for i in range(10)},
    ord("٫"): ".",
    ord("٬"): ",",
}


def fold(text: str) -> str:
    """The folding key of a word or a text; folding a key again changes nothing.

    Args:
        text: any string.

    Returns:
        The key, at most as long as the text (in code points).
    """
    folded = text.translate(_TABLE)
    return folded if folded.isascii() else folded.lower()[: len(folded)].translate(_TABLE)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folding key of a text and, for each of its characters, the offset in the text that it came from.

    Args:
        text: any string.

    Returns:
        `(key, offsets)`; `offsets` has one more entry than `key`: the text's length, so that a key span `[s, e)` is the
        text span `[offsets[s], offsets[e])`.
    """
    key: list[str] = []
    offsets: list[int] = []
    for i, ch in enumerate(text):
        folded = _TABLE.get(ord(ch), ch)
        if folded:
            key.append(folded)
            offsets.append(i)
    offsets.append(len(text))
    return "".join(key), offsets


def is_arabic(ch: str) -> bool:
    """Whether a character is an Arabic letter or sign (digits and punctuation left out)."""
    return "\u0610" <= ch <= "\u061a" or "\u0620" <= ch <= "\u065f" or "\u066e" <= ch <= "\u06ef" or "ﭐ" <= ch <= "ﻼ"


def arabic_share(text: str) -> float:
    """The share of Arabic letters among the letters of a text, 0.0 where it has no letters."""
    letters = [ch for ch in text if ch.isalpha()]
    return sum(map(is_arabic, letters)) / len(letters) if letters else 0.0
