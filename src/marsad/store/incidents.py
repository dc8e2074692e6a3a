"""What the desk asks of incidents beyond the ledger's own questions: a list's page, copies, the log, likely others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec

from marsad.ledger.copies import Seen, Sketch, originals
from marsad.ledger.model import Incident, Party, Range, Spot
from marsad.model.record import Part, Status
from marsad.review.model import Judgement, Reviewed
from marsad.review.state import standing
from marsad.store.filters import Filter, incident_query
from marsad.store.judging import judgement
from marsad.store.ledger import Ledger
from marsad.store.remembered import counted_aside, remembered
from marsad.store.review import Review
from marsad.store.work import unpacked

Order = Literal["newest", "oldest", "sources", "killed"]

_SOON_COUNTED: Final = 3_000  # incidents: the dead of more, which lie within packed data, are counted aside
_PATIENCE: Final = 0.05  # seconds
_SORTED: Final = {
    "newest": "first DESC, id",
    "later": "first IS NULL, first DESC, id",
    "oldest": "first IS NULL, first, id",
    "sources": "sources DESC, first DESC, id",
}
_LIKELY: Final = 8


class Version(msgspec.Struct, frozen=True):
    """A version that is only counted."""


class Brief(Part, kw_only=True, frozen=True, rename={"first": "from", "last": "to"}):
    """An incident as far as lists show it, with the names and meanings of `Incident`; the rest is not unpacked."""

    id: str
    type: str
    mode: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = "reported"
    first: str | None = None
    last: str | None = None
    precision: str = "open"
    place: Spot | None = None
    sources: int = 0
    copies: int = 0
    ranges: tuple[Range, ...] = ()
    contested: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    mentions: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    words: str = ""


class _Harm(msgspec.Struct):
    """An incident as far as it is sorted by: its ranges."""

    ranges: tuple[Range, ...] = ()


_BRIEF: Final = msgspec.json.Decoder(Brief)
_HARM: Final = msgspec.json.Decoder(_Harm)


class Listing(NamedTuple):
    """A page of a list of incidents; `order` is the one that was kept to, `total` how many there are on all pages."""

    incidents: list[Brief]
    total: int
    order: Order


def listed(ledger: Ledger, wanted: Filter, *, order: Order, first: int, most: int) -> Listing:
    """A page of the incidents that a filter lets through.

    Args:
        ledger: the ledger.
        wanted: which.
        order: by what. `killed` gives those whose dead somebody counts; the first time that a long list is asked for so
            they are counted in the background, and until that is done the newest come first.
        first: how many to pass over.
        most: how many to give.
    """
    wanted = wanted.checked()
    total = ledger.count(wanted)
    counted = _by_killed(ledger, wanted, total) if order == "killed" else None
    if counted is not None:
        return Listing(_incidents(ledger, counted[first : first + most]), len(counted), order)
    order = "newest" if order == "killed" else order
    ids = _FOUND[order](ledger, wanted, first, most)
    return Listing(_incidents(ledger, ids), total, order)


def _newest(ledger: Ledger, wanted: Filter, first: int, most: int) -> list[str]:
    """What had happened when the last page was published, the newest first; then what is announced for later days.

    A plan for 2060, or a year that a page has mistyped, would else stand before the news.
    """
    ((last,),) = ledger.rows("SELECT coalesce(max(published), '9999') FROM pages WHERE superseded = 0")
    ids = _ids(ledger, wanted, "first <= ?", "newest", first, most, last)
    if len(ids) < most:
        where, values = incident_query(wanted)
        ((past,),) = ledger.rows(f"SELECT count(*) FROM incidents WHERE {where} AND first <= ?", [*values, last])
        rest = max(0, first - past), most - len(ids)
        ids += _ids(ledger, wanted, "(first > ? OR first IS NULL)", "later", *rest, last)
    return ids


def _oldest(ledger: Ledger, wanted: Filter, first: int, most: int) -> list[str]:
    return _ids(ledger, wanted, "1", "oldest", first, most)


def _by_sources(ledger: Ledger, wanted: Filter, first: int, most: int) -> list[str]:
    """By sources; as far as several tell them, without sorting the many incidents that one source tells."""
    ids = _ids(ledger, wanted, "sources > 1", "sources", first, most)
    return ids if len(ids) == most else _ids(ledger, wanted, "1", "sources", first, most)


_FOUND: Final = {"newest": _newest, "oldest": _oldest, "sources": _by_sources}


def _ids(
    ledger: Ledger, wanted: Filter, besides: str, order: str, first: int, most: int, *besides_values: str
) -> list[str]:
    """The ids of a stretch of incidents that pass a filter and a condition besides."""
    where, values = incident_query(wanted)
    sql = f"SELECT id FROM incidents WHERE {where} AND {besides} ORDER BY {_SORTED[order]} LIMIT ? OFFSET ?"
    return [one for (one,) in ledger.rows(sql, [*values, *besides_values, most, first])]


def _incidents(ledger: Ledger, ids: Iterable[str]) -> list[Brief]:
    """The incidents of these ids, in this order."""
    rows = (ledger.rows("SELECT data FROM incidents WHERE id = ?", [one]) for one in ids)
    return [_BRIEF.decode(unpacked(data)) for found in rows for (data,) in found]


def _by_killed(ledger: Ledger, wanted: Filter, total: int) -> list[str] | None:
    """The ids of those whose dead somebody counts, the highest figure first; None while a long list is counted."""

    def count(opened: Ledger) -> list[str]:
        where, values = incident_query(wanted)
        rows = opened.rows(f"SELECT id, data FROM incidents WHERE {where} ORDER BY first DESC, id", values)
        counted = [(_killed(_HARM.decode(unpacked(data))), one) for one, data in rows]
        return [one for dead, one in sorted(counted, key=lambda pair: -pair[0]) if dead >= 0]

    what = ("incidents by killed", wanted)
    if total <= _SOON_COUNTED:
        return list(remembered(ledger, what, count))
    found = counted_aside(ledger, what, count, _PATIENCE)
    return None if found is None else list(found)


def _killed(harm: _Harm) -> int:
    return max((r.high or r.low for r in harm.ranges if r.kind == "killed"), default=-1)


class PageLine(Part, kw_only=True, frozen=True):
    """A page in a list: who published it, when, where it stands, the SHA-256 of the bytes that were captured."""

    id: str
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    url: str | None = None
    sha256: str = ""


def page_lines(ledger: Ledger, pages: Iterable[str]) -> dict[str, PageLine]:
    """Pages by their ids, those that the ledger holds.

    Args:
        ledger: the ledger.
        pages: their ids.
    """
    sql = f"SELECT id, publisher, headline, published, url, sha256 FROM pages WHERE superseded = 0 AND id {_AMONG}"
    return {row[0]: PageLine(**dict(zip(_LINE, row, strict=True))) for row in ledger.rows(sql, [_list(pages)])}


_LINE: Final = ("id", "outlet", "headline", "published", "url", "sha256")
_AMONG: Final = "IN (SELECT value FROM json_each(?))"


def _list(values: Iterable[str]) -> str:
    """Values for `_AMONG`; ids are read as text by SQLite, whatever is in them."""
    return msgspec.json.encode(list(values)).decode()


def copied_from(ledger: Ledger, pages: Sequence[str]) -> dict[str, str]:
    """The independent source of each of an incident's pages: itself, or the page that it copies.

    Args:
        ledger: the ledger.
        pages: their ids.
    """
    whole = f"superseded = 0 AND sketch IS NOT NULL AND id {_AMONG}"
    rows = ledger.rows(f"SELECT seq, id, published, sketch FROM pages WHERE {whole}", [_list(pages)])
    seen = {seq: Seen(page, published, Sketch.from_bytes(data)) for seq, page, published, data in rows}
    near = f"SELECT page, other FROM likenesses WHERE page {_AMONG}"
    pairs = ledger.rows(near, [msgspec.json.encode(list(seen)).decode()])
    return originals(seen.values(), [(seen[a].id, seen[b].id) for a, b in pairs if a in seen and b in seen])


def likely(ledger: Ledger, incident: Incident) -> list[Brief]:
    """Other incidents of the same days that may be the same one: of its type or place, those most like it first.

    Args:
        ledger: the ledger.
        incident: the incident.
    """
    if incident.first is None:
        return []
    place = incident.place.name if incident.place else ""
    sql = (
        "SELECT data FROM incidents JOIN (SELECT id AS near, (place IS ?) + (type = ?) + foreground AS alike,"
        " sources AS told FROM incidents WHERE first BETWEEN ? AND ? AND id != ? AND (place = ? OR type = ?)"
        " ORDER BY alike DESC, told DESC, near LIMIT ?) ON id = near ORDER BY alike DESC, told DESC, near"
    )
    days = _shifted(incident.first, -1), _shifted(incident.last or incident.first, 1)
    rows = ledger.rows(sql, [place, incident.type, *days, incident.id, place, incident.type, _LIKELY])
    return [_BRIEF.decode(unpacked(data)) for (data,) in rows]


def _shifted(day: str, by: int) -> str:
    there = date.fromisoformat(day).toordinal() + by
    return date.fromordinal(min(max(there, date.min.toordinal()), date.max.toordinal())).isoformat()


class Log(NamedTuple):
    """What persons have decided of an incident: merges and splits that stand, and each judged mention's card."""

    moves: list[Judgement]
    cards: list[Reviewed]


def log_of(ledger: Ledger, mentions: Iterable[str], *, user: str) -> Log:
    """What persons have decided of an incident, as far as a user may see it: before one's own verdict nobody else's.

    Args:
        ledger: the ledger.
        mentions: the ids of the incident's mentions, rejected ones too.
        user: who looks.
    """
    ids = _list(mentions)
    asked = f"seq IN (SELECT judgement FROM sides WHERE mention {_AMONG}) OR (kind = 'undo' AND subject IS NULL)"
    lines = [judgement(row) for row in ledger.rows(f"SELECT {_LINES} FROM judgements WHERE {asked}", [ids])]
    moves = [line for line in standing(lines) if line.kind in ("merge", "split")]
    judged = f"SELECT subject FROM judgements WHERE subject {_AMONG} GROUP BY subject ORDER BY min(seq)"
    review = Review(ledger)
    return Log(moves, [review.card(subject, user=user).reviewed for (subject,) in ledger.rows(judged, [ids])])


_LINES: Final = "seq, at, by, kind, subject, data"
