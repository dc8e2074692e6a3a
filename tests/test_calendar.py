"""Absolute dates: month families, double names, Hijri months, digits of three scripts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.calendar import add_months, find_dates

ONE_DAY = {
    "الخميس 15 أكتوبر/ تشرين الأول 2020 م": date(2020, 10, 15),
    "15 تشرين الأول/أكتوبر 2020": date(2020, 10, 15),
    "20 أغسطس (آب) 2019": date(2019, 8, 20),
    "04 آب/اغسطس 2013": date(2013, 8, 4),
    "3 شباط فبراير 2021": date(2021, 2, 3),
    "٢٥ يناير ٢٠١١": date(2011, 1, 25),
    "25 جويلية 2021": date(2021, 7, 25),
    "20 غشت 2022": date(2022, 8, 20),
    "5 دجنبر 2022": date(2022, 12, 5),
    "الخامس عشر من أكتوبر 2020": date(2020, 10, 15),
    "3 مارس من عام 2019": date(2019, 3, 3),
    "October 15, 2020": date(2020, 10, 15),
    "١٥/١٠/٢٠٢٠": date(2020, 10, 15),
    "15-10-2020": date(2020, 10, 15),
    "15.10.2020": date(2020, 10, 15),
    "2020-10-15T10:00:00Z": date(2020, 10, 15),
    "2020/10/15": date(2020, 10, 15),
    "10/15/2020": date(2020, 10, 15),
    "12 رمضان 1442 هـ": date(2021, 4, 24),
    "1442/9/12هـ": date(2021, 4, 24),
}


@pytest.mark.parametrize(("text", "day"), ONE_DAY.items())
def test_one_day_is_read(text: str, day: date) -> None:
    found = find_dates(text)
    assert [(d.first, d.last, d.precision) for d in found] == [(day, day, "day")]


def test_span_is_the_words_of_the_date() -> None:
    text = "نشر في 15 نيسان/أبريل 2023، الساعة 10:30"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "15 نيسان/أبريل 2023"


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("في أكتوبر 2020", date(2020, 10, 1), date(2020, 10, 31), "month"),
        ("شباط/فبراير عام 1988", date(1988, 2, 1), date(1988, 2, 29), "month"),
        ("وعام 2011", date(2011, 1, 1), date(2011, 12, 31), "year"),
        ("15-17 أيار 2018", date(2018, 5, 15), date(2018, 5, 17), "day"),
        ("رمضان 1442", date(2021, 4, 13), date(2021, 5, 12), "month"),
    ],
)
def test_longer_times(text: str, first: date, last: date, precision: str) -> None:
    assert [(d.first, d.last, d.precision) for d in find_dates(text)] == [(first, last, precision)]


@pytest.mark.parametrize(
    "text", ["31 فبراير 2020", "30 مارس", "2020", "هاتف 0020-2020-10-15-33", "الساعة 10:30", "45/13/2020"]
)
def test_what_is_no_absolute_date(text: str) -> None:
    assert find_dates(text) == []


def test_stretch_keeps_offsets_of_the_whole_text() -> None:
    text = "1 يناير 2019 ثم 2 يناير 2020"
    (found,) = find_dates(text, 13)
    assert text[found.start : found.end] == "2 يناير 2020"


def test_far_dates_in_a_long_text_are_all_found() -> None:
    text = ("كلام " * 200).join(["1 مايو 2001", "2 مايو 2002", "3 مايو 2003"])
    assert [d.first.year for d in find_dates(text)] == [2001, 2002, 2003]


def test_months_end_where_they_end() -> None:
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
    assert add_months(date(2020, 1, 31), -11) == date(2019, 2, 28)


@given(st.text(alphabet="0123456789٠٢ /-.،هـ م من عام أكتوبر رمضان شهر(") | st.text())
def test_never_raises_and_spans_lie_inside(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        assert found.first <= found.last
        end = found.end
