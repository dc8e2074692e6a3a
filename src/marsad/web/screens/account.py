"""Who sits at the desk and how they like it: login, logout, preferences, users and tokens."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.model.errors import BadFilter, Forbidden, NoSuchUser
from marsad.store.people import ROLES
from marsad.web.desk import SESSION, AtDesk, AtDoor
from marsad.web.draw import Ui
from marsad.web.preferences import Preferences, keep, preferences
from marsad.web.screen import drawn, here_of, page, screen
from marsad.web.wanted import inside

router = APIRouter(tags=["account"])
_LEAST: Final = 8  # characters of a password
_FORTNIGHT: Final = 14 * 24 * 3600
_Text = Annotated[str, Form()]


class Member(msgspec.Struct, frozen=True):
    """A user of the desk."""

    name: str
    role: str


class Members(msgspec.Struct, frozen=True):
    """Who may log in, and who asks."""

    users: list[Member]
    me: Member


@router.get("/login", include_in_schema=False)
def login_page(request: Request, next: str = "/today", failed: bool = False) -> Response:
    """The page on which a user says who he is."""
    ui = Ui(preferences(request), "/login", here=here_of(request))
    return HTMLResponse(drawn("login.html", ui, None, next=inside(next), failed=failed, ledger_name=""))


@router.post("/login", include_in_schema=False)
def login(request: Request, people: AtDoor, name: _Text, password: _Text, next: _Text = "/today") -> Response:
    """Begin a session."""
    user = people.login(name, password)
    if user is None:
        ui = Ui(preferences(request), "/login", here=f"/login?next={quote(inside(next))}")
        again = drawn("login.html", ui, None, next=inside(next), failed=True, ledger_name="")
        return HTMLResponse(again, status_code=401)
    response = RedirectResponse(inside(next), status_code=303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        SESSION, people.issue(user.name), max_age=_FORTNIGHT, httponly=True, samesite="strict", secure=secure
    )
    return response


@router.post("/logout", include_in_schema=False)
def logout(request: Request, people: AtDoor) -> Response:
    """End the session."""
    people.revoke(request.cookies.get(SESSION, ""))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(SESSION)
    return response


@router.get("/settings", include_in_schema=False)
def settings_page(request: Request, desk: AtDesk, back: str = "/today") -> Response:
    """How the reader likes the screens."""
    return page(request, desk, "settings.html", back=inside(back), tokens=desk.people.tokens(desk.user.name))


@router.post("/settings", include_in_schema=False)
def choose(
    language: _Text = "ar", digits: _Text = "latin", hijri: _Text = "", theme: _Text = "auto", back: _Text = "/today"
) -> Response:
    """Keep a reader's choices in his browser."""
    response = RedirectResponse(inside(back), status_code=303)
    keep(response, Preferences(language, digits, bool(hijri), theme))  # type: ignore[arg-type]
    return response


@router.post("/language", include_in_schema=False)
def switch(request: Request, language: _Text, back: _Text = "/today") -> Response:
    """The one switch: the same screen in the other language."""
    response = RedirectResponse(inside(back), status_code=303)
    keep(response, preferences(request)._replace(language=language))  # type: ignore[arg-type]
    return response


@screen(router, "/users", "users.html", Members)
def users(desk: AtDesk) -> Members:
    """Who may log in."""
    desk.need("admin")
    found = [Member(u.name, u.role) for u in desk.people.users()]
    return Members(found, Member(desk.user.name, desk.user.role))


@router.post("/users")
def put_user(desk: AtDesk, name: _Text, role: _Text, password: _Text) -> Response:
    """Add a user, or give one another role and password."""
    desk.need("admin")
    if role not in ROLES or not name.strip() or len(password) < _LEAST:
        known = ", ".join(ROLES)
        raise BadFilter(f"A user has a name, a role ({known}) and a password of {_LEAST} characters at least.")
    desk.people.put(name.strip(), role, password)  # type: ignore[arg-type]
    return RedirectResponse("/users", status_code=303)


@router.post("/users/remove")
def remove_user(desk: AtDesk, name: _Text) -> Response:
    """Take a user out; their judgements stay."""
    desk.need("admin")
    if [u.name for u in desk.people.users() if u.role == "admin"] == [name]:
        raise Forbidden("The last admin cannot be taken out: nobody could add users, and the desk would stand open.")
    desk.people.remove(name)
    return RedirectResponse("/users", status_code=303)


@router.post("/tokens/revoke")
def revoke_token(desk: AtDesk, made: _Text) -> Response:
    """Take back one of the user's tokens for programs, named by the moment at which it was issued."""
    desk.people.revoke_issued(desk.user.name, made)
    return RedirectResponse("/settings#tokens", status_code=303)


@router.post("/tokens")
def issue_token(request: Request, desk: AtDesk, label: _Text = "") -> Response:
    """A token for one of the user's programs, shown once."""
    if desk.user.name not in {one.name for one in desk.people.users()}:
        raise NoSuchUser("A token is issued to a user, and the desk has none: on this machine programs need none.")
    token = desk.people.issue(desk.user.name, label=label, program=True)
    return page(request, desk, "token.html", here="/settings", token=token)
