"""Sentences end where a reader would end them, whatever the punctuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.sentences import split_sentences

CASES = [
    ("full stop", ["وصل الوفد إلى جنيف.", "وبدأت المحادثات مساء."]),
    ("question and shout", ["هل تصمد الهدنة؟", "لا أحد يعرف!", "وينتظر السكان."]),
    ("Latin question mark", ["من أطلق النار?", "لم يتضح بعد."]),
    ("stop inside quotation", ['قال الوزير: "لن ننسحب. سنبقى هنا. هذا قرارنا" وغادر القاعة.', "ثم صمت."]),
    ("guillemets", ["أضاف المتحدث «الجبهة هادئة. لا إصابات» من دون تفاصيل.", "ونفى الطرف الآخر."]),
    ("curly quotation marks", ["كتب السفير “نرحب بالاتفاق. نشكر الوسطاء” على حسابه.", "ولم يزد."]),
    ("quotation with its own stop", ['وقال القائد: "الموقع بأيدينا."', "ولم تؤكد جهة مستقلة ذلك."]),
    ("quotation asks, clause goes on", ["تساءل «متى تنتهي الحرب؟» ثم غادر."]),
    ("quotation never closed", ['قال الناطق: "القصف مستمر.', "وأضاف أن الجرحى كثر.", "ولم يذكر رقما."]),
    ("second quotation after an unclosed one", ['قال "نصمد.', 'وتابع "لن نرحل. أبدا" في بيان.', "انتهى."]),
    ("unclosed guillemet", ["نقل الموقع «عن مصدر.", "وتحدث آخر عن هدنة."]),
    ("doctor", ["قال د. سامر الخطيب إن المستشفى ممتلئ.", "وطلب العون."]),
    ("agency with dots", ["نقلت أ.ف.ب عن شاهد أن النار أطلقت.", "ولم تقع إصابات."]),
    ("agency in brackets", ["بيروت (أ.ف.ب.) أعلن الجيش حالة التأهب."]),
    ("Latin initials", ["وصلت بعثة U.S. Army إلى المطار.", "وبقيت يومين."]),
    ("decimal", ["ارتفع السعر 3.5 في المئة.", "ثم تراجع 1.2 نقطة."]),
    ("year with its letter", ["وقعت المعاهدة عام 1994 م.", "وما زالت سارية."]),
    ("two dots as a dash", ["عاجل.. الجيش يعلن هدنة", "تفاصيل لاحقا"]),
    ("ellipsis as a dash", ["الوضع صعب… والطرق مقطوعة.", "لا دواء."]),
    ("three dots", ["قال إنه سيعود... ربما غدا.", "ثم رحل."]),
    ("list number", ["1. وقف النار في كل الجبهات.", "2. تبادل الأسرى."]),
    ("year at the end", ["اندلعت الحرب عام 2014.", "وتوقفت بعد عام."]),
    ("no space after the stop", ["انسحبت القوات من التلة.", "وعاد السكان إليها."]),
    ("line break without a stop", ["الجيش يقصف مواقع المسلحين", "قصفت المدفعية التلال المحيطة."]),
    ("stops in a row", ["هل هذا معقول؟!", "لا."]),
]


@pytest.mark.parametrize(("name", "sentences"), CASES, ids=[c[0] for c in CASES])
def test_sentences_end_where_a_reader_ends_them(name: str, sentences: list[str]) -> None:
    glue = "" if name == "no space after the stop" else "\n" if name in NEEDS_LINES else " "
    text = glue.join(sentences)
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


NEEDS_LINES = frozenset({"two dots as a dash", "line break without a stop", "list number"})


def test_spans_count_from_the_whole_text() -> None:
    text = "أول. ثان. ثالث."
    assert [text[a:b] for a, b in split_sentences(text, 5, 9)] == ["ثان."]


def test_a_very_long_quotation_is_split() -> None:
    text = '"' + "هذا كلام طويل جدا. " * 100 + '" انتهى.'
    assert len(split_sentences(text)) > 50


def test_an_empty_text_has_no_sentences() -> None:
    assert split_sentences("") == split_sentences(" \n\t ") == []


TEXTS = st.text(st.sampled_from('ابد قال.؟!…"«»“” \n:()1م.,') | st.characters())


@given(TEXTS)
def test_spans_are_in_order_trimmed_and_lose_no_character(text: str) -> None:
    spans = split_sentences(text)
    kept, last = 0, 0
    for a, b in spans:
        assert last <= a < b <= len(text)
        assert text[a:b] == text[a:b].strip()
        assert "\n" not in text[a:b]
        kept, last = kept + sum(not c.isspace() for c in text[a:b]), b
    assert kept == sum(not c.isspace() for c in text)


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_spans_stay_inside_the_stretch(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    assert all(start <= a < b <= end for a, b in split_sentences(text, start, end))
