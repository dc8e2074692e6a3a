"""Bytes become the right Arabic, whatever they are declared to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.text.decode import arabic_score, decode, undo_mojibake

PROSE = (
    "قال ناطق باسم قوات حفظ السلام إن دورية تعرضت لإطلاق نار قرب بلدة حدودية، ما أدى إلى إصابة جنديين بجروح. "
    "وأضاف أن التحقيق جار في الحادث وأن الدوريات مستمرة في المنطقة."
)
LATE = "<html><head><title>News</title></head><body>" + "<p>&nbsp;</p>" * 50 + f"<p>{PROSE}</p></body></html>"
ENCODINGS = ("utf-8", "utf-8-sig", "windows-1256", "iso-8859-6", "utf-16")
NAMES = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


@pytest.mark.parametrize("declared", [None, "same", "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "no-such-set"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [PROSE, LATE, "غارات على ريف إدلب", "المدينة"])
def test_five_encodings_whatever_is_declared(text: str, encoding: str, declared: str | None) -> None:
    found = decode(text.encode(encoding), encoding if declared == "same" else declared)
    assert found.text == text
    assert found.encoding == NAMES.get(encoding, encoding)
    assert not found.repaired


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding: str) -> None:
    assert decode(PROSE.encode(encoding)).text == PROSE
    assert decode(LATE.encode(encoding)).text == LATE


MOJIBAKE = {
    "UTF-8 read as windows-1256": PROSE.encode().decode("cp1256"),
    "UTF-8 read as Latin-1": PROSE.encode().decode("latin-1"),
    "UTF-8 read twice as Latin-1": PROSE.encode().decode("latin-1").encode().decode("latin-1"),
    "UTF-8 read twice as windows-1256": PROSE.encode().decode("cp1256").encode().decode("cp1256"),
    "windows-1256 read as Latin-1": PROSE.encode("cp1256").decode("latin-1"),
    "windows-1256 read as windows-1252": PROSE.encode("cp1256").decode("cp1252"),
    "ISO-8859-6 read as Latin-1": PROSE.encode("iso-8859-6").decode("latin-1"),
}


@pytest.mark.parametrize("wrong", MOJIBAKE.values(), ids=MOJIBAKE.keys())
def test_mojibake_is_undone(wrong: str) -> None:
    assert undo_mojibake(wrong) == PROSE
    found = decode(wrong.encode())
    assert (found.text, found.encoding, found.repaired) == (PROSE, "utf-8", True)


def test_only_the_broken_part_of_a_page_is_mended() -> None:
    page = f"<h1>عنوان سليم</h1>\n<p>{MOJIBAKE['UTF-8 read as Latin-1']}</p>"
    assert undo_mojibake(page) == f"<h1>عنوان سليم</h1>\n<p>{PROSE}</p>"


@pytest.mark.parametrize("text", [PROSE, "Après l'été à Genève, où la crise s'aggrave", "Straße — größer", "", "abc"])
def test_sound_text_is_left_alone(text: str) -> None:
    assert undo_mojibake(text) == text


def test_a_page_cut_within_a_letter_is_still_utf_8() -> None:
    found = decode(PROSE.encode()[:-1])
    assert found.encoding == "utf-8"
    assert found.text.startswith(PROSE[:100])


def test_wrong_readings_score_far_below_the_right_one() -> None:
    assert arabic_score(PROSE) > 0.8
    assert arabic_score(PROSE.encode("iso-8859-6").decode("cp1256")) < 0.3


def test_a_western_page_is_read_as_western() -> None:
    assert decode("Déclaration à la presse".encode("cp1252")).text == "Déclaration à la presse"


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=12)))
@settings(max_examples=400, deadline=None)
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    first = decode(data, declared)
    assert isinstance(first.text, str)
    assert decode(data, declared) == first


@given(st.text(alphabet=st.sampled_from("ابتثجحخدط§ظ„ØÙÃÂ\x81\x8f ينم.<>\n"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_mending_twice_changes_nothing(text: str) -> None:
    once = undo_mojibake(text)
    assert undo_mojibake(once) == once
