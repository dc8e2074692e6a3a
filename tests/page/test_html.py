"""Single traits of HTML pages."""

from __future__ import annotations

import pytest

from marsad.model.record import Page
from marsad.page import read_page

from .samples import HEADLINE, PARAGRAPHS

BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def words(page: Page, kind: str) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == kind]


def page_with(extra: str = "", head: str = "", before: str = "") -> Page:
    body = f"{before}<h1>{HEADLINE}</h1>{extra}<div>{BODY}</div>"
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("04 آب/أغسطس 2013", "2013-08-04"),
        ("الخميس 15 أكتوبر/تشرين الأول 2020 - 12:30 بتوقيت غرينتش", "2020-10-15"),
        ("الخميس ٢٨ صفر ١٤٤٢ هـ الموافق ١٥ أكتوبر ٢٠٢٠ م", "2020-10-15"),
        ("28 صفر 1442", "2020-10-15"),
        ("تاريخ النشر: 15-10-2020", "2020-10-15"),
        ("آخر تحديث: 17-10-2020", "2020-10-17"),
        ("2020/10/15", "2020-10-15"),
    ],
)
def test_a_date_below_the_headline_is_the_day(line: str, day: str) -> None:
    page = page_with(f"<div>{line}</div>")
    assert (page.published.first, page.published.basis) == (day, "stated")
    (span,) = page.published.evidence
    assert page.text[slice(*span)] in line


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-10-15T23:59:00+03:00">',
        '<meta itemprop="datePublished" content="2020-10-15">',
        '<meta name="date" content="15/10/2020">',
        '<meta property="article:published_time" content="الخميس، 15 أكتوبر 2020 - 11:40 م">',
        '<meta name="pubdate" content="Thu, 15 Oct 2020 23:10:00 +0400">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-10-15T01:00+0400",}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle" "datePublished":"2020-10-15T01:00+0400"</script>',
        '<script type="application/ld+json">[{"@graph":[{"@type":["Article"],"datePublished":"20201015"}]}]</script>',
    ],
)
def test_metadata_gives_the_day_as_printed(head: str) -> None:
    page = page_with("<div>16 أكتوبر 2020</div>", head)
    assert (page.published.first, page.published.basis) == ("2020-10-15", "metadata")


@pytest.mark.parametrize(
    "path",
    ["2020/10/15/a.html", "20201015-x", "a/2020-10-15-1.38", "2020/world/10/15/x.y", "arab/202010151044893040-x"],
)
def test_the_address_gives_the_day(path: str) -> None:
    page = read_page(f"<h1>{HEADLINE}</h1>{BODY}", url=f"https://example.org/{path}")
    assert (page.published.first, page.published.basis) == ("2020-10-15", "metadata")


def test_an_update_yields_to_the_address() -> None:
    source = f'<link rel="canonical" href="https://e.org/2020/10/14/x"><h1>{HEADLINE}</h1>'
    page = read_page(f"<html><body>{source}<p>الخميس، 15 أكتوبر 2020، آخر تحديث 02:21</p>{BODY}</body></html>")
    assert page.published.first == "2020-10-14"


def test_a_date_in_running_prose_is_not_the_day() -> None:
    page = page_with("<p>وقعت الحكومة اتفاقا في 15 أكتوبر 2020 بعد جولات من المحادثات.</p>")
    assert page.published.first is None


def test_a_dateline_is_the_day() -> None:
    page = page_with("<p>تعز، 15 أكتوبر 2020 (وكالات) - أعلنت السلطات المحلية أن الطريق أعيد فتحه.</p>")
    assert page.published.first == "2020-10-15"


def test_most_read_paragraphs_behind_the_article_do_not_leak() -> None:
    box = "<h4>الأكثر قراءة</h4><p>اجتماع طارئ لوزراء الخارجية العرب</p><p>أمطار غزيرة تغرق شوارع بغداد</p>"
    page = read_page(f"<html><body><h1>{HEADLINE}</h1>{BODY}{box}</body></html>")
    assert words(page, "paragraph") == list(PARAGRAPHS)


def test_comments_written_as_paragraphs_are_comments() -> None:
    thread = "<h4>التعليقات (1)</h4><p>نادر - قبل 3 أشهر</p><p>الحل في الحوار بين الجميع ولا شيء سواه.</p><p>👍 12</p>"
    page = read_page(f"<html><body><h1>{HEADLINE}</h1>{BODY}{thread}</body></html>")
    assert words(page, "paragraph") == list(PARAGRAPHS)
    (comment,) = page.comments
    assert (comment.author, comment.likes, comment.posted) == ("نادر", 12, None)


