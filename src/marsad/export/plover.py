"""PLOVER's own interchange format: one JSON object a line, one line an incident, of every status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from marsad.export.cells import json_line, present
from marsad.export.facts import EXTRA, MOST_SOURCES, act_of, extras, located, lowest, pages_of, place_precision
from marsad.export.mapping import look_up, version
from marsad.export.source import PageInfo, Source
from marsad.export.tables import country
from marsad.ledger.model import Incident, Mention, Party, Spot

FIELDS: Final = (
    "id", "has_event", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code",
    "event_scale", "mode", "context", "text_info", "cite_info", "coder",
)  # fmt: skip
"""PLOVER's fields that are filled; `time`, `text` and `coded_date` are not: no hour is read, no text republished."""

OWN: Final = ("size", "foreground", "versions", "ranges", "sources", *EXTRA[1:])
"""The fields beside them, as PLOVER allows."""

_KOSOVO: Final = {"XKX": "KOS"}  # PLOVER's code for it
_AUXILIARY: Final = ("future", "hypothetical")
_RESOLUTION: Final = {"site": 5, "city": 4, "region": 2, "country": 1}


def lines(source: Source) -> Iterator[bytes]:
    """The incidents as lines of JSON.

    Args:
        source: what to export.
    """
    for incident, mentions in source.incidents():
        yield json_line(record(incident, mentions, source))


def record(incident: Incident, mentions: Sequence[Mention], source: Source) -> dict[str, Any]:
    """An incident as a PLOVER record; fields of which nothing is known are left out.

    Args:
        incident, mentions: the incident.
        source: for its pages.
    """
    pages = pages_of(mentions, source)
    return present({**_event(incident, mentions), **_citation(mentions, pages), **_own(incident, mentions, pages)})


def _event(incident: Incident, mentions: Sequence[Mention]) -> dict[str, Any]:
    row = look_up("plover", act_of(incident, mentions))
    return {
        "id": incident.id,
        "has_event": True,
        "date": incident.first,
        "enddate": incident.last,
        "actor": [_entity(p) for p in incident.actors],
        "recipient": [_entity(p) for p in incident.recipients],
        "event": [incident.type],
        "event_loc": _place(incident.place) if incident.place else None,
        "event_text": [incident.words] if incident.words else [],
        "quad_code": int(row.group) if row else None,
        "event_scale": row.score if row else None,
        "mode": [incident.mode] if incident.mode else [],
        "context": _contexts(incident, mentions),
    }


def _contexts(incident: Incident, mentions: Sequence[Mention]) -> list[str]:
    """The contexts, and PLOVER's auxiliary ones; what somebody denies is a status, not the outlet's negation."""
    auxiliary = [incident.status] if incident.status in _AUXILIARY else []
    historical = ["historical"] if mentions and all(m.historical for m in mentions) else []
    return [*incident.contexts, *auxiliary, *historical]


def _entity(party: Party) -> dict[str, Any]:
    return present(
        {
            "code": _KOSOVO.get(party.code or "", party.code),
            "sector": party.sector,
            "entity_text": party.name,
            "identifier_id": party.wikidata,
            "identifier_text": party.name_en,
            "kind": party.kind,
        }
    )


def _place(place: Spot) -> dict[str, Any]:
    lat, lon = located(place) or (None, None)
    return present(
        {
            "extracted_place": place.name,
            "resolved_place": place.name_en,
            "geonameid": place.geonames,
            "lat": lat,
            "lon": lon,
            "city": (place.name_en or place.name) if place.kind == "city" else None,
            "country": country(place.country).name_en,
            "country_code": _KOSOVO.get(place.country or "", place.country),
            "resolution": _RESOLUTION.get(place.kind),
            "precision": place_precision(place),
        }
    )


def _citation(mentions: Sequence[Mention], pages: Sequence[PageInfo]) -> dict[str, Any]:
    first = mentions[0] if mentions else None
    return {
        "text_info": {"start": first.evidence[0], "end": first.evidence[1]} if first else None,
        "cite_info": cite(pages[0]) if pages else None,
        "coder": "marsad",
    }


def cite(page: PageInfo) -> dict[str, Any]:
    """A page as PLOVER cites one."""
    return present(
        {
            "citation": page.id,
            "sha256": page.sha256,
            "url": page.url,
            "title": page.headline,
            "language": page.language,
            "publication": page.publisher,
            "published": page.first,
            "codebook": "plover-2.0-draft",
            "version": f"mapping-{version()}",
        }
    )


def _own(incident: Incident, mentions: Sequence[Mention], pages: Sequence[PageInfo]) -> dict[str, Any]:
    size = {"dead": lowest(incident, "killed"), "injured": lowest(incident, "injured")}
    cells = dict(zip(EXTRA, extras(incident, mentions, pages), strict=True))
    return {
        "size": present(size),
        "foreground": incident.foreground,
        "versions": msgspec.to_builtins(incident.versions),
        "ranges": msgspec.to_builtins(incident.ranges),
        "sources": [cite(p) for p in pages],
        **{k: v for k, v in cells.items() if k != "incident_id"},
        "version": MOST_SOURCES,
    }
