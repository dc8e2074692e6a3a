"""Words taken apart, parts of speech, and names: the three trained models of the Arabic language pack.

The models are linear-chain conditional random fields (Lafferty, McCallum and Pereira 2001; CRFsuite) trained by the
scripts in `training/`. They are opened when first used; what depends on a form alone is computed once and kept.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

import pycrfsuite

from marsad.text.features import (
    MODELS,
    NUMBER,
    Names,
    Shape,
    Word,
    entity_features,
    letter_features,
    lexicon,
    read_names,
    shape,
    word_features,
)
from marsad.text.tokens import Token

__all__ = ["Analysed", "Analyser", "Entity", "Word", "analyser", "spans", "whole"]

_CACHED: Final = 30_000
_LONGEST_WORD: Final = 40
_LONGEST_RUN: Final = 400
_LABELS: Final = re.compile(r"(p*)(a*)(s+)(e*)")


class Entity(NamedTuple):
    """A name: its first and last token (inclusive), and PER, ORG, GPE, LOC, FAC, GRP (a people) or MISC."""

    first: int
    last: int
    label: str


class Analysed(NamedTuple):
    """All that the models say of a sentence, per token; entities by token index."""

    words: list[Word]
    pos: list[str]
    entities: list[Entity]


class Analyser:
    """The three models behind three questions; one per process (`analyser()`), not to be shared between threads.

    Args:
        names: the words that are often part of names; the shipped ones by default.
    """

    def __init__(self, names: Names | None = None) -> None:
        self._names = read_names(MODELS / "names.txt.gz") if names is None else names
        self.segment = functools.lru_cache(_CACHED)(self._segment)
        self._shape = functools.lru_cache(_CACHED)(self._new_shape)

    @functools.cached_property
    def _segmenter(self) -> pycrfsuite.Tagger:
        return _opened("segmenter")

    @functools.cached_property
    def _tagger(self) -> pycrfsuite.Tagger:
        return _opened("tagger")

    @functools.cached_property
    def _namer(self) -> pycrfsuite.Tagger:
        return _opened("entities")

    def _segment(self, key: str) -> Word:
        """A word taken apart into proclitics, article, stem and pronoun.

        Args:
            key: a folding key.

        Returns:
            The pieces; put together by `whole` they are the key again. What is not an Arabic word is all stem.
        """
        if not 1 < len(key) <= _LONGEST_WORD or not key.isalpha() or key.isascii():
            return Word((), False, key, "")
        labels = "".join(self._segmenter.tag(letter_features(key, lexicon())))
        return _cut(key, labels)

    def tag(self, tokens: Sequence[Token]) -> list[str]:
        """The part of speech (UPOS) of each token's main word: for «وبالقوات» that of «قوات».

        Args:
            tokens: the tokens of one sentence.

        Returns:
            VERB, NOUN, ADJ, PROPN, ADP, PRON, SCONJ, CCONJ, PART, NUM, PUNCT, AUX, ADV, DET, SYM or X, one per token.
        """
        tags: list[str] = []
        for run in _runs(self.shapes(tokens)):
            tags += self._tagger.tag(word_features(run))
        return [tag if t.kind == "word" else _fixed(t) for t, tag in zip(tokens, tags, strict=True)]

    def entities(self, tokens: Sequence[Token], pos: Sequence[str]) -> list[Entity]:
        """The names in a sentence.

        Args:
            tokens: the tokens of one sentence.
            pos: their parts of speech, from `tag`.

        Returns:
            Names in order, never overlapping. A name's first token keeps its clitics («وروسيا»).
        """
        labels: list[str] = []
        for run in _runs(self.shapes(tokens)):
            labels += self._namer.tag(entity_features(run, pos[len(labels) : len(labels) + len(run)]))
        return spans(labels)

    def analyse(self, tokens: Sequence[Token]) -> Analysed:
        """Everything at once: the words, their parts of speech, the names."""
        pos = self.tag(tokens)
        return Analysed([self.segment(t.key) for t in tokens], pos, self.entities(tokens, pos))

    def shapes(self, tokens: Sequence[Token]) -> list[Shape]:
        """What the models look at in each token (the training scripts ask for it too)."""
        known = self._shape
        return [NUMBER if t.kind == "number" else known(t.key, t.form) for t in tokens]

    def _new_shape(self, key: str, form: str) -> Shape:
        return shape(key[:_LONGEST_WORD], form, self.segment(key), lexicon(), self._names)


def _fixed(token: Token) -> str:
    """The label of what is no word: the model learnt from a corpus that writes other marks than newspapers do."""
    if token.kind == "number":
        return "NUM"
    return "SYM" if unicodedata.category(token.form)[0] == "S" or token.form in "%٪" else "PUNCT"


def _opened(name: str) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / f"{name}.crfsuite"))
    return tagger


def _cut(key: str, labels: str) -> Word:
    """The pieces that a row of letter labels stands for; a row that no Arabic word can have leaves the word whole."""
    match = _LABELS.fullmatch(labels)
    if not match:
        return Word((), False, key, "")
    head, article, enclitic = match.end(1), match.end(2), match.start(4)
    sign = key[head:article]
    joined = sign == "ل" and key[head - 1 : head] == "ل"
    if sign and sign != "ال" and not joined:
        return Word(tuple(key[:head]), False, key[head:enclitic], key[enclitic:])
    return Word(tuple(key[:head]), bool(sign), key[article:enclitic], key[enclitic:])


def whole(word: Word) -> str:
    """The key of a word put together again; ل and the article make «لل»."""
    article = ("ل" if word.proclitics[-1:] == ("ل",) else "ال") if word.article else ""
    return "".join(word.proclitics) + article + word.stem + word.enclitic


def _runs(shapes: list[Shape]) -> list[list[Shape]]:
    """A sentence, or the pieces of one too long to be a sentence (the models' memory grows with its length)."""
    return [shapes[i : i + _LONGEST_RUN] for i in range(0, len(shapes), _LONGEST_RUN)]


def spans(labels: Sequence[str]) -> list[Entity]:
    """The names that a row of B-, I- and O labels stands for."""
    found: list[Entity] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        last = found[-1] if found else None
        if label[0] == "I" and last and last.last == i - 1 and last.label == label[2:]:
            found[-1] = last._replace(last=i)
        else:
            found.append(Entity(i, i, label[2:]))
    return found


@functools.cache
def analyser() -> Analyser:
    """The process's analyser; its models are opened when first asked."""
    return Analyser()
