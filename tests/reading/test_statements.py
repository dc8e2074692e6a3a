"""Who said what through whom: speakers, channels, modes, and where the reported words begin and end."""

from __future__ import annotations

import pytest
from one_line import codes, record_of, the_statement


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "content"),
    [
        ("قال قائد الجيش المالي إن المعركة انتهت.", "MLI MIL", "قال", "المعركة انتهت"),
        ("وأكدت الخارجية القطرية أن الوساطة مستمرة.", "QAT GOV", "وأكدت", "الوساطة مستمرة"),
        ("الحكومة اليمنية قالت إن الميناء آمن.", "YEM GOV", "قالت", "الميناء آمن"),
        ("أعلنت وزارة الدفاع الروسية سقوط البلدة.", "RUS MIL", "أعلنت", "سقوط البلدة"),
        ("قال ناشطون إن القوات أطلقت النار.", "- CVL", "قال", "القوات أطلقت النار"),
        ("أردوغان: لن نتراجع عن موقفنا", "TUR GOV", ":", "لن نتراجع عن موقفنا"),
        ("وأعلنت وزارة الدفاع الروسية السيطرة على بلدة جديدة.", "RUS MIL", "وأعلنت", "السيطرة على بلدة جديدة"),
    ],
)  # fmt: skip
def test_verb_of_saying_opens_a_statement(text: str, speaker: str, verb: str, content: str) -> None:
    record = record_of(text)
    said = the_statement(record)
    assert codes(record, [said.speaker or ""]) == [speaker]
    assert (record.words(said.verb), record.words(said.content)) == (verb, content)


@pytest.mark.parametrize(
    ("text", "mode", "content"),
    [
        ("قال الرئيس الأميركي: «لن نرسل أحدا إلى هناك».", "direct", "لن نرسل أحدا إلى هناك"),
        ("قال الرئيس الأميركي إن بلاده لن ترسل أحدا.", "indirect", "بلاده لن ترسل أحدا"),
        (
            'أكد المبعوث الأممي أن الطرفين "تبادلا القوائم بالكامل" يوم الأحد.',
            "mixed",
            'الطرفين "تبادلا القوائم بالكامل" يوم الأحد',
        ),
        pytest.param(
            'قالت وكالة "سبأ" إن المطار أغلق.',
            "indirect",
            "المطار أغلق",
        ),
    ],
)
def test_quotation_marks_decide_the_mode(text: str, mode: str, content: str) -> None:
    record = record_of(text)
    said = the_statement(record)
    assert (said.mode, record.words(said.content)) == (mode, content)


@pytest.mark.parametrize(
    ("text", "speaker", "channel", "medium"),
    [
        ('كتب الرئيس الأوكراني على تويتر: "لن نستسلم أبدا".', "UKR GOV", "تويتر", "social"),
        ("قال مصدر أمني عراقي لوكالة رويترز إن الطريق مغلق.", "IRQ COP", "وكالة رويترز", "agency"),
    ],
)
def test_tweet_keeps_its_channel(text: str, speaker: str, channel: str, medium: str) -> None:
    record = record_of(text)
    said = the_statement(record)
    via = [a.name for i in said.via if (a := record.actor(i))]
    assert (codes(record, [said.speaker or ""]), via, said.medium) == ([speaker], [channel], medium)


def test_agency_that_relays_is_no_speaker() -> None:
    record = record_of("نقلت وكالة سبأ عن مصدر عسكري قوله إن الموقع آمن.")
    said = the_statement(record)
    assert codes(record, [said.speaker or ""]) == ["- MIL"]
    assert [a.name for i in said.via if (a := record.actor(i))] == ["وكالة سبأ"]


def test_agency_that_asserts_is_the_speaker() -> None:
    record = record_of("ووفقا لوكالة رويترز، قتل خمسة جنود في الكمين.")
    said = the_statement(record)
    assert codes(record, [said.speaker or ""]) == ["GBR JRN"]
    assert (record.words(said.content), said.via) == ("قتل خمسة جنود في الكمين", ())


