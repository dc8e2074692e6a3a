"""The language pack's rows as the dictionary shows them, and what makes a proposed row whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from marsad.show.rules import RuleRow, columns, find_rule, rules
from marsad.store.proposed import ProposedRow
from marsad.store.work import search_name

FORMS: Final = ("names", "forms", "form", "verb", "noun", "part", "nisba", "places", "adjectives")
MEANS: Final = ("type", "mode", "kind", "means", "effect", "value", "class", "code", "sector", "role", "plain")
# Whose ids stand in records wherever they fired; of other rows only what they led to is kept.
RECORDED: Final = frozenset(
    {"say.tsv", "attribution.tsv", "frames_force.tsv", "frames_speech.tsv", "loaded.tsv", "distancing.tsv"}
)
_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_\-]+)+")
_LONGEST: Final = 500  # characters of a cell
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Entry(NamedTuple):
    """A row of the pack: what it looks for, what it takes it for, its example, and the key that it is searched by."""

    id: str
    file: str
    line: int
    forms: str
    means: str
    example: str
    key: str


@cache
def entries() -> Sequence[Entry]:
    """Every row of the pack, file by file."""
    return tuple(_entry(row) for row in rules())


def _entry(row: RuleRow) -> Entry:
    forms = "|".join(row.cells[c] for c in FORMS if row.cells.get(c))
    means = " ".join(row.cells[c] for c in MEANS if row.cells.get(c))
    example = row.cells.get("example", "")
    key = search_name(f"{row.cells['id']} {forms} {means} {example} {row.cells.get('name_en', '')}")
    return Entry(row.cells["id"], row.file, row.line, forms, means, example, key)


def wrong_with(file: str, cells: Mapping[str, str], example: str, waiting: Iterable[ProposedRow]) -> str:
    """The key of what is wrong with a proposed row; empty where it can be put into the log.

    Args:
        file: the pack's file.
        cells: the row's cells by their columns.
        example: the sentence that shows it.
        waiting: the rows that wait already.
    """
    known = columns().get(file)
    if known is None or not set(cells) <= set(known):
        return "file"
    if not _ID.fullmatch(cells.get("id", "")):
        return "id"
    if find_rule(cells["id"]) or any(row.cells.get("id") == cells["id"] for row in waiting):
        return "taken"
    if not any(cells.get(column) for column in FORMS):
        return "form"
    if not example:
        return "example"
    texts = (*cells.values(), example)
    return "text" if any(_UNSEEN.search(t) or len(t) > _LONGEST for t in texts) else ""


def as_tsv(rows: Iterable[ProposedRow]) -> str:
    """Proposed rows as the pack's files write them: under each file's name its columns, then the rows.

    Args:
        rows: the rows.
    """
    by_file: dict[str, list[ProposedRow]] = {}
    for row in sorted(rows, key=lambda r: r.seq):
        by_file.setdefault(row.file, []).append(row)
    lines: list[str] = []
    for file, own in sorted(by_file.items()):
        known = columns().get(file, tuple(own[0].cells))
        lines += [f"# {file}", "\t".join(known)]
        for row in own:
            told = " ".join(f"proposed by {row.by}, {row.at[:10]}: {row.example}".split())
            lines += [f"# {told}", "\t".join(_flat(row.cells.get(column, "")) for column in known)]
    return "\n".join([*lines, ""])


def _flat(cell: str) -> str:
    return _UNSEEN.sub(" ", cell)
