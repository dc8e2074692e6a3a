"""Borders of one's own: a GeoJSON file whose countries take the place of the map's, which please nobody everywhere."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final

import msgspec

from marsad.export.tables import country, table_lines
from marsad.language.places import country_spelling
from marsad.model.errors import BadBorders

_LARGEST: Final = 30 << 20  # bytes
_DEPTHS: Final = {"Polygon": 1, "MultiPolygon": 2}  # lists around a ring of positions
_CODES: Final = ("iso_a3", "ISO_A3", "adm0_a3", "ADM0_A3", "id")
_NAMES: Final = ("name", "NAME")


def borders(path: pathlib.Path) -> dict[str, Any]:
    """The countries of a file of borders, each with the number or the name of the country that it replaces.

    Args:
        path: the file.

    Returns:
        A GeoJSON FeatureCollection: features with `id` (ISO 3166-1 numeric, where known) and the property `name`.

    Raises:
        BadBorders: it cannot be read, or is no GeoJSON of areas.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise BadBorders(f"It cannot be opened: {error.strerror or error}.", str(path)) from error
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(2)
def _read(path: pathlib.Path, changed: int, size: int) -> dict[str, Any]:
    if size > _LARGEST:
        raise BadBorders(f"It has {size} bytes; {_LARGEST} are the most.", str(path))
    try:
        whole = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise BadBorders(f"It cannot be read: {error}.", str(path)) from error
    features = whole.get("features") if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise BadBorders("It is no FeatureCollection, or has no features.", str(path))
    return {"type": "FeatureCollection", "features": [_feature(f, n, path) for n, f in enumerate(features, 1)]}


def _feature(feature: Any, n: int, path: pathlib.Path) -> dict[str, Any]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    depth = _DEPTHS.get(kind) if isinstance(kind, str) else None
    if not isinstance(geometry, dict) or depth is None or not _positions(geometry.get("coordinates"), depth):
        raise BadBorders(f"Feature {n} is no Polygon or MultiPolygon in degrees.", str(path))
    own = feature.get("properties")
    told: Mapping[str, Any] = own if isinstance(own, dict) else {}
    code = next((str(told[key]) for key in _CODES if told.get(key)), str(feature.get("id") or ""))
    name = next((str(told[key]) for key in _NAMES if told.get(key)), "")
    return {
        "type": "Feature",
        "id": _number(code),
        "properties": {"name": name},
        "geometry": {"type": kind, "coordinates": geometry["coordinates"]},
    }


def _number(code: str) -> str | None:
    """The three digits by which a map knows a country, of its alpha-3 code or its number; None where there are none."""
    number = country(code.upper()).iso_n or code
    return number.zfill(3) if number.isdigit() else None


def _positions(value: Any, depth: int) -> bool:
    """Whether something is lists of so many levels around positions in degrees."""
    if not isinstance(value, list) or not value:
        return False
    if depth > 0:
        return all(_positions(part, depth - 1) for part in value)
    return all(_position(part) for part in value)


def _position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    lon, lat = value[:2]
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (lon, lat))
    return numbers and abs(lon) <= 180 and abs(lat) <= 90


@cache
def countries() -> dict[str, tuple[str, str, str]]:
    """Every country by its ISO 3166-1 number: alpha-3 code, name in Arabic, name in English."""
    known = [country(cells[0]) for cells in table_lines("countries.tsv")[1:]]
    return {c.iso_n.zfill(3): (c.code, country_spelling(c.code) or c.name_en, c.name_en) for c in known if c.iso_n}
