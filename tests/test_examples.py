"""The bundled examples are read as a careful reader would: each row of `data/examples.tsv` is one thing he would sign.

Columns: `file` (with `#id` for a line of a `.jsonl`), `check`, `what`, `words` (an exact piece of the page's text that
the finding must touch), `known_failure` (`yes`: the program does not do it yet; it runs as a strict xfail, so that the
day it passes we are told). In `what`:

- codes are `CODE` or `CODE.SECTOR`, joined by `+`; `*` stands for anything; alternatives are joined by `|`;
- event: `TYPE[/mode] ACTORS>RECIPIENTS [status[:claimants]] [day] [historical]`; sides are complete, not minimal;
- harm: `kind low high [by=CODE]`, high `*` for "at least"; speaker: `CODE [mode] [via NAME]`;
- truce: `PARTIES [by=CODE] [agreed=DAY] [state=STATE] [violations=N]`;
- proposal: `BY [made=DAY] [needs=CODES] [CODE=answer …]`; alignment: `FROM kind TO`;
- comment: `AUTHOR likes=N age=WORDS`; block and repair: the kind; time: `from to`; statements: at least so many.
"""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, NamedTuple

import pytest

import marsad
from marsad.cli.inputs import open_inputs
from marsad.model.record import Event, Record, Span, Statement
from marsad.reading.single import read_one

FOLDER: Final = pathlib.Path(marsad.__file__).with_name("examples")
TABLE: Final = pathlib.Path(__file__).with_name("data") / "examples.tsv"
COLUMNS: Final = 5
LEAST_PER_OUTLET: Final = 3
REPRINTED: Final = 6
STATUSES: Final = ("reported", "claimed", "denied", "future", "hypothetical")


class Row(NamedTuple):
    """One expectation."""

    file: str
    check: str
    what: str
    words: str
    known_failure: str


def _rows() -> list[Row]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*(line.split("\t") + [""] * COLUMNS)[:COLUMNS]) for line in lines if line]


ROWS: Final = _rows()
NAMES: Final = sorted({row.file for row in ROWS})


@functools.cache
def _record(name: str) -> Record:
    file, _, item = name.partition("#")
    if not item:
        return marsad.read(FOLDER / file)
    page = next(page for page in open_inputs([str(FOLDER / file)]) if page.id == item)
    assert page.data is not None
    return read_one(
        page.data, published=page.published, publisher=page.publisher, headline=page.headline, record_id=page.id
    )


def _param(number: int, row: Row) -> object:
    marks = [pytest.mark.xfail(reason="known failure", strict=True)] if row.known_failure else []
    return pytest.param(row, id=f"{number}-{row.file[:2]}-{row.check}", marks=marks)


@pytest.mark.parametrize("row", [_param(number, row) for number, row in enumerate(ROWS, 2)])
def test_the_page_says_so(row: Row) -> None:
    record = _record(row.file)
    if row.words not in record.page.text:
        pytest.fail(f"the page's text has lost «{row.words}»", pytrace=False)
    if not CHECKS[row.check](record, row.what, row.words):
        pytest.fail(f"not read: {row.check} {row.what} «{row.words}»", pytrace=False)


@pytest.mark.parametrize("name", NAMES)
def test_spans_lie_within_the_text(name: str) -> None:
    record = _record(name)
    for start, end in _spans(record):
        assert 0 <= start < end <= len(record.page.text)


def test_every_example_has_expectations() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".html", ".txt", ".jsonl")}
    assert files == {name.partition("#")[0] for name in NAMES}


def test_every_outlet_has_enough_pages() -> None:
    for outlet in ("bahr-qazwin", "sawt-yerevan", "marsad-alsharq", "qanat-alufuq"):
        assert len(list(FOLDER.glob(f"*-{outlet}.html"))) >= LEAST_PER_OUTLET


def test_a_dispatch_is_reprinted_nearly_word_for_word() -> None:
    daily, channel = (_record(name) for name in ("10-marsad-alsharq.html", "11-qanat-alufuq.html"))
    shared = [line for line in channel.page.text.splitlines() if len(_words(line) & _words(daily.page.text)) > 15]
    near = [line for line in shared if len(_words(line) - _words(daily.page.text)) <= 5]
    assert len(near) >= REPRINTED


