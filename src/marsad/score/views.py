"""One common shape for gold and records, so that they can be compared."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from marsad.model.record import Actor, Event, Record
from marsad.reading.actors import group_of
from marsad.score.gold import Gold
from marsad.text.fold import fold

Span = tuple[int, int]
Bounds = tuple[int | None, int | None]
Where = Callable[[Mapping[str, Any], str], tuple[int, Span]]
_SAME: Final = {"UNO": "IGO", "EUR": "IGO"}  # PLOVER's codes of international bodies count as one
_CLITIC: Final = re.compile(r"^(و|ب|ل|ال|لل|وال|بال)(?=..)")


@dataclass(slots=True)
class Said:
    """A statement: line, span in it, the speaker's names and code, names of the channels."""

    line: int
    span: Span
    names: str
    code: str | None
    via: list[str]


@dataclass(slots=True)
class Told:
    """An event: line, span of its trigger in it, and what is told of it."""

    line: int
    span: Span
    type: str
    mode: str | None
    codes: tuple[frozenset[str], frozenset[str]]
    sides: tuple[frozenset[str], frozenset[str]]
    status: str
    by: frozenset[str]
    date: str | None
    harm: dict[str, Bounds]
    words: str
    front: bool = True


@dataclass(slots=True)
class Timed:
    """A time: line, span in it, first and last day."""

    line: int
    span: Span
    days: tuple[str | None, str | None]


@dataclass(slots=True)
class Placed:
    """A place: name, kind, coordinates."""

    name: str
    kind: str | None
    at: tuple[float, float] | None


@dataclass(slots=True)
class Offered:
    """A proposal: codes of who made it, each party's code with its answer."""

    by: frozenset[str]
    answers: list[tuple[str | None, str]]


@dataclass(slots=True)
class View:
    """What is found on a page, by a coder or by the program."""

    said: list[Said] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    timed: list[Timed] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)
    truces: list[frozenset[str]] = field(default_factory=list)
    ties: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)


def words(text: str) -> frozenset[str]:
    """The words of a text without clitics, quotation marks and vowels, for comparing names."""
    return frozenset(_CLITIC.sub("", w.strip(" «»\"'،.؛:()")) for w in fold(text or "").split()) - {""}


def same_code(code: str | None) -> str | None:
    """A code, international bodies under one."""
    return _SAME.get(code, code) if code else None


def _side(code: str | None, sector: str | None) -> str:
    return f"{same_code(code) or '?'}/{group_of(sector)}"


# ---------------------------------------------------------------- gold
def view_gold(gold: Gold) -> View:
    """What a coder wrote down of a page.

    Args:
        gold: an `article` or an `events` line.
    """
    titles = [gold.headline] if gold.headline else []
    where = partial(_where, [*titles, *gold.text.split("\n")], len(titles))
    g = gold.gold
    return View(
        [_gold_said(where, s) for s in g.get("statements") or []],
        [_gold_told(where, e) for e in g.get("events") or []],
        [Timed(*where(t, "text"), (t["from"], t["to"])) for t in g.get("times") or []],
        [_gold_placed(p) for p in g.get("places") or []],
        [_gold_offered(p) for p in g.get("proposals") or []],
        [frozenset(c for y in t.get("parties") or [] if (c := _party(y))) for t in g.get("truces") or []],
        [(_party(a.get("from")), _party(a.get("to")), a.get("kind")) for a in g.get("alignments") or []],
    )


def _where(lines: Sequence[str], titles: int, item: Mapping[str, Any], key: str) -> tuple[int, Span]:
    """The line of an annotation and the span of its words in it; an empty span where they do not stand there.

    `p` is the paragraph's number from 0, or `h` for the headline; `titles` says how many headlines stand before.
    """
    p = item.get("p", 0)
    number = 0 if p == "h" else int(p) + titles
    quoted = item.get(key) or ""
    at = lines[number].find(quoted) if quoted and number < len(lines) else -1
    return number, (at, at + len(quoted)) if at >= 0 else (0, 0)


def _gold_said(where: Where, s: Mapping[str, Any]) -> Said:
    names = f"{s.get('name') or ''} {s.get('speaker') or ''}"
    return Said(*where(s, "content"), names, same_code(s.get("code")), list(s.get("via") or []))


