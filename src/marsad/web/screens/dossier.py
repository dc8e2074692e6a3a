"""An incident's dossier: everything that stands behind it, to be printed, in Arabic and English side by side."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.model.record import Span
from marsad.show.labels import Language
from marsad.store.incidents import PageLine
from marsad.web.desk import AtDesk, Desk, now
from marsad.web.draw import Ui
from marsad.web.preferences import Preferences
from marsad.web.screen import ANSWERS, page
from marsad.web.screens.incident import Shown, moved, shown_of
from marsad.web.screens.incident_sides import Told

router = APIRouter(tags=["incidents"])


class Sentence(msgspec.Struct, frozen=True):
    """A quotation.

    Attributes:
        words: verbatim.
        told: the numbers of the mentions that were read in it.
        evidence: its span in the page's text, in Unicode code points; `triggers` those of its acts.
        rules: the rules that read them.
    """

    words: str
    told: list[int]
    evidence: Span
    triggers: list[Span]
    rules: list[str]


class Evidence(msgspec.Struct, frozen=True):
    """A page with the sentences that are quoted from it.

    Attributes:
        page: the page, with its outlet, day, address and the SHA-256 of the captured bytes.
        copy_of: the number of the first mention on the page that this one copies; None where it is no copy.
        sentences: the quotations, in the page's order.
    """

    page: PageLine
    copy_of: int | None
    sentences: list[Sentence]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """An incident's dossier.

    Attributes:
        shown: the incident with all that its screen shows; nothing of the reviewers' open work is printed.
        evidence: every sentence that tells it, page by page, the earliest first.
        printed: when, ISO 8601; `version` of the program; `ledger` the name of its file.
    """

    shown: Shown
    evidence: list[Evidence]
    printed: str
    version: str
    ledger: str


ANSWERS["/incidents/{id}/dossier.json"] = Dossier


@router.get("/incidents/{id}/dossier.json")
def dossier_json(request: Request, desk: AtDesk, id: str) -> Response:
    """An incident's dossier: its facts, each side's version, every quotation with the page that holds it."""
    found = desk.ledger.incident(id)
    if found.id != id:
        return moved(request, id, found.id)
    return Response(msgspec.json.encode(_dossier(desk, id)), media_type="application/json")


@router.get("/incidents/{id}/dossier", include_in_schema=False)
def dossier(request: Request, desk: AtDesk, id: str) -> Response:
    """An incident's dossier to be printed; bilingual, whatever language the desk is in."""
    found = desk.ledger.incident(id)
    if found.id != id:
        return moved(request, id, found.id)
    languages: tuple[Language, Language] = ("ar", "en")
    pens = [Ui(Preferences(language), request.url.path) for language in languages]
    return page(request, desk, "dossier.html", told=_dossier(desk, id), pens=pens)


def _dossier(desk: Desk, id: str) -> Dossier:
    shown = shown_of(desk, desk.ledger.incident(id), "low-best-high")
    return Dossier(
        shown=shown,
        evidence=_evidence(shown),
        printed=now(),
        version=version("marsad"),
        ledger=desk.ledger.path.name,
    )


def _evidence(shown: Shown) -> list[Evidence]:
    by_page: dict[str, dict[Span, list[Told]]] = {}
    for told in shown.told:
        by_page.setdefault(told.page, {}).setdefault(told.evidence, []).append(told)
    copied = _copied(shown)
    return [
        Evidence(shown.pages.get(page, PageLine(id=page)), copied.get(page), [_sentence(t) for t in there.values()])
        for page, there in by_page.items()
    ]


def _copied(shown: Shown) -> dict[str, int | None]:
    """For each copy the number of the first mention on the page that it copies."""
    found = {}
    for source in shown.sources:
        first = _first(shown.told, source.page.id)
        found.update({copy.id: first for copy in source.copies})
    return found


def _first(told: Sequence[Told], page_id: str) -> int | None:
    return next((t.n for t in told if t.page == page_id), None)


def _sentence(there: Sequence[Told]) -> Sentence:
    """A sentence with all that was read in it."""
    triggers = list(dict.fromkeys(t.trigger for t in there))
    rules = list(dict.fromkeys(t.rule for t in there))
    return Sentence(there[0].words, [t.n for t in there], there[0].evidence, triggers, rules)
