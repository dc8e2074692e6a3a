"""The laws of the whole: only coded errors are raised, spans lie in the text, the same bytes give the same record."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import marsad
from marsad.model.record import Record, Span

EXAMPLES = pathlib.Path(marsad.__file__).with_name("examples")
SOME_WORDS = (
    'قال أعلن الرئيس الروسي أن القوات الأرمينية قصفت غنجة ، . : « » " و5 قتلى وفقا لوكالة رويترز نفت ذلك هدنة بين '
    "البلدان برعاية روسية أمس الذي التي على أذربيجان بلاده 3 من اقترح لم يرد ( ) \n تبادل الاتهامات"
)
WORDS = st.sampled_from(SOME_WORDS.split(" "))
SENTENCES = st.lists(WORDS, max_size=40).map(" ".join)
SEEDS = ("0", "1", "2", "3", "4")
READ = "import sys, pathlib, marsad; print(*(marsad.read(pathlib.Path(p)).to_json() for p in sys.argv[1:]), sep='\\n')"


def spans(record: Record) -> Iterator[Span]:
    """Every span of a record."""
    yield from ((b.start, b.end) for b in record.page.blocks)
    yield from ((r.start, r.end) for r in record.page.repairs)
    yield from (c.text for c in record.page.comments)
    yield from (m for a in record.actors for m in a.mentions)
    yield from (m for p in record.places for m in p.mentions)
    yield from ((t.start, t.end) for t in record.times)
    yield from (s for statement in record.statements for s in (statement.verb, statement.content))
    yield from (s for event in record.events for s in (event.trigger, event.evidence))
    yield from (p.what for p in record.proposals)
    yield from (t.evidence for t in record.truces)
    yield from (a.evidence for a in record.alignments)
    yield from ((w.start, w.end) for w in record.wording)


def assert_sound(record: Record) -> None:
    """Spans in the text, ids that exist, and a record that survives its own JSON."""
    size = len(record.page.text)
    assert all(0 <= start <= end <= size for start, end in spans(record))
    actors = {a.id for a in record.actors}
    assert all(set(e.actors) | set(e.recipients) | set(e.claimed_by) <= actors for e in record.events)
    statements = {s.id for s in record.statements}
    assert all(e.statement is None or e.statement in statements for e in record.events)
    assert Record.from_json(record.to_json()) == record


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SENTENCES)
def test_any_news_like_words_are_read_soundly(text: str) -> None:
    try:
        record = marsad.read(text, published="2020-10-15")
    except marsad.MarsadError:
        return
    assert_sound(record)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), st.binary()))
def test_any_input_is_read_or_refused_by_code(page: str | bytes) -> None:
    try:
        assert_sound(marsad.read(page))
    except marsad.MarsadError as error:
        assert error.code.startswith("M")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.html")), ids=lambda p: p.stem)
def test_examples_are_read_soundly(path: pathlib.Path) -> None:
    assert_sound(marsad.read(path))


def test_same_bytes_same_record_under_five_hash_seeds() -> None:
    pages = [str(p) for p in sorted(EXAMPLES.glob("*.html"))]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", READ, *pages],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        for seed in SEEDS
    }
    assert len(outputs) == 1


def test_page_read_twice_gives_the_same_record() -> None:
    page = sorted(EXAMPLES.glob("*.html"))[0]
    assert marsad.read(page) == marsad.read(page)


def test_public_face_is_small() -> None:
    assert sorted(marsad.__all__) == ["Filter", "Ledger", "MarsadError", "Record", "read"]
    assert marsad.Record is Record


@pytest.mark.parametrize("page", ["قصفت القوات البلدة " * 2_000, "قصفت القوات البلدة أمس.\n\n" * 9_000])
def test_a_body_that_no_page_has_is_refused_by_code(page: str) -> None:
    with pytest.raises(marsad.MarsadError) as caught:
        marsad.read(page)
    assert caught.value.code == "M103"
