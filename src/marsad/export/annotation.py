"""W3C Web Annotation: JSON lines, one annotation a mention, on the page's own words.

The selectors are the recommendation's: a position in code points of the page's text as Marsad read it, and the words
with what stands around them, by which they are found again on the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from marsad.export.cells import json_line, json_text, present
from marsad.export.facts import names, place_precision
from marsad.export.mapping import version
from marsad.export.source import PageInfo, Source
from marsad.ledger.model import Incident, Mention

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32  # code points of prefix and suffix


def lines(source: Source) -> Iterator[bytes]:
    """The mentions as annotations, incident by incident.

    Args:
        source: what to export.
    """
    for incident, mentions in source.incidents():
        for mention in mentions:
            page = source.page(mention.page) or PageInfo(id=mention.page)
            yield json_line(annotation(incident, mention, page))


def annotation(incident: Incident, mention: Mention, page: PageInfo) -> dict[str, Any]:
    """A mention as an annotation.

    Args:
        incident: what it tells.
        mention: the mention.
        page: where it stands.
    """
    return {
        "@context": _CONTEXT,
        "id": f"urn:marsad:mention:{mention.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": "urn:marsad", "type": "Software", "name": "marsad"},
        "body": [_tag(mention), _description(incident, mention)],
        "target": {"source": source_of(page), "selector": selectors(mention, page)},
    }


def source_of(page: PageInfo) -> str:
    """The address of a page; of one without, a name made of the digest of its bytes or of its id."""
    return page.url or (f"urn:sha256:{page.sha256}" if page.sha256 else f"urn:marsad:page:{page.id}")


def _tag(mention: Mention) -> dict[str, Any]:
    value = f"{mention.type} {mention.mode}" if mention.mode else mention.type
    return {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": value}


def _description(incident: Incident, mention: Mention) -> dict[str, Any]:
    """The event itself, as JSON in a text: a body with terms of our own would not be the recommendation's."""
    told = {
        "incident_id": incident.id,
        "version": names(mention.claimed_by) or (names([mention.speaker]) if mention.speaker else "outlet"),
        "event_type": mention.type,
        "mode": mention.mode,
        "status": mention.status,
        "claimants": [p.name for p in mention.claimed_by],
        "actors": [p.name for p in mention.actors],
        "recipients": [p.name for p in mention.recipients],
        "date_from": mention.first,
        "date_to": mention.last,
        "place": mention.place.name if mention.place else None,
        "precision": incident.precision,
        "place_precision": place_precision(mention.place),
        "independent_sources": incident.sources,
        "foreground": mention.foreground,
        "rule": mention.rule,
        "mapping": version(),
    }
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "application/json",
        "value": json_text(present(told)),
    }


def selectors(mention: Mention, page: PageInfo) -> list[dict[str, Any]]:
    """Where the words stand: by position, and by the words themselves with what is before and behind them.

    Without the page's text, the words alone: a position says nothing in a text that nobody has.
    """
    start, end = mention.evidence
    if not 0 <= start < end <= len(page.text):
        return [{"type": "TextQuoteSelector", "exact": mention.words}]
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": page.text[start:end],
            "prefix": page.text[max(start - _AROUND, 0) : start],
            "suffix": page.text[end : end + _AROUND],
        },
    ]
