"""What a copy editor would mend in a page's body, as marks: the text itself is evidence and stays as it is.

Arabic repeats words on purpose («شيئا فشيئا», «رويدا رويدا»); the rules stay with what is a slip almost every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from marsad.model.record import Repair, Span
from marsad.page.limits import REPAIR_CHARS
from marsad.page.phrases import forms
from marsad.page.quotes import unbalanced_quotes
from marsad.text.decode import common_words
from marsad.text.fold import fold

_L: Final = "ء-غف-يٱپچژگکی"
_W: Final = rf"[{_L}ً-ْ]"
_TWICE: Final = re.compile(rf"(?<![\w/])({_W}{{2,30}}+)(\s+)\1(?![\w/])")
_PHRASE: Final = re.compile(rf"(?<!\w)({_W}{{2,30}}+(?: {_W}{{2,30}}+){{1,3}}) \1(?!\w)")
# Patterns begin with the letter that they look for: the search skips to it. What may not stand before it comes next.
_SAME_SUBJECT: Final = re.compile(
    rf"(?<!\w){_W}{{3,30}}+ (ال{_W}{{3,30}}+|{_W}{{4,30}}+) أن [يتن]{_W}{{2,30}}+ \1(?!\w)"
)
_TITLE_AGAIN: Final = re.compile(rf"(ال(?<!\wال)({_W}{{2,30}}+) ال{_W}{{3,30}}+ \2)(?= (?!ال){_W}{{3,}})")
_STUTTER: Final = re.compile(rf"[بلك](?<!\w[بلك])({_W}{{3,30}}+) ل(?!ل?\1){_W}{{3,30}}+ \1(?= {_W})")
# No Arabic word begins with «أو» and another hamza on alif: there the space is missing whatever follows.
_OR_GLUED: Final = re.compile(rf"أو(?<!\wأو)([أإآ]{_W}{{1,30}}+|{_W}{{4,30}}+)(?!\w)")
_INNER_TAA: Final = re.compile(rf"ة(?=[{_L}]{{2}})({_W}{{2,30}}+)(?!\w)")
_HEAD: Final = re.compile(rf"(?<!\w){_W}{{2,30}}$")
_WORD: Final = re.compile(rf"{_W}{{2,30}}+")


def find_repairs(text: str, spans: Sequence[Span]) -> list[Repair]:
    """The slips in a page's body.

    Args:
        text: the page's text.
        spans: the spans of its headline and paragraphs, in order.

    Returns:
        Repairs in the order of the text: `repeated_word`, `repeated_phrase`, `missing_space`, `unbalanced_quote`. Only
        the first 400,000 characters of body are looked at.
    """
    spans = _within(spans)
    found: list[Repair] = []
    for start, end in spans:
        found += _in_block(text, start, end)
    found += _glued_or(text, spans)
    found += [Repair(kind="unbalanced_quote", start=s, end=e) for s, e in unbalanced_quotes(text, spans)]
    return sorted(_no_overlap(found), key=lambda r: (r.start, r.end))


def _within(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    left = REPAIR_CHARS
    for start, end in spans:
        left -= end - start
        if left < 0:
            break
        kept.append((start, end))
    return kept


def _in_block(text: str, start: int, end: int) -> Iterator[Repair]:
    for match in _TWICE.finditer(text, start, end):
        if not _is_meant(match.group(1)) and not _is_spelled(text, match):
            yield _repair("repeated_word", match, match.group(1))
    for match in _SAME_SUBJECT.finditer(text, start, end) if text.find(" أن ", start, end) >= 0 else ():
        yield _repair("repeated_word", match, match.group()[: -len(match.group(1))].rstrip())
    for match in _PHRASE.finditer(text, start, end):
        if forms("doubled_part").isdisjoint(fold(match.group(1)).split()):
            yield _repair("repeated_phrase", match, match.group(1))
    for match in _TITLE_AGAIN.finditer(text, start, end):
        if fold(match.group(2)) in forms("title"):
            yield _repair("repeated_phrase", match, match.group(1)[: -len(match.group(2))].rstrip())
    for match in _STUTTER.finditer(text, start, end):
        yield _repair("repeated_phrase", match, match.group()[: -len(match.group(1))].rstrip())
    yield from _missing_spaces(text, start, end)


def _repair(kind: str, match: re.Match[str], suggestion: str) -> Repair:
    return Repair(kind=kind, start=match.start(), end=match.end(), suggestion=suggestion)


@cache
def _doubled() -> frozenset[str]:
    return forms("doubled")


def _is_spelled(text: str, match: re.Match[str]) -> bool:
    """A letter of a name that is spelled out («سي إن إن»): letters' names stand around it."""
    word = fold(match.group(1))
    if word not in forms("letter_name"):
        return False
    before = text[max(0, match.start() - 8) : match.start()].split()
    after = text[match.end() : match.end() + 8].split()
    around = [fold(w).strip('"«»()') for w in (*before[-1:], *after[:1])]
    return len(word) == 2 and any(w in forms("letter_name") for w in around)


