"""What the trained models look at: the letters of a word, its frequency class, and the words that behave like it.

The same functions serve training and reading, so that a model always sees in use what it saw in training. Everything
that depends on one form alone is computed once and kept; only a token's neighbours are put together anew.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

MODELS: Final = Path(__file__).parents[1] / "language" / "ar" / "models"
Item = list[bytes]

_PROCLITIC: Final = re.compile(r"[وفبلكسا]{0,3}")
_UNSEEN: Final = (-1, -1, 0)
_MARKS: Final = str.maketrans("،؛؟«»“”„‟‘’٪–—…", ',;?""""""\'\'%--.')


class Word(NamedTuple):
    """A word taken apart, on its folding key: «وبالمدفعية» is و + ب + ال + مدفعيه."""

    proclitics: tuple[str, ...]
    article: bool
    stem: str
    enclitic: str


class Lexicon:
    """How frequent a word is in news, and the groups of words that keep the same company."""

    def __init__(self, path: Path) -> None:
        self._rows: dict[str, tuple[int, int, int]] = {}
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            fine, coarse, level, words = line.split(" ", 3)
            row = (int(fine), int(coarse), int(level))
            self._rows.update(dict.fromkeys(words.split(" "), row))

    def level(self, key: str) -> int:
        """The word's frequency class: 0 for a word hardly seen, about 13 for the commonest."""
        return self._rows.get(key, _UNSEEN)[2]

    def groups(self, key: str) -> tuple[int, int]:
        """The word's fine and coarse group; -1 for a word hardly seen."""
        return self._rows.get(key, _UNSEEN)[:2]

    def nearest(self, key: str, word: Word) -> tuple[int, int]:
        """The groups of a word or, if it is unseen, of the word without its clitics."""
        for form in (key, bare(word), word.stem, _restored(word.stem)):
            row = self._rows.get(form)
            if row:
                return row[:2]
        return _UNSEEN[:2]

    def words(self) -> list[str]:
        """Every word, in the file's order."""
        return list(self._rows)


def _restored(stem: str) -> str:
    """A stem before a pronoun as it stands alone: مدينت (in «مدينتهم») is مدينه."""
    return stem[:-1] + "ه" if stem.endswith("ت") else stem


@functools.cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return Lexicon(MODELS / "lexicon.txt.gz")


def letter_features(key: str, words: Lexicon) -> list[Item]:
    """One item per letter of a key, for the model that finds the clitics.

    Args:
        key: a folding key.
        words: the lexicon; what remains when a clitic is cut off is looked up in it.

    Returns:
        Features as UTF-8, in the order of the letters.
    """
    padded, whole = f"<<{key}>>>", words.level(key)
    return [
        [f.encode() for f in (*_window(padded, i), *_edges(key, i), *_remainders(key, i, whole, words))]
        for i in range(len(key))
    ]


def _window(padded: str, i: int) -> tuple[str, ...]:
    j = i + 2
    return (
        "c" + padded[j],
        "p" + padded[j - 1 : j + 1],
        "q" + padded[j - 2 : j + 1],
        "n" + padded[j : j + 2],
        "m" + padded[j : j + 3],
        "w" + padded[j - 1 : j + 2],
        "x" + padded[j - 2 : j + 4],
    )


def _edges(key: str, i: int) -> tuple[str, ...]:
    left = len(key) - i
    head = (f"s{i}", f"S{key[: i + 1]}", f"H{key[: i + 3]}") if i < 4 else ("s+",)
    tail = (f"e{left}", f"E{key[i:]}", f"T{key[i - 2 : i]}|{key[i:]}") if left < 5 else ("e+",)
    return (*head, *tail, f"l{min(len(key), 8)}|{min(i, 3)}")


def _remainders(key: str, i: int, whole: int, words: Lexicon) -> tuple[str, ...]:
    before, rest = key[:i], key[i:]
    found: list[str] = []
    if i < 5 and _PROCLITIC.fullmatch(before):
        level = words.level(rest)
        found += [f"R{before}:{level}:{min(max(level - whole, -4), 4)}", f"G{before}:{words.groups(rest)[1]}"]
        if rest.startswith("ل") and before.endswith("ل"):
            found.append(f"A{words.level('ا' + rest) - whole > -2}")
    if len(rest) < 4 and i > 1:
        level = max(words.level(before), words.level(_restored(before)))
        found += [f"P{rest}:{level}:{whole}", f"B{rest}:{min(max(level - whole, -4), 4)}"]
        found.append(f"C{rest}:{max(words.groups(before)[1], words.groups(_restored(before))[1])}")
    return tuple(found)


Names = Mapping[str, tuple[str, ...]]


def read_names(path: Path) -> dict[str, tuple[str, ...]]:
    """Which words are often part of names in news, and of what kind (`names.txt.gz`: the kinds, then the words)."""
    names: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        kinds, words = line.split(" ", 1)
        names.update(dict.fromkeys(words.split(" "), tuple(kinds.split(","))))
    return names


def bare(word: Word) -> str:
    """A word without proclitics and pronoun, its article kept: the form under which names are counted."""
    return "ال" + word.stem if word.article else word.stem


