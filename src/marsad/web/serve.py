"""Starting the desk: which address, under which names, and that nobody opens it to a network without a password."""

from __future__ import annotations

import ipaddress
import pathlib
import socket
import threading
from collections.abc import Collection

import uvicorn

from marsad.ledger.words import search_key
from marsad.model.errors import AddressTaken, NeedsPassword
from marsad.store.ledger import Ledger
from marsad.store.people import People
from marsad.web.app import create_app
from marsad.web.borders import borders as read_borders
from marsad.web.desk import Settings
from marsad.web.guard import LOOPBACK


def prepared(
    ledger: pathlib.Path, host: str, *, names: Collection[str] = (), borders: pathlib.Path | None = None
) -> uvicorn.Server:
    """A server that is ready to run: the ledger opens, and an address beyond this machine needs users first.

    Args:
        ledger: the ledger's file.
        host: the address to answer on.
        names: further names under which it may be asked.
        borders: a GeoJSON file whose features take the place of the map's own.

    Raises:
        MarsadError: M107, M501, M502, M505 the ledger cannot be opened; M602 it would be open to others without a
            password; M608 the file of borders is none.
    """
    local = is_loopback(host) and not set(map(str.lower, names)) - set(LOOPBACK)  # a further name leads others here
    with Ledger.open(ledger, write=True), People.beside(ledger) as people:  # an older file is brought to this version
        if not local and not people.users():
            told = f"{' '.join((host, *names))}: others may come in, and the desk has no users."
            raise NeedsPassword(told, str(ledger))
    if borders is not None:
        read_borders(borders)  # a file that is none is told now
    threading.Thread(target=search_key, args=("",), daemon=True).start()  # loads what the first search needs
    app = create_app(Settings(ledger, local, borders), {*LOOPBACK, host.lower(), *(n.lower() for n in names)})
    return uvicorn.Server(uvicorn.Config(app, host=host, log_level="warning", server_header=False, access_log=False))


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own and no other's.

    Args:
        host: an IP address, or `localhost`; any other name may lead anywhere.
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that what is wrong with an address is said before anything starts.

    Args:
        host: the address.
        port: the port; 0 for any that is free.

    Raises:
        AddressTaken: the address is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host.strip("[]"), port))
    except OSError as error:
        sock.close()
        raise AddressTaken(f"{host}:{port} cannot be listened on: {error.strerror or error}.") from error
    return sock
