"""The day of publication, where a page gives none but its own words leave only one.

Three kinds of words fix it: a day told from today together with its full date («اليوم الخميس 15 أكتوبر 2020», «أمس،
14 أكتوبر 2020»), a dateline («باكو، 15 أكتوبر 2020 -»), and the last or next such weekday with its full date beside an
«اليوم الخميس» elsewhere, which leave one day of the seven. Words that contradict each other, or a weekday that is not
that of its date, leave the day unknown: it is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from marsad.model.record import Publication, Span
from marsad.reading.time_points import key_at, weekday_at
from marsad.reading.time_words import shift, skip, weekday_near, word_at
from marsad.text.calendar import days_of, read_date
from marsad.text.tokens import Token

_DATELINE_PARAGRAPHS: Final = 2
_DATELINE_TOKENS: Final = 6
_OPENERS: Final = frozenset(",،(-–")
_DATELINE_MARKS: Final = frozenset(",،()-–—")
_DATELINE_ENDS: Final = frozenset("-–—()")


class _Clue(NamedTuple):
    """Words that fix the day (`day`), or only its weekday (`weekday`), or a span of seven days (`within`)."""

    evidence: Span
    day: date | None = None
    weekday: int | None = None
    within: tuple[date, date] | None = None


class _Fixed(NamedTuple):
    """A day that the words leave, and the words."""

    day: date
    evidence: tuple[Span, ...]


class _Dated(NamedTuple):
    """A full date read after a day's name: the index after it and the day."""

    last: int
    day: date


def infer_publication(paragraphs: Sequence[Sequence[Token]]) -> Publication:
    """The day of publication that a page's own words leave, or an empty `Publication`.

    Args:
        paragraphs: the tokens of the page's readable lines (headline and body, no comments), in reading order.

    Returns:
        A publication with basis `inferred` and the spans of the words it was inferred from; nothing where the words
        leave more than one day, or none.
    """
    clues = [clue for n, tokens in enumerate(paragraphs) for clue in _clues(tokens, n < _DATELINE_PARAGRAPHS)]
    weekdays = {clue.weekday for clue in clues if clue.weekday is not None}
    if len(weekdays) > 1:
        return Publication()
    fixed = [_Fixed(clue.day, (clue.evidence,)) for clue in clues if clue.day is not None] + _crossed(clues)
    if len({found.day for found in fixed}) != 1 or (weekdays and fixed[0].day.weekday() not in weekdays):
        return Publication()
    day = fixed[0].day.isoformat()
    return Publication(first=day, last=day, basis="inferred", evidence=fixed[0].evidence)


def weekday_told(paragraphs: Sequence[Sequence[Token]]) -> tuple[int, Span] | None:
    """The weekday that a page calls today («اليوم الخميس»), Monday 0, with the words; None where it calls none, or two.

    Args:
        paragraphs: as for `infer_publication`.
    """
    clues = [clue for tokens in paragraphs for clue in _clues(tokens, False) if clue.weekday is not None]
    weekdays = {clue.weekday: clue.evidence for clue in clues if clue.weekday is not None}
    return next(iter(weekdays.items())) if len(weekdays) == 1 else None


def _crossed(clues: Sequence[_Clue]) -> list[_Fixed]:
    """The days that a weekday of today and a span of seven days leave together."""
    today = next((clue for clue in clues if clue.weekday is not None), None)
    found = []
    for clue in clues:
        if today is not None and today.weekday is not None and clue.within is not None:
            day = weekday_near(clue.within[0], today.weekday, 1)
            if day <= clue.within[1]:
                found.append(_Fixed(day, tuple(sorted((clue.evidence, today.evidence)))))
    return found


def _clues(tokens: Sequence[Token], may_be_dateline: bool) -> Iterator[_Clue]:
    dateline = _dateline(tokens) if may_be_dateline else None
    if dateline is not None:
        yield dateline
    for i in range(len(tokens)):
        clue = _told_from_today(tokens, i) or _weekday_with_date(tokens, i)
        if clue is not None:
            yield clue


def _dateline(tokens: Sequence[Token]) -> _Clue | None:
    """A full date among a paragraph's first words, set off by punctuation from the place and from the text.

    A date at the very start is no dateline: timelines are written so."""
    for i in range(min(_DATELINE_TOKENS, len(tokens))):
        if word_at(tokens, i, "day") or (tokens[i].kind == "punct" and tokens[i].key not in _DATELINE_MARKS):
            return None
        dated = _dated(tokens, i) if i > 1 and tokens[i - 1].key in _DATELINE_MARKS else None
        if dated is not None and any(token.kind == "word" for token in tokens[:i]):
            closed = key_at(tokens, dated.last) in _DATELINE_ENDS
            return _Clue((tokens[i].start, tokens[dated.last - 1].end), dated.day) if closed else None
    return None


def _told_from_today(tokens: Sequence[Token], i: int) -> _Clue | None:
    """«اليوم الخميس» alone, or «اليوم», «أمس», «غدا» with a full date after it."""
    entry = word_at(tokens, i, "day")
    if entry is None:
        return None
    at = i + len(entry.keys)
    weekday = weekday_at(tokens, at + (key_at(tokens, at) in _OPENERS))
    last = weekday[0] if weekday else at
    dated = _after(tokens, last)
    offset = int(entry.value)
    if dated is None:
        alone = weekday is not None and offset == 0
        return _Clue((tokens[i].start, tokens[last - 1].end), weekday=weekday[1]) if alone and weekday else None
    if weekday is not None and weekday[1] != dated.day.weekday():
        return None
    return _Clue((tokens[i].start, tokens[dated.last - 1].end), shift(dated.day, "day", -offset))


def _weekday_with_date(tokens: Sequence[Token], i: int) -> _Clue | None:
    """«السبت الماضي 10 أكتوبر 2020»: published on one of the seven days after it; «المقبل»: before it."""
    weekday = weekday_at(tokens, i)
    if weekday is None:
        return None
    past, ahead = skip(tokens, weekday[0], "past"), skip(tokens, weekday[0], "next")
    if past == ahead:
        return None
    dated = _after(tokens, max(past, ahead))
    if dated is None or dated.day.weekday() != weekday[1]:
        return None
    first = shift(dated.day, "day", 1 if past > ahead else -7)
    return _Clue((tokens[i].start, tokens[dated.last - 1].end), within=(first, shift(first, "day", 6)))


def _after(tokens: Sequence[Token], i: int) -> _Dated | None:
    """The full date in apposition: right after a day's name, a comma, a bracket or «الموافق»."""
    return _dated(tokens, i + 1 if key_at(tokens, i) in _OPENERS else skip(tokens, i, "matching"))


def _dated(tokens: Sequence[Token], i: int) -> _Dated | None:
    parts = read_date(tokens, i)
    if parts is None or parts.year is None or parts.day is None or parts.day_last is not None:
        return None
    days = days_of(parts)
    return _Dated(parts.last, days.first) if days else None
