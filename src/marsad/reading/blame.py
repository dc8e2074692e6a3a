"""Words of wrongdoing: what makes a statement about somebody else an accusation without a verb of accusing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from marsad.language.lexicon import Phrases, phrases_of
from marsad.language.pack import rows
from marsad.reading.document import Line
from marsad.reading.wording import written_forms


class Blame(NamedTuple):
    """A word of wrongdoing at token `at`, and its row."""

    at: int
    row: str


@cache
def _words() -> Phrases[str]:
    return phrases_of(rows("blame.tsv"), lambda row: row["id"], written_forms)


def blames(line: Line) -> Iterator[Blame]:
    """The words of wrongdoing of a line.

    Args:
        line: the line.
    """
    for i, token in enumerate(line.tokens):
        match = _words().match(line.tokens, i) if token.kind == "word" else None
        if match is not None:
            yield Blame(i, match.value)
