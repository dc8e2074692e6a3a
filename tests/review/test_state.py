"""What judgements on a card come to: one coder, two, disputes, undo; whatever the order in which they are read."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from deciding import Log
from hypothesis import given
from hypothesis import strategies as st

from marsad.review.model import Judgement
from marsad.review.state import blind, coders_needed, may_adjudicate, reviewed, standing

CODERS = ("سلمى", "عمر", "ليلى")
DECISIONS = (
    ("accept", {}), ("reject", {}), ("denied", {}), ("unverifiable", {}), ("edit", {"fields": {"type": "PROTEST"}}),
    ("skip", {}), ("flag", {}), ("flag", {"on": False}), ("note", {"text": "تحقق من اليوم"}),
)  # fmt: skip


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """Logs with undos, undos of undos, and adjudications among the decisions."""
    log = Log(needed=draw(st.sampled_from((1, 2))))
    for _ in range(draw(st.integers(0, 12))):
        by = draw(st.sampled_from(CODERS))
        own = [line.seq for line in log.lines if line.by == by]
        if own and draw(st.booleans()):
            log.undo(by, draw(st.sampled_from(own)))
        elif log.now.state == "disputed" and draw(st.booleans()):
            log.say(by, "adjudicate", verdict=draw(st.sampled_from(("accept", "reject"))))
        else:
            kind, data = draw(st.sampled_from(DECISIONS))
            log.say(by, kind, **data)
    return log


# ---- one coder
def test_a_card_that_nobody_touched_is_new() -> None:
    assert Log().now.state == "new"


@pytest.mark.parametrize("kind", ["accept", "reject", "denied", "unverifiable"])
def test_one_verdict_settles(kind: str) -> None:
    now = Log().say("سلمى", kind)
    assert (now.state, now.verdict, now.by) == ("settled", kind, ("سلمى",))


def test_an_edit_accepts_with_other_values() -> None:
    now = Log().say("سلمى", "edit", fields={"mode": "drone", "type": "ASSAULT"})
    assert now.verdict == "accept" and now.fields == {"mode": "drone"}


def test_a_later_verdict_takes_the_place_of_the_earlier() -> None:
    log = Log()
    log.say("سلمى", "reject")
    assert log.say("سلمى", "accept").verdict == "accept" and len(log.now.decided) == 1


def test_of_two_persons_the_last_word_counts_where_one_coder_is_enough() -> None:
    log = Log()
    log.say("سلمى", "reject")
    assert log.say("عمر", "accept").verdict == "accept"


@pytest.mark.parametrize("kind", ["skip", "flag"])
def test_a_mark_is_no_verdict(kind: str) -> None:
    now = Log().say("سلمى", kind)
    assert now.state == "in_review" and now.verdict is None


def test_what_one_has_changed_stays_changed_when_another_accepts_it() -> None:
    log = Log()
    log.say("سلمى", "edit", fields={"mode": "drone"})
    assert log.say("عمر", "edit", fields={"type": "COERCE"}).fields == {"mode": "drone", "type": "COERCE"}


def test_accepting_after_denying_gives_the_status_back() -> None:
    log = Log()
    log.say("سلمى", "denied")
    now = log.say("سلمى", "accept")
    assert now.outcome is not None and now.outcome.values["status"] == "reported"


# ---- two coders
def test_the_second_coder_settles_what_both_find() -> None:
    log = Log(needed=2)
    assert log.say("سلمى", "accept").state == "in_review"
    assert log.say("عمر", "accept").state == "settled"


def test_one_coder_twice_is_not_two() -> None:
    log = Log(needed=2)
    log.say("سلمى", "accept")
    assert log.say("سلمى", "accept").state == "in_review"


@pytest.mark.parametrize(
    ("other", "differences"),
    [
        (("reject", {}), ("verdict",)),
        (("edit", {"fields": {"type": "PROTEST", "to": "2031-05-02"}}), ("type", "day")),
        (("denied", {}), ("verdict",)),
    ],
)
def test_two_who_differ_are_in_dispute(other: tuple[str, dict[str, object]], differences: tuple[str, ...]) -> None:
    log = Log(needed=2)
    log.say("سلمى", "accept")
    now = log.say("عمر", other[0], **other[1])
    assert (now.state, now.outcome, now.differences) == ("disputed", None, differences)


def test_denied_is_the_same_as_accepted_as_denied() -> None:
    log = Log(needed=2)
    log.say("سلمى", "denied")
    assert log.say("عمر", "edit", fields={"status": "denied"}).state == "settled"


def test_a_dispute_ends_when_one_gives_way() -> None:
    log = Log(needed=2)
    log.say("سلمى", "accept")
    log.say("عمر", "reject")
    assert log.say("عمر", "accept").state == "settled"


def test_a_third_adjudicates_and_no_coder_does_but_an_admin() -> None:
    log = Log(needed=2)
    log.say("سلمى", "accept")
    assert not may_adjudicate(log.now, "ليلى", admin=True)
    log.say("عمر", "reject")
    assert may_adjudicate(log.now, "ليلى", admin=False)
    assert not may_adjudicate(log.now, "عمر", admin=False) and may_adjudicate(log.now, "عمر", admin=True)
    now = log.say("ليلى", "adjudicate", verdict="accept", fields={"mode": "drone"})
    assert (now.state, now.verdict, now.fields) == ("settled", "accept", {"mode": "drone"})
    assert [d.verdict for d in now.decided] == ["accept", "reject"]


def test_taking_an_adjudication_back_restores_the_dispute() -> None:
    log = Log(needed=2)
    log.say("سلمى", "accept")
    before = log.say("عمر", "reject")
    log.say("ليلى", "adjudicate", verdict="reject")
    assert log.undo("ليلى", 3) == before


# ---- blind
def test_the_second_coder_sees_nothing_of_the_first() -> None:
    log = Log(needed=2)
    log.say("سلمى", "note", text="مشكوك فيه")
    log.say("سلمى", "flag")
    log.say("سلمى", "reject")
    seen = blind(log.now, "عمر")
    assert (seen.state, seen.decided, seen.notes, seen.flagged, seen.hidden) == ("new", (), (), (), True)
    assert blind(log.now, "سلمى") == log.now
    log.say("عمر", "accept")
    assert blind(log.now, "عمر") == log.now


def test_with_one_coder_nothing_is_hidden() -> None:
    log = Log()
    log.say("سلمى", "note", text="مشكوك فيه")
    assert blind(log.now, "عمر") == log.now


# ---- lots
def test_the_share_of_cards_for_two_is_the_same_each_time_and_about_as_large() -> None:
    chance = random.Random(3)
    ids = [f"{chance.randrange(16**16):016x}" for _ in range(2000)]
    drawn = [i for i in ids if coders_needed(i, 2, 0.25) == 2]
    assert 420 < len(drawn) < 580 and set(drawn) <= {i for i in ids if coders_needed(i, 2, 0.5) == 2}
    assert all(coders_needed(i, 2, 1.0) == 2 and coders_needed(i, 2, 0.0) == 1 for i in ids)


# ---- laws
@given(logs(), st.randoms())
def test_the_order_in_which_the_log_is_read_does_not_matter(log: Log, chance: random.Random) -> None:
    lines = log.lines[:]
    chance.shuffle(lines)
    assert reviewed(log.mention.id, lines, log.needed) == log.now


@given(logs(), st.sampled_from(CODERS), st.sampled_from(DECISIONS))
def test_undo_restores_what_stood_before(log: Log, by: str, decision: tuple[str, dict[str, object]]) -> None:
    before = log.now
    log.say(by, decision[0], **decision[1])
    assert log.undo(by, len(log.lines)) == before


def last_of(lines: Sequence[Judgement], by: str) -> Judgement | None:
    """The last judgement of a person's that stands."""
    return next((j for j in reversed(standing(lines)) if j.by == by), None)


@given(logs(), st.sampled_from(CODERS))
def test_undoing_an_undo_restores_what_it_took(log: Log, by: str) -> None:
    found = last_of(log.lines, by)
    if found is not None:
        before = log.now
        log.undo(by, found.seq)
        assert log.undo(by, len(log.lines)) == before


@given(logs(), st.sampled_from(CODERS))
def test_undo_again_and_again_leaves_nothing_of_a_person(log: Log, by: str) -> None:
    for _ in range(len(log.lines) + 1):
        found = last_of(log.lines, by)
        if found is None:
            break
        log.undo(by, found.seq)
    assert all(line.by != by for line in standing(log.lines))
    assert by not in log.now.by


@given(logs())
def test_a_state_is_one_of_four_and_only_what_is_settled_has_a_verdict(log: Log) -> None:
    now = log.now
    assert (now.state == "settled") == (now.verdict is not None)
    assert now.state != "disputed" or (now.needed == 2 and now.differences)
    assert now.state != "new" or not standing(log.lines)
