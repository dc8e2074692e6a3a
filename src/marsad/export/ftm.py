"""FollowTheMoney JSON lines: articles, events, those involved, addresses, and who is named on which page.

Entities come in the order in which incidents need them, each once: the same party in two incidents is one entity, told
by its Wikidata id, else by kind, code, sector and name. What has no property in the schema (status, claimants, sources)
stands in `notes` for people and under `marsad`, beside the properties, for programs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from marsad.export.cells import json_line, one_line
from marsad.export.facts import EXTRA, day, extras, located, name_of, pages_of
from marsad.export.source import PageInfo, Source
from marsad.export.tables import country
from marsad.ledger.model import Incident, Mention, Party, Spot

SCHEMATA: Final = ("Article", "Person", "PublicBody", "Organization", "LegalEntity", "Address", "Event", "Mention")
"""The schemata that are written."""

_SCHEMA_OF: Final = {
    "person": "Person",
    "government": "PublicBody",
    "military": "PublicBody",
    "country": "PublicBody",
    "people": "LegalEntity",  # civilians are no organisation
}
_LANGUAGES: Final = {"ar": "ara", "en": "eng", "fa": "fas", "fr": "fra", "ru": "rus", "tr": "tur"}
Entity = dict[str, Any]


def lines(source: Source) -> Iterator[bytes]:
    """The entities as lines of JSON.

    Args:
        source: what to export.
    """
    seen: set[str] = set()
    for incident, mentions in source.incidents():
        for found in entities(incident, mentions, source):
            if found["id"] not in seen:
                seen.add(found["id"])
                yield json_line(found)


def entities(incident: Incident, mentions: Sequence[Mention], source: Source) -> Iterator[Entity]:
    """The entities of an incident, those that others refer to first; parties and places may come again.

    Args:
        incident, mentions: the incident.
        source: for its pages.
    """
    pages = pages_of(mentions, source)
    yield from (_article(p) for p in pages)
    yield from (_party(p) for p in _involved(incident, mentions))
    if incident.place:
        yield _address(incident.place)
    yield _event(incident, mentions, pages)
    for mention in mentions:
        yield from (_mention(party, mention) for party in _told(mention))


def _entity(schema: str, key: Sequence[str | None], **properties: str | int | list[str] | None) -> Entity:
    """An entity with a stable id; FollowTheMoney's values are lists of texts, and an empty text is no value."""
    values = {k: [one_line(str(v)) for v in (p if isinstance(p, list) else [p])] for k, p in properties.items() if p}
    kept = {k: unique for k, vs in values.items() if (unique := list(dict.fromkeys(v for v in vs if v)))}
    return {"id": _id(schema, key), "schema": schema, "properties": kept}


def _id(schema: str, key: Sequence[str | None]) -> str:
    told = "\n".join([schema, *(part or "" for part in key)])
    return "marsad-" + hashlib.sha1(told.encode(errors="replace"), usedforsecurity=False).hexdigest()


def _name(text: str, otherwise: str) -> str:
    return text if one_line(text) else otherwise


def _article(page: PageInfo) -> Entity:
    return _entity(
        "Article",
        [page.id],
        title=page.headline,
        fileName=page.headline or page.url or page.id,
        sourceUrl=_address_of(page.url),
        publisher=page.publisher,
        publishedAt=_day(page.first),
        retrievedAt=_day(page.added),
        language=_LANGUAGES.get(page.language or "", page.language if len(page.language or "") == 3 else None),
        notes=f"sha256: {page.sha256}" if page.sha256 else None,
    )


def _address_of(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _day(text: str | None) -> str | None:
    found = day(text)
    return found.isoformat() if found else None


def _involved(incident: Incident, mentions: Sequence[Mention]) -> list[Party]:
    claiming = [v.claimant for v in incident.versions if v.claimant]
    told = [p for m in mentions for p in _told(m)]
    return list(dict.fromkeys([*incident.actors, *incident.recipients, *claiming, *told]))


def _told(mention: Mention) -> list[Party]:
    speaker = [mention.speaker] if mention.speaker else []
    return list(dict.fromkeys([*mention.actors, *mention.recipients, *mention.claimed_by, *speaker]))


def _party_key(party: Party) -> list[str | None]:
    return [party.wikidata] if party.wikidata else [party.kind, party.code, party.sector, party.name]


def _party_schema(party: Party) -> str:
    return _SCHEMA_OF.get(party.kind, "Organization")


def _party(party: Party) -> Entity:
    return _entity(
        _party_schema(party),
        _party_key(party),
        name=_name(name_of(party), "?"),
        alias=party.name if party.name_en else None,
        country=country(party.code).iso2.lower(),
        sector=party.sector,
        wikidataId=party.wikidata,
    )


def _spot_key(place: Spot) -> list[str | None]:
    at = f"{place.lat},{place.lon}" if located(place) else None
    return [place.name, place.country, place.kind, at]


def _full(place: Spot) -> str:
    land = "" if place.kind == "country" else country(place.country).name_en
    return ", ".join(part for part in (place.name_en or place.name, land) if part)


def _address(place: Spot) -> Entity:
    lat, lon = located(place) or (None, None)
    return _entity(
        "Address",
        _spot_key(place),
        full=_full(place),
        city=_full(place).partition(", ")[0] if place.kind == "city" else None,
        country=country(place.country).iso2.lower(),
        latitude=str(lat) if lat is not None else None,  # zero is a latitude
        longitude=str(lon) if lon is not None else None,
        remarks=f"geonames {place.geonames}" if place.geonames else None,
    )


def _event(incident: Incident, mentions: Sequence[Mention], pages: Sequence[PageInfo]) -> Entity:
    place = incident.place
    cells = dict(zip(EXTRA, extras(incident, mentions, pages), strict=True))
    entity = _entity(
        "Event",
        [incident.id],
        name=_title(incident),
        summary=incident.words,
        startDate=_day(incident.first),
        endDate=_day(incident.last or incident.first),
        organizer=[_id(_party_schema(p), _party_key(p)) for p in incident.actors],
        involved=[_id(_party_schema(p), _party_key(p)) for p in incident.recipients],
        location=_full(place) if place else None,
        addressEntity=_id("Address", _spot_key(place)) if place else None,
        country=country(place.country).iso2.lower() if place else None,
        keywords=[k for k in (incident.type, incident.mode, *incident.contexts) if k],
        proof=[_id("Article", [p.id]) for p in pages],
        recordId=incident.id,
        notes=[f"{k}: {v}" for k, v in cells.items() if v not in ("", None)],
    )
    return {**entity, "marsad": cells}


def _title(incident: Incident) -> str:
    parts = (incident.type, incident.mode, _full(incident.place) if incident.place else None, incident.first)
    return ", ".join(p for p in parts if p)


def _mention(party: Party, mention: Mention) -> Entity:
    """That a page names a party; `resolved` is the entity made of it here, not a judgement about the world."""
    return _entity(
        "Mention",
        [mention.page, *_party_key(party)],
        document=_id("Article", [mention.page]),
        name=_name(party.name, "?"),
        resolved=_id(_party_schema(party), _party_key(party)),
        detectedSchema=_party_schema(party),
        contextCountry=country(party.code).iso2.lower(),
    )
