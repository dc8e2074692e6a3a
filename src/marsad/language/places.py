"""The places of the pack: states, places written by hand, the gazetteer, and the words that stand around names.

Every name is kept under the folding key of its first word, so that a reader looks at each word of a text once. The
gazetteer stays as text until one of its names is met: most pages name ten places of twenty thousand.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, cast

from marsad.language.pack import Row, alternatives, rows
from marsad.model.record import PlaceKind
from marsad.text.fold import fold

_PROCLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_GAZETTEER: Final = "gazetteer.tsv.gz"
_ORGANISATIONS: Final = ("actors.tsv", "people.tsv")


class PlaceRow(NamedTuple):
    """One place of the pack.

    `id` is the row's id (`place.…`, `country.…`, `geonames.…`); `country` ISO 3166-1 alpha-3 or None for what lies in
    several; `lat` and `lon` degrees; `layer` says where the row comes from: `hand`, `country`, `gazetteer`.
    """

    id: str
    name_en: str
    country: str | None
    lat: float
    lon: float
    kind: PlaceKind
    layer: str
    geonames: int | None = None
    population: int = 0


class PlaceName(NamedTuple):
    """One spelling of a place: the keys of its further words, the name in full spelling, its row.

    `is_common`: the name is also an everyday word or a person's name; `is_capital`: it often stands for a government.
    """

    rest: tuple[str, ...]
    name: str
    row: PlaceRow
    is_common: bool = False
    is_capital: bool = False


class PlaceWord(NamedTuple):
    """A word that stands around place names: its row's id, its kind and class, the letters of clitics it carries."""

    row: str
    kind: str
    group: str
    clitics: int = 0


def words_of(name: str) -> list[str]:
    """The keys of a name's words, brackets and hyphens apart, as the tokens of a text have them."""
    return fold(name).replace("(", "( ").replace(")", " )").split()


@cache
def place_words() -> dict[str, tuple[PlaceWord, ...]]:
    """The single words that stand around place names, by key, with the clitics that a word may carry."""
    found: dict[str, list[PlaceWord]] = {}
    for row in rows("place_words.tsv"):
        if row["class"] in ("common", "line"):
            continue
        word = PlaceWord(row["id"], row["kind"], row["class"])
        for form in alternatives(row["forms"]):
            for key in _with_proclitics(fold(form), word):
                found.setdefault(key, []).append(word._replace(clitics=max(0, len(key) - len(fold(form)))))
    return {key: tuple(dict.fromkeys(words)) for key, words in found.items()}


def _with_proclitics(key: str, word: PlaceWord) -> list[str]:
    """A word's key bare and behind the clitics that it can carry; ل swallows the alif of the article."""
    if word.kind == "after":
        return [key]
    if word.group in ("person", "preposition"):
        return [key, "و" + key, "ف" + key]
    merged = ["لل" + key[2:], "ولل" + key[2:]] if key.startswith("ال") else []
    return [key, *(pro + key for pro in _PROCLITICS), *merged]


@cache
def _common_names() -> frozenset[str]:
    return frozenset(
        fold(form) for row in rows("place_words.tsv") if row["class"] == "common" for form in alternatives(row["forms"])
    )


@cache
def _capital_names() -> frozenset[tuple[str, str]]:
    cells = [(row["code"], row[column]) for row in rows("countries.tsv") for column in ("capital", "seats")]
    return frozenset((code, fold(name)) for code, cell in cells for name in alternatives(cell))


@cache
def hand_names() -> dict[str, tuple[PlaceName, ...]]:
    """The states and the places written by hand: names by the key of their first word, the longest first."""
    index: dict[str, list[PlaceName]] = {}
    for row in rows("places.tsv"):
        _add(index, row["names"], _hand_row(row))
    for row in rows("countries.tsv"):
        _add(index, row["names"], _country_row(row))
    return {key: tuple(sorted(names, key=lambda n: -len(n.rest))) for key, names in index.items()}


def _hand_row(row: Row) -> PlaceRow:
    kind = cast(PlaceKind, row["kind"])
    place_id, country = row["id"], row["country"] or None
    if kind == "country":  # a second spelling of a state is the same place
        place_id = f"country.{row['country'].lower()}"
    return PlaceRow(place_id, row["name_en"], country, float(row["lat"]), float(row["lon"]), kind, "hand")


