"""One page from its bytes to everything that the ledger keeps of it: what a reading process does, with no database."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.agencies import agency
from marsad.ledger.alike import Opening
from marsad.ledger.copies import bands, sketch
from marsad.ledger.findings import Finding, findings_of
from marsad.ledger.joining import is_compared, spot_key, within
from marsad.ledger.mentions import mentions_of, opening_of
from marsad.ledger.model import Link, Mention, Party
from marsad.ledger.words import search_keys
from marsad.model.errors import DamagedLedger, MarsadError
from marsad.model.record import BODY_KINDS, Record
from marsad.text.fold import fold

_NAME_PART: Final = 3  # letters
_LEVEL: Final = 6  # of zlib


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a page's container says of it."""

    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    headline: str | None = None
    captured: datetime.date | None = None
    text: bool = False  # whether the page was given as text and not as bytes


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A page to be read into the ledger."""

    id: str
    digest: str
    sha256: str
    data: bytes
    given: Given


class KeptMention(NamedTuple):
    """A mention as the ledger keeps it: what it is found and ordered by, and the whole of it, packed."""

    id: str
    published: str | None
    at: int
    compared: bool
    spot: str | None
    data: bytes


class KeptLink(NamedTuple):
    """A link as the ledger keeps it."""

    mention: str
    earlier: str
    score: float
    data: bytes


class KeptFinding(NamedTuple):
    """A statement, proposal, truce or alignment as the ledger keeps it, with the keys of its parties."""

    kind: str
    n: int
    day: str | None
    data: bytes
    keys: tuple[str, ...]


class Kept(NamedTuple):
    """Everything that is derived from a page, in the form in which it is stored."""

    publisher: str | None
    headline: str | None
    published: str | None
    url: str | None
    record: bytes
    opening: str
    sketch: bytes
    agency: str | None
    bands: tuple[int, ...]
    mentions: tuple[KeptMention, ...]
    links: tuple[KeptLink, ...]
    findings: tuple[KeptFinding, ...]
    words: tuple[str, str]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A page with what was read from it, or why it could not be."""

    job: Job
    kept: Kept | None = None
    error: str | None = None
    message: str | None = None


def job(data: bytes | str, given: Given) -> Job:
    """A page ready to be read.

    Args:
        data: its bytes or its text.
        given: what its container says of it.
    """
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    sha256 = hashlib.sha256(raw).hexdigest()
    given = msgspec.structs.replace(given, text=isinstance(data, str))
    page = given.id or sha256
    digest = hashlib.sha256("\n".join([page, sha256, *_said(given)]).encode("utf-8", "surrogatepass")).hexdigest()
    return Job(id=page, digest=digest, sha256=sha256, data=raw, given=given)


def _said(given: Given) -> list[str]:
    """What tells two pages of the same bytes apart; a day of capture does not, or each fetch would be a new page."""
    return [str(v or "") for v in (given.url, given.publisher, given.published, given.headline)]


def read_job(todo: Job) -> Done:
    """Read a page into everything that the ledger keeps of it; never raises for what a page holds.

    Args:
        todo: the page.
    """
    try:
        record = read_record(todo)
    except MarsadError as error:
        return Done(job=todo, error=error.code, message=f"{error.message} {error.hint}")
    return Done(job=todo, kept=keep(record, todo.id))


def read_record(todo: Job, *, published: str | None = None) -> Record:
    """Read a page.

    Args:
        todo: the page.
        published: the day to read it on, in place of what its container says.

    Raises:
        MarsadError: it cannot be read.
    """
    from marsad.reading.single import read_one

    given = todo.given
    data: Any = todo.data.decode("utf-8", "surrogatepass") if given.text else todo.data
    return read_one(
        data, published=published or given.published, url=given.url, publisher=given.publisher,
        headline=given.headline, record_id=todo.id, captured=given.captured,
    )  # fmt: skip


def keep(record: Record, page: str) -> Kept:
    """Everything that the ledger derives from a page.

    Args:
        record: what was read from it.
        page: its id in the ledger.
    """
    mentions = mentions_of(record, page)
    opening = opening_of(record)
    body = body_of(record)
    own = sketch(body)
    return Kept(
        publisher=record.page.publisher,
        headline=record.page.headline,
        published=record.page.published.first,
        url=record.page.url,
        record=packed(record.to_json().encode()),
        opening=msgspec.json.encode((sorted(opening.title), sorted(opening.text))).decode(),
        sketch=own.to_bytes(),
        agency=agency(record),
        bands=bands(own),
        mentions=tuple(
            KeptMention(m.id, m.published, m.evidence[0], is_compared(m), spot_key(m), packed(msgspec.json.encode(m)))
            for m in mentions
        ),
        links=tuple(keep_link(link) for link in within(mentions)),
        findings=tuple(_keep_finding(f) for f in findings_of(record)),
        words=(" ".join(search_keys(record.page.headline or "")), " ".join(search_keys(body))),
    )


def keep_link(link: Link) -> KeptLink:
    """A link as the ledger keeps it."""
    return KeptLink(link.mention, link.to, link.score, msgspec.json.encode(link))


def _keep_finding(finding: Finding) -> KeptFinding:
    keys = tuple(sorted({key for party in finding.parties for key in party_keys(party)}))
    return KeptFinding(finding.kind, finding.n, finding.day, msgspec.json.encode(finding.data), keys)


def party_keys(party: Party) -> list[str]:
    """By what a party is found: its name in Arabic and in English, a person's also by each part («ماكرون»), its code,
    its code with its sector.

    Args:
        party: the party.
    """
    names = [search_name(name) for name in (party.name, party.name_en) if name]
    if party.kind == "person":
        names += [part for name in names for part in name.split() if len(part) >= _NAME_PART and part != name]
    codes = [party.code, party.code and party.sector and f"{party.code}/{party.sector}"]
    return names + [code.lower() for code in codes if code]


def search_name(name: str) -> str:
    """The key under which a name is stored and looked for."""
    return fold(name).lower().strip()


def packed(data: bytes) -> bytes:
    """Bytes as the ledger keeps them."""
    return zlib.compress(data, _LEVEL)


def unpacked(data: bytes) -> bytes:
    """Bytes that the ledger kept.

    Raises:
        DamagedLedger: they cannot be unpacked.
    """
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise DamagedLedger(f"What was stored cannot be unpacked: {error}.") from error


def mention_of(data: bytes) -> Mention:
    """A mention that the ledger kept."""
    return _MENTION.decode(unpacked(data))


def kept_opening(data: str) -> Opening:
    """A page's opening that the ledger kept."""
    title, text = msgspec.json.decode(data)
    return Opening(frozenset(title), frozenset(text))


def body_of(record: Record) -> str:
    """A page's own text: no headline, no comments, no furniture.

    Args:
        record: what was read from the page.
    """
    return "\n".join(record.words((b.start, b.end)) for b in record.page.blocks if b.kind in BODY_KINDS)


_MENTION: Final = msgspec.json.Decoder(Mention)
