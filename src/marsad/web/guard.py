"""What stands before every answer: the allow-list of hosts, the check of origins on writes, and the headers that let a
browser run nothing but the desk's own files.

A page of the web that a reader has open in the next tab can send requests to 127.0.0.1 too, under any name that its
owner lets point there (DNS rebinding); therefore neither the network nor a cookie is taken for proof.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers say `Origin: null` of the desk's own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}


class Guard:
    """ASGI middleware that refuses what comes to a wrong host or from another origin, and sets the headers.

    Args:
        app: what it guards.
        hosts: the names under which the desk may be asked, without port.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    own[name] = value
                if "cache-control" not in own:
                    own["Cache-Control"] = "no-store"  # what a ledger says stays out of the browser's files
            await send(message)

        refusal = self._refusal(scope["method"], headers)
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why a request is refused; empty where it is not."""
        host = headers.get("host", "")
        if _name(host) not in self._hosts:
            return "This desk does not answer under that name. Start it with --allow-host NAME.\n"
        if method in _READS:
            return ""
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != host:
            return "Writes are taken from the desk's own pages only.\n"
        if origin is None and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "Writes are taken from the desk's own pages only.\n"
        return ""


def _name(host: str) -> str:
    """A Host header's name without its port."""
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()
