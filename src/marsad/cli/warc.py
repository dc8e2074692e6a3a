"""The pages of a WARC file, one after another, read without trust in what the file says of itself.

A record that ends early, is longer than it says or cannot be unpacked is reported where it stands; nothing of it is
passed off as a page. Source of the format: ISO 28500:2017 (WARC/1.1).
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from marsad.model.errors import BrokenArchive, MarsadError, PageTooLarge

_LINE: Final = 1 << 16
_CHUNK: Final = 1 << 20
_MAX_HEADERS: Final = 200
_PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
Headers = dict[str, str]


class Captured(NamedTuple):
    """A page of an archive: its bytes or the error in its place, its address, the day of its capture."""

    data: bytes | None
    url: str | None
    captured: datetime.date | None
    error: MarsadError | None = None


def read_warc(stream: IO[bytes], name: str, limit: int) -> Iterator[Captured]:
    """The pages of an archive in order.

    Args:
        stream: the archive, unpacked.
        name: its name, for errors.
        limit: the most bytes that one page may have.
    """
    seen = 0
    try:
        while (headers := _next_record(stream, name)) is not None:
            seen += 1
            found = _record(stream, headers, name, limit)
            if found is not None:
                yield found
    except MarsadError as error:
        yield Captured(None, None, None, error)
        return
    if not seen:
        yield Captured(None, None, None, BrokenArchive("It holds no records.", name))


def _next_record(stream: IO[bytes], name: str) -> Headers | None:
    line = stream.readline(_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise BrokenArchive("A record does not begin where it should.", name)
    return _headers(stream, name)


def _headers(stream: IO[bytes], name: str) -> Headers:
    """Header lines up to the empty one, by their names in lower case."""
    found: Headers = {}
    for _ in range(_MAX_HEADERS):
        line = stream.readline(_LINE)
        if line in (b"\r\n", b"\n"):
            return found
        if not line.endswith(b"\n"):
            break
        key, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            found.setdefault(key.strip().lower(), value.strip())
    raise BrokenArchive("A record's header ends early.", name)


def _record(stream: IO[bytes], headers: Headers, name: str, limit: int) -> Captured | None:
    """One record's page, or None where it holds none; the stream is left behind it."""
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise BrokenArchive("A record does not say how long it is.", name)
    kind = headers.get("warc-type", "")
    url, day = headers.get("warc-target-uri", "").strip("<>") or None, _day(headers.get("warc-date", ""))
    size = int(length)
    if kind not in ("response", "resource") or size > limit + _LINE:
        _skip(stream, size, name)
        too_large = PageTooLarge(f"It has more than {limit:,} bytes.", url or name)
        return Captured(None, url, day, too_large) if kind in ("response", "resource") else None
    block = stream.read(size)
    if len(block) < size:
        raise BrokenArchive("A record ends early.", name)
    return _page(block, headers, url, day, limit, name)


def _page(
    block: bytes, headers: Headers, url: str | None, day: datetime.date | None, limit: int, name: str
) -> Captured | None:
    kind, body = headers.get("content-type", ""), block
    if kind.startswith("application/http"):
        status, http, body = _http(block)
        kind = http.get("content-type", "text/html")
        if status != 200:
            return None
        try:
            body = _decoded(body, http, limit, url or name)
        except MarsadError as error:
            return Captured(None, url, day, error)
    return Captured(body, url, day) if kind.lower().startswith(_PAGES) else None


def _http(block: bytes) -> tuple[int, Headers, bytes]:
    """The status, the headers and the body of a captured HTTP response."""
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, _, body = block.partition(b"\n\n")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    pairs = (line.partition(":") for line in lines)
    status = first.split()[1] if len(first.split()) > 1 else ""
    headers = {key.strip().lower(): value.strip() for key, _, value in pairs}
    return int(status) if status.isascii() and status.isdigit() else 200, headers, body


def _decoded(body: bytes, headers: Headers, limit: int, page: str) -> bytes:
    """A body without its transfer and content codings; archives often keep the headers of codings already undone."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = headers.get("content-encoding", "").lower()
    if coding in ("gzip", "x-gzip", "deflate") and (coding == "deflate" or body.startswith(b"\x1f\x8b")):
        body = _unpacked(body, limit, page)
    elif coding in ("br", "zstd") and body.lstrip()[:1] != b"<":
        raise BrokenArchive(f"The page is packed as {coding}, which is not read.", page)
    if len(body) > limit:
        raise PageTooLarge(f"It has more than {limit:,} bytes.", page)
    return body


def _unchunked(body: bytes) -> bytes:
    """A body put together from its chunks; as it is where it is not chunked after all."""
    found, rest = bytearray(), body
    while rest:
        head, gap, after = rest.partition(b"\r\n")
        try:
            size = int(head.split(b";")[0], 16)
        except ValueError:
            return body
        if not gap or size < 0 or len(after) < size:
            return body
        if size == 0:
            break
        found += after[:size]
        rest = after[size:].removeprefix(b"\r\n")
    return bytes(found)


def _unpacked(body: bytes, limit: int, page: str) -> bytes:
    for wbits in (47, -15):
        unpacker = zlib.decompressobj(wbits=wbits)
        try:
            found = unpacker.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(found) <= limit and not unpacker.eof:
            raise BrokenArchive("The packed page ends early.", page)
        return found
    raise BrokenArchive("The packed page is damaged.", page)


def _skip(stream: IO[bytes], size: int, name: str) -> None:
    while size > 0:
        piece = stream.read(min(size, _CHUNK))
        if not piece:
            raise BrokenArchive("A record ends early.", name)
        size -= len(piece)


def _day(stamp: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(stamp[:10])
    except ValueError:
        return None
