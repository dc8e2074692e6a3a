"""Whether two pages bring the same news, and two of their acts are one: the grounds, each with its weight in log-odds.

The grounds are those by which coders tell incidents apart (ACLED and UCDP code one event for one place, day and pair of
sides): when, where, who, what kind of act, what harm, and the words themselves. None is enough by itself, and a
contradiction between claimants (who did it, how many) weighs little: it is what a version is for. The weights of `news`
were fitted to pairs of articles that people judged (`bench/pairs.jsonl`).
"""

from __future__ import annotations

import gzip
import math
from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.ledger.model import Mention, Party, Reason, Spot
from marsad.reading.actors import group_of
from marsad.text.features import MODELS

NEWS: Final = 0.0  # the sum from which two pages are taken to bring the same news
CERTAIN: Final = 0.7  # from which no page in between is needed
MAIN: Final = 0.0  # the sum from which the two most alike acts of such pages are one
ACT: Final = 4.0  # from which any two acts of such pages are
SENTENCE: Final = 6.5  # from which two acts of force told in one sentence are
SPOT: Final = 3.0  # from which two acts of one type, town and day are one, whatever else their pages tell
DENIAL: Final = 2.0  # from which what is denied is what another tells of that town and day
RETOLD: Final = 3.0  # from which acts of one day and both sides are, that pages of one story tell below their news
OWN_DENIAL: Final = 1.7  # from which it is what the same page tells of that side
NEAR_DAYS: Final = 3  # pages further apart bring different news
_NEWS_BASE: Final = -2.1
_OPENING: Final = 10.0
_DAY_APART: Final = -1.6
_SENTENCE: Final = 5.0
_OTHER_DAY: Final = -1.0
_EARTH: Final = 12742.0  # km, its diameter
_WIDE: Final = ("country", "region", "sea")
_INTERNATIONAL: Final = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})  # PLOVER's codes of no country
_NEAR: Final = 30.0  # km
_FAR: Final = 60.0  # km


