"""The pages of a WARC file, one after another; one bad page never stops the rest.

The records, the heads of the responses and their chunks are read by `warcio`. Three things it does not hold are kept
here: it takes a record that ends early for a whole one, a damaged gzip body for a shorter one, and a header line of any
length into memory. Source of the format: ISO 28500:2017 (WARC/1.1).
"""

from __future__ import annotations

import datetime
import io
import logging
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final, NamedTuple

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from marsad.model.errors import BrokenArchive, MarsadError, PageTooLarge

_CHUNK: Final = 1 << 20
_MAX_HEAD: Final = 1 << 18
_KINDS: Final = ("response", "resource")
_PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
_BLANK: Final = (b"\r\n", b"\n")
_VERSION: Final = b"WARC/1.1\r\n"  # in place of the record's own, as warcio stops the archive at one it does not know
logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of spaces in addresses, which it repairs itself


class Captured(NamedTuple):
    """A page of an archive: its bytes or the error in its place, its address, the day of its capture."""

    data: bytes | None
    url: str | None
    captured: datetime.date | None
    error: MarsadError | None = None


class _Source:
    """A stream whose heads (all that is read line by line) are bounded; warcio asks no more of a stream than this."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self.left = _MAX_HEAD

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def readline(self, size: int | None = None) -> bytes:
        line = self._stream.readline(self.left + 1 if size is None else min(size, self.left + 1))
        self.left -= len(line)
        if self.left < 0:
            raise BrokenArchive("A record's header does not end.", self._name)
        return line


def read_warc(stream: IO[bytes], name: str, limit: int) -> Iterator[Captured]:
    """The pages of an archive in order.

    Args:
        stream: the archive, unpacked; it need not be seekable.
        name: its name, for errors.
        limit: the most bytes that one page may have.
    """
    source, loader, seen = _Source(stream, name), ArcWarcRecordLoader(), 0
    try:
        while (record := _next_record(source, loader, name)) is not None:
            seen += 1
            found = _captured(record, name, limit)
            if found is not None:
                yield found
    except MarsadError as error:
        yield Captured(None, None, None, error)
        return
    if not seen:
        yield Captured(None, None, None, BrokenArchive("It holds no records.", name))


def _next_record(source: _Source, loader: Any, name: str) -> Any | None:
    """The next record with its header read and its block still to be read, or None at the end."""
    source.left = _MAX_HEAD
    while (line := source.readline()) in _BLANK:
        pass
    if not line:
        return None
    if not line.upper().startswith(b"WARC/"):
        raise BrokenArchive("A record does not begin where it should.", name)
    record = loader.parse_record_stream(source, _VERSION, "warc", no_record_parse=True)
    length = record.rec_headers.get_header("Content-Length") or ""
    if not (length.isascii() and length.isdigit()):  # warcio reads on to the end of the archive, or nothing
        raise BrokenArchive("A record does not say how long it is.", name)
    return record


def _captured(record: Any, name: str, limit: int) -> Captured | None:
    """One record's page, the error in its place, or None where it holds none; the stream is left behind it."""
    wanted, too_large = record.rec_type in _KINDS, record.length > limit + _MAX_HEAD
    block = _block(record, name, keep=wanted and not too_large)
    if not wanted:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    day = _day(record.rec_headers.get_header("WARC-Date") or "")
    try:
        data = None if too_large else _page(block, record.content_type or "", limit, url or name)
        if too_large or (data is not None and len(data) > limit):
            raise PageTooLarge(f"It has more than {limit:,} bytes.", url or name)
    except MarsadError as error:
        return Captured(None, url, day, error)
    return None if data is None else Captured(data, url, day)


def _block(record: Any, name: str, keep: bool) -> bytes:
    """The record's block, read to its end and empty where it is not kept; warcio gives a short one without a word."""
    kept, left = bytearray(), record.length
    while left > 0:
        piece = record.raw_stream.read(min(left, _CHUNK))
        if not piece:
            raise BrokenArchive("A record ends early.", name)
        left -= len(piece)
        if keep:
            kept += piece
    return bytes(kept)


def _page(block: bytes, kind: str, limit: int, page: str) -> bytes | None:
    """The page in a block, with the codings of its HTTP response undone; None for an image, a style, a failure."""
    body = block
    if kind.lower().startswith("application/http") and block:
        stream = io.BytesIO(block)
        http = StatusAndHeadersParser(ArcWarcRecordLoader.HTTP_TYPES, verify=False).parse(_Source(stream, page))
        if (status := http.get_statuscode()).isdigit() and status != "200":
            return None
        kind = http.get_header("Content-Type") or "text/html"
        body = stream.read()
        if kind.lower().startswith(_PAGES):
            body = _decoded(body, http, limit, page)
    return body if kind.lower().startswith(_PAGES) else None


def _decoded(body: bytes, http: Any, limit: int, page: str) -> bytes:
    """A body without its transfer and content codings; archives often keep the headers of codings already undone."""
    if "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        body = ChunkedDataReader(io.BytesIO(body)).read()
    coding = (http.get_header("Content-Encoding") or "").lower()
    if coding == "deflate" or (coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b")):
        return _unpacked(body, limit, page)
    if coding in ("br", "zstd") and body.lstrip()[:1] != b"<":
        raise BrokenArchive(f"The page is packed as {coding}, which is not read.", page)
    return body


def _unpacked(body: bytes, limit: int, page: str) -> bytes:
    """A packed body, no more than one byte over the limit; deflate comes with and without its zlib header."""
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


def _day(stamp: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(stamp[:10])
    except ValueError:
        return None
