"""Names of places in a text: each word looked up once, the longest name first, hand-made rows before the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from marsad.language.places import PlaceName, gazetteer, hand_names
from marsad.text.tokens import Token

_PROCLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")


class Found(NamedTuple):
    """Names that match at a stretch of tokens, all equally long, and the clitics before them."""

    first: int
    last: int
    clitics: str
    names: tuple[PlaceName, ...]


@lru_cache(maxsize=50_000)
def _names_at(key: str) -> tuple[tuple[str, PlaceName], ...]:
    """The names that a word of this key may begin, with the clitics cut off; the longest, then the least cut first."""
    found: list[tuple[str, PlaceName]] = []
    for clitics, stem in _stems(key):
        found += [(clitics, n) for n in hand_names().get(stem, ())]
        if stem in gazetteer():
            found += [(clitics, n) for n in gazetteer().names(stem)]
    return tuple(sorted(found, key=lambda f: (-len(f[1].rest), len(f[0]), f[1].row.layer == "gazetteer")))


def _stems(key: str) -> list[tuple[str, str]]:
    stems = [("", key)]
    for clitics in _PROCLITICS:
        if key.startswith(clitics) and len(key) > len(clitics) + 1:
            stems.append((clitics, key[len(clitics) :]))
            if clitics.endswith("ل") and key.startswith(clitics + "ل"):  # ل + ال → لل
                stems.append((clitics, "ا" + key[len(clitics) :]))
    return stems


def find_names(tokens: Sequence[Token]) -> list[Found]:
    """The stretches of a line that have a place's name, from left to right, none overlapping."""
    found: list[Found] = []
    i = 0
    while i < len(tokens):
        match = match_name(tokens, i) if tokens[i].kind == "word" else None
        if match:
            found.append(match)
            i = match.last
        else:
            i += 1
    return found


def match_name(tokens: Sequence[Token], i: int) -> Found | None:
    """The longest name that begins at token `i`, or None."""
    best: tuple[int, str, bool] | None = None
    names: list[PlaceName] = []
    for clitics, name in _names_at(tokens[i].key):
        shape = (len(name.rest), clitics, name.row.layer == "gazetteer")
        if best not in (None, shape):
            break
        if _continues(tokens, i + 1, name.rest):
            best = shape
            names.append(name)
    return Found(i, i + 1 + best[0], best[1], tuple(names)) if best else None


def _continues(tokens: Sequence[Token], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(tokens):
        return False
    return all(tokens[at + n].key == key for n, key in enumerate(rest))
