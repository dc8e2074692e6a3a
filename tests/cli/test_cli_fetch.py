"""Fetching one page: nothing on a private network is ever connected to, nothing endless is ever taken."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from marsad.cli import fetch as module
from marsad.cli.fetch import fetch, is_public, public_addresses, target_of
from marsad.model.errors import FetchFailed, FetchRefused, MarsadError, PageTooLarge

# Names that somebody else's server may point anywhere; here they point where such servers do.
NAMES = {
    "metadata.google.internal": "169.254.169.254",
    "metadata": "169.254.169.254",
    "localhost": "127.0.0.1",
    "localhost.localdomain": "127.0.0.1",
    "ip6-localhost": "::1",
    "kubernetes.default.svc": "10.0.0.1",
    "localtest.me": "127.0.0.1",
    "rebind.example": "192.168.1.1",
    "router.lan": "192.168.0.1",
    "cgnat.example": "100.64.0.1",
    "mapped.example": "::ffff:10.0.0.1",
    "sixtofour.example": "2002:7f00:1::",
    "public.example": "93.184.216.34",
}
VECTORS = (
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0.0.01/",
    "http://127.000.000.001/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0.0.0.0:8080/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    "http://169.254.43518/",
    "http://10.0.0.1/",
    "http://10.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.1/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://192.0.0.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://localhost/",
    "http://LOCALHOST:80/",
    "http://localhost./",
    "http://localhost.localdomain/",
    "http://ip6-localhost/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://metadata/",
    "http://kubernetes.default.svc/",
    "http://localtest.me/",
    "http://rebind.example/",
    "http://router.lan/",
    "http://cgnat.example/",
    "http://mapped.example/",
    "http://sixtofour.example/",
    "https://127.0.0.1/",
    "https://[::1]:8443/",
    "http://public.example@127.0.0.1/",
    "http://127.0.0.1@public.example/",
    "http://public.example:80@127.0.0.1/",
    "http://:@127.0.0.1/",
    "http://public.example#@127.0.0.1@x/",
    "http://127.0.0.1\\@public.example/",
    "http://public.example\\@127.0.0.1/",
    "http://127.0.0.1%00.public.example/",
    "http://127.0.0.1%2f.public.example/",
    "http://127.0.0.1 .public.example/",
    "http:///127.0.0.1/",
    "http:127.0.0.1/",
    "http://",
    "http://[::1/",
    "http://[v1.x]/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:-1/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_x",
    "dict://127.0.0.1/",
    "javascript:alert(1)",
    "data:text/html,x",
    "ldap://127.0.0.1/",
    "unix:///var/run/docker.sock",
    "jar:http://127.0.0.1!/",
    "//127.0.0.1/",
)


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are resolved as the system does; names only from the list above; nothing is asked of a network."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        name = host.rstrip(".").lower()
        if name in NAMES:
            return real(NAMES[name], port, *args, **kwargs)
        return real(host, port, *args, **{**kwargs, "flags": socket.AI_NUMERICHOST})

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.usefixtures("resolver")
@pytest.mark.parametrize("address", VECTORS)
def test_no_connection_is_made(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: reached.append(a))
    monkeypatch.setattr(socket.socket, "connect", lambda *a: reached.append(a))
    if address == "http://public.example#@127.0.0.1@x/":  # all after # is a fragment: this one is the public host
        assert target_of(address).host == "public.example"
        return
    with pytest.raises((FetchRefused, FetchFailed)):
        fetch(address)
    assert reached == []


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) >= 60


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "999.1.1.1", "::g", "127.0.0.1%lo"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@pytest.mark.usefixtures("resolver")
def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(FetchRefused):
        public_addresses("mixed.example", 80, "http://mixed.example/")


def test_the_request_is_plain_ascii() -> None:
    target = target_of("http://خبر.example/سوريا اليوم?q=هدنة&x=1 2#frag")
    assert (
        target.host.startswith("xn--") and target.path.isascii() and " " not in target.path and "#" not in target.path
    )


# ---- against a server of our own
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], str]]:
    """A server on the loopback, which for the test's time counts as the only public address."""
    servers: list[ThreadingHTTPServer] = []
    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    answer(self)

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_is_fetched_with_its_address(serve: Any) -> None:
    asked: dict[str, str] = {}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.update(handler.headers.items())
        send(handler, "<p>نص</p>".encode())

    url = serve(answer)
    page = fetch(url)
    assert page.data.decode() == "<p>نص</p>" and page.url == url
    assert asked["Accept-Encoding"] == "gzip" and asked["Host"] == url.split("/")[2] and "Cookie" not in asked


