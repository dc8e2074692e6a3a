"""Dates on the calendar: three families of month names, double names, Hijri months, digits of three scripts.

A date is read from tokens by `read_date`, which also takes a day and a month without a year; `find_dates` keeps the
absolute ones. Names come from the pack's `calendar.tsv`. Hijri dates follow the Umm al-Qura calendar (hijridate).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from marsad.text.number_words import Phrase, is_phrase_at, pack_rows, phrases
from marsad.text.numbers import read_ordinal
from marsad.text.tokens import Token, tokenize

_YEAR: Final = re.compile(r"(?<![\d٠-٩۰-۹])(?:1[0-9]|20|21|١[٠-٩]|٢[٠١]|۱[۰-۹]|۲[۰۱])[0-9٠-٩۰-۹]{2}(?![0-9٠-٩۰-۹])")
_DOTTED: Final = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{1,4})")
_BEFORE: Final = 64
_AFTER: Final = 48
_MARKS: Final = frozenset("/-–—ـ|")
_PREFIXES: Final = ("", "و", "ب", "ل", "ف", "وب", "ول")
_CLITICS: Final = {"year_word": _PREFIXES, "month_word": _PREFIXES, "weekday": ("", "و", "ف")}  # «بالاثنين»: in both
_WEAK_PREFIXES: Final = ("", "و")  # «باب» is a door before it is "in August"


class DateMention(NamedTuple):
    """A date with a year found in a text: its span, its first and last day, `precision` "day", "month" or "year"."""

    start: int
    end: int
    first: date
    last: date
    precision: str


class DateParts(NamedTuple):
    """A date as written: tokens `[first, last)`; absent parts are None; `day_last` ends a range of days."""

    first: int
    last: int
    year: int | None
    month: int | None
    day: int | None = None
    day_last: int | None = None
    hijri: bool = False
    weak: bool = False


class MonthName(NamedTuple):
    """A month's name read at a token."""

    last: int
    month: int
    hijri: bool
    weak: bool


class Days(NamedTuple):
    """A first and a last day."""

    first: date
    last: date


@cache
def names(kind: str) -> dict[str, list[tuple[Phrase, int]]]:
    """The calendar's words of a kind (`month`, `weekday`, `year_word` …) by their first key, the longest first."""
    table: dict[str, list[tuple[Phrase, int]]] = {}
    for row in pack_rows("calendar.tsv"):
        if row["kind"] == kind:
            for keys in phrases(row["forms"]):
                for prefix in _CLITICS.get(kind, ("",)):
                    key = prefix + keys[0]
                    table.setdefault(key, []).append(((key, *keys[1:]), int(row.get("value") or 0)))
    for options in table.values():
        options.sort(key=lambda option: -len(option[0]))
    return table


@cache
def _month_table() -> dict[str, list[tuple[Phrase, MonthName]]]:
    """Every month name, with and without the clitics that are written onto it, by its first key."""
    table: dict[str, list[tuple[Phrase, MonthName]]] = {}
    for kind in ("month", "month_weak", "hijri", "hijri_weak"):
        for options in names(kind).values():
            for keys, value in options:
                month = MonthName(len(keys), value, kind.startswith("hijri"), kind.endswith("weak"))
                for prefix in _WEAK_PREFIXES if month.weak else _PREFIXES:
                    table.setdefault(prefix + keys[0], []).append(((prefix + keys[0], *keys[1:]), month))
    for found in table.values():
        found.sort(key=lambda option: (-len(option[0]), option[1].weak))
    return table


def month_starts() -> set[Phrase]:
    """The words with which a month's name can begin, for a cheap first test."""
    return {keys for options in _month_table().values() for keys, _ in options}


def calendar_starts(kind: str) -> set[Phrase]:
    """The words of a kind, such as `weekday`, for a cheap first test."""
    return {keys for options in names(kind).values() for keys, _ in options}


def read_month(tokens: Sequence[Token], i: int) -> MonthName | None:
    """The month named from token `i` on, its double name included («أكتوبر/تشرين الأول», «أكتوبر (تشرين الأول)»)."""
    one = _one_month(tokens, i)
    if one is None:
        return None
    mark = tokens[one.last].key if one.last < len(tokens) else ""
    other = _one_month(tokens, one.last + (mark in _MARKS or mark == "("))
    if other is None or other.month != one.month or other.hijri != one.hijri:
        return one
    closes = mark == "(" and other.last < len(tokens) and tokens[other.last].key == ")"
    return MonthName(other.last + closes, one.month, one.hijri, False)


def _one_month(tokens: Sequence[Token], i: int) -> MonthName | None:
    if i >= len(tokens):
        return None
    for keys, month in _month_table().get(tokens[i].key, ()):
        if is_phrase_at(tokens, i, keys):
            return month._replace(last=i + len(keys))
    return None


