"""The language pack as rows: one function reads any of its files, one says which pack it is."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from marsad.text.fold import fold

Row = dict[str, str]


def _folder() -> Traversable:
    return files("marsad.language") / "ar"


def _text(name: str) -> str:
    data = (_folder() / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a pack file.

    Args:
        name: the file's name, e.g. `frames_force.tsv`.

    Returns:
        One dict a row, keyed by the header's names; missing cells are empty strings. Comment lines are skipped.
    """
    lines = [line for line in _text(name).split("\n") if line.strip() and not line.startswith("#")]
    header = lines[0].rstrip("\r").split("\t")
    found = []
    for line in lines[1:]:
        cells = [c.strip() for c in line.rstrip("\r").split("\t")]
        found.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False)))
    return tuple(found)


def alternatives(cell: str) -> list[str]:
    """The alternatives of a cell, separated by `|`."""
    return [a.strip() for a in cell.split("|") if a.strip()]


@cache
def keys_of_kind(name: str, kind: str) -> frozenset[str]:
    """The folding keys of all forms of a kind.

    Args:
        name: a file whose rows have `forms` and `kind`, e.g. `times.tsv`.
        kind: the kind.
    """
    return frozenset(fold(form) for row in rows(name) if row["kind"] == kind for form in alternatives(row["forms"]))


@cache
def digest() -> str:
    """The digest of the language data: the first 16 hexadecimal digits of the SHA-256 over its files."""
    total = hashlib.sha256()
    for entry in sorted(_walk(_folder()), key=lambda e: e[0]):
        total.update(entry[0].encode() + b"\0" + entry[1].read_bytes())
    return total.hexdigest()[:16]


def _walk(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".md", ".py", ".pyc")):
            found.append((prefix + entry.name, entry))
    return found
