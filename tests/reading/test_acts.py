"""Which words tell an act, by which frame, and who fills its roles."""

from __future__ import annotations

import pytest
from one_line import line_of, words

from marsad.reading.acts import find_acts
from marsad.reading.document import Line
from marsad.reading.roles import Act


def the_act(text: str, kind: str = "ASSAULT") -> tuple[Line, Act]:
    """A line and its only act of a type."""
    line = line_of(text)
    (act,) = [a for a in find_acts(line) if a.frame.type == kind]
    return line, act


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("قتل ثلاثة جنود أوكرانيين في باخموت.", "ثلاثة جنود أوكرانيين"),
        ("أصيب صحفي فلسطيني في جنين.", "صحفي فلسطيني"),
        ("قُتل جندي فرنسي في مالي.", "جندي فرنسي"),
    ],
)
def test_passive_gives_the_victim(text: str, victim: str) -> None:
    line, act = the_act(text)
    assert (words(line, act.actors), words(line, act.recipients)) == ([], [victim])


def test_agent_of_the_passive_is_the_actor() -> None:
    line, act = the_act("أصيب صحفي فلسطيني برصاص الجيش الإسرائيلي.")
    assert words(line, act.actors) == ["الجيش الإسرائيلي"]
    assert words(line, act.recipients) == ["صحفي فلسطيني"]


def test_active_verb_gives_both_sides() -> None:
    line, act = the_act("قتلت القوات الروسية ثلاثة جنود أوكرانيين.")
    assert not act.passive
    assert (words(line, act.actors), words(line, act.recipients)) == (["القوات الروسية"], ["ثلاثة جنود أوكرانيين"])


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("شن الجيش الإسرائيلي غارات على حزب الله.", ["الجيش الإسرائيلي"], ["حزب الله"]),
        ("نفذت القوات التركية عملية عسكرية ضد حزب العمال الكردستاني.", ["القوات التركية"], ["حزب العمال الكردستاني"]),
        ("تعرضت القوات التركية لهجوم في إدلب.", [], ["القوات التركية"]),
    ],
)
def test_light_verb_lends_its_subject(text: str, actors: list[str], recipients: list[str]) -> None:
    line, act = the_act(text)
    assert act.light is not None
    assert (words(line, act.actors), words(line, act.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "الهجوم الذي شنته القوات الروسية على خاركيف استمر يومين.",
        "أسفر هجوم شنته القوات الروسية عن خسائر.",
    ],
)
def test_relative_clause_names_the_attacker(text: str) -> None:
    line, act = the_act(text)
    assert words(line, act.actors) == ["القوات الروسية"]


def test_act_in_a_relative_clause_is_marked() -> None:
    line, act = the_act("القوات التي قصفت المدينة انسحبت.")
    assert act.relative
    assert words(line, act.actors) == ["القوات"]


def test_both_sides_of_a_fight_are_actors() -> None:
    line, act = the_act("تدور اشتباكات بين الجيش السوداني وقوات الدعم السريع.")
    assert words(line, act.actors) == ["الجيش السوداني", "قوات الدعم السريع"]
    assert act.recipients == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("استهدفت غارة إسرائيلية سيارة.", "ISR"), ("وقعت غارات تركية على عفرين.", "TUR")],
)
def test_adjective_of_nationality_names_the_attacker(text: str, code: str) -> None:
    _, act = the_act(text)
    assert [c for c, _ in act.actor_codes] == [code]


@pytest.mark.xfail(reason="the relative verb without الذي takes what follows it for its subject", strict=True)
def test_raids_that_hit_somebody_are_one_act() -> None:
    line, act = the_act("غارات تركية استهدفت حزب العمال الكردستاني.")
    assert words(line, act.recipients) == ["حزب العمال الكردستاني"]


def test_killing_in_a_raid_is_one_act() -> None:
    line, act = the_act("قتل سبعة مدنيين في قصف روسي.")
    assert [line.tokens[k].form for k in act.merged] == ["قصف"]
    assert [c for c, _ in act.actor_codes] == ["RUS"]


@pytest.mark.parametrize("text", ["انسحبت القوات بعد الضربات.", "عاد السكان بعد الهجوم."])
def test_bare_back_reference_tells_no_act(text: str) -> None:
    assert [a for a in find_acts(line_of(text)) if a.frame.type == "ASSAULT"] == []


def test_word_of_a_weapon_is_no_march() -> None:
    assert [a for a in find_acts(line_of("حلقت طائرة مسيرة فوق المدينة.")) if a.frame.type == "PROTEST"] == []


def test_what_one_is_told_to_do_is_a_demand() -> None:
    line, act = the_act("على أرمينيا التوقف عن قصف القرى.", "REQUEST")
    assert (act.mode, words(line, act.recipients)) == ("yield", ["أرمينيا"])


def test_who_criticises_is_no_victim() -> None:
    line, act = the_act("انتقد أردوغان.", "ACCUSE")
    assert words(line, act.actors) == ["أردوغان"]


def test_frames_that_lost_are_kept_for_explain() -> None:
    _, act = the_act("قتل ثلاثة جنود أوكرانيين في باخموت.")
    assert all(row.startswith("frame.") and reason for row, reason in act.lost)


def test_accusation_of_shelling_tells_the_shelling_too() -> None:
    line, act = the_act("اتهمت أرمينيا القوات الأذربيجانية بقصف مدينة شوشا.")
    assert words(line, act.actors) in ([], ["القوات الأذربيجانية"])


def test_who_is_threatened_does_not_threaten() -> None:
    line, act = the_act("هددت كوريا الشمالية بقصف سول.", "THREATEN")
    assert words(line, act.actors) == ["كوريا الشمالية"]