def _country_row(row: Row) -> PlaceRow:
    lat, lon = float(row["lat"]), float(row["lon"])
    return PlaceRow(row["id"], row["name_en"], row["code"], lat, lon, "country", "country")


def _add(index: dict[str, list[PlaceName]], cell: str, row: PlaceRow) -> None:
    for name in alternatives(cell):
        first, *rest = words_of(name)
        key = fold(name)
        is_capital = row.kind == "city" and (row.country, key) in _capital_names()
        index.setdefault(first, []).append(PlaceName(tuple(rest), name, row, key in _common_names(), is_capital))


class Gazetteer:
    """The gazetteer as text lines, parsed one row at a time when a name is met.

    Args:
        text: the file's text, a header line first.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.rstrip("\n").split("\n")[1:]
        self._by_first: dict[str, list[int]] = {}
        self._parsed: dict[str, tuple[PlaceName, ...]] = {}
        index = self._by_first
        for number, line in enumerate(fold(text).rstrip("\n").split("\n")[1:]):
            for name in line.split("\t", 2)[1].split("|"):
                first = name.partition(" ")[0]
                if first in index:
                    index[first].append(number)
                else:
                    index[first] = [number]

    def __len__(self) -> int:
        return len(self._lines)

    def names(self, first: str) -> tuple[PlaceName, ...]:
        """The names whose first word has this key, the longest first.

        Args:
            first: a word's folding key, without clitics.
        """
        found = self._parsed.get(first)
        if found is None:
            numbers = dict.fromkeys(self._by_first.get(first, ()))
            names = [n for number in numbers for n in _gazetteer_names(self._lines[number]) if n[0] == first]
            found = tuple(sorted((n for _, n in names), key=lambda n: (-len(n.rest), -n.row.population)))
            if found:
                self._parsed[first] = found
        return found

    def __contains__(self, first: str) -> bool:
        return first in self._by_first


def _gazetteer_names(line: str) -> list[tuple[str, PlaceName]]:
    number, cell, name_en, country, lat, lon, kind, population = line.split("\t")
    place = PlaceRow(
        f"geonames.{number}", name_en, country, float(lat), float(lon), cast(PlaceKind, kind), "gazetteer",
        int(number), int(population),
    )  # fmt: skip
    found = []
    for name in cell.split("|"):
        first, *rest = fold(name).split()
        found.append((first, PlaceName(tuple(rest), name, place, fold(name) in _common_names())))
    return found


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the pack (GeoNames, CC BY 4.0), loaded once."""
    data = (files("marsad.language") / "ar" / _GAZETTEER).read_bytes()
    return Gazetteer(gzip.decompress(data).decode("utf-8"))


@cache
def country_adjectives() -> dict[str, str]:
    """The definite adjectives of states by key, each with the state's code («السورية» → SYR)."""
    found: dict[str, str] = {}
    for row in rows("countries.tsv"):
        for nisba in alternatives(row["nisba"]):
            key = fold(nisba)
            if " " not in key:
                for form in ("ال" + key, "ال" + key + "ه"):
                    found.setdefault(form, row["code"])
    return found


@cache
def country_of(code: str) -> PlaceRow | None:
    """The state of that code as a place, or None."""
    return next((_country_row(row) for row in rows("countries.tsv") if row["code"] == code), None)


@cache
def country_spelling(code: str) -> str:
    """The first Arabic name of a state, or an empty string."""
    return next((alternatives(row["names"])[0] for row in rows("countries.tsv") if row["code"] == code), "")


@cache
def organisation_names() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """Names of organisations, media and persons of two words and more, by each of their words' keys.

    A place's name inside such a name is no place («جبهة تحرير تيغراي»). Each entry is the name's keys and the word's
    place among them.
    """
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    present = [f for f in _ORGANISATIONS if (files("marsad.language") / "ar" / f).is_file()]
    for row in (row for file in present for row in rows(file)):
        for name in alternatives(row["names"]):
            keys = tuple(words_of(name))
            for at, key in enumerate(keys if len(keys) > 1 else ()):
                found.setdefault(key.removeprefix("ال"), []).append((keys, at))
    return {key: tuple(names) for key, names in found.items()}