class Shape(NamedTuple):
    """What the taggers know of one form: features of itself, and those that it lends to its neighbours."""

    own: Item
    near: tuple[bytes, bytes, bytes, bytes]
    far: tuple[bytes, bytes]
    entity: Item
    fine: str
    kinds: tuple[str, ...] = ()


NO_NEIGHBOUR: Final = Shape([], (b"-1|", b"+1|", b"-k|", b"+k|"), (b"-2|", b"+2|"), [], "|")
NUMBER: Final = Shape([b"#"], (b"-1#", b"+1#", b"-k#", b"+k#"), (b"-2#", b"+2#"), [b"#"], "#")


def shape(key: str, form: str, word: Word, words: Lexicon, names: Names) -> Shape:
    """The features of one form, wherever it stands.

    Args:
        key, form: the word's folding key, and its own spelling (a final ى or a hamza tells على from «علي»).
        word: the word taken apart.
        words, names: the lexicon, and the words that are often part of names.
    """
    if not key[:1].isalnum():
        return _mark_shape(key)
    fine, coarse = words.nearest(key, word)
    pieces = f"{''.join(word.proclitics)}_{'ا' if word.article else ''}"
    known = fine if fine >= 0 else f"?{key[:2]}"
    base = [f"k{key}", f"t{word.stem}", f"f{fine}", f"g{coarse}", f"c{pieces}", f"C{pieces}{coarse}"]
    affixes = [f"a{word.stem[:n]}" for n in (1, 2, 3)] + [f"z{word.stem[-n:]}" for n in (1, 2, 3)]
    own = [*base, *affixes, f"e{word.enclitic}", f"h{_hamza(form)}", f"l{min(len(word.stem), 7)}{word.stem[:1]}"]
    if key.isascii():
        own.append("L")
    kinds = names.get(bare(word), ())
    entity = [*base, *affixes, f"d{key.isascii()}", *(f"P{kind}" for kind in kinds)]
    return Shape(
        own=[_utf8(f) for f in own],
        near=(_utf8(f"-1{known}"), _utf8(f"+1{known}"), _utf8(f"-k{key}"), _utf8(f"+k{key}")),
        far=(f"-2{coarse}".encode(), f"+2{coarse}".encode()),
        entity=[_utf8(f) for f in entity],
        fine=str(fine) if fine >= 0 else pieces,
        kinds=kinds,
    )


def _utf8(feature: str) -> bytes:
    """A feature as the models take it; a lone surrogate, which no corpus holds, becomes a question mark."""
    return feature.encode("utf-8", "replace")


def _mark_shape(key: str) -> Shape:
    """A punctuation mark, Arabic and Latin ones alike: the treebank writes «,» and newspapers «،»."""
    mark = key.translate(_MARKS)
    own = [_utf8(f"k{mark}"), b"!"]
    near = (_utf8(f"-1{mark}"), _utf8(f"+1{mark}"), _utf8(f"-k{mark}"), _utf8(f"+k{mark}"))
    return Shape(own, near, (_utf8(f"-2{mark}"), _utf8(f"+2{mark}")), own, mark)


def _hamza(form: str) -> str:
    head = next((c for c in form if c not in "وفبلكس"), "")
    return (head if head in "أإآ" else "") + (form[-1:] if form[-1:] in ("ى", "ة", "ي", "ه") else "")


def word_features(shapes: Sequence[Shape]) -> list[Item]:
    """One item per token, for the model that tells the parts of speech."""
    row = [NO_NEIGHBOUR, NO_NEIGHBOUR, *shapes, NO_NEIGHBOUR, NO_NEIGHBOUR]
    return [
        [*here.own, before.near[0], before.near[2], after.near[1], after.near[3], first.far[0], last.far[1]]
        for first, before, here, after, last in zip(row, row[1:], row[2:], row[3:], row[4:], strict=False)
    ]


def entity_features(shapes: Sequence[Shape], pos: Sequence[str]) -> list[Item]:
    """One item per token, for the model that finds the names."""
    row = [NO_NEIGHBOUR, NO_NEIGHBOUR, *shapes, NO_NEIGHBOUR, NO_NEIGHBOUR]
    tags = ["|", *pos, "|"]
    return [
        [
            *here.entity,
            before.near[0],
            before.near[2],
            after.near[1],
            after.near[3],
            first.far[0],
            last.far[1],
            f"u{tags[i + 1]}".encode(),
            f"v{tags[i]}{tags[i + 1]}{tags[i + 2]}".encode(),
            _utf8(f"b{before.fine}|{here.fine}"),
            _utf8(f"n{here.fine}|{after.fine}"),
            *_near_names(before.kinds, here.kinds, after.kinds),
        ]
        for i, (first, before, here, after, last) in enumerate(
            zip(row, row[1:], row[2:], row[3:], row[4:], strict=False)
        )
    ]


def _near_names(before: tuple[str, ...], here: tuple[str, ...], after: tuple[str, ...]) -> Item:
    found = [f"Q{kind}" for kind in before] + [f"R{kind}" for kind in after]
    if here:
        mine = ",".join(here)
        found += (f"U{','.join(before)}|{mine}", f"V{mine}|{','.join(after)}")
    return [f.encode() for f in found]
