"""Numbers in Arabic text: digits of three scripts, number words, duals, vague counts and the phrases that bound them.

The words are rows of the pack's `numbers.tsv`; the values of vague counts follow the benchmark's coding rules («عشرات»
is 20 to 99, "at least 7" has no upper end, "about 40" is 40).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from marsad.text.number_words import (
    NumberWord,
    Phrase,
    duals,
    is_dual,
    number_words,
    ordinal_ranks,
    phrase_at,
    phrase_table,
)
from marsad.text.tokens import Token

__all__ = [
    "Ordinal",
    "Quantity",
    "is_dual",
    "number_starts",
    "ordinal_starts",
    "read_ordinal",
    "read_quantity",
    "skip_bounds",
    "starters",
]

_LARGEST: Final = 10**15
_GROUPED: Final = re.compile(r"\d{1,3}(?:[,.٬]\d{3})+")
_DECIMAL: Final = re.compile(r"\d+[.,]\d+")
_BEFORE: Final = ("at_least", "more_than", "less_than", "up_to", "about", "between")
_AFTER: Final = ("post_at_least", "post_more")


class Quantity(NamedTuple):
    """A count: tokens `[first, last)`, its bounds (`high` None for "at least"), whether it is a noun in the dual."""

    first: int
    last: int
    low: int
    high: int | None
    counted_dual: bool = False


class Ordinal(NamedTuple):
    """A rank («الثالث عشر»): tokens `[first, last)` and the rank."""

    first: int
    last: int
    rank: int


class _Part(NamedTuple):
    """A number read up to a token, exact (`low == high`) or vague."""

    last: int
    low: int
    high: int | None


@cache
def starters() -> frozenset[str]:
    """The keys of words with which a quantity can begin: a cheap test before `read_quantity` (digits aside)."""
    first = {prefix + key for key in number_words() for prefix in ("", "و", "ف")}
    return frozenset(first | set(phrase_table(*_BEFORE, "vague", "fraction")) | duals())


def number_starts() -> set[Phrase]:
    """The words with which a number can begin, bounding phrases included and duals left out, for a cheap first test."""
    words: set[Phrase] = {(prefix + key,) for key in number_words() for prefix in ("", "و", "ف")}
    table = phrase_table("vague", "at_least", "more_than", "less_than", "up_to", "about")
    return words | {word.keys for found in table.values() for word in found}


def ordinal_starts() -> set[Phrase]:
    """The words with which a rank can begin."""
    return {(key,) for key in ordinal_ranks()}


def skip_bounds(tokens: Sequence[Token], i: int) -> int:
    """The index after the phrases that bound a number («أكثر من», «نحو»), which a duration may bear before a dual."""
    word = phrase_at(tokens, i, "at_least", "more_than", "less_than", "up_to", "about")
    return skip_bounds(tokens, i + len(word.keys)) if word else i


def read_quantity(tokens: Sequence[Token], i: int) -> Quantity | None:
    """The count that starts at token `i`, with the words that bound it.

    Args:
        tokens: the tokens of a sentence or paragraph.
        i: where to read.

    Returns:
        Its tokens and bounds: «أكثر من 40» is 41 and more, «ما لا يقل عن 7» 7 and more, «نحو 40» 40, «عشرات» 20 to 99,
        «30 إلى 40» 30 to 40, «قتيلان» 2. «على الأقل» up to four words after the number counts, without its words
        being taken into the span. None where no count starts, for percentages and for fractions of one.
    """
    if not 0 <= i < len(tokens) or not (tokens[i].kind == "number" or tokens[i].key in starters()):
        return None
    if tokens[i].key in duals():
        return Quantity(i, i + 1, 2, 2, True)
    bound = phrase_at(tokens, i, *_BEFORE)
    found = _bounded(tokens, i, bound) if bound else None
    return found or _plain(tokens, i)


def _bounded(tokens: Sequence[Token], i: int, bound: NumberWord) -> Quantity | None:
    """A number behind a phrase such as «أكثر من» or «ما بين»."""
    at = i + len(bound.keys)
    if bound.kind == "between":
        return _between(tokens, i, at)
    inner = read_quantity(tokens, at) if at < len(tokens) and tokens[at].key not in duals() else None
    if inner is None:
        return None
    low, high = _apply(bound.kind, inner.low, inner.high)
    return Quantity(i, inner.last, low, high)


def _apply(kind: str, low: int, high: int | None) -> tuple[int, int | None]:
    """The bounds of a number once a bounding phrase stands before or after it."""
    if kind in ("at_least", "post_at_least", "post_more"):
        return low, None
    if kind == "more_than":
        return low + 1, None
    if kind == "less_than":
        return 0, max(0, (high or low) - 1)
    return (0, high) if kind == "up_to" else (low, high)


def _between(tokens: Sequence[Token], i: int, at: int) -> Quantity | None:
    one = _number(tokens, at)
    if one is None or one.high is None:
        return None
    two = _joined(tokens, one.last) or _after_range(tokens, one.last)
    if two is None or two.high is None or two.high < one.low:
        return None
    return Quantity(i, two.last, one.low, two.high)


def _after_range(tokens: Sequence[Token], i: int) -> _Part | None:
    """The second number of «30 إلى 40» or «30-40»."""
    word = phrase_at(tokens, i, "range")
    if word is not None:
        return _number(tokens, i + len(word.keys))
    dash = i + 1 < len(tokens) and tokens[i].key in ("-", "–", "—") and tokens[i + 1].kind == "number"
    return _number(tokens, i + 1) if dash else None


def _plain(tokens: Sequence[Token], i: int) -> Quantity | None:
    part = _number(tokens, i)
    if part is None or phrase_at(tokens, part.last, "percent"):
        return None
    upper = _after_range(tokens, part.last)
    if upper is not None and upper.high is not None and part.low < upper.low:
        return Quantity(i, upper.last, part.low, upper.high)
    low, high = _apply(_bound_after(tokens, part.last), part.low, part.high)
    return Quantity(i, part.last, low, high)


def _bound_after(tokens: Sequence[Token], i: int) -> str:
    """The class of «على الأقل» or «أو أكثر» within four words after a number, before any other number."""
    for at in range(i, min(i + 5, len(tokens))):
        word = phrase_at(tokens, at, *_AFTER)
        if word is not None:
            return word.kind
        if tokens[at].kind != "word" or tokens[at].key == "و":
            return ""
    return ""


def _number(tokens: Sequence[Token], i: int) -> _Part | None:
    """The number at a token, vague or exact, without bounding phrases."""
    vague = phrase_at(tokens, i, "vague")
    if vague is not None:
        return _Part(i + len(vague.keys), vague.low, vague.high if vague.high >= 0 else None)
    exact = _exact(tokens, i)
    if exact is None or exact[1].denominator != 1 or exact[1] > _LARGEST:
        return None
    return _Part(exact[0], int(exact[1]), int(exact[1]))


def _joined(tokens: Sequence[Token], i: int) -> _Part | None:
    """The number joined to what stands before token `i` by «و», written apart or onto it."""
    rest = _without_and(tokens, i)
    return _number(*rest) if rest else None


def _without_and(tokens: Sequence[Token], i: int) -> tuple[Sequence[Token], int] | None:
    """Where to read what follows a «و»: after a «و» that stands alone, or the same word without its «و»."""
    if i >= len(tokens) or not tokens[i].key.startswith("و"):
        return None
    if tokens[i].key == "و":
        return tokens, i + 1
    word = tokens[i]._replace(key=tokens[i].key[1:])
    return (_Patched(tokens, i, word), i) if word.key in starters() else None


class _Patched(Sequence[Token]):
    """A view of tokens in which one is replaced, so that a clitic can be taken off without copying the list."""

    def __init__(self, tokens: Sequence[Token], at: int, token: Token) -> None:
        self._tokens, self._at, self._token = tokens, at, token

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, i):  # type: ignore[no-untyped-def]
        return self._token if i == self._at else self._tokens[i]


def _exact(tokens: Sequence[Token], i: int) -> tuple[int, Fraction] | None:
    """An exact number: groups with falling scales joined by «و» («مليون ومئتا ألف وخمسة»)."""
    group = _scaled(tokens, i)
    if group is None:
        return None
    at, total, scale = group
    while scale > 1:
        rest = _without_and(tokens, at)
        more = _scaled_fraction(*rest, scale) or _scaled(*rest) if rest else None
        if more is None or more[1] >= scale:
            break
        at, total, scale = more[0], total + more[1], more[2]
    return at, total


def _scaled_fraction(tokens: Sequence[Token], i: int, scale: int) -> tuple[int, Fraction, int] | None:
    """«ونصف» or «ونصف المليون» after a scale."""
    part = phrase_at(tokens, i, "fraction") if scale >= 1000 else None
    if part is None:
        return None
    at = i + len(part.keys)
    named = at < len(tokens) and number_words().get(tokens[at].key, {}).get("scale") == scale
    return at + named, Fraction(part.low, part.high) * scale, 1


def _scaled(tokens: Sequence[Token], i: int) -> tuple[int, Fraction, int] | None:
    """A group and its scale: `(index after, value, scale)`; «ألف» alone is one thousand, «نصف مليون» half a million."""
    if i >= len(tokens):
        return None
    kinds = _kinds(tokens, i)
    if "scale_dual" in kinds:
        return i + 1, Fraction(kinds["scale_dual"]), kinds["scale_dual"] // 2
    if "scale" in kinds:
        return i + 1, Fraction(kinds["scale"]), kinds["scale"]
    part = phrase_at(tokens, i, "fraction")
    group = (i + len(part.keys), Fraction(part.low, part.high)) if part else _group(tokens, i)
    if group is None:
        return None
    at, value = group
    scale = number_words().get(tokens[at].key, {}).get("scale", 1) if at < len(tokens) else 1
    if scale > 1:
        return at + 1, _decimal(tokens, i, value) * scale, scale
    return at, value, 100 if value >= 100 and tokens[i].kind == "word" else 1


def _decimal(tokens: Sequence[Token], i: int, value: Fraction) -> Fraction:
    """«1.250 مليون» is a decimal although it looks like thousands."""
    return Fraction(tokens[i].key) if _DECIMAL.fullmatch(tokens[i].key) and "." in tokens[i].key else value


def _kinds(tokens: Sequence[Token], i: int) -> dict[str, int]:
    """The classes of the number word at a token, a leading و or ف taken off where the word needs it."""
    if i >= len(tokens):
        return {}
    key = tokens[i].key
    return number_words().get(key) or (number_words().get(key[1:], {}) if key[:1] in ("و", "ف") else {})


def _group(tokens: Sequence[Token], i: int) -> tuple[int, Fraction] | None:
    """A number below one thousand in words, or any number in digits."""
    if tokens[i].kind == "number":
        return _digits(tokens[i].key, i)
    kinds = _kinds(tokens, i)
    at, value = i + 1, kinds.get("hundred")
    unit = kinds.get("unit", 0)
    if value is None and 3 <= unit <= 9 and number_words().get(_key(tokens, i + 1), {}).get("hundred") == 100:
        at, value = i + 2, unit * 100
    if value is None:
        small = _small(tokens, i)
        return (small[0], Fraction(small[1])) if small else None
    rest = _without_and(tokens, at)
    small = (_small(*rest) or _two_digits(*rest)) if rest else None
    return (small[0], Fraction(value + small[1])) if small else (at, Fraction(value))


def _key(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].key if i < len(tokens) else ""


def _two_digits(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    key = _key(tokens, i)
    return (i + 1, int(key)) if key.isdecimal() and len(key) <= 2 else None


def _digits(key: str, i: int) -> tuple[int, Fraction] | None:
    """The value of a token of digits; thousands separators and decimal points told apart by the groups of three."""
    if len(key) > 24:
        return None
    if key.isdecimal():
        return i + 1, Fraction(int(key))
    if _GROUPED.fullmatch(key):
        return i + 1, Fraction(int(re.sub(r"\D", "", key)))
    return (i + 1, Fraction(key.replace(",", "."))) if _DECIMAL.fullmatch(key) else None


def _small(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A number from 0 to 99 in words: «خمسة», «خمسة عشر», «خمسة وعشرون», «عشرون»."""
    kinds = _kinds(tokens, i)
    if "ten" in kinds:
        return i + 1, kinds["ten"]
    unit = kinds.get("unit", kinds.get("bound_unit"))
    if unit is None:
        return None
    if 0 < unit < 10:
        if "teen" in number_words().get(_key(tokens, i + 1), {}):
            return i + 2, 10 + unit
        rest = _without_and(tokens, i + 1)
        ten = number_words().get(_key(*rest), {}).get("ten") if rest else None
        if rest and ten:
            return rest[1] + 1, ten + unit
    return (i + 1, unit) if "unit" in kinds else None


def read_ordinal(tokens: Sequence[Token], i: int) -> Ordinal | None:
    """The rank with the article at token `i`: «الثالث», «الثالث عشر», «الحادي والعشرون»; None for anything else."""
    rank = ordinal_ranks().get(_key(tokens, i))
    if rank is None:
        return None
    if rank < 10 and "teen" in number_words().get(_key(tokens, i + 1), {}):
        return Ordinal(i, i + 2, 10 + rank)
    following = _key(tokens, i + 1)
    ten = ordinal_ranks().get(following) if following.startswith("و") else None
    if rank < 10 and ten is not None and ten >= 20:
        return Ordinal(i, i + 2, ten + rank)
    return Ordinal(i, i + 1, rank)
