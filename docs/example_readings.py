"""The readings that the documentation shows: bundled examples, read and shortened, as the terminal prints them."""

from __future__ import annotations

import itertools
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from marsad.cli.explain import explain, read_case
from marsad.cli.inputs import open_inputs
from marsad.model.record import Record
from marsad.reading.single import read_one
from marsad.show.findings import Finding, sections
from marsad.show.labels import label
from marsad.show.terminal import Row, finding_rows, reading_rows

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES: Final = "src/marsad/examples"
SHOWN: Final = f"{EXAMPLES}/15-bahr-qazwin.html"
UNDATED: Final = f"{EXAMPLES}/18-sawt-yerevan.txt"
DAY: Final = "2020-10-18"
WIDEST: Final = 120
Most = Mapping[str, int]


def record_of(page: str, published: str | None = None) -> Record:
    """The record of a bundled example, as `marsad read` makes it."""
    first = next(open_inputs([str(ROOT / page)]))
    assert first.data is not None
    return read_one(first.data, published=published, url=first.url, publisher=first.publisher)


def printed(rows: Sequence[Row]) -> list[str]:
    """Rows as the terminal prints them when redirected, those that are too wide for a page cut."""
    lines = [" " * row.indent + row.text.plain.rstrip() for row in rows]
    return [line if len(line) <= WIDEST else line[: WIDEST - 1].rstrip() + "…" for line in lines]


def fullest(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings to show: the fullest of each status first, then the fullest; those only referred to come last."""
    ranked = sorted(findings, key=lambda f: (_is_background(f), -_size(f)))
    firsts = [next(f for f in ranked if f.status == status) for status in dict.fromkeys(f.status for f in ranked)]
    rest = [f for f in ranked if f not in firsts]
    return (firsts + rest)[:most]


def _size(finding: Finding) -> int:
    return sum(len(field.values) for field in finding.fields)


def _is_background(finding: Finding) -> bool:
    return any(field.key == "field.notes" for field in finding.fields)


def reading_lines(record: Record, most: Most) -> Iterator[str]:
    """A reading with so many findings of each kind at most, in their order; kinds that are not named are left out."""
    title = itertools.takewhile(lambda row: row.text.plain, reading_rows(record))
    yield from (line for line in printed(list(title)) if not line.startswith(label("page.id")))
    for section in sections(record):
        chosen = fullest(section.findings, most.get(section.kind, 0))
        if not chosen:
            continue
        yield ""
        yield f"{label(f'kind.{section.kind}')}  {len(section.findings)}"
        for finding in (f for f in section.findings if f in chosen):
            yield from printed(list(finding_rows(record, finding)))
        if len(chosen) < len(section.findings):
            yield f"… {len(section.findings) - len(chosen)} more"


def shown(command: str, lines: Sequence[str]) -> str:
    """A command and what it prints, as a fenced block of text."""
    return "\n".join(("```text", f"$ {command}", *lines, "```"))


def reading() -> str:
    """The reading that opens the README."""
    most = {
        "statements": 2, "events": 3, "casualties": 2, "proposals": 1, "truces": 1, "alignments": 1, "actors": 3,
        "places": 2, "times": 2,
    }  # fmt: skip
    return shown(f"marsad read {SHOWN}", list(reading_lines(record_of(SHOWN), most)))


def undated() -> str:
    """The tutorial's page before its day is given."""
    most = {"statements": 1, "events": 1, "times": 2, "comments": 2}
    return shown(f"marsad read {UNDATED}", list(reading_lines(record_of(UNDATED), most)))


def dated() -> str:
    """The tutorial's page with its day."""
    lines = list(reading_lines(record_of(UNDATED, DAY), {"events": 1, "times": 2}))
    return shown(f"marsad read {UNDATED} --published {DAY}", lines)


def explained() -> str:
    """Why the tutorial's fullest event was read as it was."""
    case = read_case(str(ROOT / UNDATED), DAY)
    events = next(s.findings for s in sections(case.record) if s.kind == "events")
    chosen = fullest(events, 1)[0]
    lines = printed(list(explain(case, chosen.id)))
    return shown(f"marsad explain {UNDATED} {chosen.id} --published {DAY}", lines)
