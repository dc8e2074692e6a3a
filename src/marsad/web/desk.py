"""The desk as one request finds it: whose ledger, who asks, how they like it shown."""

from __future__ import annotations

import getpass
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Final, NamedTuple

from fastapi import Depends
from starlette.requests import Request

from marsad.model.errors import Forbidden
from marsad.store.ledger import Ledger
from marsad.store.people import People, Role, User
from marsad.web.preferences import Preferences, preferences

SESSION: Final = "marsad_session"


class Settings(NamedTuple):
    """How a desk was started.

    `ledger` is its file; `local` whether it answers on this machine alone, so that with no users in it everybody at the
    machine is its admin; `borders` a GeoJSON file whose features take the place of the map's own.
    """

    ledger: pathlib.Path
    local: bool = True
    borders: pathlib.Path | None = None


class NotSignedIn(Exception):
    """Nobody is known to ask; a browser is led to the login page, a program is told."""


class Desk(NamedTuple):
    """What a screen needs: the ledger (for reading), the people, who asks, and how they like it shown."""

    settings: Settings
    ledger: Ledger
    people: People
    user: User
    preferences: Preferences

    @contextmanager
    def writing(self, role: Role = "reviewer") -> Iterator[Ledger]:
        """The ledger opened for writing.

        Args:
            role: the role that it takes.

        Raises:
            Forbidden: the user has not that role.
            MarsadError: M503 it cannot be written, M504 the disk is full, M506 another process is writing.
        """
        self.need(role)
        with Ledger.open(self.settings.ledger, write=True) as ledger:
            yield ledger

    def need(self, role: Role) -> None:
        """Refuse who has not a role.

        Raises:
            Forbidden: the user has not that role.
        """
        if not self.user.may(role):
            raise Forbidden(f"{self.user.name} is {self.user.role}; this takes {role}.")


def at_door(request: Request) -> Iterator[People]:
    """The file of the people, for one request: requests run beside each other, and each writes for itself."""
    settings: Settings = request.app.state.settings
    with People.beside(settings.ledger) as people:
        yield people


AtDoor = Annotated[People, Depends(at_door)]


def at_desk(request: Request, people: AtDoor) -> Iterator[Desk]:
    """The desk for one request.

    Raises:
        NotSignedIn: nobody is known to ask.
    """
    settings: Settings = request.app.state.settings
    user = who(request, settings, people)
    if user is None:
        raise NotSignedIn
    request.state.user = user  # an error's page shows them their screens too
    with Ledger.open(settings.ledger) as ledger:
        yield Desk(settings, ledger, people, user, preferences(request))


AtDesk = Annotated[Desk, Depends(at_desk)]


def now() -> str:
    """The moment, as judgements are dated: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who(request: Request, settings: Settings, people: People) -> User | None:
    """Who asks: the bearer of a token, the owner of a session, or, where a desk of this machine has no users, its user.

    Args:
        request: the request.
        settings: how the desk was started.
        people: its users.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if kind.lower() == "bearer" else request.cookies.get(SESSION, "")
    if token:
        found = people.bearer(token)
        if found:
            return found
    if settings.local and not people.users():
        return User(getpass.getuser(), "admin")
    return None
