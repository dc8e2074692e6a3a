"""Days as bars: single days where they fit, else weeks or months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from marsad.store.overview import Volume

_DAYS, _WEEKS = 100, 700  # so many days are shown day by day, so many week by week; more month by month


class Bar(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """A day, a week or a month with what it brings; `shown` whether the list beside it shows some of it."""

    first: str
    last: str
    incidents: int
    statements: int
    shown: bool = False

    @property
    def total(self) -> int:
        """Both together: the height of the bar."""
        return self.incidents + self.statements


def bars(volume: Mapping[str, Volume], first: str, last: str, window: tuple[str, str] | None) -> list[Bar]:
    """The bars of a stretch of days, those that bring nothing among them.

    Args:
        volume: what each day brings.
        first, last: the stretch.
        window: the first and the last day of the list beside it.
    """
    found = []
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    span = (end - start).days
    while start <= end:
        stop = min(end, _end(start, span))
        days = [v for d, v in volume.items() if start.isoformat() <= d <= stop.isoformat()] if volume else []
        here = bool(window) and window[0] <= stop.isoformat() and start.isoformat() <= window[1]  # type: ignore[index]
        incidents, statements = sum(v.incidents for v in days), sum(v.statements for v in days)
        found.append(Bar(start.isoformat(), stop.isoformat(), incidents, statements, here))
        start = stop + timedelta(1)
    return found


def _end(start: date, span: int) -> date:
    """The last day of the bar that begins on a day."""
    if span < _DAYS:
        return start
    if span < _WEEKS:
        return start + timedelta(6 - start.weekday())
    return (start.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)
