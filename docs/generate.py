"""Write the parts of the documentation that the code itself tells: the reference, the readings shown, the figures.

    python docs/generate.py              refreshes every generated block
    python docs/generate.py --check      changes nothing; names the files that are out of date, exits with 1 if any is

A generated block stands between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; everything around it is written
by hand and left alone. `tests/test_docs.py` fails where a block is not what the code says.
"""

from __future__ import annotations

import argparse
import inspect
import itertools
import json
import pathlib
import re
import sys
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec
from example_ledger import columns
from example_readings import dated, explained, reading, undated

from marsad.cli.app import app
from marsad.language import pack
from marsad.model.errors import MarsadError, all_errors
from marsad.model.record import Record, Span
from marsad.show.labels import label

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
MANY: Final = 45
MARKER: Final = re.compile(r"<!-- generated: (?P<name>[\w-]+) -->\n.*?<!-- end of (?P=name) -->", re.S)
VALUES: Final = ("type", "mode", "kind", "class", "means", "effect", "scope", "role", "takes")
SCALARS: Final = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}


# ---- tables
def cell(text: object) -> str:
    """A text as the cell of a table."""
    return re.sub(r"\s+", " ", str(text)).replace("|", "\\|").replace("<", "&lt;").strip()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(c) for c in line) + " |" for line in lines)


def code(text: str) -> str:
    """A text in code type."""
    return f"`{text}`"


def prose(docstring: str | None) -> str:
    """A docstring as paragraphs."""
    return inspect.cleandoc(docstring or "")


# ---- commands
class Parameter(NamedTuple):
    """A command's argument or option: how it is written, what it says of itself, its default."""

    name: str
    option: bool
    help: str
    default: str


def commands() -> dict[str, Callable[..., object]]:
    """Every command of the program by its name."""
    found = {}
    for command in app.registered_commands:
        assert command.callback is not None
        found[command.name or command.callback.__name__.replace("_", "-")] = command.callback
    return found


def parameters(command: Callable[..., object]) -> list[Parameter]:
    """The arguments and options of a command, as its signature declares them."""
    hints = typing.get_type_hints(command, include_extras=True)
    signature = inspect.signature(command).parameters
    return [_parameter(name, hints[name].__metadata__[0], p.default) for name, p in signature.items()]


def _parameter(name: str, info: Any, default: object) -> Parameter:
    option = type(info).__name__ == "OptionInfo"
    written = next(iter(info.param_decls or ()), f"--{name.replace('_', '-')}" if option else "")
    full = " ".join(part for part in (written, info.metavar or "") if part)
    plain = "" if default in (None, False, inspect.Parameter.empty) else str(default)
    return Parameter(full, option, info.help or "", plain)


def all_options() -> list[tuple[str, Parameter]]:
    """Every option of every command; those of the program itself under the empty name."""
    root = app.registered_callback
    assert root is not None and root.callback is not None
    owners = {"": root.callback, **commands()}
    return [(owner, p) for owner, command in owners.items() for p in parameters(command) if p.option]


def commands_reference() -> str:
    """Every command with its arguments and options."""
    root = [p for owner, p in all_options() if not owner]
    parts = ["## `marsad`", app.info.help or "", _options(root)]
    for name, command in commands().items():
        found = parameters(command)
        arguments = [p for p in found if not p.option]
        parts += [f"## `marsad {name}`", prose(command.__doc__)]
        parts += [f"Usage: `marsad {name} [OPTIONS] {' '.join(p.name for p in arguments)}`"]
        parts += [table(("argument", "meaning"), [(code(p.name), p.help) for p in arguments])]
        parts += [_options([p for p in found if p.option])]
    return "\n\n".join(parts)


def _options(found: Sequence[Parameter]) -> str:
    shown = [*found, Parameter("--help", True, "Show what the command does and exit.", "")]
    return table(("option", "meaning", "default"), [(code(p.name), p.help, p.default) for p in shown])


# ---- errors
def errors() -> list[type[MarsadError]]:
    """Every coded error, the general one first."""
    return [MarsadError, *(e for e in all_errors() if e.__module__ == MarsadError.__module__)]


def errors_reference() -> str:
    """Every error: its code, what happened, what to do."""
    parts = []
    for error in errors():
        said = prose(error.__doc__).split("\n\n")[0]
        parts.append(f"## {error.code}: {error.title}\n\n{said}\n\nWhat to do: {error.hint}")
        parts.append(f"In Python: `marsad.model.errors.{error.__name__}`.")
    return "\n\n".join(parts)


# ---- record
def structs() -> list[type[msgspec.Struct]]:
    """The record's parts, each after the part that holds it first."""
    found: list[type[msgspec.Struct]] = []

    def visit(kind: Any) -> None:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            if kind not in found:
                found.append(kind)
                for field in msgspec.structs.fields(kind):
                    visit(field.type)
            return
        for part in typing.get_args(kind):
            visit(part)

    visit(Record)
    return found


