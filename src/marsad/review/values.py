"""The values on a card: which of them a reviewer can decide upon, how they are checked, and when two are the same.

A verdict keeps the values that stood on its card. So it stays what it was when a later version of the program reads the
page otherwise: what was accepted is what the person saw.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from marsad.ledger.model import Mention
from marsad.model.errors import BadJudgement
from marsad.model.plover import TYPES
from marsad.review.model import Decided
from marsad.text.fold import fold

FIELDS: Final = (
    "type", "mode", "status", "actors", "recipients", "claimed_by", "from", "to", "place", "tolls", "foreground",
)  # fmt: skip
COMPARED: Final = (
    "type", "mode", "status", "actors", "recipients", "claimed_by", "day", "place", "tolls", "foreground",
)  # fmt: skip
_PARTIES: Final = ("actors", "recipients", "claimed_by")
_MODE: Final = re.compile("[a-z]+(-[a-z]+)*")


def values_of(mention: Mention) -> dict[str, Any]:
    """The values of a mention that can be decided upon, under the names of its JSON.

    Args:
        mention: the mention.
    """
    told = msgspec.json.decode(msgspec.json.encode(mention))  # lists, as the log gives them back
    return {name: told[name] for name in FIELDS}


def changed(mention: Mention, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a reviewer changes, checked and written as the ledger writes them; what is the same is left out.

    Args:
        mention: as it stands on the card.
        fields: the new values, under the names of the mention's JSON.

    Raises:
        BadJudgement: there is no such field, or it cannot take such a value.
    """
    for name in fields:
        if name not in FIELDS:
            raise BadJudgement(f"«{name}» is no field; there are {', '.join(FIELDS)}.", mention.id)
    seen = values_of(mention)
    after = values_of(with_values(mention, {**seen, **fields}))
    _check(after, mention.id)
    return {name: after[name] for name in FIELDS if after[name] != seen[name]}


def with_values(mention: Mention, values: Mapping[str, Any]) -> Mention:
    """A mention with other values.

    Args:
        mention: the mention.
        values: the values that take the place of its own.

    Raises:
        BadJudgement: a value is not of its field's kind.
    """
    try:
        return msgspec.convert({**msgspec.to_builtins(mention), **values}, Mention)
    except msgspec.ValidationError as error:
        raise BadJudgement(f"{error}.", mention.id) from error


def _check(values: Mapping[str, Any], subject: str) -> None:
    """What the types alone do not hold: PLOVER's types, the form of a mode, real days in their order, counts."""
    if values["type"] not in TYPES:
        raise BadJudgement(f"«{values['type']}» is no type; there are {', '.join(sorted(TYPES))}.", subject)
    if values["mode"] is not None and not _MODE.fullmatch(values["mode"]):
        raise BadJudgement(f"«{values['mode']}» is no mode.", subject)
    days = [_day(values[name], subject) for name in ("from", "to") if values[name] is not None]
    if days != sorted(days):
        raise BadJudgement("The last day stands before the first.", subject)
    for toll in values["tolls"]:
        if toll["low"] < 0 or (toll["high"] is not None and toll["high"] < toll["low"]):
            raise BadJudgement("A count is below nothing, or its end below its beginning.", subject)
    if any(not party["name"].strip() for name in _PARTIES for party in values[name]):
        raise BadJudgement("A party needs a name.", subject)


def _day(day: str, subject: str) -> str:
    try:
        found = date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise BadJudgement(f"«{day}» is no day; write YYYY-MM-DD.", subject) from error
    if found != day:
        raise BadJudgement(f"«{day}» is no day; write YYYY-MM-DD.", subject)
    return found


def differing(one: Decided, other: Decided) -> list[str]:
    """On what two verdicts differ: `verdict`, or the fields whose values are not the same.

    A mention that one marks as denied and another accepts as denied is the same to both. Of what both reject nothing
    else counts.

    Args:
        one, other: the verdicts.
    """
    if category(one) != category(other):
        return ["verdict"]
    if one.verdict == "reject":
        return []
    return [name for name in COMPARED if key(one.values, name) != key(other.values, name)]


def category(decided: Decided) -> str:
    """A verdict as it is compared: what is accepted as denied is denied."""
    if decided.verdict == "accept" and decided.values.get("status") == "denied":
        return "denied"
    return decided.verdict


def key(values: Mapping[str, Any], name: str) -> Hashable:
    """A value as it is compared: parties by code and sector, else by name; places by GeoNames, else by name; both days.

    Args:
        values: the values of a mention.
        name: one of `COMPARED`.
    """
    if name == "day":
        first, last = values.get("from"), values.get("to")
        return first or last, last or first
    found = values.get(name)
    if name in _PARTIES:
        return frozenset(_party(party) for party in found or ())
    if name == "place":
        return (found.get("geonames") or fold(found["name"])) if found else None
    if name == "tolls":
        return frozenset(_toll(toll) for toll in found or ())
    return found


def _toll(toll: Mapping[str, Any]) -> Hashable:
    teller = toll.get("according_to")
    return toll["kind"], toll["low"], toll.get("high"), teller and _party(teller)


def _party(party: Mapping[str, Any]) -> str:
    code, sector = party.get("code"), party.get("sector")
    return f"{code}/{sector}" if code and sector else code or fold(party["name"])
