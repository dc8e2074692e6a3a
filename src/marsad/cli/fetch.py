"""One page fetched once, plainly: size and time limits, and no address that is not on the public network.

The host is resolved once, every address that it has is checked, and the connection goes to a checked address, so that
a name cannot be made to point elsewhere between check and use. Each redirect is checked in the same way.
"""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import time
import urllib.parse
from typing import Final, NamedTuple

import urllib3

from marsad.model.errors import FetchFailed, FetchRefused, PageTooLarge

MAX_WIRE_BYTES: Final = 10 * 1024 * 1024
MAX_PAGE_BYTES: Final = 30 * 1024 * 1024
TIMEOUT_SECONDS: Final = 20.0
MAX_REDIRECTS: Final = 5
_CHUNK: Final = 1 << 16
_AGENT: Final = "marsad (+https://pypi.org/project/marsad/)"


class Fetched(NamedTuple):
    """A fetched page: its bytes, the address it came from in the end, the day."""

    data: bytes
    url: str
    captured: datetime.date


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
        response = _open(url, deadline)
        try:
            location = response.headers.get("Location") if response.status in (301, 302, 303, 307, 308) else None
            if location:
                url = urllib.parse.urljoin(url, location)
                continue
            if response.status != 200:
                raise FetchFailed(f"The server answered {response.status}.", address)
            return Fetched(_body(response, address, deadline), url, datetime.datetime.now(datetime.UTC).date())
        finally:
            response.close()
    raise FetchFailed(f"It redirects more than {MAX_REDIRECTS} times.", address)


def public_addresses(host: str, port: int, page: str) -> list[str]:
    """The addresses of a host, all of them on the public network.

    Args:
        host: the host's name or address.
        port: the port.
        page: the page's address, for the error.

    Raises:
        FetchRefused: one of them is private, local, reserved or multicast, or is a public-looking wrapper of such a one.
        FetchFailed: the host has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(f"The host {host!r} cannot be found.", page) from error
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    for text in addresses:
        if not is_public(text):
            raise FetchRefused(f"{host!r} is at {text}, which is not on the public network.", page)
    return addresses


def is_public(text: str) -> bool:
    """Whether an IP address is on the public network, looking through IPv4-mapped, 6to4, Teredo and NAT64 forms."""
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _open(url: str, deadline: float) -> urllib3.BaseHTTPResponse:
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"It is not an address: {error}.", url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise FetchRefused("Only plain http and https addresses are fetched.", url)
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    address = public_addresses(parts.hostname, port, url)[0]
    pool = _pool(address, parts.hostname, port, secure, deadline)
    target = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": _AGENT, "Accept": "text/html,text/plain", "Accept-Encoding": "gzip"}
    try:
        return pool.urlopen("GET", target, headers=headers, redirect=False, retries=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise FetchFailed(f"The page did not come: {error}.", url) from error


def _pool(address: str, host: str, port: int, secure: bool, deadline: float) -> urllib3.HTTPConnectionPool:
    wait = urllib3.Timeout(total=max(0.1, deadline - time.monotonic()))
    if not secure:
        return urllib3.HTTPConnectionPool(address, port, timeout=wait)
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=wait, ssl_context=ssl.create_default_context(), server_hostname=host, assert_hostname=host
    )


def _body(response: urllib3.BaseHTTPResponse, page: str, deadline: float) -> bytes:
    found = bytearray()
    try:
        for chunk in response.stream(_CHUNK, decode_content=True):
            found += chunk
            if len(found) > MAX_PAGE_BYTES or response.tell() > MAX_WIRE_BYTES:
                raise PageTooLarge("It is larger than what is fetched from an address.", page)
            if time.monotonic() > deadline:
                raise FetchFailed(f"It took more than {TIMEOUT_SECONDS:.0f} seconds.", page)
    except urllib3.exceptions.HTTPError as error:
        raise FetchFailed(f"The page broke off: {error}.", page) from error
    return bytes(found)
