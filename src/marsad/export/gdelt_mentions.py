"""GDELT 2.0 mentions: 16 columns between tabs, no header; one row a mention of an incident that `gdelt` exports.

The last column, which GDELT leaves free, is a JSON object with what its 61 and 16 columns cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from marsad.export.cells import Cell, json_text, one_line, present, tab_line
from marsad.export.facts import claimants, names, pages_of, place_precision
from marsad.export.gdelt import added, coded, event_number
from marsad.export.mapping import version
from marsad.export.source import PageInfo, Source
from marsad.ledger.model import Incident, Mention
from marsad.text.sentences import split_sentences

COLUMNS: Final = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
"""GDELT's columns, in its order; the file itself has no header."""

_WEB: Final = 1
_CITATION: Final = 2
_UNKNOWN: Final = -1


def lines(source: Source) -> Iterator[bytes]:
    """The mentions of the incidents as rows.

    Args:
        source: what to export.
    """
    for incident, mentions in source.incidents():
        if not coded(incident, mentions):
            continue
        first_added = added(pages_of(mentions, source))
        for mention in mentions:
            page = source.page(mention.page) or PageInfo(id=mention.page)
            yield tab_line(row(incident, mention, page, first_added))


def row(incident: Incident, mention: Mention, page: PageInfo, first_added: int | None) -> list[Cell]:
    """The 16 cells of a mention.

    Args:
        incident: what it tells.
        mention: the mention.
        page: where it stands.
        first_added: when the first page of the incident was added.
    """
    length = len(page.text) if page.text else None
    return [
        event_number(incident), first_added, added([page]), _WEB if page.url else _CITATION,
        _source_name(mention, page), page.url or _citation(page), _sentence(mention, page),
        _UNKNOWN, _UNKNOWN, mention.trigger[0], int(bool(page.text)), None, length, None, None,
        _extras(incident, mention, page),
    ]  # fmt: skip


def _source_name(mention: Mention, page: PageInfo) -> str | None:
    """GDELT names a source on the web by its domain."""
    try:
        host = urlsplit(page.url or "").hostname
    except ValueError:
        host = None
    return host or page.publisher or mention.outlet


def _citation(page: PageInfo) -> str:
    parts = (page.publisher, page.headline, page.first)
    return ", ".join(one_line(p) for p in parts if p) or page.id


def _sentence(mention: Mention, page: PageInfo) -> int:
    """Which sentence of the page, from one; GDELT's -1 where the text is not at hand."""
    if not page.text:
        return _UNKNOWN
    return max(len(split_sentences(page.text, 0, min(mention.trigger[0] + 1, len(page.text)))), 1)


def _extras(incident: Incident, mention: Mention, page: PageInfo) -> str:
    told = {
        "incident_id": incident.id,
        "mention": mention.id,
        "version": names([*mention.claimed_by, *([mention.speaker] if mention.speaker else [])][:1]) or "outlet",
        "status": mention.status,
        "claimants": claimants(incident),
        "incident_status": incident.status,
        "independent_sources": incident.sources,
        "precision": incident.precision,
        "place_precision": place_precision(incident.place),
        "rule": mention.rule,
        "page": page.id,
        "sha256": page.sha256,
        "mapping": version(),
    }
    return json_text(present(told))
