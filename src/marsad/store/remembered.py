"""What takes long to count is counted once for each state of a ledger's file, and shared by all who ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any, Final

from marsad.store.ledger import Ledger

Count = Callable[[Ledger], Any]
_KEPT: Final = 128  # answers, of all ledgers
_Key = tuple[Hashable, ...]


class _Memory:
    """Answers by what was asked of which state of which file; the least lately asked for are forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Future[Any]] = OrderedDict()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="marsad-count")

    def claim(self, key: _Key) -> tuple[Future[Any], bool]:
        """The place of an answer, and whether the caller is the one to fill it."""
        with self._lock:
            found = self._kept.get(key)
            mine = found is None or (found.done() and found.exception() is not None)  # what failed is tried again
            if found is None or mine:
                found = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found, mine

    def aside(self, work: Callable[[], None]) -> None:
        """Do a piece of work in a thread of its own, after those that wait there."""
        self._worker.submit(work)


_MEMORY: Final = _Memory()


def remembered(ledger: Ledger, what: Hashable, count: Count) -> Any:
    """What a count gives, counted at once where it is not known for this state of the file.

    Args:
        ledger: the ledger.
        what: names the count, with everything that it depends on besides the ledger.
        count: counts it.
    """
    answer, mine = _MEMORY.claim((*_state(ledger), what))
    if mine:
        _fill(answer, lambda: count(ledger))
    return answer.result()


def counted_aside(ledger: Ledger, what: Hashable, count: Count, patience: float) -> Any | None:
    """What a count gives, counted in the background; None while that goes on.

    Args:
        ledger: the ledger; the background opens it anew.
        what: names the count.
        count: counts it.
        patience: seconds to wait for it.
    """
    answer, mine = _MEMORY.claim((*_state(ledger), what))
    if mine:
        _MEMORY.aside(lambda: _fill(answer, lambda: _opened(ledger, count)))
    try:
        return answer.result(timeout=patience)
    except NotYet:
        return None


def _opened(ledger: Ledger, count: Count) -> Any:
    with Ledger.open(ledger.path) as own:
        return count(own)


def _fill(answer: Future[Any], count: Callable[[], Any]) -> None:
    """Whatever goes wrong goes to all who wait, and none of them waits for ever."""
    try:
        answer.set_result(count())
    except BaseException as error:  # noqa: BLE001 - handed on, not swallowed
        answer.set_exception(error)


def _state(ledger: Ledger) -> _Key:
    """What changes with every commit: the times and sizes of the file and of the log beside it."""
    files = (ledger.path, ledger.path.with_name(ledger.path.name + "-wal"))
    marks = [(s.st_ino, s.st_mtime_ns, s.st_size) for f in files if f.exists() and (s := f.stat())]
    return (str(ledger.path.absolute()), *marks)