@cache
def _weights() -> dict[str, float]:
    packed = (MODELS / "frequency.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return {key: float(value) for key, value in rows}


def weight(key: str) -> float:
    """How rare a word is: the logarithm of all news articles by those that hold it (`training/frequency.py`)."""
    weights = _weights()
    return weights.get(key, weights[""])


class Opening(NamedTuple):
    """The search keys of a page's headline and of its first paragraphs: what its news is."""

    title: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()


def resemblance(a: Opening, b: Opening) -> float:
    """The likeness of two pages' openings, 0 to 1: the cosine of their rare words; one that headline and text share
    counts twice.

    Args:
        a, b: the openings.
    """
    one, two = vector(a), vector(b)
    shared = sum(value * two[key] for key, value in one.items() if key in two)
    return shared / (norm(a) * norm(b)) if shared else 0.0


@lru_cache(4_000)
def vector(opening: Opening) -> dict[str, float]:
    """The weights of an opening's words; a word that its headline and its text share counts twice."""
    keys = opening.title | opening.text
    return {k: weight(k) * ((k in opening.title) + (k in opening.text)) for k in sorted(keys)}


@lru_cache(4_000)
def norm(opening: Opening) -> float:
    """The length of an opening's vector."""
    return math.sqrt(sum(v * v for v in vector(opening).values()))


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """The likeness of two sentences' words, 0 to 1, rare words counting more.

    Args:
        a, b: search keys.
    """
    return resemblance(Opening(text=a), Opening(text=b))


def news(opening: float, days: int, harm: Reason | None) -> list[Reason]:
    """What speaks for and against two pages bringing the same news.

    Args:
        opening: the resemblance of their openings.
        days: the days between their publication.
        harm: the ground that their acts' casualties give, the best of all pairs.

    Returns:
        The grounds in a fixed order; `total` sums them with the base.
    """
    found = [
        Reason(name="base", value="", weight=_NEWS_BASE),
        Reason(name="openings", value=f"{opening:.2f}", weight=round(_OPENING * opening, 2)),
        Reason(name="published", value=f"{days} days apart", weight=_DAY_APART * days),
    ]
    return found + ([harm] if harm and harm.weight > 0 else [])


def acts(a: Mention, b: Mention) -> list[Reason]:
    """What speaks for and against two acts, told by pages that bring the same news, being one.

    Args:
        a, b: the mentions.
    """
    near = cosine(frozenset(a.sentence), frozenset(b.sentence))
    words = Reason(name="words", value=f"{near:.2f}", weight=round(_SENTENCE * near, 2))
    found = (_kind(a, b), _day(a, b), _place(a.place, b.place), *_sides(a, b), harm(a, b), words)
    return [r for r in found if r.weight]


def total(reasons: list[Reason]) -> float:
    """The sum of grounds, rounded so that it is the same on every machine."""
    return round(sum(r.weight for r in reasons), 3)


def _kind(a: Mention, b: Mention) -> Reason:
    if a.type != b.type:
        return Reason(name="type", value=f"{a.type}/{b.type}", weight=-1.5)
    if a.mode and b.mode:
        same = a.mode == b.mode
        return Reason(name="type", value="same mode" if same else f"{a.mode}/{b.mode}", weight=0.6 if same else -0.3)
    return Reason(name="type", value="same", weight=0.3)


def _day(a: Mention, b: Mention) -> Reason:
    """Days that do not meet speak against it: a war has a shelling every day. One day is what same news has anyway."""
    one, two = (a.first or a.last, a.last or a.first), (b.first or b.last, b.last or b.first)
    if one[0] is None or one[1] is None or two[0] is None or two[1] is None:
        return Reason(name="day", value="unknown", weight=0.0)
    apart = one[1] < two[0] or two[1] < one[0]
    return Reason(name="day", value=f"{one[0]}/{two[0]}", weight=_OTHER_DAY if apart else 0.0)


def _place(a: Spot | None, b: Spot | None) -> Reason:
    if a is None or b is None:
        return Reason(name="place", value="unknown", weight=0.0)
    far = distance(a, b)
    if _same_spot(a, b) and (far or 0.0) <= _FAR:
        return Reason(name="place", value=a.name, weight=0.4 if a.kind in _WIDE else 1.5)
    wide = a.kind in _WIDE or b.kind in _WIDE
    if far is not None and not wide:
        return Reason(name="place", value=f"{far:.0f} km", weight=0.8 if far <= _NEAR else 0.0 if far <= _FAR else -2.0)
    apart = a.country is not None and b.country is not None and a.country != b.country
    return Reason(name="place", value=f"{a.name}/{b.name}", weight=-1.5 if apart else 0.0)


def _same_spot(a: Spot, b: Spot) -> bool:
    return (a.geonames is not None and a.geonames == b.geonames) or (a.name == b.name and a.country == b.country)


def distance(a: Spot, b: Spot) -> float | None:
    """Kilometres between two places on a sphere; None where one is not located.

    Args:
        a, b: the places.
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return _EARTH * math.asin(min(1.0, math.sqrt(h)))


def camp(party: Party) -> tuple[str, str]:
    """The camp that a party stands in: its country's code (an international body is its own), and whether it is of the
    state, armed, political or of the people."""
    return whose(party), group_of(party.sector)


def whose(party: Party) -> str:
    """By what a party is told from another: its country's code; its name where it has none or is an international body.

    Args:
        party: the party.
    """
    international = party.code is None or party.code in _INTERNATIONAL
    return party.wikidata or party.name if international else party.code or party.name


def _sides(a: Mention, b: Mention) -> list[Reason]:
    found = []
    for name, mine, other in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)):
        one, two = {camp(p) for p in mine}, {camp(p) for p in other}
        if not one or not two:
            continue
        if one & two:
            found.append(Reason(name=name, value="+".join(sorted(c for c, _ in one & two)), weight=0.8))
        elif {c for c, _ in one} & {c for c, _ in two}:
            found.append(Reason(name=name, value="same country", weight=0.0))
        else:
            found.append(Reason(name=name, value="other", weight=-0.8))
    return found


def harm(a: Mention, b: Mention) -> Reason:
    """The ground that two mentions' casualties give: the same number of dead is rarely chance, and a toll may rise."""
    one = {t.kind: t for t in reversed(a.tolls)}
    two = {t.kind: t for t in reversed(b.tolls)}
    for kind in ("killed", "injured", "captured"):
        if kind in one and kind in two:
            low, high = sorted((one[kind].low, two[kind].low))
            if low == high:
                return Reason(name="harm", value=f"{low} {kind}", weight=0.5 + min(1.5, 0.5 * math.log2(1 + low)))
            ratio = high / max(low, 1)
            return Reason(name="harm", value=f"{low}/{high} {kind}", weight=-0.2 if ratio <= 2 else -0.5)
    return Reason(name="harm", value="", weight=0.0)
