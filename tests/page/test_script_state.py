"""A body that lives only in the state of a page's scripts is read; where the page shows one, it stays."""

from __future__ import annotations

import json

import pytest

from marsad.model.record import Page
from marsad.page import read_page

from .samples import HEADLINE, PARAGRAPHS

OTHER = "خبر آخر لا صلة له بما في الصفحة عن افتتاح معرض الكتاب في العاصمة وسط حضور كبير من الناشرين والقراء. " * 9
HTML = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def words(page: Page) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if b.kind == "paragraph"]


def state(body: object) -> dict[str, object]:
    article = {"headline": HEADLINE, "publishedAt": "2020-10-15T08:00:00Z", "body": body}
    related = [{"title": "معرض الكتاب", "content": OTHER}]
    return {"props": {"pageProps": {"related": related, "data": [{"article": article}]}}, "page": "/[slug]"}


def shell(script: str, shown: str = "") -> Page:
    menu = '<nav><a href="/">الرئيسية</a> <a href="/w">العالم</a></nav>'
    head = f"<title>{HEADLINE}</title>"
    return read_page(f'<html><head>{head}</head><body>{menu}<div id="__next">{shown}</div>{script}</body></html>')


BODIES = {
    "html": HTML,
    "text": "\n\n".join(PARAGRAPHS),
    "list": list(PARAGRAPHS),
    "rendered": {"rendered": HTML},
    "blocks": {"blocks": [{"type": "unstyled", "text": p} for p in PARAGRAPHS]},
    "rich text": {
        "nodeType": "document",
        "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": t} for t in (p[:9], p[9:])]}
            for p in PARAGRAPHS
        ],
    },
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_next_data_holds_the_article(body: object) -> None:
    page = shell(f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state(body))}</script>')
    assert words(page) == list(PARAGRAPHS)
    assert (page.headline, page.published.first) == (HEADLINE, "2020-10-15")


@pytest.mark.parametrize(
    "script",
    [
        f"window.__INITIAL_STATE__ = {json.dumps(state(HTML))};",
        f"window.__INITIAL_STATE__ = JSON.parse({json.dumps(json.dumps(state(HTML)))});",
        f"self.__next_f.push([1,{json.dumps('5:' + json.dumps(state(HTML)) + chr(10))}])",
        f"window.__NUXT__ = (function(a){{return {json.dumps(state(HTML))[:-1]},x:a}}}})(1);",
    ],
)
def test_other_states_hold_it_too(script: str) -> None:
    page = shell(f"<script>{script}</script>")
    assert PARAGRAPHS[0] in page.text


def test_a_page_that_shows_its_article_keeps_to_it() -> None:
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state(OTHER))}</script>'
    page = shell(script, f"<h1>{HEADLINE}</h1>{HTML}")
    assert words(page) == list(PARAGRAPHS)


def test_a_short_article_is_not_replaced_by_a_related_one() -> None:
    data = {"related": [{"title": "معرض الكتاب", "content": OTHER}]}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    page = shell(script, f"<h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p>")
    assert words(page) == [PARAGRAPHS[0]]
