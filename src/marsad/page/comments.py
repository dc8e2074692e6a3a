"""Readers' comments: who wrote, what, how long before the page was saved, how many liked it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from marsad.model.record import Comment, Days, Span
from marsad.page.lines import COMMENTS, Line, ends_sentence, word_count
from marsad.page.phrases import alternation, forms, groups, has, normal
from marsad.text.calendar import add_months, find_dates
from marsad.text.fold import fold, fold_with_offsets

_UNIT_DAYS: Final = (0, 0, 0, 1, 7, 30, 365)
_UNIT_MONTHS: Final = (0, 0, 0, 0, 0, 1, 12)
_NUMBER: Final = re.compile(r"\d+")
_INITIAL: Final = re.compile(r"(?<!\w)\w\.\s*$")
_AUTHOR_WORDS: Final = 6
_AROUND: Final = " \t·•|-–—،,:()\xa0\u200f\u200e"


class Age(NamedTuple):
    """The words of a comment's age in its line, and the days before the page was saved that they name."""

    start: int
    end: int
    months: int = 0
    days: int = 0
    slack_months: int = 0
    slack_days: int = 1
    posted: date | None = None


class _Field(NamedTuple):
    role: str
    start: int
    end: int
    value: str = ""
    age: Age | None = None


class Thread(NamedTuple):
    """The comments of a page and, for each, the lines `[first, last)` that hold it."""

    comments: tuple[Comment, ...]
    spans: tuple[Span, ...]


def read_comments(lines: Sequence[Line], captured: date | None) -> Thread:
    """The comments in a stretch of lines.

    Args:
        lines: the comment lines of the page, laid out, in order.
        captured: the day on which the page was saved, if known.

    Returns:
        Comments with their text's spans. A comment without text (a name alone) is none. `posted` is None unless the
        day of capture is known or the comment bears a date.
    """
    fields = [f for i, line in enumerate(lines) for f in _fields(line, lines[i + 1] if i + 1 < len(lines) else None)]
    # In a container of comments the rules of the house stand too; nobody signs them.
    named = any(line.region & COMMENTS for line in lines)
    comments, spans = [], []
    for group in _grouped(fields):
        texts = [f for f in group if f.role == "text"]
        if texts and (not named or any(f.role in ("author", "age") for f in group)):
            comments.append(_comment(group, texts, captured))
            spans.append((group[0].start, max(f.end for f in group)))
    return Thread(tuple(comments), tuple(spans))


def is_signature(line: Line) -> bool:
    """Whether a linked line among comments signs one: WordPress links a comment's age to it, its author to his site.

    Args:
        line: a line of a container of comments.
    """
    if len(line.text) > 90:
        return False
    hint = normal(line.hint)
    signs = (has("author", hint) or has("age", hint)) and not has("content", hint)
    return signs or find_age(line.text) is not None


def find_age(text: str) -> Age | None:
    """The age that a line tells («منذ 3 سنوات 6 أشهر», «قبل يومين», «12 أكتوبر 2020»), or None.

    Args:
        text: one short line.
    """
    folded, offsets = fold_with_offsets(text)
    match = _age_pattern().search(folded)
    if match and _is_apart(folded, match):
        return _relative(match.group(), offsets[match.start()], offsets[match.end()])
    dates = [m for m in find_dates(text) if m.first == m.last]
    return Age(dates[0].start, dates[0].end, posted=dates[0].first) if dates else None


def _is_apart(folded: str, match: re.Match[str]) -> bool:
    """In a sentence («وصل منذ يومين إلى بيروت») the words tell no comment's age."""
    before, after = folded[: match.start()], folded[match.end() :].strip(_AROUND)
    return len(before.split()) <= _AUTHOR_WORDS and len(after.split()) <= 3


@cache
def _age_pattern() -> re.Pattern[str]:
    unit = alternation("unit")
    part = rf"(?:\d+\s*)?(?:{unit})\b(?:\s+(?:واحد|واحده)\b)?"
    return re.compile(rf"(?<!\w)(?:{alternation('age_word')})\s+(?:\w{{4,6}}\s+)?{part}(?:\s*،?\s+و?\s*{part})*")


def _relative(words: str, start: int, end: int) -> Age:
    months = days = 0
    smallest = 6
    tokens = re.findall(r"\d+|[^\W\d]+", words)
    count = 1
    for token in tokens:
        if token.isdigit():
            count = min(int(token), 10_000)
            continue
        unit = _unit(token) if _unit(token) >= 0 else _unit(token.removeprefix("و"))
        if unit < 0:
            continue
        count = 2 if _is_dual(token, unit) else count
        months += count * _UNIT_MONTHS[unit]
        days += 0 if _UNIT_MONTHS[unit] else count * _UNIT_DAYS[unit]
        smallest, count = min(smallest, unit), 1
    return Age(start, end, months, days, _UNIT_MONTHS[smallest], 0 if smallest > 4 else max(1, _UNIT_DAYS[smallest]))


