"""Every frame of the pack is read in its own example: the type, and the sides it expects.

Rows that fail are listed in `data/frames_known_failures.tsv` and run as strict xfail: the day one passes, we are told.
"""

from __future__ import annotations

import pathlib

import pytest

import marsad
from marsad.language import pack

FILES = ("frames_force.tsv", "frames_speech.tsv")
KNOWN = {
    line.split("\t")[0]
    for line in pathlib.Path(__file__).with_name("data").joinpath("frames_known_failures.tsv").read_text().splitlines()
    if line and not line.startswith("#")
}
ROWS = [row for name in FILES for row in pack.rows(name)]
IGO = {"UNO": "IGO", "EUR": "IGO"}


def _sides(cell: str) -> tuple[set[str], set[str]]:
    actor, _, recipient = cell.partition(">")
    return {c for c in actor.split("+") if c}, {c for c in recipient.split("+") if c}


def _reads(row: pack.Row) -> bool:
    record = marsad.read(row["example"], published="2020-10-15")
    codes = {a.id: a.code for a in record.actors}
    actors, recipients = _sides(row["expect"])
    for event in record.events:
        found_a = {codes[i] for i in event.actors}
        found_r = {codes[i] for i in event.recipients}
        if event.type == row["type"] and actors <= found_a and recipients <= found_r:
            return True
    return False


@pytest.mark.parametrize(
    "row",
    [pytest.param(r, id=r["id"], marks=[pytest.mark.xfail(strict=True)] if r["id"] in KNOWN else []) for r in ROWS],
)
def test_frame_is_read_in_its_example(row: pack.Row) -> None:
    assert _reads(row)


def test_few_frames_are_known_to_fail() -> None:
    assert len(KNOWN) < 0.21 * len(ROWS)


def test_every_type_has_frames() -> None:
    assert len({row["type"] for row in ROWS}) == 16
