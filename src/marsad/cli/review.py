"""What the commands of the review do: `judge`, `undo`, `reviews`, `judgements`, `import`."""

from __future__ import annotations

import getpass
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from marsad.cli.judge import now
from marsad.cli.ledger import Row, answer, opened
from marsad.cli.read import ALL_READ, SOME_NOT_READ, USAGE, complain, speak_utf8
from marsad.model.errors import BadJudgement, CannotWrite, MarsadError, NotFound
from marsad.review.agreement import Agreement
from marsad.review.labelstudio import decisions
from marsad.review.model import Judgement, Reviewed
from marsad.store.filters import Filter
from marsad.store.holds import Hold, Holds
from marsad.store.ledger import Ledger
from marsad.store.people import People
from marsad.store.review import Review
from marsad.store.reviewed import read_tasks
from marsad.store.reviewed import take_in as taken_in

_TABLE: Final = ("number", "at", "by", "kind", "mention", "data")


def judge(
    path: pathlib.Path, mention: str, kind: str, *, fields: Iterable[str], note: str | None, adjudged: str | None,
    by: str | None,
) -> int:  # fmt: skip
    """Decide on a mention.

    Args:
        path: the ledger's file.
        mention: its id, or its first digits.
        kind: what is decided.
        fields: values that are changed, `NAME=JSON`.
        note: words to be kept beside it; the note itself where `kind` is that.
        adjudged: the verdict of an adjudication.
        by: who decides; the user's name by default.
    """

    def decide(review: Review) -> str:
        who, at = by or getpass.getuser(), now()
        subject = review.card(mention).subject
        data = {"fields": _fields(fields), "verdict": adjudged, "text": note}
        found = review.judge(subject, kind, by=who, at=at, data=data)
        if note is not None and kind != "note":
            found = review.judge(subject, "note", by=who, at=at, data={"text": note})
        return _told(found)

    return _deciding(path, decide)


def _fields(given: Iterable[str]) -> dict[str, Any]:
    """Values from `NAME=JSON`; what is no JSON is taken as a text, so that `type=PROTEST` needs no quotes."""
    found: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise BadJudgement(f"«{one}» is no NAME=JSON.")
        try:
            found[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            found[name] = value
    return found


def _told(found: Reviewed) -> str:
    outcome = f": {found.verdict}" if found.verdict else ""
    return f"{found.subject} is {found.state.replace('_', ' ')}{outcome}"


def undo(path: pathlib.Path, number: int | None, *, by: str | None) -> int:
    """Take back a decision.

    Args:
        path: the ledger's file.
        number: the judgement's number; None for the last one.
        by: whose; the user's name by default.
    """

    def decide(review: Review) -> str:
        taken = review.undo(by=by or getpass.getuser(), at=now(), seq=number)
        return f"{taken.kind} of {taken.at} is taken back" if taken else "there is nothing to take back"

    return _deciding(path, decide)


def _deciding(path: pathlib.Path, decide: Callable[[Review], str]) -> int:
    speak_utf8()
    try:
        with opened(path, write=True) as ledger:
            said = decide(Review(ledger))
    except MarsadError as error:
        complain(error)
        return USAGE
    sys.stdout.write(said + "\n")
    return ALL_READ


def reviews(path: pathlib.Path, wanted: Filter, *, coders: int | None, share: float | None, as_json: bool) -> int:
    """Show how far the review is.

    Args:
        path: the ledger's file.
        wanted: of which incidents.
        coders, share: how the ledger shall be reviewed from now on; None leaves it as it is.
        as_json: one JSON object, all that is known.
    """
    speak_utf8()
    try:
        changes = coders is not None or share is not None
        with opened(path, write=changes) as ledger:
            review = Review(ledger)
            if changes:
                was = review.settings
                review.configure(
                    coders=was.coders if coders is None else coders, share=was.share if share is None else share
                )
            told = _state(ledger, review, wanted)
    except MarsadError as error:
        complain(error)
        return USAGE
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n" if as_json else "".join(_lines(told)))
    return ALL_READ


def _state(ledger: Ledger, review: Review, wanted: Filter) -> dict[str, Any]:
    return {
        "cards": review.queue(wanted)._asdict(),
        "settings": review.settings._asdict(),
        "holds": [hold._asdict() for hold in _holds(ledger.path)],
        "agreement": review.agreement(),
    }


def _holds(path: pathlib.Path) -> list[Hold]:
    """Who holds what; nobody where there is no desk beside the ledger."""
    if not People.path_beside(path).exists():
        return []
    with People.beside(path) as people:
        return Holds(people).all()


def _lines(told: dict[str, Any]) -> Iterator[str]:
    for state, count in told["cards"].items():
        yield f"{count:>8}  {state.replace('_', ' ')}\n"
    settings = told["settings"]
    share = "" if settings["coders"] == 1 or settings["share"] == 1 else f", {settings['share']:.0%} of the cards"
    yield f"{settings['coders']:>8}  coders of a card{share}\n"
    for hold in told["holds"]:
        yield f"          {hold['subject']} is held until {hold['until']} by {hold['user']}\n"
    for found in told["agreement"]:
        if found.n:
            yield _agreed(found)


def _agreed(found: Agreement) -> str:
    kappa = "undefined" if found.kappa is None else f"{found.kappa:.2f}"
    return f"{found.n:>8}  coded twice, {found.field}: {found.observed:.0%} agree, κ {kappa}\n"


def judgements(
    path: pathlib.Path, *, mention: str | None, by: str | None, limit: int, as_json: bool, as_csv: bool
) -> int:
    """List what persons have decided.

    Args:
        path: the ledger's file.
        mention: of one mention.
        by: of one person.
        limit: how many rows at most.
        as_json, as_csv: how it is printed.
    """

    def rows(ledger: Ledger) -> Iterator[Row]:
        review = Review(ledger)
        if mention is None:
            found = review.history(by=by, limit=limit)
        else:
            log = review.judgements(review.card(mention).subject)[::-1]
            found = [line for line in log if by in (None, line.by)][:limit]
        return (_row(line) for line in found)

    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=_TABLE)


def _row(line: Judgement) -> Row:
    data = {name: value for name, value in line.data.items() if name != "seen" and value}
    shown = msgspec.json.encode(data).decode() if data else ""
    return {"number": line.seq, "at": line.at, "by": line.by, "kind": line.kind, "mention": line.subject, "data": shown}


def take_in(path: pathlib.Path, file: pathlib.Path, *, by: str | None) -> int:
    """Take in what was decided in Label Studio.

    Args:
        path: the ledger's file.
        file: what it has exported.
        by: whose annotations they are, where the file does not say a name.

    Returns:
        The exit status: 0, 1 where some could not be taken, 2 where the ledger or the file is wrong.
    """
    speak_utf8()
    try:
        tasks = read_tasks(_bytes(file), str(file))
        with opened(path, write=True) as ledger:
            taken = taken_in(ledger, decisions(tasks, str(file), by), at=now())
    except MarsadError as error:
        complain(error)
        return USAGE
    for refused in taken.refused:
        complain(refused)
    words = f"{taken.new} decisions taken in, {taken.known} known already, {len(taken.refused)} refused"
    sys.stderr.write(f"marsad: {words}\n")
    return SOME_NOT_READ if taken.refused else ALL_READ


def _bytes(file: pathlib.Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("There is no such file.", str(file)) from error
    except OSError as error:
        raise CannotWrite(f"{error.strerror or error}.", str(file)) from error
