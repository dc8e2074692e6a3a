"""Words, numbers and punctuation of a text, each with its place in it and its folding key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from marsad.text.fold import fold

TokenKind = Literal["word", "number", "punct"]

_LETTERS: Final = (
    r"[\u0610-\u061a\u0620-\u065f\u0670-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
    r"A-Za-z\u00c0-\u024f\u0400-\u04ff\u0530-\u058f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_DIGITS: Final = r"[0-9\u0660-\u0669\u06f0-\u06f9]"
_TOKEN: Final = re.compile(
    rf"(?P<number>{_DIGITS}+(?:[.,٫٬]{_DIGITS}+)*)|(?P<word>{_LETTERS}+(?:['’\-]{_LETTERS}+)*)|(?P<punct>[^\s#_])"
)


class Token(NamedTuple):
    """One token: its span in the text, its own words, its folding key, its kind."""

    start: int
    end: int
    form: str
    key: str
    kind: TokenKind


_key = lru_cache(maxsize=20_000)(fold)  # the same words come again and again


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of a text; white space and a hashtag's marks («#قطاع_غزة») are skipped, nothing else.

    Args:
        text: the whole text.
        start, end: the stretch, in code points; all of the text by default.

    Returns:
        Tokens in order, with spans in the whole text. A clitic stays with its word («وبالقوات» is one token); a number
        and the word glued to it («و5») are two.
    """
    stop = len(text) if end is None else end
    return [
        Token(m.start(), m.end(), m.group(), _key(m.group()), m.lastgroup or "punct")  # type: ignore[arg-type]
        for m in _TOKEN.finditer(text, start, stop)
    ]
