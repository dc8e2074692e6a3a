"""GeoJSON: a FeatureCollection, one Feature an incident, of every status.

An incident that is not located keeps its Feature with a null geometry: dropped, it would be missed; put on the centre
of its country, it would be shown where nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from marsad.export.cells import json_text
from marsad.export.facts import located
from marsad.export.flat import COLUMNS, row
from marsad.export.source import Source
from marsad.ledger.model import Incident, Mention

PROPERTIES: Final = COLUMNS
"""The properties of a Feature: the flat incident, as in Parquet and XLSX."""


def lines(source: Source) -> Iterator[bytes]:
    """The collection, one Feature a line.

    Args:
        source: what to export.
    """
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    for incident, mentions in source.incidents():
        yield between + json_text(feature(incident, mentions, source)).encode()
        between = b",\n"
    yield b"\n]}\n"


def feature(incident: Incident, mentions: Sequence[Mention], source: Source) -> dict[str, Any]:
    """An incident as a Feature.

    Args:
        incident, mentions: the incident.
        source: for its pages.
    """
    at = located(incident.place)
    point = {"type": "Point", "coordinates": [at[1], at[0]]} if at else None  # longitude first, by the standard
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": point,
        "properties": dict(zip(PROPERTIES, row(incident, mentions, source), strict=True)),
    }
