"""The commands of the desk: `serve`, and who may log in: `user`, `users`, `token`."""

from __future__ import annotations

import getpass
import pathlib
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from marsad.store.people import People

_LEAST: Final = 8  # characters of a password
Path = Annotated[pathlib.Path, typer.Argument(metavar="LEDGER", help="The ledger's file.", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.", show_default=False)]


def serve(
    ledger: Path,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes any free one.")] = 8765,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A further name under which it may be asked; repeatable.")
    ] = None,
    borders: Annotated[
        pathlib.Path | None, typer.Option(metavar="FILE", help="GeoJSON whose features replace the map's own.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the desk: the ledger's observatory in a browser, at an address of this machine."""
    sys.exit(_told(lambda: _serve(ledger, host, port, tuple(allow_host or ()), borders, open_browser)))


def _serve(
    path: pathlib.Path, host: str, port: int, names: tuple[str, ...], borders: pathlib.Path | None, opens: bool
) -> None:
    from marsad.model.errors import DeskExtraMissing

    try:
        from marsad.web.serve import listening, prepared
    except ModuleNotFoundError as error:
        raise DeskExtraMissing(f"There is no «{error.name}».") from error
    server = prepared(path, host, names=names, borders=borders)
    sock = listening(host, port)
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    address = f"http://{shown}:{sock.getsockname()[1]}/"
    sys.stdout.write(f"The desk of {path} is open at {address} (Ctrl-C closes it)\n")
    sys.stdout.flush()
    if opens:
        webbrowser.open(address)
    try:
        server.run(sockets=[sock])
    except KeyboardInterrupt:  # uvicorn has ended its requests and hands the signal on
        pass
    finally:
        sock.close()


def user(
    ledger: Path,
    name: Name,
    role: Annotated[str, typer.Option(metavar="ROLE", help="reader, reviewer or admin.")] = "reviewer",
    remove: Annotated[bool, typer.Option("--remove", help="Take the user out; their judgements stay.")] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add a user to a ledger's desk, or give one another role and password; asks for the password."""
    from marsad.store.people import ROLES

    if role not in ROLES:
        raise typer.BadParameter(f"a role is one of {', '.join(ROLES)}")
    sys.exit(_told(lambda: _remove(ledger, name) if remove else _put(ledger, name, role, password_stdin)))


def _put(path: pathlib.Path, name: str, role: str, piped: bool) -> None:
    password = sys.stdin.readline().rstrip("\n") if piped else getpass.getpass("Password: ")
    if len(password) < _LEAST:
        raise typer.BadParameter(f"a password has {_LEAST} characters at least")
    with _desk_of(path) as people:
        made = people.put(name, role, password)  # type: ignore[arg-type]
    sys.stdout.write(f"{made.name} may log in as {made.role}\n")


def _remove(path: pathlib.Path, name: str) -> None:
    with _desk_of(path) as people:
        people.remove(name)
    sys.stdout.write(f"{name} may not log in any more\n")


def users(ledger: Path) -> None:
    """List who may log in to a ledger's desk."""
    sys.exit(_told(lambda: _list(ledger)))


def _list(path: pathlib.Path) -> None:
    with _desk_of(path) as people:
        found = people.users()
    for one in found:
        sys.stdout.write(f"{one.role}\t{one.name}\n")
    if not found:
        sys.stdout.write("nobody; the desk answers on this machine only, and whoever sits at it runs it\n")


def token(
    ledger: Path,
    name: Name,
    label: Annotated[str, typer.Option(metavar="TEXT", help="Which program it is for.")] = "",
) -> None:
    """Issue a token with which a user's program may ask the desk; it is printed once."""
    sys.exit(_told(lambda: _issue(ledger, name, label)))


def _issue(path: pathlib.Path, name: str, label: str) -> None:
    with _desk_of(path) as people:
        if name not in {one.name for one in people.users()}:
            from marsad.model.errors import NoSuchUser

            raise NoSuchUser(f"«{name}» is not among the users.", str(path))
        sys.stdout.write(people.issue(name, label=label, program=True) + "\n")


@contextmanager
def _desk_of(path: pathlib.Path) -> Iterator[People]:
    """The people of a ledger's desk; that of something that is no ledger is not begun."""
    from marsad.store.database import connect
    from marsad.store.people import People

    connect(path).close()
    with People.beside(path) as people:
        yield people


def _told(run: Callable[[], None]) -> int:
    from marsad.cli.read import ALL_READ, USAGE, complain, speak_utf8
    from marsad.model.errors import MarsadError

    speak_utf8()
    try:
        run()
    except MarsadError as error:
        complain(error)
        return USAGE
    return ALL_READ


ALL: Final = (serve, user, users, token)
