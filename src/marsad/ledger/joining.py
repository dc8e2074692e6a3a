"""Which mentions tell one incident: first which pages bring the same news, then which of their acts are one.

Pages are taken in the ledger's order (by day of publication, then by id: an order that they carry in themselves, so
that the same set gives the same incidents in whatever order they came). Each is joined to the earlier page whose news
it resembles most, and to all that it resembles beyond doubt; then the acts of two such pages are compared. The cosine
of two openings is summed up along an inverted index that holds the pages of a few days only, so that the cost grows
with the news of those days and not with the ledger.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from marsad.ledger.alike import (
    ACT,
    CERTAIN,
    DENIAL,
    MAIN,
    NEAR_DAYS,
    NEWS,
    OWN_DENIAL,
    RETOLD,
    SENTENCE,
    SPOT,
    Opening,
    acts,
    camp,
    harm,
    news,
    norm,
    total,
    vector,
    whose,
)
from marsad.ledger.model import Link, Mention, Reason

_FORCE: Final = ("ASSAULT", "COERCE", "PROTEST")  # what is coded by place; talks and words are not
_MOST: Final = 12  # pages that one page is joined to
_LIKE_WORDS: Final = 0.95  # what the words of two acts of one day and both sides weigh where they tell one act
_LEAST: Final = 0.1  # the resemblance below which two openings are not looked at


def is_compared(mention: Mention) -> bool:
    """Whether a mention is compared with those of other pages: the page's news, what it tells as news below, denials.

    Args:
        mention: the mention.
    """
    return not mention.historical and (mention.lead or mention.foreground or mention.status == "denied")


class News(NamedTuple):
    """A page with what its news is compared by: its day (None if unknown), its opening, its acts."""

    page: str
    published: str | None
    opening: Opening
    mentions: tuple[Mention, ...]

    @property
    def main(self) -> tuple[Mention, ...]:
        """The acts that are its news."""
        return tuple(m for m in self.mentions if m.lead)

    def order(self) -> tuple[str, str]:
        """Its place in the ledger's order; undated pages come last."""
        return self.published or "9999-12-31", self.page


def joined(pages: Iterable[News]) -> Iterator[Link]:
    """Why mentions of different pages belong together, as links from a later mention to an earlier one.

    Args:
        pages: pages in the ledger's order; of their mentions those that `is_compared` lets through.
    """
    index = _Index()
    for page in pages:
        alike = index.alike(page)
        same = _same_news(page, alike)
        for earlier, why in same:
            yield from _between(earlier, page, why)
        others = {earlier.page for earlier, _ in same}
        for earlier, _ in alike:
            if earlier.page not in others:
                yield from _retold(earlier, page)
        index.add(page)


def _same_news(page: News, alike: Sequence[tuple[News, float]]) -> list[tuple[News, list[Reason]]]:
    """The earlier pages that bring a page's news: the most alike, and those that are alike beyond doubt.

    No more than `_MOST`: of a thousand reprints each needs a few links to hold together, not one to every other.
    """
    found = []
    for earlier, opening in alike:
        why = news(opening, _apart(earlier, page), _common_harm(earlier, page))
        if total(why) >= NEWS:
            found.append((earlier, why))
    found.sort(key=lambda pair: (-total(pair[1]), pair[0].order()))
    return [pair for n, pair in enumerate(found[:_MOST]) if n == 0 or total(pair[1]) >= CERTAIN]


def _apart(a: News, b: News) -> int:
    if a.published is None or b.published is None:
        return 0
    return abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)


def _common_harm(a: News, b: News) -> Reason | None:
    grounds = [harm(x, y) for x in a.main if x.tolls for y in b.main if y.tolls]
    return max(grounds, key=lambda reason: reason.weight, default=None)


def _between(earlier: News, later: News, why: list[Reason]) -> Iterator[Link]:
    """The links between the acts of two pages with the same news: of the main acts the most alike, and all the certain.

    Below the first paragraph, where pages tell other news too, only acts of one type are compared.
    """
    main = _scored((x, y) for x in earlier.main for y in later.main)
    below = _scored(
        (x, y) for x in earlier.mentions for y in later.mentions if x.type == y.type and not (x.lead and y.lead)
    )
    for n, (sum_, x, y, reasons) in enumerate([*main, *below]):
        if sum_ >= ACT or (n == 0 and main and sum_ >= MAIN):
            yield Link(mention=y.id, to=x.id, score=total([*why, *reasons]), reasons=(*why, *reasons))