def skip_word(tokens: Sequence[Token], i: int, kind: str) -> int:
    """The index after a word of this kind at token `i`, or `i` where there is none."""
    if i < len(tokens):
        for keys, _ in names(kind).get(tokens[i].key, ()):
            if is_phrase_at(tokens, i, keys):
                return i + len(keys)
    return i


def whole_number(tokens: Sequence[Token], i: int) -> int | None:
    """The value of a token of plain digits, None for anything else."""
    if i >= len(tokens) or i < 0 or tokens[i].kind != "number" or len(tokens[i].key) > 4:
        return None
    return int(tokens[i].key) if tokens[i].key.isdecimal() else None


def read_year(tokens: Sequence[Token], i: int) -> tuple[int, int, bool] | None:
    """The year at token `i`: `(index after it, year, whether it is marked as Hijri)`; four digits, 1000–2199."""
    year = whole_number(tokens, i)
    if year is None or not 1000 <= year < 2200 or len(tokens[i].key) != 4:
        return None
    after = skip_word(tokens, i + 1, "hijri_mark")
    if after > i + 1:
        return (after, year, True) if year < 1600 else (i + 1, year, False)
    return skip_word(tokens, i + 1, "era"), year, False


def read_date(tokens: Sequence[Token], i: int) -> DateParts | None:
    """The date that starts at token `i`, with or without its year.

    Args:
        tokens: the tokens of a paragraph.
        i: where to read.

    Returns:
        Its parts: «15 تشرين الأول/أكتوبر 2020», «الخامس عشر من أكتوبر», «أكتوبر 2020», «15/10/2020», «2020-10-15»,
        «12 رمضان 1442 هـ»; None where no date starts there. A bare year is no date.
    """
    if i >= len(tokens):
        return None
    if tokens[i].kind == "number":
        return _numeric(tokens, i) or _dotted(tokens, i) or _day_first(tokens, i)
    return _month_first(tokens, i) or _day_first(tokens, i)


def _numeric(tokens: Sequence[Token], i: int) -> DateParts | None:
    if i + 4 >= len(tokens) or tokens[i + 1].key not in _MARKS or tokens[i + 3].key != tokens[i + 1].key:
        return None
    a, b, c = (whole_number(tokens, i + n) for n in (0, 2, 4))
    return None if a is None or b is None or c is None else _ordered(tokens, i, i + 5, (a, b, c))


def _dotted(tokens: Sequence[Token], i: int) -> DateParts | None:
    match = _DOTTED.fullmatch(tokens[i].key)
    if match is None:
        return None
    a, b, c = (int(g) for g in match.groups())
    return _ordered(tokens, i, i + 1, (a, b, c))