def _words(text: str) -> set[str]:
    return set(text.split())


def _spans(record: Record) -> Iterator[Span]:
    page = record.page
    yield from page.published.evidence
    yield from ((b.start, b.end) for b in page.blocks)
    yield from ((r.start, r.end) for r in page.repairs)
    yield from (c.text for c in page.comments)
    yield from (m for a in record.actors for m in a.mentions)
    yield from (m for p in record.places for m in p.mentions)
    yield from ((t.start, t.end) for t in record.times)
    yield from (span for s in record.statements for span in (s.verb, s.content))
    yield from (span for e in record.events for span in (e.trigger, e.evidence))
    yield from (p.what for p in record.proposals)
    yield from (t.evidence for t in record.truces)
    yield from (a.evidence for a in record.alignments)


def _places(text: str, words: str) -> Iterator[Span]:
    """Where the words stand in the text, each time."""
    at = text.find(words)
    while words and at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _touches(record: Record, span: Span, words: str) -> bool:
    return not words or any(span[0] < end and start < span[1] for start, end in _places(record.page.text, words))


def _paragraph_touches(record: Record, span: Span, words: str) -> bool:
    """Whether the words stand in the line of the span."""
    text = record.page.text
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    return _touches(record, (start, end if end >= 0 else len(text)), words)


def _is_code(record: Record, actor_id: str | None, wanted: str) -> bool:
    actor = record.actor(actor_id)
    code, _, sector = wanted.partition(".")
    return actor is not None and actor.code == code and sector in ("", actor.sector)


def _are_codes(record: Record, ids: Collection[str], wanted: str) -> bool:
    """Whether the actors are exactly those of the codes, in any order; `*` accepts all."""
    codes = [code for code in wanted.split("+") if code]
    return wanted == "*" or (
        all(any(_is_code(record, i, code) for code in codes) for i in ids)
        and all(any(_is_code(record, i, code) for i in ids) for code in codes)
    )


def _options(words: Iterable[str]) -> dict[str, str]:
    return {key: value for key, sign, value in (word.partition("=") for word in words) if sign}


def _published(record: Record, what: str, _words: str) -> bool:
    day, _, basis = what.partition(" ")
    published = record.page.published
    if day == "none":
        return published.first is None and published.last is None
    return published.first == published.last == day and basis in ("", published.basis)


def _publisher(record: Record, what: str, _words: str) -> bool:
    return record.page.publisher == (None if what == "none" else what)


def _headline(record: Record, what: str, _words: str) -> bool:
    return record.page.headline == what


def _encoding(record: Record, what: str, _words: str) -> bool:
    return record.page.encoding == what


def _statements(record: Record, what: str, _words: str) -> bool:
    return len(record.statements) >= int(what)


def _block(record: Record, what: str, words: str) -> bool:
    kinds = {b.kind for b in record.page.blocks if words in record.page.text[b.start : b.end]}
    return what in kinds if what == "duplicate" else kinds == {what}


def _repair(record: Record, what: str, words: str) -> bool:
    return any(r.kind == what and _touches(record, (r.start, r.end), words) for r in record.page.repairs)


def _comment(record: Record, what: str, words: str) -> bool:
    author, _, rest = what.partition(" likes=")
    likes, _, age = rest.partition(" age=")
    return any(
        c.author == author and c.likes == int(likes) and words in record.words(c.text)
        and c.age is not None and age in record.words(c.age)
        for c in record.page.comments
    )  # fmt: skip


def _time(record: Record, what: str, words: str) -> bool:
    first, last = what.split()
    return any((t.first, t.last) == (first, last) and _touches(record, (t.start, t.end), words) for t in record.times)


def _speaker(record: Record, what: str, words: str) -> bool:
    said, _, channel = what.partition(" via ")
    code, *mode = said.split()
    return any(
        words in record.words(s.content)
        and _is_code(record, s.speaker, code)
        and (not mode or s.mode == mode[0])
        and (not channel or _passed_through(record, s, channel))
        for s in record.statements
    )


def _passed_through(record: Record, statement: Statement, channel: str) -> bool:
    return any(actor is not None and channel in actor.name for actor in map(record.actor, statement.via))


