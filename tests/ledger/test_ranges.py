"""Casualties stand as ranges under named rules, each end with the mentions that it is taken from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.ledger.flat import shown
from marsad.ledger.model import Mention, Party, Range, Toll
from marsad.ledger.ranges import RULES, Figure, figures, ranges
from marsad.model.record import HARM_KINDS, HarmKind

from .builders import BAKU, PEOPLE, SOLDIERS, YEREVAN, a_mention, killed


def figure(mention: Mention, kind: HarmKind, sources: dict[str, str]) -> Figure | None:
    """The one figure that a mention gives."""
    return next(iter(figures(mention, kind, sources)), None)


def says(name: str, *tolls: Toll, by: Party | None = None, page: str | None = None) -> Mention:
    return a_mention(name, page=page or name, tolls=tolls, claimed_by=(by,) if by else (), status="claimed")


def under(rule: str, *mentions: Mention, **sources: str) -> Range:
    (found,) = [r for r in ranges(mentions, sources) if r.rule == rule and r.kind == "killed"]
    return found


def test_the_conservative_figure_is_the_lowest_that_any_source_gives() -> None:
    found = under("conservative", says("a", killed(7)), says("b", killed(3)), says("c", killed(7)))
    assert (found.low, found.best, found.high) == (3, 3, 3)
    assert found.low_from == found.best_from == found.high_from == ("b",)


@pytest.mark.parametrize(
    ("told", "best"),
    [((3, 7, 7), 7), ((3, 3, 7), 3), ((3, 7), 3), ((9, 7, 3), 3), ((3, 7, 9, 9, 7), 7), ((0, 4), 0), ((5,), 5)],
)
def test_the_best_figure_is_what_most_sources_give_and_of_equals_the_lower(told: tuple[int, ...], best: int) -> None:
    found = under("low-best-high", *(says(f"p{n}", killed(low)) for n, low in enumerate(told)))
    assert (found.low, found.best, found.high) == (min(told), best, max(told))


def test_each_end_names_the_mentions_that_it_is_taken_from() -> None:
    found = under(
        "low-best-high", says("a", killed(7)), says("b", killed(3)), says("c", killed(7)), says("d", killed(9))
    )
    assert (found.low_from, found.best_from, found.high_from) == (("b",), ("a", "c"), ("d",))


def test_copies_of_a_dispatch_count_once() -> None:
    told = [
        says("a", killed(9)),
        says("b", killed(9)),
        says("c", killed(9)),
        says("d", killed(4)),
        says("e", killed(4)),
    ]
    assert under("low-best-high", *told).best == 9
    assert under("low-best-high", *told, b="a", c="a").best == 4


def test_a_page_that_tells_a_toll_twice_is_one_source() -> None:
    told = [
        says("a1", killed(9), page="a"),
        says("a2", killed(9), page="a"),
        says("b", killed(4)),
        says("c", killed(4)),
    ]
    assert under("low-best-high", *told).best == 4


def test_between_claimants_the_range_runs_from_the_lowest_to_the_highest() -> None:
    told = [says("a", killed(5), by=BAKU), says("b", killed(2), by=YEREVAN), says("c", killed(8), by=BAKU)]
    found = under("by-claimant", *told)
    assert (found.low, found.best, found.high) == (2, None, 8)
    assert (found.low_from, found.high_from) == (("b",), ("c",))


def test_a_span_of_dead_reaches_to_its_upper_end() -> None:
    found = under("low-best-high", says("a", killed(5, 7)), says("b", killed(6)))
    assert (found.low, found.high, found.high_from) == (5, 7, ("a",))


@pytest.mark.parametrize("rule", RULES)
def test_at_least_so_many_stays_open_above(rule: str) -> None:
    found = under(rule, says("a", killed(20, None)))
    assert (found.low, found.high, found.open, found.high_from) == (20, 20, True, ("a",))
    assert shown(found) == "≥20"


@pytest.mark.parametrize("rule", RULES[1:])
@pytest.mark.parametrize(("other", "high", "open_"), [(26, 26, False), (20, 20, False), (19, 20, True)])
def test_another_count_as_high_sets_at_least_an_end(rule: str, other: int, high: int, open_: bool) -> None:
    found = under(rule, says("a", killed(20, None)), says("b", killed(other)))
    assert (found.high, found.open) == (high, open_)


def test_the_lowest_figure_is_open_only_where_all_who_give_it_say_at_least() -> None:
    assert not under("conservative", says("a", killed(20, None)), says("b", killed(20))).open
    assert under("conservative", says("a", killed(20, None)), says("b", killed(25))).open


def test_nobody_hurt_is_a_figure_too() -> None:
    found = under("low-best-high", says("a", killed(0)), says("b", killed(3)))
    assert (found.low, found.low_from) == (0, ("a",))


def test_kinds_of_harm_stand_apart_in_a_fixed_order() -> None:
    hurt = [Toll(kind="injured", low=4, high=4), Toll(kind="displaced", low=90, high=90)]
    found = ranges([says("a", *hurt, killed(2))], {})
    assert [(r.kind, r.rule) for r in found] == [(k, r) for k in ("killed", "injured", "displaced") for r in RULES]


def test_without_tolls_there_is_no_range() -> None:
    assert ranges([a_mention()], {}) == ()
    assert ranges([], {}) == ()


@pytest.mark.parametrize(
    ("tolls", "low", "high"),
    [
        ((killed(3, who=SOLDIERS), killed(5, who=PEOPLE)), 8, 8),
        ((killed(3, who=SOLDIERS), killed(5, who=PEOPLE), killed(8)), 8, 8),
        ((killed(9), killed(3, who=SOLDIERS)), 9, 9),
        ((killed(3, who=SOLDIERS), killed(5, None, who=PEOPLE)), 8, None),
        ((killed(3, who=SOLDIERS), killed(4, who=SOLDIERS)), 4, 4),
        ((killed(3, 4, who=SOLDIERS), killed(5, 6, who=PEOPLE)), 8, 10),
        ((killed(7),), 7, 7),
    ],
)
def test_groups_counted_apart_are_summed_but_never_beside_their_total(
    tolls: tuple[Toll, ...], low: int, high: int | None
) -> None:
    found = figure(says("a", *tolls), "killed", {})
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("kind", HARM_KINDS[1:])
def test_the_dead_are_no_figure_of_another_kind(kind: Any) -> None:
    assert figure(says("a", killed(7)), kind, {}) is None


@pytest.mark.parametrize(
    ("mention", "claimant"),
    [
        (says("a", killed(5)), ""),
        (says("a", killed(5), by=BAKU), "AZE/GOV"),
        (says("a", killed(5, by=YEREVAN), by=BAKU), "ARM/GOV"),
        (a_mention("a", tolls=(killed(5),), speaker=YEREVAN), "ARM/GOV"),
        (says("a", killed(5), by=Party(name="شهود", kind="people")), "شهود"),
    ],
)
def test_a_figure_is_whose_words_it_is_in(mention: Mention, claimant: str) -> None:
    found = figure(mention, "killed", {})
    assert found is not None
    assert found.claimant == claimant


@pytest.mark.parametrize("rule", RULES)
def test_two_claimants_tolls_in_one_mention_are_both_kept(rule: str) -> None:
    assert under(rule, says("a", killed(9, by=YEREVAN), killed(5, by=BAKU))).low == 5


def test_a_figure_is_not_laid_at_the_door_of_who_gave_a_lower_one() -> None:
    found = figures(says("a", killed(5, by=BAKU), killed(9)), "killed", {})
    assert [(f.claimant, f.low) for f in found] == [("AZE/GOV", 5), ("", 9)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from([BAKU, YEREVAN, None])), min_size=1))
def test_the_ends_enclose_what_is_told_and_name_who_tells_it(told: list[tuple[int, int, Party | None]]) -> None:
    mentions = [says(f"p{n}", killed(low, low + more), by=by) for n, (low, more, by) in enumerate(told)]
    lows = {m.id: m.tolls[0].low for m in mentions}
    for found in ranges(mentions, {}):
        assert found.low == min(lows.values())
        assert found.low <= (found.best if found.best is not None else found.low) <= (found.high or 0)
        assert {lows[i] for i in found.low_from} == {found.low}
        assert found.high_from


@settings(deadline=None)
@given(st.permutations([3, 3, 5, 7, 7, 9]))
def test_the_order_of_mentions_does_not_change_the_figures(told: list[int]) -> None:
    found = [
        (r.rule, r.low, r.best, r.high) for r in ranges([says(f"p{n}", killed(t)) for n, t in enumerate(told)], {})
    ]
    assert found == [("conservative", 3, 3, 3), ("low-best-high", 3, 3, 9), ("by-claimant", 3, None, 9)]
