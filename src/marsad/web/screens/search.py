"""The pages that hold words in any of their forms, each with the place where it holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query

from marsad.ledger.words import search_keys
from marsad.model.record import Span
from marsad.store.filters import Filter
from marsad.store.finding import FoundPage, found_pages, ranked
from marsad.store.ledger import Ledger
from marsad.store.remembered import remembered
from marsad.web.desk import AtDesk
from marsad.web.screen import screen
from marsad.web.snippets import marks, snippet
from marsad.web.wanted import Wanted

router = APIRouter(tags=["search"])
_A_PAGE: Final = 20
_WORDS: Final = 20  # that are looked for at most


class Hit(msgspec.Struct, frozen=True):
    """A page that holds the words.

    Attributes:
        id, outlet, headline, published, url: the page; `dated` where it says no day and the ledger found it out.
        words: its own words around the first place that holds most of those asked for; `marks` where they stand in
            them, `headline_marks` where in its headline.
        events, statements: how many were read in it.
    """

    id: str
    outlet: str | None
    headline: str | None
    published: str | None
    dated: bool
    url: str | None
    words: str
    marks: list[Span]
    headline_marks: list[Span]
    events: int
    statements: int


class Found(msgspec.Struct, frozen=True):
    """What a search finds.

    Attributes:
        q: the words asked for; `keys` the dictionary forms under which they are looked for.
        total: how many pages hold all of them.
        page: which twenty of them are shown; `more` whether another follows.
        pages: the pages, the most relevant first.
    """

    q: str
    keys: list[str]
    total: int
    page: int
    more: bool
    pages: list[Hit]


@screen(router, "/search", "search.html", Found)
def search(
    desk: AtDesk,
    asked: Wanted,
    q: Annotated[str, Query(max_length=400, description="Words; a page holds all of them, in any form.")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Found:
    """The pages that hold words, in any of their forms."""
    keys = list(dict.fromkeys(key for key in search_keys(q) if key))[:_WORDS]
    every = _ranked(desk.ledger, keys, asked) if keys else []
    shown = found_pages(desk.ledger, every[(page - 1) * _A_PAGE : page * _A_PAGE])
    hits = [_hit(desk.ledger, one, q, keys) for one in shown]
    return Found(q, keys, len(every), page, page * _A_PAGE < len(every), hits)


def _ranked(ledger: Ledger, keys: list[str], asked: Filter) -> Sequence[int]:
    found: Sequence[int] = remembered(ledger, ("ranked", *keys, asked), lambda one: ranked(one, keys, asked))
    return found


def _hit(ledger: Ledger, one: FoundPage, q: str, keys: list[str]) -> Hit:
    record = ledger.record(one.id)
    words, places = snippet(record, q) if record else ("", ())
    return Hit(
        one.id, one.outlet, one.headline, one.published, one.dated, one.url, words, list(places),
        marks(one.headline or "", keys), one.events, one.statements,
    )  # fmt: skip
