"""A page laid out for its screen: tabs of paragraphs, findings as cards with addresses, what the script paints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from marsad.model.record import Record, Span
from marsad.show.article import LAYERS, Paint, Paragraph, browser_span, layer_of, paints, paragraphs, whole_ligatures
from marsad.show.findings import Bit, Finding, Value, sections
from marsad.show.marked import mark
from marsad.store.pages import Act

LEGEND: Final = (
    ("statement", "kind.statements", ("statement",)),
    ("event", "kind.events", tuple(name for name in LAYERS if name.startswith("event-"))),
    ("diplomacy", "kind.diplomacy", ("diplomacy",)),
    ("actor", "kind.actors", ("actor",)),
    ("place", "kind.places", ("place",)),
    ("time", "kind.times", ("time",)),
    ("repair", "kind.repairs", ("repair",)),
)
_NAMED: Final = frozenset({"statements", "events", "proposals", "truces", "actors", "places"})
_ORDER: Final = {"label": 0, "name": 1, "office": 2, "text": 3, "count": 4, "number": 4, "date": 4, "code": 5, "ref": 6}


class Line(NamedTuple):
    """A paragraph as it is drawn: its number, its block's kind, its text; how many findings, the first one's key."""

    n: int
    kind: str
    text: str
    findings: int
    first: str


class Tab(NamedTuple):
    """Paragraphs that are read together: `article`, `comments` or `site`."""

    name: str
    lines: tuple[Line, ...]


class Card(NamedTuple):
    """A finding as it is drawn: its number, its key in addresses, the paragraph of its words, its words, its act."""

    n: int
    key: str
    finding: Finding
    paragraph: int | None
    quote: str
    act: Act | None

    @property
    def labels(self) -> list[Bit]:
        """What of its head is an interface word."""
        return [bit for bit in self.finding.head if bit.sort == "label"]

    @property
    def named(self) -> list[Bit]:
        """What of its head is a name, a code or a number: names first."""
        return [bit for bit in ordered(self.finding.head) if bit.sort != "label"]


class Group(NamedTuple):
    """The cards of one kind."""

    kind: str
    cards: tuple[Card, ...]


class Legend(NamedTuple):
    """A button of the legend: its name, its label's key, the layers that it shows and hides."""

    name: str
    key: str
    layers: tuple[str, ...]


class Drawing(NamedTuple):
    """All that the screen draws of a record: `targets` are cards' keys by `kind/id`, `island` is the script's data."""

    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    legend: tuple[Legend, ...]
    statuses: tuple[str, ...]
    targets: Mapping[str, str]
    island: dict[str, Any]

    @staticmethod
    def ordered(value: Value) -> list[Bit]:
        """A value's bits in the order of reading: names before codes."""
        return ordered(value)


def keyed(record: Record) -> dict[str, Finding]:
    """A record's findings by their keys: `e3`, `s1`; those without an id of their own by kind and place, `times-0`.

    Args:
        record: the record.
    """
    return {
        f.id if section.kind in _NAMED and f.id else f"{section.kind}-{n}": f
        for section in sections(record)
        for n, f in enumerate(section.findings)
    }


def ordered(value: Value) -> list[Bit]:
    """A value's bits in the order of reading: names before codes."""
    return sorted(value, key=lambda bit: _ORDER[bit.sort])


def drawing(record: Record, acts: Mapping[str, Act]) -> Drawing:
    """A record laid out.

    Args:
        record: the record.
        acts: what the ledger knows of its events, by their ids.
    """
    found = keyed(record)
    keys, findings = list(found), list(found.values())
    page = paragraphs(record.page)
    painted = paints(page, findings)
    layers = {LAYERS[p.layer] for p in painted if p.layer >= 0}
    return Drawing(
        _tabs(page, painted, keys), _groups(record, found, painted, acts),
        tuple(Legend(*row) for row in LEGEND if layers & set(row[2])),
        tuple(name.removeprefix("event-") for name in LAYERS if name in layers and name.startswith("event-")),
        {f"{f.kind}/{f.id}": key for key, f in found.items() if f.id and f.kind in _NAMED},
        _island(record, keys, findings, painted),
    )  # fmt: skip


def _tabs(page: Sequence[Paragraph], painted: Sequence[Paint], keys: Sequence[str]) -> tuple[Tab, ...]:
    notes: dict[int, set[int]] = {}
    for paint in painted:
        notes.setdefault(paint.paragraph, set()).add(paint.finding)
    tabs: dict[str, list[Line]] = {"article": [], "comments": [], "site": []}
    for n, paragraph in enumerate(page):
        own = notes.get(n, set())
        name = "site" if paragraph.site else "comments" if paragraph.kind == "comment" else "article"
        tabs[name].append(Line(n, paragraph.kind, paragraph.shown.text, len(own), keys[min(own)] if own else ""))
    return tuple(Tab(name, tuple(lines)) for name, lines in tabs.items() if lines)


def _groups(
    record: Record, found: Mapping[str, Finding], painted: Sequence[Paint], acts: Mapping[str, Act]
) -> tuple[Group, ...]:
    where: dict[int, int] = {}
    for paint in painted:
        where.setdefault(paint.finding, paint.paragraph)
    groups: dict[str, list[Card]] = {}
    for n, (key, f) in enumerate(found.items()):
        quote = record.words(f.quote).strip("\n") if f.quote else ""
        act = acts.get(f.id) if f.kind == "events" else None
        groups.setdefault(f.kind, []).append(Card(n, key, f, where.get(n), quote, act))
    return tuple(Group(kind, tuple(cards)) for kind, cards in groups.items())


def _island(
    record: Record, keys: Sequence[str], findings: Sequence[Finding], painted: Sequence[Paint]
) -> dict[str, Any]:
    """Numbers and keys only: no words of the page, which stand in its elements already."""
    quotes = [[n, *units] for n, f in enumerate(findings) for units in _focus(record, f)]
    return {"layers": LAYERS, "keys": keys, "paints": painted, "quotes": quotes}


def _focus(record: Record, finding: Finding) -> list[tuple[int, int, int]]:
    """Which characters of a card's own quotation carry the finding, and the layer that paints them."""
    quote, layer = finding.quote, layer_of(finding)
    if quote is None or layer < 0:
        return []
    words = record.words(quote)
    start = quote[0] + len(words) - len(words.lstrip("\n"))
    shown = mark(words.strip("\n"))
    inside: list[Span] = [s for s in finding.focus if start <= s[0] and s[1] <= quote[1]]
    units = (browser_span(shown, s[0] - start, s[1] - start) for s in inside)
    return [(*whole_ligatures(shown.text, u), layer) for u in units]
