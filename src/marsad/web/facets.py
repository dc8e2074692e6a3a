"""Counts beside a list: of which type, which side, which place, each a filter that can be added or taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from marsad.ledger.model import Party, Spot
from marsad.show.rules import find_rule

_SHOWN: Final = 12  # of each kind


class Facet(msgspec.Struct, frozen=True):
    """One value with how often it comes.

    Attributes:
        value: what a filter is given.
        count: how many incidents and statements hold it.
        name, name_en: how it is shown; a PLOVER type has none.
        code: the country's code beside the name, where the value is one.
    """

    value: str
    count: int
    name: str = ""
    name_en: str | None = None
    code: str | None = None


def side(party: Party) -> Facet:
    """To which side a party counts: its country, else itself.

    Args:
        party: the party.
    """
    row = find_rule(f"country.{party.code.lower()}") if party.code else None
    if row is None or party.code is None:
        return Facet(party.name, 0, party.name, party.name_en)
    return Facet(party.code, 0, row.cells["names"].split("|")[0], row.cells["name_en"], party.code)


def spot(place: Spot) -> Facet:
    """A place as a facet.

    Args:
        place: the place.
    """
    return Facet(place.name, 0, place.name, place.name_en)


def counted(found: Iterable[Iterable[Facet]], chosen: Iterable[str] = ()) -> list[Facet]:
    """The values that come most often, and those that are chosen, the most frequent first.

    Args:
        found: the values of each thing that is counted; one that comes twice in it counts once.
        chosen: the values that the filter names.
    """
    counts: Counter[str] = Counter()
    shown: dict[str, Facet] = {}
    for facets in found:
        for value, facet in {f.value: f for f in facets}.items():
            counts[value] += 1
            shown.setdefault(value, facet)
    for value in chosen:
        if value not in shown:
            shown[value], counts[value] = Facet(value, 0, value), 0
    kept = set(chosen) | {value for value, _ in counts.most_common(_SHOWN)}
    found_ = [msgspec.structs.replace(facet, count=counts[value]) for value, facet in shown.items() if value in kept]
    return sorted(found_, key=lambda f: (-f.count, f.value))
