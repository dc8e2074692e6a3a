"""One sentence in, what the readers find in it: for the tests of the reading room."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from marsad import read
from marsad.model.record import Event, Record, Statement
from marsad.page import read_page
from marsad.reading.document import Line, Mention
from marsad.reading.lines import annotate, countries_named, readable_lines

DAY = datetime.date(2024, 5, 15)


def line_of(text: str) -> Line:
    """The annotated line of a text of one paragraph."""
    (line,) = readable_lines(read_page(text, published=DAY.isoformat()))
    annotate(line, DAY, countries_named([line]))
    return line


def at(line: Line, word: str) -> int:
    """The token of a word, as it is written."""
    return next(i for i, token in enumerate(line.tokens) if token.form == word)


def words(line: Line, mentions: Iterable[Mention]) -> list[str]:
    """The written words of mentions, without their proclitics."""
    shift = line.tokens[0].start
    text = " " * shift + "".join(_spaced(line))
    return [text[m.start : m.end] for m in mentions]


def _spaced(line: Line) -> Iterable[str]:
    for i, token in enumerate(line.tokens):
        yield " " * (token.start - line.tokens[i - 1].end if i else 0) + token.form


def record_of(text: str) -> Record:
    """The record of a text published on the tests' day."""
    return read(text, published=DAY)


def codes(record: Record, ids: Iterable[str]) -> list[str]:
    """Actors as `code sector`, in order."""
    found = [record.actor(i) for i in ids]
    return [f"{a.code or '-'} {a.sector or '-'}" for a in found if a is not None]


def the_event(record: Record, kind: str) -> Event:
    """The record's only event of a type."""
    (event,) = [e for e in record.events if e.type == kind]
    return event


def the_statement(record: Record) -> Statement:
    """The record's only statement."""
    (statement,) = record.statements
    return statement
