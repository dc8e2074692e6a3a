"""Slips are marked, deliberate repetition is not."""

from __future__ import annotations

import pytest

from marsad.page import read_page


def marks(text: str) -> list[tuple[str, str]]:
    page = read_page(text)
    return [(r.kind, page.text[r.start : r.end]) for r in page.repairs]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("وصلت القافلة إلى إلى مدينة درعا فجر اليوم.", "repeated_word", "إلى إلى"),
        ("وتسعى أنقرة أن تبقى أنقرة طرفا في المحادثات.", "repeated_word", "وتسعى أنقرة أن تبقى أنقرة"),
        ("واستقبل الوزير القطري وزير محمد الضيوف في المطار.", "repeated_phrase", "الوزير القطري وزير"),
        ("وطالب البيان بسحب لقرار سحب القوات من الحدود.", "repeated_phrase", "بسحب لقرار سحب"),
        ("وقال إنه في الشمال في الشمال ستبقى القوات.", "repeated_phrase", "في الشمال في الشمال"),
        ("لم يعرف مصير مسلحين كانوا هناك، سواء كانوا جنودا أومسلحين من الفصائل.", "missing_space", "أومسلحين"),
        ("أصيب في الانفجار ثلاثة جنود أوأكثر على الطريق.", "missing_space", "أوأكثر"),
        ("سيعلن الوزير بقاءه أوإقالته غدا.", "missing_space", "أوإقالته"),
        ("لم يعلن الطرفان هدنة بعد، ولا يريان اتفاقا أوهدنة قريبا.", "missing_space", "أوهدنة"),
        ("دخلت القوات المدينةالتي انسحب منها المسلحون.", "missing_space", "المدينةالتي"),
        ('قال الناطق إن القوات انسحبت من البلدة كلها".', "unbalanced_quote", 'البلدة كلها"'),
        ('قال الناطق: "لن ننسحب من البلدة.', "unbalanced_quote", '"لن ننسحب'),
        ("قال الناطق: «لن ننسحب من البلدة.", "unbalanced_quote", "«لن ننسحب"),
    ],
)
def test_a_slip_is_marked(text: str, kind: str, words: str) -> None:
    assert marks(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "تحسنت الأوضاع شيئا فشيئا ويوما بعد يوم في المدينة.",
        "خرج المدنيون واحدا واحدا من الملجأ رويدا رويدا.",
        "التقى الوزير عبد الله عبد الله في كابل.",
        'نقلت شبكة "سي إن إن" عن مسؤول قوله إن الضربة وشيكة.',
        "قالت هيئة بي بي سي إن مراسلها بخير.",
        "أوضحت الوزارة أوروبيا أنها أوقفت العمل وأوردت الأسباب.",
        "أوضحوا أنهم أوصلوا المساعدات وأن الألعاب الأولمبية ستقام في أوسلو.",
        'قال "الأول" ثم قال "الثاني" ثم مضى.',
        'زار "مهرآباد "في طهران قبل عودته.',
        "انتقلوا من مدينة إلى مدينة ومن بيت إلى بيت.",
        "الموقف السعودي موقف ثابت من القضية.",
        "قتل 5 جنود و5 مسلحين في الهجوم.",
    ],
)
def test_sound_arabic_is_not_marked(text: str) -> None:
    assert marks(text) == []


def test_a_quotation_over_two_paragraphs_is_whole() -> None:
    assert marks('قال الناطق: "لن ننسحب من البلدة.\nوسنبقى فيها حتى النهاية".') == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'وصف القرار بأنه "كارثة، وقال إنه سيطعن فيه.\nوعاد الهدوء إلى المدينة ليلا".',
            ['"كارثة، وقال', 'المدينة ليلا"'],
        ),
        ('وصف ما جرى بأنه "كارثة كبرى.\nونفت الوزارة وقوع قتلى".', ['"كارثة كبرى.', 'وقوع قتلى"']),
    ],
)
def test_marks_of_two_quotations_are_no_pair(text: str, words: list[str]) -> None:
    assert marks(text) == [("unbalanced_quote", w) for w in words]


def test_a_quotation_may_tell_what_others_said() -> None:
    assert marks('قال الناطق: "لن ننسحب من البلدة.\nوقالت الحكومة إنها ستبقى".') == []


def test_a_repair_never_changes_the_text() -> None:
    text = "وصلت القافلة إلى إلى مدينة درعا فجر اليوم."
    page = read_page(text)
    assert page.text == text
    assert page.repairs[0].suggestion == "إلى"
