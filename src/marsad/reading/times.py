"""Temporal expressions of one paragraph, resolved to days against the day of publication.

The grammar is small and hand-made; its words are rows of the pack's `times.tsv` and `calendar.tsv`, its values follow
the benchmark's coding rules (`bench/CODING.md`, "Times"): «منذ أكثر من أسبوعين» runs from two weeks back to
publication, «الأسبوع الماضي» from Monday to Sunday, a weekday is the nearest one not after publication unless the words
look forward. Hours without a day and bare durations are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Final, Literal, NamedTuple, cast

from marsad.model.record import Precision
from marsad.reading import time_counts as counts
from marsad.reading import time_points as points
from marsad.reading import time_spans as spans
from marsad.reading.time_points import Found, Scene
from marsad.reading.time_words import starts_of
from marsad.text.calendar import calendar_starts, month_starts
from marsad.text.number_words import Phrase
from marsad.text.numbers import number_starts, ordinal_starts
from marsad.text.tokens import Token

TimeKind = Literal["point", "span", "since", "until", "future", "historical", "open", "now"]

_HISTORY: Final = 30
_CLITIC_AND: Final = ("و", "ف")


class TimeMention(NamedTuple):
    """A temporal expression: its span, its first and last day (ISO, None where open or unknown), its precision.

    `token_first` and `token_last` are its tokens `[first, last)`. `kind`: `since` (to publication), `until`, `open`
    («الأيام الأخيرة»), `now`, `future` (begins after publication), `historical` (ended more than 30 days before), else
    `point` (one day) or `span`.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    precision: Precision
    token_first: int
    token_last: int
    kind: TimeKind


_Reader = Callable[[Scene, int], Found | None]


def find_times(tokens: Sequence[Token], published: date | None, previous: date | None = None) -> list[TimeMention]:
    """The temporal expressions of one paragraph, in order, none overlapping.

    Args:
        tokens: the paragraph's tokens.
        published: the day of publication; None leaves what depends on it without days.
        previous: the day told last before this paragraph, for «في اليوم التالي».

    Returns:
        Mentions with their days. «الآن» only where the paragraph has no other time.
    """
    gates = _gates()
    scene = Scene(tokens, published, None, previous)
    found: list[TimeMention] = []
    i, length = 0, len(tokens)
    while i < length:
        token = tokens[i]
        gate = gates.get("0" if token.kind == "number" else token.key)
        read = _read(gate, scene, i) if gate is not None else None
        if read is None:
            i += 1
            continue
        found.append(_mention(tokens, i, read, published))
        scene = scene._replace(told=_told(read, published) or scene.told)
        i = max(read.last, i + 1)
    return [t for t in found if t.kind != "now"] or found


def _read(gate: _Gate, scene: Scene, i: int) -> Found | None:
    """What the first reader that reads anything reads at a token."""
    if gate.seconds is not None and (i + 1 >= len(scene.tokens) or scene.tokens[i + 1].key not in gate.seconds):
        return None
    for reader in gate.readers:
        found = reader(scene, i)
        if found is not None:
            return found
    return None


def _told(read: Found, published: date | None) -> date | None:
    """The day that an expression leaves as the day told: one whole day, not after publication."""
    day = read.first_day
    return day if day is not None and day == read.last_day and (published is None or day <= published) else None


def _mention(tokens: Sequence[Token], i: int, read: Found, published: date | None) -> TimeMention:
    first, last = read.first_day, read.last_day
    return TimeMention(
        _start(tokens[i]),
        tokens[read.last - 1].end,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        read.precision,
        i,
        read.last,
        _kind(read, published),
    )


def _start(token: Token) -> int:
    """Where an expression starts: after a conjunction that is written onto its first word."""
    if token.kind != "word" or token.form[:1] not in _CLITIC_AND or token.key in _without_and():
        return token.start
    skipped = 1
    while skipped < len(token.form) and not token.form[skipped].isalpha():
        skipped += 1
    return token.start + (skipped if skipped < len(token.form) else 0)


@cache
def _without_and() -> frozenset[str]:
    """Keys of time words that begin with و or ف themselves («فجر», «وقت»)."""
    own = [key for key in _gates() if key[:1] in _CLITIC_AND and key[1:] not in _gates()]
    return frozenset(own)


def _kind(read: Found, published: date | None) -> TimeKind:
    if published is None or read.kind not in ("point", "span"):
        return cast(TimeKind, read.kind)
    if read.first_day is not None and read.first_day > published:
        return "future"
    if read.last_day is not None and (published - read.last_day).days > _HISTORY:
        return "historical"
    return cast(TimeKind, read.kind)


class _Gate(NamedTuple):
    """The readers of a first key; `seconds` the keys one of which must follow, None where the first is enough."""

    readers: tuple[_Reader, ...]
    seconds: frozenset[str] | None


@cache
def _gates() -> dict[str, _Gate]:
    """The readers to try for each first key, in order; "0" stands for a number in digits."""
    readers: dict[str, list[_Reader]] = {}
    seconds: dict[str, set[str]] = {}
    for reader, starts in _order():
        for keys in sorted(starts):
            options = readers.setdefault(keys[0], [])
            options += [] if reader in options else [reader]
            seconds.setdefault(keys[0], set()).add(keys[1] if len(keys) > 1 else "")
    return {k: _Gate(tuple(rs), None if "" in seconds[k] else frozenset(seconds[k])) for k, rs in readers.items()}


def _order() -> tuple[tuple[_Reader, set[Phrase]], ...]:
    digits: set[Phrase] = {("0",)}
    dated = month_starts() | ordinal_starts() | calendar_starts("month_word") | digits
    named = starts_of("third", "half", "season", "the_season", "decade", "the_unit", "demonstrative")
    return (
        (points.read_known, starts_of("known") | digits),
        (points.read_day, starts_of("day", "part", "lead", "day_word") | calendar_starts("weekday")),
        (points.read_feast, starts_of("feast")),
        (points.read_memorial, starts_of("memorial")),
        (counts.read_since, starts_of("since")),
        (counts.read_by, starts_of("by")),
        (counts.read_ago, starts_of("ago")),
        (counts.read_after, starts_of("after")),
        (counts.read_last_counted, starts_of("last_n")),
        (counts.read_during, starts_of("during")),
        (points.read_day_of_unit, ordinal_starts() | digits),
        (points.read_dated, dated),
        (spans.read_span, named | calendar_starts("year_word")),
        (counts.read_recent, starts_of("recent")),
        (spans.read_years, starts_of("years")),
        (spans.read_bare_year, digits),
        (counts.read_free_count, starts_of("unit") | number_starts() | digits),
        (points.read_eve, starts_of("eve")),
        (points.read_now, starts_of("now")),
    )
