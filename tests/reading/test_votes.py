"""The learned votes: what they decide is told in words, and without them the rules stand."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.actors import camp_of
from marsad.reading.reader import Reading, read_reading
from marsad.reading.side_votes import Council, settle
from marsad.reading.votes import voter

PAGE = (
    "قصفت القوات الأذربيجانية صباح السبت مواقع للقوات الأرمينية قرب القرية.\n"
    "وقال متحدث باسم الجيش الأرميني إن القصف استمر ساعتين، متهما باكو بارتكاب جرائم حرب.\n"
    "وجددت القوات الأذربيجانية هجومها مساء."
)


def reading(*, voted: bool = True) -> Reading:
    return read_reading(read_page(PAGE, published="2020-10-10"), voted=voted)


def test_every_vote_has_its_model() -> None:
    assert all(voter(name) is not None for name in ("event", "side-actor", "side-recipient"))


def test_a_vote_without_a_model_is_not_held() -> None:
    assert voter("weather") is None


def test_each_event_tells_its_vote() -> None:
    told = [note for t in reading().tellings for kind, note in t.notes if kind == "event"]
    assert told and all(note.startswith("vote 0.") for note in told)


def test_rules_alone_hold_no_vote() -> None:
    assert not [n for t in reading(voted=False).tellings for n in t.notes if n[0] in ("event", "actors", "recipients")]


def test_candidates_are_the_sides_that_the_page_named_so_far() -> None:
    found = reading(voted=False)
    council = Council([*found.titles, *found.lines], found.registry, found.tellings)
    camps = {c.camp for c in council.candidates(found.tellings[0])}
    assert camps >= {("AZE", "state"), ("ARM", "state")}


@pytest.mark.parametrize(
    ("chances", "chosen"),
    [
        ({("AZE", "state"): 0.9, ("ARM", "state"): 0.8}, {("AZE", "state"), ("ARM", "state")}),
        ({("AZE", "state"): 0.1, ("ARM", "state"): 0.8}, {("ARM", "state")}),
        ({("AZE", "state"): 0.1, ("ARM", "state"): 0.5}, {("AZE", "state")}),
    ],
)
def test_rules_are_overruled_by_what_is_likely_only(chances: dict[tuple[str, str], float], chosen: set[str]) -> None:
    t = reading(voted=False).tellings[0]
    assert {camp_of(d) for d in t.actors} == {("AZE", "state")}
    assert set(settle(t, chances, {})[0]) == chosen


def test_no_finding_leaves_an_actor_behind_that_nothing_names() -> None:
    found = reading()
    used = {id(d) for t in found.tellings for d in (*t.actors, *t.recipients, *t.claimed_by)}
    named = {id(d) for line in (*found.titles, *found.lines) for m in line.mentions for d in found.registry.of(m)}
    left = [d.name for d in found.registry.drafts.values() if d.key[0] in ("force", "people") and d.spans]
    assert all(id(d) in used | named for d in found.registry.drafts.values() if d.name in left)
