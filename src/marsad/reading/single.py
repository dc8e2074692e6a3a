"""One page in, one record out."""

from __future__ import annotations

import datetime
import hashlib
import pathlib
from typing import Final

from marsad.model.errors import BadDay, NotFound, PageTooLarge
from marsad.model.record import Page, Record
from marsad.page import read_page
from marsad.reading.reader import Reading, read_reading, to_record

MAX_BODY: Final = 200_000
MAX_PARAGRAPH: Final = 20_000


def read_one(
    page: bytes | str | pathlib.Path,
    *,
    published: str | datetime.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    headline: str | None = None,
    record_id: str | None = None,
    captured: datetime.date | None = None,
) -> Record:
    """Read one page; `marsad.read` with what an input line or an archive may add.

    Args:
        page: bytes, string or path.
        published, url, publisher: as in `marsad.read`.
        headline: the headline, where `page` is the text without it.
        record_id: the record's id; the SHA-256 of the bytes by default.
        captured: the day the bytes were captured, if known.

    Raises:
        MarsadError: the page cannot be read.
    """
    data = page_bytes(page)
    reading = read_page_reading(
        data, published=published, url=url, publisher=publisher, headline=headline, captured=captured
    )
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return to_record(reading, record_id or hashlib.sha256(raw).hexdigest())


def read_page_reading(
    data: bytes | str,
    *,
    published: str | datetime.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    headline: str | None = None,
    captured: datetime.date | None = None,
) -> Reading:
    """Read a page as far as the reading, for `explain`."""
    page = read_page(data, url=url, publisher=publisher, published=day(published), headline=headline, captured=captured)
    _check_size(page)
    return read_reading(page)


def _check_size(page: Page) -> None:
    """Refuse a body that no news page has: reading it would take minutes, and it is a dump or an attack.

    Raises:
        PageTooLarge: the body or one paragraph of it is beyond the limit.
    """
    sizes = [b.end - b.start for b in page.blocks if b.kind in ("lead", "paragraph", "duplicate")]
    if sum(sizes) > MAX_BODY or max(sizes, default=0) > MAX_PARAGRAPH:
        raise PageTooLarge(
            f"Its body has {sum(sizes):,} characters, the longest paragraph {max(sizes):,}; "
            f"at most {MAX_BODY:,} and {MAX_PARAGRAPH:,} are read."
        )


def page_bytes(page: bytes | str | pathlib.Path) -> bytes | str:
    """The page's bytes, or its string as it is.

    Raises:
        NotFound: the path cannot be read.
    """
    if not isinstance(page, pathlib.Path):
        return page
    try:
        return page.read_bytes()
    except OSError as error:
        raise NotFound(f"{error.strerror or 'It cannot be opened'}.", str(page)) from error


def day(value: str | datetime.date | None) -> str | None:
    """A day as `YYYY-MM-DD`.

    Raises:
        BadDay: it is no day of the calendar.
    """
    if value is None or isinstance(value, datetime.date):
        return value.isoformat()[:10] if value else None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise BadDay(f"{value!r} is not a day.") from error
