"""The dictionary: the language pack's rows, how often each fired here, what waits to be known, rows proposed."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.model.errors import BadJudgement
from marsad.show.rules import columns, find_rule
from marsad.store.fired import Fired, fired
from marsad.store.proposed import ProposedRow, propose, proposed, withdraw
from marsad.store.remembered import counted_aside
from marsad.store.work import search_name
from marsad.web.desk import AtDesk, Desk, now
from marsad.web.pack import FORMS, MEANS, RECORDED, Entry, as_tsv, entries, wrong_with
from marsad.web.refusals import for_program
from marsad.web.screen import page, screen

router = APIRouter(tags=["dictionary"])
_HOME: Final = "/sources/dictionary"
_ROWS: Final = 100  # of the pack, at a time
_WAITING: Final = 25  # names and words that wait, shown of each
_PATIENCE: Final = 0.06  # seconds for which a screen waits for the counts

Order = Literal["fired", "file", "id"]


class Row(msgspec.Struct, frozen=True):
    """A row of the pack.

    Attributes:
        id, file, line: where it stands.
        forms, means, example: what it looks for (forms separated by `|`), what it takes it for, its example sentence.
        fired: how often it fired in this ledger; None where that is not kept, or not counted yet.
    """

    id: str
    file: str
    line: int
    forms: str
    means: str
    example: str
    fired: int | None


class PackFile(msgspec.Struct, frozen=True):
    """A file of the pack: how many rows it has, and how often they fired; None where that is not kept."""

    name: str
    rows: int
    fired: int | None


class OwnRule(msgspec.Struct, frozen=True):
    """A rule of the program itself, that no row of the pack stands for, and how often it fired."""

    id: str
    fired: int


class Waiting(msgspec.Struct, frozen=True):
    """A name without a code, or a word before a quotation that nobody was read as saying.

    Attributes:
        words: the name or the word; `kind` what the name was taken for, empty of a word.
        spoke, acted: how often it spoke, acted or was acted on; `times` how often in all.
        page, example: one page that holds it, and its words there.
    """

    words: str
    kind: str
    spoke: int
    acted: int
    times: int
    page: str
    example: str


class Dictionary(msgspec.Struct, frozen=True):
    """The pack as this ledger uses it.

    Attributes:
        counting: whether the counts are still being made; `records` how many records they were made from.
        rows: those of the pack that were asked for, 100 at a time; `total` how many there are, `page` which hundred.
        files: the pack's files.
        own: rules of the program itself that fired.
        names: names without a code that speak or act most often.
        words: words before a colon and a quotation that was not read as anybody's words.
        proposed: rows that persons proposed and that wait.
        q, file, order: what was asked for.
    """

    counting: bool
    records: int
    rows: list[Row]
    total: int
    page: int
    more: bool
    files: list[PackFile]
    own: list[OwnRule]
    names: list[Waiting]
    words: list[Waiting]
    proposed: list[ProposedRow]
    q: str
    file: str
    order: Order


@screen(router, _HOME, "dictionary.html", Dictionary)
def dictionary(
    desk: AtDesk,
    q: Annotated[str, Query(max_length=200, description="What a row holds: an id, a form, a code.")] = "",
    file: Annotated[str, Query(description="A file of the pack, e.g. say.tsv.")] = "",
    order: Annotated[Order, Query(description="What the rows are ordered by.")] = "fired",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Dictionary:
    """The pack's rows with how often each fired, and what waits to be known."""
    counts: Fired | None = counted_aside(desk.ledger, "fired", fired, _PATIENCE)
    found = _ordered(_asked(q, file), counts, order)
    shown = found[(page - 1) * _ROWS : page * _ROWS]
    return Dictionary(
        counting=counts is None,
        records=counts.pages if counts else 0,
        rows=[Row(*entry[:6], _fired(entry, counts)) for entry in shown],
        total=len(found),
        page=page,
        more=len(found) > page * _ROWS,
        files=_files(counts),
        own=_own(counts) if counts else [],
        names=_names(counts) if counts else [],
        words=_words(counts) if counts else [],
        proposed=proposed(desk.ledger),
        q=q,
        file=file,
        order=order,
    )


# ---------------------------------------------------------------- rows


def _asked(q: str, file: str) -> list[Entry]:
    key = search_name(q)
    return [e for e in entries() if (not file or e.file == file) and (not key or key in e.key)]


def _ordered(found: list[Entry], counts: Fired | None, order: Order) -> list[Entry]:
    if order == "id":
        return sorted(found, key=lambda e: e.id)
    if order == "fired" and counts:
        return sorted(found, key=lambda e: (-counts.rules.get(e.id, 0), e.id))
    return found


