"""A reading as a page to send: whole, escaped, right to left, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import TEXT, record
from sample_edge import empty, hostile

from marsad.model.record import Block, Page, Reader, Record
from marsad.show.article import LAYERS, paints, paragraphs, whole_ligatures
from marsad.show.findings import sections
from marsad.show.html import render

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "<!--",
    "-->",
    "]]>",
    "\u2028alert(1)",
    "<iframe srcdoc=x>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "${alert(1)}",
    "{{7*7}}",
    "\x00<script>",
    "<a href=javascript:alert(1)>x",
    "data:text/html,<script>alert(1)</script>",
    "</textarea><script>",
    "<base href=//evil>",
    "<meta http-equiv=refresh content=0>",
    'https://x/"><script>alert(1)</script>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)


class Seen(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attrs))) for tag, attrs in seen(html).elements]


def test_page_is_arabic_and_right_to_left() -> None:
    html = render([record()])
    assert '<html lang="ar" dir="rtl">' in html


def test_nothing_comes_from_elsewhere() -> None:
    for tag, attrs in seen(render([record()])).elements:
        assert tag not in ("img", "link", "iframe", "object", "embed", "form", "base", "video", "audio", "source")
        assert not {"src", "srcset", "style", "background", "action"} & set(attrs)
        assert not [a for a in attrs if a.startswith("on")]
    css = (files("marsad.show") / "page.css").read_text(encoding="utf-8")
    assert "url(" not in css and "@import" not in css and "@font-face" not in css


def test_policy_admits_only_this_style_and_script_by_their_digests() -> None:
    html = render([record()])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy and "default-src 'none'" in policy.group(1) and "unsafe" not in policy.group(1)
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    script = re.search(r"<script>(.*?)</script>", html, re.S)
    for found in (style, script):
        assert found
        digest = base64.b64encode(hashlib.sha256(found.group(1).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.group(1)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_page_becomes_markup(payload: str) -> None:
    html = render([hostile(payload)])
    harmless = render([hostile("x" * len(payload))])
    links = {("a", ("href", "rel"))}
    assert [e for e in shape(html) if e not in links] == [e for e in shape(harmless) if e not in links]
    for tag, attrs in seen(html).elements:
        if tag == "a":
            assert (attrs["href"] or "").startswith(("#", "http://", "https://"))


def test_island_is_json_and_cannot_end_its_script() -> None:
    html = render([hostile("</script>\u2028<!--")])
    island = re.search(r'id="marsad-data">(.*?)</script>', html, re.S)
    assert island and not set("<>&\u2028\u2029") & set(island.group(1))
    assert json.loads(island.group(1))["records"][0]["id"] == "r1"


def test_the_whole_text_is_there_verbatim() -> None:
    text = "".join(seen(render([record()])).text)
    for line in TEXT.split("\n"):
        assert line in text


def test_every_finding_has_its_card_and_every_link_its_target() -> None:
    elements = seen(render([record(), empty(), record()])).elements
    ids = [a["id"] for _, a in elements if a.get("id")]
    assert len(ids) == len(set(ids))
    count = sum(len(s.findings) for s in sections(record()))
    assert sum(1 for i in ids if i and i.startswith("r1-f") and i != "r1-findings") == count
    targets = [a["href"] for t, a in elements if t == "a" and (a.get("href") or "").startswith("#")]
    assert [t for t in targets if t and t[1:] not in ids] == []


def test_paint_lies_on_the_words_it_means() -> None:
    whole = record()
    page, found = paragraphs(whole.page), [f for s in sections(whole) for f in s.findings]
    painted = {(p.finding, page[p.paragraph].shown.text[p.start : p.end]) for p in paints(page, found)}
    for number, finding in enumerate(found):
        for span in finding.spans:
            assert (number, whole.words(span)) in painted


def test_paint_counts_as_the_browser_does() -> None:
    text = "😀😀 \u202eقصف\nسطر 𝒳 هجوم"
    page = Page(sha256="0", text=text, blocks=(Block(kind="lead", start=0, end=text.index("\n")),))
    first, second = paragraphs(page)
    assert (first.kind, second.kind) == ("lead", "paragraph")
    from marsad.show.findings import Finding

    span = (text.index("قصف"), text.index("قصف") + 3)
    (paint,) = paints((first, second), [Finding("events", "e1", (), (), "claimed", spans=(span,))])
    units = first.shown.text.encode("utf-16-le")[paint.start * 2 : paint.end * 2].decode("utf-16-le")
    assert units == "قصف" and LAYERS[paint.layer] == "event-claimed"


@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6), st.text(max_size=50))
@settings(max_examples=60)
def test_any_blocks_at_all_lose_no_text(spans: list[tuple[int, int]], text: str) -> None:
    blocks = tuple(Block(kind="paragraph", start=a, end=b) for a, b in spans)
    page = Page(sha256="0", text=text, blocks=blocks)
    found = paragraphs(page)
    kept = {i for p in found for i in range(p.start, p.end)}
    assert all(c.isspace() for i, c in enumerate(text) if i not in kept)
    render([Record(id="x", reader=Reader(version="0", pack="0"), page=page)])


def test_one_reading_has_no_contents_and_several_have() -> None:
    assert 'id="contents"' not in render([record()])
    html = render([record(), empty()])
    assert 'href="#r1"' in html and 'href="#r2"' in html and "صفحتان" in html


def test_an_empty_reading_says_so() -> None:
    html = render([empty()])
    assert "لم يُعثر" in html and 'class="card' not in html


def test_same_records_same_page() -> None:
    assert render([record()]) == render([record()])


def test_style_is_logical_and_arabic() -> None:
    css = (files("marsad.show") / "page.css").read_text(encoding="utf-8")
    sides = "left|right|top|bottom"
    physical = rf"(?<![-\w])(?:(?:margin|padding|border)-(?:{sides})|{sides}|(?:max-|min-)?(?:width|height))\s*:"
    assert not re.findall(physical, css)
    assert not re.search(r"letter-spacing|italic|text-align:\s*(?:left|right)", css)
    assert "font: 1rem/1.8" in css


def test_names_codes_and_days_are_isolated() -> None:
    html = render([record()])
    for words in ("قوات الدعم السريع", "SDN REB", "2023-06-14", "e2"):
        assert re.search(rf"<bdi[^>]*>{words}</bdi>", html), words


@pytest.mark.parametrize(
    ("text", "word", "painted"),
    [("لأذربيجان", "أذربيجان", "لأذربيجان"), ("الأرض", "ال", "الأ"), ("بالجيش", "الجيش", "الجيش"), ("ل الا", "ا", "ا")],
)
def test_paint_never_cuts_a_lam_alef(text: str, word: str, painted: str) -> None:
    start = text.rindex(word) if word == "أذربيجان" else text.index(word)
    first, last = whole_ligatures(text, (start, start + len(word)))
    assert text[first:last] == painted


# ---- colours, read out of the style itself
_DEUTAN = ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))
_PROTAN = ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052))
_TRITAN = ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304))
_NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
Colour = tuple[float, float, float]


def colours(dark: bool) -> dict[str, Colour]:
    css = (files("marsad.show") / "page.css").read_text(encoding="utf-8")
    light, rest = css.split("@media (prefers-color-scheme: dark)", 1)
    pairs = re.findall(r"--([a-z]+): #([0-9a-f]{6})", rest.split("* {", 1)[0] if dark else light)
    return {name: linear(code) for name, code in pairs}


def linear(code: str) -> Colour:
    parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    light = [0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05 for c in (one, other)]
    return max(light) / min(light)


def lab(colour: Colour, eye: tuple[Colour, Colour, Colour]) -> Colour:
    """OKLab, after a simulation of how an eye without one of its cones sees (Machado and others, 2009)."""
    r, g, b = (max(0.0, sum(m * c for m, c in zip(row, colour, strict=True))) for row in eye)
    long = (0.4122 * r + 0.5363 * g + 0.0514 * b) ** (1 / 3)
    mid = (0.2119 * r + 0.6807 * g + 0.1074 * b) ** (1 / 3)
    short = (0.0883 * r + 0.2817 * g + 0.6300 * b) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * mid - 0.0041 * short,
        1.9780 * long - 2.4286 * mid + 0.4506 * short,
        0.0259 * long + 0.7828 * mid - 0.8087 * short,
    )


@pytest.mark.parametrize("dark", [False, True])
def test_painted_words_can_be_read_on_every_ground(dark: bool) -> None:
    found = colours(dark)
    for ink in ("ink", "actor", "place", "time", "link", "quiet"):
        for ground in ("paper", "card"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    for ink in ("ink", "actor", "place", "time"):
        for ground in ("statement", "diplomacy"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("eye", [_NORMAL, _DEUTAN, _PROTAN, _TRITAN])
def test_kinds_can_be_told_apart_by_every_eye(dark: bool, eye: tuple[Colour, Colour, Colour]) -> None:
    found = colours(dark)
    for group in (("ink", "actor", "place", "time"), ("paper", "statement", "diplomacy")):
        for n, one in enumerate(group):
            for other in group[n + 1 :]:
                apart = (
                    sum((a - b) ** 2 for a, b in zip(lab(found[one], eye), lab(found[other], eye), strict=True)) ** 0.5
                )
                assert apart >= 0.045, (one, other, round(apart, 3))
