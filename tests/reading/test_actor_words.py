"""The pack's words for actors: accusatives that only an object wears, adjectives that stand for a body («أممي»)."""

from __future__ import annotations

import pytest
from one_line import line_of

from marsad.language.pack import rows
from marsad.page import read_page
from marsad.reading.actor_lexicon import bodies, is_accusative, nisba_of
from marsad.reading.actors import Draft
from marsad.reading.reader import read_reading
from marsad.text.fold import fold


def united_nations(text: str) -> list[Draft]:
    """The actors of a text that carry the code of the United Nations."""
    found = read_reading(read_page(text, published="2024-05-15"), voted=False)
    return [d for d in found.registry.drafts.values() if d.code == "IGO"]


@pytest.mark.parametrize("word", ["عددا", "ضابطا", "مسلحا", "قائدا", "شيخا", "عنصرا"])
def test_indefinite_accusative_of_an_actor_is_known(word: str) -> None:
    assert is_accusative(fold(word))


@pytest.mark.parametrize(
    "word",
    [
        "ضابط",  # no accusative
        "لواء",  # its accusative is spelt the same
        "قوات",
        "رئيسا",  # of two presidents too
        "كتابا",  # names no actor
        "القائد",
    ],
)
def test_other_words_are_no_accusatives(word: str) -> None:
    assert not is_accusative(fold(word))


def test_every_body_is_an_actor_of_the_pack() -> None:
    known = {r["id"]: r for r in rows("actors.tsv")}
    for row in rows("bodies.tsv"):
        assert row["actor"] in known, row["id"]
        assert fold(row["nisba"]) in fold(row["example"]), row["id"]


def test_bodies_are_found_by_their_code() -> None:
    assert bodies()["IGO"]["id"] == "actor.igo.united_nations"
    assert all(code == row["code"] for code, row in bodies().items())


@pytest.mark.parametrize("word", ["أممي", "الأممية", "أمميا", "الأمميين"])
def test_adjective_of_a_body_is_read_as_one_of_nationality(word: str) -> None:
    found = nisba_of(fold(word))
    assert found is not None
    assert (found.nisba.code, found.nisba.name_en) == ("IGO", "United Nations")


@pytest.mark.parametrize("word", ["أمم", "أمي", "أمامي"])
def test_word_like_it_is_none(word: str) -> None:
    assert nisba_of(fold(word)) is None


@pytest.mark.parametrize(
    ("text", "code", "sector"),
    [
        ("قتل جندي أممي في مالي.", "IGO", "MIL"),
        ("دعت المفوضية الأممية إلى وقف القتال.", "IGO", None),
        ("قصف الجيش الإسرائيلي مدرسة أممية في غزة.", "IGO", "EDU"),
    ],
)
def test_adjective_of_a_body_gives_its_code(text: str, code: str, sector: str | None) -> None:
    assert (code, sector) in [(m.code, m.sector) for m in line_of(text).mentions]


@pytest.mark.parametrize(
    "text",
    [
        "جرت محادثات بوساطة أممية بين الحكومة اليمنية والحوثيين.",
        "تحدثت الأمم المتحدة عن تقدم. وجرت محادثات بوساطة أممية بين الحكومة اليمنية والحوثيين.",
    ],
)
def test_adjective_and_name_are_one_actor(text: str) -> None:
    (found,) = united_nations(text)
    assert (found.key, found.name, found.kind) == (
        ("row", "actor.igo.united_nations"), "الأمم المتحدة", "organisation",
    )  # fmt: skip


def test_adjective_of_nationality_stands_for_its_state() -> None:
    assert united_nations("جرت محادثات بوساطة قطرية بين الحكومة اليمنية والحوثيين.") == []
