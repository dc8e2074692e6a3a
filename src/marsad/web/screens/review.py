"""The review: one card, one decision; the queue, who holds what, how far two coders agree, and the log."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.model.errors import BadJudgement, Forbidden
from marsad.review.agreement import Agreement
from marsad.review.model import ON_CARDS, Judgement
from marsad.store.filters import Filter
from marsad.store.holds import Hold, Holds
from marsad.store.known import Known
from marsad.store.review import Counts, Review, Settings
from marsad.web.card import Shown, last_verdict, shown_card
from marsad.web.desk import AtDesk, Desk, now
from marsad.web.entries import fields_of
from marsad.web.refusals import for_program
from marsad.web.screen import page, screen
from marsad.web.wanted import Wanted, address

router = APIRouter(tags=["review"])
_State = Annotated[str, Query(description="open, new, in_review, disputed, settled or flagged.")]
_At = Annotated[int, Query(ge=0, le=100_000, description="How many cards to pass by.")]
_STAYS: Final = ("flag", "note")  # after these the card stays open
_LISTED: Final = 60
_MOST: Final = 2**62  # of the log's numbers
_LOGGED: Final = 100


_DECISION: Final = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {
                        "kind": {"type": "string", "enum": list(ON_CARDS)},
                        "fields": {"type": "object", "description": "Of an edit: as the mention's JSON has them."},
                        "verdict": {"type": "string", "description": "Of an adjudication."},
                        "text": {"type": "string", "description": "Of a note."},
                        "on": {"type": "boolean", "description": "Of a flag."},
                    },
                }
            }
        }
    }
}


def _one_field(name: str, kind: str) -> dict[str, Any]:
    """The description of a body with one field."""
    schema = {"type": "object", "properties": {name: {"type": kind}}}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


class Work(msgspec.Struct, frozen=True):
    """The card in one's hand.

    Attributes:
        card: the card; None where the queue has none left, or the user only reads.
        counts: how many cards are in each state under the filter.
        state: which part of the queue is gone through; `skipped` whether cards that one left are asked for too.
        last: the last card that the user decided on, to go back to.
        reviews: whether the user may decide.
        at: how many cards of the queue the user has passed by without deciding.
    """

    card: Shown | None
    counts: Counts
    state: str
    skipped: bool
    last: str | None
    reviews: bool
    at: int


class Waiting(msgspec.Struct, frozen=True):
    """A card in a list: the mention's id and words, its page, outlet and day, its incident, who holds it."""

    subject: str
    type: str
    words: str
    page: str
    outlet: str | None
    day: str | None
    state: str
    held_by: str | None


class Queue(msgspec.Struct, frozen=True):
    """The queue.

    Attributes:
        state: the state whose cards are listed; `cards` those of this page, `more` whether others come after it.
        counts: how many cards are in each state; `holds` who holds what.
        agreement: of two coders, on the verdict and field by field (Cohen's kappa).
        settings: how many coders a card needs, and which share of the cards.
    """

    state: str
    cards: list[Waiting]
    page: int
    more: bool
    counts: Counts
    holds: list[Hold]
    agreement: list[Agreement]
    settings: Settings


class Logged(msgspec.Struct, frozen=True):
    """Lines of the log of judgements, the latest first; `before` leads to older ones."""

    lines: list[Judgement]
    before: int | None


@screen(router, "/review", "review.html", Work)
def review(
    desk: AtDesk, asked: Wanted, subject: str = "", state: _State = "open", skipped: bool = False, at: _At = 0
) -> Work:
    """The next card of the queue, or one by its mention's id."""
    engine, user = Review(desk.ledger), desk.user
    reviews = user.may("reviewer")
    card: Shown | None = None
    if subject:
        held = Holds(desk.people).claim(user.name, engine.card(subject).subject) if reviews else True
        found = engine.card(subject, user=user.name)
        card = shown_card(desk, found, None if held else Holds(desk.people).holder(found.subject))
    elif reviews:
        found_next = engine.next_card(
            user.name, asked, holds=Holds(desk.people), state=state, skipped=skipped, admin=user.may("admin"), passed=at
        )
        card = shown_card(desk, found_next, None) if found_next else None
    last = next((j.subject for j in engine.history(by=user.name, limit=10) if j.subject and j.kind != "undo"), None)
    return Work(card, engine.queue(asked), state, skipped, last, reviews, at)


