"""Who and what a typed name means: the page's own actors and places, then the ledger's, then the pack's gazetteer.

A reviewer who writes «ستيبانكيرت» means the town that has a position on the map, and one who writes «أذربيجان» means
AZE: a correction by name alone would otherwise know less than the reading that it corrects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import msgspec

from marsad.ledger.mentions import party, spot
from marsad.ledger.model import Party, Spot
from marsad.model.record import Record
from marsad.reading.places import find_places, merge_places
from marsad.store.aliases import actor_keys, place_keys
from marsad.store.filters import Filter, incident_query
from marsad.store.ledger import Ledger
from marsad.store.work import search_name, unpacked
from marsad.text.tokens import tokenize

_T = TypeVar("_T", Party, Spot)
_IN: Final = "في "
_NEWEST: Final = 5  # incidents looked at for a name; the first nearly always has it


class _Named(msgspec.Struct):
    """Of an incident as it is stored, whom and what place it names."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Spot | None = None


_NAMED: Final = msgspec.json.Decoder(_Named)


class Known:
    """The names that a page and its ledger know.

    Args:
        ledger: the ledger.
        record: the page's record; None where it has none.
    """

    def __init__(self, ledger: Ledger, record: Record | None) -> None:
        self._ledger = ledger
        self._record = record

    def party(self, name: str, code: str | None = None) -> Party | None:
        """The actor that a name means.

        Args:
            name: as it was typed.
            code: the actor's code, where that was typed too; another actor of that name is not meant then.
        """
        own = map(party, self._record.actors) if self._record else ()
        return _first(own, name, code) or _first(self._parties(name), name, code)

    def place(self, name: str) -> Spot | None:
        """The place that a name means.

        Args:
            name: as it was typed.
        """
        own = map(spot, self._record.places) if self._record else ()
        told = (one.place for one in self._incidents(Filter(places=(name,), background=True)) if one.place)
        return _first(own, name) or _first(told, name) or _located(name)

    def _parties(self, name: str) -> Iterator[Party]:
        for one in self._incidents(Filter(actors=(name,), background=True)):
            yield from (*one.actors, *one.recipients)

    def _incidents(self, wanted: Filter) -> Iterator[_Named]:
        where, values = incident_query(wanted)
        rows = self._ledger.rows(f"SELECT data FROM incidents WHERE {where} LIMIT ?", (*values, _NEWEST))
        return (_NAMED.decode(unpacked(data)) for (data,) in rows)


def _first(found: Iterable[_T], name: str, code: str | None = None) -> _T | None:
    keys = frozenset((*actor_keys([name]), *place_keys([name])))
    named = (one for one in found if keys & {search_name(one.name), search_name(one.name_en or "-")})
    return next((one for one in named if code is None or (isinstance(one, Party) and one.code == code)), None)


def _located(name: str) -> Spot | None:
    """A place that the gazetteer knows, where the name as a whole is one; after «في» a capital is the town."""
    said = _IN + name
    mentions = [m for m in find_places(tokenize(said)) if (m.start, m.end) == (len(_IN), len(said))]
    return next((spot(place) for place in merge_places(mentions)), None)
