"""Three layouts of Arab news pages, written for the tests: a page's words go in, its HTML comes out.

Each has what such pages have: menus, a box of most read articles, share buttons, readers' comments.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Reply(NamedTuple):
    """A reader's comment as a layout prints it."""

    author: str
    age: str
    text: str
    likes: int


MENU = ("الرئيسية", "أخبار عربية", "اقتصاد", "رياضة", "ثقافة وفنون", "اتصل بنا")
MOST_READ = (
    "جولة جديدة من المحادثات بين الوفدين في جنيف",
    "ارتفاع أسعار الوقود في المحافظات الشمالية",
    "سفينة مساعدات تصل إلى ميناء عدن بعد تأخير",
)

Layout = Callable[..., str]


def wordpress(
    headline: str,
    paragraphs: Sequence[str],
    *,
    comments: Sequence[Reply] = (),
    date: str = "2021-03-04T22:10:00+03:00",
    site: str = "مرآة الساحل",
    charset: str = "utf-8",
    most_read: Sequence[str] = MOST_READ,
) -> str:
    """A WordPress theme with JSON-LD, a sidebar, an inline «اقرأ أيضا» and a comment list."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": site},
            {"@type": "NewsArticle", "headline": headline, "datePublished": date, "dateModified": "2022-01-01",
             "publisher": {"@type": "Organization", "name": site}},
        ],
    }  # fmt: skip
    middle = len(paragraphs) // 2
    body = [f"<p>{html.escape(p)}</p>" for p in paragraphs]
    body.insert(middle, f'<p><strong>اقرأ أيضا: <a href="/x">{most_read[0]}</a></strong></p>')
    items = "".join(
        f'<li class="comment even" id="comment-{i}"><article class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{r.author}</b> <span class="says">يقول:</span></div>'
        f'<div class="comment-metadata"><time datetime="2023-01-01">{r.age}</time></div></footer>'
        f'<div class="comment-content"><p>{r.text}</p></div><span class="like-count">{r.likes}</span>'
        f'<div class="reply"><a class="comment-reply-link" href="#">رد</a></div></article></li>'
        for i, r in enumerate(comments)
    )
    thread = f'<div id="comments" class="comments-area"><h2 class="comments-title">التعليقات ({len(comments)})</h2>'
    thread += f'<ol class="comment-list">{items}</ol></div>'
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>{headline} - {site}</title><meta property="og:title" content="{html.escape(headline)} - {site}">
<meta property="og:site_name" content="{site}">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>
<style>.x{{color:red}}</style></head><body class="single comments-open">
<header class="site-header"><nav class="main-navigation"><ul>{_items(MENU)}</ul></nav></header>
<main id="main"><article class="post type-post hentry">
<div class="breadcrumbs"><a href="/">الرئيسية</a> » {headline}</div>
<h1 class="entry-title">{headline}</h1>
<div class="entry-meta"><span class="posted-on">كتب المحرر</span></div>
<figure><img src="a.jpg" alt="صورة">
<figcaption class="wp-caption-text">دخان يتصاعد فوق التلال، أرشيف</figcaption></figure>
<div class="entry-content">{"".join(body)}</div>
<div class="sharedaddy"><a href="#">فيسبوك</a> <a href="#">تويتر</a> <a href="#">واتساب</a></div>
</article>{thread}</main>
<aside class="widget-area sidebar">
<section class="widget"><h2>الأكثر قراءة</h2><ul>{_items(most_read)}</ul></section></aside>
<footer class="site-footer"><p>جميع الحقوق محفوظة © {site} 2021</p></footer>
<script>var a = "<p>لا يرى</p>";</script>
</body></html>"""


def table_soup(
    headline: str,
    paragraphs: Sequence[str],
    *,
    comments: Sequence[Reply] = (),
    date: str = "الخميس 4 آذار/مارس 2021",
    site: str = "جريدة الميناء",
    charset: str = "windows-1256",
    most_read: Sequence[str] = MOST_READ,
) -> str:
    """A portal of the 2000s: nested tables, font tags, paragraphs set apart by double line breaks, no metadata."""
    rows = "".join(
        f"<tr><td bgcolor=#eeeeee><b>{r.author}</b><br>{r.age}<br>{r.text}<br>{r.likes}</td></tr>" for r in comments
    )
    title = f"<tr><td><b>تعليقات القراء ({len(comments)})</b></td></tr>"
    thread = f"<table width=100%>{title}{rows}</table>" if comments else ""
    menu = " | ".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(MENU))
    return f"""<html dir=rtl><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{site} - {headline}</title></head><body bgcolor=white>
<table width=900 align=center><tr><td colspan=3>{menu}</td></tr>
<tr><td width=150 valign=top><table><tr><td><b>الأكثر قراءة</b></td></tr>
{"".join(f"<tr><td><a href=/r{i}>{m}</a></td></tr>" for i, m in enumerate(most_read))}</table></td>
<td valign=top><font size=5 color=navy><b>{headline}</b></font><br><font size=2>{date}</font><br><br>
<font size=3>{"<br><br>".join(html.escape(p, quote=False) for p in paragraphs)}</font><br><br>
<a href=/print>اطبع</a> <a href=/send>أرسل إلى صديق</a>
{thread}</td><td width=150>إعلانات</td></tr>
<tr><td colspan=3 align=center>جميع الحقوق محفوظة لـ{site} 2005</td></tr></table></body></html>"""


def app_page(
    headline: str,
    paragraphs: Sequence[str],
    *,
    comments: Sequence[Reply] = (),
    date: str = "2021-03-04T00:30:00+0200",
    site: str = "قناة الضفاف",
    charset: str = "utf-8",
    most_read: Sequence[str] = MOST_READ,
) -> str:
    """A page that a script fills: the body stands in JSON-LD only; menu, teasers and comments in the markup."""
    data = [
        {"@type": ["NewsArticle"], "headline": headline, "datePublished": date, "articleBody": "\n".join(paragraphs),
         "publisher": [{"name": site}], "inLanguage": "ar"}
    ]  # fmt: skip
    replies = "".join(
        f'<div class="commentItem"><span class="userName">{r.author}</span><span class="commentTime">{r.age}</span>'
        f'<div class="commentText">{r.text}</div>'
        f'<button class="likeBtn"><i></i><span class="likes">{r.likes}</span></button></div>'
        for r in comments
    )
    teasers = "".join(f'<div class="card"><h3><a href="/{i}">{m}</a></h3></div>' for i, m in enumerate(most_read))
    menu = "".join(f"<span><a href=/{i}>{m}</a></span>" for i, m in enumerate(MENU))
    return f"""<!doctype html><html lang="ar"><head><meta charset="{charset}"><title>{headline} | {site}</title>
<meta property="og:site_name" content="{site}">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head>
<body><div id="root"><div class="navbar">{menu}</div>
<div class="articleHeader"><h1>{headline}</h1></div><div class="articleBody" data-lazy="1"></div>
<div class="comments-widget"><h4>التعليقات</h4>{replies}</div>
<div class="mostRead"><h3>الأكثر قراءة</h3>{teasers}</div>
<div class="footer">جميع الحقوق محفوظة</div></div><noscript>يرجى تفعيل الجافا سكريبت</noscript></body></html>"""


LAYOUTS: dict[str, Layout] = {"wordpress": wordpress, "table_soup": table_soup, "app_page": app_page}


def _items(texts: Sequence[str]) -> str:
    return "".join(f'<li><a href="/{i}">{t}</a></li>' for i, t in enumerate(texts))
