"""Words around the cues of diplomacy: another party's turn, no condition, no such thing, a denial."""

from __future__ import annotations

import pytest
from one_line import at, codes, line_of, record_of

from marsad.reading.diplomacy_cues import MARKS, denials, find_cues, marks, no_cue
from marsad.text.fold import fold


def answers(text: str) -> list[tuple[str, str]]:
    """Who answers the only proposal of a text, and how."""
    record = record_of(text)
    (proposal,) = record.proposals
    return [(codes(record, [a.party])[0], a.answer) for a in proposal.answers]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("turn", "بينما"),
        ("turn", "فيما"),
        ("without", "دون"),
        ("without", "بلا"),
        ("nothing", "ليست"),
        ("nothing", "أي"),
    ],
)
def test_mark_has_its_kind(kind: str, word: str) -> None:
    assert [k for k in ("turn", "without", "nothing") if fold(word) in marks(k)] == [kind]


def test_unknown_kind_has_no_marks() -> None:
    assert marks("weather") == frozenset()


@pytest.mark.parametrize(
    "text", ["وافقت الحكومة على الخطة، فيما رفضها المتمردون.", "نفت الوزارة طرح أي مبادرة.", "قبلت الهدنة دون شروط."]
)
def test_marks_are_no_cues(text: str) -> None:
    assert not {c.cue.kind for c in find_cues(line_of(text))} & MARKS


@pytest.mark.parametrize("word", ["نفت", "ينفي", "وأنكر", "فند", "تدحض"])
def test_verb_of_denying_is_found_in_its_forms(word: str) -> None:
    assert {m.value.kind for m in denials().match(fold(word))} == {"denied"}


@pytest.mark.parametrize("word", ["أكدت", "رفضت", "منفى"])
def test_other_verbs_deny_nothing(word: str) -> None:
    assert denials().match(fold(word)) == ()


@pytest.mark.parametrize(("word", "none"), [("ليست", True), ("أي", True), ("مبادرة", False)])
def test_word_says_that_there_is_none(word: str, none: bool) -> None:
    line = line_of("ليست هناك أي مبادرة مصرية.")
    assert no_cue(line, at(line, word)) is none


@pytest.mark.parametrize(
    "text",
    [
        "نفت الخارجية المصرية طرح أي مبادرة على إثيوبيا.",
        "أنكرت مصر أنها قدمت مقترحا إلى إسرائيل.",
        "فندت قطر تقديم عرض إلى إسرائيل.",
        "ليست هناك أي مبادرة مصرية بشأن إثيوبيا.",
    ],
)
def test_denied_or_missing_proposal_is_none(text: str) -> None:
    assert record_of(text).proposals == ()


@pytest.mark.parametrize("text", ["طرحت مصر مبادرة على إثيوبيا.", "قدمت مصر مقترحا إلى إسرائيل."])
def test_proposal_that_is_made_is_one(text: str) -> None:
    record = record_of(text)
    assert [codes(record, p.by) for p in record.proposals] == [["EGY GOV"]]


def test_denial_of_another_sentence_denies_no_proposal() -> None:
    record = record_of("نفت إسرائيل قصف المدرسة. وقدمت مصر مقترحا إلى إسرائيل.")
    assert len(record.proposals) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "اقترحت مصر هدنة على السودان وإثيوبيا. ووافق السودان عليها، بينما رفضتها إثيوبيا.",
            [("SDN GOV", "accepts"), ("ETH GOV", "rejects")],
        ),
        (
            "اقترحت تركيا هدنة على روسيا وأوكرانيا. ورحبت أوكرانيا بالمقترح، فيما رفضت روسيا المقترح.",
            [("UKR GOV", "accepts"), ("RUS GOV", "rejects")],
        ),
        (
            "اقترحت مصر هدنة على إسرائيل وحماس. قبلت حماس الاقتراح، أما إسرائيل فرفضته.",
            [("PSE PTY", "accepts"), ("ISR GOV", "rejects")],
        ),
    ],
)
def test_word_of_turning_parts_two_answers(text: str, found: list[tuple[str, str]]) -> None:
    assert answers(text) == found


@pytest.mark.parametrize(
    ("terms", "answer"),
    [("من دون شروط", "accepts"), ("بلا شروط", "accepts"), ("بدون شروط", "accepts"), ("بشروط", "conditional")],
)
def test_word_of_lacking_undoes_a_condition(terms: str, answer: str) -> None:
    text = f"اقترحت مصر هدنة على إسرائيل وحماس. وقبلت حماس الاقتراح {terms}."
    assert answers(text) == [("PSE PTY", answer)]
