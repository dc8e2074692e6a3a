"""The desk over a ledger of the examples: asked directly, served for real, and in a real browser where there is one."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from marsad.cli.add import run as add

if find_spec("fastapi") is None:  # the smallest install has no desk
    collect_ignore_glob = ["test_*.py"]
else:
    from desks import Served, asking

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that those tests can be run alone: `pytest -m browser`."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def examples_ledger(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A ledger of all the bundled examples; not to be written: take `ledger` for that."""
    path = tmp_path_factory.mktemp("desk") / "karabakh.marsad"
    add([str(files("marsad") / "examples")], path, published=None, publisher=None, limit=30 << 20, processes=1)
    return path


@pytest.fixture
def ledger(examples_ledger: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """One's own copy of the ledger of the examples."""
    path = tmp_path / "karabakh.marsad"
    shutil.copy(examples_ledger, path)
    return path


@pytest.fixture(scope="session")
def client(examples_ledger: pathlib.Path) -> Iterator[TestClient]:
    """Asks the desk of the examples, as the machine's own user; for reading."""
    with asking(examples_ledger) as made:
        yield made


@pytest.fixture
def writer(ledger: pathlib.Path) -> Iterator[TestClient]:
    """Asks the desk of one's own copy of the ledger, to write."""
    with asking(ledger) as made:
        yield made


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="session")
def served(examples_ledger: pathlib.Path) -> Iterator[Served]:
    """The desk of the examples, served; for reading."""
    with Served(examples_ledger) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; tests that need it are skipped where it is not."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as run:
        made = run.chromium.launch(executable_path=CHROMIUM, args=list(_SWITCHES))
        yield made
        made.close()


Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Opens an address in a context of its own; `page.complaints` holds what the console, scripts or dialogs said."""
    contexts = []

    def opened(address: str, *, language: str = "ar", **options: Any) -> Any:
        screen = {"viewport": {"width": 1300, "height": 850}, "reduced_motion": "reduce"}
        context = browser.new_context(**{**screen, **options})
        contexts.append(context)
        host = address.split("/")[2].split(":")[0]
        context.add_cookies(
            [{"name": "marsad_reader", "value": f"{language}.latin.plain.light", "domain": host, "path": "/"}]
        )
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.on("dialog", lambda d: (page.complaints.append("dialog"), d.dismiss()))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """Keeps a screenshot of a page as `test-artefacts/NAME.png` at the project's root, for people to look at."""
    folder = pathlib.Path(request.config.rootpath) / "test-artefacts"

    def keep(page: Any, name: str) -> None:
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep
