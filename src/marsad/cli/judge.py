"""The commands that change a ledger without adding pages: a person's merges and splits, and `rebuild`."""

from __future__ import annotations

import datetime
import getpass
import pathlib
import sys
from collections.abc import Callable

from marsad.cli.ledger import opened
from marsad.cli.read import ALL_READ, USAGE, complain, speak_utf8
from marsad.ledger.model import Incident
from marsad.model.errors import MarsadError
from marsad.store.ledger import Ledger


def merge(path: pathlib.Path, one: str, other: str, *, by: str | None) -> int:
    """Put two incidents together.

    Args:
        path: the ledger's file.
        one, other: their ids.
        by: who decides; the user's name by default.
    """
    return _judge(path, lambda ledger: ledger.merge(one, other, by=by or getpass.getuser(), at=now()))


def split(path: pathlib.Path, incident: str, mentions: list[str], *, by: str | None) -> int:
    """Take mentions out of an incident.

    Args:
        path: the ledger's file.
        incident: its id.
        mentions: ids of those that tell another incident.
        by: who decides; the user's name by default.
    """
    return _judge(path, lambda ledger: ledger.split(incident, mentions, by=by or getpass.getuser(), at=now()))


def now() -> str:
    """The moment, ISO 8601."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _judge(path: pathlib.Path, decide: Callable[[Ledger], Incident]) -> int:
    speak_utf8()
    try:
        with opened(path, write=True) as ledger:
            made = decide(ledger)
    except MarsadError as error:
        complain(error)
        return USAGE
    sys.stdout.write(f"{made.id} has {len(made.mentions)} mentions on {len(made.pages)} pages\n")
    return ALL_READ


def rebuild(path: pathlib.Path) -> int:
    """Make everything derivable anew from the pages' bytes and the judgements.

    Args:
        path: the ledger's file.
    """
    from rich.console import Console
    from rich.progress import Progress

    speak_utf8()
    try:
        with opened(path, write=True) as ledger, Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading")
            ledger.rebuild(lambda step, n, of: progress.update(task, description=step, completed=n, total=of))
            counts = ledger.stats()
    except MarsadError as error:
        complain(error)
        return USAGE
    sys.stdout.write(f"{path} is made anew: {counts['pages']} pages, {counts['incidents']} incidents\n")
    return ALL_READ
