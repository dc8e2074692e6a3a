"""The words of a text as search and comparison know them: folded dictionary forms without clitics."""

from __future__ import annotations

from functools import lru_cache

from marsad.text.analysis import analyser
from marsad.text.fold import fold
from marsad.text.lemma import lemma
from marsad.text.tokens import tokenize

_SHORTEST = 3  # letters: shorter words are particles, and tell no two incidents apart


@lru_cache(200_000)
def search_key(key: str) -> str:
    """The folded dictionary form of a word: «وبالصواريخ» and «صاروخا» are both found under «صاروخ».

    Args:
        key: a word, or its folding key.

    Returns:
        The key to store and to look for; the word's own key where no dictionary form is known.
    """
    stem = analyser().segment(fold(key)).stem
    return fold(_plural_in_alef(stem) or lemma(stem)) or fold(key)


def _plural_in_alef(stem: str) -> str:
    """The singular of a plural that a key writes with ي («قتلي» for «قتلى»), else nothing."""
    written = f"{stem[:-1]}ى"
    found = lemma(written) if stem.endswith("ي") else written
    return found if found != written else ""


def search_keys(text: str) -> list[str]:
    """The search keys of all words and numbers of a text, in order.

    Args:
        text: any text.
    """
    return [search_key(t.key) for t in tokenize(text) if t.kind in ("word", "number")]


def content_keys(text: str) -> tuple[str, ...]:
    """The different search keys of a text that can tell it from another: no particles; sorted.

    Args:
        text: any text.
    """
    return tuple(sorted({key for key in search_keys(text) if len(key) >= _SHORTEST or key.isdigit()}))