def _is_meant(word: str) -> bool:
    """Repetition with a meaning: adverbs in tanwin, names of father and son, a few particles."""
    folded = fold(word)
    if folded in _doubled():
        return True
    # «صفا صفا», «فردا فردا»: the accusative repeated distributes.
    return word.endswith(("ا", "اً", "ًا")) and not folded.startswith("ال") and folded not in _common_folded()


@cache
def _common_folded() -> frozenset[str]:
    return frozenset(fold(w) for w in list(common_words())[:150])


def _missing_spaces(text: str, start: int, end: int) -> Iterator[Repair]:
    for match in _INNER_TAA.finditer(text, start, end):
        head = _HEAD.search(text[max(start, match.start() - 31) : match.start()])
        # A vowel sign is no second word, and a plural typed in haste («حكومةات») no glued pair.
        if head and fold(match.group(1)) and _is_word(match.group(1)):
            whole = f"{head.group()}ة {match.group(1)}"
            start_word = match.start() - len(head.group())
            yield Repair(kind="missing_space", start=start_word, end=match.end(), suggestion=whole)
    for match in _glued_pattern().finditer(text, start, end):
        yield _repair("missing_space", match, f"{match.group()[:2]} {match.group()[2:]}")


@cache
def _glued_pattern() -> re.Pattern[str]:
    words = forms("glued")
    first = "".join(sorted({w[0] for w in words}))
    rest = "|".join(sorted((w[1:] for w in words), key=len, reverse=True))
    return re.compile(rf"[{first}](?<!\w[{first}])(?:{rest})(?!\w)")


def _is_word(word: str) -> bool:
    words = common_words()
    return word in words or (word.startswith("ال") and len(word) >= 5)


def _glued_or(text: str, spans: Sequence[Span]) -> Iterator[Repair]:
    """«أو» glued to a word («أوجنود»): its rest is a word of this page or of the common ones, the whole is none."""
    suspects = [m for start, end in spans for m in _OR_GLUED.finditer(text, start, end)]
    suspects = [m for m in suspects if fold(m.group()) not in forms("or_words") and m.group() not in common_words()]
    if not suspects:
        return
    page = {m.group() for start, end in spans for m in _WORD.finditer(text, start, end)}
    for match in suspects:
        rest = match.group(1)
        if rest[0] in "أإآ" or rest in page or "ال" + rest in page or rest in common_words():
            yield _repair("missing_space", match, f"أو {rest}")


def _no_overlap(repairs: Sequence[Repair]) -> list[Repair]:
    """Of two marks on the same words the wider stays."""
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda r: (r.start - r.end, r.start)):
        if all(repair.end <= k.start or k.end <= repair.start or repair.kind != k.kind for k in kept):
            kept.append(repair)
    return kept
