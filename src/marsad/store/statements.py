"""Statements of all pages: who said what through whom, filtered, counted by speaker and channel, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.model import Party
from marsad.store.aliases import actor_keys
from marsad.store.filters import Filter, finding_query
from marsad.store.ledger import Ledger
from marsad.store.remembered import remembered
from marsad.store.work import search_name

MOST: Final = 5000  # the newest statements of a filter, whose speakers and channels are counted
_SHOWN: Final = 15  # voices of a list at most


class Asked(NamedTuple):
    """Which statements are wanted: the common filter, and besides it the speaker, a channel, the medium, the mode."""

    wanted: Filter = Filter()
    speaker: str = ""
    via: str = ""
    medium: str = ""
    mode: str = ""


class Voice(NamedTuple):
    """A speaker or a channel, and how many statements were said by or through it."""

    party: Party
    said: int


class Matched(NamedTuple):
    """What a filter lets through: how many, the newest of them by their rows, and whose they are.

    `unnamed` counts those of the newest whose speaker the page does not name.
    """

    total: int
    newest: tuple[int, ...]
    unnamed: int
    speakers: tuple[Voice, ...]
    channels: tuple[Voice, ...]


class Said(NamedTuple):
    """One statement with its page: `seq` is the capture's number, `data` as `Ledger.findings` gives it."""

    seq: int
    page: str
    headline: str | None
    outlet: str | None
    published: str | None
    day: str | None
    data: dict[str, Any]


class _Voices(msgspec.Struct, frozen=True):
    """So much of a statement as is counted."""

    speaker: Party | None = None
    via: tuple[Party, ...] = ()


_VOICES: Final = msgspec.json.Decoder(_Voices)


def matched(ledger: Ledger, asked: Asked) -> Matched:
    """What a filter lets through.

    Args:
        ledger: the ledger.
        asked: which statements.
    """
    found: Matched = remembered(ledger, ("statements", asked), lambda one: _matched(one, asked))
    return found


def _matched(ledger: Ledger, asked: Asked) -> Matched:
    source, values = _source(ledger, asked)
    ((total,),) = ledger.rows(f"SELECT count(*) FROM {source}", values)
    rows = _ordered(ledger, asked, "f.rowid, f.data", 0, min(total, MOST))
    voices = [_VOICES.decode(data) for _, data in rows]
    return Matched(
        total, tuple(row for row, _ in rows), sum(v.speaker is None for v in voices),
        _most([v.speaker] for v in voices), _most(v.via for v in voices),
    )  # fmt: skip


def _ordered(ledger: Ledger, asked: Asked, columns: str, first: int, most: int) -> list[tuple[Any, ...]]:
    """Rows in the order of the list; the index of days gives it, so that no more is sorted than the rows of one day.

    A few days are misread into the future ("in 2038"): what is later than the newest page comes last, as does what has
    no day.
    """
    source, values = _source(ledger, asked)
    ((last,),) = ledger.rows("SELECT coalesce(max(published), '') FROM pages")
    rows: list[tuple[Any, ...]] = []
    for part in ("f.day <= ?", "(f.day > ? OR f.day IS NULL)"):
        if len(rows) < most:
            within = f"{source} AND {part}"
            query = f"SELECT {columns} FROM {within} ORDER BY f.day DESC, p.id, f.n LIMIT ? OFFSET ?"
            rows += ledger.rows(query, [*values, last, most - len(rows), max(first, 0)])
            if not rows:
                ((before,),) = ledger.rows(f"SELECT count(*) FROM {within}", [*values, last])
                first -= before
            else:
                first = 0
    return rows


def _source(ledger: Ledger, asked: Asked) -> tuple[str, list[Any]]:
    """The tables and the condition of a filter, with its values."""
    where, values = finding_query("statement", asked.wanted.checked())
    parts = [where]
    for field, value in (("mode", asked.mode), ("medium", asked.medium)):
        if value:
            # msgspec writes no spaces, and a quotation mark within words is escaped: these bytes are this field alone
            parts.append("instr(f.data, CAST(? AS BLOB)) > 0")
            values.append(f'"{field}":"{value}"')
    if asked.speaker:
        named = "kind = 'statement' AND key IN (SELECT value FROM json_each(?))"
        parts.append(f"(f.page, f.n) IN (SELECT page, n FROM finding_keys WHERE {named})")
        values.append(msgspec.json.encode(actor_keys([asked.speaker])).decode())
    if asked.via:
        parts.append("f.rowid IN (SELECT value FROM json_each(?))")
        values.append(msgspec.json.encode(_through(ledger, search_name(asked.via))).decode())
    return f"findings f JOIN pages p ON p.seq = f.page WHERE {' AND '.join(parts)}", values


def _through(ledger: Ledger, key: str) -> list[int]:
    """The rows of statements that passed through a channel, whose name holds these words or whose code this is."""
    known: list[tuple[int, frozenset[str]]] = remembered(ledger, "channels", _channelled)
    return [row for row, keys in known if any(f" {key} " in f" {own} " for own in keys)]


def _channelled(ledger: Ledger) -> list[tuple[int, frozenset[str]]]:
    """Every statement that came through somebody, with the keys of the channels."""
    rows = ledger.rows(
        "SELECT f.rowid, f.data FROM findings f WHERE f.kind = 'statement' AND instr(f.data, CAST(? AS BLOB)) > 0",
        ('"via":[{',),
    )
    return [(row, _keys(_VOICES.decode(data).via)) for row, data in rows]


def _keys(parties: Iterable[Party]) -> frozenset[str]:
    names = [name for p in parties for name in (p.name, p.name_en, p.code) if name]
    return frozenset(map(search_name, names))


def _most(told: Iterable[Iterable[Party | None]]) -> tuple[Voice, ...]:
    """The parties that come most often; a ministry of one state is not that of another."""
    counts: Counter[tuple[str, str | None]] = Counter()
    shown: dict[tuple[str, str | None], Party] = {}
    for parties in told:
        for party in parties:
            if party is not None:
                key = (search_name(party.name), party.code)
                counts[key] += 1
                shown.setdefault(key, party)
    most = sorted(counts.items(), key=lambda row: (-row[1], row[0][0], row[0][1] or ""))
    return tuple(Voice(shown[key], n) for key, n in most[:_SHOWN])


def page_of(ledger: Ledger, asked: Asked, first: int, most: int) -> list[Said]:
    """Some of the statements that a filter lets through, the newest first.

    Args:
        ledger: the ledger.
        asked: which statements.
        first: how many are left out before them.
        most: how many at most.
    """
    found = matched(ledger, asked)
    rows: Sequence[int] = found.newest[first : first + most]
    if first + most > MOST and first < found.total:
        rows = [row for (row,) in _ordered(ledger, asked, "f.rowid", first, most)]
    return _said(ledger, rows)


def _said(ledger: Ledger, rows: Sequence[int]) -> list[Said]:
    marks = ", ".join("?" * len(rows))
    asked = (
        "SELECT f.rowid, p.seq, p.id, p.headline, p.publisher, p.published, f.day, f.data FROM findings f"
        f" JOIN pages p ON p.seq = f.page WHERE f.rowid IN ({marks})"
    )
    found = {row: Said._make([*rest, msgspec.json.decode(data)]) for row, *rest, data in ledger.rows(asked, rows)}
    return [found[row] for row in rows if row in found]
