"""What the votes on sides are told of a candidate: the rules' verdict, its place around the act, who speaks."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.reading.reader import Reading, read_reading
from marsad.reading.side_features import Candidate, around, camps, gap, nobody, ruled, slots, spoken
from marsad.reading.side_votes import Council
from marsad.reading.telling import Telling

AZE, ARM = ("AZE", "state"), ("ARM", "state")
SHELLING = "قصفت القوات الأذربيجانية مواقع للقوات الأرمينية قرب القرية."
SAID = "قال متحدث باسم الجيش الأرميني إن القوات الأذربيجانية قصفت القرية."


def told(text: str) -> tuple[Reading, Telling, dict[tuple[str, str], Candidate]]:
    """A text's reading by the rules, its only act of force, and the candidates for its sides."""
    found = read_reading(read_page(text, published="2020-10-10"), voted=False)
    (t,) = [t for t in found.tellings if t.type == "ASSAULT"]
    council = Council([*found.titles, *found.lines], found.registry, found.tellings)
    return found, t, {c.camp: c for c in council.candidates(t)}


def test_camps_of_actors_are_each_told_once() -> None:
    _, t, _ = told(SHELLING)
    assert camps([*t.actors, *t.actors]) == {AZE}
    assert camps([]) == frozenset()


@pytest.mark.parametrize(
    ("camp", "own", "opposite", "place"),
    [
        (AZE, {AZE}, {ARM}, "own"),
        (AZE, {ARM}, {AZE}, "opposite"),
        (AZE, {ARM}, set(), "others"),
        (AZE, set(), set(), "none"),
    ],
)
def test_rules_verdict_on_a_candidate(
    camp: tuple[str, str], own: set[tuple[str, str]], opposite: set[tuple[str, str]], place: str
) -> None:
    _, t, candidates = told(SHELLING)
    found = ruled(t, candidates[camp], frozenset(own), frozenset(opposite))
    assert found[0] == f"rule={place}"
    assert f"rule={place}&row={t.act.frame.row}" in found
    assert "sector=MIL" in found


def test_features_of_the_rules_are_each_told_once() -> None:
    _, t, candidates = told(SHELLING)
    found = ruled(t, candidates[AZE], frozenset({AZE}), frozenset())
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("camp", "slot"), [(AZE, ["subj"]), (ARM, ["obj"])])
def test_slot_that_a_side_fills(camp: tuple[str, str], slot: list[str]) -> None:
    _, t, candidates = told(SHELLING)
    assert slots(t.act, candidates[camp].here) == slot


def test_preposition_is_a_slot_of_its_own() -> None:
    _, t, candidates = told("شنت القوات الأذربيجانية غارات على القوات الأرمينية.")
    assert slots(t.act, candidates[ARM].here) == ["prep:على"]


def test_side_that_is_not_there_fills_no_slot() -> None:
    _, t, _ = told(SHELLING)
    assert slots(t.act, []) == []


def test_gap_counts_the_words_between() -> None:
    _, t, candidates = told(SHELLING)
    assert gap(t.act, candidates[AZE].here[0]) == 0
    assert gap(t.act, candidates[ARM].here[0]) == 2


def test_gap_before_the_act_counts_too() -> None:
    _, t, candidates = told("القوات الأذربيجانية قصفت القرية الأرمينية.")
    assert gap(t.act, candidates[AZE].here[0]) == 0


def test_who_stands_between_is_told() -> None:
    _, t, candidates = told(SHELLING)
    (near,), (far,) = candidates[AZE].here, candidates[ARM].here
    assert "after&between=0" in around(t.act, near, [far])
    assert "after&between=1" in around(t.act, far, [near])


def test_word_before_a_mention_is_told_without_its_article() -> None:
    _, t, candidates = told("القوات الأذربيجانية قصفت مواقع الجنود الأرمن.")
    found = around(t.act, candidates[AZE].here[0], [])
    assert found[0] == "word-before=^"
    assert any(f.startswith("joined=False&before") for f in found)


@pytest.mark.parametrize(("camp", "part"), [(ARM, "speaker"), (AZE, "neither")])
def test_who_says_it_is_told(camp: tuple[str, str], part: str) -> None:
    found, t, candidates = told(SAID)
    features = spoken(t, candidates[camp], found.registry)
    assert f"speech={part}" in features
    assert f"claims={part == 'speaker'}&type=ASSAULT" in features


def test_who_is_spoken_to_is_told() -> None:
    found, t, candidates = told("قال الرئيس الأرميني لنظيره الأذربيجاني إن جنودا مجهولين قصفوا القرية.")
    assert "speech=addressee" in spoken(t, candidates[AZE], found.registry)


def test_outlets_own_words_have_no_speaker() -> None:
    found, t, candidates = told(SHELLING)
    assert "speech=outlet" in spoken(t, candidates[AZE], found.registry)


@pytest.mark.parametrize("role", ["actor", "recipient"])
def test_nobody_is_told_whether_the_rules_found_somebody(role: str) -> None:
    _, t, _ = told(SHELLING)
    found = nobody(t, role)
    assert {"nobody&ruled=True", "nobody&facing=True&type=ASSAULT"} <= set(found)
    assert all(f.startswith("nobody&") for f in found)


def test_sides_chosen_across_overrule_those_of_the_rules() -> None:
    _, t, _ = told(SHELLING)
    assert "nobody&facing=False&type=ASSAULT" in nobody(t, "actor", frozenset())
    assert "nobody&facing=True&type=ASSAULT" in nobody(t, "actor", frozenset({ARM}))


def test_nobody_found_by_the_rules_is_told() -> None:
    _, t, _ = told("قتل ثلاثة مدنيين أرمن في انفجار.")
    assert "nobody&ruled=False" in nobody(t, "actor")
