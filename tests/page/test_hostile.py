"""Hostile pages end in time with their text, refused files with their code; nothing else is ever raised."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.model.errors import EmptyPage, MarsadError, NotArabic, NotText, PageTooLarge
from marsad.page import limits, read_page

from .layouts import LAYOUTS
from .samples import HEADLINE, PARAGRAPHS, REPLIES

TEXT = PARAGRAPHS[0]
SECONDS = 5
WIDE = ",".join(['{"body":[{}]}'] * 90_000)

HOSTILE = {
    "100,000 attributes": lambda: "<p " + " ".join(f'a{i}="v"' for i in range(100_000)) + f">{TEXT}</p>",
    "50,000 paragraphs": lambda: "<body>" + "".join(f"<p>{i} {TEXT}</p>" for i in range(50_000)) + "</body>",
    "1,000 nested": lambda: "<body>" + "<div>" * 1000 + f"<p>{TEXT}</p>" + "</div>" * 1000,
    "100,000 nested": lambda: "<body>" + "<div>" * 100_000 + f"<p>{TEXT}</p>",
    "3,000 nested inline": lambda: "<body>" + "<b><i>" * 1500 + TEXT,
    "1 MB token": lambda: f"<p>{'ق' * 500_000} {TEXT}</p>",
    "1 MB token as text": lambda: f"{'ق' * 500_000} {TEXT}",
    "a million tags": lambda: "<body>" + "<p>" * 1_000_000 + TEXT,
    "a million lines": lambda: "قال\n" * 1_000_000 + TEXT,
    "unclosed comment marks": lambda: f"<p>{TEXT}</p>" + "<!--" * 200_000,
    "open brackets": lambda: "<body>" + "<" * 1_000_000 + TEXT,
    "nested tables": lambda: "<body>" + "<table><tr><td>" * 900 + TEXT,
    "deep JSON": lambda: f'<script type="application/ld+json">{"[" * 300_000}</script><p>{TEXT}</p>',
    "deep state": lambda: f'<script id="__NEXT_DATA__" type="application/json">{"[" * 300_000}</script><p>{TEXT}</p>',
    "many assignments": lambda: "<script>window.__A_B_C__" + " = [" * 200_000 + f"</script><p>{TEXT}</p>",
    "wide state": lambda: f'<script type="application/json">[{WIDE}]</script><p>{TEXT}</p>',
    "open strings": lambda: '<script type="application/json">' + '{"body":"\\' * 90_000 + f"</script><p>{TEXT}</p>",
    "quotation marks": lambda: "<p>" + f'"{TEXT} ' * 5000,
    "long class names": lambda: f'<div class="{"most-read-" * 50_000}"><p>{TEXT}</p></div>',
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_ends_in_time_with_its_text(make: object) -> None:
    source = make()  # type: ignore[operator]
    started = time.perf_counter()
    page = read_page(source.encode())
    assert time.perf_counter() - started < SECONDS
    assert TEXT in page.text


def test_too_large_a_page_is_refused() -> None:
    with pytest.raises(PageTooLarge):
        read_page(b"a" * (limits.MAX_PAGE + 1))


@pytest.mark.parametrize("data", [b"", b" \n\t", "", "\ufeff", b"\xef\xbb\xbf", b"<html><body><p> </p></body></html>"])
def test_an_empty_page_is_refused(data: bytes | str) -> None:
    with pytest.raises(EmptyPage):
        read_page(data)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04..", b"\x1f\x8b\x08..", bytes(range(32)) * 40],
)
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        read_page(data)


@pytest.mark.parametrize(
    "data",
    [
        "The army shelled the city on Sunday, officials said.",
        "<html><body><a>عربي</a><p>The army shelled the city on Sunday, killing three people.</p></body></html>",
        "12345",
        "L'armée a bombardé la ville dimanche.".encode("cp1252"),
    ],
)
def test_a_page_in_another_language_is_refused(data: bytes | str) -> None:
    with pytest.raises(NotArabic):
        read_page(data)


MARKUP = (
    "<p>", "</p>", "<div class='comments'>", "</div>", "<br>", "<h1>", "</h1>", "<table>", "<td>", "<a href=x>", "</a>",
    "<!--", "-->", "<script>", "</script>", "<time datetime=2020>", "<", ">", "&", "&amp;",
)  # fmt: skip
WORDS = (
    '"', "«", "»", "\n", "\r\n", "\u2028", "\u202e", "\x00", "\ud800", "أحمد", "منذ يومين", "3", "التعليقات",
    "الأكثر قراءة", "15 أكتوبر 2020", TEXT, HEADLINE,
)  # fmt: skip
PIECES = st.sampled_from(MARKUP + WORDS)


@given(st.lists(PIECES, max_size=25).map(" ".join), st.one_of(st.none(), st.just(HEADLINE)))
@settings(max_examples=250, deadline=None)
def test_any_mixture_is_read_or_refused_and_spans_lie_inside(source: str, headline: str | None) -> None:
    try:
        page = read_page(source, headline=headline)
    except MarsadError:
        return
    spans = [(b.start, b.end) for b in page.blocks] + [(r.start, r.end) for r in page.repairs]
    spans += [c.text for c in page.comments] + list(page.published.evidence)
    assert all(0 <= start < end <= len(page.text) for start, end in spans)
    assert read_page(source, headline=headline) == page


@given(st.sampled_from(sorted(LAYOUTS)), st.data())
@settings(max_examples=60, deadline=None)
def test_mutated_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    raw = bytearray(LAYOUTS[name](HEADLINE, PARAGRAPHS, comments=REPLIES).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        read_page(bytes(raw))
    except MarsadError:
        return


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        page = read_page(data)
    except MarsadError:
        return
    assert all(0 <= b.start < b.end <= len(page.text) for b in page.blocks)
