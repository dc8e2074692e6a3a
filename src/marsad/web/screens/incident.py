"""One incident: what nobody disputes, each side's version, the ranges, the sources and their copies, the history."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.ledger.model import Incident
from marsad.model.errors import BadJudgement
from marsad.store.incidents import PageLine, copied_from, likely, log_of, page_lines
from marsad.web.desk import AtDesk, Desk, now
from marsad.web.screen import ANSWERS, page
from marsad.web.screens.incident_harm import Harm, Rule, harm_of
from marsad.web.screens.incident_history import Card, Move, Source, Step, cards_of, moves_of, sources_of, steps_of
from marsad.web.screens.incident_row import Row, row_of
from marsad.web.screens.incident_sides import Agreed, Side, Told, agreed_of, contested_of, sides_of, told_of
from marsad.web.wanted import Wanted

router = APIRouter(tags=["incidents"])


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An incident with all that its screen shows.

    Attributes:
        incident: the incident, as the ledger writes it.
        rule: the rule that was chosen for its casualties.
        contested: the fields on which the sides differ; `agreed` what stands undisputed.
        sides: each claimant's version, the outlets' own voice first.
        harm: casualties under each rule and by each claimant.
        told: its mentions, numbered from 1; the sides, ranges and sources refer to those numbers.
        sources: independent sources with their copies.
        pages: its pages by their ids.
        steps: which mention came when, and why it was joined.
        moves, cards: what persons have decided: merges and splits that stand, and the mentions' cards.
        others: incidents of the same days that may be the same one; for reviewers only.
    """

    incident: Incident
    rule: Rule
    contested: list[str]
    agreed: list[Agreed]
    sides: list[Side]
    harm: list[Harm]
    told: list[Told]
    sources: list[Source]
    pages: dict[str, PageLine]
    steps: list[Step]
    moves: list[Move]
    cards: list[Card]
    others: list[Row]


def shown_of(desk: Desk, incident: Incident, rule: Rule) -> Shown:
    """An incident with all that its screen shows.

    Args:
        desk: the desk.
        incident: the incident.
        rule: the rule chosen for its casualties.
    """
    mentions = desk.ledger.mentions(incident)
    pages = list(dict.fromkeys(m.page for m in mentions))
    copied, lines = copied_from(desk.ledger, pages), page_lines(desk.ledger, pages)
    sides = sides_of(incident, mentions)
    contested = contested_of(incident, sides)
    log = log_of(desk.ledger, [*incident.mentions, *incident.rejected], user=desk.user.name)
    return Shown(
        incident=incident,
        rule=rule,
        contested=contested,
        agreed=agreed_of(incident, sides, contested),
        sides=sides,
        harm=harm_of(incident, mentions, copied),
        told=told_of(mentions),
        sources=sources_of(incident, mentions, copied, lines),
        pages=lines,
        steps=steps_of(incident, mentions),
        moves=moves_of(log, mentions),
        cards=cards_of(log, mentions),
        others=[row_of(o) for o in likely(desk.ledger, incident)] if desk.user.may("reviewer") else [],
    )


_Rule = Annotated[Rule, Query(description="Under which rule its casualties are told first.")]
ANSWERS["/incidents/{id}.json"] = Shown


@router.get("/incidents/{id}.json")
def incident_json(request: Request, desk: AtDesk, id: str, rule: _Rule = "low-best-high") -> Response:
    """One incident: each side's version, ranges under each rule, sources and copies, history."""
    found = desk.ledger.incident(id)
    if found.id != id:
        return moved(request, id, found.id)
    return Response(msgspec.json.encode(shown_of(desk, found, rule)), media_type="application/json")


@router.get("/incidents/{id}", include_in_schema=False)
def incident(
    request: Request, desk: AtDesk, asked: Wanted, id: str, rule: _Rule = "low-best-high", all: bool = False
) -> Response:
    """One incident's screen; with `all` every sentence and source of one that very many tell."""
    found = desk.ledger.incident(id)
    if found.id != id:
        return moved(request, id, found.id)
    return page(request, desk, "incident.html", asked, shown=shown_of(desk, found, rule), most=None if all else MOST)


MOST: Final = 30  # sentences, sources and steps that are shown at first, so that an incident of hundreds stays light


def moved(request: Request, id: str, now: str) -> Response:
    """To where an incident stands now: it was asked for by a mention's id, an older id, or the first digits of one.

    Args:
        request: the request.
        id: what was asked for.
        now: the incident's id.
    """
    rest = request.url.path.removeprefix(f"/incidents/{id}")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/incidents/{now}{rest}{query}", status_code=303)


# ---------------------------------------------------------------- a reviewer's decisions


@router.post("/incidents/{id}/split")
def split(desk: AtDesk, id: str, mention: Annotated[list[str], Form()] = []) -> Response:  # noqa: B006
    """Take mentions out of an incident; leads to the incident that they make."""
    with desk.writing("reviewer") as ledger:
        made = ledger.split(id, mention, by=desk.user.name, at=now())
    return RedirectResponse(f"/incidents/{made.id}", status_code=303)


@router.post("/incidents/{id}/merge")
def merge(desk: AtDesk, id: str, other: Annotated[str, Form()] = "", typed: Annotated[str, Form()] = "") -> Response:
    """Put an incident together with another, picked from the list or given by its id or address."""
    with desk.writing("reviewer") as ledger:
        one, two = ledger.incident(id), ledger.incident(_id(typed) or other)
        if one.id == two.id:
            raise BadJudgement("An incident cannot be merged with itself; name another one.", one.id)
        made = ledger.merge(one.id, two.id, by=desk.user.name, at=now())
    return RedirectResponse(f"/incidents/{made.id}", status_code=303)


def _id(typed: str) -> str:
    """An id out of what was typed: itself, or the address of an incident."""
    return typed.strip().partition("?")[0].rstrip("/").rpartition("/")[2].lower()
