"""Helpers of the desk's tests: a desk that is asked directly, or served for real; what axe-core finds wrong."""

from __future__ import annotations

import pathlib
import socket
import threading
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from marsad.web.app import create_app
from marsad.web.desk import Settings


def asking(ledger: pathlib.Path, **options: Any) -> TestClient:
    """A client of a ledger's desk, as a browser's reader."""
    app = create_app(Settings(ledger))
    headers = {"accept": "text/html"}
    return TestClient(app, base_url="http://127.0.0.1:8765", headers=headers, **options)


class Served:
    """A desk served on a port of this machine, in a thread."""

    def __init__(self, ledger: pathlib.Path) -> None:
        import uvicorn

        self.ledger = ledger
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(create_app(Settings(ledger)), log_level="error", lifespan="on")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        self._socket.close()


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with a page, one line each: the rule, and the first element that breaks it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0].get('failureSummary', '')[:200]}" for v in found]
