"""The pack's rows by their ids, so that a rule named in a record can be looked up and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

_KEYS: Final = (
    "type", "mode", "contexts", "verb", "noun", "part", "form", "forms", "names", "with", "args", "need", "means",
    "complement", "takes", "role", "kind", "class", "value", "effect", "scope", "status", "domains", "code", "sector",
    "nisba", "capital", "name_en", "example", "expect",
)  # fmt: skip


class RuleRow(NamedTuple):
    """A row of the pack: its file, its line there, its cells by their columns."""

    file: str
    line: int
    cells: dict[str, str]

    def key_cells(self) -> list[tuple[str, str]]:
        """The cells that say what the rule does, in a fixed order; empty ones are left out."""
        return [(key, self.cells[key]) for key in _KEYS if self.cells.get(key)]


def find_rule(rule_id: str) -> RuleRow | None:
    """The row of a rule's id, or None where the rule is the program's own and no row of the pack.

    Args:
        rule_id: an id, e.g. `frame.assault.shell`.
    """
    return _rows().get(rule_id)


def means_of(rule_id: str) -> str:
    """What the verb of a statement's rule means: `say`, `deny`, `accuse`, `demand` …, as the pack's `say.tsv` has it.

    Args:
        rule_id: a statement's rule; of one that is no verb of saying it is `say`.
    """
    row = find_rule(rule_id)
    return row.cells.get("means") or "say" if row else "say"


def rules() -> Sequence[RuleRow]:
    """Every row of the pack that has an id, file by file."""
    return tuple(_rows().values())


@cache
def columns() -> Mapping[str, Sequence[str]]:
    """The columns of the pack's files, by the files' names."""
    found: dict[str, Sequence[str]] = {}
    for row in _rows().values():
        found[row.file] = max(found.get(row.file, ()), tuple(row.cells), key=len)  # a row may leave out its last cells
    return found


@cache
def _rows() -> dict[str, RuleRow]:
    found: dict[str, RuleRow] = {}
    for entry in sorted((files("marsad.language") / "ar").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".tsv"):
            header: list[str] = []
            for number, line in enumerate(entry.read_text(encoding="utf-8").split("\n"), 1):
                cells = [c.strip() for c in line.rstrip("\r").split("\t")]
                if not line.strip() or line.startswith("#"):
                    continue
                if not header:
                    header = cells
                    continue
                row = dict(zip(header, cells, strict=False))
                if row.get("id"):
                    found.setdefault(row["id"], RuleRow(entry.name, number, row))
    return found
