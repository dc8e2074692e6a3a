"""Mentions by hand, pages of our own words, and a ledger without a database: for the tests of the ledger."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from marsad.ledger.alike import Opening
from marsad.ledger.incidents import incident
from marsad.ledger.joining import News, Split, grouped, is_compared, joined, on_the_spot, spot_key, within
from marsad.ledger.mentions import mentions_of, opening_of
from marsad.ledger.model import Incident, Link, Mention, Party, Spot, Toll
from marsad.ledger.words import content_keys
from marsad.reading.single import read_one

ARMY = Party(name="الجيش الأذربيجاني", kind="military", code="AZE", sector="MIL")
FORCES = Party(name="القوات الأرمينية", kind="military", code="ARM", sector="MIL")
BAKU = Party(name="باكو", kind="government", code="AZE", sector="GOV")
YEREVAN = Party(name="يريفان", kind="government", code="ARM", sector="GOV")
PEOPLE = Party(name="مدنيون", kind="people", code="AZE", sector="CVL")
SOLDIERS = Party(name="جنود", kind="military", code="AZE", sector="MIL")
GANJA = Spot(name="غنجة", country="AZE", lat=40.68, lon=46.36, kind="city", geonames=1)
TERTER = Spot(name="ترتر", country="AZE", lat=40.34, lon=46.93, kind="city", geonames=2)
AZERBAIJAN = Spot(name="أذربيجان", country="AZE", lat=40.4, lon=47.6, kind="country", geonames=3)
ARMENIA = Spot(name="أرمينيا", country="ARM", lat=40.2, lon=44.6, kind="country", geonames=4)


def a_mention(name: str = "a", **given: Any) -> Mention:
    """A shelling of Ganja on 4 October as the page `name` tells it, but for what is given."""
    usual = {
        "id": name, "page": name, "event": "e1", "outlet": name, "published": "2020-10-04", "type": "ASSAULT",
        "mode": "heavy-weapons", "actors": (FORCES,), "recipients": (PEOPLE,), "first": "2020-10-04",
        "last": "2020-10-04", "place": GANJA, "lead": True, "words": "قصفت القوات المدينة",
    }  # fmt: skip
    return Mention(**{**usual, **given})


def killed(low: int, high: int | None = -1, *, who: Party | None = None, by: Party | None = None) -> Toll:
    """So many dead, as many at most unless told otherwise."""
    return Toll(kind="killed", low=low, high=low if high == -1 else high, who=who, according_to=by)


def an_opening(title: str, text: str = "") -> Opening:
    """The opening of a page with a headline and a first paragraph."""
    return Opening(frozenset(content_keys(title)), frozenset(content_keys(text)))


class Told(NamedTuple):
    """A page as the ledger sees it: what it is compared by, and all of its mentions."""

    news: News
    mentions: tuple[Mention, ...]


def a_page(name: str, text: str, *, headline: str | None = None, published: str | None = "2020-10-04") -> Told:
    """A page that was read."""
    record = read_one(text, headline=headline, published=published, publisher=name)
    mentions = mentions_of(record, name)
    compared = tuple(m for m in mentions if is_compared(m))
    return Told(News(name, record.page.published.first, opening_of(record), compared), mentions)


def links_of(pages: Iterable[Told]) -> list[Link]:
    """All links between mentions, the surest first."""
    ordered = sorted(pages, key=lambda page: page.news.order())
    found = [link for page in ordered for link in within(page.mentions)]
    found += joined(page.news for page in ordered)
    spots = sorted({key for page in ordered for m in page.mentions if (key := spot_key(m))})
    for spot in spots:
        found += on_the_spot([m for page in ordered for m in page.mentions if spot_key(m) == spot])
    return sorted(found, key=lambda link: (-link.score, link.mention, link.to))


def incidents_of(pages: Sequence[Told], splits: Sequence[Split] = ()) -> list[Incident]:
    """The incidents that pages tell, in whatever order they are given."""
    ordered = sorted(pages, key=lambda page: page.news.order())
    mentions = {m.id: m for m in itertools.chain.from_iterable(page.mentions for page in ordered)}
    links = links_of(ordered)
    groups = grouped(list(mentions), [(link.mention, link.to) for link in links], splits)
    return [
        incident([mentions[i] for i in ids], [x for x in links if x.mention in ids and x.to in ids])
        for ids in groups.values()
    ]
