"""Readers of days and dates: «اليوم الخميس», «مساء الأربعاء الماضي», «15 تشرين الأول/أكتوبر», «غداة», «الآن».

Each reader takes the scene and a token and returns what it read there, or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from marsad.model.record import Precision
from marsad.reading.time_words import shift, skip, unit_days, weekday_near, word_at
from marsad.text.calendar import DateParts, Days, days_of, hijri_year_of, read_date, read_year, skip_word, whole_number
from marsad.text.calendar import names as calendar_names
from marsad.text.number_words import is_phrase_at
from marsad.text.numbers import read_ordinal
from marsad.text.tokens import Token

_LOOK_BACK: Final = 20
_STALE: Final = 300
_SOON: Final = 60
_SENTENCE_END: Final = frozenset(".؟!؛")
_COMMAS: Final = frozenset(",،")


class Scene(NamedTuple):
    """What an expression is read against: the tokens, the day of publication, the day told last in this paragraph and
    in those before it."""

    tokens: Sequence[Token]
    published: date | None
    told: date | None
    previous: date | None = None

    @property
    def anchor(self) -> date | None:
        """The day told last, or else the day of publication."""
        return self.told or self.published


class Found(NamedTuple):
    """An expression read: tokens up to `last`, its days, its precision, its kind (point, span, since, until …)."""

    last: int
    first_day: date | None
    last_day: date | None
    precision: Precision
    kind: str = "point"


def at_day(last: int, day: date | None, precision: Precision = "day", kind: str = "point") -> Found:
    """An expression that means one day."""
    return Found(last, day, day, precision, kind)


def over(last: int, days: Days | None, precision: Precision, kind: str = "span") -> Found:
    """An expression that means a stretch of days, or None where the day of publication is unknown."""
    return Found(last, days.first if days else None, days.last if days else None, precision, kind)


def key_at(tokens: Sequence[Token], i: int) -> str:
    """The key of a token, empty outside the paragraph."""
    return tokens[i].key if 0 <= i < len(tokens) else ""


def stands_before(tokens: Sequence[Token], i: int, kind: str) -> bool:
    """Whether a word or a two-word phrase of this kind ends right before a token."""
    for length in (1, 2):
        entry = word_at(tokens, i - length, kind)
        if entry is not None and len(entry.keys) == length:
            return True
    return False


def looks_forward(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words before a token, in its sentence, speak of what is to come."""
    start = i - 1 if word_at(tokens, i - 1, "third") else i
    if stands_before(tokens, start, "until"):
        return True
    for at in range(i - 1, max(-1, i - _LOOK_BACK), -1):
        if tokens[at].key in _SENTENCE_END or word_at(tokens, at, "forward_stop"):
            return False
        if word_at(tokens, at, "forward") is not None:
            return True
    return False


def read_day(scene: Scene, i: int) -> Found | None:
    """«في وقت سابق اليوم», «مساء أمس الأحد», «يوم الإثنين الماضي», «الخميس 15 أكتوبر»."""
    at = skip(scene.tokens, i, "lead")
    part = skip(scene.tokens, at, "part")
    named = skip(scene.tokens, part, "day_word")
    found = _relative_day(scene, named) or (_relative_day(scene, part) if named > part else None)
    found = found or _weekday(scene, i, named) or _date_of_day(scene, i, named)
    if found is None or (named == part == at > i and found.precision != "day"):
        return None
    return found._replace(precision="part_of_day") if part > at and found.precision == "day" else found


def _date_of_day(scene: Scene, i: int, at: int) -> Found | None:
    """«مساء 12 أيار», «يوم 12 أيار»."""
    if at == i:
        return None
    found = read_dated(scene, at)
    return found if found is not None and found.precision == "day" else None


def _relative_day(scene: Scene, i: int) -> Found | None:
    """«اليوم», «أمس الأول», «غدا», with the weekday that may stand beside it."""
    entry = word_at(scene.tokens, i, "day")
    if entry is None:
        return None
    last = i + len(entry.keys)
    offset = int(entry.value)
    if offset > 0 and stands_before(scene.tokens, i, "not_before"):
        return None
    if len(entry.keys) == 1 and offset == 0 and not _is_today(scene.tokens, i):
        return None
    day = shift(scene.published, "day", offset) if scene.published else None
    return _beside(scene, last, day)