def test_formula_after_the_sentence_attributes_it() -> None:
    record = record_of("قتل أربعة مدنيين في الخرطوم، وفق ما أعلنت وزارة الصحة السودانية.")
    said = the_statement(record)
    assert codes(record, [said.speaker or ""]) == ["SDN GOV"]
    assert record.words(said.content) == "قتل أربعة مدنيين في الخرطوم"


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("قال الوزير إن الجيش تقدم، مضيفا أن الحصار انتهى.", ["الجيش تقدم", "الحصار انتهى"]),
        ("قال الوزير إن الجيش تقدم، وأضاف أن الحصار انتهى.", ["الجيش تقدم", "الحصار انتهى"]),
    ],
)
def test_second_word_of_saying_starts_a_new_statement(text: str, contents: list[str]) -> None:
    record = record_of(text)
    assert [record.words(s.content) for s in record.statements] == contents
    assert len({s.speaker for s in record.statements}) == 1


def test_speaker_goes_on_in_the_next_paragraph() -> None:
    record = record_of("قال الرئيس الإيراني إن بلاده ترفض الشروط.\nوأضاف أن العقوبات فشلت.")
    assert len(record.statements) == 2
    assert record.statements[0].speaker == record.statements[1].speaker


def test_pronoun_stands_for_the_speaker() -> None:
    record = record_of("قال الرئيس الإيراني إن بلاده قصفت القاعدة.")
    (shelling,) = [e for e in record.events if e.type == "ASSAULT"]
    assert [c.split()[0] for c in codes(record, shelling.actors)] == ["IRN"]


def test_listener_is_the_addressee() -> None:
    record = record_of("قال رئيس الوزراء العراقي لنظيره التركي إن الحكومة ماضية في خطتها.")
    assert codes(record, [the_statement(record).addressee or ""]) == ["TUR GOV"]


def test_demand_keeps_its_addressee_in_the_content() -> None:
    record = record_of("طالبت فرنسا روسيا بسحب قواتها من أوكرانيا.")
    assert record.words(the_statement(record).content).startswith("روسيا")


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("وأعلنت وزارة الصحة اللبنانية في بيان مقتل ثلاثة مدنيين.", "LBN GOV", "مقتل ثلاثة مدنيين"),
        ("وقال الوزير الروسي في رسالة وجهها إلى المجلس إن بلاده ستنسحب.", "RUS GOV", "بلاده ستنسحب"),
        ("وقالت خدمة الإسعاف الإسرائيلية إن رجلا أصيب.", "ISR -", "رجلا أصيب"),
        ("لكن مصدرا داخل مقر الشرطة العراقية قال إن السوق أغلق.", "IRQ -", "السوق أغلق"),
        ("ويشكو السكان في بغداد من أن الماء مقطوع.", "IRQ CVL", "الماء مقطوع"),
        ("ونقل البيان عن قائد الجيش المالي قوله إن المعركة انتهت.", "MLI MIL", "المعركة انتهت"),
        ('وتوعد الرئيس الإيراني قائلا "سنرد على كل هجوم".', "IRN GOV", "سنرد على كل هجوم"),
        ('وكتب الرئيس الفرنسي، في تغريدة على تويتر، "الحوار هو الطريق".', "FRA GOV", "الحوار هو الطريق"),
        ('وقال القاضي العراقي :"كنت في المحكمة ساعة الهجوم".', "IRQ JUD", "كنت في المحكمة ساعة الهجوم"),
        ("كما تحدث الوزير اللبناني عن نزوح ألف عائلة.", "LBN GOV", "نزوح ألف عائلة"),
    ],
)
def test_speaker_is_found_past_his_occasion_and_his_description(text: str, speaker: str, content: str) -> None:
    record = record_of(text)
    said = the_statement(record)
    assert (codes(record, [said.speaker or ""]), record.words(said.content)) == ([speaker], content)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("وبحسب آخر حصيلة صادرة عن وزارة الصحة اللبنانية، قتل سبعة أشخاص.", "قتل سبعة أشخاص"),
        ("قتل سبعة أشخاص في الغارة، بحسب تقارير.", "قتل سبعة أشخاص في الغارة"),
        ("وبحسب شهود العيان فإن عشرات القتلى وصلوا إلى المستشفى.", "عشرات القتلى وصلوا إلى المستشفى"),
        ("وخلفت المعارك، بحسب مصدر طبي سوداني، عشرة قتلى وثلاثين جريحا.", "عشرة قتلى وثلاثين جريحا"),
    ],
)
def test_formula_names_whose_count_it_is(text: str, content: str) -> None:
    record = record_of(text)
    assert record.words(the_statement(record).content) == content


