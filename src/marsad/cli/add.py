"""`marsad add`: pages into the ledger, read by several processes, written by one."""

from __future__ import annotations

import os
import pathlib
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from marsad.cli.inputs import Input, open_inputs
from marsad.cli.read import ALL_READ, SOME_NOT_READ, USAGE, Given, complain, count_pages, speak_utf8
from marsad.model.errors import MarsadError
from marsad.show.marked import flat
from marsad.store.ledger import Ledger
from marsad.store.work import Done, Job, job, read_job
from marsad.store.work import Given as Said

_CHUNK: Final = 16  # pages of one task: fewer cost more in passing them on, more make the bar jump
_BATCH: Final = 64  # pages of one transaction
_LOOK: Final = 0.5  # seconds after which a reading process looks whether its parent still lives
_AHEAD: Final = 4  # tasks that wait for each process


def run(
    pages: list[str], into: pathlib.Path, *, published: str | None, publisher: str | None, limit: int, processes: int
) -> int:
    """Read pages and put them into a ledger.

    Args:
        pages: files, folders, addresses, `-`.
        into: the ledger's file; it is made where it does not exist.
        published, publisher: what the caller knows of the pages.
        limit: the largest page that is read, in bytes.
        processes: how many processes read; 0 for as many as there are cores.

    Returns:
        The exit status: 0 all pages are in, 1 some could not be read, 2 the ledger cannot be used, 130 interrupted.
    """
    from marsad.reading.single import day

    speak_utf8()
    try:
        given = Given(day(published), publisher, None)
        with Ledger.open(into, create=True) as ledger, _Bar(count_pages(pages)) as bar:
            return _add(ledger, open_inputs(pages, limit), given, processes or os.cpu_count() or 1, bar)
    except MarsadError as error:
        complain(error)
        return USAGE


def _add(ledger: Ledger, inputs: Iterable[Input], given: Given, processes: int, bar: _Bar) -> int:
    try:
        for batch in _batches(_read(_fresh(ledger, inputs, given, bar), processes)):
            ledger.write(batch)
            bar.wrote(batch)
        ledger.settle(bar.settling)
    except KeyboardInterrupt:
        bar.say(f"interrupted: {bar.written} pages are kept; the same command goes on where it stopped")
        return 130
    bar.say(bar.summary(ledger))
    return SOME_NOT_READ if bar.failed or not bar.seen else ALL_READ


def _fresh(ledger: Ledger, inputs: Iterable[Input], given: Given, bar: _Bar) -> Iterator[Job]:
    """The pages that the ledger does not hold yet."""
    waiting: list[Job] = []
    seen: set[str] = set()
    for page in inputs:
        if page.error is not None or page.data is None:
            bar.refused(page.error or MarsadError("There is nothing to read.", page.label))
            continue
        todo = job(page.data, _said(page, given))
        if todo.digest in seen:
            bar.skipped(1)
            continue
        seen.add(todo.digest)
        waiting.append(todo)
        bar.labels[todo.digest] = page.label
        if len(waiting) == _BATCH:
            yield from _unknown(ledger, waiting, bar)
            waiting = []
    yield from _unknown(ledger, waiting, bar)


def _said(page: Input, given: Given) -> Said:
    return Said(
        id=page.id, url=page.url, publisher=page.publisher or given.publisher,
        published=page.published or given.published, headline=page.headline, captured=page.captured,
    )  # fmt: skip


def _unknown(ledger: Ledger, jobs: Sequence[Job], bar: _Bar) -> Iterator[Job]:
    known = ledger.knows(jobs) if jobs else set()
    for digest in known:
        bar.labels.pop(digest, None)
    bar.skipped(len(known))
    return (todo for todo in jobs if todo.digest not in known)


def _read(jobs: Iterator[Job], processes: int) -> Iterator[Done]:
    """The pages read, in order; no more of them wait than the processes can soon take up."""
    warm_up()  # before the processes part, so that they share the language pack's memory
    pool: Executor | None = ProcessPoolExecutor(processes, initializer=depend) if processes > 1 else None
    with pool or nullcontext():
        if pool is None:
            yield from map(read_job, jobs)
            return
        running: deque[Future[list[Done]]] = deque()
        try:
            for chunk in _chunks(jobs, _CHUNK):
                running.append(pool.submit(read_chunk, chunk))
                if len(running) >= processes * _AHEAD:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def depend() -> None:
    """Make a reading process leave Ctrl-C to its parent, and end with it however that ends: killed, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def read_chunk(jobs: list[Job]) -> list[Done]:
    """Read several pages in a process of their own.

    Args:
        jobs: the pages.
    """
    return [read_job(todo) for todo in jobs]


def warm_up() -> None:
    """Load the language pack and the models by reading a sentence."""
    read_job(job("قصف الجيش مواقع المسلحين في المدينة.", Said()))


def _chunks(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    for todo in jobs:
        chunk.append(todo)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _batches(pages: Iterable[Done]) -> Iterator[list[Done]]:
    batch: list[Done] = []
    for page in pages:
        batch.append(page)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Bar:
    """What the user sees: a progress bar on a terminal, a sentence at the end everywhere."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self.written = self.failed = self.known = 0
        self.labels: dict[str, str] = {}  # of the pages that are not written yet: files, lines, addresses
        self._progress: Progress | None = None
        self._task = TaskID(0)

    @property
    def seen(self) -> int:
        return self.written + self.failed + self.known

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"),
                TimeRemainingColumn(),
            )  # fmt: skip
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task("reading", total=self._total, note="")
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def wrote(self, pages: Sequence[Done]) -> None:
        """Pages are in the file."""
        for page in pages:
            label = self.labels.pop(page.job.digest, page.job.id)
            if page.error is not None:
                self.failed += 1
                complain_of(page, label)
            else:
                self.written += 1
        self._show()

    def refused(self, error: MarsadError) -> None:
        """A page could not even be opened."""
        self.failed += 1
        complain(error)
        self._show()

    def skipped(self, pages: int) -> None:
        """Pages are known already."""
        self.known += pages
        self._show()

    def _show(self) -> None:
        if self._progress is not None:
            speed = self._progress.tasks[self._task].speed
            note = f"{self.failed} not read, {speed or 0:.0f} a second"
            self._progress.update(self._task, completed=self.seen, note=note)

    def settling(self, step: str, done: int, of: int) -> None:
        """The incidents are being put right."""
        if self._progress is not None:
            self._progress.update(self._task, description=step, completed=done, total=of, note="")

    def say(self, text: str) -> None:
        """One sentence for people, on standard error."""
        sys.stderr.write(f"marsad: {text}\n")

    def summary(self, ledger: Ledger) -> str:
        """What came of it."""
        parts = [f"{self.written} pages added"]
        if self.known:
            parts.append(f"{self.known} known already")
        if self.failed:
            parts.append(f"{self.failed} not read")
        return f"{', '.join(parts)}; {ledger.path} holds {ledger.stats()['incidents told as news']} incidents"


def complain_of(page: Done, label: str) -> None:
    """Say on standard error why a page could not be read; nothing in it can steer the terminal."""
    sys.stderr.write(f"marsad: {page.error} {flat(label)}: {flat(page.message or '')}\n")
