"""What the ledger holds of one page: its versions, the bytes of each, what was read from them, its acts' incidents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import msgspec

from marsad.model.errors import DamagedLedger
from marsad.model.record import Part, Record
from marsad.store.ledger import Ledger
from marsad.store.work import Given, mention_of, unpacked


class Version(NamedTuple):
    """One capture of a page.

    `seq` and `digest` are the ledger's own names of it; `superseded` the `seq` of the capture that took its place, 0
    where none did; `error` and `message` are filled where it could not be read; `dated_by` says why a page that tells
    no day was given one.
    """

    seq: int
    id: str
    digest: str
    sha256: str
    superseded: int
    error: str | None
    message: str | None
    headline: str | None
    url: str | None
    publisher: str | None
    published: str | None
    given: Given
    dated_by: tuple[str, ...]


class Act(Part, frozen=True):
    """An event of a page in the ledger.

    Attributes:
        event: its id in the page's record.
        mention: its id in the ledger, which is also that of its review card.
        incident: the incident that it is put to, None while the ledger is not settled.
        first: the incident's first day; `sources` its independent sources; `pages` all its pages.
        state, verdict: of the review card; the verdict once it is settled: a second coder must not see the first one's.
    """

    event: str
    mention: str
    incident: str | None
    first: str | None
    sources: int | None
    pages: int | None
    state: str | None
    verdict: str | None


_COLUMNS: Final = (
    "seq, id, digest, sha256, superseded, error, message, headline, url, publisher, published, given, dated"
)


def versions(ledger: Ledger, page_id: str) -> list[Version]:
    """Every capture of a page, the newest first; none where the ledger has no page of that id.

    Args:
        ledger: the ledger.
        page_id: the page's id, or that of one of its earlier captures.
    """
    same_address = "url IN (SELECT url FROM pages WHERE id = ? AND url IS NOT NULL)"
    rows = ledger.rows(f"SELECT {_COLUMNS} FROM pages WHERE id = ? OR {same_address}", (page_id, page_id))
    found = [_version(row) for row in rows]
    kin = _kin(found, page_id)
    return sorted((v for v in found if v.seq in kin or v.error), key=lambda v: -v.seq)


def _version(row: tuple[Any, ...]) -> Version:
    *plain, given, dated = row
    because = msgspec.json.decode(dated)["because"] if dated else ()
    return Version._make([*plain, msgspec.json.decode(given, type=Given), tuple(because)])


def _kin(found: Iterable[Version], page_id: str) -> set[int]:
    """The captures that are of the page, or took the place of one that is, or had theirs taken by one."""
    kin = {v.seq for v in found if v.id == page_id}
    while more := {v.seq for v in found if v.superseded in kin} | {v.superseded for v in found if v.seq in kin} - {0}:
        if more <= kin:
            return kin
        kin |= more
    return kin


def wanted(found: list[Version], page_id: str, digest: str = "") -> Version | None:
    """The capture that is asked for, of a page's versions.

    Args:
        found: the versions, the newest first.
        page_id: the page's id.
        digest: the capture's digest; empty for the one that stands: it was read, and nothing took its place.
    """
    if digest:
        return next((v for v in found if v.digest == digest), None)
    own = [v for v in found if v.id == page_id]
    order = sorted(own, key=lambda v: (v.superseded > 0, v.error is not None, -v.seq))
    return order[0] if order else None


def bytes_of(ledger: Ledger, version: Version) -> bytes:
    """The bytes of a capture, as they came.

    Args:
        ledger: the ledger.
        version: which.

    Raises:
        DamagedLedger: they cannot be unpacked, or are gone.
    """
    rows = ledger.rows("SELECT bytes FROM pages WHERE seq = ?", (version.seq,))
    if not rows:
        raise DamagedLedger("A page's bytes are gone.", version.id)
    return unpacked(rows[0][0])


def record_of(ledger: Ledger, version: Version) -> Record | None:
    """What was read from a capture; None where it could not be read.

    Args:
        ledger: the ledger.
        version: which.
    """
    rows = ledger.rows("SELECT record FROM pages WHERE seq = ?", (version.seq,))
    return Record.from_json(unpacked(rows[0][0])) if rows and rows[0][0] else None


def records(ledger: Ledger, seqs: Iterable[int]) -> dict[int, Record]:
    """What was read from several captures, by their `seq`; those that could not be read are left out.

    Args:
        ledger: the ledger.
        seqs: the captures.
    """
    asked = list(seqs)
    marks = ", ".join("?" * len(asked))
    rows = ledger.rows(f"SELECT seq, record FROM pages WHERE seq IN ({marks}) AND record IS NOT NULL", asked)
    return {seq: Record.from_json(unpacked(data)) for seq, data in rows}


def acts(ledger: Ledger, seqs: Iterable[int]) -> dict[tuple[int, str], Act]:
    """The acts that captures tell, by the capture's `seq` and the event's id in its record.

    Args:
        ledger: the ledger.
        seqs: the captures; one whose place was taken tells none.
    """
    asked = list(dict.fromkeys(seqs))
    rows = ledger.rows(
        "SELECT m.page, m.data, m.id, m.incident, i.first, i.sources, i.pages, r.state,"
        " CASE WHEN r.state = 'settled' THEN r.verdict END FROM mentions m"
        " LEFT JOIN incidents i ON i.id = m.incident LEFT JOIN reviews r ON r.subject = m.id"
        f" WHERE m.page IN ({', '.join('?' * len(asked))}) ORDER BY m.page, m.at",
        asked,
    )
    found = ((page, Act(mention_of(data).event, *rest)) for page, data, *rest in rows)
    return {(page, act.event): act for page, act in found}
