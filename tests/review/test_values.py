"""Values are checked before they are written, and do to the mention what the reviewer meant."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from deciding import ARMY, HILLS, TOWN, Log, mention

from marsad.ledger.model import Party
from marsad.model.errors import BadJudgement
from marsad.review.effect import effective
from marsad.review.values import FIELDS, changed, key, values_of


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "WAR"}, {"type": 3}, {"mode": "Big Guns"}, {"status": "maybe"}, {"from": "yesterday"},
        {"from": "20310501"}, {"from": "2031-05-09"}, {"to": "2031-02-30"}, {"actors": ["AZE"]},
        {"actors": [{"name": " ", "kind": "military"}]}, {"actors": [{"name": "جيش", "kind": "robots"}]},
        {"tolls": [{"kind": "killed", "low": -1}]}, {"tolls": [{"kind": "killed", "low": 5, "high": 3}]},
        {"tolls": [{"kind": "bored", "low": 5}]}, {"foreground": "yes"}, {"place": "بلدة"}, {"words": "كلمات أخرى"},
        {"id": "0"}, {},
    ],
)  # fmt: skip
def test_a_value_that_its_field_cannot_take_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadJudgement) as caught:
        Log().say("سلمى", "edit", fields=fields)
    assert caught.value.code == "M604"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("maybe", {}), ("undo", {}), ("merge", {}), ("note", {}), ("note", {"text": "  "}),
        ("note", {"text": "ا" * 10_001}),
        ("adjudicate", {}), ("adjudicate", {"verdict": "edit"}), ("reject", {"fields": {"type": "AID"}}),
        ("accept", {"fields": ["type"]}),
    ],
)  # fmt: skip
def test_a_decision_that_lacks_what_it_needs_is_refused(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(BadJudgement):
        Log().say("سلمى", kind, **data)


def test_every_value_that_can_be_read_can_be_written() -> None:
    told = mention(claimed_by=(HILLS,), contexts=("military",))
    assert changed(told, values_of(told)) == {}
    assert set(values_of(told)) == set(FIELDS)


def test_what_is_not_settled_leaves_the_mention_as_it_was() -> None:
    log = Log(needed=2)
    log.say("سلمى", "reject")
    assert effective(log.mention, log.now) is log.mention


def test_what_is_rejected_is_gone() -> None:
    log = Log()
    assert effective(log.mention, log.say("سلمى", "reject")) is None


def test_what_is_denied_says_so() -> None:
    log = Log()
    left = effective(log.mention, log.say("سلمى", "denied"))
    assert left == msgspec.structs.replace(log.mention, status="denied", verdict="denied")


def test_what_is_unverifiable_stays_and_is_marked() -> None:
    log = Log()
    left = effective(log.mention, log.say("سلمى", "unverifiable"))
    assert left == msgspec.structs.replace(log.mention, verdict="unverifiable")


def test_an_edit_takes_the_place_of_the_values() -> None:
    log = Log()
    fields = {"actors": [msgspec.to_builtins(HILLS)], "from": "2031-04-30", "place": None}
    left = effective(log.mention, log.say("سلمى", "edit", fields=fields))
    assert left is not None and left.actors == (HILLS,) and left.first == "2031-04-30" and left.place is None
    assert (left.words, left.tolls) == (log.mention.words, log.mention.tolls)


def test_what_was_accepted_is_what_the_person_saw_however_the_page_is_read_later() -> None:
    log = Log()
    log.say("سلمى", "accept")
    later = mention(actors=(HILLS,), first=None)
    left = effective(later, log.now)
    assert left is not None and (left.actors, left.first) == ((ARMY,), "2031-05-01")


def test_parties_are_compared_by_code_and_places_by_their_number() -> None:
    other = Party(name="القوات", kind="military", code="AZE", sector="MIL")
    spelled = msgspec.structs.replace(TOWN, name="السرو")
    one, two = values_of(mention()), values_of(mention(actors=(other,), place=spelled))
    assert key(one, "actors") == key(two, "actors") and key(one, "place") == key(two, "place")
    assert key(one, "actors") != key(values_of(mention(actors=(HILLS,))), "actors")


def test_a_day_told_by_one_end_is_that_day() -> None:
    assert key(values_of(mention(last=None)), "day") == key(values_of(mention()), "day")


def test_a_decision_needs_a_name() -> None:
    with pytest.raises(BadJudgement):
        Log().say(" ", "accept")
