"""An incident as one flat row, for tables, CSV and data frames."""

from __future__ import annotations

from typing import Any

from marsad.ledger.model import Incident, Party, Range


def named(party: Party) -> str:
    """A party in a table: its code and sector, else its name."""
    return f"{party.code}/{party.sector}" if party.code and party.sector else party.code or party.name


def incident_row(incident: Incident) -> dict[str, Any]:
    """An incident as one row of a table or CSV.

    Args:
        incident: the incident.
    """
    ranges = {(r.kind, r.rule): r for r in incident.ranges}
    return {
        "id": incident.id,
        "from": incident.first,
        "to": incident.last,
        "precision": incident.precision,
        "type": incident.type,
        "mode": incident.mode,
        "status": incident.status,
        "actors": [named(p) for p in incident.actors],
        "recipients": [named(p) for p in incident.recipients],
        "killed": shown(ranges.get(("killed", "low-best-high"))),
        "injured": shown(ranges.get(("injured", "low-best-high"))),
        "sources": incident.sources,
        "copies": incident.copies,
        "contested": list(incident.contested),
        "lat": incident.place.lat if incident.place else None,
        "lon": incident.place.lon if incident.place else None,
        "outlets": list(incident.outlets),
        "place": incident.place.name if incident.place else None,
        "words": incident.words,
    }


def shown(found: Range | None) -> str:
    """A range in a table: «3», «3–7», the best figure between where it differs from both; «3–≥7» where it is open."""
    if found is None:
        return ""
    ends = dict.fromkeys(n for n in (found.low, found.best, found.high) if n is not None)
    *lower, most = map(str, ends)
    return "–".join([*lower, f"≥{most}" if found.open else most])
