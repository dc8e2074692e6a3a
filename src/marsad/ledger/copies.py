"""Wire copies and reprints: which pages carry one dispatch, so that ten copies of it count as one independent source.

A page's body is reduced to a sketch, from its text alone: a digest of its words, and one-permutation MinHash over its
runs of four words (Li, Owen and Zhang 2012, with the densification of Shrivastava 2017, «Optimal Densification for
Fast and Accurate Minwise Hashing»). Bands of the sketch find the pages worth comparing (Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, 3.4); the texts themselves decide. The hashes are BLAKE2b's, the same in every process and
on every machine. `bench/copies.py` measures all of it against an exhaustive comparison.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from hashlib import blake2b
from itertools import islice
from operator import eq
from typing import Final, NamedTuple

from marsad.text.fold import fold

SHORTEST: Final = 30  # words: shorter texts are copies only when equal, formulas fill them
_FEWEST: Final = 8  # words: below it («شاهد الفيديو») not even equal texts are copies
_NONE: Final = bytes(16)  # the digest of such a text, which equals no other
_RUN: Final = 4  # words of a shingle: those shared by chance are one in a thousand
_BINS: Final = 96  # the estimate's standard deviation is at most 0.051
_ROWS: Final = 2  # minima of a band: pages with a Jaccard index of 0.3 meet with probability 0.99, of 0.25 with 0.95
_FORM: Final = 1  # of the stored bytes; another method of sketching takes another number
_PACKED: Final = struct.Struct(f">B16sI{_BINS}I")
_WORD: Final = re.compile(r"[^\W_]+")


class Sketch(NamedTuple):
    """The signature of a body: the digest of its words, how many runs it has, their minima (none for a short text)."""

    digest: bytes
    runs: int
    minima: tuple[int, ...]

    def to_bytes(self) -> bytes:
        """The sketch for the store, 405 bytes; 21 bytes for a short text."""
        whole = _PACKED.pack(_FORM, self.digest, self.runs, *(self.minima or (0,) * _BINS))
        return whole if self.minima else whole[: -4 * _BINS]

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch:
        """The sketch from the store.

        Args:
            data: what `to_bytes` gave.

        Raises:
            ValueError: it is not a sketch, or one that another version made.
        """
        if len(data) not in (_PACKED.size, _PACKED.size - 4 * _BINS) or data[0] != _FORM:
            raise ValueError("The bytes are not a sketch of this version.")
        _, digest, runs, *minima = _PACKED.unpack(data.ljust(_PACKED.size, b"\0"))
        return cls(digest, runs, tuple(minima) if len(data) == _PACKED.size else ())


class Bar(NamedTuple):
    """How much two bodies must share: the part of the shorter one's runs, and the part of all their runs (Jaccard).

    The second keeps out the page that only carries another one's text as a teaser below its own news.
    """

    shorter: float
    all: float


class Overlap(NamedTuple):
    """How much two bodies share, 0 to 1: of the shorter one's runs of words, and of all their runs (Jaccard)."""

    shorter: float
    all: float

    def passes(self, bar: Bar) -> bool:
        """Whether it is enough."""
        return self.shorter >= bar.shorter and self.all >= bar.all


COPY: Final = Bar(0.7, 0.3)  # below it begin other news with the same background (`bench/copies.py`)
REWORDED: Final = Bar(0.5, 0.25)  # enough where both pages name one agency as their source
WORTH: Final = 0.1  # estimated similarity below which no two texts pass a bar (more than three standard deviations)


class Seen(NamedTuple):
    """A page as the search for its original sees it; `published` an ISO day, None where unknown."""

    id: str
    published: str | None
    sketch: Sketch


def words(text: str) -> list[str]:
    """The words of a text as copies are compared by: folded, without signs; a hashtag is its words."""
    return _WORD.findall(fold(text))


def sketch(text: str) -> Sketch:
    """The signature of a body.

    Args:
        text: the body, without headline and furniture; any string.

    Returns:
        Its sketch; texts that differ only in spaces, signs, vowels and the letters that typists mix have the same one.
    """
    found = words(text)
    if len(found) < _FEWEST:
        return Sketch(_NONE, 0, ())
    digest = blake2b(_coded(" ".join(found)), digest_size=16).digest()
    if len(found) < SHORTEST:
        return Sketch(digest, 0, ())
    runs = _runs(found)
    return Sketch(digest, len(runs), tuple(_minima(runs)))


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _runs(found: list[str]) -> set[str]:
    return set(map(" ".join, zip(*(islice(found, i, None) for i in range(_RUN)), strict=False)))


