"""`marsad read`: pages in, readings or records out; data on stdout, words on stderr."""

from __future__ import annotations

import io
import pathlib
import sys
from typing import Final, NamedTuple

import msgspec

from marsad.cli.inputs import Input, folder_files, open_inputs
from marsad.model.errors import MarsadError
from marsad.model.record import Record
from marsad.show.marked import flat

ALL_READ: Final = 0
SOME_NOT_READ: Final = 1
USAGE: Final = 2


class Given(NamedTuple):
    """What the caller says of all pages; a page's own container goes first."""

    published: str | None
    publisher: str | None
    url: str | None


def run(
    pages: list[str],
    *,
    published: str | None,
    publisher: str | None,
    url: str | None,
    as_json: bool,
    html: pathlib.Path | None,
    limit: int,
) -> int:
    """Read pages and print them.

    Args:
        pages: files, folders, addresses, `-`.
        published, publisher, url: what the caller knows of the pages.
        as_json: print records instead of readings.
        html: also write the readings as a page.
        limit: the largest page that is read, in bytes.

    Returns:
        The exit status: 0 all pages were read, 1 some were not, 2 the call itself is wrong.
    """
    from marsad.reading.single import day

    speak_utf8()
    try:
        given = Given(day(published), publisher, url)
    except MarsadError as error:
        complain(error)
        return USAGE
    if html is not None and not _can_hold(html):
        sys.stderr.write(f"marsad: {html} cannot be written: its folder does not exist, or it is a folder itself\n")
        return USAGE
    records: list[Record] = []
    failed = seen = 0
    with _progress(pages) as progress:
        for page in open_inputs(pages, limit):
            seen += 1
            result = read_input(page, given)
            progress.step(isinstance(result, MarsadError))
            if isinstance(result, MarsadError):
                failed += 1
            elif html is not None:
                records.append(result)
            _print(result, as_json=as_json, quiet=html is not None)
    if html is not None and records and not _write_html(html, records):
        return SOME_NOT_READ
    return SOME_NOT_READ if failed or not seen else ALL_READ


def read_input(page: Input, given: Given) -> Record | MarsadError:
    """Read one input; its error is returned, so that the run goes on.

    Args:
        page: the input.
        given: what the caller says of all pages.
    """
    from marsad.reading.single import read_one

    if page.error is not None or page.data is None:
        return page.error or MarsadError("There is nothing to read.", page.label)
    try:
        return read_one(
            page.data, published=page.published or given.published, url=page.url or given.url,
            publisher=page.publisher or given.publisher, headline=page.headline, record_id=page.id,
            captured=page.captured,
        )  # fmt: skip
    except MarsadError as error:
        error.page = page.label
        return error


def _print(result: Record | MarsadError, *, as_json: bool, quiet: bool) -> None:
    if isinstance(result, MarsadError):
        if as_json:
            sys.stdout.write(_error_line(result) + "\n")
        complain(result)
    elif as_json:
        sys.stdout.write(result.to_json() + "\n")
    elif not quiet:
        from marsad.show.terminal import show

        show(result)


def _error_line(error: MarsadError) -> str:
    """The error as `marsad.error/1`; file names that are not UTF-8 keep their bytes as escapes."""
    row = {k: v.encode("utf-8", "backslashreplace").decode() if v else v for k, v in error.to_dict().items()}
    return msgspec.json.encode(row).decode()


def complain(error: MarsadError) -> None:
    """Say on standard error what happened, to which page, and what to do; nothing in it can steer the terminal."""
    where = f" {flat(error.page)}:" if error.page else ""
    sys.stderr.write(f"marsad: {error.code}{where} {flat(error.message)} {error.hint}\n")


def speak_utf8() -> None:
    """Print UTF-8 whatever the locale: records are UTF-8, and Arabic has no place in a C locale's ASCII."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _can_hold(path: pathlib.Path) -> bool:
    return path.parent.is_dir() and not path.is_dir()


def _write_html(path: pathlib.Path, records: list[Record]) -> bool:
    from marsad.show.html import render

    try:
        path.write_text(render(records), encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"marsad: {path} cannot be written: {error.strerror}\n")
        return False
    sys.stderr.write(f"marsad: {path} holds {len(records)} reading{'s' if len(records) > 1 else ''}\n")
    return True


class _Bar:
    """A progress bar on a terminal, and nothing elsewhere."""

    def __init__(self, total: int | None, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._failed = 0
        self._progress: object | None = None

    def __enter__(self) -> _Bar:
        if self._shown:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("reading"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[failed]} not read"),
            )
            progress = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            progress.start()
            self._task = progress.add_task("reading", total=self._total, failed=0)
            self._progress = progress
        return self

    def step(self, failed: bool) -> None:
        """One page more."""
        self._failed += failed
        if self._progress is not None:
            self._progress.update(self._task, advance=1, failed=self._failed)  # type: ignore[attr-defined]

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()  # type: ignore[attr-defined]


def _progress(pages: list[str]) -> _Bar:
    """A bar where several pages are read on a terminal; its total where it can be counted cheaply."""
    many = len(pages) > 1 or any(_holds_many(name) for name in pages)
    shown = many and sys.stderr.isatty()
    return _Bar(count_pages(pages) if shown else None, shown)


def count_pages(names: list[str]) -> int | None:
    """How many pages there are, where it can be counted cheaply; None where it cannot.

    Args:
        names: files, folders, addresses, `-`.
    """
    return sum(_count(name) for name in names) or None


def _holds_many(name: str) -> bool:
    return pathlib.Path(name).is_dir() or name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".warc"))


def _count(name: str) -> int:
    path = pathlib.Path(name)
    if path.is_dir():
        return len(folder_files(path))
    if name.lower().endswith((".jsonl", ".ndjson")) and path.is_file():
        with path.open("rb") as lines:
            return sum(1 for _ in lines)
    return 0 if name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".warc")) else 1
