"""Readers of longer times that have a name: «الأسبوع الماضي», «خريف عام 2020», «أواخر الثمانينيات», «هذا العام».

Each reader takes the scene and a token and returns what it read there, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from marsad.model.record import Precision
from marsad.reading.time_points import (
    Found,
    Scene,
    at_day,
    key_at,
    over,
    read_dated,
    stands_before,
)
from marsad.reading.time_words import Unit, half_of, part_of, season_days, shift, skip, unit_days, unit_of, word_at
from marsad.text.calendar import Days, read_year, skip_word, year_days
from marsad.text.numbers import read_ordinal, read_quantity
from marsad.text.tokens import Token

_DASHES: Final = frozenset("-–—/")
PRECISION: Final[dict[str, Precision]] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "decade": "year",
    "century": "year",
    "hour": "day",
}


def read_span(scene: Scene, i: int) -> Found | None:
    """A week, month, season, year or decade: «أواخر الثمانينيات», «خريف عام 2020», «الأسبوع الماضي», «عام 2011»."""
    part = _third(scene, i) or _half(scene, i)
    return part or _decade(scene, i) or _season(scene, i) or _year(scene, i) or read_unit(scene, i)


def _third(scene: Scene, i: int) -> Found | None:
    """«منتصف نيسان الماضي», «مطلع العام الجاري», «نهاية الأسبوع»."""
    entry = word_at(scene.tokens, i, "third")
    if entry is None:
        return None
    whole = read_whole(scene, i + len(entry.keys))
    return _cut(whole, lambda days: part_of(days, entry.value)) if whole else None


def _half(scene: Scene, i: int) -> Found | None:
    entry = word_at(scene.tokens, i, "half")
    whole = read_whole(scene, i + len(entry.keys)) if entry else None
    return _cut(whole, lambda days: half_of(days, int(entry.value))) if whole and entry else None


def _cut(whole: Found, cut: Callable[[Days], Days]) -> Found:
    days = Days(whole.first_day, whole.last_day) if whole.first_day and whole.last_day else None
    found = cut(days) if days else None
    precision: Precision = "week" if whole.precision == "week" else "month"
    return over(whole.last, found, "year" if whole.precision == "open" else precision)


def read_whole(scene: Scene, i: int) -> Found | None:
    """What a part is taken of: a month, a year, a decade, or «العام», «الشهر», «الأسبوع» alone, the current one."""
    tokens = scene.tokens
    at = skip(tokens, i, "of")
    dated = read_dated(scene, at)
    if dated is not None:
        return dated if dated.precision == "month" else None
    found = _decade(scene, at) or _year(scene, at) or read_unit(scene, at) or bare_year(scene, at)
    if found is not None:
        return found
    entry = word_at(tokens, at, "the_unit")
    if entry is None or entry.value not in ("week:1", "month:1", "year:1"):
        return None
    name = unit_of(entry).name
    return over(at + 1, unit_days(scene.published, name, 0) if scene.published else None, PRECISION[name])


def bare_year(scene: Scene, i: int) -> Found | None:
    year = read_year(scene.tokens, i)
    return over(year[0], year_days(year[1]), "year") if year and year[1] >= 1900 else None


def _decade(scene: Scene, i: int) -> Found | None:
    """«الثمانينيات»."""
    entry = word_at(scene.tokens, i, "decade")
    if entry is None:
        return None
    first = int(entry.value)
    return over(i + len(entry.keys), Days(date(first, 1, 1), date(first + 9, 12, 31)), "year")


def _season(scene: Scene, i: int) -> Found | None:
    """«خريف عام 2020», «صيف 2014», «شتاء العام الماضي», «الصيف الماضي»."""
    entry = word_at(scene.tokens, i, "season")
    if entry is not None:
        at = i + len(entry.keys)
        whole = _year(scene, at) or bare_year(scene, at) or read_unit(scene, at)
        if whole is None or whole.precision != "year":
            return None
        year = whole.first_day.year if whole.first_day else None
        return over(whole.last, season_days(year, entry.value) if year else None, "month")
    entry = word_at(scene.tokens, i, "the_season")
    return _season_near(scene, i + len(entry.keys), entry.value) if entry else None


def _season_near(scene: Scene, i: int, months: str) -> Found | None:
    for word, direction in (("past", -1), ("next", 1), ("current", 0)):
        after = skip(scene.tokens, i, word)
        if after > i:
            return over(after, _season_choice(scene.published, months, direction), "month")
    return None


def _season_choice(day: date | None, months: str, direction: int) -> Days | None:
    if day is None:
        return None
    options = [season_days(day.year + step, months) for step in (-2, -1, 0, 1)]
    if direction < 0:
        return [d for d in options if d.last < day][-1]
    return next((d for d in options if (d.first > day if direction else d.last >= day)), None)


def _year(scene: Scene, i: int) -> Found | None:
    """«عام 2011», «سنة 1442 هـ»."""
    after = skip_word(scene.tokens, i, "year_word")
    year = read_year(scene.tokens, after) if after > i else None
    if year is None or year[2] or year[1] < 1500:
        return None
    return over(year[0], year_days(year[1]), "year")


def read_years(scene: Scene, i: int) -> Found | None:
    """«عامي 1992 و1994», «الأعوام 2011-2015»."""
    at = skip(scene.tokens, i, "years")
    return _year_pair(scene.tokens, at) if at > i else None


def _year_pair(tokens: Sequence[Token], i: int) -> Found | None:
    one = read_year(tokens, i)
    joins = one is not None and (key_at(tokens, one[0]) in _DASHES or word_at(tokens, one[0], "joins") is not None)
    two = read_year(tokens, one[0] + 1) if one and joins else None
    if one is None or two is None or two[1] <= one[1] or one[1] < 1500:
        return None
    return over(two[0], Days(year_days(one[1]).first, year_days(two[1]).last), "year")


def read_bare_year(scene: Scene, i: int) -> Found | None:
    """A year without «عام», after words that take one: «في 2011», «حرب 2006», «2014-2018»."""
    tokens = scene.tokens
    year = read_year(tokens, i)
    if year is None or not 1900 <= year[1] <= 2100:
        return None
    if not stands_before(tokens, i, "year_lead") and not stands_before(tokens, i, "between_years"):
        return None
    return _year_pair(tokens, i) or over(year[0], year_days(year[1]), "year")


def read_unit(scene: Scene, i: int) -> Found | None:
    """«الأسبوع الماضي», «هذا العام», «الأيام الثلاثة الأخيرة», «الشهرين المقبلين», «لليوم الثالث على التوالي»."""
    tokens = scene.tokens
    at = skip(tokens, i, "demonstrative")
    entry = word_at(tokens, at, "the_unit")
    if entry is None or stands_before(tokens, at, "general"):
        return None
    unit, last = unit_of(entry), at + len(entry.keys)
    if at > i and unit.number == 1 and not word_at(tokens, last, "past") and not word_at(tokens, last, "next"):
        return _whole_unit(scene, skip(tokens, last, "current"), unit, 0)
    return _modified(scene, last, unit) or _in_a_row(scene, last, unit)


def _modified(scene: Scene, i: int, unit: Unit) -> Found | None:
    tokens = scene.tokens
    number, at = _number_between(tokens, i, unit)
    at = skip(tokens, skip(tokens, at, "few"), "few")
    if word_at(tokens, at, "before_last") and unit.number == 1:
        return _whole_unit(scene, skip(tokens, at, "before_last"), unit, -2)
    for word, step in (("past", -1), ("next", 1), ("current", 0), ("following", 2)):
        after = skip(tokens, at, word)
        if after > at:
            return _stepped(scene, after, Unit(unit.name, number), step)
    return None


def _number_between(tokens: Sequence[Token], i: int, unit: Unit) -> tuple[int, int]:
    """The number that stands after its unit («الأيام الثلاثة الأخيرة», «الساعات الـ24 الماضية») and the index after."""
    at = skip(tokens, i, "the")
    quantity = read_quantity(tokens, at)
    if unit.number == 0 and quantity is not None and not quantity.counted_dual:
        return quantity.low, quantity.last
    return unit.number, i


def _stepped(scene: Scene, last: int, unit: Unit, step: int) -> Found | None:
    """A unit with its adjective: one means the whole unit, several a stretch up to or from publication."""
    if unit.number == 1 and unit.name != "hour":
        if step == 2:
            told = scene.told or scene.previous
            day = shift(told, unit.name, 1) if told else None
            return at_day(last, day) if unit.name == "day" and day else None
        return _whole_unit(scene, last, unit, step) if unit.name != "day" else None
    if (unit.number == 0 and unit.name == "hour") or step == 2:
        return None
    return stretch(scene, last, unit, step)


def _whole_unit(scene: Scene, last: int, unit: Unit, step: int) -> Found | None:
    if unit.name == "hour" or (unit.name == "day" and step):
        return None
    days = unit_days(scene.published, unit.name, step) if scene.published else None
    return over(last, days, PRECISION[unit.name], "point" if unit.name == "day" else "span")


def stretch(scene: Scene, last: int, unit: Unit, step: int) -> Found | None:
    """From so many units back to publication, or from publication on; without a number that end stays open."""
    day = scene.published
    far = shift(day, unit.name, step * unit.number) if day and unit.number else None
    precision: Precision = PRECISION[unit.name] if unit.number else "open"
    kind = "span" if unit.number else "open"
    if step == 0:
        return None
    return Found(last, far, day, precision, kind) if step < 0 else Found(last, day, far, precision, kind)


def _in_a_row(scene: Scene, i: int, unit: Unit) -> Found | None:
    """«لليوم الثالث على التوالي»: from two days before the day told to that day."""
    tokens = scene.tokens
    ordinal = read_ordinal(tokens, i)
    after = skip(tokens, ordinal.last, "row") if ordinal else i
    if ordinal is None or after == ordinal.last or unit.number != 1:
        return None
    day = scene.anchor
    first = shift(day, unit.name, 1 - ordinal.rank) if day else None
    return Found(after, first, day, PRECISION[unit.name], "span")