def _event(record: Record, what: str, words: str) -> bool:
    return any(_touches(record, e.trigger, words) and _is_event(record, e, what) for e in record.events)


def _is_event(record: Record, event: Event, what: str) -> bool:
    kind, sides, *rest = what.split()
    types, _, mode = kind.partition("/")
    actors, _, recipients = sides.partition(">")
    return (
        event.type in types.split("|")
        and mode in ("", event.mode)
        and _are_codes(record, event.actors, actors)
        and _are_codes(record, event.recipients, recipients)
        and all(_has_trait(record, event, trait) for trait in rest)
    )


def _has_trait(record: Record, event: Event, trait: str) -> bool:
    status, _, claimants = trait.partition(":")
    if status in STATUSES:
        return event.status == status and (not claimants or _are_codes(record, event.claimed_by, claimants))
    if trait == "historical":
        return event.historical
    return trait == "*" or event.first == event.last == trait


def _no_event(record: Record, _what: str, words: str) -> bool:
    return not any(_touches(record, e.trigger, words) for e in record.events)


def _harm(record: Record, what: str, words: str) -> bool:
    kind, low, high, *rest = what.split()
    by = _options(rest).get("by")
    return any(
        (c.kind, c.low, c.high) == (kind, int(low), None if high == "*" else int(high))
        and (by is None or _is_code(record, c.according_to, by))
        for e in record.events
        if _paragraph_touches(record, e.trigger, words)
        for c in e.casualties
    )


def _truce(record: Record, what: str, _words: str) -> bool:
    parties, *rest = what.split()
    wanted = _options(rest)
    return any(
        _are_codes(record, t.parties, parties)
        and ("by" not in wanted or _are_codes(record, t.brokered_by, wanted["by"]))
        and ("agreed" not in wanted or t.agreed in wanted["agreed"].split("|"))
        and wanted.get("state") in (None, t.state)
        and len(t.violations) >= int(wanted.get("violations", 0))
        for t in record.truces
    )


def _proposal(record: Record, what: str, words: str) -> bool:
    by, *rest = what.split()
    wanted = _options(rest)
    made, needs = wanted.pop("made", None), wanted.pop("needs", "*")
    return any(
        _touches(record, p.what, words)
        and _are_codes(record, p.by, by)
        and (made is None or (p.made is not None and p.made.first == p.made.last == made))
        and _are_codes(record, p.needs_consent_of, needs)
        and all(any(_is_code(record, a.party, code) and a.answer == said for a in p.answers)
                for code, said in wanted.items())
        for p in record.proposals
    )  # fmt: skip


def _alignment(record: Record, what: str, words: str) -> bool:
    source, kinds, target = what.split()
    return any(
        a.kind in kinds.split("|")
        and _is_code(record, a.source, source)
        and _is_code(record, a.target, target)
        and _paragraph_touches(record, a.evidence, words)
        for a in record.alignments
    )


CHECKS: Final[dict[str, Callable[[Record, str, str], bool]]] = {
    "alignment": _alignment, "block": _block, "comment": _comment, "encoding": _encoding, "event": _event,
    "harm": _harm, "headline": _headline, "no_event": _no_event, "proposal": _proposal, "published": _published,
    "publisher": _publisher, "repair": _repair, "speaker": _speaker, "statements": _statements, "time": _time,
    "truce": _truce,
}  # fmt: skip


def _holds(row: Row) -> bool:
    record = _record(row.file)
    return row.words in record.page.text and CHECKS[row.check](record, row.what, row.words)


def _settle(*, mark: bool) -> None:
    """Clear the mark of every row that is read now; list the others, and mark them only when told to."""
    lines = [TABLE.read_text(encoding="utf-8").split("\n", 1)[0]]
    for row in ROWS:
        holds = _holds(row)
        if not holds and not row.known_failure:
            print("not read:", *row[:4], sep="\t")
        known = "" if holds else "yes" if mark else row.known_failure
        lines.append("\t".join((*row[:4], known)))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    # Run as a script after the program has learnt something; `--mark` when it is agreed that the rest waits.
    import sys

    _settle(mark="--mark" in sys.argv)
