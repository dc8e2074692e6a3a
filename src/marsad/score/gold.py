"""Gold lines: what a careful coder wrote down, in one of four kinds.

`article`: `headline`, `paragraphs` and `gold` with `statements`, `events`, `times`, `places`, `proposals`, `truces`,
`alignments`, as far as they were coded; `events`: a `text` with the `events` that it tells; `sentence`: a `text` with
one published event (`gold.type`, `actors`, `recipients`); `detection`: a `text` that coders judged to tell an act of a
type or not (`gold.type`, `label`).
"""

from __future__ import annotations

import json
import pathlib
from typing import Any, Final, Literal, NamedTuple

from marsad.model.errors import BadGold

Kind = Literal["article", "events", "sentence", "detection"]
CODED: Final = ("statements", "events", "times", "places", "proposals", "truces", "alignments")


class Gold(NamedTuple):
    """One gold line: its id, kind, text with headline and day, and the annotations as they were written."""

    id: str
    kind: Kind
    headline: str | None
    text: str
    published: str | None
    gold: dict[str, Any]


def read_gold(path: pathlib.Path) -> list[Gold]:
    """The lines of a gold file.

    Args:
        path: a JSON-lines file.

    Raises:
        BadGold: the file cannot be read, or a line is none of the kinds; with the line's number.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGold(f"It cannot be read: {error}.", str(path)) from error
    return [_gold(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def _gold(path: pathlib.Path, number: int, line: str) -> Gold:
    where = f"{path}:{number}"
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadGold(f"It is no JSON: {error}.", where) from error
    if not isinstance(row, dict) or "id" not in row:
        raise BadGold("It has no id.", where)
    kind = _kind(row)
    if kind is None:
        raise BadGold("It has neither paragraphs with gold nor a text with gold or events.", where)
    gold = dict(row.get("gold") or {})
    if kind == "events":
        gold["events"] = row.get("events", gold.get("events"))
    text = "\n".join(row["paragraphs"]) if kind == "article" else row["text"]
    return Gold(str(row["id"]), kind, row.get("headline"), text, row.get("published"), gold)


def _kind(row: dict[str, Any]) -> Kind | None:
    gold = row.get("gold")
    if isinstance(row.get("paragraphs"), list):
        return "article" if isinstance(gold, dict) else None
    if not isinstance(row.get("text"), str):
        return None
    if isinstance(row.get("events"), list) or (isinstance(gold, dict) and isinstance(gold.get("events"), list)):
        return "events"
    if not isinstance(gold, dict) or "type" not in gold:
        return None
    return "detection" if "label" in gold else "sentence"
