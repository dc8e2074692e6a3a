"""The ledger of the bundled examples beside one that a careful person drew up by hand (`data/golden_ledger.toml`).

Each thing she would have in it is one small test. What the program does not reach yet is listed with its class in
`data/golden_known_failures.tsv` and runs as a strict xfail, so that the day it passes we are told. What the data means
stands in its head.
"""

from __future__ import annotations

import pathlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import pytest
import shelf

from marsad.ledger.alike import distance
from marsad.ledger.diplomacy import ProposalLine, TruceLine
from marsad.ledger.model import Incident, Mention, Party, Range, Spot
from marsad.reading.actors import group_of
from marsad.store.ledger import Ledger
from marsad.text.fold import fold

DATA: Final = pathlib.Path(__file__).parents[1] / "data"
GOLDEN: Final[dict[str, list[dict[str, Any]]]] = tomllib.loads((DATA / "golden_ledger.toml").read_text("utf-8"))
KNOWN: Final = DATA / "golden_known_failures.tsv"
PAGES: Final = 21
NEAR: Final = 25.0  # km from a town's middle
WIDE: Final = 80.0  # km from a region's
INTERNATIONAL: Final = frozenset({"IGO", "NGO"})
CLAIMED: Final = ("reported", "claimed")

Check = Callable[["Book"], None]


class Case(NamedTuple):
    """One expectation."""

    id: str
    check: Check


