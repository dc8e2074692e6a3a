"""The learned votes: what they decide is told in words, and without them the rules stand."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.choice import choice
from marsad.reading.reader import Reading, read_reading
from marsad.reading.side_features import camps
from marsad.reading.side_votes import Council, settled
from marsad.reading.votes import voter

PAGE = (
    "قصفت القوات الأذربيجانية صباح السبت مواقع للقوات الأرمينية قرب القرية.\n"
    "وقال متحدث باسم الجيش الأرميني إن القصف استمر ساعتين، متهما باكو بارتكاب جرائم حرب.\n"
    "وجددت القوات الأذربيجانية هجومها مساء."
)


def reading(*, voted: bool = True) -> Reading:
    return read_reading(read_page(PAGE, published="2020-10-10"), voted=voted)


def test_every_vote_has_its_model() -> None:
    assert voter("event") is not None
    assert all(choice(name) is not None for name in ("side-actor", "side-recipient"))


def test_a_vote_without_a_model_is_not_held() -> None:
    assert voter("weather") is None and choice("weather") is None


def test_the_shares_of_a_choice_sum_up_to_one() -> None:
    found = reading(voted=False)
    council = Council([*found.titles, *found.lines], found.registry, found.tellings)
    model = choice("side-actor")
    assert model is not None
    shares = council.shares(found.tellings[0], "actor", model)
    assert None in shares and abs(sum(shares.values()) - 1) < 1e-9
    assert max(shares, key=lambda c: shares[c]) == ("AZE", "state")


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


AZE, ARM = ("AZE", "state"), ("ARM", "state")


@pytest.mark.parametrize(
    ("ruled", "shares", "chosen"),
    [
        ({AZE}, {AZE: 0.5, ARM: 0.4, None: 0.1}, {AZE}),
        ({AZE}, {AZE: 0.1, ARM: 0.8, None: 0.1}, {ARM}),
        ({AZE, ARM}, {AZE: 0.6, ARM: 0.3, None: 0.1}, {AZE, ARM}),
        (set(), {AZE: 0.4, ARM: 0.3, None: 0.3}, {AZE}),
        (set(), {AZE: 0.2, ARM: 0.2, None: 0.6}, set()),
        ({AZE}, {AZE: 0.1, ARM: 0.4, None: 0.5}, set()),
    ],
)
def test_rules_are_overruled_by_what_is_likely_only(
    ruled: set[tuple[str, str]], shares: dict[tuple[str, str] | None, float], chosen: set[tuple[str, str]]
) -> None:
    assert set(settled(frozenset(ruled), shares, {})) == chosen


def test_a_side_is_not_given_both_roles() -> None:
    assert set(settled(frozenset(), {AZE: 0.9, ARM: 0.1, None: 0.0}, {AZE: 0.8})) == {ARM}


def test_both_sides_of_fighting_act() -> None:
    page = read_page("اندلعت اشتباكات عنيفة بين الجيش السوداني وقوات الدعم السريع في الخرطوم.", published="2023-05-10")
    fighting = read_reading(page).tellings[0]
    assert camps(fighting.actors) == {("SDN", "state"), ("SDN", "armed")} and not fighting.recipients


def test_no_finding_leaves_an_actor_behind_that_nothing_names() -> None:
    found = reading()
    used = {id(d) for t in found.tellings for d in (*t.actors, *t.recipients, *t.claimed_by)}
    named = {id(d) for line in (*found.titles, *found.lines) for m in line.mentions for d in found.registry.of(m)}
    left = [d.name for d in found.registry.drafts.values() if d.key[0] in ("force", "people") and d.spans]
    assert all(id(d) in used | named for d in found.registry.drafts.values() if d.name in left)
