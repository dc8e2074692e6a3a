"""A screen is a function from the desk and a filter to what is shown; it answers as HTML and, at `.json`, as itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import jinja2
import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from starlette.requests import Request
from starlette.responses import Response

from marsad.model.plover import TYPES
from marsad.model.record import STATUSES
from marsad.store.filters import NO_FILTER, Filter
from marsad.store.people import User
from marsad.web.desk import AtDesk, Desk
from marsad.web.draw import Ui
from marsad.web.wanted import Wanted

ANSWERS: Final[dict[str, type[Any]]] = {}  # what each JSON address answers, for the API's description


def screen(router: APIRouter, path: str, template: str, answer: type[Any]) -> Callable[[Any], Any]:
    """Make a screen of a view.

    Args:
        router: where it is added.
        path: its address; with `.json` after it, it answers as JSON.
        template: what draws it; it is given `shown` (what the view returns), `ui`, `user` and `asked` (the filter).
        answer: the type that the view returns, a msgspec Struct.

    Returns:
        A decorator for the view: a function whose arguments FastAPI fills (`desk: AtDesk`, `asked: Wanted`, queries).
    """

    def add(view: Callable[..., Any]) -> Callable[..., Any]:
        viewed = Depends(view)

        def html(request: Request, desk: AtDesk, asked: Wanted, shown: Any = viewed) -> Response:
            return page(request, desk, template, asked, shown=shown)

        def json(desk: AtDesk, shown: Any = viewed) -> Response:
            return Response(msgspec.json.encode(shown), media_type="application/json")

        summary = (view.__doc__ or "").strip().split("\n")[0]
        ANSWERS[f"{path}.json"] = answer
        router.add_api_route(f"{path}.json", json, methods=["GET"], name=f"{view.__name__}_json", summary=summary)
        router.add_api_route(path, html, methods=["GET"], name=view.__name__, include_in_schema=False)
        return view

    return add


def page(
    request: Request, desk: Desk, template: str, asked: Filter = NO_FILTER, status: int = 200,
    here: str | None = None, **more: Any,
) -> Response:  # fmt: skip
    """A whole HTML page of the desk.

    Args:
        request: the request.
        desk: the desk.
        template: the template's file.
        asked: the filter.
        status: of HTTP.
        here: the address that shows it again, where it is not the one that was asked.
        more: what the template is given besides.
    """
    ui = Ui(desk.preferences, request.url.path, asked, here or here_of(request))
    known = {"request": request, "query": request.url.query, "asked": asked, "ledger_name": desk.ledger.path.name}
    return HTMLResponse(drawn(template, ui, desk.user, **{**known, **more}), status_code=status)


def here_of(request: Request) -> str:
    """The address of a screen as it was asked, without host."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def drawn(template: str, ui: Ui, user: User | None, **more: Any) -> str:
    """A template filled.

    Args:
        template: its file.
        ui: the pen.
        user: who looks, None before the login.
        more: what it is given besides.
    """
    return templates().get_template(template).render(ui=ui, user=user, types=_TYPES, statuses=STATUSES, **more)


_TYPES: Final = tuple(sorted(TYPES))


@cache
def templates() -> jinja2.Environment:
    """The templates; whatever they print is escaped unless it says that it is markup."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("marsad.web", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    made.filters["tojson_text"] = lambda value: msgspec.json.encode(value).decode()  # escaped like any text
    return made
