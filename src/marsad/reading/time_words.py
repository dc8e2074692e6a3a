"""The words of time, looked up by token, and the arithmetic of days, weeks, months and years behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from marsad.text.calendar import Days, add_months, month_days, year_days
from marsad.text.number_words import Phrase, is_phrase_at, pack_rows, phrases
from marsad.text.tokens import Token

_PREFIXES: Final = ("", "و", "ف", "ب", "ل", "وب", "ول")
_ARTICLES: Final = ("ال", "وال", "فال", "بال", "لل", "كال", "ولل")
_WITH_ARTICLE: Final = {"unit": "the_unit", "season": "the_season"}
_BARE: Final = {
    *("not_before", "not_after", "past", "next", "current", "following"),
    *("few", "forward", "forward_stop", "more", "general"),
}
_MONTHS: Final = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_FIRST: Final = date.min
_LAST: Final = date.max


class Entry(NamedTuple):
    """A row's form: its keys and the row's value."""

    keys: Phrase
    value: str


class Unit(NamedTuple):
    """A unit of time: `name` hour, day, week, month, year, decade or century; `number` 0 for a plural."""

    name: str
    number: int


@cache
def lexicon() -> dict[str, dict[str, list[Entry]]]:
    """The time words by kind and first key (clitics included), the longest first."""
    table: dict[str, dict[str, list[Entry]]] = {}
    for row in pack_rows("times.tsv"):
        kind, value = row["kind"], row.get("value", "")
        for keys in phrases(row["forms"]):
            for variant in ("",) if kind in _BARE else _PREFIXES:
                _put(table, kind, (variant + keys[0], *keys[1:]), value)
            if keys[0].startswith("ال") and kind not in _BARE:
                _put(table, kind, ("لل" + keys[0][2:], *keys[1:]), value)
            for article in _ARTICLES if kind in _WITH_ARTICLE else ():
                _put(table, _WITH_ARTICLE[kind], (article + keys[0], *keys[1:]), value)
    for by_key in table.values():
        for entries in by_key.values():
            entries.sort(key=lambda entry: -len(entry.keys))
    return table


def _put(table: dict[str, dict[str, list[Entry]]], kind: str, keys: Phrase, value: str) -> None:
    table.setdefault(kind, {}).setdefault(keys[0], []).append(Entry(keys, value))


def word_at(tokens: Sequence[Token], i: int, kind: str) -> Entry | None:
    """The word or phrase of this kind at a token, the longest, or None."""
    if not 0 <= i < len(tokens):
        return None
    for entry in lexicon()[kind].get(tokens[i].key, ()):
        if len(entry.keys) == 1 or is_phrase_at(tokens, i, entry.keys):
            return entry
    return None


def skip(tokens: Sequence[Token], i: int, *kinds: str) -> int:
    """The index after one word of any of these kinds at a token, or the same index."""
    for kind in kinds:
        entry = word_at(tokens, i, kind)
        if entry is not None:
            return i + len(entry.keys)
    return i


def unit_of(entry: Entry) -> Unit:
    """The unit that a `unit` row names; a decade with a number counts as that many years."""
    name, number = entry.value.split(":")
    return Unit(name, 0 if number == "n" else int(number))


def starts_of(*kinds: str) -> set[Phrase]:
    """The phrases of these kinds."""
    return {e.keys for kind in kinds for entries in lexicon()[kind].values() for e in entries}


def shift(day: date, unit: str, number: int) -> date:
    """The day so many units later (negative: earlier), held inside the calendar; hours make whole days."""
    number = max(-100_000, min(100_000, number))
    if unit in _MONTHS:
        return add_months(day, number * _MONTHS[unit])
    days = {"day": number, "week": 7 * number, "hour": -(-abs(number) // 24) * (1 if number > 0 else -1)}[unit]
    return date.fromordinal(min(max(day.toordinal() + days, _FIRST.toordinal()), _LAST.toordinal()))


def unit_days(day: date, unit: str, steps: int) -> Days:
    """The whole week (Monday to Sunday), month, year or century so many steps from that of a day.

    A decade so many steps off is the ten years before or after the day.
    """
    moved = shift(day, unit, steps)
    if unit == "week":
        monday = shift(moved, "day", -moved.weekday())
        return Days(monday, shift(monday, "day", 6))
    if unit == "month":
        return month_days(moved.year, moved.month)
    if unit == "decade":
        return Days(shift(day, "decade", steps), day) if steps < 0 else Days(day, shift(day, "decade", steps))
    if unit == "century":
        first = max(1, moved.year // 100 * 100)
        return Days(date(first, 1, 1), date(first // 100 * 100 + 99, 12, 31))
    return year_days(moved.year) if unit == "year" else Days(moved, moved)


def weekday_near(day: date, weekday: int, direction: int) -> date:
    """The nearest such weekday on or before a day (`direction` -1) or on or after it (1)."""
    away = (day.weekday() - weekday) % 7 if direction < 0 else (weekday - day.weekday()) % 7
    return shift(day, "day", direction * away)


def part_of(days: Days, which: str) -> Days:
    """The start, middle or end of a stretch.

    A month's middle is its days 11 to 20 and a year's parts are four months each, as the coding rules have it for the
    month; of a decade the first three, the middle four and the last three years; of a week two, three and two days.
    """
    length = (days.last - days.first).days + 1
    if length > 3000:
        return _years_part(days, which)
    if length > 300:
        first = {"start": 1, "middle": 5, "end": 9}[which]
        return Days(date(days.first.year, first, 1), month_days(days.first.year, first + 3).last)
    cuts = (9, 10) if length > 20 else (1, 2)
    return _days_part(days, which, cuts)


def _years_part(days: Days, which: str) -> Days:
    decade = {"start": (0, 2), "middle": (3, 6), "end": (7, 9)}
    century = {"start": (0, 32), "middle": (33, 66), "end": (67, 99)}
    first, last = (decade if days.last.year - days.first.year < 20 else century)[which]
    year = days.first.year
    return Days(date(year + first, 1, 1), date(year + last, 12, 31))


def _days_part(days: Days, which: str, cuts: tuple[int, int]) -> Days:
    one = days.first + timedelta(days=cuts[0])
    two = min(days.last, one + timedelta(days=cuts[1] if cuts[0] == 9 else 3))
    if which == "start":
        return Days(days.first, one)
    if which == "middle":
        return Days(one + timedelta(days=1), two)
    return Days(min(days.last, two + timedelta(days=1)), days.last)


def half_of(days: Days, which: int) -> Days:
    """The first or the second half of a stretch; of a year, six months."""
    if (days.last - days.first).days > 300:
        year = days.first.year
        return Days(date(year, 1, 1), date(year, 6, 30)) if which == 1 else Days(date(year, 7, 1), date(year, 12, 31))
    middle = days.first + (days.last - days.first) // 2
    return Days(days.first, middle) if which == 1 else Days(middle + timedelta(days=1), days.last)


def season_days(year: int, months: str) -> Days:
    """The days of a season of a year: «3-5» is March to May, «12-2» December to the next February."""
    first, last = (int(month) for month in months.split("-"))
    return Days(date(year, first, 1), month_days(year + (last < first), last).last)
