"""Bytes into Arabic text: the encoding is decided by what the words look like, a declaration is only a hint.

Pages declare windows-1256 and are UTF-8, declare nothing and are ISO-8859-6, or were decoded wrongly once before and
stored so ("mojibake"). What settles it is how often the letters follow each other as Arabic letters do.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from typing import Final, NamedTuple

SAMPLE: Final = 3000
"""Characters of a text that are looked at to judge a decoding."""

READABLE: Final = 0.45
"""The score from which a text counts as Arabic; right decodings score .8 to 1, wrong ones below .2."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES: Final = {
    "utf-8": "utf-8",
    "cp1256": "windows-1256",
    "iso8859-6": "iso-8859-6",
    "mac-arabic": "mac-arabic",
    "cp720": "cp720",
    "cp1252": "windows-1252",
}
_RUNS: Final = re.compile(rb"[\x80-\xff][A-Za-z\x80-\xff ]{0,200}")
_LATIN_BYTES: Final = {
    ord(bytes([b]).decode("cp1252")): chr(b) for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_1256_TAIL: Final = "[§¨©ھ«¬®¯°±²³´µ¶·¸¹؛¼½¾پ‚ƒ„…†‡ˆ‰ٹ‹Œژڈگ]"
_LATIN_TAIL: Final = "[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# One class in front lets the search skip whole pages quickly.
_TELLTALE: Final = re.compile(
    rf"[طظ\xc0-\xff](?:(?<=[طظ]){_1256_TAIL}|(?<=[ØÙÚÛÃÂ]){_LATIN_TAIL}|(?<=[\xc0-\xff])[\xc0-\xff]{{2}})"
)
_SEGMENT: Final = re.compile(r"[^<>\n]+")
_FOREIGN: Final = re.compile(r"[\x00-\xff‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]+")


class Decoded(NamedTuple):
    """A decoded text, the encoding of its bytes, and whether an older wrong decoding had to be undone."""

    text: str
    encoding: str
    repaired: bool


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a page, whatever they are; never raises.

    Args:
        data: any bytes.
        declared: the encoding that the page or its server names; it decides only between equals.

    Returns:
        The text without its byte order mark, the encoding's name, and whether mojibake was undone. Bytes that no
        encoding explains become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], encoding)
    return _finish(data, _wide(data) or _narrow(data, declared))


def undo_mojibake(text: str) -> str:
    """The text with wrongly decoded stretches decoded rightly; the same text where nothing is wrong.

    The families: UTF-8 read as windows-1256 or as Latin-1 (also twice), windows-1256 and ISO-8859-6 read as Latin-1.

    Args:
        text: any text.

    Returns:
        The mended text; mending it again changes nothing.
    """
    for _ in range(4):
        if not _suspicious(text):
            return text
        mended = _SEGMENT.sub(_mend_match, text)
        if mended == text:
            return text
        text = mended
    return text


def arabic_score(text: str) -> float:
    """How much the letters of a text follow each other as in Arabic, from -1.0 to 1.0; 0.0 for a text without any.

    Args:
        text: any text; only its beginning is looked at.

    Returns:
        The share of ordinary Arabic letter pairs less that of the others, among pairs of letters beyond ASCII.
    """
    good = bad = 0
    pairs = ordinary_pairs()
    sample = text[:SAMPLE]
    for pair in pairwise(sample):
        if pair in pairs:
            good += 1
        elif pair[0] > "\x7f" and pair[1] > "\x7f" and not _is_neutral(pair[0]) and not _is_neutral(pair[1]):
            bad += 1
    return (good - bad) / (good + bad) if good + bad else 0.0


@cache
def common_words() -> dict[str, int]:
    """The commonest words of Arabic news with their counts in a corpus of 3.9 million words."""
    lines = files("marsad.text").joinpath("common_words.txt").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: int(count) for word, count in rows}


@cache
def ordinary_pairs() -> frozenset[tuple[str, str]]:
    """The letter pairs that make up 98 of 100 pairs in the common words."""
    counts: Counter[tuple[str, str]] = Counter()
    for word, count in common_words().items():
        for pair in pairwise(word):
            counts[pair] += count
    rest = 0.98 * counts.total()
    kept = []
    for pair, count in counts.most_common():
        kept.append(pair)
        rest -= count
        if rest < 0:
            break
    return frozenset(kept)