def meanings() -> dict[str, str]:
    """What each field means, by `Part.field`, from `docs/reference/meanings.tsv`."""
    text = (ROOT / "docs/reference/meanings.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:] if line)


def kind_words(kind: Any) -> str:
    """A field's type in words."""
    if kind == Span:
        return "span"
    if kind in SCALARS:
        return SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    parts = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Literal:
        return "one of " + ", ".join(code(p) for p in parts) if len(parts) > 1 else code(parts[0])
    if typing.get_origin(kind) is tuple:
        return f"list of: {kind_words(parts[0])}"
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return ", or ".join("`null`" if p is types.NoneType else kind_words(p) for p in parts)
    raise TypeError(f"No words for {kind}.")


def record_reference() -> str:
    """Every part of the record with its fields."""
    means = meanings()
    parts = []
    for struct in structs():
        rows = [
            (code(f.encode_name), kind_words(f.type), means.get(f"{struct.__name__}.{f.encode_name}", ""))
            for f in msgspec.structs.fields(struct)
        ]
        parts += [f"## {struct.__name__}", prose(struct.__doc__), table(("field", "type", "meaning"), rows)]
    return "\n\n".join(parts)


def event_types() -> str:
    """PLOVER's types, what they mean, the modes that the pack tells, and the number of their frames."""
    means = meanings()
    frames = [row for name in tables() if name.startswith("frames") for row in pack.rows(name)]
    rows = []
    for name, count in sorted(Counter(row["type"] for row in frames).items()):
        modes = sorted({row["mode"] for row in frames if row["type"] == name and row["mode"]})
        words = means.get(f"type.{name}", ""), label(f"type.{name}", "ar")
        rows.append((code(name), *words, ", ".join(map(code, modes)), count))
    return table(("type", "meaning", "Arabic", "modes", "frames"), rows)


# ---- language pack
def tables() -> list[str]:
    """The names of the pack's tables."""
    folder = files("marsad.language") / "ar"
    return sorted(p.name for p in folder.iterdir() if p.name.endswith((".tsv", ".tsv.gz")))


def head_of(name: str) -> str:
    """What a table says of itself: the comment lines before its first row."""
    if name.endswith(".gz"):
        return ""
    lines = (files("marsad.language") / "ar" / name).read_text(encoding="utf-8").splitlines()
    taken = itertools.takewhile(lambda line: line.startswith("#") or line == lines[0] or "\tforms" in line, lines)
    return "\n".join(line.lstrip("# ") for line in taken if line.startswith("# ") and not line.startswith("# --"))


def pack_reference() -> str:
    """Every table of the pack: its rows, its columns with an example, the values of its closed columns."""
    names = tables()
    counts = {name: len(pack.rows(name)) for name in names}
    total = sum(n for name, n in counts.items() if not name.startswith("gazetteer"))
    overview = [(f"[`{name}`](#{_anchor(name)})", f"{counts[name]:,}") for name in names]
    parts = [f"{total:,} rows written by hand, and a gazetteer.", table(("table", "rows"), overview)]
    for name in names:
        parts += _table_reference(name, counts[name])
    return "\n\n".join(parts)


def _anchor(name: str) -> str:
    return re.sub(r"[^\w-]", "", name.lower())


def _table_reference(name: str, count: int) -> Iterator[str]:
    rows = pack.rows(name)
    yield f"## `{name}`"
    yield f"{count:,} rows."
    if head := head_of(name):
        yield "\n".join(f"> {line}".replace("<", "&lt;") for line in head.split("\n"))
    sample = max(rows[:20], key=lambda row: sum(bool(c) for c in row.values()))
    yield table(("column", "in one of its rows"), [(code(k), _short(v)) for k, v in sample.items()])
    for column in VALUES:
        found = Counter(row[column] for row in rows if row.get(column))
        if 1 < len(found) <= MANY:
            yield f"Values of `{column}`: " + ", ".join(f"`{v}` {n:,}" for v, n in sorted(found.items())) + "."


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69] + "…"


# ---- figures
def floors() -> str:
    """The pinned scores, or a line that says there are none."""
    path = ROOT / "bench/floors.json"
    if not path.exists():
        return "No floors are pinned in this checkout yet."
    pinned = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        (code(gold), name, f"{value:.3f}", code(entry["sha256"][:12]))
        for gold, entry in pinned.items()
        for name, value in entry["floors"].items()
    ]
    return table(("set", "figure", "floor", "digest of the set"), rows)


def speed() -> str:
    """The speeds kept in `bench/speed.json`, or a line that says there are none."""
    path = ROOT / "bench/speed.json"
    if not path.exists():
        return "No speeds are kept in this checkout; run the command above on your own machine."
    found = json.loads(path.read_text(encoding="utf-8"))
    return table(("figure", "value"), [(name, f"{value:,.2f}") for name, value in found.items()])


# ---- blocks
def versions() -> str:
    """One incident of the bundled examples, each claimant's telling in a column."""
    return table(*columns())


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    "reading": reading,
    "undated": undated,
    "dated": dated,
    "explained": explained,
    "versions": versions,
    "commands": commands_reference,
    "errors": errors_reference,
    "record": record_reference,
    "event-types": event_types,
    "pack": pack_reference,
    "floors": floors,
    "speed": speed,
}


def documents() -> list[pathlib.Path]:
    """Every Markdown file of the documentation."""
    found = sorted((ROOT / "docs").rglob("*.md"))
    return [*(ROOT / name for name in ("README.md", "README.ar.md", "CONTRIBUTING.md", "CHANGELOG.md")), *found]


def refreshed(text: str) -> str:
    """A document with its generated blocks as the code tells them now."""

    def block(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- generated: {name} -->\n{BLOCKS[name]()}\n<!-- end of {name} -->"

    return MARKER.sub(block, text)


def stale() -> dict[pathlib.Path, str]:
    """The documents that are out of date, each with the text that it should have."""
    found = {}
    for path in documents():
        text = path.read_text(encoding="utf-8")
        if (new := refreshed(text)) != text:
            found[path] = new
    return found


def main() -> None:
    """Refresh the documents, or only name those that are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where a block is stale")
    options = parser.parse_args()
    found = stale()
    for path, text in found.items():
        print(f"{'out of date' if options.check else 'refreshed'}: {path.relative_to(ROOT)}")
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
    sys.exit(1 if found and options.check else 0)


if __name__ == "__main__":
    main()
