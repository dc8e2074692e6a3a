"""With what an act of force was done: its mode where that says it, else the weapon that the page names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from marsad.language.lexicon import Phrases, phrases_of
from marsad.language.pack import rows
from marsad.text.tokens import tokenize

WEAPON_MODES: Final = frozenset(
    {
        "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
        "unconventional",
    }
)  # fmt: skip
"""The modes of ASSAULT that name a weapon; the others name what was done with it."""


def means_of(mode: str | None, weapons: Iterable[str]) -> str | None:
    """The mode that tells the weapon of an act, or None where neither its mode nor its words do.

    Args:
        mode: the act's own.
        weapons: the words for weapons, as the page has them, clitics included.
    """
    if mode in WEAPON_MODES:
        return mode
    return next((found for words in weapons if (found := _mode(words)) in WEAPON_MODES), None)


def _mode(words: str) -> str:
    tokens = tokenize(words)
    matches = (_weapons().match(tokens, i) for i in range(len(tokens)))
    return next((match.value for match in matches if match), "")


@cache
def _weapons() -> Phrases[str]:
    return phrases_of(rows("weapons.tsv"), lambda row: row["mode"])
