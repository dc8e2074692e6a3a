"""Marsad reads Arabic conflict news into a sourced record: who said what through whom, who did what to whom.

>>> import marsad
>>> record = marsad.read(pathlib.Path("page.html"), published="2020-10-15")   # doctest: +SKIP
>>> record.events_table()                                                      # doctest: +SKIP
>>> with marsad.Ledger.open("karabakh.marsad") as ledger:                       # doctest: +SKIP
...     rows = ledger.table(marsad.Filter(types=("ASSAULT",)))
"""

from __future__ import annotations

import datetime
import pathlib
from typing import TYPE_CHECKING

from marsad.model.errors import MarsadError

if TYPE_CHECKING:
    from marsad.model.record import Record
    from marsad.store.filters import Filter
    from marsad.store.ledger import Ledger

__all__ = ["Filter", "Ledger", "MarsadError", "Record", "read"]


def read(
    page: bytes | str | pathlib.Path,
    *,
    published: str | datetime.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Record:
    """Read one Arabic news page into its sourced record.

    Args:
        page: the page as bytes (HTML or text in any encoding), as a string (HTML or text), or as a file's path.
        published: the day of publication, `YYYY-MM-DD` or a date, where the caller knows it.
        url: the page's address, kept in the record and used as evidence for its day.
        publisher: the outlet's name.

    Returns:
        The record: `marsad.record/1`.

    Raises:
        MarsadError: the page cannot be read; its `code` says why.
    """
    from marsad.reading.single import read_one

    return read_one(page, published=published, url=url, publisher=publisher)


def __getattr__(name: str) -> object:
    # Loaded when first used, so that `marsad --help` starts at once.
    if name == "Record":
        from marsad.model.record import Record

        return Record
    if name == "Ledger":
        from marsad.store.ledger import Ledger

        return Ledger
    if name == "Filter":
        from marsad.store.filters import Filter

        return Filter
    raise AttributeError(name)