def _unit(token: str) -> int:
    return next((i for i, names in enumerate(groups("unit")) if token in names), -1)


def _is_dual(token: str, unit: int) -> bool:
    """«يومين» is «يوم» and two letters, «ساعتين» is «ساعة» with its last letter turned; «سنين» is neither."""
    names = groups("unit")[unit]
    return token[:-2] in names or (token[:-3] + "ه" in names and token != token[:-3] + "ه" and len(token) > 4)


def _fields(line: Line, following: Line | None) -> list[_Field]:
    """The parts of a comment that a line holds."""
    text = line.text
    if fold(text).strip(_AROUND) in forms("says"):
        return []
    hint = normal(line.hint) if line.region & COMMENTS else ""
    if likes := _likes(line, hint):
        return [likes]
    short = len(text) <= 90
    age = find_age(text) if short else None
    if age:
        return _with_age(line, age)
    if short and _name(text) and _is_author(line, hint, following):
        return [_Field("author", line.start, line.end, _name(text))]
    return [_Field("text", line.start, line.end)]


def _with_age(line: Line, age: Age) -> list[_Field]:
    """An age, and the author's name if it stands before it in the line."""
    found = _Field("age", line.start + age.start, line.start + age.end, age=age)
    name = _name(line.text[: age.start]) or _name(line.text[age.end :])
    if name and 1 <= word_count(name) <= _AUTHOR_WORDS and any(ch.isalpha() for ch in name):
        return [_Field("author", line.start, line.end, name), found]
    return [found]


def _likes(line: Line, hint: str) -> _Field | None:
    """A count of likes: a number alone, or with a word or a sign of liking."""
    text = line.text
    if len(text) > 40:
        return None
    folded = fold(text)
    number = _NUMBER.search(folded)
    words = re.findall(r"[^\W\d_]+", folded)
    liked = " ".join(words) in forms("like") or (bool(words) and all(w in forms("like") for w in words))
    if number and (not words or liked):
        return _Field("likes", line.start, line.end, number.group())
    return _Field("likes", line.start, line.end) if liked or (hint and not words and has("likes", hint)) else None


def _is_author(line: Line, hint: str, following: Line | None) -> bool:
    """A name: its element says so, or it is short, no sentence, and followed by an age."""
    if hint and has("author", hint) and not has("content", hint):
        return word_count(line.text) <= 2 * _AUTHOR_WORDS
    if word_count(line.text) > _AUTHOR_WORDS or _ends(line.text.rstrip(":")):
        return False
    return following is not None and len(following.text) <= 60 and find_age(following.text) is not None


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence; the full stop of an initial («سمير ك.») ends none."""
    return ends_sentence(text) and not _INITIAL.search(text)


def _name(text: str) -> str:
    words = text.strip(_AROUND).split()
    while words and fold(words[-1]).strip(":") in forms("says"):
        words.pop()
    while words and fold(words[0]).strip(":") in forms("by"):
        words.pop(0)
    return " ".join(words).strip(_AROUND)


def _grouped(fields: Sequence[_Field]) -> list[list[_Field]]:
    """One group a comment: a new one begins with a name or an age after a text, or with a name after a name."""
    found: list[list[_Field]] = []
    for field in fields:
        roles = {f.role for f in found[-1]} if found else set()
        fresh = field.role == "author" and bool(roles & {"author", "text"})
        fresh = fresh or (field.role == "age" and "text" in roles and "age" in roles)
        fresh = fresh or (field.role == "text" and {"likes", "text"} <= roles)
        if not found or fresh:
            found.append([])
        found[-1].append(field)
    return found


def _comment(group: Sequence[_Field], texts: Sequence[_Field], captured: date | None) -> Comment:
    author = next((f.value for f in group if f.role == "author"), None)
    age = next((f for f in group if f.role == "age"), None)
    likes = next((int(f.value[:9]) for f in group if f.role == "likes" and f.value), None)
    return Comment(
        author=author,
        text=(texts[0].start, texts[-1].end),
        posted=_posted(age.age, captured) if age and age.age else None,
        likes=likes,
        age=(age.start, age.end) if age else None,
    )


def _posted(age: Age, captured: date | None) -> Days | None:
    """The days on which a comment of that age was written: sites round ages down, by their smallest unit."""
    if age.posted:
        return Days(first=age.posted.isoformat(), last=age.posted.isoformat())
    if captured is None:
        return None
    try:
        last = add_months(captured, -age.months) - timedelta(days=age.days)
        first = add_months(captured, -age.months - age.slack_months) - timedelta(days=age.days + age.slack_days)
    except (ValueError, OverflowError):
        return None
    return Days(first=first.isoformat(), last=last.isoformat())