def _minima(runs: Iterable[str]) -> list[int]:
    """The least hash of each bin; an empty one repeats that of another, the same in all texts that leave it empty."""
    least = [1 << 64] * _BINS
    for run in runs:
        value = int.from_bytes(blake2b(_coded(run), digest_size=8).digest(), "big")
        if value < least[value % _BINS]:
            least[value % _BINS] = value
    return [(least[i] if least[i] >> 64 == 0 else least[_donor(i, least)]) >> 32 for i in range(_BINS)]


def _donor(empty: int, least: list[int]) -> int:
    """The bin that an empty one repeats: the first that is not empty of a fixed sequence of its own."""
    state = empty
    while least[state % _BINS] >> 64:
        empty += _BINS
        state = int.from_bytes(blake2b(empty.to_bytes(8, "big"), digest_size=8).digest(), "big")
    return state % _BINS


def bands(of: Sketch) -> tuple[int, ...]:
    """The keys under which a page is found by its copies; two pages that share one are worth comparing.

    Args:
        of: the page's sketch.

    Returns:
        48 numbers of 63 bits (they fit a column of SQLite); one for a short text, none for one that nothing is like.
    """
    if of.digest == _NONE:
        return ()
    raw = struct.pack(f">{len(of.minima)}I", *of.minima)
    step = 4 * _ROWS
    chunks = [bytes([i // step]) + raw[i : i + step] for i in range(0, len(raw), step)] or [of.digest]
    return tuple(int.from_bytes(blake2b(c, digest_size=8).digest(), "big") >> 1 for c in chunks)


def similarity(a: Sketch, b: Sketch) -> float:
    """The Jaccard index of two bodies' runs of words, estimated from their sketches.

    Args:
        a, b: the sketches.

    Returns:
        0 to 1; 1 for equal digests, 0 for a short text and any other.
    """
    if a.digest == b.digest:
        return float(a.digest != _NONE)
    return sum(map(eq, a.minima, b.minima)) / _BINS if a.minima and b.minima else 0.0


def overlap(a: str, b: str) -> Overlap:
    """How much two bodies share, exactly: a dispatch that stands whole within a longer page counts as wholly shared.

    Args:
        a, b: the bodies.
    """
    one, two = words(a), words(b)
    if one == two or min(len(one), len(two)) < SHORTEST:
        same = float(one == two and len(one) >= _FEWEST)
        return Overlap(same, same)
    mine, other = _runs(one), _runs(two)
    common = len(mine & other)
    return Overlap(common / min(len(mine), len(other)), common / (len(mine) + len(other) - common))


def estimate(a: Sketch, b: Sketch) -> Overlap:
    """What `overlap` would say, from the sketches alone, where the texts are not at hand.

    Args:
        a, b: the sketches.
    """
    near = similarity(a, b)
    if near == 1.0 or near == 0.0:
        return Overlap(near, near)
    return Overlap(min(1.0, near / (1 + near) * (a.runs + b.runs) / min(a.runs, b.runs)), near)


def originals(pages: Iterable[Seen], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Who is the original, and who copies it, whatever the order in which pages and pairs are given.

    The earliest page is an original. Each later one that passes the bar with an original copies the earliest such;
    one that only resembles a copy is an original of its own, so that no chain of small changes joins two dispatches.

    Args:
        pages: pages that tell one incident (a page may copy another one's text for one incident and not for the next).
        pairs: ids of pages that pass the bar together; pairs of pages not given are ignored. Equal bodies need none.

    Returns:
        The id of its original for each page, its own for an original. Pages whose day is unknown come last.
    """
    order = sorted(pages, key=lambda p: (p.published is None, p.published or "", p.id))
    near = _near({p.id: _body(p) for p in order}, pairs)
    first: dict[bytes, str] = {}  # the bodies of the originals, the earliest first
    found = {}
    for page in order:
        like = near[_body(page)]
        found[page.id] = next((first[body] for body in first if body in like), page.id)
        if found[page.id] == page.id:
            first[_body(page)] = page.id
    return found


def _body(page: Seen) -> bytes:
    """What equal bodies share."""
    return page.sketch.digest if page.sketch.digest != _NONE else _coded(page.id)


def _near(body: dict[str, bytes], pairs: Iterable[tuple[str, str]]) -> dict[bytes, set[bytes]]:
    """The bodies that each body resembles, itself among them."""
    near = {b: {b} for b in body.values()}
    for a, b in pairs:
        if a in body and b in body:
            near[body[a]].add(body[b])
            near[body[b]].add(body[a])
    return near
