"""Who stood against whom, in the terms of the mapping table: a state, a group under arms, unarmed people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from marsad.export.tables import sector
from marsad.ledger.model import Party

_ALL: Final = frozenset({"any"})
_STATES: Final = frozenset({"country", "government", "military"})
_OFFICES: Final = frozenset({"GOV", "JUD", "LEG"})
_RELIEF: Final = frozenset({"NGO", "MNC"})


class Sides(NamedTuple):
    """The classes on either side; `mutual` where both use force against each other and none is the victim."""

    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    mutual: bool = False

    def fit(self, pattern: str) -> bool:
        """Whether the sides are as a pattern asks: `armed>civilians`, `armed<>armed`.

        Args:
            pattern: a cell of the column `sides`.
        """
        if "<>" in pattern:
            one, two = pattern.split("<>")
            return self.mutual and self._stand(one, two)
        one, two = pattern.split(">")
        return self._stand(one, two) or (self.mutual and self._stand(two, one))

    def _stand(self, one: str, two: str) -> bool:
        return one in self.actors | _ALL and two in self.recipients | _ALL


def sides_of(actors: Sequence[Party], recipients: Sequence[Party], country: str | None) -> Sides:
    """The sides of an event.

    Two actors and no recipient is how PLOVER codes a clash: the first stands against the others.

    Args:
        actors, recipients: as the event names them.
        country: where it happened, ISO alpha-3, None where unknown.
    """
    mutual = len(actors) > 1 and not recipients
    one, two = (actors[:1], actors[1:]) if mutual else (actors, recipients)
    return Sides(_classes(one, country, acting=True), _classes(two, country, acting=mutual), mutual)


def _classes(parties: Iterable[Party], country: str | None, acting: bool) -> frozenset[str]:
    return frozenset(c for p in parties for c in _class(p, country, acting))


def _class(party: Party, country: str | None, acting: bool) -> tuple[str, ...]:
    kind = side_class(party)
    if kind == "state" and not acting and party.kind == "person" and party.sector in _OFFICES:
        return ("official", "unarmed")  # a minister who is shot at is no army
    if kind == "state":
        return ("state", "armed", "foreign" if is_foreign(party, country) else "home")
    return {"nonstate": ("nonstate", "armed"), "civilians": ("civilians", "unarmed")}.get(kind, ())


def side_class(party: Party) -> str:
    """`state`, `nonstate`, `civilians`, or the empty string where the page does not tell.

    Args:
        party: an actor or recipient.
    """
    if party.kind == "armed_group" and party.sector in (None, "MIL"):
        return "nonstate"  # the militias that a state pays are no army of its own
    if party.sector is None:
        return "state" if party.kind in _STATES else "civilians" if party.code in _RELIEF else ""
    return sector(party.sector).side


def is_foreign(party: Party, country: str | None) -> bool:
    """Whether a state acts on the ground of another.

    Args:
        party: the actor.
        country: where it happened; a place that is not known makes nobody foreign.
    """
    return bool(country and party.code and party.code != country)


def inter(party: Party, country: str | None, type_: str, mode: str | None) -> str:
    """ACLED's number for the kind of an actor; the empty string where it is not known.

    Args:
        party: the actor.
        country: where it happened.
        type_, mode: of the event: who demonstrates is 6, who riots 5.
    """
    kind = side_class(party)
    if kind == "civilians" and type_ == "PROTEST":
        return "5" if mode in ("riot", "vandalize") else "6"
    if kind == "state" and is_foreign(party, country):
        return "8"
    return sector(party.sector).inter or {"state": "1", "nonstate": "3", "civilians": "7"}.get(kind, "")
