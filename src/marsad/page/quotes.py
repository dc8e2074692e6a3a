"""Quotation marks that never open or never close, found by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from marsad.language.pack import alternatives, rows
from marsad.model.record import Span

_TWO_BEFORE: Final = re.compile(r"[^\s\"“”«»]{1,40}+(?:\s+[^\s\"“”«»]{1,40}+)?[\s.!؟?،]{0,3}$")
_TWO_AFTER: Final = re.compile(r"\s?[^\s\"“”«»]{1,40}+(?:\s+[^\s\"“”«»]{1,40}+)?")
_STRAIGHT: Final = re.compile(r"[\"“”]")
_ANGLED: Final = re.compile(r"[«»]")
_REACH: Final = 8
_MOST: Final = 41


class _Mark(NamedTuple):
    at: int
    block: int
    opens: bool


def unbalanced_quotes(text: str, spans: Sequence[Span]) -> list[Span]:
    """The quotation marks of a body that have no partner, each with the two words that it touches.

    Args:
        text: the page's text.
        spans: the blocks of the body, in order.

    Returns:
        Spans in order. A quotation may run over several paragraphs; a block with more than 41 marks of a kind writes
        them in a way of its own and gives none.
    """
    alone = []
    for pattern in (_STRAIGHT, _ANGLED):
        lonely = [m for number, span in enumerate(spans) for m in _lonely(text, span, number, pattern)]
        alone += _across_blocks(text, spans, lonely)
    return [_with_words(text, m, spans[m.block]) for m in sorted(alone)]


def _lonely(text: str, span: Span, number: int, pattern: re.Pattern[str]) -> list[_Mark]:
    """The marks without a partner in one block."""
    places = [m.start() for m in pattern.finditer(text, *span)]
    marks = [_Mark(at, number, _opens(text, at, span)) for at in places if not _is_measure(text, at, span)]
    if len(marks) > _MOST:
        return []
    if pattern is _ANGLED:
        return _unmatched(marks)
    # Straight marks with a space on the wrong side are still pairs; only an odd one is alone.
    return [_odd_one(marks)] if len(marks) % 2 else []


def _unmatched(marks: Sequence[_Mark]) -> list[_Mark]:
    waiting: list[_Mark] = []
    alone: list[_Mark] = []
    for mark in marks:
        if mark.opens:
            waiting.append(mark)
        elif waiting:
            waiting.pop()
        else:
            alone.append(mark)
    return alone + waiting


def _odd_one(marks: Sequence[_Mark]) -> _Mark:
    """The mark without which the others open and close in turn best: the first of equals if it opens, else the last."""
    fits = [_fit([m for m in marks if m is not left]) for left in marks]
    best = [m for m, fit in zip(marks, fits, strict=True) if fit == max(fits)]
    return best[0] if best[-1].opens else best[-1]


def _fit(marks: Sequence[_Mark]) -> int:
    return sum(mark.opens == (i % 2 == 0) for i, mark in enumerate(marks))


def _across_blocks(text: str, spans: Sequence[Span], alone: Sequence[_Mark]) -> list[_Mark]:
    """What opens in one paragraph and closes in a later one is a pair, unless the outlet speaks in between."""
    kept: list[_Mark] = []
    for mark in sorted(alone):
        near = not mark.opens and bool(kept) and kept[-1].opens and mark.block - kept[-1].block <= _REACH
        if near and not _is_narrated(text, spans, kept[-1], mark):
            kept.pop()
        else:
            kept.append(mark)
    return kept


def _is_narrated(text: str, spans: Sequence[Span], opening: _Mark, closing: _Mark) -> bool:
    """Whether reporting goes on behind an opening mark («…، وقال») or begins the paragraph of the closing one."""
    verbs = _reporting().finditer(text, opening.at, spans[opening.block][1])
    if any(text[opening.at : m.start()].rstrip().endswith(("،", ".", "؛")) for m in verbs):
        return True
    introduced = text[max(0, opening.at - 3) : opening.at].rstrip().endswith(":")
    return not introduced and _reporting().match(text, spans[closing.block][0]) is not None


@cache
def _reporting() -> re.Pattern[str]:
    """A verb of saying in the past, third person, joined to what stands before."""
    verbs = {verb.split("/")[0] for row in rows("say.tsv") for verb in alternatives(row["verb"])}
    stems = {v[:-1] + "(?:ى|ت|ا|تا|وا)" if v.endswith("ى") else f"{v}(?:ت|ا|تا|وا)?" for v in verbs if v.isalpha()}
    return re.compile(rf"(?<!\S)[وف](?:{'|'.join(sorted(stems))})(?!\w)")


def _is_measure(text: str, at: int, span: Span) -> bool:
    """Inches and seconds (5") are no quotation."""
    before = text[at - 1] if at > span[0] else " "
    after = text[at + 1] if at + 1 < span[1] else " "
    return text[at] == '"' and before.isdigit() and after.isdigit()


def _opens(text: str, at: int, span: Span) -> bool:
    """Whether a mark opens, by what touches it; in doubt it closes (a missing opening mark is the commoner slip)."""
    if text[at] in "«»":
        return text[at] == "«"
    before = text[at - 1] if at > span[0] else " "
    after = text[at + 1] if at + 1 < span[1] else " "
    return (before.isspace() or before in "([:/-–—،…") and (after.isalnum() or after in "([«.…")


def _with_words(text: str, mark: _Mark, span: Span) -> Span:
    if mark.opens:
        match = _TWO_AFTER.match(text, mark.at + 1, span[1])
        return (mark.at, match.end() if match else mark.at + 1)
    match = _TWO_BEFORE.search(text[max(span[0], mark.at - 90) : mark.at])
    return (mark.at - len(match.group()) if match else mark.at, mark.at + 1)