def _is_today(tokens: Sequence[Token], i: int) -> bool:
    """Whether «اليوم» is today and not "the third day", "the day on which", "World Day" or part of a name."""
    if word_at(tokens, i + 1, "not_after") or word_at(tokens, i + 1, "following") or read_ordinal(tokens, i + 1):
        return False
    return not word_at(tokens, i - 1, "in") and not stands_before(tokens, i, "not_before")


def _beside(scene: Scene, last: int, day: date | None) -> Found:
    """The day with the weekday or date beside it: «اليوم الخميس», «أمس (الأحد)», «اليوم، الجمعة 3 مارس»."""
    tokens = scene.tokens
    opening = key_at(tokens, last)
    at = last + 1 if opening in _COMMAS or opening == "(" else last
    weekday = weekday_at(tokens, skip(tokens, at, "day_word"))
    if weekday is None:
        return _with_date(scene, last, day)
    end, number = weekday
    closes = opening == "(" and key_at(tokens, end) == ")"
    nearest = _nearest(day, number) if day else None
    return _with_date(scene, end + closes, nearest)


def _nearest(day: date, weekday: int) -> date:
    """The nearest such weekday to a day: the page's own «الخميس» outweighs a publication day that is one off."""
    before, after = weekday_near(day, weekday, -1), weekday_near(day, weekday, 1)
    return before if day - before <= after - day else after


def _with_date(scene: Scene, last: int, day: date | None) -> Found:
    """The day, or the date that follows it in apposition («الخميس 15 أكتوبر», «الجمعة، 3 مارس 2023»)."""
    tokens = scene.tokens
    opening = key_at(tokens, last)
    at = last + 1 if opening in _COMMAS or opening in ("(", "-") else skip(tokens, last, "matching")
    dated = read_dated(scene, at) if at < len(tokens) else None
    if dated is None or dated.precision != "day":
        return at_day(last, day)
    closes = opening == "(" and key_at(tokens, dated.last) == ")"
    return dated._replace(last=dated.last + closes)


