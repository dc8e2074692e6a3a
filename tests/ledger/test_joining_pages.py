"""Pages that were read, brought together: in whatever order they came, and only those that tell one act."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .builders import Told, a_page, incidents_of, links_of


def test_a_shelling_and_its_dead_told_in_one_sentence_are_one() -> None:
    text = "قصفت القوات الأرمينية بالصواريخ مدينة غنجة فجر الأحد، فقتل خمسة مدنيين."
    assert len(incidents_of([a_page("p", text)])) == 1


SHELLED = "قصفت القوات الأرمينية بالصواريخ مدينة غنجة فجر الأحد، فقتل خمسة مدنيين."
TOLD = (
    ("قصف صاروخي أرميني على غنجة يقتل خمسة", SHELLED),
    (
        "باكو: سبعة قتلى في قصف صاروخي على غنجة",
        "أعلنت باكو أن صواريخ أرمينية سقطت على غنجة فجر الأحد وقتلت سبعة مدنيين.",
    ),
    ("يريفان تنفي قصف مدينة غنجة بالصواريخ", "نفت يريفان قصف مدينة غنجة بالصواريخ فجر الأحد."),
    ("هجوم على مواقع قرب ترتر", "هاجمت القوات الأرمينية مواقع أذربيجانية قرب ترتر ليل السبت وأسرت جنديين."),
    (
        "علييف يزور غنجة",
        "زار علييف مدينة غنجة. وكانت القوات الأرمينية قد قصفت غنجة بالصواريخ عام 1992 فقتل خمسة مدنيين.",
    ),
)


def read_pages() -> list[Told]:
    """Two tellings of one act, its denial, another act, background, a repetition of the next day, an undated page."""
    pages = [a_page(f"p{n}", text, headline=head) for n, (head, text) in enumerate(TOLD)]
    pages.append(a_page("p5", SHELLED.replace("فجر الأحد", "أمس"), headline=TOLD[0][0], published="2020-10-05"))
    return [*pages, a_page("p6", SHELLED, headline=TOLD[0][0], published=None)]


PAGES = read_pages()
BY_ID = {m.id: m for page in PAGES for m in page.mentions}


@settings(deadline=None, max_examples=25)
@given(st.permutations(PAGES))
def test_the_order_of_pages_never_matters(pages: list[Told]) -> None:
    assert incidents_of(pages) == incidents_of(PAGES)


def test_background_joins_nothing() -> None:
    past = {m.id for m in BY_ID.values() if m.historical}
    assert past
    assert not past & {i for link in links_of(PAGES) for i in (link.mention, link.to)}


def test_links_lead_from_a_later_page_to_an_earlier_one() -> None:
    order = {page.news.page: page.news.order() for page in PAGES}
    across = [(BY_ID[link.mention], BY_ID[link.to]) for link in links_of(PAGES)]
    assert across
    assert all(order[a.page] >= order[b.page] for a, b in across)


SHELLING = PAGES[0]


@pytest.mark.xfail(
    strict=True, reason="a rare town's name alone makes short pages one news, and then their main acts one"
)
@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("علييف يلتقي سفراء في غنجة", "التقى الرئيس الأذربيجاني سفراء أوروبيين في مدينة غنجة الأحد وبحث معهم النقل."),
        ("اعتقالات في غنجة", "اعتقلت الشرطة الأذربيجانية ثلاثة تجار في مدينة غنجة صباح الأحد بتهمة التهرب من الضرائب."),
        ("احتجاجات في غنجة على رفع سعر الخبز", "تظاهر مئات العمال في مدينة غنجة الأحد احتجاجا على رفع سعر الخبز."),
        ("اتهامات بالفساد في بلدية غنجة", "اتهمت المعارضة رئيس بلدية غنجة بتبديد أموال الطرق، ونفى المكتب ذلك."),
    ],
)  # fmt: skip
def test_other_news_of_the_same_town_and_day_is_not_joined(headline: str, text: str) -> None:
    other = a_page("other", text, headline=headline)
    mine = {m.id for m in SHELLING.mentions}
    assert other.mentions
    assert not [link for link in links_of([SHELLING, other]) if (link.mention in mine) != (link.to in mine)]


@pytest.mark.xfail(strict=True, reason="the words of two like acts outweigh the hundred kilometres between their towns")
def test_the_same_words_of_a_town_far_away_tell_another_incident() -> None:
    text = "قصفت القوات الأرمينية بالصواريخ بلدة بيلقان فجر الأحد، فقتل خمسة مدنيين."
    there = a_page("there", text, headline="قصف بالصواريخ على بيلقان")
    assert {len(i.pages) for i in incidents_of([SHELLING, there])} == {1}


@pytest.mark.parametrize(("day", "pages"), [("2020-10-07", 2), ("2020-10-08", 1)])
def test_the_same_dispatch_printed_more_than_three_days_later_stands_apart(day: str, pages: int) -> None:
    text = "قصفت القوات الأرمينية بالصواريخ مدينة غنجة، فقتل خمسة مدنيين."
    told = [
        a_page(name, text, headline="قصف صاروخي على غنجة", published=on)
        for name, on in (("a", "2020-10-04"), ("b", day))
    ]
    assert max(len(i.pages) for i in incidents_of(told)) == pages