def _retold(earlier: News, later: News) -> Iterator[Link]:
    """The links between acts of force that two pages of one story tell of one day and both sides, in like words: each
    with the one that it is most alike."""
    told: dict[_Deed, list[Mention]] = defaultdict(list)
    for x in earlier.mentions:
        for deed in _deeds(x):
            told[deed].append(x)
    for y in later.mentions:
        near = (x for deed in _deeds(y) for x in told.get(deed, ()))
        against = {x.id: x for x in near if x.place is None or y.place is None}
        best = next(iter(_scored((x, y) for x in against.values())), None) if against else None
        if best and best[0] >= RETOLD and _alike_words(best[3]):
            yield Link(mention=y.id, to=best[1].id, score=best[0], reasons=tuple(best[3]))


_Deed = tuple[str, str, str, str]


def _deeds(mention: Mention) -> set[_Deed]:
    """What an act of force of one day is known by where no town is told: its day, its type, who did it to whom."""
    if mention.type not in _FORCE or mention.first is None or mention.first != mention.last:
        return set()
    sides = itertools.product({whose(p) for p in mention.actors}, {whose(p) for p in mention.recipients})
    return {(mention.first, mention.type, one, other) for one, other in sides}


def _alike_words(reasons: Sequence[Reason]) -> bool:
    return any(r.name == "words" and r.weight >= _LIKE_WORDS for r in reasons)


def _scored(pairs: Iterable[tuple[Mention, Mention]]) -> list[tuple[float, Mention, Mention, list[Reason]]]:
    """Pairs of acts with their grounds, the most alike first; a denial only with what it may deny."""
    able = ((x, y) for x, y in pairs if (x.status == "denied") == (y.status == "denied") or _denies(x, y))
    found = ((total(reasons := acts(x, y)), x, y, reasons) for x, y in able)
    return sorted(found, key=lambda p: (-p[0], p[1].id, p[2].id))


def _needed(earlier: Mention, later: Mention) -> float:
    """What two acts of one page must reach: in one sentence more, since all its words are theirs; and there only force
    is told twice, as the shelling and as its dead."""
    if (earlier.status == "denied") != (later.status == "denied"):
        if not _denies(earlier, later):
            return math.inf  # «قصفت القوات …، ونفت شن أي هجوم»: another's deed
        return MAIN if _on_one_spot(earlier, later) else OWN_DENIAL
    if earlier.evidence != later.evidence:
        return SPOT if _on_one_spot(earlier, later) else ACT
    return SENTENCE if later.type == "ASSAULT" else math.inf


def _on_one_spot(earlier: Mention, later: Mention) -> bool:
    one = spot_key(earlier)
    return one is not None and one == spot_key(later)


def _denies(earlier: Mention, later: Mention) -> bool:
    """Whether one of two acts of a type denies what the other tells: of one side's doing, as far as both say whose.

    What was told before of a town and day, another than those who were hit may deny as well: the shell was «أرمينية»,
    and the separatists deny it.
    """
    if earlier.type != later.type or (earlier.status == "denied") == (later.status == "denied"):
        return False
    one, two = {whose(p) for p in earlier.actors}, {whose(p) for p in later.actors}
    hit, deniers = {camp(p) for p in earlier.recipients}, {camp(p) for p in later.actors}
    other = later.status == "denied" and bool(hit) and not hit & deniers and _on_one_spot(earlier, later)
    return not one or not two or bool(one & two) or other


def spot_key(mention: Mention) -> str | None:
    """The day, town and type of an act that is told as such; None where one of them is not told. Without a day of its
    own it is of the page's.

    Args:
        mention: the mention.
    """
    place, day = mention.place, mention.first or mention.published
    news = mention.foreground or mention.status == "denied"
    told = news and not mention.historical and mention.status not in ("future", "hypothetical")
    if mention.type not in _FORCE or not told or day is None:
        return None
    if place is None or place.kind not in ("city", "site") or mention.first != (mention.last or mention.first):
        return None
    return f"{day} {mention.type} {place.geonames or place.name}"


