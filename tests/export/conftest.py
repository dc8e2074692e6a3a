"""One ledger with the bundled examples, as a source of the exports."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

import marsad.examples
from marsad.cli.export import LedgerSource
from marsad.cli.inputs import open_inputs
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.work import Given, job, read_job


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerSource]:
    folder = next(iter(marsad.examples.__path__))
    with Ledger.open(tmp_path_factory.mktemp("examples") / "karabakh.marsad", create=True) as ledger:
        ledger.write(
            read_job(job(p.data or b"", Given(id=p.id, url=p.url, publisher=p.publisher, published=p.published)))
            for p in open_inputs([str(pathlib.Path(folder))])
        )
        ledger.settle()
        yield LedgerSource(ledger, Filter(background=True))
