"""Cohen's kappa, on tables whose figures are known, and on what it is not defined for."""

from __future__ import annotations

import pytest
from deciding import Log, mention
from hypothesis import given
from hypothesis import strategies as st

from marsad.review.agreement import RATED, VERDICT, agreement, rated

_LETTERS = st.tuples(st.sampled_from("abc"), st.sampled_from("abc"))


def test_the_textbook_table_gives_its_kappa() -> None:
    """Two readers say yes and no of fifty grants: 20 both yes, 5 and 10 split, 15 both no; kappa is 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = rated("verdict", pairs)
    assert (found.n, found.observed) == (50, 0.7) and found.kappa == pytest.approx(0.4)


def test_a_table_of_three_categories_gives_the_kappa_worked_by_hand() -> None:
    table = {"aa": 25, "ab": 13, "ac": 12, "ba": 12, "bb": 2, "bc": 16, "ca": 3, "cb": 15, "cc": 2}
    pairs = [(one, other) for (one, other), n in table.items() for _ in range(n)]
    expected = 0.5 * 0.4 + 0.3 * 0.3 + 0.2 * 0.3
    assert rated("x", pairs).kappa == pytest.approx((0.29 - expected) / (1 - expected))


def test_no_pairs_give_nothing_and_one_category_gives_no_kappa() -> None:
    assert rated("type", []).observed is None
    assert rated("type", [("a", "a")] * 3) == rated("type", [("b", "b")] * 3)
    assert rated("type", [("a", "a")]).kappa is None and rated("type", [("a", "a")]).observed == 1


@given(st.lists(_LETTERS, min_size=1))
def test_kappa_is_at_most_one_and_one_only_where_all_agree(pairs: list[tuple[str, str]]) -> None:
    found = rated("x", pairs)
    assert found.kappa is None or found.kappa <= 1
    assert (found.kappa == 1) <= all(one == other for one, other in pairs)


@given(st.lists(_LETTERS, min_size=1))
def test_kappa_is_the_same_whichever_coder_is_called_the_first(pairs: list[tuple[str, str]]) -> None:
    one, two = rated("x", pairs).kappa, rated("x", [(b, a) for a, b in pairs]).kappa
    assert (one is None and two is None) or one == pytest.approx(two)


def test_fields_are_counted_of_what_neither_rejects() -> None:
    logs = [Log(2, mention(f"e{n}")) for n in range(3)]
    for log, (kind, data) in zip(
        logs, (("accept", {}), ("reject", {}), ("edit", {"fields": {"type": "PROTEST"}})), strict=True
    ):
        log.say("سلمى", "accept")
        log.say("عمر", kind, **data)
    found = {a.field: a for a in agreement(log.now.decided for log in logs)}
    assert list(found) == [VERDICT, *RATED]
    assert (found["verdict"].n, found["verdict"].observed) == (3, 2 / 3)
    assert (found["type"].n, found["type"].observed) == (2, 0.5)
    assert found["place"].observed == 1 and found["place"].kappa is None


def test_a_card_with_one_coder_does_not_count() -> None:
    log = Log(2)
    log.say("سلمى", "accept")
    assert agreement([log.now.decided])[0].n == 0