@screen(router, "/review/queue", "review_queue.html", Queue)
def queue(
    desk: AtDesk, asked: Wanted, state: _State = "open", page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Queue:
    """The queue: cards by state, who holds what, and how far two coders agree."""
    engine = Review(desk.ledger)
    holds = Holds(desk.people).all()
    held = {hold.subject: hold.user for hold in holds}
    ids = engine.candidates(None, asked, state=state, limit=page * _LISTED + 1, admin=True)[(page - 1) * _LISTED :]
    cards = [_waiting(engine, one, held.get(one), desk.user.name) for one in ids[:_LISTED]]
    more = len(ids) > _LISTED
    return Queue(state, cards, page, more, engine.queue(asked), holds, engine.agreement(), engine.settings)


def _waiting(engine: Review, subject: str, held_by: str | None, user: str) -> Waiting:
    card = engine.card(subject, user=user)
    told = card.mention
    day = told.first or told.published
    return Waiting(subject, told.type, told.words, told.page, told.outlet, day, card.reviewed.state, held_by)


@screen(router, "/review/log", "review_log.html", Logged)
def log(
    desk: AtDesk, before: Annotated[int, Query(ge=0, lt=_MOST, description="Only lines of a lower number.")] = 0
) -> Logged:
    """The log of judgements: one's own; for an admin everybody's."""
    by = None if desk.user.may("admin") else desk.user.name
    lines = Review(desk.ledger).history(by=by, before=before or None, limit=_LOGGED)
    return Logged(lines, lines[-1].seq if len(lines) == _LOGGED else None)


# ---------------------------------------------------------------- deciding


async def sent(request: Request) -> dict[str, Any]:
    """What a form or a program sends: fields of a form as text, or the object of a JSON body.

    Raises:
        BadJudgement: the body is no JSON object.
    """
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            return msgspec.json.decode(await request.body(), type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise BadJudgement(f"The body is no JSON object: {error}.") from error
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Sent = Annotated[dict[str, Any], Depends(sent)]


@router.post("/review/undo", openapi_extra=_one_field("seq", "integer"))
def undo(request: Request, desk: AtDesk, form: Sent) -> Response:
    """Take back one's last judgement that stands, or the one of a number (`seq`)."""
    number = str(form.get("seq") or "")
    if number and not (number.isdecimal() and int(number) < _MOST):
        raise BadJudgement(f"«{number}» is no judgement's number.")
    with desk.writing() as ledger:
        taken = Review(ledger).undo(by=desk.user.name, at=now(), seq=int(number) if number else None)
    if for_program(request):
        return Response(msgspec.json.encode(taken), media_type="application/json")
    return _to(form, subject=taken.subject if taken else None, done="undo" if taken else "")


@router.post("/review/settings")
def configure(desk: AtDesk, form: Sent) -> Response:
    """By how many coders a card is reviewed, and which share of the cards."""
    try:
        coders, share = int(form.get("coders", 1)), float(form.get("share", 1.0))
    except (TypeError, ValueError) as error:
        raise BadJudgement("Coders are 1 or 2, a share is a number from 0 to 1.") from error
    with desk.writing("admin") as ledger:
        Review(ledger).configure(coders=coders, share=share)
    return RedirectResponse("/review/queue", status_code=303)


@router.post("/review/{subject}", openapi_extra=_DECISION)
def decide(request: Request, desk: AtDesk, asked: Wanted, subject: str, form: Sent) -> Response:
    """Decide something of a card: `kind`, and with it `fields` (JSON) or a form's fields, `verdict`, `text`, `on`."""
    kind = str(form.get("kind", ""))
    _free(desk, subject)
    try:
        with desk.writing() as ledger:
            engine = Review(ledger)
            if _is_stale(engine, subject, desk.user.name, form):
                return _to(form, subject=subject, done="meanwhile")
            data = _data(desk, engine, subject, form)
            result = engine.judge(subject, kind, by=desk.user.name, at=now(), data=data, admin=desk.user.may("admin"))
    except BadJudgement as error:
        if kind != "edit" or for_program(request):
            raise
        return _again(request, desk, asked, subject, form, error)
    if kind not in _STAYS:
        Holds(desk.people).release(desk.user.name)
    if for_program(request):
        return Response(msgspec.json.encode(result), media_type="application/json")
    return _to(form, subject=subject if kind in _STAYS else None, done=kind)


def _free(desk: Desk, subject: str) -> None:
    """Refuse to decide on a card that is in another's hands."""
    holder = Holds(desk.people).holder(subject)
    if holder not in (None, desk.user.name):
        raise Forbidden(f"The card is in the hands of {holder}.", subject)


def _is_stale(engine: Review, subject: str, user: str, form: dict[str, Any]) -> bool:
    """Whether somebody has decided on a card since a form showed it: then that is shown before it is overruled."""
    seen = str(form.get("seen", ""))
    return seen.isdecimal() and int(seen) < last_verdict(engine.card(subject, user=user).reviewed)


def _again(
    request: Request, desk: Desk, asked: Filter, subject: str, form: dict[str, Any], error: BadJudgement
) -> Response:
    """The card with the form as it was sent, and what is wrong with it: nothing that was typed is lost."""
    shown = review(desk, asked, subject=subject)
    if shown.card is not None:
        typed = {name: str(form.get(name, value)) for name, value in shown.card.form.items()}
        shown = msgspec.structs.replace(shown, card=msgspec.structs.replace(shown.card, form=typed))
    here = address("/review", subject=subject)
    return page(request, desk, "review.html", asked, 400, here, shown=shown, refused=error)


def _data(desk: Desk, engine: Review, subject: str, form: dict[str, Any]) -> dict[str, Any]:
    """A decision's data: a program's as it is; a form's fields as values."""
    data: dict[str, Any] = {name: form[name] for name in ("verdict", "text") if name in form}
    if "on" in form:
        data["on"] = str(form["on"]).lower() not in ("", "false", "0", "no")
    given = form.get("fields")
    if isinstance(given, str):
        try:
            data["fields"] = msgspec.json.decode(given or "{}")
        except msgspec.MsgspecError as error:
            raise BadJudgement(f"Fields are no JSON: {error}.", subject) from error
    elif given is not None:
        data["fields"] = given
    elif form.get("kind") == "edit":
        shown = shown_card(desk, engine.card(subject, user=desk.user.name), None)
        data["fields"] = fields_of(form, shown.now, Known(desk.ledger, desk.ledger.record(shown.page)))
    return data


@router.post("/review/{subject}/merge", openapi_extra=_one_field("other", "string"))
def merge(request: Request, desk: AtDesk, subject: str, form: Sent) -> Response:
    """Put the card's incident together with another (`other`: its id)."""
    _free(desk, subject)
    with desk.writing() as ledger:
        own = Review(ledger).card(subject).incident or subject
        ledger.merge(own, str(form.get("other", "")).strip(), by=desk.user.name, at=now())
    return Response(status_code=204) if for_program(request) else _to(form, subject=subject, done="merge")


@router.post("/review/{subject}/split")
def split(request: Request, desk: AtDesk, subject: str, form: Sent) -> Response:
    """Take the card's mention out of its incident: it tells another."""
    _free(desk, subject)
    with desk.writing() as ledger:
        own = Review(ledger).card(subject).incident or subject
        ledger.split(own, [subject], by=desk.user.name, at=now())
    return Response(status_code=204) if for_program(request) else _to(form, subject=subject, done="split")


@router.post("/review/{subject}/hold")
def hold(desk: AtDesk, subject: str) -> Response:
    """Keep a card in hand while it is open."""
    held = Holds(desk.people).renew(desk.user.name, subject)
    return Response(status_code=204 if held else 409)


def _to(form: dict[str, Any], subject: str | None, done: str) -> Response:
    """The card that comes next, which says what was done: a given one, or the queue's under the form's filter."""
    gone = ("subject", "done")
    kept = [(name, value) for name, value in parse_qsl(str(form.get("query", ""))) if name not in gone]
    more = [("subject", subject)] if subject else []
    return RedirectResponse(f"/review?{urlencode([*kept, *more, ('done', done)])}", status_code=303)
