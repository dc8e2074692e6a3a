"""The words that a frame asks for around its verb or noun, found in whatever form they are written."""

from __future__ import annotations

from functools import lru_cache

from marsad.language.lexicon import without_pronoun
from marsad.reading.document import Line
from marsad.reading.frames import Frame, with_starts


def required_end(line: Line, at: int, frame: Frame, stop: int) -> int | None:
    """Up to where a frame's own words run, or None where one is missing."""
    end = at
    for word in frame.rest:
        found = next((k for k in range(end, min(stop, len(line.tokens))) if is_word(line, k, word)), None)
        if found is None:
            return None
        end = found + 1
    if not frame.with_words:
        return end
    starts = with_starts(frame.with_words)
    for k in range(at, min(stop, len(line.tokens))):
        for written in _variants(line.tokens[k].key):
            for words in starts.get(written, ()):
                if all(k + n < len(line.tokens) and is_word(line, k + n, w) for n, w in enumerate(words)):
                    return max(end, k + len(words))
    return None


def named_before(line: Line, first: int, at: int, frame: Frame) -> bool:
    """Whether a frame's words stand in the phrase before its verb: in its subject («آلاف المحتجين يقتحمون القصر») or in
    what its relative clause describes («المعبر الذي أغلقه الجيش»).

    Args:
        line: the line.
        first: the phrase's first token.
        at: the verb's token.
        frame: the frame.
    """
    starts = with_starts(frame.with_words)
    for k in range(first, at):
        for written in _variants(line.tokens[k].key):
            for words in starts.get(written, ()):
                if k + len(words) <= at and all(is_word(line, k + n, w) for n, w in enumerate(words)):
                    return True
    return False


def own_words(frame: Frame) -> int:
    """How many of a verb's own words end where its required words end; they tell no act of their own."""
    return max((len(w) for w in frame.with_words), default=len(frame.rest))


def is_word(line: Line, k: int, word: str) -> bool:
    """Whether token `k` is a word, up to article, a preposition's clitic, ending and pronoun."""
    return word in _variants(line.tokens[k].key)


@lru_cache(maxsize=20_000)
def _variants(key: str) -> tuple[str, ...]:
    """The plain words that a written word may stand for."""
    found = [key]
    for lead in ("ال", "لل", "بال", "و", "ب", "ل"):
        if key.startswith(lead):
            found.append(key[len(lead) :])
    for word in list(found):
        for ending in ("ا", "ات", "ه"):
            if word.endswith(ending) and len(word) - len(ending) > 1:
                found.append(word[: -len(ending)])
    found += [stem for stem, _ in without_pronoun(key) if len(stem) > 2]
    return tuple(dict.fromkeys(word for word in found if word))  # in one order, whatever the hash seed
