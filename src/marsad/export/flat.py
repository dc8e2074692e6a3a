"""An incident, or one claimant's version of it, as a flat row: what GeoJSON, Parquet and XLSX have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from marsad.export.cells import Cell
from marsad.export.facts import EXTRA, act_of, extras, figure, located, name_of, names, pages_of
from marsad.export.mapping import look_up
from marsad.export.source import Source
from marsad.ledger.model import Claimed, Incident, Mention, Party, Range, Toll, Version
from marsad.ledger.ranges import highest
from marsad.model.record import HARM_KINDS

_ENDS: Final = ("low", "best", "high")
_CODES: Final = (
    "cameo", "acled_event_type", "acled_sub_event_type", "ged_type_of_violence", "quad_code", "event_scale",
)  # fmt: skip
COLUMNS: Final = (
    "type", "mode", "contexts", *_CODES, "foreground", "date_from", "date_to", "actors", "actor_codes", "recipients",
    "recipient_codes", "place", "place_en", "country", "latitude", "longitude", "geonames", "weapons",
    *(f"{kind}_{end}" for kind in HARM_KINDS for end in _ENDS), "words", "claimant", "denies", *EXTRA,
)  # fmt: skip
"""The columns of a flat row; counts are under the rule `low-best-high`."""

NUMBERS: Final = frozenset({"event_scale", "latitude", "longitude"})
"""The columns of fractions; `COUNTS` those of whole numbers, `FLAGS` those of true and false, the rest is text."""

COUNTS: Final = frozenset(
    {"quad_code", "ged_type_of_violence", "geonames", "independent_sources", "copies"}
    | {f"{kind}_{end}" for kind in HARM_KINDS for end in _ENDS}
)
FLAGS: Final = frozenset({"foreground", "denies"})
_JOINT: Final = "; "


def row(incident: Incident, mentions: Sequence[Mention], source: Source) -> list[Cell]:
    """An incident as most independent sources tell it.

    Args:
        incident, mentions: the incident.
        source: for its pages.

    Returns:
        One cell for each of `COLUMNS`.
    """
    at = located(incident.place) or (None, None)
    place = incident.place
    return [
        incident.type, incident.mode, _JOINT.join(incident.contexts), *_codes(incident, mentions), incident.foreground,
        incident.first, incident.last, names(incident.actors), _party_codes(incident.actors),
        names(incident.recipients), _party_codes(incident.recipients),
        place.name if place else None, place.name_en if place else None, place.country if place else None,
        *at, place.geonames if place else None, _JOINT.join(incident.weapons),
        *(n for kind in HARM_KINDS for n in _ends(figure(incident, kind, "low-best-high"))), incident.words, None, None,
        *extras(incident, mentions, pages_of(mentions, source)),
    ]  # fmt: skip


def version_rows(incident: Incident, mentions: Sequence[Mention], source: Source) -> Iterator[list[Cell]]:
    """Each claimant's version of an incident as a row: his status, sides, days, places and counts.

    `version` is its number, from 1; what the version says nothing of is empty, the codes are the incident's.

    Args:
        incident, mentions: the incident.
        source: for its pages.
    """
    joint = dict(zip(COLUMNS, row(incident, mentions, source), strict=True))
    for number, version in enumerate(incident.versions, start=1):
        own = [m for m in mentions if m.id in set(version.mentions)]
        cells = {**joint, **_told(version, own), **_where_told(own, source), "version": str(number)}
        yield list(cells.values())


def _told(version: Version, mentions: Sequence[Mention]) -> dict[str, Cell]:
    """What differs in one claimant's version from what most sources tell."""
    spots = {m.place for m in mentions}
    only = next(iter(spots)) if len(spots) == 1 else None  # a version with two places has no point of its own
    at = located(only) or (None, None)
    counts = (n for kind in HARM_KINDS for n in _span([t for t in version.tolls if t.kind == kind]))
    return {
        "foreground": any(m.foreground for m in mentions),
        "date_from": version.first,
        "date_to": version.last,
        "actors": _values(version.actors),
        "actor_codes": _party_codes([p for m in mentions for p in m.actors]),
        "recipients": _values(version.recipients),
        "recipient_codes": _party_codes([p for m in mentions for p in m.recipients]),
        "place": _values(version.places),
        "place_en": only.name_en if only else None,
        "country": only.country if only else None,
        "latitude": at[0],
        "longitude": at[1],
        "geonames": only.geonames if only else None,
        **dict(zip((f"{kind}_{end}" for kind in HARM_KINDS for end in _ENDS), counts, strict=True)),
        "words": mentions[0].words if mentions else None,
        "claimant": name_of(version.claimant) if version.claimant else None,
        "denies": version.denies,
        "status": version.status,
    }


def _where_told(mentions: Sequence[Mention], source: Source) -> dict[str, Cell]:
    """The outlets, rules and pages of a version alone."""
    pages = pages_of(mentions, source)
    return {
        "outlets": _JOINT.join(sorted({m.outlet for m in mentions if m.outlet})),
        "rules": _JOINT.join(dict.fromkeys(m.rule for m in mentions)),
        "mentions": _JOINT.join(m.id for m in mentions),
        "urls": _JOINT.join(p.url for p in pages if p.url),
    }


def _values(claimed: Sequence[Claimed]) -> str:
    return _JOINT.join(c.value for c in claimed)


def _codes(incident: Incident, mentions: Sequence[Mention]) -> list[Cell]:
    act = act_of(incident, mentions)
    cameo, acled, ged, plover = (look_up(scheme, act) for scheme in ("cameo", "acled", "ged", "plover"))
    return [
        cameo.code if cameo else None, acled.code if acled else None, acled.detail if acled else None,
        int(ged.code) if ged else None, int(plover.group) if plover else None, plover.score if plover else None,
    ]  # fmt: skip


def _party_codes(parties: Sequence[Party]) -> str:
    return _JOINT.join(dict.fromkeys(f"{p.code or '---'} {p.sector or ''}".strip() for p in parties))


def _ends(found: Range | None) -> list[int | None]:
    return [found.low, found.best, found.high] if found else [None, None, None]


def _span(tolls: Sequence[Toll]) -> list[int | None]:
    """From the lowest to the highest count that a claimant gives; no best, which no claimant weighs."""
    if not tolls:
        return [None, None, None]
    return [min(t.low for t in tolls), None, highest((t.low, t.high) for t in tolls)[0]]
