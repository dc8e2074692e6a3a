"""One ledger with the bundled examples, for the tests that only ask."""

from __future__ import annotations

import pathlib

import pytest
import shelf


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("examples") / "karabakh.marsad"
    shelf.filled(path, shelf.examples()).close()
    return path
