"""What the outlet tells, what somebody claims or denies, what is to come, what is only possible; and when it was."""

from __future__ import annotations

import pytest
from one_line import codes, record_of, the_event


@pytest.mark.parametrize(
    ("text", "status", "claimants"),
    [
        ("قصف الجيش الإسرائيلي رفح.", "reported", []),
        ("أعلن الجيش السوداني أن قوات الدعم السريع قصفت الخرطوم.", "claimed", ["SDN MIL"]),
        ("قتل أربعة مدنيين، وفق ما أعلنت وزارة الصحة السودانية.", "claimed", ["SDN GOV"]),
        ("نفى الجيش الإسرائيلي قصف المستشفى.", "denied", ["ISR MIL"]),
        ("لم يقصف الجيش الإسرائيلي رفح.", "denied", []),
        ("ستقصف القوات الروسية كييف.", "future", []),
        ("قد يقصف الجيش الإسرائيلي رفح.", "hypothetical", []),
        ("قد تهاجم القوات الصومالية حركة الشباب.", "hypothetical", []),
    ],
)
def test_words_around_an_act_give_its_status(text: str, status: str, claimants: list[str]) -> None:
    record = record_of(text)
    event = the_event(record, "ASSAULT")
    assert (event.status, codes(record, event.claimed_by)) == (status, claimants)


def test_one_denies_ones_own_deed() -> None:
    record = record_of("نفى الجيش الإسرائيلي قصف المستشفى.")
    assert codes(record, the_event(record, "ASSAULT").actors) == ["ISR MIL"]


@pytest.mark.parametrize(
    "text",
    [
        "قالت أرمينيا إن القوات الأذربيجانية قصفت القرية. ونفت باكو ذلك.",
        "أعلنت أرمينيا أن القوات الأذربيجانية قصفت القرية، ونفت باكو ذلك.",
        "قالت أرمينيا إن القوات الأذربيجانية قصفت القرية.\nونفت باكو ذلك.",
    ],
)
def test_bare_denial_denies_the_last_act(text: str) -> None:
    record = record_of(text)
    claim, denial = [e for e in record.events if e.type == "ASSAULT"]
    assert (claim.status, codes(record, claim.claimed_by)) == ("claimed", ["ARM GOV"])
    assert (denial.status, codes(record, denial.claimed_by)) == ("denied", ["AZE GOV"])
    assert denial.actors == claim.actors
    assert record.words(denial.trigger) == "ونفت"


def test_bare_denial_is_no_statement() -> None:
    record = record_of("قالت أرمينيا إن القوات الأذربيجانية قصفت القرية. ونفت باكو ذلك.")
    assert len(record.statements) == 1


def test_speech_act_is_reported_though_it_is_said() -> None:
    record = record_of("طالبت فرنسا روسيا بسحب قواتها من أوكرانيا.")
    event = the_event(record, "REQUEST")
    assert (event.status, codes(record, event.actors), codes(record, event.recipients)) == (
        "reported", ["FRA GOV"], ["RUS GOV"],
    )  # fmt: skip


def test_act_only_demanded_is_not_coded_beside_the_demand() -> None:
    record = record_of("طالبت فرنسا روسيا بسحب قواتها من أوكرانيا.")
    assert [e.type for e in record.events] == ["REQUEST"]


def test_talks_to_come_are_an_agreement() -> None:
    record = record_of("سيلتقي الرئيس المصري نظيره التركي في القاهرة.")
    event = the_event(record, "AGREE")
    assert (event.status, [e.type for e in record.events]) == ("reported", ["AGREE"])


def test_refused_talks_are_a_refusal() -> None:
    record = record_of("قال الرئيس الإيراني إن بلاده لن تتفاوض تحت الضغط.")
    event = the_event(record, "REJECT")
    assert (event.mode, event.status) == ("meet", "reported")


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("صدت القوات العراقية هجوما لتنظيم داعش على كركوك.", "ASSAULT", "reported"),
        ("أحبطت القوات العراقية هجوما لتنظيم داعش على كركوك.", "ASSAULT", "reported"),
        ("قال الجيش السوداني إن قواته صدت هجوما لقوات الدعم السريع على الفاشر.", "ASSAULT", "claimed"),
        ("حاول مسلحون اقتحام مقر الشرطة العراقية في كركوك.", "ASSAULT", "reported"),
        ("يحاول الجيش السوداني السيطرة على الخرطوم.", "COERCE", "future"),
        ("يسعى الجيش السوداني إلى السيطرة على الخرطوم.", "COERCE", "future"),
    ],
)
def test_repelled_and_tried_acts_took_place_and_what_one_seeks_is_to_come(text: str, kind: str, status: str) -> None:
    assert the_event(record_of(text), kind).status == status


