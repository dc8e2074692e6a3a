"""Readers of counted times: «منذ أكثر من أسبوعين», «قبل ثلاثة أيام», «خلال الأيام الأخيرة», «هدنة استمرت 7 أيام».

Each reader takes the scene and a token and returns what it read there, or None. Bare durations are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from marsad.reading.time_points import (
    Found,
    Scene,
    at_day,
    looks_forward,
    read_dated,
    read_day,
    read_day_of_unit,
    read_known,
    stands_before,
)
from marsad.reading.time_spans import PRECISION, bare_year, read_span, read_unit, read_whole, stretch
from marsad.reading.time_words import Unit, shift, skip, unit_of, word_at
from marsad.text.calendar import read_year, whole_number
from marsad.text.numbers import read_quantity, skip_bounds
from marsad.text.tokens import Token

_PLURAL: Final = 3
_EXTENSION_BACK: Final = 10
_DAY_OF_HOURS: Final = 24


class Count(NamedTuple):
    """A counted unit: «ثلاثة أيام», «أسبوعين»; `exact` False for a bare plural, which is three or more."""

    last: int
    unit: str
    number: int
    exact: bool


def read_count(tokens: Sequence[Token], i: int) -> Count | None:
    """A number and its unit, bounding phrases («أكثر من», «نحو») skipped."""
    at = skip_bounds(tokens, i)
    entry = word_at(tokens, at, "unit")
    if entry is not None:
        unit = unit_of(entry)
        return Count(at + len(entry.keys), unit.name, unit.number or _PLURAL, unit.number > 0)
    quantity = read_quantity(tokens, at)
    if quantity is None or quantity.counted_dual:
        return None
    after = skip(tokens, quantity.last, "of")
    entry = word_at(tokens, after, "unit") or word_at(tokens, after, "the_unit")
    if entry is None:
        return None
    unit = unit_of(entry)
    years = unit.number if unit.name == "year" and unit.number >= 10 else 1
    return Count(after + len(entry.keys), unit.name, quantity.low * years, quantity.high == quantity.low)


def read_since(scene: Scene, i: int) -> Found | None:
    """«منذ أكثر من أسبوعين», «منذ صباح الأربعاء», «منذ 15 نيسان», «منذ عقود»: up to the day of publication."""
    at = skip(scene.tokens, i, "since")
    count = read_count(scene.tokens, at)
    if count is not None and not _is_called(scene.tokens, count):
        return None if count.unit == "hour" and count.number < _DAY_OF_HOURS else _counted_back(scene, count)
    found = _named(scene, at)
    if found is None or (found.first_day and scene.published and found.first_day > scene.published):
        return None
    return found._replace(last_day=scene.published, kind="since")


def _is_called(tokens: Sequence[Token], count: Count) -> bool:
    """Whether «عام» or «يوم» opens a name («عام 2011», «يوم 12 أيار») instead of being counted."""
    if count.number != 1:
        return False
    return read_year(tokens, count.last) is not None or read_quantity(tokens, count.last) is not None


def _counted_back(scene: Scene, count: Count) -> Found:
    first = shift(scene.published, count.unit, -count.number) if scene.published else None
    return Found(count.last, first, scene.published, PRECISION[count.unit], "since")


def _named(scene: Scene, i: int) -> Found | None:
    """A day, date or longer time that has a name."""
    found = read_known(scene, i) or read_day(scene, i) or read_day_of_unit(scene, i) or read_dated(scene, i)
    return found or read_span(scene, i) or bare_year(scene, i)


def read_by(scene: Scene, i: int) -> Found | None:
    """«قبل نهاية العام», «قبل حلول نهاية هذا العام», «بحلول عام 2030»: from publication to its last day."""
    tokens = scene.tokens
    entry = word_at(tokens, i, "by")
    if entry is None:
        return None
    at = i + len(entry.keys)
    third = word_at(tokens, at, "third")
    if third is not None and third.value == "end":
        found = read_whole(scene, at + len(third.keys))
    else:
        found = (read_span(scene, at) or bare_year(scene, at)) if entry.value == "arrival" else None
    if found is None or (scene.published and found.last_day and found.last_day < scene.published):
        return None
    return found._replace(first_day=scene.published, kind="until")


def read_ago(scene: Scene, i: int) -> Found | None:
    """«قبل ثلاثة أيام», «قبل 6 أسابيع»; with «من» after it, the day of the event that follows; «قبل أيام» is open."""
    count = read_count(scene.tokens, skip(scene.tokens, i, "ago"))
    if count is None or count.unit == "hour" or _is_called(scene.tokens, count):
        return None
    day = scene.published
    if word_at(scene.tokens, count.last, "event_follows"):
        ahead = shift(day, count.unit, count.number) if day else None
        return at_day(count.last, ahead) if count.exact else None
    if not count.exact:
        return Found(count.last, None, day, "open", "open")
    return at_day(count.last, shift(day, count.unit, -count.number) if day else None, PRECISION[count.unit])


def read_after(scene: Scene, i: int) -> Found | None:
    """«بعد 3 أيام من الاتفاق»: the day of the agreement; «بعد أسبوع» in words that look forward: a week ahead."""
    count = read_count(scene.tokens, skip(scene.tokens, i, "after"))
    if count is None or count.unit == "hour" or not count.exact or _is_called(scene.tokens, count):
        return None
    if word_at(scene.tokens, count.last, "event_follows"):
        day = scene.anchor
        return at_day(count.last, shift(day, count.unit, -count.number) if day else None)
    if not looks_forward(scene.tokens, i):
        return None
    return at_day(count.last, shift(scene.published, count.unit, count.number) if scene.published else None)


def read_during(scene: Scene, i: int) -> Found | None:
    """«خلال الأيام الأخيرة», «خلال الـ24 ساعة الماضية», «في غضون الأسبوع المقبل»."""
    entry = word_at(scene.tokens, i, "during")
    if entry is None:
        return None
    at = skip(scene.tokens, i + len(entry.keys), "the")
    found = read_last_counted(scene, at) or read_unit(scene, at)
    return found or _past_count(scene, at) or read_recent(scene, at)


def read_recent(scene: Scene, i: int) -> Found | None:
    """«الآونة الأخيرة»."""
    entry = word_at(scene.tokens, i, "recent")
    return Found(i + len(entry.keys), None, scene.published, "open", "open") if entry else None


def read_last_counted(scene: Scene, i: int) -> Found | None:
    """«آخر 24 ساعة», «آخر ثلاثة أيام»."""
    at = skip(scene.tokens, i, "last_n")
    count = read_count(scene.tokens, at) if at > i else None
    if count is None or not count.exact or (whole_number(scene.tokens, at) is None and count.number < 2):
        return None
    return stretch(scene, count.last, Unit(count.unit, count.number), -1)


def _past_count(scene: Scene, i: int) -> Found | None:
    """«24 ساعة الماضية», «6 أشهر المقبلة»."""
    count = read_count(scene.tokens, i)
    if count is None or not count.exact:
        return None
    for word, step in (("past", -1), ("next", 1)):
        after = skip(scene.tokens, count.last, word)
        if after > count.last:
            return stretch(scene, after, Unit(count.unit, count.number), step)
    return None


def read_free_count(scene: Scene, i: int) -> Found | None:
    """A counted time that its neighbours put on the calendar: «هدنة استمرت 7 أيام», «تمديدها خمسة أيام إضافية»,
    «24 ساعة الماضية»; any other duration is left alone."""
    tokens = scene.tokens
    count = read_count(tokens, i)
    if count is None or not count.exact or count.unit == "hour":
        return _past_count(scene, i) if count else None
    if stands_before(tokens, i, "lasted") and not word_at(tokens, count.last, "dated_after"):
        day = scene.anchor
        first = shift(day, count.unit, -count.number) if day else None
        return Found(count.last, first, day, PRECISION[count.unit], "span")
    if word_at(tokens, count.last, "more") and _is_extension(tokens, i):
        return stretch(scene, count.last + 1, Unit(count.unit, count.number), 1)
    return _past_count(scene, i)


def _is_extension(tokens: Sequence[Token], i: int) -> bool:
    return any(word_at(tokens, at, "extended") for at in range(max(0, i - _EXTENSION_BACK), i))