def _is_neutral(ch: str) -> bool:
    """Signs that stand in right and wrong decodings alike: vowel signs, punctuation, tatweel, spaces."""
    return ch in "،؛؟«»“”‘’–—…ـ\xa0•·" or "\u064b" <= ch <= "\u0652" or "\u200b" <= ch <= "\u200f" or ch > "\u20ff"


def _finish(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    mended = undo_mojibake(text)
    return Decoded(mended, _NAMES.get(encoding, encoding), mended != text)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte is the Arabic page (06) or the Latin page (00)."""
    head = data[:4000]
    if len(head) < 4:
        return None
    low, high = head[0::2], head[1::2]
    shares = [(half.count(0) + half.count(6)) / len(half) for half in (low, high)]
    if shares[1] > 0.85 and shares[0] < 0.6:
        return "utf-16-le"
    return "utf-16-be" if shares[0] > 0.85 and shares[1] < 0.6 else None


def _narrow(data: bytes, declared: str | None) -> str:
    if data.isascii() or _is_utf8(data):
        return "utf-8"
    sample = b" ".join(m.group() for m in _spread(data))
    scores = {name: arabic_score(sample.decode(name, "replace")) for name in ("utf-8", *list(_NAMES)[1:5])}
    hint = _codec(declared)
    if hint in scores:
        scores[hint] += 0.02
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= READABLE:
        return best
    return _without_arabic(data, hint)


def _spread(data: bytes) -> list[re.Match[bytes]]:
    """Runs of non-ASCII words from the whole page: its first lines may be a menu in another encoding."""
    found = []
    size = 0
    for match in _RUNS.finditer(data, 0, 2_000_000):
        found.append(match)
        size += len(match.group())
        if size > 40_000:
            break
    step = max(1, size // SAMPLE)
    return found[::step]


def _without_arabic(data: bytes, hint: str | None) -> str:
    """No Arabic in any reading: broken UTF-8 if most of it holds, else the declaration, else Western."""
    text = data[:200_000].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad <= 0.2 * (len(text) - len(text.encode("ascii", "ignore"))):
        return "utf-8"
    return hint if hint in _NAMES else "cp1252"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(declared: str | None) -> str | None:
    try:
        return codecs.lookup(declared.strip().strip("\"'")).name if declared else None
    except (LookupError, ValueError):
        return None


def _suspicious(text: str) -> bool:
    return sum(1 for _ in islice(_TELLTALE.finditer(text), 3)) == 3


def _mend_match(match: re.Match[str]) -> str:
    segment = match.group()
    if not _suspicious(segment):
        return segment
    whole = _mend(segment)
    # A stretch that mixes right and wrong letters cannot be turned back whole.
    return whole if whole != segment else _FOREIGN.sub(lambda m: _mend(m.group()), segment)


def _mend(segment: str) -> str:
    # A stretch of millions of characters is judged by its beginning.
    if len(segment) > 4 * SAMPLE and _mend(segment[:SAMPLE]) == segment[:SAMPLE]:
        return segment
    best, score = segment, arabic_score(segment) + 0.3
    for candidate in _readings(segment):
        new = arabic_score(candidate) - 2 * candidate.count("\ufffd") / max(1, len(candidate))
        # Mojibake within mojibake turns readable only at the next step; it shows by getting shorter.
        if new > max(score, READABLE):
            best, score = candidate, new
    return best if best != segment else _one_layer(segment)


def _one_layer(segment: str) -> str:
    """One layer of a double wrong decoding off, where the next layer's marks show below it."""
    for inner in _readings(segment):
        if "\ufffd" not in inner and len(inner) < 0.8 * len(segment) and _suspicious(inner):
            return inner
    return segment


def _readings(segment: str) -> list[str]:
    raw = _latin_bytes(segment)
    found = [raw.decode(name, "replace") for name in ("utf-8", "cp1256", "iso8859-6")] if raw else []
    with contextlib.suppress(UnicodeEncodeError):
        found.append(segment.encode("cp1256").decode("utf-8", "replace"))
    return found


def _latin_bytes(segment: str) -> bytes:
    """The bytes that a Latin reader made these characters from, or nothing where others stand among them."""
    try:
        return segment.translate(_LATIN_BYTES).encode("latin-1")
    except UnicodeEncodeError:
        return b""
