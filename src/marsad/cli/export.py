"""`marsad export`: a ledger's incidents in the field's formats, and its pages with what persons decided of them."""

from __future__ import annotations

import errno
import os
import pathlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from tempfile import mkstemp
from typing import BinaryIO, Final

from marsad.cli.ledger import opened
from marsad.cli.read import ALL_READ, USAGE, complain
from marsad.export import FORMATS, PageInfo, write
from marsad.ledger.model import Incident, Mention
from marsad.model.errors import BadFilter, CannotWrite, DiskFull, MarsadError
from marsad.review.formats import REVIEW_FORMATS, write_reviewed
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.reviewed import reviewed_pages

_PAGES: Final = 256  # that are kept in memory: an incident's pages are asked for again and again


class LedgerSource:
    """A ledger as the exporters see it.

    Args:
        ledger: the ledger, open.
        wanted: which incidents.
    """

    def __init__(self, ledger: Ledger, wanted: Filter) -> None:
        self._ledger = ledger
        self._wanted = wanted
        self.page = lru_cache(_PAGES)(self._page)

    def incidents(self) -> Iterator[tuple[Incident, tuple[Mention, ...]]]:
        """The incidents by day, each with its mentions."""
        for incident in self._ledger.incidents(self._wanted):
            yield incident, tuple(self._ledger.mentions(incident))

    def _page(self, page_id: str) -> PageInfo | None:
        record, captured = self._ledger.record(page_id), self._ledger.captured(page_id)
        if record is None:
            return None
        page = record.page
        return PageInfo(
            id=page_id, sha256=page.sha256, url=page.url, publisher=page.publisher, headline=page.headline,
            first=page.published.first, last=page.published.last, basis=page.published.basis, added=captured,
            text=page.text, language=page.language,
        )  # fmt: skip


def run(path: pathlib.Path, format: str, wanted: Filter, *, out: pathlib.Path | None) -> int:
    """Export a ledger.

    Args:
        path: the ledger's file.
        format: one of `marsad.export.FORMATS` or of `marsad.review.formats.REVIEW_FORMATS`.
        wanted: which incidents.
        out: the file to write; standard output without one.

    Returns:
        The exit status: 0, or 2 where the ledger, the format or the file is wrong.
    """
    try:
        if format not in (*FORMATS, *REVIEW_FORMATS):
            raise BadFilter(f"«{format}» is no format; there are {', '.join((*FORMATS, *REVIEW_FORMATS))}.")
        with opened(path) as ledger:
            if out is None:
                _write_out(ledger, format, wanted)
            else:
                _write_file(ledger, format, wanted, out)
    except MarsadError as error:
        complain(error)
        return USAGE
    return ALL_READ


def _write(ledger: Ledger, format: str, wanted: Filter, stream: BinaryIO) -> None:
    if format in REVIEW_FORMATS:
        judged = format in ("gold", "training")  # of pages that nobody has looked at they have nothing to say
        write_reviewed(format, reviewed_pages(ledger, wanted, judged=judged), stream)
    else:
        write(format, LedgerSource(ledger, wanted), stream)


def _write_file(ledger: Ledger, format: str, wanted: Filter, out: pathlib.Path) -> None:
    """Write beside the file and put it in its place when it is whole, so that no half is ever taken for an export."""
    target = out.resolve()  # a link stays, and what it leads to is written
    if target.exists() and not target.is_file():  # a pipe or a device is written as it stands
        with _told(out), target.open("wb") as stream:
            _write(ledger, format, wanted, stream)
        return
    with _told(out):
        handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
        part = pathlib.Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                _write(ledger, format, wanted, stream)
            part.chmod(0o666 & ~_umask())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _write_out(ledger: Ledger, format: str, wanted: Filter) -> None:
    """Write to standard output, which a reader may close early."""
    try:
        with _told(None):
            _write(ledger, format, wanted, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    except (BrokenPipeError, DiskFull, CannotWrite) as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes the rest at its end
        if not isinstance(error, BrokenPipeError):
            raise


@contextmanager
def _told(out: pathlib.Path | None) -> Iterator[None]:
    """The system's errors of writing become ours; that a reader has gone stays what it is."""
    where = str(out) if out else "standard output"
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        kind = DiskFull if error.errno == errno.ENOSPC else CannotWrite
        raise kind(f"{error.strerror or error}.", where) from error


def _umask() -> int:
    """The process's mask, by which a new file's rights are cut; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