def test_gzip_is_unpacked_and_other_codings_are_refused(serve: Any) -> None:
    assert (
        fetch(serve(lambda h: send(h, gzip.compress(b"x" * 300_000), Content_Encoding="gzip"))).data == b"x" * 300_000
    )
    for coding in ("br", "zstd", "gzip, gzip", "compress"):
        with pytest.raises(FetchFailed):
            fetch(serve(lambda h, c=coding: send(h, b"abc", Content_Encoding=c)))


@pytest.mark.parametrize("packed", [gzip.compress(b"abcdef" * 99)[:-9], b"\x1f\x8b\x08junk", b"plain"])
def test_damaged_gzip_is_an_error(serve: Any, packed: bytes) -> None:
    with pytest.raises(FetchFailed):
        fetch(serve(lambda h: send(h, packed, Content_Encoding="gzip")))


def test_a_bomb_is_refused_quickly(serve: Any) -> None:
    deflate = zlib.compressobj(9, wbits=31)
    bomb = b"".join(deflate.compress(b"\0" * (1 << 20)) for _ in range(200)) + deflate.flush()
    begun = time.monotonic()
    with pytest.raises(PageTooLarge):
        fetch(serve(lambda h: send(h, bomb, Content_Encoding="gzip")))
    assert time.monotonic() - begun < 3


def test_too_much_on_the_wire_is_refused(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WIRE_BYTES", 100_000)
    with pytest.raises(PageTooLarge):
        fetch(serve(lambda h: send(h, b"a" * 500_000)))


def test_redirects_are_followed_and_counted(serve: Any) -> None:
    hops: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        hops.append(handler.path)
        number = int(handler.path.strip("/") or 0)
        send(handler, b"", 302, Location=f"/{number + 1}") if number < 3 else send(handler, b"end")

    url = serve(answer)
    assert fetch(url).url == f"{url}3" and hops == ["/", "/1", "/2", "/3"]
    with pytest.raises(FetchFailed, match="redirects"):
        fetch(serve(lambda h: send(h, b"", 301, Location="/again")))


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "http://2130706434/",
        "//192.168.0.1/x",
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(serve: Any, target: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(serve(lambda h: send(h, b"", 302, Location=target)))


def test_a_name_is_resolved_once_for_check_and_use(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, real, asked = serve(lambda h: send(h, b"ok")), socket.getaddrinfo, []
    port = int(url.split(":")[2].strip("/"))

    def resolve(host: str, *args: Any, **kwargs: Any) -> Any:
        if host == "rebind.example":
            asked.append(host)
            return real("127.0.0.1" if len(asked) == 1 else "10.0.0.1", *args, **kwargs)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://rebind.example:{port}/").data == b"ok" and len(asked) == 1


@pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 500, 503])
def test_other_statuses_are_errors(serve: Any, status: int) -> None:
    with pytest.raises(FetchFailed, match=str(status)):
        fetch(serve(lambda h: send(h, b"", status)))


def test_a_body_that_breaks_off_is_an_error(serve: Any) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    with pytest.raises(FetchFailed):
        fetch(serve(answer))


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_dribbles_is_cut_off(serve: Any, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.6)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 9999\r\n\r\n" if where == "body" else b"X: "))
        for _ in range(60):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    begun = time.monotonic()
    with pytest.raises(FetchFailed, match="seconds"):
        fetch(serve(answer))
    assert time.monotonic() - begun < 3


def test_endless_headers_are_an_error(serve: Any) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n")

    with pytest.raises(FetchFailed):
        fetch(serve(answer))


def test_a_closed_port_is_a_coded_error(serve: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(MarsadError) as caught:
        fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "M202"
