"""The bundled pages with bytes flipped, cut out, doubled and cut off are read or refused, in time."""

from __future__ import annotations

import pathlib
import random
import time
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

import marsad
from marsad.model.errors import MarsadError
from marsad.page import read_page

FOLDER: Final = pathlib.Path(marsad.__file__).with_name("examples")
PAGES: Final = sorted(p.name for p in FOLDER.iterdir() if p.suffix in (".html", ".txt"))
SECONDS: Final = 5
COPIES: Final = 300


def mutated(raw: bytes, seed: int) -> bytes:
    """A copy with up to 30 accidents, the same for the same seed."""
    chance = random.Random(seed)
    data = bytearray(raw)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(data) or 1)
        size = chance.choice((1, 1, 5, 60, 800))
        kind = chance.choice(("flip", "flip", "delete", "double", "truncate"))
        if kind == "flip":
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == "delete":
            del data[at : at + size]
        elif kind == "double":
            data[at:at] = data[at : at + size] * chance.choice((1, 1, 20))
        elif chance.random() < 0.1:
            del data[at:]
    return bytes(data)


@given(st.sampled_from(PAGES), st.integers(0, 2**32))
@settings(max_examples=COPIES, deadline=None)
def test_a_mutated_example_is_read_or_refused(name: str, seed: int) -> None:
    data = mutated((FOLDER / name).read_bytes(), seed)
    started = time.perf_counter()
    try:
        page = read_page(data)
    except MarsadError:
        return
    finally:
        assert time.perf_counter() - started < SECONDS
    spans = [(b.start, b.end) for b in page.blocks] + [(r.start, r.end) for r in page.repairs]
    spans += [c.text for c in page.comments] + [c.age for c in page.comments if c.age] + list(page.published.evidence)
    assert all(0 <= start < end <= len(page.text) for start, end in spans)