def test_words_of_saying_inside_ones_own_words_are_one_statement() -> None:
    record = record_of("قالت الوزيرة اليمنية إنها تعتقد أن الهدنة صامدة.")
    assert record.words(the_statement(record).content) == "تعتقد أن الهدنة صامدة"
    record = record_of('قالت الخارجية السورية: "سوريا تدين العدوان على أراضيها".')
    assert codes(record, [the_statement(record).speaker or ""]) == ["SYR GOV"]


def test_turn_to_another_speaker_ends_the_words_of_the_first() -> None:
    record = record_of("قال الجيش السوداني إن الجسر آمن، لكن متحدثا باسم الدعم السريع نفى ذلك قائلا إن الجسر مغلق.")
    found = [(*codes(record, [s.speaker or ""]), record.words(s.content)) for s in record.statements]
    assert found == [("SDN MIL", "الجسر آمن"), ("SDN REB", "الجسر مغلق")]


def test_word_that_opens_the_next_words_is_not_of_the_words_before() -> None:
    record = record_of('أقر الوزير الأرميني بأن بلاده تكبدت "خسائر كثيرة"، لكنه قال إن الجبهة صامدة.')
    found = [record.words(s.content) for s in record.statements]
    assert found == ['بلاده تكبدت "خسائر كثيرة"', "الجبهة صامدة"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("ووصف الرئيس التركي المحتجين بأنهم مخربون.", "المحتجين بأنهم مخربون"),
        ('دعا الرئيس المصري الطرفين إلى "وقف القتال فورا".', 'الطرفين إلى "وقف القتال فورا'),
    ],
)
def test_whom_one_describes_or_asks_belongs_to_the_words(text: str, content: str) -> None:
    record = record_of(text)
    assert record.words(the_statement(record).content) == content


def test_channel_goes_on_with_the_speaker() -> None:
    record = record_of("قال نائب الرئيس السوداني عبر إكس إن الحرب ستنتهي قريبا.\nوأضاف أن الجيش يتقدم.")
    first, second = record.statements
    assert first.via and (first.via, first.medium) == (second.via, second.medium)


@pytest.mark.parametrize(
    "text",
    ["يذكر أن المعبر أغلق قبل عام.", "كما واصل الجيش السوداني تقدمه في المدينة.", "نقل الجرحى السودانيون إلى المستشفى.",
     "بلغ عدد النازحين مليونا في حين أن عدد القتلى في المدينة يبلغ ألف شخص.",
     "قصف الجيش السوداني مواقع المتمردين.", "يتوقع أن تبدأ المحادثات غدا.", 'وصلت السفينة "الأمل" إلى الميناء.'],
)  # fmt: skip
def test_narration_is_no_statement(text: str) -> None:
    assert record_of(text).statements == ()


def test_reaching_a_truce_is_no_statement() -> None:
    assert record_of("توصلت أرمينيا وأذربيجان إلى هدنة إنسانية.").statements == ()


@pytest.mark.parametrize("text", ["قال أن « »", 'قال " ، "', "الرئيس الروسي :", "الرئيس الروسي : «", "وفقا"])
def test_nobodys_words_are_no_statement(text: str) -> None:
    assert record_of(text).statements == ()