class Book:
    """The ledger, its pages by the numbers of their files."""

    def __init__(self, ledger: Ledger, pages: Mapping[str, str]) -> None:
        self.ledger, self.pages = ledger, pages
        self.names = {page: name for name, page in pages.items()}

    @cached_property
    def incidents(self) -> list[Incident]:
        return list(self.ledger.incidents(shelf.ALL))

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        return {i.id: self.ledger.mentions(i) for i in self.incidents}

    @cached_property
    def texts(self) -> dict[str, str]:
        records = {name: self.ledger.record(page) for name, page in self.pages.items()}
        return {name: record.page.text for name, record in records.items() if record}

    @cached_property
    def truces(self) -> list[TruceLine]:
        return self.ledger.truces()

    @cached_property
    def proposals(self) -> list[ProposalLine]:
        return self.ledger.proposals()

    def touching(self, told: Mapping[str, str]) -> dict[str, dict[str, list[Mention]]]:
        """For each incident and page, the mentions whose trigger stands in the words."""
        found: dict[str, dict[str, list[Mention]]] = {}
        for incident, mentions in self.mentions.items():
            for m in mentions:
                name = self.names[m.page]
                if any(start < m.trigger[1] and m.trigger[0] < end for start, end in self.spans(name, told)):
                    found.setdefault(incident, {}).setdefault(name, []).append(m)
        return found

    def spans(self, name: str, told: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        text = self.texts[name]
        for words in told[name].split("|") if name in told else ():
            start = text.find(words)
            while start >= 0:
                yield start, start + len(words)
                start = text.find(words, start + 1)

    def incident(self, entry: Mapping[str, Any]) -> Incident:
        """The incident that comes nearest to an entry: of its type where there is one, on most of its pages, the first
        of them, and there the first telling."""
        told = self.touching({**entry["at"], **entry.get("refers", {})})

        order = [*entry["at"], *entry.get("refers", {})]

        def fits(one: Incident) -> tuple[bool, int, int, int]:
            pages = told[one.id]
            main = min(pages, key=order.index)
            begins = min(m.trigger[0] for m in pages[main])
            return one.type in entry["type"].split("|"), len(pages.keys() & entry["at"]), -order.index(main), -begins

        of = [i for i in self.incidents if i.id in told]
        assert of, "no page tells it"
        return max(of, key=fits)


@pytest.fixture(scope="module")
def book(examples: pathlib.Path) -> Iterator[Book]:
    pages = {number: page.job.id for number, page in zip(_numbers(), shelf.examples(), strict=True)}
    with Ledger.open(examples) as ledger:
        yield Book(ledger, pages)


def _numbers() -> list[str]:
    """Of each page: `01` of a file, `19-2` of a line, in the order in which they are read."""
    numbers: list[str] = []
    for file in sorted(f for f in shelf.EXAMPLES.iterdir() if f.name[:2].isdigit()):
        lines = len(file.read_text("utf-8").splitlines()) if file.suffix == ".jsonl" else 0
        numbers += [f"{file.name[:2]}-{n + 1}" for n in range(lines)] or [file.name[:2]]
    return numbers


# ---------------------------------------------------------------- how sides, places and figures are compared


def _same(party: Party, said: str) -> bool:
    """Whether a party stands in one of the camps; a code alone is the state."""
    for one in said.split("|"):
        code, _, sector = one.partition("/")
        grouped = code in INTERNATIONAL or group_of(party.sector) == group_of(sector or None)
        if party.code == code and grouped:
            return True
    return False


def _same_sides(found: Sequence[Party], said: Sequence[str]) -> bool:
    return all(any(_same(p, s) for p in found) for s in said) and all(any(_same(p, s) for s in said) for p in found)


def _codes(found: Iterable[Party]) -> list[str]:
    return [f"{p.code}/{p.sector or ''} {p.name}" for p in found]


def _there(spot: Spot | None, said: str) -> bool:
    """By name, or near the middle."""
    if spot is None:
        return False
    *numbers, last = said.split(" ", 2)
    names = {fold(n) for n in (last if len(numbers) == 2 else said).split("|")}
    if names & {fold(spot.name), fold(spot.name_en or "")}:
        return True
    if len(numbers) != 2:
        return False
    lat, lon = map(float, numbers)
    far = distance(spot, Spot(name="", kind="city", lat=lat, lon=lon))
    return far is not None and far <= (WIDE if spot.kind == "region" and "Karabakh" in names else NEAR)


def _told(kind: str, ranges: Iterable[Range]) -> str:
    """The ranges of a kind of harm, as the data writes them."""
    by = {r.rule: r for r in ranges if r.kind == kind}
    if not by:
        return ""
    one, two, three = by["conservative"], by["low-best-high"], by["by-claimant"]
    return f"{one.low}; {two.low}-{two.best}-{two.high}; {three.low}-{three.high}"


# ---------------------------------------------------------------- incidents


def _incident_cases(entry: dict[str, Any]) -> Iterator[Case]:
    def of(name: str, check: Callable[[Book, Incident], None]) -> Case:
        return Case(f"{entry['id']}.{name}", lambda book: check(book, book.incident(entry)))

    for name in (*entry["at"], *entry.get("refers", {})):
        yield of(f"page.{name}", lambda b, i, n=name: _stands(b, i, entry, n))  # type: ignore[misc]
        yield of(f"news.{name}", lambda b, i, n=name: _news(b, i, n, n in entry["at"]))  # type: ignore[misc]
    yield of("once", lambda b, i: _once(b, i, entry))
    yield of("type", lambda b, i: _equal(i.type in entry["type"].split("|"), True, i.type))
    yield of("day", lambda b, i: _equal(i.first == i.last and i.first in entry["day"].split("|"), True, i.first))
    if "place" in entry:
        yield of("place", lambda b, i: _equal(_there(i.place, entry["place"]), True, i.place))
    for side in ("actors", "recipients"):
        if side in entry:
            yield of(side, lambda b, i, s=side: _sides(getattr(i, s), entry[s]))  # type: ignore[misc]
    for version in entry.get("versions", ()):
        yield of(f"version.{version['by']}", lambda b, i, v=version: _version(i, v))  # type: ignore[misc]
        for kind in version.keys() & {"killed", "injured"}:
            yield of(f"toll.{version['by']}.{kind}", lambda b, i, v=version, k=kind: _toll(i, v, k))  # type: ignore[misc]
    for kind in entry.keys() & {"killed", "injured"}:
        yield of(f"range.{kind}", lambda b, i, k=kind: _equal(_told(k, i.ranges), entry[k]))  # type: ignore[misc]
    for kind in entry.get("none", ()):
        yield of(f"none.{kind}", lambda b, i, k=kind: _equal(_told(k, i.ranges), ""))  # type: ignore[misc]
    if "contested" in entry:
        yield of("contested", lambda b, i: _equal(set(i.contested), set(entry["contested"])))
    if "sources" in entry:
        yield of("sources", lambda b, i: _equal(i.sources, entry["sources"]))


def _equal(found: object, wanted: object, shown: object = None) -> None:
    assert found == wanted, shown or found


def _sides(found: Sequence[Party], wanted: Sequence[str]) -> None:
    assert _same_sides(found, wanted), _codes(found)


def _stands(book: Book, incident: Incident, entry: Mapping[str, Any], name: str) -> None:
    told = book.touching({**entry["at"], **entry.get("refers", {})})
    homes = {i: of[name] for i, of in told.items() if name in of}
    assert homes, "the page is not read so"
    assert incident.id in homes, homes


def _news(book: Book, incident: Incident, name: str, wanted: bool) -> None:
    pages = {book.names[m.page] for m in book.mentions[incident.id]}
    assert name in pages, "the page does not stand in it"
    assert (book.pages[name] in (*incident.pages, *incident.also)) is wanted


def _once(book: Book, incident: Incident, entry: Mapping[str, Any]) -> None:
    """No second incident of the type is made of the same words."""
    told = book.touching(entry["at"])
    kinds = entry["type"].split("|")
    assert [i.id for i in book.incidents if i.id in told and i.type in kinds] == [incident.id]


def _version(incident: Incident, wanted: Mapping[str, Any]) -> None:
    of = [v for v in incident.versions if _whose(v.claimant, wanted["by"])]
    assert of, [(v.claimant and _codes([v.claimant])) for v in incident.versions]
    assert any(v.denies if wanted["says"] == "denies" else v.status in CLAIMED for v in of)


def _whose(party: Party | None, said: str) -> bool:
    return said == "-" if party is None else _same(party, said)


def _toll(incident: Incident, wanted: Mapping[str, Any], kind: str) -> None:
    """The claimant's toll, be it in its own version or in that of the outlet that cites it."""
    found = {
        t.low
        for v in incident.versions
        for t in v.tolls
        if t.kind == kind and _whose(t.according_to or v.claimant, wanted["by"])
    }
    assert wanted[kind] in found, found


# ---------------------------------------------------------------- kept apart


def _apart(entry: dict[str, Any]) -> Case:
    def check(book: Book) -> None:
        assert not book.touching(entry["one"]).keys() & book.touching(entry["other"]).keys()

    return Case(f"apart.{entry['what']}", check)


# ---------------------------------------------------------------- truces


def _truce_cases(entry: dict[str, Any]) -> Iterator[Case]:
    def of(name: str, check: Callable[[Book, TruceLine], None]) -> Case:
        return Case(f"truce.{entry['id']}.{name}", lambda book: check(book, _truce(book, entry)))

    yield of("parties", lambda b, t: _sides(t.parties, entry["parties"]))
    yield of("agreed", lambda b, t: _equal(t.agreed, entry["agreed"]))
    yield of("kind", lambda b, t: _equal(t.kind, entry["kind"]))
    yield of("brokers", lambda b, t: _sides(t.brokered_by, entry["brokers"]))
    yield of("state", lambda b, t: _equal(t.state, entry["state"]))
    yield of("pages", lambda b, t: _equal({b.names[p] for p in t.pages} - set(entry["pages"]), set()))
    for name in entry["pages"]:
        yield of(f"page.{name}", lambda b, t, n=name: _equal(b.pages[n] in t.pages, True))  # type: ignore[misc]
    for wanted in entry["breaches"]:
        name = f"breach.{wanted['page']}.{wanted['by']}"
        yield of(name, lambda b, t, w=wanted: _breach(b, t, w))  # type: ignore[misc]


def _truce(book: Book, entry: Mapping[str, Any]) -> TruceLine:
    """The line that holds most of its pages, one of its day before others."""
    wanted = {book.pages[name] for name in entry["pages"]}
    assert book.truces
    return max(book.truces, key=lambda t: (t.agreed == entry["agreed"], len(wanted & set(t.pages))))


def _breach(book: Book, truce: TruceLine, wanted: Mapping[str, str]) -> None:
    of = [v for v in truce.violations if book.names[v.page] == wanted["page"]]
    said = [v for v in of if any(_same(p, wanted["by"]) for p in v.by)]
    assert said, [(_codes(v.by), v.words) for v in of]
    assert any(any(_same(p, wanted["says"]) for p in v.claimed_by) for v in said), [_codes(v.claimed_by) for v in said]
    assert any(v.first == wanted["day"] for v in said), [v.first for v in said]


# ---------------------------------------------------------------- proposals


def _proposal_cases(entry: dict[str, Any]) -> Iterator[Case]:
    def of(name: str, check: Callable[[Book, ProposalLine], None]) -> Case:
        return Case(f"proposal.{entry['id']}.{name}", lambda book: check(book, _proposal(book, entry)))

    yield of("by", lambda b, p: _sides(p.by, entry["by"]))
    yield of("made", lambda b, p: _equal(p.made, entry["made"]))
    yield of("pages", lambda b, p: _equal({b.names[n] for n in p.pages}, set(entry["pages"])))
    yield of("answers", lambda b, p: _equal(p.stands, entry["answers"]))
    yield of("state", lambda b, p: _equal(p.state in entry["state"].split("|"), True, p.state))
    if "needs" in entry:
        yield of("needs", lambda b, p: _sides(p.needs_consent_of, entry["needs"]))


def _proposal(book: Book, entry: Mapping[str, Any]) -> ProposalLine:
    """The line of one of its pages and proposers, that of its day before others."""
    main = [book.pages[name] for name in entry["pages"]]
    wanted = set(main)
    of = [p for p in book.proposals if wanted & set(p.pages) and any(_same(b, s) for b in p.by for s in entry["by"])]
    assert of, "no such proposal"

    def fits(one: ProposalLine) -> tuple[bool, int, int]:
        pages = wanted & set(one.pages)
        return one.made == entry["made"], len(pages), -min(map(main.index, pages))

    return max(of, key=fits)


# ---------------------------------------------------------------- the tests


def _cases() -> list[Case]:
    return [
        *(case for entry in GOLDEN["incident"] for case in _incident_cases(entry)),
        *(_apart(entry) for entry in GOLDEN["apart"]),
        *(case for entry in GOLDEN["truce"] for case in _truce_cases(entry)),
        *(case for entry in GOLDEN["proposal"] for case in _proposal_cases(entry)),
    ]


def _known() -> dict[str, str]:
    """The class of each failure that is known, by its case."""
    rows = (line.split("\t") for line in KNOWN.read_text("utf-8").splitlines()[1:])
    return {row[0]: row[1] for row in rows}


CASES: Final = sorted(_cases(), key=lambda c: c.id)


def _marked() -> list[Any]:
    known = _known()
    return [
        pytest.param(
            c.check, id=c.id, marks=[pytest.mark.xfail(strict=True, reason=known[c.id])] if c.id in known else []
        )
        for c in CASES
    ]


@pytest.mark.parametrize("check", _marked())
def test_the_ledger_holds_what_a_careful_person_would_have(check: Check, book: Book) -> None:
    check(book)


def test_every_pointer_into_a_page_points_at_its_words(book: Book) -> None:
    entries = [e[side] for e in (*GOLDEN["incident"], *GOLDEN["apart"]) for side in e.keys() & _POINTERS]
    said = [(name, words) for told in entries for name, all_words in told.items() for words in all_words.split("|")]
    assert [(name, words) for name, words in said if words not in book.texts[name]] == []
    assert len(book.texts) == PAGES


_POINTERS: Final = {"at", "refers", "one", "other"}


def test_every_known_failure_is_still_a_case() -> None:
    ids = [c.id for c in CASES]
    assert len(ids) == len(set(ids))
    assert set(_known()) <= set(ids)
