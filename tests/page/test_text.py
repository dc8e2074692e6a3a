"""Plain text pages: founded pages, benchmark lines, JSON-lines input."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from marsad.model.errors import BadDay
from marsad.model.record import Page
from marsad.page import read_page

from .samples import HEADLINE, PARAGRAPHS

SEED = Path(__file__).parents[3] / "shared" / "seed"
PAGE = f"""{HEADLINE}

{HEADLINE}
{PARAGRAPHS[0]}

{PARAGRAPHS[1]}

التعليقات (1)

    أبو فراس

    ·منذ سنتين 4 أشهر
    كلنا مع أهل المدينة
3

الأكثر قراءة

📌 أهم المواضيع"""


def words(page: Page, kind: str) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == kind]


def test_text_is_kept_as_it_is() -> None:
    data = PAGE.replace("\n", "\r\n").encode("utf-8-sig")
    assert read_page(data).text == PAGE.replace("\n", "\r\n")


def test_a_copied_page_has_headline_body_comments_and_furniture() -> None:
    page = read_page(PAGE)
    assert page.headline == HEADLINE
    assert words(page, "duplicate") == [HEADLINE]
    assert words(page, "paragraph") == list(PARAGRAPHS[:2])
    assert words(page, "furniture") == ["التعليقات (1)", "الأكثر قراءة", "📌 أهم المواضيع"]


def test_a_copied_comment_has_author_age_and_likes() -> None:
    page = read_page(PAGE, captured=date(2023, 6, 15))
    (comment,) = page.comments
    assert (comment.author, comment.likes) == ("أبو فراس", 3)
    assert page.text[slice(*comment.text)] == "كلنا مع أهل المدينة"
    assert comment.age is not None
    assert page.text[slice(*comment.age)] == "منذ سنتين 4 أشهر"
    assert comment.posted is not None
    assert (comment.posted.first, comment.posted.last) == ("2021-01-15", "2021-02-15")


def test_an_initial_ends_no_sentence() -> None:
    page = read_page(PAGE.replace("أبو فراس", "سمير ك."))
    assert [c.author for c in page.comments] == ["سمير ك."]


def test_one_sentence_is_a_paragraph() -> None:
    for text in (PARAGRAPHS[0], "الأكثر قراءة", "قصف عنيف"):
        page = read_page(text)
        assert page.headline is None
        assert [b.kind for b in page.blocks] == ["paragraph"]
        assert (page.blocks[0].start, page.blocks[0].end) == (0, len(text))


def test_two_sentences_have_no_headline() -> None:
    assert [b.kind for b in read_page("\n".join(PARAGRAPHS[:2])).blocks] == ["paragraph", "paragraph"]


def test_a_given_headline_is_the_first_line() -> None:
    page = read_page("\n".join(PARAGRAPHS), headline=HEADLINE, published="2020-10-15")
    assert page.text == f"{HEADLINE}\n" + "\n".join(PARAGRAPHS)
    assert words(page, "headline") == [HEADLINE]
    assert words(page, "paragraph") == list(PARAGRAPHS)
    assert (page.published.first, page.published.basis) == ("2020-10-15", "given")


def test_a_paragraph_told_twice_is_a_duplicate() -> None:
    page = read_page("\n".join((*PARAGRAPHS, PARAGRAPHS[0])), headline=HEADLINE)
    assert words(page, "duplicate") == [PARAGRAPHS[0]]


def test_a_box_within_the_article_does_not_end_it() -> None:
    text = "\n".join((PARAGRAPHS[0], "اقرأ أيضا", "قمة عربية طارئة في عمان", PARAGRAPHS[1]))
    page = read_page(text, headline=HEADLINE)
    assert words(page, "paragraph") == list(PARAGRAPHS[:2])


def test_wrapped_paragraphs_are_joined() -> None:
    lines = [
        "قتل أربعة مدنيين وأصيب تسعة آخرون في قصف مدفعي استهدف حيا سكنيا",
        "عند الأطراف الشرقية لمدينة تعز مساء الأربعاء وفق مصادر طبية في",
        "المستشفى الحكومي الذي استقبل الضحايا وبينهم أطفال ونساء من سكان",
        "الحي.",
    ]
    page = read_page("\n\n".join(["\n".join(lines)] * 2 + ["\n".join(lines[1:])]))
    assert words(page, "paragraph")[0] == "\n".join(lines)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(BadDay):
        read_page(PARAGRAPHS[0], published="2020-13-45")


@pytest.mark.skipif(not SEED.exists(), reason="the founding page is not beside the checkout")
def test_the_founding_page_comes_out_whole() -> None:
    wanted = json.loads((SEED / "page.json").read_text("utf-8"))
    page = read_page((SEED / wanted["file"]).read_bytes())
    assert page.headline == wanted["headline"]
    assert words(page, "paragraph") == wanted["paragraphs"]
    assert len(words(page, "duplicate")) == wanted["duplicate_headline_lines"]
    assert words(page, "furniture") == wanted["furniture"]
    marks = sorted((r.kind, page.text[r.start : r.end]) for r in page.repairs)
    assert marks == sorted((r["kind"], r["text"]) for r in wanted["repairs"])
    (comment,), (told,) = page.comments, wanted["comments"]
    assert (comment.author, comment.likes) == (told["author"], told["likes"])
    assert page.text[slice(*comment.text)] == told["text"]
