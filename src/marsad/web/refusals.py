"""Errors as answers: a coded error as a page for people, as JSON for programs, with the status of HTTP that fits."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from marsad.model.errors import MarsadError
from marsad.web.desk import NotSignedIn
from marsad.web.draw import Ui
from marsad.web.preferences import preferences
from marsad.web.screen import drawn, here_of
from marsad.web.wanted import inside
from marsad.web.words import words

_STATUS: Final = {
    "M108": 400, "M301": 404, "M302": 400, "M503": 403, "M504": 507, "M506": 503, "M507": 404, "M508": 400, "M509": 404,
    "M601": 404, "M604": 400, "M605": 403, "M606": 404,
}  # fmt: skip
_BROKEN: Final = 500


def answer_errors(app: FastAPI) -> None:
    """Let an application answer the program's own errors, and those of HTTP, in one form.

    Args:
        app: the application.
    """

    @app.exception_handler(MarsadError)
    def ours(request: Request, error: MarsadError) -> Response:
        told = (error.code, error.title, error.message, error.hint)
        return _told(request, _STATUS.get(error.code, _BROKEN), *told)

    @app.exception_handler(NotSignedIn)
    def stranger(request: Request, error: NotSignedIn) -> Response:
        if for_program(request):
            return _told(request, 401, "M605", "Not signed in", "No token, or one that no longer holds.", "Send one.")
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(path)}", status_code=303)

    @app.exception_handler(RequestValidationError)
    def bad_query(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
        return _told(request, 400, "M508", "Not a question", wrong, "See /openapi.json.")

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        return _told(request, error.status_code, f"HTTP {error.status_code}", str(error.detail), "", "")

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        told = (MarsadError.code, MarsadError.title, "", MarsadError.hint)
        return _told(request, _BROKEN, *told)  # the log has the rest


def for_program(request: Request) -> bool:
    """Whether a program asks and not a browser's reader."""
    return request.url.path.endswith(".json") or "text/html" not in request.headers.get("accept", "*/*")


def _told(request: Request, status: int, code: str, title: str, message: str, hint: str) -> Response:
    """An error's answer: a program gets the error's own words, a person those of the desk, in the reader's language."""
    if for_program(request):
        body = {"schema": "marsad.error/1", "code": code, "message": message or title, "hint": hint}
        return JSONResponse(body, status_code=status)
    back = _came_from(request)
    here = here_of(request) if request.method == "GET" else back or "/today"
    ui = Ui(preferences(request), request.url.path, here=here)
    key = f"error.{code.removeprefix('HTTP ')}"
    if key not in words():
        key = "error.M000"
    user = getattr(request.state, "user", None)  # who asked, where the error came after the door
    told = {
        "code": code, "title": ui.t(key), "message": message, "hint": ui.t(f"{key}.do"), "back": back
    }  # fmt: skip
    return HTMLResponse(drawn("error.html", ui, user, request=request, error=told, ledger_name=""), status_code=status)


def _came_from(request: Request) -> str:
    """The desk's own address from which the request came, without host; empty where it came from elsewhere."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.headers.get("host") or came.path == request.url.path:
        return ""
    return inside(came.path + (f"?{came.query}" if came.query else ""))
