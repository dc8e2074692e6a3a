"""What stands where around a verb or an event noun: subject, object, genitive, prepositions, clause boundaries."""

from __future__ import annotations

import pytest
from one_line import at, line_of, words

from marsad.language.morph import VerbForm
from marsad.reading.arguments import Arguments, agrees, clause_end, clause_start, noun_arguments, verb_arguments
from marsad.reading.document import Line
from marsad.reading.frames import frame_verbs


def around_verb(text: str, verb: str) -> tuple[Line, Arguments]:
    """A line and the slots of its verb."""
    line = line_of(text)
    i = at(line, verb)
    match = frame_verbs().match(line.tokens[i].key)[0]
    return line, verb_arguments(line, i, match.form, match.pronoun)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "obj"),
    [
        ("قصفت القوات الروسية مواقع أوكرانية.", "قصفت", ["القوات الروسية"], ["مواقع أوكرانية"]),
        ("قتلت القوات الروسية ثلاثة جنود أوكرانيين.", "قتلت", ["القوات الروسية"], ["ثلاثة جنود أوكرانيين"]),
        ("هاجم مسلحون دورية تركية قرب عفرين.", "هاجم", ["مسلحون"], ["دورية تركية"]),
    ],
)
def test_subject_comes_before_object_after_the_verb(text: str, verb: str, subject: list[str], obj: list[str]) -> None:
    line, args = around_verb(text, verb)
    assert (words(line, args.subject), words(line, args.object)) == (subject, obj)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("أكد أن القوات الروسية قصفت خاركيف.", "قصفت", ["القوات الروسية"]),
        ("قال إن الجيش السوداني هاجم الميناء.", "هاجم", ["الجيش السوداني"]),
        ("القوات التركية قصفت القرية.", "قصفت", ["القوات التركية"]),
    ],
)
def test_subject_before_the_verb_after_anna(text: str, verb: str, subject: list[str]) -> None:
    line, args = around_verb(text, verb)
    assert words(line, args.subject) == subject
    assert not args.elided


def test_pronoun_on_the_verb_leaves_what_follows_the_subject() -> None:
    line, args = around_verb("قصفتها القوات الروسية.", "قصفتها")
    assert words(line, args.subject) == ["القوات الروسية"]


def test_relative_verb_takes_the_noun_before_it() -> None:
    line, args = around_verb("القوات التي قصفت المدينة انسحبت.", "قصفت")
    assert words(line, args.subject) == ["القوات"]


def test_verb_without_a_named_subject_says_so() -> None:
    _, args = around_verb("تقدمت ثم قصفت المدينة.", "قصفت")
    assert (args.subject, args.elided or args.opaque) == ([], True)


def test_coordinated_phrases_fill_one_slot() -> None:
    line, args = around_verb("هاجمت القوات الروسية والقوات السورية البلدة.", "هاجمت")
    assert words(line, args.subject) == ["القوات الروسية", "القوات السورية"]


def test_phrase_that_names_no_actor_blocks_the_subject() -> None:
    line, args = around_verb("استهدف انفجار كبير القوات الأميركية.", "استهدف")
    assert args.opaque
    assert words(line, args.object) == ["القوات الأميركية"]


def test_agent_of_the_passive_has_a_slot_of_its_own() -> None:
    line, args = around_verb("أصيب صحفي فلسطيني برصاص الجيش الإسرائيلي.", "أصيب")
    assert words(line, args.preps["agent"]) == ["الجيش الإسرائيلي"]


@pytest.mark.parametrize(
    ("text", "verb", "obj"),
    [
        ("قتل عددا منهم في الكمين.", "قتل", ["عددا منهم"]),
        ("اعتقل شيخا من القبيلة.", "اعتقل", ["شيخا"]),
        ("قتل جنديًا في الكمين.", "قتل", ["جنديًا"]),
        ("قتل قائدا في الحركة بصاروخ.", "قتل", ["قائدا"]),
    ],
)
def test_accusative_of_an_actor_is_the_verbs_object(text: str, verb: str, obj: list[str]) -> None:
    line, args = around_verb(text, verb)
    assert (args.subject, words(line, args.object), args.elided) == ([], obj, True)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("قتل عدد من المسلحين في الكمين.", "قتل", ["عدد من المسلحين"]),
        ("اعتقل شيخ القبيلة.", "اعتقل", ["شيخ القبيلة"]),
        ("قتل الجندي مسلحا.", "قتل", ["الجندي"]),
    ],
)
def test_other_phrase_after_the_verb_can_be_its_subject(text: str, verb: str, subject: list[str]) -> None:
    line, args = around_verb(text, verb)
    assert words(line, args.subject) == subject
    assert not args.elided


@pytest.mark.parametrize(
    ("text", "word", "genitive"),
    [
        ("أدان قصف الجيش الإسرائيلي.", "قصف", ["الجيش الإسرائيلي"]),
        ("أدان هجوم طالبان على القاعدة.", "هجوم", ["طالبان"]),
    ],
)
def test_genitive_completes_an_event_noun(text: str, word: str, genitive: list[str]) -> None:
    line = line_of(text)
    i = at(line, word)
    assert words(line, noun_arguments(line, i, i + 1, "", False).genitive) == genitive


def test_adjective_of_nationality_on_an_event_noun() -> None:
    line = line_of("أدان غارة تركية على عفرين.")
    i = at(line, "غارة")
    assert noun_arguments(line, i, i + 1, "", False).nationality == ["TUR"]


def test_clause_ends_at_anna_and_at_the_full_stop() -> None:
    line = line_of("أعلن الجيش السوداني أن الخرطوم آمنة. ثم انسحب.")
    assert clause_end(line, 1) == at(line, "أن")
    assert clause_start(line, at(line, "الخرطوم")) == at(line, "الخرطوم")
    assert clause_end(line, at(line, "أن") + 1) <= at(line, ".")


@pytest.mark.parametrize(
    ("text", "gender", "fits"),
    [
        ("القوات الروسية قصفت.", "f", True),
        ("القوات الروسية قصفت.", "m", False),
        ("مسلحون هاجموا القرية.", "m", True),
        ("مسلحين هاجموا القرية.", "m", False),
        ("روسيا قصفت المدينة.", "m", True),
    ],
)
def test_subject_agrees_with_its_verb(text: str, gender: str, fits: bool) -> None:
    line = line_of(text)
    mention = line.mentions[0]
    mention.shape = "group" if mention.shape == "name" else mention.shape
    assert agrees(line, VerbForm("past", 3, gender, "s"), mention) is fits