def _fired(entry: Entry, counts: Fired | None) -> int | None:
    """How often a row fired; of a file whose ids are not kept everywhere a nought would say what nobody knows."""
    times = counts.rules.get(entry.id, 0) if counts else 0
    return times if counts and (times or entry.file in RECORDED) else None


def _files(counts: Fired | None) -> list[PackFile]:
    made: dict[str, tuple[int, int | None]] = {}
    for entry in entries():
        rows, times = made.get(entry.file, (0, None))
        own = _fired(entry, counts)
        made[entry.file] = (rows + 1, times if own is None else (times or 0) + own)
    return [PackFile(name, rows, times) for name, (rows, times) in sorted(made.items())]


def _own(counts: Fired) -> list[OwnRule]:
    found = [OwnRule(rule, times) for rule, times in counts.rules.items() if find_rule(rule) is None]
    return sorted(found, key=lambda r: (-r.fired, r.id))


# ---------------------------------------------------------------- what waits


def _names(counts: Fired) -> list[Waiting]:
    return [
        Waiting(s.name, s.kind, s.spoke, s.acted, s.spoke + s.acted, *s.example) for s in counts.strangers[:_WAITING]
    ]


def _words(counts: Fired) -> list[Waiting]:
    return [Waiting(w.word, "", 0, 0, w.times, *w.example) for w in counts.unheard[:_WAITING]]


# ---------------------------------------------------------------- proposing


@router.get(f"{_HOME}/propose", include_in_schema=False)
def propose_page(
    request: Request, desk: AtDesk, file: str = "actors.tsv", form: str = "", example: str = ""
) -> Response:
    """A form for a new row of one of the pack's files."""
    desk.need("reviewer")
    file = file if file in columns() else "actors.tsv"
    cells = {next(c for c in (*FORMS, "id") if c in columns()[file]): form}
    return _form(request, desk, file, cells, example)


async def _cells(request: Request) -> dict[str, str]:
    """The cells of a form: its fields `cell.COLUMN`, empty ones left out."""
    sent = await request.form()
    found = {name.removeprefix("cell."): str(value).strip() for name, value in sent.items() if name.startswith("cell.")}
    return {column: value for column, value in found.items() if value}


@router.post(f"{_HOME}/propose")
def propose_row(
    request: Request,
    desk: AtDesk,
    cells: Annotated[dict[str, str], Depends(_cells)],
    file: Annotated[str, Form()],
    example: Annotated[str, Form()] = "",
) -> Response:
    """Propose a row: form fields `file`, `example`, and `cell.COLUMN` for each column. It waits in the log."""
    desk.need("reviewer")
    example = example.strip()
    if "example" in columns().get(file, ()):
        cells = {**cells, "example": example} if example else cells
    wrong = wrong_with(file, cells, example, proposed(desk.ledger))
    if wrong and (for_program(request) or file not in columns()):
        raise BadJudgement(f"No row of the pack can be made of this: look at its {wrong}.")
    if wrong:
        return _form(request, desk, file, cells, example, wrong)
    with desk.writing("reviewer") as ledger:
        propose(ledger, file, cells, example, by=desk.user.name, at=now())
    return RedirectResponse(f"{_HOME}#proposed", status_code=303)


@router.post(f"{_HOME}/withdraw")
def withdraw_row(desk: AtDesk, seq: Annotated[int, Form()]) -> Response:
    """Take one's own proposal back; the log keeps both."""
    with desk.writing("reviewer") as ledger:
        withdraw(ledger, seq, by=desk.user.name, at=now())
    return RedirectResponse(f"{_HOME}#proposed", status_code=303)


@router.get(f"{_HOME}/proposed.tsv")
def proposed_tsv(desk: AtDesk, file: str = "") -> Response:
    """The rows that wait, as the pack's files write them."""
    rows = [row for row in proposed(desk.ledger) if not file or row.file == file]
    headers = {"Content-Disposition": 'attachment; filename="proposed.tsv"'}
    return Response(as_tsv(rows), media_type="text/tab-separated-values; charset=utf-8", headers=headers)


def _form(
    request: Request, desk: Desk, file: str, cells: dict[str, str], example: str, wrong: str = ""
) -> Response:  # fmt: skip
    known = columns()[file]
    first = [c for c in known if c in ("id", *FORMS, *MEANS) and c != "example"]
    rest = [c for c in known if c not in first and c != "example"]
    like = next(entry for entry in entries() if entry.file == file)
    shown = {"file": file, "columns": first + rest, "cells": cells, "example": example, "wrong": wrong}
    answer = page(request, desk, "dictionary_propose.html", shown=shown, files=sorted(columns()), like=like)
    answer.status_code = 400 if wrong else 200
    return answer