AVATAR = '<img alt="" src="/a.png">'
COMMENT_HEADS = (
    f'<div class="comment-author vcard">{AVATAR}<cite class="fn"><a class="url" rel="nofollow" href="https://n.example/">'
    'نادر</a></cite> <span class="says">يقول:</span></div><div class="comment-meta"><a href="#c1">قبل 3 أشهر</a></div>',
    f'<footer class="comment-meta">{AVATAR}<b class="fn">نادر</b><div class="comment-metadata">'
    '<a href="#c1"><span>قبل 3 أشهر</span></a></div></footer>',
    '<a class="comment-author" href="/u/1">نادر</a><a class="comment-date" href="#c1">قبل 3 أشهر</a>',
)


@pytest.mark.parametrize("head", COMMENT_HEADS)
def test_linked_names_and_ages_sign_a_comment(head: str) -> None:
    text = "الحل في الحوار بين الجميع."
    item = f'<li class="comment" id="comment-1"><article>{head}<div class="comment-content"><p>{text}</p></div>'
    likes = '<div class="reply"><a href="#r">رد</a> <span class="likes">12 إعجاب</span></div></article></li>'
    more = '<li class="comment"><a href="/x">خبر آخر من أخبار اليوم</a></li>'
    thread = f'<div id="comments"><h2>تعليق واحد</h2><ol class="comment-list">{item}{likes}{more}</ol></div>'
    page = read_page(f"<html><body><h1>{HEADLINE}</h1>{BODY}{thread}</body></html>")
    (comment,) = page.comments
    assert (comment.author, comment.likes, page.text[slice(*comment.text)]) == ("نادر", 12, text)
    assert comment.age is not None
    assert page.text[slice(*comment.age)] == "قبل 3 أشهر"


def test_a_repeated_headline_is_a_duplicate_and_a_repair() -> None:
    page = page_with(before=f"<div>{HEADLINE}</div>")
    assert words(page, "duplicate") == [HEADLINE]
    assert [r.kind for r in page.repairs] == ["repeated_headline"]


def test_a_subtitle_is_the_lead() -> None:
    assert words(page_with('<h2 class="subtitle">المستشفيات تستقبل المصابين وسط نقص حاد في الدواء</h2>'), "lead")


def test_hidden_elements_are_not_text() -> None:
    page = page_with('<p style="display: none">نص مخفي</p><script>x = "سر"</script><template>قالب</template>')
    assert "مخفي" not in page.text
    assert "سر" not in page.text.split()


@pytest.mark.parametrize("hole", ["<title>", "<script>", "<style >", "<!-- ", "<title>x</titlX>", "<noscript>"])
def test_what_a_damaged_tag_hides_is_read(hole: str) -> None:
    page = read_page(f"<html><head>{hole}</head><body><h1>{HEADLINE}</h1>{BODY}</body></html>")
    assert words(page, "paragraph")[-len(PARAGRAPHS) :] == list(PARAGRAPHS)


def test_source_line_breaks_are_spaces() -> None:
    broken = PARAGRAPHS[0].replace("، ", "،\n\t ")
    page = read_page(f"<p>{broken}</p><p>{PARAGRAPHS[1]}</p>")
    assert page.text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"


def test_bidi_controls_and_invisibles_stay() -> None:
    text = PARAGRAPHS[0].replace("تعز", "\u202eتع\u200dز\u202c")
    assert text in read_page(f"<p>{text}</p>").text


def test_a_page_of_menus_is_furniture_only() -> None:
    page = read_page("<html><body><ul><li><a>الرئيسية</a></li><li><a>سياسة</a></li></ul></body></html>")
    assert {b.kind for b in page.blocks} == {"furniture"}


def test_a_heading_is_the_headline_where_nothing_else_is() -> None:
    assert read_page(f'<div><h2 class="title">{HEADLINE}</h2></div>{BODY}').headline == HEADLINE


@pytest.mark.parametrize("line", ["قتل 5 جنود في 15 أكتوبر 2020 قرب مطار المدينة الدولي", "جميع الحقوق محفوظة 2020"])
def test_a_short_line_of_prose_is_no_dateline(line: str) -> None:
    assert page_with(f"<p>{line}</p>").published.first is None


def test_theme_words_in_class_names_do_not_hide_the_body() -> None:
    page = read_page(f'<body><h1>{HEADLINE}</h1><div class="elementor-widget comments-open">{BODY}</div></body>')
    assert words(page, "paragraph") == list(PARAGRAPHS)
