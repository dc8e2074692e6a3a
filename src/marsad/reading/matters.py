"""Adjectives that say what a relation or a truce is about: military, economic, diplomatic, humanitarian."""

from __future__ import annotations

from functools import cache

from marsad.language.lexicon import Phrases, phrases_of
from marsad.language.morph import adjective_forms
from marsad.language.pack import rows
from marsad.reading.document import Line


@cache
def _matters() -> Phrases[str]:
    return phrases_of(rows("matters.tsv"), lambda row: row["value"], adjective_forms)


def matter_at(line: Line, i: int) -> str:
    """What the adjective at a token says that something is about, or an empty string.

    Args:
        line: the line.
        i: the token.
    """
    found = _matters().match(line.tokens, i)
    return found.value if found else ""
