"""`marsad export`: a ledger's incidents in the field's formats, and its pages with what persons decided of them."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, Final

from marsad.cli.ledger import opened
from marsad.cli.read import ALL_READ, USAGE, complain
from marsad.export import FORMATS, PageInfo, write
from marsad.ledger.model import Incident, Mention
from marsad.model.errors import BadFilter, CannotWrite, MarsadError
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
                _write(ledger, format, wanted, sys.stdout.buffer)
                sys.stdout.buffer.flush()
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
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as stream:
            _write(ledger, format, wanted, stream)
        part.replace(out)
    except OSError as error:
        raise CannotWrite(f"{error.strerror or error}.", str(out)) from error
    finally:
        part.unlink(missing_ok=True)
