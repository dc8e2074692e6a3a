"""A reading on a terminal: Latin ids and numbers first, Arabic last in every line, never reshaped.

On a terminal lines wrap to its width and statuses have quiet colours; redirected, every field is one line without
colour, so that nothing is lost and everything can be searched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rich.console import Console
from rich.text import Text

from marsad.model.record import Record, Span
from marsad.show.findings import Bit, Finding, Value, holds_nothing, published, sections
from marsad.show.labels import counted, label
from marsad.show.marked import flat

STATUS_STYLES: Final = {
    "reported": "green", "claimed": "yellow", "denied": "red", "future": "cyan", "hypothetical": "magenta",
}  # fmt: skip
_ARABIC: Final = frozenset({"name", "office"})
_NARROW: Final = 60
_SPARE: Final = 12


class Row(NamedTuple):
    """One line to print: how far its first line is indented, how far those it wraps to, its text."""

    indent: int
    hang: int
    text: Text


def show(record: Record, console: Console | None = None) -> None:
    """Print a reading.

    Args:
        record: the record.
        console: where to print; standard output by default.
    """
    console = console or open_console()
    narrow = console.is_terminal and console.width < _NARROW
    for row in reading_rows(record, narrow):
        print_row(console, row)


def open_console() -> Console:
    """A console on standard output that takes no page text for markup, and colours nothing when redirected."""
    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False)


def print_row(console: Console, row: Row) -> None:
    """Print a row: wrapped on a terminal, as one line elsewhere."""
    if not console.is_terminal:
        console.print(Text.assemble(" " * row.indent, row.text), soft_wrap=True)
        return
    hang = row.hang if console.width - row.hang >= _SPARE else 2
    first, *rest = _wrapped(console, row, hang) or [Text("")]
    console.print(Text.assemble(" " * row.indent, first), soft_wrap=True)
    for line in rest:
        console.print(Text.assemble(" " * hang, line), soft_wrap=True)


def _wrapped(console: Console, row: Row, hang: int) -> list[Text]:
    """The lines of a row: the first may be wider, since it is indented less."""
    lines = list(row.text.wrap(console, max(_SPARE, console.width - row.indent)))
    if len(lines) < 2 or hang == row.indent:
        return lines
    rest = row.text[len(lines[0].plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    first = lines[0].copy()
    first.rstrip()
    return [first, *rest.wrap(console, max(_SPARE, console.width - hang))]


def reading_rows(record: Record, narrow: bool = False) -> Iterator[Row]:
    """The lines of a reading.

    Args:
        record: the record.
        narrow: whether there is little room, so that fields are indented less.
    """
    yield from _title(record)
    if holds_nothing(record):
        yield Row(0, 0, Text(""))
        yield Row(0, 0, Text(label("findings.none"), "yellow"))
    for section in sections(record):
        yield Row(0, 0, Text(""))
        yield Row(0, 0, Text.assemble((label(f"kind.{section.kind}"), "bold"), (f"  {len(section.findings)}", "dim")))
        for finding in section.findings:
            yield from finding_rows(record, finding, narrow)
    yield Row(0, 0, Text(""))


def _title(record: Record) -> Iterator[Row]:
    page = record.page
    yield Row(0, 0, Text(flat(page.headline or label("page.untitled")).strip(), "bold"))
    day, basis = published(record)
    known = f"{day}  {label(f'basis.{basis}')}" if day and basis else day or label("page.undated")
    words = " … ".join(flat(record.words(span)).strip() for span in page.published.evidence)
    yield Row(0, 2, Text(f"{known}  {words}".strip(), "dim" if not day else ""))
    for text in (page.publisher, page.url):
        if text:
            yield Row(0, 2, Text(flat(text).strip()))
    counts = (("statements", len(record.statements)), ("events", len(record.events)), ("actors", len(record.actors)))
    yield Row(0, 2, Text("  ".join(counted(f"count.{k}", n, "en") for k, n in counts), "dim"))
    yield Row(0, 2, Text(f"{label('page.id')} {flat(record.id)}", "dim"))


def finding_rows(record: Record, finding: Finding, narrow: bool = False, brackets: bool = False) -> Iterator[Row]:
    """The lines of one finding: its head, its fields, its words.

    Args:
        record: the record that it is of.
        finding: the finding.
        narrow: whether there is little room.
        brackets: whether the words that carry the finding are set in brackets, as well as underlined.
    """
    if finding.kind in ("times", "repairs", "wording", "actors", "places"):
        yield _short(record, finding)
        return
    width = 0 if narrow else 12
    yield Row(0, 4, _head(record, finding))
    for field in finding.fields:
        for n, value in enumerate(field.values):
            name = label(field.key) if n == 0 or narrow else ""
            yield Row(
                4, 4 + (width + 2 if width else 2), Text.assemble((f"{name:<{width}}  ", "dim"), value_text(value))
            )
    if finding.quote:
        yield Row(4, 4, quoted(record, finding.quote, finding.focus, brackets))


def _head(record: Record, finding: Finding) -> Text:
    style = STATUS_STYLES.get(finding.status or "", "")
    parts = [value_text(finding.head)] if finding.head else []
    if finding.status:
        parts.append(Text(label(f"status.{finding.status}"), style))
    if finding.kind == "events":
        parts.append(Text(flat(record.words(finding.focus[0])).strip(), f"bold {style}".strip()))
    text = Text.assemble((f"{finding.id:<3} ", f"bold {style}".strip()), Text("  ").join(parts))
    text.rstrip()
    return text


def _short(record: Record, finding: Finding) -> Row:
    """Actors, places, times and repairs in one line each."""
    bits = sorted((b for v in (finding.head, *(v for f in finding.fields for v in f.values)) for b in v), key=_last)
    words = f"  «{flat(record.words(finding.quote)).strip()}»" if finding.quote else ""
    return Row(0, 4, Text.assemble((f"{finding.id:<3} ", "bold"), value_text(tuple(bits)), words))


def _last(bit: Bit) -> int:
    return 1 if bit.sort in _ARABIC else 0


def value_text(value: Value) -> Text:
    """A value's bits: labels, codes, days and numbers first, names last."""
    latin = [bit_text(b) for b in value if b.sort not in _ARABIC]
    arabic = [bit_text(b) for b in value if b.sort in _ARABIC]
    text = Text("  ").join(latin)
    return Text.assemble(text, "  " if latin and arabic else "", Text("، ").join(arabic))


def bit_text(bit: Bit) -> Text:
    """One bit in its style."""
    if bit.sort == "label":
        return Text(flat(label(bit.text)))
    if bit.sort == "count":
        return Text(counted(bit.text, bit.n, "en"), "dim")
    return Text(flat(bit.text).strip(), "dim" if bit.sort == "code" else "")


def quoted(record: Record, span: Span, focus: Iterable[Span] = (), brackets: bool = False) -> Text:
    """The page's words at a span in guillemets, those that matter underlined.

    Args:
        record: the record.
        span: the span to print.
        focus: spans within it.
        brackets: whether those are set in brackets too, for a screen without colour.
    """
    text, at = Text.assemble(("«", "dim")), span[0]
    for start, end in sorted(focus):
        if span[0] <= start and end <= span[1] and start >= at:
            words = flat(record.words((start, end)))
            text.append(flat(record.words((at, start))))
            text.append(f"[{words}]" if brackets else words, "underline")
            at = end
    return text.append(flat(record.words((at, span[1])))).append("»", "dim")
