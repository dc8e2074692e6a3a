"""Temporal expressions of one paragraph, resolved to days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.times import TimeMention, find_times
from marsad.text.number_words import pack_rows
from marsad.text.tokens import tokenize

WEDNESDAY = date(2024, 5, 15)

RESOLVED: dict[str, tuple[str | None, str | None]] = {
    "زار اليوم الأربعاء المخيم": ("2024-05-15", "2024-05-15"),
    "في وقت سابق اليوم غرد الوزير": ("2024-05-15", "2024-05-15"),
    "وصل أمس إلى عدن": ("2024-05-14", "2024-05-14"),
    "قال بالأمس (الثلاثاء) إنه": ("2024-05-14", "2024-05-14"),
    "انسحبوا أول من أمس": ("2024-05-13", "2024-05-13"),
    "يجتمعون بعد غد الجمعة": ("2024-05-17", "2024-05-17"),
    "قتل الاثنين جنديان": ("2024-05-13", "2024-05-13"),
    "قصفت مساء الثلاثاء القرية": ("2024-05-14", "2024-05-14"),
    "هدنة اتفقا عليها السبت الماضي": ("2024-05-11", "2024-05-11"),
    "انهارت الأربعاء الماضي": ("2024-05-08", "2024-05-08"),
    "تفتتح الأحد المقبل": ("2024-05-19", "2024-05-19"),
    "من المقرر أن يصل الوفد السبت": ("2024-05-18", "2024-05-18"),
    "تستمر المحادثات حتى الخميس": ("2024-05-16", "2024-05-16"),
    "وقعت ليل الثلاثاء الأربعاء": ("2024-05-14", "2024-05-15"),
    "بدأت في 30 مارس": ("2024-03-30", "2024-03-30"),
    "بدأت في 30 حزيران الماضي": ("2023-06-30", "2023-06-30"),
    "تنعقد في 12 يونيو المقبل": ("2024-06-12", "2024-06-12"),
    "في نيسان/ أبريل الماضي": ("2024-04-01", "2024-04-30"),
    "في 15 نيسان من العام الماضي": ("2023-04-15", "2023-04-15"),
    "في العاشر من الشهر الجاري": ("2024-05-10", "2024-05-10"),
    "تحيي في 18 مارس من كل عام الذكرى": ("2024-03-18", "2024-03-18"),
    "اندلعت منتصف نيسان الماضي": ("2024-04-11", "2024-04-20"),
    "حرب خريف عام 2020": ("2020-09-01", "2020-11-30"),
    "أواخر الثمانينيات": ("1987-01-01", "1989-12-31"),
    "بين عامي 1992 و1994": ("1992-01-01", "1994-12-31"),
    "عامي 1992-1994": ("1992-01-01", "1994-12-31"),
    "الإطاحة به عام 2011": ("2011-01-01", "2011-12-31"),
    "زارها الأسبوع الماضي": ("2024-05-06", "2024-05-12"),
    "تعقد الشهر المقبل": ("2024-06-01", "2024-06-30"),
    "كثفوا غاراتهم العام الماضي": ("2023-01-01", "2023-12-31"),
    "يصل هذا الأسبوع": ("2024-05-13", "2024-05-19"),
    "خلال الأيام الأخيرة": (None, "2024-05-15"),
    "خلال الأيام الثلاثة الماضية": ("2024-05-12", "2024-05-15"),
    "خلال الـ24 ساعة الماضية": ("2024-05-14", "2024-05-15"),
    "منذ أكثر من أسبوعين": ("2024-05-01", "2024-05-15"),
    "منذ 6 أسابيع": ("2024-04-03", "2024-05-15"),
    "منذ نحو ثلاث سنوات": ("2021-05-15", "2024-05-15"),
    "منذ عقود": ("1994-05-15", "2024-05-15"),
    "منذ صباح الثلاثاء": ("2024-05-14", "2024-05-15"),
    "منذ كانون الأول/ديسمبر": ("2023-12-01", "2024-05-15"),
    "وقع قبل 6 أسابيع": ("2024-04-03", "2024-04-03"),
    "قتل قبل ثلاثة أيام": ("2024-05-12", "2024-05-12"),
    "سلموا أسلحتهم بعد 3 أيام من الاتفاق": ("2024-05-12", "2024-05-12"),
    "يأمل إجراءها قبل نهاية العام": ("2024-05-15", "2024-12-31"),
    "تأتي الدعوة غداة سقوط البلدة": ("2024-05-14", "2024-05-14"),
    "بعد هدنة استمرت 7 أيام": ("2024-05-08", "2024-05-15"),
    "أعلنوا تمديد الهدنة خمسة أيام جديدة": ("2024-05-15", "2024-05-20"),
    "تدور الآن معارك": ("2024-05-15", "2024-05-15"),
    "خلال شهر رمضان الماضي": ("2024-03-11", "2024-04-09"),
    "هجمات 11 سبتمبر": ("2001-09-11", "2001-09-11"),
    "منذ منتصف القرن الماضي": ("1933-01-01", "2024-05-15"),
}


def times(text: str, published: date | None = WEDNESDAY) -> list[TimeMention]:
    return find_times(tokenize(text), published)


@pytest.mark.parametrize(("text", "days"), RESOLVED.items())
def test_expression_is_resolved(text: str, days: tuple[str | None, str | None]) -> None:
    assert [(t.first, t.last) for t in times(text)] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "لمدة شهر",
        "قبل ساعات من القمة",
        "لم تعلن أي جهة حتى الآن",
        "في اليوم قبل الأخير",
        "اليوم العالمي للاجئين",
        "أدى صلاة الجمعة في المسجد",
        "مارس ضغوطا على الحكومة",
        "آب إلى بلاده",
        "الأمين العام الحالي",
        "الرئيس رجب طيب",
        "مضيق باب المندب",
        "بين عشية وضحاها",
        "شاب عمره 21 عاما",
        "خلال 24 ساعة",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert times(text) == []


def test_now_counts_only_alone() -> None:
    assert [t.last for t in times("تدور الآن معارك بدأت أمس")] == ["2024-05-14"]


def test_days_in_a_row_end_on_the_day_told() -> None:
    assert [(t.first, t.last) for t in times("تظاهروا أمس الثلاثاء لليوم الثالث على التوالي")][-1] == (
        "2024-05-12",
        "2024-05-14",
    )


def test_following_day_needs_a_day_before_it() -> None:
    assert times("في اليوم التالي عادوا") == []
    (found,) = find_times(tokenize("في اليوم التالي عادوا"), WEDNESDAY, date(2024, 5, 3))
    assert found.first == "2024-05-04"


def test_undated_page_resolves_only_absolute_dates() -> None:
    found = times("التقيا أمس بعد اتفاق 10 أكتوبر 2020", None)
    assert [(t.first, t.last) for t in found] == [(None, None), ("2020-10-10", "2020-10-10")]


def test_conjunction_stays_outside_the_span() -> None:
    text = "وأمس الأحد انسحبوا"
    (found,) = times(text)
    assert text[found.start : found.end] == "أمس الأحد"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("منذ أسبوعين", "since"),
        ("غدا", "future"),
        ("عام 2011", "historical"),
        ("أمس", "point"),
        ("الأسبوع الماضي", "span"),
        ("الأيام الأخيرة", "open"),
        ("قبل نهاية العام", "until"),
    ],
)
def test_kind_tells_how_the_days_are_meant(text: str, kind: str) -> None:
    assert [t.kind for t in times(text)] == [kind]


EXAMPLES = [(row["id"], row["example"]) for row in pack_rows("times.tsv") if row.get("example")]


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=[row for row, _ in EXAMPLES])
def test_example_of_the_pack_holds_a_time(row: str, example: str) -> None:
    assert times(example)


PIECES = (
    "منذ قبل بعد خلال حتى أكثر من نحو 3 2020 30 أيام أسبوع شهر العام الماضي المقبل الأخيرة اليوم أمس غدا الخميس السبت "
    "مساء أكتوبر / تشرين الأول رمضان عامي و - منتصف نهاية الثمانينيات القرن عقود 9999 31 فبراير غداة الآن لليوم الثالث "
    "على التوالي"
)


@given(st.lists(st.sampled_from(PIECES.split())), st.none() | st.dates())
def test_never_raises_and_spans_lie_inside(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    tokens = tokenize(text)
    found = find_times(tokens, published)
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert 0 <= mention.token_first < mention.token_last <= len(tokens)
        assert mention.first is None or mention.last is None or mention.first <= mention.last
        end = mention.end
    assert found == find_times(tokens, published)


@given(st.text(), st.dates())
def test_never_raises_on_any_text(text: str, published: date) -> None:
    find_times(tokenize(text), published)
