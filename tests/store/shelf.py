"""Ledgers for the tests, filled with the bundled examples or with short news in our own words."""

from __future__ import annotations

import functools
import json
import pathlib
import random
from collections.abc import Iterable
from typing import Any

from typer.testing import CliRunner

import marsad.examples
from marsad.cli.app import app
from marsad.cli.inputs import open_inputs
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.work import Done, Given, job, read_job, unpacked

EXAMPLES = pathlib.Path(next(iter(marsad.examples.__path__)))
ALL = Filter(background=True)
TOWNS = ("خاركيف", "أوديسا", "حلب")
SIDES = ("الجيش الروسي", "القوات الأوكرانية", "الجيش السوري")


def run(*arguments: object) -> Any:
    """A command, within this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments])


def rows(result: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@functools.cache
def examples() -> tuple[Done, ...]:
    """The bundled examples, read once."""
    found = open_inputs([str(EXAMPLES)])
    said = (
        (p.data or b"", Given(id=p.id, url=p.url, publisher=p.publisher, published=p.published, headline=p.headline))
        for p in found
    )
    return tuple(read(data, given) for data, given in said)


def read(data: bytes | str, given: Given) -> Done:
    return read_job(job(data, given))


def news(town: str, killed: int, page: str | None, *, day: int = 3, side: str = SIDES[0], **given: Any) -> Done:
    """A short piece: who shelled which town on which day of March 2022, and how many it killed."""
    text = f"الوضع في {town}\nقصف {side} سوق مدينة {town} يوم {day} مارس 2022، ما أدى إلى مقتل {killed} مدنيين."
    return read(text, Given(id=page, **{"published": f"2022-03-0{day}", "publisher": "صحيفة الميناء", **given}))


def invented(chance: random.Random, page: str) -> Done:
    """A piece that resembles the others of its kind more or less, some of them without a day."""
    day = chance.randrange(1, 7)
    side, town = chance.choice(SIDES), chance.choice(TOWNS)
    text = f"{side} يقصف {town}\nقصف {side} مدينة {town} يوم {day} مارس 2022 وقتل {chance.choice((3, 4, 12))} مدنيين."
    if chance.random() < 0.6:
        text += (
            f"\nوقصف {chance.choice(SIDES)} بالصواريخ مدينة {chance.choice(TOWNS)} يوم {chance.randrange(1, 7)} مارس"
            f" 2022 وأصيب {chance.choice((5, 9))} جنود."
        )
    dated = None if chance.random() < 0.1 else f"2022-03-0{day + chance.randrange(2)}"
    return read(text, Given(id=page, published=dated, publisher=chance.choice(("البريد", "الميناء"))))


def filled(path: pathlib.Path, pages: Iterable[Done], *, stepwise: bool = False) -> Ledger:
    """A ledger with these pages, put right at the end or after each of them."""
    ledger = Ledger.open(path, create=True)
    for page in pages:
        ledger.write([page])
        if stepwise:
            ledger.settle()
    ledger.settle()
    return ledger


def kept(ledger: Ledger, seq: int) -> bytes:
    """The bytes of a page, as they were captured."""
    return unpacked(ledger._db.execute("SELECT bytes FROM pages WHERE seq = ?", (seq,)).fetchone()[0])


def told(ledger: Ledger) -> str:
    """All incidents, as bytes would be compared."""
    return "\n".join(i.to_json() for i in ledger.incidents(ALL))
