"""The day of an undated page, where what it tells fits only one day of what the ledger knows from dated pages.

An undated page is read as if it had been published on each likely day in turn, so that its «السبت الماضي» means one day
after another; then it is asked what of that the dated pages tell too: the truce agreed on that day between those sides,
its breaches of that day, the acts of that day, type and town, the same news. A day stands only where it fits clearly
better than every other, and where the weekday that the page calls today is its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from marsad.model.record import Record, Span, Truce

LEAST: Final = 3.0  # what a day must reach
MARGIN: Final = 1.0  # by which it must be ahead of every other day
_AFTER_TRUCE: Final = 7  # days within which «last Saturday» may mean a truce's day
_ALIKE: Final = 0.2  # the resemblance of two openings from which the one's day is tried for the other
_TRUCE: Final = 3.0
_BROKER: Final = 0.5
_ACT: Final = 1.0
_BREACH: Final = 1.0
_SAID: Final = 0.5
_MOST_ACTS: Final = 3
_NEWS: Final = 4.0  # times the resemblance


class Breach(NamedTuple):
    """A breach that a dated page tells: the day, the code of who is said to have broken it, and of who says so."""

    day: str
    by: str
    said: frozenset[str]


class KnownTruce(NamedTuple):
    """A truce that a dated page tells: its day, the codes of its sides and brokers, the page, the breaches."""

    agreed: str
    sides: frozenset[str]
    brokers: frozenset[str]
    page: str
    breaches: tuple[Breach, ...] = ()


class Alike(NamedTuple):
    """A dated page that resembles the undated one."""

    page: str
    published: str
    resemblance: float


class Ground(NamedTuple):
    """Why a day fits: its weight, the words of the page (None where it is the whole), what of the ledger they fit."""

    weight: float
    words: Span | None
    what: str


class Fit(NamedTuple):
    """How well a day fits, and why."""

    day: str
    grounds: tuple[Ground, ...]

    @property
    def score(self) -> float:
        """The sum of the grounds."""
        return round(sum(g.weight for g in self.grounds), 3)

    def also(self, ground: Ground) -> Fit:
        """The same with one ground more.

        Args:
            ground: the ground.
        """
        return self._replace(grounds=(*self.grounds, ground))


def likely_days(truces: Iterable[KnownTruce], alike: Iterable[Alike], weekday: int | None) -> list[str]:
    """The days that are worth trying, in order.

    Args:
        truces: the truces that the page may speak of.
        alike: the dated pages that resemble it.
        weekday: the weekday that it calls today, Monday 0.
    """
    found = {_shift(t.agreed, n) for t in truces for n in range(_AFTER_TRUCE + 1)}
    found |= {_shift(a.published, n) for a in alike if a.resemblance >= _ALIKE for n in (-1, 0, 1)}
    return sorted(d for d in found if weekday is None or date.fromisoformat(d).weekday() == weekday)


def _shift(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def fit(
    record: Record,
    day: str,
    truces: Sequence[KnownTruce],
    alike: Sequence[Alike],
    spots: Mapping[str, str],
    own: Mapping[str, Span],
) -> Fit:
    """How well a day fits.

    Args:
        record: the page, read as if published on that day.
        day: the day.
        truces: the truces that dated pages tell.
        alike: the dated pages that resemble it.
        spots: the day, type and town of acts (`marsad.ledger.joining.spot_key`) that dated pages tell, with a page.
        own: those of this reading, with the words.
    """
    grounds: list[Ground] = []
    for told in record.truces:
        found = [(_truce_fits(record, told, known), known) for known in truces]
        best = max(found, key=lambda pair: pair[0], default=None)
        if best and best[0]:
            grounds.append(Ground(best[0], told.evidence, f"truce of {best[1].agreed} on page {best[1].page}"))
    acts = [(key, span) for key, span in own.items() if key in spots][:_MOST_ACTS]
    grounds += [Ground(_ACT, span, f"{key} on page {spots[key]}") for key, span in acts]
    grounds += _breach_fits(record, truces)
    near = max((a for a in alike if a.published == day), key=lambda a: a.resemblance, default=None)
    if near:
        grounds.append(Ground(_NEWS * near.resemblance, None, f"the same news as page {near.page}"))
    return Fit(day, tuple(grounds))


def _breach_fits(record: Record, truces: Sequence[KnownTruce]) -> list[Ground]:
    """The breach of one side on one day that a dated page tells too, the more where the same side says so."""
    codes = {a.id: a.code for a in record.actors}
    ids = {i for t in record.truces for i in t.violations}
    found = []
    for e in record.events:
        sides = {codes.get(i) for i in e.actors} if e.id in ids and e.first == e.last else set()
        said = {codes.get(i) for i in e.claimed_by}
        for known in truces:
            for b in known.breaches:
                if b.day == e.first and b.by in sides:
                    weight = _BREACH + (_SAID if said & b.said else 0.0)
                    found.append(Ground(weight, e.evidence, f"breach of {b.day} by {b.by} on page {known.page}"))
    return sorted(found, key=lambda g: -g.weight)[:1]


def _truce_fits(record: Record, told: Truce, known: KnownTruce) -> float:
    if told.agreed != known.agreed:
        return 0.0
    codes = {a.id: a.code for a in record.actors}
    sides = {codes.get(i) for i in told.parties} - {None}
    if sides and not sides & known.sides:
        return 0.0
    brokers = {codes.get(i) for i in told.brokered_by} - {None}
    if brokers and known.brokers and not brokers & known.brokers:
        return 0.0  # another one's truce
    return _TRUCE + (_BROKER if brokers & known.brokers else 0.0)


def settled(fits: Sequence[Fit]) -> Fit | None:
    """The day that fits clearly better than every other, or None.

    Args:
        fits: each day that was tried.
    """
    ranked = sorted(fits, key=lambda f: (-f.score, f.day))
    if not ranked or ranked[0].score < LEAST:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < MARGIN:
        return None
    return ranked[0]
