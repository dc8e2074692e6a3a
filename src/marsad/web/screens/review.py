"""The review: one card, one decision; the queue, who holds what, how far two coders agree, and the log."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, urlencode

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.model.errors import BadJudgement
from marsad.review.agreement import Agreement
from marsad.review.model import Judgement
from marsad.store.filters import Filter
from marsad.store.holds import Hold, Holds
from marsad.store.known import Known
from marsad.store.review import Counts, Review, Settings
from marsad.web.card import Shown, shown_card
from marsad.web.desk import AtDesk, Desk, now
from marsad.web.entries import fields_of
from marsad.web.refusals import for_program
from marsad.web.screen import page, screen
from marsad.web.wanted import Wanted, address

router = APIRouter(tags=["review"])
_State = Annotated[str, Query(description="open, new, in_review, disputed, settled or flagged.")]
_STAYS: Final = ("flag", "note")  # after these the card stays open
_LISTED: Final = 60
_LOGGED: Final = 100


class Work(msgspec.Struct, frozen=True):
    """The card in one's hand.

    Attributes:
        card: the card; None where the queue has none left, or the user only reads.
        counts: how many cards are in each state under the filter.
        state: which part of the queue is gone through; `skipped` whether cards that one left are asked for too.
        last: the last card that the user decided on, to go back to.
        reviews: whether the user may decide.
    """

    card: Shown | None
    counts: Counts
    state: str
    skipped: bool
    last: str | None
    reviews: bool


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
        state: the state whose cards are listed; `cards` the first of them.
        counts: how many cards are in each state; `holds` who holds what.
        agreement: of two coders, on the verdict and field by field (Cohen's kappa).
        settings: how many coders a card needs, and which share of the cards.
    """

    state: str
    cards: list[Waiting]
    counts: Counts
    holds: list[Hold]
    agreement: list[Agreement]
    settings: Settings


class Logged(msgspec.Struct, frozen=True):
    """Lines of the log of judgements, the latest first; `before` leads to older ones."""

    lines: list[Judgement]
    before: int | None


@screen(router, "/review", "review.html", Work)
def review(desk: AtDesk, asked: Wanted, subject: str = "", state: _State = "open", skipped: bool = False) -> Work:
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
            user.name, asked, holds=Holds(desk.people), state=state, skipped=skipped, admin=user.may("admin")
        )
        card = shown_card(desk, found_next, None) if found_next else None
    last = next((j.subject for j in engine.history(by=user.name, limit=10) if j.subject and j.kind != "undo"), None)
    return Work(card, engine.queue(asked), state, skipped, last, reviews)


@screen(router, "/review/queue", "review_queue.html", Queue)
def queue(desk: AtDesk, asked: Wanted, state: _State = "open") -> Queue:
    """The queue: cards by state, who holds what, and how far two coders agree."""
    engine = Review(desk.ledger)
    holds = Holds(desk.people).all()
    held = {hold.subject: hold.user for hold in holds}
    ids = engine.candidates(None, asked, state=state, limit=_LISTED, admin=True)
    cards = [_waiting(engine, one, held.get(one), desk.user.name) for one in ids]
    return Queue(state, cards, engine.queue(asked), holds, engine.agreement(), engine.settings)


def _waiting(engine: Review, subject: str, held_by: str | None, user: str) -> Waiting:
    card = engine.card(subject, user=user)
    told = card.mention
    day = told.first or told.published
    return Waiting(subject, told.type, told.words, told.page, told.outlet, day, card.reviewed.state, held_by)


@screen(router, "/review/log", "review_log.html", Logged)
def log(desk: AtDesk, before: Annotated[int, Query(ge=0, description="Only lines of a lower number.")] = 0) -> Logged:
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


@router.post("/review/undo")
def undo(request: Request, desk: AtDesk, form: Sent) -> Response:
    """Take back one's last judgement that stands, or the one of a number (`seq`)."""
    number = str(form.get("seq") or "")
    with desk.writing() as ledger:
        taken = Review(ledger).undo(by=desk.user.name, at=now(), seq=int(number) if number.isdecimal() else None)
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


@router.post("/review/{subject}")
def decide(request: Request, desk: AtDesk, asked: Wanted, subject: str, form: Sent) -> Response:
    """Decide something of a card: `kind`, and with it `fields` (JSON) or a form's fields, `verdict`, `text`, `on`."""
    kind = str(form.get("kind", ""))
    try:
        with desk.writing() as ledger:
            engine = Review(ledger)
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


def _again(
    request: Request, desk: Desk, asked: Filter, subject: str, form: dict[str, Any], error: BadJudgement
) -> Response:
    """The card with the form as it was sent, and what is wrong with it: nothing that was typed is lost."""
    shown = review(desk, asked, subject=subject)
    if shown.card is not None:
        typed = {name: str(form.get(name, value)) for name, value in shown.card.form.items()}
        shown = msgspec.structs.replace(shown, card=msgspec.structs.replace(shown.card, form=typed))
    return page(request, desk, "review.html", asked, 400, shown=shown, refused=error)


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


@router.post("/review/{subject}/merge")
def merge(request: Request, desk: AtDesk, subject: str, form: Sent) -> Response:
    """Put the card's incident together with another (`other`: its id)."""
    with desk.writing() as ledger:
        own = Review(ledger).card(subject).incident or subject
        ledger.merge(own, str(form.get("other", "")).strip(), by=desk.user.name, at=now())
    return Response(status_code=204) if for_program(request) else _to(form, subject=subject, done="merge")


@router.post("/review/{subject}/split")
def split(request: Request, desk: AtDesk, subject: str, form: Sent) -> Response:
    """Take the card's mention out of its incident: it tells another."""
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
    if subject:
        return RedirectResponse(address("/review", subject=subject, done=done), status_code=303)
    kept = [(name, value) for name, value in parse_qsl(str(form.get("query", ""))) if name not in ("subject", "done")]
    return RedirectResponse(f"/review?{urlencode([*kept, ('done', done)])}", status_code=303)
