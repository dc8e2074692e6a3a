"""The page's day of publication: given, or told by its metadata, or stated near its headline, or by its address.

A day is taken as printed, with the page's own clock; it is never moved to another time zone and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from email.utils import parsedate
from typing import Final

from marsad.model.errors import BadDay
from marsad.model.record import Publication
from marsad.page.lines import ARTICLE, COMMENTS, FURNITURE, TIME, Line, TimeMark, is_prose
from marsad.page.phrases import forms, has, normal
from marsad.text.calendar import DateMention, find_dates, month_days
from marsad.text.fold import fold

_ISO: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|^\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_MONTH: Final = re.compile(r"^((?:19|20)\d\d)-(\d\d)$")
_PATH_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[/\-_.](?:[a-z_\-]+/)?(\d{1,2})[/\-_.](\d{1,2})(?!\d)", re.I)
_PATH_RUN: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d{4,}-|\D|$)")
_HIJRI_YEAR: Final = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_DASH: Final = re.compile(r"^\s*([(/\[][^)/\]]{1,30}[)/\]])?\s*[-–—ـ]")
_NEAR: Final = 8
_DATELINE: Final = 60


def published_day(
    given: str | None,
    stamps: Iterable[str],
    lines: Sequence[Line],
    marks: Sequence[TimeMark],
    headline: int,
    url: str | None,
) -> Publication:
    """The day of publication and how it is known.

    Args:
        given: the day that the caller gave.
        stamps: dates of the page's metadata, the surest first.
        lines: the page's lines, laid out.
        marks: the page's machine-readable times.
        headline: the index of the headline's line, -1 where there is none.
        url: the page's address.

    Returns:
        The day and its basis; an empty Publication where nothing tells it.

    Raises:
        BadDay: the day given is no day.
    """
    if given and given.strip():
        return _given(given.strip())
    day = next(filter(None, map(read_day, (*stamps, *_marked(marks, headline)))), None)
    if day:
        return _one(day, "metadata")
    stated = _stated(lines, headline)
    if stated and not stated[1]:
        return _from_mention(stated[0])
    if day := address_day(url):
        return _one(day, "metadata")
    return _from_mention(stated[0]) if stated else Publication()


def read_day(stamp: str) -> date | None:
    """The day that a machine-readable (or worded) date names, as printed; None where it names none."""
    text = fold(stamp)
    for pattern, order in ((_ISO, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        if match := pattern.search(text):
            parts = [int(g) for g in match.groups() if g]
            if day := _day(*(parts[i] for i in order)):
                return day
    try:
        mail = parsedate(text)
    except (ValueError, IndexError, TypeError):
        mail = None
    if mail and 1970 <= mail[0] <= 2100:
        return _day(mail[0], mail[1], mail[2])
    mentions = [m for m in find_dates(stamp[:100]) if m.first == m.last]
    return mentions[0].first if mentions else None


def address_day(url: str | None) -> date | None:
    """The day that stands in a page's address (`/2020/10/15/`, `/20201015-…`, `/2013/middle_east/8/3/`), or None."""
    if not url:
        return None
    path = re.sub(r"^[a-z]+://[^/]*", "", url[:2000])
    for pattern in (_PATH_DAY, _PATH_RUN):
        for match in pattern.finditer(path):
            if day := _day(*map(int, match.groups())):
                return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1970 <= year <= 2100 else None
    except ValueError:
        return None


def _one(day: date, basis: str) -> Publication:
    return Publication(first=day.isoformat(), last=day.isoformat(), basis=basis)  # type: ignore[arg-type]


def _given(text: str) -> Publication:
    if match := _MONTH.match(text):
        year, month = map(int, match.groups())
        if 1 <= month <= 12:
            days = month_days(year, month)
            return Publication(first=days.first.isoformat(), last=days.last.isoformat(), basis="given")
    day = read_day(text)
    if day is None:
        raise BadDay(f"{text[:40]!r} is not a day.")
    return _one(day, "given")


def _marked(marks: Sequence[TimeMark], headline: int) -> list[str]:
    """The values of the times that may be the article's: marked as such, or the first near its headline."""
    sure = [m.value for m in marks if m.published and not m.region & COMMENTS]
    near = [
        m.value
        for m in marks
        if not m.region & (COMMENTS | FURNITURE)
        and (abs(m.line - headline) <= _NEAR if headline >= 0 else m.region & ARTICLE and m.line < _NEAR)
    ]
    return sure + near[:1]


def _stated(lines: Sequence[Line], headline: int) -> tuple[DateMention, bool] | None:
    """The date of the first dateline near the headline, and whether it is said to be the day of an update only."""
    weak = None
    for line in _candidates(lines, headline):
        for mention in _days_in(line):
            updated = _says(line, "updated") and not _says(line, "published")
            if not updated:
                return mention, False
            weak = weak or (mention, True)
    return weak


def _candidates(lines: Sequence[Line], headline: int) -> list[Line]:
    """Lines that may carry the day: around the headline the short ones and the times, the first paragraph's head."""
    first = max(0, headline - 4)
    found = []
    for index in range(first, min(len(lines), max(headline, 0) + _NEAR)):
        line = lines[index]
        if index == headline or line.region & COMMENTS:
            continue
        if is_prose(line) and index > headline and not _is_dateline(line):
            found.append(line)
            break
        if _is_dateline(line):
            found.append(line)
    # What stands above the headline is more often today's date than the article's.
    start = lines[headline].start if headline >= 0 else -1
    return sorted(found, key=lambda line: line.start < start)


def _is_dateline(line: Line) -> bool:
    if line.region & TIME or (line.hint and len(line.text) <= 120 and has("date", normal(line.hint))):
        return True
    return len(line.text) <= 90


def _days_in(line: Line) -> list[DateMention]:
    """The day-precise mentions that date the line's page: Gregorian before Hijri, none out of running prose."""
    head = line.text[:200]
    found = [m for m in find_dates(head) if m.first == m.last]
    if not _is_dateline(line) or _leftover(head, found) > _allowed(line):
        found = [m for m in found if m.end <= _DATELINE and _heads(line.text, m)]
    found.sort(key=lambda m: _HIJRI_YEAR.search(fold(head[m.start : m.end])) is not None)
    return [DateMention(m.start + line.start, m.end + line.start, m.first, m.last, m.precision) for m in found]


def _heads(text: str, mention: DateMention) -> bool:
    """Whether a date heads its paragraph as a dateline («عدن، 3 مايو 2015 (سبأ) -»): with a place or an agency.

    A date alone before a colon or a dash is an entry of a chronology.
    """
    match = _DASH.match(text[mention.end : mention.end + 40])
    return match is not None and (match.group(1) is not None or any(ch.isalpha() for ch in text[: mention.start]))


def _allowed(line: Line) -> int:
    """The words that stand beside the date of such a line: a place and a name, more where it is marked as one."""
    marked = line.region & TIME or has("date", normal(line.hint)) or _says(line, "published") or _says(line, "updated")
    return 10 if marked else 4


def _leftover(text: str, mentions: Sequence[DateMention]) -> int:
    """The words of a line outside its dates; a line of prose has many."""
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest))


def _says(line: Line, kind: str) -> bool:
    folded = f" {fold(line.text)} "
    return any(f" {form}" in folded for form in forms(kind) if len(form) > 2)


def _from_mention(mention: DateMention) -> Publication:
    return Publication(
        first=mention.first.isoformat(),
        last=mention.last.isoformat(),
        basis="stated",
        evidence=((mention.start, mention.end),),
    )
