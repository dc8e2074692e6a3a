"""Three layouts in several encodings: the same article comes out of all of them."""

from __future__ import annotations

from datetime import date

import pytest

from marsad.model.record import Page
from marsad.page import read_page

from .layouts import LAYOUTS, MENU, MOST_READ
from .samples import HEADLINE, PARAGRAPHS, REPLIES

ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16")
CAPTURED = date(2021, 3, 10)


def words(page: Page, kind: str) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == kind]


@pytest.fixture(params=[(name, encoding) for name in LAYOUTS for encoding in ENCODINGS], ids="-".join)
def page(request: pytest.FixtureRequest) -> Page:
    name, encoding = request.param
    source = LAYOUTS[name](HEADLINE, PARAGRAPHS, comments=REPLIES)
    return read_page(source.encode(encoding, "xmlcharrefreplace"), captured=CAPTURED)


def test_body_is_the_article_and_nothing_else(page: Page) -> None:
    assert words(page, "paragraph") == list(PARAGRAPHS)


def test_headline_has_no_site_name(page: Page) -> None:
    assert page.headline == HEADLINE
    assert words(page, "headline") == [HEADLINE]


def test_day_is_the_pages_own(page: Page) -> None:
    assert page.published.first == page.published.last == "2021-03-04"


def test_menu_and_most_read_are_furniture(page: Page) -> None:
    furniture = "\n".join(words(page, "furniture"))
    for text in (*MENU, *MOST_READ, "الأكثر قراءة"):
        assert text in furniture


def test_comments_keep_author_age_and_likes(page: Page) -> None:
    assert [c.author for c in page.comments] == [r.author for r in REPLIES]
    assert [page.text[slice(*c.text)] for c in page.comments] == [r.text for r in REPLIES]
    assert [c.likes for c in page.comments] == [r.likes for r in REPLIES]
    assert [page.text[slice(*c.age)] for c in page.comments if c.age] == [r.age for r in REPLIES]


def test_age_is_counted_back_from_the_day_of_capture(page: Page) -> None:
    posted = page.comments[0].posted
    assert posted is not None
    assert (posted.first, posted.last) == ("2021-03-07", "2021-03-08")


def test_blocks_are_in_order_and_do_not_overlap(page: Page) -> None:
    ends = [0]
    for block in page.blocks:
        assert ends[-1] <= block.start < block.end <= len(page.text)
        ends.append(block.end)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-1", "koi8-r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_wrong_declaration_does_no_harm(encoding: str, charset: str) -> None:
    source = LAYOUTS["table_soup"](HEADLINE, PARAGRAPHS, charset=charset)
    found = read_page(source.encode(encoding, "xmlcharrefreplace"))
    assert words(found, "paragraph") == list(PARAGRAPHS)


def test_publisher_comes_from_the_metadata() -> None:
    assert read_page(LAYOUTS["wordpress"](HEADLINE, PARAGRAPHS)).publisher == "مرآة الساحل"
    assert read_page(LAYOUTS["app_page"](HEADLINE, PARAGRAPHS)).publisher == "قناة الضفاف"


def test_a_double_encoded_page_is_mended_and_marked() -> None:
    source = LAYOUTS["wordpress"](HEADLINE, PARAGRAPHS)
    found = read_page(source.encode().decode("latin-1").encode())
    assert words(found, "paragraph") == list(PARAGRAPHS)
    assert "mojibake" in {r.kind for r in found.repairs}


def test_a_script_filled_page_keeps_html_in_its_linked_body_out() -> None:
    marked = [f"<p>{p}</p>" for p in PARAGRAPHS]
    found = read_page(LAYOUTS["app_page"](HEADLINE, marked))
    assert words(found, "paragraph") == list(PARAGRAPHS)
