"""The tables of this package that say how the formats write a country or a sector."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """A country in the codes of the formats; empty strings where a format has none for it."""

    code: str = ""
    name_en: str = ""
    iso2: str = ""
    iso_n: str = ""
    fips: str = ""
    cameo: str = ""
    gw: str = ""
    acled_region: str = ""
    ged_region: str = ""


class Sector(NamedTuple):
    """A sector of PLOVER's in CAMEO's roles, ACLED's numbers and the classes of the mapping table."""

    sector: str = ""
    cameo: str = ""
    inter: str = ""
    side: str = ""


def table_lines(name: str) -> list[list[str]]:
    """The cells of a table of this package, its head first; lines of comment left out.

    Args:
        name: the file's name, e.g. `sectors.tsv`.
    """
    lines = [line.split("\t") for line in table_text(name).split("\n") if line and not line.startswith("#")]
    width = len(lines[0])
    return [cells + [""] * (width - len(cells)) for cells in lines]


def table_text(name: str) -> str:
    """A table of this package as it is written."""
    return (files("marsad.export") / name).read_text(encoding="utf-8")


def country(code: str | None) -> Country:
    """A country by its ISO alpha-3 code; one with nothing but empty strings where the code is none."""
    return _countries().get(code or "", Country())


def sector(code: str | None) -> Sector:
    """A sector by its code: of two that are written together («GOVPRE») the first."""
    return _sectors().get((code or "")[:3], Sector())


@cache
def _countries() -> dict[str, Country]:
    return {cells[0]: Country(*cells) for cells in table_lines("countries.tsv")[1:]}


@cache
def _sectors() -> dict[str, Sector]:
    return {cells[0]: Sector(*cells) for cells in table_lines("sectors.tsv")[1:]}