def test_siege_that_one_asks_to_lift_is_there() -> None:
    record = record_of("طالبت الأمم المتحدة الحوثيين بإلغاء الحصار على تعز.")
    siege = the_event(record, "COERCE")
    assert (siege.status, codes(record, siege.claimed_by)) == ("claimed", ["IGO -"])


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        # the day is the assault's and not that of the killing beside which it is told
        ("قصف الجيش السوداني السوق بعد الهجوم الذي وقع في 2 مايو 2024.", "", "2024-05-15", "2024-05-15"),
        ("زار الرئيس المصري أنقرة غداة الغارة الإسرائيلية على رفح.", "CONSULT", "2024-05-15", "2024-05-15"),
        ("قتل الجيش السوداني مئات المدنيين منذ بدأت الحرب في 15 أبريل 2024.", "", "2024-04-15", "2024-05-15"),
        ("اعتقلت القوات المالية عشرين مسلحا خلال الفترة الممتدة من 2 إلى 8 مايو 2024.", "COERCE", "2024-05-02",
         "2024-05-08"),
    ],
)  # fmt: skip
def test_day_of_what_is_only_referred_to_is_not_that_of_the_act(text: str, kind: str, first: str, last: str) -> None:
    record = record_of(text)
    event = the_event(record, kind) if kind else next(e for e in record.events if e.type == "ASSAULT")
    assert (event.first, event.last) == (first, last)


def test_line_that_tells_the_news_in_the_present_is_of_the_day() -> None:
    record = record_of("دخل الجيش السوداني المدينة في 10 مايو 2024.\nالجيش السوداني يقصف الجسر.")
    assert the_event(record, "ASSAULT").first == "2024-05-15"


def test_police_and_people_are_of_the_ground_that_the_sentence_names() -> None:
    record = record_of(
        "قال الجيش الأذربيجاني إن أذربيجان ترد على أرمينيا.\nواعتقلت الشرطة عشرات المتظاهرين في العاصمة يريفان."
    )
    arrest = the_event(record, "COERCE")
    assert codes(record, arrest.actors) == ["ARM COP"]


@pytest.mark.parametrize(
    ("text", "first", "historical"),
    [
        ("قصف الجيش الإسرائيلي رفح أمس.", "2024-05-14", False),
        ("قصف الجيش السوداني الفاشر في 10 مايو 2024.", "2024-05-10", False),
        ("قصف الجيش السوداني الفاشر في مارس 2023.", "2023-03-01", True),
    ],
)
def test_act_has_the_day_of_its_clause(text: str, first: str, historical: bool) -> None:
    event = the_event(record_of(text), "ASSAULT")
    assert (event.first, event.historical) == (first, historical)


def test_day_carries_over_to_the_next_paragraph() -> None:
    record = record_of("دخل الجيش السوداني المدينة في 10 مايو 2024.\nقصف الجيش السوداني الجسر.")
    assert the_event(record, "ASSAULT").first == "2024-05-10"


def test_we_is_the_speaker() -> None:
    record = record_of("قال قائد الجيش السوداني إننا قصفنا مواقع قوات الدعم السريع.")
    event = the_event(record, "ASSAULT")
    assert (codes(record, event.actors), codes(record, event.recipients)) == (["SDN MIL"], ["SDN REB"])


@pytest.mark.xfail(
    reason="«لن» before an act of force in quoted words reads as a denial, not as a refusal", strict=True
)
def test_refusing_to_send_troops_denies_nothing() -> None:
    record = record_of("قال الرئيس الأميركي: «لن نرسل جنودا إلى هناك».")
    assert [e.status for e in record.events if e.type == "MOBILIZE"] == []
