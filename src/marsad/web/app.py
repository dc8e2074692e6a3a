"""The desk as an ASGI application: the screens, their JSON, the people's pages, and what guards them."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module, resources
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from marsad.store.people import People
from marsad.web.desk import Settings
from marsad.web.guard import LOOPBACK, Guard
from marsad.web.refusals import answer_errors
from marsad.web.screen import ANSWERS

_ROOMS: Final = (
    "today", "article", "said", "incidents", "diplomacy", "map", "review", "sources", "search", "account",
)  # fmt: skip
_GZIP_FROM: Final = 1000  # bytes


def create_app(settings: Settings, hosts: Collection[str] = LOOPBACK) -> FastAPI:
    """The application over one ledger.

    Args:
        settings: whose ledger, and how it is opened.
        hosts: the names under which it may be asked.

    Raises:
        MarsadError: the file beside the ledger cannot be opened.
    """
    People.beside(settings.ledger).close()  # what is wrong with it is said now and not at the first request
    app = FastAPI(title="Marsad", summary=_SUMMARY, docs_url=None, redoc_url=None)
    app.state.settings = settings
    for room in _ROOMS:
        app.include_router(import_module(f"marsad.web.screens.{room}").router)
    app.add_api_route("/", _home, methods=["GET"], include_in_schema=False)
    app.mount("/static", Static(directory=str(resources.files("marsad.web") / "static")), name="static")
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    answer_errors(app)
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM)
    app.add_middleware(Guard, hosts=hosts)
    return app


_SUMMARY: Final = (
    "A sourced record of a conflict, read from Arabic news. Every screen of the desk is also here as JSON, with the "
    "same filters. Programs send a token: `Authorization: Bearer …` (`marsad token LEDGER NAME`)."
)


def _home(request: Request) -> Response:
    return RedirectResponse(f"/today?{request.url.query}" if request.url.query else "/today")


class Static(StaticFiles):
    """The desk's own files: a browser may keep them for a day."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, with how long it may be kept."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def _described(app: FastAPI) -> dict[str, Any]:
    """The API's description, with what each address answers taken from the answers' own types."""
    from fastapi.openapi.utils import get_openapi

    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=_version(), summary=app.summary, routes=app.routes)
        schemas, parts = msgspec.json.schema_components(ANSWERS.values(), ref_template="#/components/schemas/{name}")
        made.setdefault("components", {}).setdefault("schemas", {}).update(parts)
        parts = made["components"].setdefault("securitySchemes", {})
        parts["token"] = {"type": "http", "scheme": "bearer", "description": "Of `marsad token LEDGER NAME`."}
        made["security"] = [{"token": []}, {}]  # a desk without users asks for none
        made["components"]["schemas"]["Error"] = _ERROR
        for operation in (one for path in made["paths"].values() for one in path.values()):
            told = operation.setdefault("responses", {})
            told.pop("422", None)  # wrong questions are answered as every other error
            told["4XX"] = {"description": "A coded error.", "content": {"application/json": {"schema": _REFUSED}}}
        for path, schema in zip(ANSWERS, schemas, strict=True):
            answers = made["paths"].get(path, {}).get("get", {}).get("responses", {})
            content = {"application/json": {"schema": schema}}
            answers["200"] = {"description": "What the screen shows.", "content": content}
        app.openapi_schema = made
    return app.openapi_schema


_REFUSED: Final = {"$ref": "#/components/schemas/Error"}
_ERROR: Final = {
    "type": "object",
    "required": ["schema", "code", "message", "hint"],
    "properties": {name: {"type": "string"} for name in ("schema", "code", "message", "hint")},
}


def _version() -> str:
    from importlib.metadata import version

    return version("marsad")
