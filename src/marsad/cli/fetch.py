"""One page fetched once, plainly: size and time limits, and no address that is not on the public network.

The host is resolved once, every address that it has is checked, and the connection goes to a checked address, so that
a name cannot be made to point elsewhere between check and use. Each redirect is checked in the same way. Proxies named
in the environment are not used.
"""

from __future__ import annotations

import contextlib
import datetime
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import urllib.parse
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from marsad.model.errors import FetchFailed, FetchRefused, MarsadError, PageTooLarge

MAX_WIRE_BYTES: Final = 10 * 1024 * 1024
MAX_PAGE_BYTES: Final = 30 * 1024 * 1024
TIMEOUT_SECONDS: Final = 20.0
MAX_REDIRECTS: Final = 5
_CHUNK: Final = 1 << 16
_HEADERS: Final = {
    "User-Agent": "marsad (+https://pypi.org/project/marsad/)",
    "Accept": "text/html,text/plain",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]+(?:%[a-z0-9]+)?", re.IGNORECASE)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
# Not on the public network, though not every version of Python's own tables says so: local NAT64, 6to4 relays,
# the whole of 6to4 and Teredo (they wrap addresses of others), site-local, documentation, segment routing.
_BARRED: Final = tuple(
    ipaddress.ip_network(n)
    for n in (
        "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "2001:db8::/32", "3fff::/20", "5f00::/16", "::/96",
        "192.88.99.0/24", "192.0.0.0/24", "100.64.0.0/10", "198.18.0.0/15", "0.0.0.0/8",
    )
)  # fmt: skip


class Fetched(NamedTuple):
    """A fetched page: its bytes, the address it came from in the end, the day."""

    data: bytes
    url: str
    captured: datetime.date


class Target(NamedTuple):
    """An address taken apart: whether it is https, its host, its port, what to ask the host for."""

    secure: bool
    host: str
    port: int
    path: str


def fetch(address: str) -> Fetched:
    """Fetch a page.

    Args:
        address: an http or https address.

    Raises:
        FetchRefused: it is not an address on the public network.
        FetchFailed: it did not answer with a page in time.
        PageTooLarge: the page is beyond the limits.
    """
    deadline = time.monotonic() + TIMEOUT_SECONDS
    url = address
    for _ in range(MAX_REDIRECTS + 1):
        found = _ask(url, deadline, address)
        if isinstance(found, bytes):
            return Fetched(found, url, datetime.datetime.now(datetime.UTC).date())
        url = found
    raise FetchFailed(f"It redirects more than {MAX_REDIRECTS} times.", address)


def target_of(url: str) -> Target:
    """An address taken apart, where it is one that may be fetched.

    Raises:
        FetchRefused: it is not a plain http or https address.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise FetchRefused(f"It is not an address: {error}.", url) from error
    if parts.scheme not in ("http", "https") or parts.username is not None or not _HOST.fullmatch(host):
        raise FetchRefused("It is not a plain http or https address.", url)
    secure = parts.scheme == "https"
    path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = urllib.parse.quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return Target(secure, host, port or (443 if secure else 80), f"{path}?{query}" if query else path)


def public_addresses(host: str, port: int, page: str) -> list[str]:
    """The addresses of a host, all of them on the public network.

    Args:
        host: the host's name or address.
        port: the port.
        page: the page's address, for the error.

    Raises:
        FetchRefused: one of them is private, local, reserved or multicast, or is a public-looking wrapper of such.
        FetchFailed: the host has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise FetchFailed(f"The host {host!r} cannot be found.", page) from error
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    for text in addresses:
        if not is_public(text):
            raise FetchRefused(f"{host!r} is at {text}, which is not on the public network.", page)
    if not addresses:
        raise FetchFailed(f"The host {host!r} has no address.", page)
    return addresses


def is_public(text: str) -> bool:
    """Whether an IP address is on the public network, looking through its IPv4-mapped and NAT64 forms.

    6to4 and Teredo addresses are never public: what they lead to is somebody else's.
    """
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(address.version == net.version and address in net for net in _BARRED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_link_local)


class _Connection(http.client.HTTPConnection):
    """A connection to a checked address under its host's name."""

    def __init__(self, target: Target, address: str, wait: float) -> None:
        super().__init__(target.host, target.port, timeout=wait)
        self.default_port = 443 if target.secure else 80
        self._target = target
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address; a certificate must be the host's own."""
        plain = socket.create_connection((self._address, self._target.port), self.timeout)
        self.sock = plain
        if self._target.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host.rstrip("."))


def _ask(url: str, deadline: float, page: str) -> bytes | str:
    """One request: the page's bytes, or the address that it redirects to."""
    target = target_of(url)
    addresses = public_addresses(target.host, target.port, url)
    reason: Exception | None = None
    for address in addresses:
        connection = _Connection(target, address, max(0.1, deadline - time.monotonic()))
        try:
            connection.connect()
        except (OSError, ValueError) as error:
            connection.close()
            reason = error
            continue
        with contextlib.closing(connection), _alarm(connection, deadline, page):
            found = _answer(connection, target, url, page)
            if time.monotonic() >= deadline:
                raise FetchFailed("It did not end in time.", page)
            return found
    raise FetchFailed(f"The host does not answer: {reason}.", page) from reason


@contextlib.contextmanager
def _alarm(connection: _Connection, deadline: float, page: str) -> Iterator[None]:
    """Cut the connection at the deadline: a server that sends a byte now and then never meets a timeout of its own.

    A cut connection looks like one that ended, so that whatever was made of it is thrown away.
    """
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    except MarsadError as error:
        if time.monotonic() < deadline:
            raise
        raise FetchFailed(f"It took more than {TIMEOUT_SECONDS:.0f} seconds.", page) from error
    finally:
        timer.cancel()


def _cut(connection: _Connection) -> None:
    with contextlib.suppress(OSError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _answer(connection: _Connection, target: Target, url: str, page: str) -> bytes | str:
    try:
        connection.request("GET", target.path, headers=_HEADERS)
        response = connection.getresponse()
        location = response.headers.get("Location") if response.status in _REDIRECTS else None
        if location:
            return urllib.parse.urljoin(url, location)
        if response.status != 200:
            raise FetchFailed(f"The server answered {response.status}.", page)
        return _body(response, page)
    except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
        raise FetchFailed(f"The page broke off: {error!r}.", page) from error


def _body(response: http.client.HTTPResponse, page: str) -> bytes:
    """A response's body, unpacked piece by piece, so that a bomb is left alone as soon as it is over the limit."""
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""), page)
    found, wire = bytearray(), 0
    while chunk := response.read1(_CHUNK):
        wire += len(chunk)
        while chunk:
            found += unpacker.decompress(chunk, _CHUNK) if unpacker else chunk
            chunk = unpacker.unconsumed_tail if unpacker else b""
            _within(len(found), wire, page)
    if unpacker and not unpacker.eof:
        found += unpacker.decompress(b"", _CHUNK)  # what was held back when a piece reached its limit
    if response.length or (unpacker and not unpacker.eof):
        raise FetchFailed("The page broke off before its end.", page)
    return bytes(found)


def _within(size: int, wire: int, page: str) -> None:
    if size > MAX_PAGE_BYTES or wire > MAX_WIRE_BYTES:
        raise PageTooLarge("It is larger than what is fetched from an address.", page)


def _unpacker(encoding: str, page: str) -> zlib._Decompress | None:
    """What unpacks a body: only gzip is asked for, and nothing else is taken."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31)
    raise FetchFailed(f"It came packed as {name[:40]!r}, which was not asked for.", page)
