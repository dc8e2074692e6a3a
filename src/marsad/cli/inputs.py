"""What `marsad read` is given, as single pages: files of every kind, folders, addresses, standard input.

One bad page never stops the run: what cannot be opened or decoded is given as an `Input` that carries its error.
"""

from __future__ import annotations

import datetime
import gzip
import io
import pathlib
import sys
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from marsad.model.errors import BadLine, BrokenArchive, MarsadError, NotFound, PageTooLarge

MAX_PAGE_BYTES: Final = 30 * 1024 * 1024
PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".txt", ".jsonl", ".ndjson", ".warc", ".gz")
_CHUNK: Final = 1 << 20


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One page to read, with what its container says of it; or the error that stands in its place."""

    id: str | None = None
    data: bytes | str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    headline: str | None = None
    captured: datetime.date | None = None
    error: MarsadError | None = None
    label: str = ""


def open_inputs(names: list[str], limit: int = MAX_PAGE_BYTES) -> Iterator[Input]:
    """The pages of paths, folders, addresses and `-`, in order; folders in order of their files' names.

    Args:
        names: as given on the command line.
        limit: the most bytes that one page may have once decompressed.
    """
    for name in names:
        if name == "-":
            yield from _stream(sys.stdin.buffer, "-", limit)
        elif name.startswith(("http://", "https://")):
            yield _fetched(name)
        else:
            yield from _path(pathlib.Path(name), limit)


def _fetched(address: str) -> Input:
    from marsad.cli.fetch import fetch

    try:
        page = fetch(address)
    except MarsadError as error:
        return Input(error=error, label=address)
    return Input(data=page.data, url=page.url, captured=page.captured, label=address)


def _path(path: pathlib.Path, limit: int) -> Iterator[Input]:
    if path.is_dir():
        for child in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in PAGE_SUFFIXES):
            yield from _path(child, limit)
        return
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), limit)
    except OSError as error:
        yield Input(error=NotFound(f"{error.strerror or 'It cannot be opened'}.", str(path)), label=str(path))


def _stream(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    lower = name.lower()
    if lower.endswith((".warc", ".warc.gz")):
        yield from _warc(stream, name, limit)
    elif lower.endswith((".jsonl.gz", ".ndjson.gz")):
        yield from _lines(_guarded(gzip.GzipFile(fileobj=stream), name), name, limit)
    elif lower.endswith((".jsonl", ".ndjson")):
        yield from _lines(stream, name, limit)
    elif lower.endswith(".gz"):
        yield _whole(_guarded(gzip.GzipFile(fileobj=stream), name), name, limit)
    else:
        yield from _plain(stream, name, limit)


def _plain(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    """A page, or JSON lines on standard input: told apart by the first byte."""
    page = _whole(stream, name, limit)
    data = page.data
    if name == "-" and isinstance(data, bytes) and data.lstrip()[:1] == b"{":
        yield from _lines(io.BytesIO(data), name, limit)
    else:
        yield page


def _whole(stream: IO[bytes], name: str, limit: int) -> Input:
    try:
        data = stream.read(limit + 1)
    except MarsadError as error:
        return Input(error=error, label=name)
    if len(data) > limit:
        return Input(error=PageTooLarge(f"It has more than {limit:,} bytes.", name), label=name)
    return Input(data=data, label=name)


class _Guarded(io.RawIOBase):
    """A decompressing stream whose own errors become ours."""

    def __init__(self, inner: Any, name: str) -> None:
        self._inner = inner
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise BrokenArchive(f"The gzip data is damaged: {error}.", self._name) from error
        buffer[: len(data)] = data
        return len(data)


def _guarded(inner: Any, name: str) -> IO[bytes]:
    return io.BufferedReader(_Guarded(inner, name), _CHUNK)


def _lines(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    number = 0
    while True:
        label = f"{name}:{number + 1}"
        try:
            line = stream.readline(limit + 1)
        except MarsadError as error:
            yield Input(error=error, label=label)
            return
        if not line:
            return
        number += 1
        if len(line) > limit:
            yield Input(error=PageTooLarge(f"Line {number} has more than {limit:,} bytes.", label), label=label)
            return
        if line.strip():
            yield _line(line, label)


def _line(line: bytes, label: str) -> Input:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as error:
        return Input(error=BadLine(f"It is not JSON: {error}.", label), label=label)
    if not isinstance(row, dict) or not isinstance(row.get("html", row.get("text")), str):
        return Input(error=BadLine('It has no "text" and no "html".', label), label=label)
    get = lambda key: value if isinstance(value := row.get(key), str) and value else None  # noqa: E731
    html = get("html")
    return Input(
        id=str(row["id"]) if row.get("id") is not None else None, data=html or row.get("text") or "", url=get("url"),
        publisher=get("publisher"), published=get("published"), headline=None if html else get("headline"),
        label=str(row.get("id") or label),
    )  # fmt: skip


def _warc(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    from fastwarc.stream_io import FastWARCError, GZipStream, PythonIOStreamAdapter
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    source = PythonIOStreamAdapter(stream)
    records = GZipStream(source) if name.lower().endswith(".gz") else source
    seen = 0
    try:
        for record in ArchiveIterator(records, record_types=WarcRecordType.response | WarcRecordType.resource):
            seen += 1
            kind = record.http_content_type or record.headers.get("Content-Type", "")
            if "html" in kind or "text/plain" in kind:
                yield _warc_page(record, name, limit)
    except (FastWARCError, OSError, EOFError, ValueError) as error:
        yield Input(error=BrokenArchive(f"The WARC data is damaged after {seen} records: {error}.", name), label=name)
        return
    if not seen:
        yield Input(error=BrokenArchive("It holds no response records.", name), label=name)


def _warc_page(record: Any, name: str, limit: int) -> Input:
    url = record.headers.get("WARC-Target-URI")
    stamp = (record.headers.get("WARC-Date") or "")[:10]
    data = record.reader.read(limit + 1)
    label = url or name
    if len(data) > limit:
        return Input(error=PageTooLarge(f"It has more than {limit:,} bytes.", label), label=label)
    try:
        captured = datetime.date.fromisoformat(stamp)
    except ValueError:
        captured = None
    return Input(data=data, url=url, captured=captured, label=label)
