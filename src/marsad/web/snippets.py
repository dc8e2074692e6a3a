"""The place of a page that holds the words looked for, with a few words around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from marsad.ledger.words import search_key, search_keys
from marsad.model.record import BODY_KINDS, Record, Span
from marsad.text.tokens import tokenize

_BEFORE: Final = 90  # characters
_AFTER: Final = 210


class Snippet(NamedTuple):
    """Words of a page, and which of their characters were looked for."""

    words: str
    marks: tuple[Span, ...]


def snippet(record: Record, asked: str) -> Snippet:
    """The first paragraph of a page's own text that holds the most of the words; its beginning where none does.

    Args:
        record: what was read from the page.
        asked: the words looked for.
    """
    keys = set(search_keys(asked))
    blocks = [record.words((b.start, b.end)) for b in record.page.blocks if b.kind in BODY_KINDS]
    best, told = Snippet("", ()), 0
    for text in blocks:
        hits = tuple(_hits(text, keys))
        held = len({key for _, _, key in hits})
        if held > told:
            best, told = _cut(text, tuple((s, e) for s, e, _ in hits)), held
        if told == len(keys):
            break
    return best if told or not blocks else _cut(blocks[0], ())


def marks(text: str, keys: Collection[str]) -> list[Span]:
    """Where a short text, a headline, holds words that were looked for.

    Args:
        text: the text.
        keys: their search keys.
    """
    return [(start, end) for start, end, _ in _hits(text, keys)]


def _hits(text: str, keys: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for token in tokenize(text):
        if token.kind in ("word", "number"):
            key = search_key(token.key)
            if key in keys:
                yield token.start, token.end, key


def _cut(text: str, hits: tuple[Span, ...]) -> Snippet:
    at = hits[0][0] if hits else 0
    start = 0 if at <= _BEFORE else text.find(" ", at - _BEFORE, at) + 1 or at
    end = len(text) if at + _AFTER >= len(text) else max(text.rfind(" ", at, at + _AFTER), at + 1)
    lead = "…" if start else ""
    shift = len(lead) - start
    words = lead + text[start:end] + ("…" if end < len(text) else "")
    return Snippet(words, tuple((s + shift, e + shift) for s, e in hits if start <= s and e <= end))
