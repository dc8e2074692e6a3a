"""The outlet of a page whose metadata do not name it, and what must not be taken for one."""

from __future__ import annotations

import pytest

from marsad.page import read_page
from marsad.page.outlet import rights_holder

from .samples import HEADLINE, PARAGRAPHS

BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def outlet(head: str = "", before: str = "", behind: str = "") -> str | None:
    source = f"<html><head>{head}</head><body>{before}<h1>{HEADLINE}</h1><div>{BODY}</div>{behind}</body></html>"
    return read_page(source).publisher


@pytest.mark.parametrize(
    ("head", "before", "behind", "name"),
    [
        ('<meta property="og:site_name" content="وكالة المضيق">', "", "", "وكالة المضيق"),
        (f"<title>{HEADLINE} | شبكة المضيق</title>", "", "", "شبكة المضيق"),
        (f"<title>{HEADLINE} - أخبار - شبكة المضيق</title>", "", "", "شبكة المضيق"),
        (f"<title>شبكة المضيق - {HEADLINE}</title>", "", "", "شبكة المضيق"),
        ('<meta name="copyright" content="© 2020 جريدة المضيق">', "", "", "جريدة المضيق"),
        ("", '<img src="/i/logo.png" alt="شعار جريدة المضيق">', "", "جريدة المضيق"),
        ("", '<header><a class="site-title" href="/">المضيق الإخباري</a></header>', "", "المضيق الإخباري"),
        ("", "<div>صحيفة المضيق</div>", "", "صحيفة المضيق"),
        ("", "", "<footer>جميع الحقوق محفوظة © 2020 جريدة المضيق</footer>", "جريدة المضيق"),
        ("", "", "<div>© 2020 المضيق نت. جميع الحقوق محفوظة</div>", "المضيق نت"),
        ("<title>أخبار اليوم: تغطية خاصة | المضيق</title>", "<div>المضيق</div>", "", "المضيق"),
    ],
)
def test_the_outlet_is_told_somewhere(head: str, before: str, behind: str, name: str) -> None:
    assert outlet(head, before, behind) == name


@pytest.mark.parametrize(
    ("head", "before", "behind"),
    [
        (f"<title>{HEADLINE}</title>", "", ""),
        (f"<title>{HEADLINE} | سياسة</title>", "", ""),
        ("", '<img src="/i/logo.png" alt="logo">', ""),
        ("", '<img src="/i/logo.png" alt="الصفحة الرئيسية">', ""),
        ("", "<div>الخميس 15 أكتوبر 2020</div>", ""),
        ("", "", "<footer>جميع الحقوق محفوظة © 2020</footer>"),
        ("", "", "<footer>بدعم من ووردبريس</footer>"),
        ("", "", "<footer>حقوق النشر محفوظة، ويمنع نسخ أي مادة من الموقع أو إعادة نشرها من دون إذن خطي مسبق</footer>"),
    ],
)
def test_nothing_else_is_an_outlet(head: str, before: str, behind: str) -> None:
    assert outlet(head, before, behind) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("جميع الحقوق محفوظة لوكالة المضيق 2009 - 2020", "وكالة المضيق"),
        ("© الحقوق محفوظة للمضيق", "المضيق"),
        ("المضيق نت © جميع الحقوق محفوظة | بدعم من ووردبريس", "المضيق نت"),
        ("تصميم وتطوير شركة السهم | جميع الحقوق محفوظة © قناة المضيق", "قناة المضيق"),
        ("Copyright © 2020 Strait News. All rights reserved.", "Strait News"),
        ("جميع الحقوق محفوظة", ""),
    ],
)
def test_the_holder_of_the_rights(line: str, name: str) -> None:
    assert rights_holder(line) == name
