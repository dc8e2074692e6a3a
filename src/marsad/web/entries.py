"""A review form's fields as values of a mention, and back: one line a party, one pair of numbers a harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from marsad.ledger.model import Mention, Party, Spot
from marsad.model.errors import BadJudgement
from marsad.model.record import HARM_KINDS
from marsad.review.values import values_of
from marsad.store.known import Known

PARTIES: Final = ("actors", "recipients", "claimed_by")
_KINDS: Final = {
    "MIL": "military", "GOV": "government", "CVL": "people", "REB": "armed_group", "OPP": "armed_group",
    "COP": "government", "JUD": "government", "LEG": "government", "SPY": "government", "PTY": "party", "JRN": "media",
}  # fmt: skip
_TAIL: Final = re.compile(r"\s+([A-Z]{3})(?:/([A-Z]{3}))?$")
_NUMBERS: Final = re.compile(r"(\d+)\s*(?:(\+)|[-–]\s*(\d+))?")


def line_of(party: Party) -> str:
    """A party as one line of a form: its name, its code and sector after it.

    Args:
        party: the party.
    """
    code = f"{party.code}/{party.sector}" if party.code and party.sector else party.code or ""
    return f"{party.name} {code}".strip()


def numbers_of(mention: Mention, kind: str) -> str:
    """A mention's count of one harm as a form shows it: `3`, `3-5`, `7+`; empty where it has none.

    Args:
        mention: the mention.
        kind: the harm.
    """
    toll = next((t for t in mention.tolls if t.kind == kind), None)
    if toll is None:
        return ""
    if toll.high is None:
        return f"{toll.low}+"
    return str(toll.low) if toll.high == toll.low else f"{toll.low}-{toll.high}"


def fields_of(form: Mapping[str, str], mention: Mention, known: Known) -> dict[str, Any]:
    """The values that a form changes, under the names of the mention's JSON; what it leaves as it was is left out.

    Args:
        form: the form's fields; one that it lacks changes nothing.
        mention: as the card showed it.
        known: what a typed name means.

    Raises:
        BadJudgement: a number or a party cannot be read.
    """
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in values_of(mention).items()}
    found: dict[str, Any] = {}
    for name in ("type", "status"):
        if form.get(name):
            found[name] = form[name]
    for name in ("mode", "from", "to"):
        if name in form:
            found[name] = form[name].strip() or None
    for name in PARTIES:
        if name in form:
            found[name] = _parties(form[name], getattr(mention, name), known, mention.id)
    if "place" in form:
        found["place"] = _place(form["place"].strip(), mention.place, known)
    if any(kind in form for kind in HARM_KINDS):
        found["tolls"] = _tolls(form, mention)
    if "foreground" in form:
        found["foreground"] = form["foreground"] == "yes"
    return {name: value for name, value in found.items() if value != told[name]}


def _parties(text: str, before: Sequence[Party], known: Known, subject: str) -> list[dict[str, Any]]:
    """Parties from lines; a line that stayed keeps all that was known of its party."""
    stayed = {line_of(party): msgspec.to_builtins(party) for party in before}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [stayed.get(line) or _party(line, known, subject) for line in lines]


def _party(line: str, known: Known, subject: str) -> dict[str, Any]:
    tail = _TAIL.search(line)
    name = line[: tail.start()].strip() if tail else line
    if not name:
        raise BadJudgement(f"«{line}» has no name.", subject)
    code, sector = (tail[1], tail[2]) if tail else (None, None)
    meant = known.party(name, code)
    if meant is not None and sector in (None, meant.sector):
        found: dict[str, Any] = msgspec.to_builtins(meant)
        return found
    kind = _KINDS.get(sector or "", "organisation" if sector or not code else "country")
    return {"name": name, "name_en": None, "kind": kind, "code": code, "sector": sector, "wikidata": None}


def _place(name: str, before: Spot | None, known: Known) -> dict[str, Any] | None:
    """A place by its name; one that nobody knows is kept without a position, which nobody has told."""
    if not name:
        return None
    spot = before if before is not None and name == before.name else known.place(name)
    return msgspec.to_builtins(spot or Spot(name=name, kind="site"))  # type: ignore[no-any-return]


def _tolls(form: Mapping[str, str], mention: Mention) -> list[dict[str, Any]]:
    """The counts of harm: those whose numbers stayed as they were, then those that were changed."""
    new = {kind: _plain(form[kind]) for kind in HARM_KINDS if kind in form}
    new = {kind: text for kind, text in new.items() if text != numbers_of(mention, kind)}
    before: list[dict[str, Any]] = [msgspec.to_builtins(toll) for toll in mention.tolls]
    kept = [toll for toll in before if toll["kind"] not in new]
    return kept + [_toll(kind, text, before, mention.id) for kind, text in new.items() if text]


def _toll(kind: str, text: str, before: Sequence[dict[str, Any]], subject: str) -> dict[str, Any]:
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        raise BadJudgement(f"«{text}» is no count; write 3, 3-5 or 7+.", subject)
    low = int(numbers[1])
    old = next((toll for toll in before if toll["kind"] == kind), {"who": None, "according_to": None})
    return {**old, "kind": kind, "low": low, "high": None if numbers[2] else int(numbers[3] or low)}


def _plain(text: str) -> str:
    """A number in any script's digits, in those that numbers are written with here."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text).strip()