def weekday_at(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """`(index after, number)` of the weekday named at a token, 0 for Monday."""
    for keys, number in calendar_names("weekday").get(key_at(tokens, i), ()):
        if is_phrase_at(tokens, i, keys):
            return i + len(keys), number
    return None


def _weekday(scene: Scene, start: int, i: int) -> Found | None:
    """«الأربعاء», «السبت الماضي», «الأحد المقبل», «ليل الجمعة السبت»."""
    tokens = scene.tokens
    named = weekday_at(tokens, i)
    if named is None or stands_before(tokens, i, "not_before"):
        return None
    last, number = named
    if word_at(tokens, last, "before_last"):
        return at_day(skip(tokens, last, "before_last"), _weekday_day(scene, number, -2))
    if word_at(tokens, last, "past"):
        return _with_date(scene, last + 1, _weekday_day(scene, number, -1))
    if word_at(tokens, last, "next"):
        return _with_date(scene, last + 1, _weekday_day(scene, number, 1))
    forward = looks_forward(tokens, start)
    day = weekday_near(scene.published, number, 1 if forward else -1) if scene.published else None
    second = weekday_at(tokens, last + (key_at(tokens, last) in "-–/")) if i > start else None
    if second is not None and second[1] == (number + 1) % 7:
        return Found(second[0], day, shift(day, "day", 1) if day else None, "part_of_day", "span")
    return _with_date(scene, last, day)


def _weekday_day(scene: Scene, weekday: int, steps: int) -> date | None:
    """The last (-1), the last but one (-2) or the next (1) such weekday, the day of publication left out."""
    if scene.published is None:
        return None
    direction = 1 if steps > 0 else -1
    near = weekday_near(shift(scene.published, "day", direction), weekday, direction)
    return shift(near, "week", steps - direction)


def read_dated(scene: Scene, i: int) -> Found | None:
    """A date or a month: «30 مارس الماضي», «15 نيسان/أبريل», «في أيار المقبل», «18 مارس من كل عام», «شهر رمضان»."""
    parts = read_date(scene.tokens, i)
    if parts is None or (parts.day is not None and not parts.year and key_at(scene.tokens, i - 1) in ("/", "-")):
        return None
    precision: Precision = "month" if parts.day is None else "day"
    kind = "point" if parts.day is not None and not parts.day_last else "span"
    if parts.year is not None:
        days = days_of(parts)
        return over(parts.last, days, precision, kind) if days else None
    return _without_year(scene, parts, precision, kind)


def _without_year(scene: Scene, parts: DateParts, precision: Precision, kind: str) -> Found | None:
    tokens, last = scene.tokens, parts.last
    named = _named_year(scene, last)
    if named is not None:
        return over(named[0], days_of(parts._replace(year=named[1])) if named[1] else None, precision, kind)
    for word, direction in (("past", -2), ("next", 2), ("current", 0), ("yearly", 0)):
        after = skip(tokens, last, word)
        if after > last:
            return over(after, _choose(scene, parts, direction), precision, kind)
    if parts.weak and not _is_month_here(tokens, parts.first):
        return None
    direction = 1 if looks_forward(tokens, parts.first) else -1
    return over(last, _near_future(scene, parts, _choose(scene, parts, direction)), precision, kind)


def _near_future(scene: Scene, parts: DateParts, days: Days | None) -> Days | None:
    """The near date instead of one nearly a year off: «في 28 تموز» on 22 July is next week, not last year."""
    if scene.published is None or days is None:
        return days
    if (scene.published - days.last).days >= _STALE:
        other = _choose(scene, parts, 1)
        return other if other and (other.first - scene.published).days <= _SOON else days
    if (days.first - scene.published).days >= _STALE:
        other = _choose(scene, parts, -1)
        return other if other and (scene.published - other.last).days <= _SOON else days
    return days


def _is_month_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word that may also be no month («مارس», «آب», «رجب») stands where a month would."""
    return any(stands_before(tokens, i, kind) for kind in ("month_lead", "since", "third"))


def _named_year(scene: Scene, i: int) -> tuple[int, int | None] | None:
    """`(index after, year)` of «من العام الماضي», «من هذا العام» after a date without its own year."""
    tokens = scene.tokens
    at = skip(tokens, skip(tokens, i, "of"), "demonstrative")
    entry = word_at(tokens, at, "the_unit")
    if entry is None or not entry.value.startswith("year:1") or at == i:
        return None
    last = at + len(entry.keys)
    for word, step in (("past", -1), ("next", 1), ("current", 0)):
        after = skip(tokens, last, word)
        if after > last:
            return after, scene.published.year + step if scene.published else None
    return (last, scene.published.year if scene.published else None) if not word_at(tokens, at - 1, "of") else None


def _choose(scene: Scene, parts: DateParts, direction: int) -> Days | None:
    """The year that a date without one means: nearest not after publication (-1), strictly before it (-2), on or after
    (1), strictly after (2), or that of publication (0)."""
    day = scene.published
    if day is None:
        return None
    year = hijri_year_of(day) if parts.hijri else day.year
    if year is None:
        return None
    options = [d for step in (-4, -3, -2, -1, 0, 1, 2, 3, 4) if (d := days_of(parts._replace(year=year + step)))]
    return _chosen([d for d in options if abs((d.first - day).days) < 1500], day, direction)


def _chosen(options: list[Days], day: date, direction: int) -> Days | None:
    if direction < 0:
        before = [d for d in options if (d.first <= day if direction == -1 else d.last < day)]
        return before[-1] if before else None
    if direction > 0:
        after = [d for d in options if (d.last >= day if direction == 1 else d.first > day)]
        return after[0] if after else None
    same = [d for d in options if d.first.year == day.year]
    return same[0] if same else nearest_days(options, day)


def nearest_days(options: Iterable[Days], day: date) -> Days | None:
    """The stretch whose first day is nearest to a day, the earlier of two."""
    return min(options, key=lambda d: (abs((d.first - day).days), d.first), default=None)


def read_day_of_unit(scene: Scene, i: int) -> Found | None:
    """«العاشر من الشهر الجاري», «15 الشهر الماضي»."""
    tokens = scene.tokens
    ordinal = read_ordinal(tokens, i)
    number = ordinal.rank if ordinal else whole_number(tokens, i) or 0
    after = ordinal.last if ordinal else i + 1
    at = skip(tokens, after, "of")
    if ordinal and at == after:
        return None
    entry = word_at(tokens, skip(tokens, at, "demonstrative"), "the_unit")
    if entry is None or entry.value != "month:1" or not 1 <= number <= 31:
        return None
    last = skip(tokens, at, "demonstrative") + len(entry.keys)
    for word, step in (("past", -1), ("next", 1), ("current", 0)):
        after = skip(tokens, last, word)
        if after > last or (word == "current" and skip(tokens, at, "demonstrative") > at):
            return at_day(after, _day_in_month(scene.published, step, number))
    return None


def _day_in_month(published: date | None, step: int, number: int) -> date | None:
    if published is None:
        return None
    month = unit_days(published, "month", step)
    return shift(month.first, "day", number - 1) if number <= month.last.day else None


def read_known(scene: Scene, i: int) -> Found | None:
    """A day known without its year: «هجمات 11 سبتمبر», «السابع من أكتوبر» on pages after it."""
    tokens = scene.tokens
    entry = word_at(tokens, i, "known")
    if entry is None or scene.published is None or entry.value[:10] > scene.published.isoformat():
        return None
    if any(word_at(tokens, at, "memorial") for at in range(max(0, i - 4), i)):
        return None
    last = i + len(entry.keys)
    dated = read_date(tokens, i)
    if (dated is not None and dated.last > last) or read_year(tokens, skip_word(tokens, last, "year_word")):
        return None
    if any(word_at(tokens, last, kind) for kind in ("past", "next", "current", "yearly")):
        return None
    first, _, end = entry.value.partition("/")
    days = Days(date.fromisoformat(first), date.fromisoformat(end or first))
    return over(last, days, "day", "span" if end else "point")


def read_memorial(scene: Scene, i: int) -> Found | None:
    """An anniversary of a named day: «الذكرى السبعين للنكبة»; the one nearest to publication."""
    tokens = scene.tokens
    at = skip(tokens, i, "memorial")
    ordinal = read_ordinal(tokens, at)
    at = ordinal.last if ordinal else at
    entry = next((e for n in (at, at + 1) if (e := word_at(tokens, n, "anniversary"))), None)
    if entry is None:
        return None
    at += 0 if word_at(tokens, at, "anniversary") else 1
    month, day = (int(part) for part in entry.value.split("-"))
    near = _choose_nearest(scene, DateParts(i, at, None, month, day))
    return over(at + len(entry.keys), near, "day", "point")


def read_feast(scene: Scene, i: int) -> Found | None:
    """A Muslim feast («عيد الفطر»), its first day, the one nearest to publication."""
    entry = word_at(scene.tokens, i, "feast")
    if entry is None:
        return None
    month, day = (int(part) for part in entry.value.split("-"))
    near = _choose_nearest(scene, DateParts(i, i, None, month, day, None, True))
    return over(i + len(entry.keys), near, "day", "point")


def _choose_nearest(scene: Scene, parts: DateParts) -> Days | None:
    if scene.published is None:
        return None
    year = hijri_year_of(scene.published) if parts.hijri else scene.published.year
    options = [d for step in (-1, 0, 1) if year and (d := days_of(parts._replace(year=year + step)))]
    return nearest_days(options, scene.published)


def read_eve(scene: Scene, i: int) -> Found | None:
    """«غداة سقوط البلدة»: the fall was on the day before; «عشية القمة»: the summit is on the day after."""
    entry = word_at(scene.tokens, i, "eve")
    follows = key_at(scene.tokens, i + 1)
    if entry is None or not follows or follows in _SENTENCE_END or word_at(scene.tokens, i + 1, "not_after"):
        return None
    day = shift(scene.anchor, "day", int(entry.value)) if scene.anchor else None
    return at_day(i + 1, day)


def read_now(scene: Scene, i: int) -> Found | None:
    """«الآن», but not «حتى الآن»."""
    entry = word_at(scene.tokens, i, "now")
    if entry is None or stands_before(scene.tokens, i, "until") or "أل" in scene.tokens[i].form[:3]:
        return None  # «ألان» is a name
    return at_day(i + 1, scene.published, "day", "now")
