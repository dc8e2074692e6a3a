"""The lexicon of numbers: the rows of the pack's `numbers.tsv`, looked up by key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from marsad.text.fold import fold
from marsad.text.tokens import Token

Row = dict[str, str]
Phrase = tuple[str, ...]

_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")


class NumberWord(NamedTuple):
    """One entry of the number lexicon."""

    keys: Phrase
    low: int
    high: int
    kind: str


def pack_rows(name: str) -> list[Row]:
    """The rows of one of the language pack's tables.

    Args:
        name: the file's name, such as `numbers.tsv`.

    Returns:
        One dictionary per row, keyed by the header line; comment lines are left out.
    """
    text = (files("marsad.language") / "ar" / name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=False)) for line in lines[1:]]


def phrases(forms: str) -> list[Phrase]:
    """The alternatives of a cell as folding keys, word by word."""
    return [tuple(fold(word) for word in form.split()) for form in forms.split("|") if form.strip()]


def is_phrase_at(tokens: Sequence[Token], i: int, keys: Phrase) -> bool:
    """Whether the tokens from `i` on are these words."""
    if i + len(keys) > len(tokens):
        return False
    for key in keys:
        if tokens[i].key != key:
            return False
        i += 1
    return True


@cache
def number_words() -> dict[str, dict[str, int]]:
    """Single number words, with and without article and clitics: key → class → value."""
    table: dict[str, dict[str, int]] = {}
    for row in pack_rows("numbers.tsv"):
        if row["class"] not in ("unit", "bound_unit", "teen", "ten", "hundred", "scale", "scale_dual"):
            continue
        for key, *more in phrases(row["forms"]):
            for prefix in () if more else ("", "ال", "ب", "ل", "بال", "لل"):
                table.setdefault(prefix + key, {}).setdefault(row["class"], int(row["low"]))
    return table


@cache
def phrase_table(*kinds: str) -> dict[str, list[NumberWord]]:
    """The entries of these classes by their first key (clitics written onto it included), the longest first."""
    table: dict[str, list[NumberWord]] = {}
    for row in pack_rows("numbers.tsv"):
        if row["class"] in kinds:
            low, high = int(row["low"] or 0), int(row["high"] or -1)
            for keys in phrases(row["forms"]):
                for prefix in _PREFIXES:
                    word = NumberWord((prefix + keys[0], *keys[1:]), low, high, row["class"])
                    table.setdefault(word.keys[0], []).append(word)
    for words in table.values():
        words.sort(key=lambda word: -len(word.keys))
    return table


def phrase_at(tokens: Sequence[Token], i: int, *kinds: str) -> NumberWord | None:
    if i >= len(tokens):
        return None
    return next((w for w in phrase_table(*kinds).get(tokens[i].key, ()) if is_phrase_at(tokens, i, w.keys)), None)


@cache
def ordinal_ranks() -> dict[str, int]:
    """Ranks with the article and the clitics that are written onto it."""
    ranks: dict[str, int] = {}
    for row in pack_rows("numbers.tsv"):
        if row["class"] in ("ordinal", "ten"):
            for keys in phrases(row["forms"]):
                for prefix in ("ال", "وال", "بال", "لل", "فال"):
                    ranks[prefix + keys[0]] = int(row["low"])
    return ranks


@cache
def duals() -> frozenset[str]:
    """The safe duals of the pack's counted nouns, with article and clitics."""
    found: set[str] = set()
    for row in pack_rows("numbers.tsv"):
        if row["class"] in ("noun", "noun_in"):
            for key, *_ in phrases(row["forms"]):
                for dual in _duals_of(key, row["class"] == "noun"):
                    found.update(p + dual for p in ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"))
    return frozenset(found)


def _duals_of(key: str, both: bool) -> tuple[str, ...]:
    """«قتيل» → «قتيلان», «قتيلين»; «طائرة» → «طائرتان», «طائرتين»; `both` False leaves the ambiguous ين out."""
    if key.endswith("ه"):
        return key[:-1] + "تان", key[:-1] + "تين"
    return (key + "ان", key + "ين") if both else (key + "ان",)


@lru_cache(maxsize=4096)
def is_dual(key: str) -> bool:
    """Whether a noun's folding key is surely a dual («قتيلان», «امرأتين»).

    Args:
        key: a folding key, with or without article and clitics.

    Returns:
        True for duals of counted nouns of the pack; False for everything else, the endings ين of nouns whose plural is
        spelt alike («مدنيين») included.
    """
    return key in duals()
