"""Undated pages get a day from what the dated ones tell, with the evidence, or none."""

from __future__ import annotations

import itertools
import pathlib

import pytest

from marsad.model.record import Record
from marsad.store.ledger import Ledger
from marsad.store.work import Given, job, read_job

TRUCE = (
    "اتفقت أرمينيا وأذربيجان في موسكو على هدنة إنسانية تبدأ ظهر اليوم السبت 10 أكتوبر 2020 برعاية روسيا.\n"
    "وقالت وزارة الخارجية الروسية إن الهدنة تتيح تبادل الأسرى والجثامين."
)
LATER = (
    "قال الرئيس الأذربيجاني إلهام علييف اليوم الخميس إن نشر مراقبين روس في قره باغ يتطلب موافقة بلاده.\n"
    "وكانت أرمينيا وأذربيجان قد اتفقتا السبت الماضي على هدنة إنسانية برعاية روسيا."
)
OTHER = "افتتح وزير الزراعة اليوم الخميس معرضا للتمور في المدينة بحضور مئات المزارعين."


def ledger_of(path: pathlib.Path, *pages: tuple[str, str, str | None]) -> Ledger:
    """A ledger of pages: id, text, day."""
    ledger = Ledger.open(path, create=True)
    ledger.write(read_job(job(text, Given(id=name, published=day))) for name, text, day in pages)
    ledger.settle()
    return ledger


def record_of(ledger: Ledger, page: str) -> Record:
    record = ledger.record(page)
    assert record is not None
    return record


def test_a_page_is_dated_from_the_truce_it_recalls_and_the_weekday_it_calls_today(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", LATER, None)) as ledger:
        published = record_of(ledger, "later").page.published
        assert (published.first, published.last, published.basis) == ("2020-10-15", "2020-10-15", "inferred")


def test_the_evidence_is_the_pages_words_and_what_of_the_ledger_they_fit(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", LATER, None)) as ledger:
        record = record_of(ledger, "later")
        words = [record.words(span) for span in record.page.published.evidence]
        assert "اليوم الخميس" in words
        assert any("هدنة" in w for w in words)
        page = ledger.page("later")
        assert page is not None
        assert any("2020-10-10" in why and "truce" in why for why in page.dated_by)


def test_a_page_is_dated_from_a_breach_that_a_dated_page_tells(tmp_path: pathlib.Path) -> None:
    dated = (
        "دخلت هدنة ثانية بين أرمينيا وأذربيجان حيز التنفيذ فجر اليوم الأحد.\n"
        "وقالت وزارة الدفاع الأرمينية إن القوات الأذربيجانية خرقت الهدنة وقصفت القطاع الشمالي بالمدفعية."
    )
    undated = (
        "أعلنت وزارة الدفاع الأرمينية اليوم الأحد أن القوات الأذربيجانية خرقت الهدنة الثانية وقصفت القطاع الشمالي.\n"
        "وقالت الوزارة إن المدفعية استهدفت مواقعها في القطاع الشمالي فجرا."
    )
    with ledger_of(tmp_path / "l", ("one", dated, "2020-10-18"), ("other", undated, None)) as ledger:
        assert record_of(ledger, "other").page.published.first == "2020-10-18"
        page = ledger.page("other")
        assert page is not None
        assert any(why.startswith("breach of 2020-10-18 by AZE") for why in page.dated_by)


def test_what_it_tells_is_dated_with_it(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", LATER, None)) as ledger:
        assert "2020-10-15" in {t.first for t in record_of(ledger, "later").times}


@pytest.mark.parametrize("text", [OTHER, LATER.replace("اليوم الخميس", "أمس"), "التقى الوزيران وبحثا التعاون."])
def test_a_page_that_fits_no_day_or_several_stays_undated(tmp_path: pathlib.Path, text: str) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", text, None)) as ledger:
        assert record_of(ledger, "later").page.published.first is None


def test_without_dated_pages_nothing_is_dated(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("later", LATER, None)) as ledger:
        assert record_of(ledger, "later").page.published.first is None


def test_a_dated_page_that_comes_later_dates_it_all_the_same(tmp_path: pathlib.Path) -> None:
    pages = [("truce", TRUCE, "2020-10-10"), ("later", LATER, None), ("other", OTHER, "2020-10-12")]
    seen = set()
    for n, order in enumerate(itertools.permutations(pages)):
        with Ledger.open(tmp_path / str(n), create=True) as ledger:
            for name, text, day in order:
                ledger.write([read_job(job(text, Given(id=name, published=day)))])
                ledger.settle()
            seen.add(record_of(ledger, "later").to_json())
    assert len(seen) == 1


def test_a_day_that_another_page_leaves_no_longer_is_taken_back(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", LATER, None)) as ledger:
        corrected = "افتتح الرئيس جسرا جديدا فوق النهر."
        ledger.write([read_job(job(corrected, Given(id="truce", published="2020-10-10")))])
        ledger.settle()
        assert record_of(ledger, "later").page.published.first is None


def test_a_rebuilt_ledger_dates_it_again(tmp_path: pathlib.Path) -> None:
    with ledger_of(tmp_path / "l", ("truce", TRUCE, "2020-10-10"), ("later", LATER, None)) as ledger:
        before = record_of(ledger, "later").to_json()
        ledger.rebuild()
        assert record_of(ledger, "later").to_json() == before
