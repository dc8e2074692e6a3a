"""The events of a page's record as mentions that can stand beside those of other pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from marsad.ledger.alike import Opening
from marsad.ledger.model import Mention, Party, Spot, Toll, mention_id
from marsad.ledger.words import content_keys
from marsad.model.record import Actor, Block, Event, Place, Record, Statement

_BODY: Final = ("lead", "paragraph")
_FIRST: Final = 2  # acts
_PARAGRAPHS: Final = 2
_OPENING: Final = 600  # characters of a paragraph


def mentions_of(record: Record, page: str) -> tuple[Mention, ...]:
    """The mentions of a page, in the order of its events.

    Args:
        record: what was read from the page.
        page: the page's id in the ledger.

    Returns:
        One mention for each event of the record.
    """
    told = _Told(record)
    mentions = [told.mention(event, page, i) for event, i in zip(record.events, ids_of(record, page), strict=True)]
    own = _news(mentions, _lead_end(record))
    return tuple(msgspec.structs.replace(m, lead=m.id in own) for m in mentions)


def ids_of(record: Record, page: str) -> list[str]:
    """The ids of a page's mentions, in the order of its events.

    Args:
        record: what was read from the page.
        page: the page's id in the ledger.
    """
    seen: Counter[tuple[str, str]] = Counter()
    ids = []
    for event in record.events:
        key = (event.type, f"{record.words(event.trigger)}\n{record.words(event.evidence)}")
        ids.append(mention_id(page, *key, seen[key]))
        seen[key] += 1
    return ids


def _news(mentions: Sequence[Mention], lead_end: int) -> set[str]:
    """The acts that headline and first paragraph tell; where they tell none the first that the page tells as news."""
    told = [m for m in mentions if not m.historical]
    first = [m for m in told if m.evidence[0] < lead_end]
    return {m.id for m in first or [m for m in told if m.foreground][:_FIRST] or told[:1]}


def opening_of(record: Record) -> Opening:
    """The words of a page's headline and of its first paragraphs, by which its news is told from other news.

    Args:
        record: what was read from the page.
    """
    body = _body(record)[:_PARAGRAPHS]
    text = "\n".join(record.page.text[b.start : min(b.end, b.start + _OPENING)] for b in body)
    return Opening(frozenset(content_keys(record.page.headline or "")), frozenset(content_keys(text)))


class _Told:
    """A record's parts by their ids, and where its news begins."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._actors = {a.id: a for a in record.actors}
        self._places = {p.id: p for p in record.places}
        self._statements = {s.id: s for s in record.statements}

    def mention(self, event: Event, page: str, mention: str) -> Mention:
        words = self._record.words(event.evidence)
        place = self._places.get(event.place or "")
        return Mention(
            id=mention,
            page=page,
            event=event.id,
            outlet=self._record.page.publisher,
            published=self._record.page.published.first,
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            actors=self._parties(event.actors),
            recipients=self._parties(event.recipients),
            status=event.status,
            claimed_by=self._parties(event.claimed_by),
            speaker=self._speaker(event.statement),
            foreground=event.foreground,
            historical=event.historical,
            first=event.first,
            last=event.last,
            place=spot(place) if place else None,
            weapons=event.weapons,
            tolls=tuple(
                Toll(
                    kind=c.kind,
                    low=c.low,
                    high=c.high,
                    who=self._party(c.who),
                    according_to=self._party(c.according_to),
                )
                for c in event.casualties
            ),
            words=words,
            sentence=content_keys(words),
            trigger=event.trigger,
            evidence=event.evidence,
            rule=event.rule,
        )

    def _speaker(self, statement: str | None) -> Party | None:
        found: Statement | None = self._statements.get(statement or "")
        return self._party(found.speaker) if found else None

    def _party(self, actor_id: str | None) -> Party | None:
        found = self._actors.get(actor_id or "")
        return party(found) if found else None

    def _parties(self, ids: Iterable[str]) -> tuple[Party, ...]:
        return tuple(p for i in ids if (p := self._party(i)))


def _lead_end(record: Record) -> int:
    """Up to where the page's headline and first paragraph run."""
    body = _body(record)
    titles = [b.end for b in record.page.blocks if b.kind == "headline"]
    return body[0].end if body else max(titles, default=0)


def _body(record: Record) -> list[Block]:
    """The page's paragraphs; what stands above the headline is the site's own (a menu, a ticker)."""
    first = min((b.start for b in record.page.blocks if b.kind == "headline"), default=0)
    body = [b for b in record.page.blocks if b.kind in _BODY]
    return [b for b in body if b.start >= first] or body


def party(actor: Actor) -> Party:
    """An actor lifted out of its page.

    Args:
        actor: the record's actor.
    """
    return Party(
        name=actor.name, name_en=actor.name_en, kind=actor.kind, code=actor.code, sector=actor.sector,
        wikidata=actor.wikidata,
    )  # fmt: skip


def spot(place: Place) -> Spot:
    """A place lifted out of its page.

    Args:
        place: the record's place.
    """
    return Spot(
        name=place.name, name_en=place.name_en, country=place.country, lat=place.lat, lon=place.lon, kind=place.kind,
        geonames=place.geonames,
    )  # fmt: skip
