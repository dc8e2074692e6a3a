"""The names under which an actor or a place goes: whoever asks for one of them asks for all.

A page names «الدعم السريع» where the analyst asks for «قوات الدعم السريع», and «الولايات المتحدة» where she asks for
«أمريكا». The language pack holds each actor's, country's and place's names in one row; a name that stands in several
rows (a short name that two persons share) brings those of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from marsad.language.pack import alternatives, rows
from marsad.store.work import search_name

_ACTORS: Final = ("actors.tsv", "countries.tsv", "people.tsv")
_PLACES: Final = ("places.tsv", "countries.tsv")


def actor_keys(names: Iterable[str]) -> list[str]:
    """The keys under which findings and incidents are looked for by actors.

    Args:
        names: names or codes, as somebody typed them.

    Returns:
        Each name's own key and those of its other names, sorted.
    """
    return _keys(names, _ACTORS)


def place_keys(names: Iterable[str]) -> list[str]:
    """The same for places, where a town is no government («ستيباناكيرت»).

    Args:
        names: names of places or codes of countries, as somebody typed them.
    """
    return _keys(names, _PLACES)


def _keys(names: Iterable[str], files: tuple[str, ...]) -> list[str]:
    found = {search_name(name) for name in names}
    return sorted(found.union(*(_together(files).get(key, ()) for key in found)))


@cache
def _together(files: tuple[str, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for row in rows(file):
            keys = {search_name(name) for name in (*alternatives(row["names"]), row.get("name_en", "")) if name}
            for key in keys:
                found[key] |= keys
    return {key: frozenset(names) for key, names in found.items()}
