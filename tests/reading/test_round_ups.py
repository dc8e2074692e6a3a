"""What a round-up says of others: denials, joined verbs, topics, offices of a breakaway region, other days."""

from __future__ import annotations

import pytest
from one_line import codes, record_of

from marsad.model.record import Event, Record


def denials(text: str) -> tuple[Record, list[Event]]:
    """A text's record and its denied acts."""
    record = record_of(text)
    return record, [e for e in record.events if e.status == "denied"]


@pytest.mark.parametrize(
    "text",
    [
        "نفت أوكرانيا ما أعلنته موسكو عن السيطرة على مدينة باخموت.",
        "قال المتحدث الأوكراني إن بلاده صامدة، نافيا ما أعلنته موسكو عن السيطرة على مدينة باخموت.",
        "وأعلنت موسكو سيطرة قواتها على مدينة باخموت، وهو ما سارعت أوكرانيا إلى نفيه.",
    ],
)
def test_what_another_tells_is_denied_beside_his_claim(text: str) -> None:
    record, (denied,) = denials(text)
    assert [c.split()[0] for c in codes(record, denied.claimed_by)] == ["UKR"]
    assert "RUS" in {c.split()[0] for e in record.events for c in codes(record, e.claimed_by)}


def test_claim_that_is_called_a_lie_is_denied() -> None:
    record, (denied,) = denials("قالت أوكرانيا إن ما أعلنته موسكو عن السيطرة على باخموت محض افتراء.")
    assert codes(record, denied.claimed_by) == ["UKR GOV"]
    assert record.words(denied.trigger) == "محض"


def test_who_denies_an_attack_denies_his_own() -> None:
    record, (denied,) = denials("قالت وزارة الدفاع الأوكرانية إن القوات الروسية قصفت باخموت، ونفت شن أي هجوم.")
    assert codes(record, denied.claimed_by) == ["UKR MIL"]
    assert {c.split()[0] for c in codes(record, denied.actors)} == {"UKR"}


def test_joined_verb_has_the_subject_before_it() -> None:
    record = record_of("قصفت القوات الروسية مدينة باخموت، فقتلت أربعة مدنيين.")
    assert {c.split()[0] for e in record.events for c in codes(record, e.actors)} == {"RUS"}


def test_cleft_has_its_subject() -> None:
    record = record_of("قالت كييف إن القوات الروسية هي التي قصفت المستشفى في باخموت.")
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert codes(record, event.actors) == ["RUS MIL"]


def test_topic_speaks() -> None:
    record = record_of("أعلنت كييف قصف القاعدة. أما موسكو فقالت إن الصواريخ أسقطت كلها.")
    assert codes(record, [s.speaker for s in record.statements if s.speaker])[-1] == "RUS GOV"


def test_joined_verb_of_saying_goes_on_with_its_sentence() -> None:
    record = record_of("أعرب الرئيس التركي عن قلقه البالغ، وطالب روسيا وأوكرانيا بوقف القتال.")
    assert codes(record, [s.speaker for s in record.statements if s.speaker]) == ["TUR GOV"]


@pytest.mark.parametrize(
    "office", ["وزارة الخارجية في آرتساخ", "وزارة الدفاع في ستيباناكيرت", "خدمة الطوارئ في آرتساخ"]
)
def test_offices_in_a_breakaway_region_are_its_own(office: str) -> None:
    record = record_of(f"قالت {office} إن قرية قصفت ليلا.")
    assert codes(record, [s.speaker for s in record.statements if s.speaker]) == ["AZE REB"]


def test_region_without_its_name_is_the_one_that_the_page_tells_of() -> None:
    record = record_of("أعلنت سلطات الإقليم مقتل سبعة جنود في قره باغ.")
    assert "AZE REB" in codes(record, [a.id for a in record.actors])


def test_defence_forces_are_the_speakers() -> None:
    record = record_of("قالت وزارة الدفاع الأرمينية إن قوات الدفاع أسقطت مروحية أذربيجانية.")
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert {c.split()[0] for c in codes(record, event.actors)} == {"ARM"}


def test_held_place_is_not_taken() -> None:
    record = record_of("قال المتحدث الأوكراني إن البلدة تحت سيطرة الجيش الأوكراني.")
    assert [e for e in record.events if e.mode == "seize"] == []


def test_day_told_beside_the_news_does_not_go_on() -> None:
    record = record_of(
        "أخبار\nقصفت القوات الروسية اليوم مدينة باخموت.\nوكان زيلينسكي قد أعلن يوم 3 مايو استعادة البلدة.\nوقصفت القوات"
        " الروسية خاركيف."
    )
    shelled = [e for e in record.events if e.type == "ASSAULT"]
    assert {e.first for e in shelled} == {"2024-05-15"}
