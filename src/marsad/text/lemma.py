"""The dictionary form of a word: «قتلى» is found under «قتيل», «صواريخ» under «صاروخ» (simplemma's word lists)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

_SIGNS: Final = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\ufeff]")
_CACHED: Final = 100_000


@functools.lru_cache(_CACHED)
def lemma(key_or_form: str) -> str:
    """The dictionary form of a word without clitics; the word itself where none is known.

    Args:
        key_or_form: a word as printed, or its folding key; for a key the spellings that it may stand for are tried.

    Returns:
        The lemma in full spelling; the empty string for the empty string. Never raises.
    """
    word = _SIGNS.sub("", key_or_form)
    for spelling in _spellings(word):
        found = _known(spelling)
        if found:
            return found
    return word


def _spellings(word: str) -> Iterator[str]:
    """What a word may stand for: a key's final ه is most often ة, its final ي may be ى."""
    if word.endswith("ه") and len(word) > 3:
        yield word[:-1] + "ة"
    yield word
    if word.endswith("ي"):
        yield word[:-1] + "ى"
    if word.startswith("ا"):
        yield from (hamza + word[1:] for hamza in "أإآ")


def _known(word: str) -> str:
    """The lemma of a word of the dictionary, else nothing. The import takes long, so it waits for the first word."""
    from simplemma import is_known, lemmatize

    try:
        return lemmatize(word, "ar") if is_known(word, "ar") else ""
    except ValueError:  # the empty string, or a lone surrogate
        return ""