def _gold_told(where: Where, e: Mapping[str, Any]) -> Told:
    parties = [[x for x in e.get(k) or [] if x] for k in ("actors", "recipients")]
    codes = [frozenset(c for x in side if (c := same_code(x.get("code")))) for side in parties]
    sides = [frozenset(_side(x.get("code"), x.get("sector")) for x in side) for side in parties]
    by = frozenset(c for x in e.get("claimed_by") or [] if x and (c := same_code(x.get("code"))))
    harm: dict[str, Bounds] = {k: (e[k][0], e[k][1]) for k in ("killed", "injured") if e.get(k)}
    line, span = where(e, "trigger")
    return Told(
        line, span, e["type"], e.get("mode"), (codes[0], codes[1]), (sides[0], sides[1]), e.get("status") or "reported",
        by, e.get("date"), harm, e.get("trigger") or "",
    )  # fmt: skip


def _gold_placed(p: Mapping[str, Any]) -> Placed:
    at = (p["lat"], p["lon"]) if p.get("lat") is not None and p.get("lon") is not None else None
    return Placed(p.get("text") or "", p.get("kind"), at)


def _gold_offered(p: Mapping[str, Any]) -> Offered:
    by = p.get("by") if isinstance(p.get("by"), list) else [p.get("by")]
    answers = [(_party(a.get("party")), a.get("answer") or "") for a in p.get("answers") or []]
    return Offered(frozenset(c for y in by or [] if (c := _party(y))), answers)


def _party(x: Any) -> str | None:
    """A party given as a code, an entity, or a list of one of them."""
    x = x[0] if isinstance(x, list) and x else x
    x = x.get("code") if isinstance(x, dict) else x
    return same_code(x) if isinstance(x, str) else None


# ---------------------------------------------------------------- records
def view_record(record: Record) -> View:
    """What the program found on a page.

    Args:
        record: the page's record.
    """
    text = record.page.text
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    actors = {a.id: a for a in record.actors}

    def where(span: Span) -> tuple[int, Span]:
        line = bisect.bisect_right(starts, span[0]) - 1
        return line, (span[0] - starts[line], span[1] - starts[line])

    def who(ids: Iterable[str | None]) -> list[Actor]:
        return [actors[i] for i in ids if i in actors]

    said = []
    for s in record.statements:
        speaker = actors.get(s.speaker or "")
        names = " ".join([speaker.name, *(text[a:b] for a, b in speaker.mentions)]) if speaker else ""
        code = same_code(speaker.code) if speaker else None
        said.append(Said(*where(s.content), names, code, [a.name for a in who(s.via)]))
    told = [_record_told(text, e, where(e.trigger), who) for e in record.events]
    offered = [
        Offered(_codes(who(p.by)), [(_code(actors.get(a.party)), a.answer) for a in p.answers])
        for p in record.proposals
    ]
    return View(
        said,
        told,
        [Timed(*where((t.start, t.end)), (t.first, t.last)) for t in record.times],
        [
            Placed(p.name, p.kind, (p.lat, p.lon) if p.lat is not None and p.lon is not None else None)
            for p in record.places
        ],
        offered,
        [_codes(who(t.parties)) for t in record.truces],
        [(_code(actors.get(a.source)), _code(actors.get(a.target)), a.kind) for a in record.alignments],
    )


def _code(actor: Actor | None) -> str | None:
    return same_code(actor.code) if actor else None


def _codes(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(c for a in actors if (c := same_code(a.code)))


def _record_told(text: str, e: Event, where: tuple[int, Span], who: Any) -> Told:
    actors, recipients = who(e.actors), who(e.recipients)
    same = e.first is not None and e.first == e.last
    date = e.first if same else f"{e.first}/{e.last}" if e.first and e.last else None
    harm: dict[str, Bounds] = {}
    for c in e.casualties:
        harm.setdefault(c.kind, (c.low, c.high))
    sides = [frozenset(_side(a.code, a.sector) for a in side) for side in (actors, recipients)]
    return Told(
        *where, e.type, e.mode, (_codes(actors), _codes(recipients)), (sides[0], sides[1]), e.status,
        _codes(who(e.claimed_by)), date, harm, text[e.trigger[0] : e.trigger[1]], e.foreground and not e.historical,
    )  # fmt: skip
