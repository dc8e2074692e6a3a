"""The incident that the documentation shows: the bundled examples in one ledger, its versions side by side."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Iterable, Mapping
from typing import Final

from marsad.cli.inputs import Input, open_inputs
from marsad.ledger.model import Incident, Mention, Version
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.work import Given, Job, job, read_job

ROOT: Final = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES: Final = "src/marsad/examples"
SHOWN: Final = Filter(types=("ASSAULT",), places=("غنجة",), since="2020-10-17", until="2020-10-17", least_sources=2)


def _job(page: Input) -> Job:
    given = Given(
        id=page.id, url=page.url, publisher=page.publisher, published=page.published, headline=page.headline,
        captured=page.captured,
    )  # fmt: skip
    return job(page.data or "", given)


def example_incident() -> tuple[Incident, Mapping[str, Mention]]:
    """The incident and its mentions by their ids."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/l.marsad", create=True) as ledger:
        ledger.write(read_job(_job(page)) for page in open_inputs([str(ROOT / EXAMPLES)]))
        ledger.settle()
        incident = next(ledger.incidents(SHOWN))
        return incident, {m.id: m for m in ledger.mentions(incident)}


def columns() -> tuple[list[str], list[list[str]]]:
    """The versions as a table: a head with the claimants, and a row for each field."""
    incident, mentions = example_incident()
    told = incident.versions
    rows = [
        ["status", *(f"{v.status}, denies it" if v.denies else v.status for v in told)],
        ["who acted", *(_joined(c.value for c in v.actors) for v in told)],
        ["harm", *(_joined(dict.fromkeys(f"{t.low} {t.kind}" for t in v.tolls)) for v in told)],
        ["words", *(f"«{_words(v, mentions)}»" for v in told)],
        ["told by", *(_joined(dict.fromkeys(mentions[i].outlet or "" for i in v.mentions)) for v in told)],
    ]
    return ["", *(v.claimant.name if v.claimant else "outlets" for v in told)], rows


def _joined(values: Iterable[str]) -> str:
    return ", ".join(values)


def _words(version: Version, mentions: Mapping[str, Mention]) -> str:
    return mentions[version.mentions[0]].words.rstrip(" .")