def _ordered(tokens: Sequence[Token], i: int, end: int, parts: tuple[int, int, int]) -> DateParts | None:
    """A numeric date: the year is at either end, the day before the month unless that cannot be."""
    a, b, c = parts
    year, month, day = (a, b, c) if a >= 1000 else (c, b, a)
    if month > 12 and day <= 12:
        month, day = day, month
    if not (1000 <= year < 2200 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    after = skip_word(tokens, end, "hijri_mark")
    return DateParts(i, after, year, month, day, None, hijri=after > end or year < 1600)


def _day_first(tokens: Sequence[Token], i: int) -> DateParts | None:
    days = _day_numbers(tokens, i)
    if days is None:
        return None
    after, day, day_last = days
    at = skip_word(tokens, after, "of")
    month = read_month(tokens, skip_word(tokens, at, "month_word"))
    if month is None:
        return None
    end, year, marked = _year_after(tokens, month.last)
    return DateParts(i, end, year, month.month, day, day_last, month.hijri or marked)


def _day_numbers(tokens: Sequence[Token], i: int) -> tuple[int, int, int | None] | None:
    """`(index after, day, last day or None)` for «15», «15-17», «15 و16», «15 إلى 17», «الخامس عشر»."""
    day = whole_number(tokens, i)
    if day is None:
        ordinal = read_ordinal(tokens, i)
        return (ordinal.last, ordinal.rank, None) if ordinal and 1 <= ordinal.rank <= 31 else None
    if not 1 <= day <= 31:
        return None
    joined = i + 1 < len(tokens) and (tokens[i + 1].key in _MARKS or skip_word(tokens, i + 1, "range") > i + 1)
    other = whole_number(tokens, i + 2) if joined else None
    return (i + 3, day, other) if other is not None and day < other <= 31 else (i + 1, day, None)


def _month_first(tokens: Sequence[Token], i: int) -> DateParts | None:
    month = read_month(tokens, skip_word(tokens, i, "month_word"))
    if month is None:
        return None
    day = whole_number(tokens, month.last)
    if day is not None and 1 <= day <= 31:
        end, year, marked = _year_after(tokens, month.last + 1)
        if year is not None:
            return DateParts(i, end, year, month.month, day, None, month.hijri or marked)
    end, year, marked = _year_after(tokens, month.last)
    weak = month.weak and year is None and skip_word(tokens, i, "month_word") == i
    return DateParts(i, end, year, month.month, None, None, month.hijri or marked, weak)


def _year_after(tokens: Sequence[Token], i: int) -> tuple[int, int | None, bool]:
    """The year that closes a date: after nothing, «من», «عام», a comma or a slash."""
    for at in (i, i + 1 if i < len(tokens) and tokens[i].key in "/-–,،" else i, skip_word(tokens, i, "year_word")):
        found = read_year(tokens, at)
        if found is not None:
            return found
    return i, None, False


def month_days(year: int, month: int) -> Days:
    """The first and the last day of a month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_days(year: int) -> Days:
    """The first and the last day of a year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def add_months(day: date, months: int) -> date:
    """The same day so many months later (negative: earlier), or that month's last day; held inside the calendar."""
    count = day.year * 12 + day.month - 1 + months
    year, month = min(max(count // 12, 1), 9999), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_of(parts: DateParts) -> Days | None:
    """The days that a date with a year means; None where it has no year or there is no such day."""
    if parts.year is None or parts.month is None:
        return None
    if parts.hijri:
        return _hijri_days(parts.year, parts.month, parts.day, parts.day_last)
    try:
        if parts.day is None:
            return month_days(parts.year, parts.month)
        first = date(parts.year, parts.month, parts.day)
        return Days(first, date(parts.year, parts.month, parts.day_last) if parts.day_last else first)
    except ValueError:
        return None


def _hijri_days(year: int, month: int, day: int | None, day_last: int | None) -> Days | None:
    from hijridate import Hijri

    try:
        first = Hijri(year, month, day or 1)
        last = day_last or day or first.month_length()
        return Days(_gregorian(first), _gregorian(Hijri(year, month, last)))
    except (ValueError, OverflowError):
        return None


def _gregorian(day: object) -> date:
    found = day.to_gregorian()  # type: ignore[attr-defined]
    return date(found.year, found.month, found.day)


def hijri_year_of(day: date) -> int | None:
    """The Hijri year in which a day falls; None outside the tables (1924–2077)."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateMention]:
    """The dates with a year that a text names, in order.

    Args:
        text: the whole text.
        start, end: the stretch to search, in code points; all of the text by default.

    Returns:
        Mentions with spans in the whole text, none overlapping; a month or a year alone counts where the year is given
        («أكتوبر 2020», «عام 2020»). Impossible days (31 February) are no dates.
    """
    found: list[DateMention] = []
    for left, right in _windows(text, start, len(text) if end is None else end):
        tokens = tokenize(text, left, right)
        i = 0
        while i < len(tokens):
            mention, i = _mention(tokens, i)
            if mention is not None:
                found.append(mention)
    return found


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches around whatever looks like a year, so that a long page costs little."""
    left = right = -1
    for match in _YEAR.finditer(text, start, end):
        a, b = max(start, match.start() - _BEFORE), min(end, match.end() + _AFTER)
        a = a if a == start else next((k + 1 for k in range(a, match.start()) if text[k].isspace()), match.start())
        if left >= 0 and a > right:
            yield left, right
            left = -1
        left, right = (a if left < 0 else left), b
    if left >= 0:
        yield left, right


def _mention(tokens: Sequence[Token], i: int) -> tuple[DateMention | None, int]:
    """The dated mention at a token, or None, and where to go on."""
    parts = read_date(tokens, i)
    if parts is not None and parts.year is not None and _stands_alone(tokens, i, parts.last):
        days = days_of(parts)
        kind = "month" if parts.day is None else "day"
        return (_at(tokens, parts.first, parts.last, days, kind) if days else None), parts.last
    after = skip_word(tokens, i, "year_word")
    year = read_year(tokens, after) if after > i else None
    if year is not None:
        days = _whole_year(year[1], year[2])
        return (_at(tokens, i, year[0], days, "year") if days else None), year[0]
    return None, i + 1


def _stands_alone(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a numeric date is not the middle of a longer chain of digits, such as a telephone number."""
    chained = i > 1 and tokens[i - 1].key in "/-" and tokens[i - 2].kind == "number"
    glued = chained and tokens[i - 1].end == tokens[i].start
    tail = last + 1 < len(tokens) and tokens[last].key in "/-" and tokens[last + 1].kind == "number"
    return not (glued or (tail and tokens[last].start == tokens[last - 1].end))


def _whole_year(year: int, hijri: bool) -> Days | None:
    if not hijri:
        return year_days(year)
    first, last = _hijri_days(year, 1, None, None), _hijri_days(year, 12, None, None)
    return Days(first.first, last.last) if first and last else None


def _at(tokens: Sequence[Token], first: int, last: int, days: Days, precision: str) -> DateMention:
    return DateMention(tokens[first].start, tokens[last - 1].end, days.first, days.last, precision)