def on_the_spot(mentions: Sequence[Mention]) -> Iterator[Link]:
    """The links between acts of one type told of one town on one day: coders take them for one event (ACLED 2023, 2.1)
    where nothing speaks against it.

    Args:
        mentions: mentions with one `spot_key`, in the ledger's order.
    """
    for n, later in enumerate(mentions):
        found = [(acts(earlier, later), earlier) for earlier in mentions[:n] if earlier.page != later.page]
        best = max(found, key=lambda pair: total(pair[0]), default=None)  # of equals the earliest
        if best and total(best[0]) >= (DENIAL if _denies(best[1], later) else SPOT):
            yield Link(mention=later.id, to=best[1].id, score=total(best[0]), reasons=tuple(best[0]))


def within(mentions: Sequence[Mention]) -> Iterator[Link]:
    """The links between a page's own mentions of one act: told in the headline and again in the text.

    Args:
        mentions: all mentions of a page, in order.
    """
    told = [m for m in mentions if not m.historical]
    for n, later in enumerate(told):
        for earlier in told[:n]:
            reasons = acts(earlier, later)
            if earlier.type == later.type and total(reasons) >= _needed(earlier, later):
                yield Link(mention=later.id, to=earlier.id, score=total(reasons), reasons=tuple(reasons))
                break


class _Index:
    """The pages of the last days by the words of their openings."""

    def __init__(self) -> None:
        self._holding: dict[str, deque[tuple[int, float]]] = defaultdict(deque)
        self._pages: dict[int, News] = {}
        self._added = 0

    def add(self, page: News) -> None:
        for key, value in vector(page.opening).items():
            self._holding[key].append((self._added, value))
        self._pages[self._added] = page
        self._added += 1

    def alike(self, page: News) -> list[tuple[News, float]]:
        """The pages of the last days with the resemblance of their openings, in the ledger's order."""
        sums: dict[int, float] = defaultdict(float)
        oldest = _day(page) - NEAR_DAYS
        self._forget(oldest)
        for key, value in vector(page.opening).items():
            held = self._holding[key]
            for n, other in held:
                sums[n] += value * other
        length = norm(page.opening)
        near = ((n, shared / (length * norm(self._pages[n].opening))) for n, shared in sorted(sums.items()))
        return [(self._pages[n], round(opening, 6)) for n, opening in near if opening >= _LEAST]

    def _forget(self, oldest: int) -> None:
        """Let go of the pages before a day; pages come in order of their day, so they are the first."""
        for n in list(itertools.takewhile(lambda n: _day(self._pages[n]) < oldest, self._pages)):
            for key in vector(self._pages.pop(n).opening):
                self._holding[key].popleft()


def _day(page: News) -> int:
    """The day as a number; undated pages stand together, far from all others."""
    return date.fromisoformat(page.published).toordinal() if page.published else date.max.toordinal()


class Split(NamedTuple):
    """What a person has taken apart: no mention of the one side may stand in one incident with one of the other."""

    one: frozenset[str]
    other: frozenset[str]

    def parts(self, a: str, b: str) -> bool:
        """Whether it keeps two mentions apart."""
        return (a in self.one and b in self.other) or (a in self.other and b in self.one)


def grouped(
    mentions: Sequence[str], links: Iterable[tuple[str, str]], splits: Sequence[Split] = ()
) -> dict[str, list[str]]:
    """The mentions of each incident, under the first of them.

    Args:
        mentions: ids in the ledger's order.
        links: pairs of ids that belong together, the surest first; what is not among `mentions` is passed over.
        splits: what must stay apart.
    """
    place = {mention: n for n, mention in enumerate(mentions)}
    root = list(range(len(mentions)))
    sides = _sides_of(place, splits)

    def first(n: int) -> int:
        while root[n] != n:
            root[n] = n = root[root[n]]
        return n

    for one, two in links:
        if one in place and two in place:
            low, high = sorted((first(place[one]), first(place[two])))
            mine, other = sides.get(low, {}), sides.get(high, {})
            if low != high and all(mine.get(split, side) == side for split, side in other.items()):
                root[high] = low
                if other:
                    sides[low] = {**mine, **other}
    groups: dict[str, list[str]] = {}
    for n, mention in enumerate(mentions):
        groups.setdefault(mentions[first(n)], []).append(mention)
    return groups


def _sides_of(place: Mapping[str, int], splits: Sequence[Split]) -> dict[int, dict[int, int]]:
    """For each mention that was split from others, the side it stands on, by split."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for number, split in enumerate(splits):
        for side, ids in enumerate((split.one, split.other)):
            for mention in sorted(ids & place.keys()):
                found[place[mention]][number] = side
    return dict(found)
