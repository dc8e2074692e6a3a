"""Which rules of the language pack fired how often in a ledger, and what its pages hold that no row knew.

It reads every record, which takes seconds in a large ledger: ask for it in the background (`remembered.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from marsad.ledger.words import search_key
from marsad.model.record import BODY_KINDS, Block, Span
from marsad.store.ledger import Ledger
from marsad.store.work import unpacked

_AT_ONCE: Final = 400  # records held in memory
_KEPT: Final = 200  # names and words that wait
_QUOTED: Final = re.compile(r'(\w{2,})\s*:\s*(?=["«“])')
_ROUND: Final = 60  # characters shown before and after


class Example(NamedTuple):
    """Where something was met: the page's id, and its words around it."""

    page: str
    words: str


class Stranger(NamedTuple):
    """Somebody without a code: how often as a speaker, how often as one who acts or is acted on."""

    name: str
    kind: str
    spoke: int
    acted: int
    example: Example


class Unheard(NamedTuple):
    """A word before a colon and a quotation that was not read as anybody's words."""

    word: str
    times: int
    example: Example


class Fired(NamedTuple):
    """How often each rule fired, in how many records, and what waits to be known."""

    pages: int
    rules: dict[str, int]
    strangers: list[Stranger]
    unheard: list[Unheard]


class _Statement(msgspec.Struct):
    content: Span
    speaker: str | None = None
    rule: str = ""


class _Event(msgspec.Struct):
    evidence: Span
    rule: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


class _Wording(msgspec.Struct):
    rule: str


class _Actor(msgspec.Struct):
    id: str
    name: str
    kind: str
    code: str | None = None
    mentions: tuple[Span, ...] = ()


class _Page(msgspec.Struct):
    text: str
    blocks: tuple[Block, ...] = ()


class _Record(msgspec.Struct):
    page: _Page
    actors: tuple[_Actor, ...] = ()
    statements: tuple[_Statement, ...] = ()
    events: tuple[_Event, ...] = ()
    wording: tuple[_Wording, ...] = ()


class _Tally:
    """What is counted on the way through the records."""

    def __init__(self) -> None:
        self.pages = 0
        self.rules: Counter[str] = Counter()
        self.spoke: Counter[tuple[str, str]] = Counter()
        self.acted: Counter[tuple[str, str]] = Counter()
        self.unheard: Counter[str] = Counter()
        self.examples: dict[object, Example] = {}

    def add(self, page: str, record: _Record) -> None:
        """Count one record."""
        self.pages += 1
        parts: list[_Statement | _Event | _Wording] = [*record.statements, *record.events, *record.wording]
        self.rules.update(part.rule for part in parts if part.rule)
        actors = {a.id: a for a in record.actors if a.code is None}
        speakers = [s.speaker for s in record.statements]
        acting = [i for e in record.events for i in (*e.actors, *e.recipients)]
        for counter, ids in ((self.spoke, speakers), (self.acted, acting)):
            for actor in (actors[i] for i in ids if i in actors):
                key = (actor.name, actor.kind)
                counter[key] += 1
                if key not in self.examples and actor.mentions:
                    self.examples[key] = _example(page, record.page.text, *actor.mentions[0])
        for found in _unheard(record):
            key_ = search_key(found[1])
            self.unheard[key_] += 1
            self.examples.setdefault(key_, _example(page, record.page.text, found.start(), found.end()))

    def told(self) -> Fired:
        """What it comes to."""
        both = self.spoke + self.acted
        strangers = [
            Stranger(*key, self.spoke[key], self.acted[key], self.examples[key])
            for key, _ in sorted(both.items(), key=lambda item: (-item[1], item[0]))
            if key in self.examples
        ]
        words = sorted(self.unheard.items(), key=lambda item: (-item[1], item[0]))
        unheard = [Unheard(word, times, self.examples[word]) for word, times in words]
        return Fired(self.pages, dict(self.rules), strangers[:_KEPT], unheard[:_KEPT])


def fired(ledger: Ledger) -> Fired:
    """Which rules fired how often in the statements, events and wordings of a ledger's records.

    Args:
        ledger: the ledger.
    """
    tally, decoder = _Tally(), msgspec.json.Decoder(_Record)
    for page, record in _records(ledger):
        tally.add(page, decoder.decode(unpacked(record)))
    return tally.told()


def _records(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    last = 0
    asked = "SELECT seq, id, record, superseded FROM pages WHERE seq > ? ORDER BY seq LIMIT ?"
    while rows := ledger.rows(asked, [last, _AT_ONCE]):
        last = rows[-1][0]
        yield from ((page, record) for _, page, record, superseded in rows if record and not superseded)


def _unheard(record: _Record) -> Iterator[re.Match[str]]:
    """Words before a colon and a quotation mark whose quotation lies in no statement."""
    said = [s.content for s in record.statements]
    for block in record.page.blocks:
        if block.kind in BODY_KINDS:
            for found in _QUOTED.finditer(record.page.text, block.start, block.end):
                if not any(start - 2 <= found.end() + 1 < end for start, end in said):
                    yield found


def _example(page: str, text: str, start: int, end: int) -> Example:
    first, last = max(0, start - _ROUND), min(len(text), end + _ROUND)
    first = text.find(" ", first, start) + 1 or first if first else 0
    cut = text.rfind(" ", end, last) if last < len(text) else last
    shown = text[first : cut if cut > end else last]
    return Example(page, f"{'… ' if first else ''}{shown}{' …' if last < len(text) else ''}")
