"""Truces and proposals over many pages."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from marsad.ledger.diplomacy import proposals, truces
from marsad.ledger.findings import findings_of
from marsad.reading.single import read_one


def party(code: str, name: str | None = None) -> dict[str, Any]:
    return {"name": name or code, "kind": "country", "code": code, "sector": "GOV"}


def truce(page: str, day: str, *sides: str, agreed: str | None = None, state: str = "announced", **more: Any) -> Any:
    found = {
        "page": page, "outlet": f"outlet of {page}", "published": day, "day": agreed or day, "span": (10, 20),
        "parties": [party(s) for s in sides], "kind": "general", "agreed": agreed, "brokered_by": [], "state": state,
        "words": "هدنة", "violations": [],
    }  # fmt: skip
    return {**found, **more}


def breach(by: str, says: str, day: str | None) -> dict[str, Any]:
    return {
        "by": [party(by)], "against": [party(says)], "claimed_by": [party(says)], "status": "claimed", "from": day,
        "to": day, "words": "خرقت الهدنة",
    }  # fmt: skip


def proposal(page: str, day: str, by: str, what: str, *answers: tuple[str, str], **more: Any) -> Any:
    found = {
        "page": page, "outlet": None, "published": day, "day": day, "span": (5, 9), "by": [party(by)], "what": what,
        "made": None, "renewed": [], "needs_consent_of": [],
        "answers": [{"party": party(who), "answer": said, "statement": None} for who, said in answers],
    }  # fmt: skip
    return {**found, **more}


def test_pages_that_name_one_day_and_the_same_sides_tell_one_truce() -> None:
    told = [
        truce("a", "2020-10-10", "ARM", "AZE", agreed="2020-10-10"),
        truce("b", "2020-10-11", "AZE", "ARM", agreed="2020-10-10", state="violated"),
    ]
    (one,) = truces(told)
    assert (one.agreed, one.state, one.pages) == ("2020-10-10", "violated", ("a", "b"))


def test_another_truce_of_the_same_sides_is_another() -> None:
    told = [
        truce("a", "2020-10-10", "ARM", "AZE", agreed="2020-10-10"),
        truce("b", "2020-10-18", "ARM", "AZE", agreed="2020-10-18"),
    ]
    assert [t.agreed for t in truces(told)] == ["2020-10-10", "2020-10-18"]


def test_a_truce_that_is_only_recalled_belongs_to_the_last_one() -> None:
    told = [
        truce("a", "2020-10-10", "ARM", "AZE", agreed="2020-10-10"),
        truce("b", "2020-10-18", "ARM", "AZE", agreed="2020-10-18"),
        truce("c", "2020-10-20", "ARM", "AZE", state="violated"),
    ]
    assert [t.pages for t in truces(told)] == [("a",), ("b", "c")]


def test_truces_of_other_sides_stay_apart() -> None:
    told = [truce("a", "2018-07-20", "ISR", "PSE"), truce("b", "2018-07-20", "SYR", "RUS")]
    assert len(truces(told)) == 2


def test_breaches_are_counted_by_side_and_day_once_for_each_page() -> None:
    told = [
        truce(
            "a", "2020-10-11", "ARM", "AZE", agreed="2020-10-10",
            violations=[breach("ARM", "AZE", "2020-10-10"), breach("ARM", "AZE", "2020-10-10")],
        ),
        truce(
            "b", "2020-10-12", "ARM", "AZE", agreed="2020-10-10",
            violations=[breach("AZE", "ARM", "2020-10-10"), breach("ARM", "AZE", None)],
        ),
    ]  # fmt: skip
    (one,) = truces(told)
    assert one.by_day == {"2020-10-10": {"ARM": 1, "AZE": 1}, "2020-10-12": {"ARM": 1}}
    assert len(one.violations) == 4


def test_the_order_of_pages_does_not_matter() -> None:
    told = [
        truce("a", "2020-10-10", "ARM", "AZE", agreed="2020-10-10"),
        truce("b", "2020-10-11", "ARM", "AZE", agreed="2020-10-10"),
        truce("c", "2020-10-20", "ARM", "AZE"),
    ]
    expected = truces(told)
    assert all(truces(order) == expected for order in itertools.permutations(told))


def test_a_proposal_that_is_heard_of_again_is_renewed() -> None:
    what = "إرسال مراقبين دوليين إلى خط التماس"
    told = [
        proposal("a", "2020-10-01", "RUS", what, ("AZE", "none")),
        proposal("b", "2020-10-09", "RUS", "إرسال مراقبين إلى خط التماس", ("AZE", "rejects")),
    ]
    (one,) = proposals(told)
    assert (one.made, one.renewed, one.state) == ("2020-10-01", ("2020-10-09",), "refused")
    assert [a.page for a in one.answers] == ["a", "b"]


def test_silence_told_later_takes_no_answer_back() -> None:
    told = [
        proposal("a", "2020-10-01", "RUS", "وقف القتال", ("AZE", "accepts"), ("ARM", "accepts")),
        proposal("b", "2020-10-02", "RUS", "وقف القتال", ("AZE", "none")),
    ]
    (one,) = proposals(told)
    assert one.state == "accepted"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((("AZE", "accepts"), ("ARM", "accepts")), "accepted"),
        ((("AZE", "accepts"), ("ARM", "rejects")), "refused"),
        ((("AZE", "accepts"), ("ARM", "conditional")), "conditional"),
        ((("AZE", "accepts"), ("ARM", "none")), "pending"),
        ((), "pending"),
    ],
)
def test_the_state_follows_from_the_answers(answers: tuple[tuple[str, str], ...], state: str) -> None:
    (one,) = proposals([proposal("a", "2020-10-01", "RUS", "وقف القتال", *answers)])
    assert one.state == state


def test_a_proposal_nobody_speaks_of_any_more_lapses() -> None:
    (one,) = proposals([proposal("a", "2020-10-01", "RUS", "وقف القتال")], until="2020-12-01")
    assert one.state == "lapsed"


def test_whose_consent_is_needed_and_missing_keeps_it_pending() -> None:
    told = proposal("a", "2020-10-01", "RUS", "وقف القتال", ("ARM", "accepts"), needs_consent_of=[party("AZE")])
    (one,) = proposals([told])
    assert one.state == "pending"


def test_other_words_are_another_proposal() -> None:
    told = [
        proposal("a", "2020-10-01", "RUS", "إرسال مراقبين إلى خط التماس"),
        proposal("b", "2020-10-02", "RUS", "تبادل الأسرى والجثامين"),
    ]
    assert len(proposals(told)) == 2


def test_two_readings_of_one_truce_are_joined() -> None:
    texts = [
        "اتفقت أرمينيا وأذربيجان يوم السبت 10 أكتوبر 2020 على هدنة إنسانية برعاية روسيا.",
        "اتهمت أرمينيا أذربيجان الأحد بخرق الهدنة الإنسانية التي اتفق عليها الطرفان في 10 أكتوبر 2020.",
    ]
    found = []
    for n, text in enumerate(texts):
        record = read_one(text, published=f"2020-10-{10 + n}", record_id=str(n))
        for f in findings_of(record):
            if f.kind == "truce":
                found.append({"page": str(n), "outlet": None, "published": f"2020-10-{10 + n}", "day": f.day, **f.data})
    import msgspec

    lines = truces(msgspec.to_builtins(found))
    assert any(len(line.pages) == 2 for line in lines)
