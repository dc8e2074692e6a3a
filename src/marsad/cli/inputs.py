"""What `marsad read` is given, as single pages: files of every kind, folders, addresses, standard input.

One bad page never stops the run: what cannot be opened or decoded is given as an `Input` that carries its error.
"""

from __future__ import annotations

import datetime
import gzip
import io
import pathlib
import re
import sys
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from marsad.model.errors import BadLine, BrokenArchive, MarsadError, NotFound, PageTooLarge

MAX_PAGE_BYTES: Final = 30 * 1024 * 1024
PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".txt", ".jsonl", ".ndjson", ".warc", ".gz")
_CHUNK: Final = 1 << 20
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_GZIP: Final = b"\x1f\x8b"
_HEAD: Final = 512


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
            yield from _standard_input(sys.stdin.buffer, limit)
        elif _ADDRESS.match(name):
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
    try:
        if path.is_dir():
            yield from _folder(path, limit)
            return
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "It cannot be opened"
        yield Input(error=NotFound(f"{reason}.", str(path)), label=str(path))


def _folder(path: pathlib.Path, limit: int) -> Iterator[Input]:
    children = folder_files(path)
    for child in children:
        yield from _path(child, limit)
    if not children:
        error = NotFound("No .html, .txt, .jsonl or .warc file is in it.", str(path))
        yield Input(error=error, label=str(path))


def folder_files(path: pathlib.Path) -> list[pathlib.Path]:
    """The files of a folder, and of the folders in it, that may be pages, in order of their names."""
    return sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in PAGE_SUFFIXES)


def _standard_input(stream: IO[bytes], limit: int, unpacked: bool = False) -> Iterator[Input]:
    """What comes without a name, told apart by its first bytes: gzip (once), WARC, JSON lines, else one page."""
    try:
        head = stream.read(_HEAD)
    except MarsadError as error:
        yield Input(error=error, label="-")
        return
    whole = io.BufferedReader(_Guarded(stream, "-", head), _CHUNK)
    if head.startswith(_GZIP) and not unpacked:
        yield from _standard_input(_unzipped(whole, "-"), limit, unpacked=True)
    elif head.startswith(b"WARC/"):
        yield from _warc(whole, "-", limit)
    elif head.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"{":
        yield from _lines(whole, "-", limit)
    else:
        yield _whole(whole, "-", limit)


def _stream(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    lower = name.lower()
    if lower.endswith((".warc", ".warc.gz")):
        yield from _warc(_unzipped(stream, name) if lower.endswith(".gz") else stream, name, limit)
    elif lower.endswith((".jsonl.gz", ".ndjson.gz")):
        yield from _lines(_unzipped(stream, name), name, limit)
    elif lower.endswith((".jsonl", ".ndjson")):
        yield from _lines(stream, name, limit)
    elif lower.endswith(".gz"):
        yield _whole(_unzipped(stream, name), name, limit)
    else:
        yield _whole(stream, name, limit)


def _whole(stream: IO[bytes], name: str, limit: int) -> Input:
    try:
        data = stream.read(limit + 1)
    except MarsadError as error:
        return Input(error=error, label=name)
    if len(data) > limit:
        return Input(error=PageTooLarge(f"It has more than {limit:,} bytes.", name), label=name)
    return Input(data=data, label=name)


class _Guarded(io.RawIOBase):
    """A stream whose own errors become ours, with what was read of it already (its head) put back before it."""

    def __init__(self, inner: Any, name: str, head: bytes = b"") -> None:
        self._inner = inner
        self._name = name
        self._head = io.BytesIO(head)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._head.read1(len(buffer)) or self._inner.read1(len(buffer))  # what came before the damage first
        except (EOFError, OSError, zlib.error) as error:
            raise BrokenArchive(f"The gzip data is damaged: {error}.", self._name) from error
        buffer[: len(data)] = data
        return len(data)


def _unzipped(stream: IO[bytes], name: str) -> IO[bytes]:
    return io.BufferedReader(_Guarded(gzip.GzipFile(fileobj=stream), name), _CHUNK)


def _lines(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    number = 0
    try:
        while line := stream.readline(limit + 1):
            number += 1
            line = line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line
            label = f"{name}:{number}"
            if len(line) > limit:
                _finish_line(stream, line)
                error = PageTooLarge(f"Line {number} has more than {limit:,} bytes.", label)
                yield Input(error=error, label=label)
            elif line.strip():
                yield _line(line, label)
    except MarsadError as error:
        yield Input(error=error, label=f"{name}:{number + 1}")


def _finish_line(stream: IO[bytes], line: bytes) -> None:
    """Pass over the rest of a line that is too long, so that the next one can be read."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)


def _line(line: bytes, label: str) -> Input:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return Input(error=BadLine(f"It is not JSON: {error}.", label), label=label)
    given = {k: v for k, v in row.items() if isinstance(v, str)} if isinstance(row, dict) else {}
    if "html" not in given and "text" not in given:
        return Input(error=BadLine('It has no "text" and no "html".', label), label=label)
    own_id = str(row["id"]) if isinstance(row.get("id"), str | int) and row["id"] != "" else None
    html = given.get("html") or None
    return Input(
        id=own_id, data=html or given.get("text", ""), url=given.get("url") or None,
        publisher=given.get("publisher") or None, published=given.get("published") or None,
        headline=None if html else given.get("headline") or None, label=own_id or label,
    )  # fmt: skip


def _warc(stream: IO[bytes], name: str, limit: int) -> Iterator[Input]:
    from marsad.cli.warc import read_warc

    for page in read_warc(stream, name, limit):
        yield Input(
            data=page.data, url=page.url, captured=page.captured, error=page.error, label=page.url or name
        )  # fmt: skip
