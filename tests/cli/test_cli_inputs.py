"""What `marsad read` is given: every kind of file, and every way in which one can be bad."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
import pathlib
import sys
import zlib
from typing import Any

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.cli.inputs import MAX_PAGE_BYTES, Input, open_inputs


def read(tmp_path: pathlib.Path, name: str, data: bytes, limit: int = MAX_PAGE_BYTES) -> list[Input]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(open_inputs([str(path)], limit))


def codes(found: list[Input]) -> list[str | None]:
    return [i.error.code if i.error else None for i in found]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.txt", "no-suffix"])
def test_a_file_is_one_page_with_its_bytes(tmp_path: pathlib.Path, name: str) -> None:
    (page,) = read(tmp_path, name, pages.html())
    assert page.data == pages.html() and page.label.endswith(name)


def test_gzip_is_unpacked(tmp_path: pathlib.Path) -> None:
    (page,) = read(tmp_path, "a.html.gz", gzip.compress(pages.html()))
    assert page.data == pages.html()


@pytest.mark.parametrize("cut", [1, 5, 12, 40, -1, -9])
def test_truncated_gzip_is_an_error(tmp_path: pathlib.Path, cut: int) -> None:
    assert codes(read(tmp_path, "a.html.gz", gzip.compress(pages.html())[:cut])) == ["M105"]


def test_flipped_bits_in_gzip_are_an_error(tmp_path: pathlib.Path) -> None:
    packed = gzip.compress(pages.html())
    for at in range(10, len(packed), 37):
        bad = packed[:at] + bytes([packed[at] ^ 0x10]) + packed[at + 1 :]
        assert codes(read(tmp_path, "a.html.gz", bad)) == ["M105"], at


@pytest.mark.parametrize("name", ["bomb.html.gz", "bomb.jsonl.gz", "bomb.warc.gz"])
def test_a_bomb_is_refused_at_the_limit(tmp_path: pathlib.Path, name: str) -> None:
    deflate = zlib.compressobj(9, wbits=31)
    data = b"".join(deflate.compress(b"a" * (1 << 20)) for _ in range(64)) + deflate.flush()
    (page,) = read(tmp_path, name, data, limit=1 << 20)
    assert page.error is not None and page.error.code in ("M103", "M105")


def test_too_large_a_page_is_refused(tmp_path: pathlib.Path) -> None:
    assert codes(read(tmp_path, "a.html", b"x" * 101, limit=100)) == ["M103"]
    assert codes(read(tmp_path, "a.html", b"x" * 100, limit=100)) == [None]


def test_missing_file_and_missing_folder(tmp_path: pathlib.Path) -> None:
    assert codes(list(open_inputs([str(tmp_path / "none.html"), str(tmp_path / "x" / "y")]))) == ["M107", "M107"]


def test_a_name_too_long_for_the_system_is_an_error() -> None:
    assert codes(list(open_inputs(["x" * 5000]))) == ["M107"]


def test_a_folder_gives_its_pages_in_order_of_names_and_skips_the_rest(tmp_path: pathlib.Path) -> None:
    for name in ("b.html", "a.txt", "c/d.html.gz", "image.png", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(b"x") if name.endswith("gz") else b"x")
    labels = [pathlib.Path(i.label).name for i in open_inputs([str(tmp_path)])]
    assert labels == ["a.txt", "b.html", "d.html.gz"]


def test_a_folder_without_pages_says_so(tmp_path: pathlib.Path) -> None:
    (tmp_path / "image.png").write_bytes(b"x")
    assert codes(list(open_inputs([str(tmp_path)]))) == ["M107"]


def lines(*rows: object) -> bytes:
    return b"".join((r if isinstance(r, bytes) else json.dumps(r, ensure_ascii=False).encode()) + b"\n" for r in rows)


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".jsonl.gz"])
def test_a_bad_line_does_not_stop_the_others(tmp_path: pathlib.Path, suffix: str) -> None:
    data = lines({"id": "one", "text": "نص"}, b"{not json", {"no": "text"}, [], b"\xff\xfe", {"id": 7, "html": "<p>x"})
    packed = gzip.compress(data) if suffix.endswith("gz") else data
    found = read(tmp_path, f"a{suffix}", packed)
    assert codes(found) == [None, "M106", "M106", "M106", "M106", None]
    assert (found[0].id, found[5].id) == ("one", "7")
    assert found[1].label.endswith(f"a{suffix}:2")


def test_gzip_lines_cut_in_the_middle_give_what_came_before(tmp_path: pathlib.Path) -> None:
    rows = lines(*({"id": str(n), "text": f"{n * 7919 % 1000}"} for n in range(2000)))
    packed = gzip.compress(rows)
    found = read(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])
    assert len(found) > 10 and codes(found)[-1] == "M105" and set(codes(found)[:-2]) == {None}


def test_a_line_too_long_is_passed_over(tmp_path: pathlib.Path) -> None:
    data = lines({"text": "x" * 500}, {"id": "after", "text": "نص"})
    found = read(tmp_path, "a.jsonl", data, limit=100)
    assert codes(found) == ["M103", None] and found[1].id == "after"


def test_fields_of_a_line(tmp_path: pathlib.Path) -> None:
    row = {"id": "i", "url": "https://x", "publisher": "p", "published": "2020-01-01", "headline": "h", "text": "t"}
    (page,) = read(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + lines(row))
    assert (page.id, page.url, page.publisher, page.published, page.headline, page.data) == tuple(row.values())


def test_null_html_beside_text_is_text(tmp_path: pathlib.Path) -> None:
    (page,) = read(tmp_path, "a.jsonl", lines({"html": None, "text": "نص", "id": None}))
    assert page.data == "نص" and page.id is None


@pytest.mark.parametrize("row", [b"[" * 100_000, b'{"text": "\\ud800"}', b'{"text": 1e999999}', b"null", b'"x"', b"1"])
def test_hostile_lines_are_errors(tmp_path: pathlib.Path, row: bytes) -> None:
    assert codes(read(tmp_path, "a.jsonl", row)) == ["M106"]


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_lines_at_all_never_raise(rows: list[bytes]) -> None:
    from marsad.cli.inputs import _lines

    for page in _lines(io.BytesIO(b"\n".join(rows)), "x.jsonl", 50):
        assert (page.data is None) == (page.error is not None)


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input_is_a_page_or_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(pages.html()))
    assert [i.data for i in open_inputs(["-"])] == [pages.html()]
    monkeypatch.setattr(sys, "stdin", _Stdin(lines({"text": "أ"}, {"text": "ب"})))
    assert [i.data for i in open_inputs(["-"])] == ["أ", "ب"]


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes, limit: int = MAX_PAGE_BYTES) -> list[Input]:
    """What standard input gives where it is a pipe, which cannot be wound back."""
    reader, writer = os.pipe()
    with open(writer, "wb") as end:
        end.write(data)  # small enough for a pipe's own buffer
    with open(reader, "rb") as stdin:
        assert not stdin.seekable()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stdin))
        return list(open_inputs(["-"], limit))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_gives_archives_lines_and_pages_packed_or_not(monkeypatch: pytest.MonkeyPatch, pack: Any) -> None:
    archive = pages.warc(pages.http(pages.html()), pages.http(b"<p>two"))
    assert [i.data for i in piped(monkeypatch, pack(archive))] == [pages.html(), b"<p>two"]
    rows = b"\xef\xbb\xbf\n" + lines({"text": "أ"}, {"text": "ب"})
    assert [i.data for i in piped(monkeypatch, pack(rows))] == ["أ", "ب"]
    assert [i.data for i in piped(monkeypatch, pack(pages.html()))] == [pages.html()]


def test_a_pipe_with_records_packed_one_by_one_and_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pages.warc(pages.http(pages.html()), pages.http(b"<p>two"), packed=True)
    found = piped(monkeypatch, whole[:-20])
    assert [i.data for i in found] == [pages.html(), None] and codes(found) == [None, "M105"]
    assert codes(piped(monkeypatch, gzip.compress(pages.html())[:9])) == ["M105"]


def test_the_limit_on_a_pipe_is_for_a_page_not_for_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(piped(monkeypatch, lines(*({"text": "x" * 50} for _ in range(100))), limit=100)) == [None] * 100
    assert codes(piped(monkeypatch, b"x" * 101, limit=100)) == ["M103"]
    assert codes(piped(monkeypatch, gzip.compress(gzip.compress(b"<p>x")))) == [None]  # unpacked once


@pytest.mark.parametrize("name", ["ftp://x/y", "file:///etc/passwd", "HTTP://127.0.0.1/", "gopher://x"])
def test_other_addresses_are_refused_not_opened(name: str) -> None:
    assert codes(list(open_inputs([name]))) == ["M201"]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_pages_with_address_and_day(tmp_path: pathlib.Path, packed: bool) -> None:
    image = pages.http(b"\x89PNG", "Content-Type: image/png")
    gone = pages.http(b"gone", "Content-Type: text/html", status="404 Not Found")
    data = pages.warc(pages.http(pages.html()), image, gone, pages.http(b"<p>two"), packed=packed)
    found = read(tmp_path, "a.warc.gz" if packed else "a.warc", data)
    assert [i.data for i in found] == [pages.html(), b"<p>two"]
    assert found[0].url == "https://example.org/1" and found[0].captured == datetime.date(2023, 6, 14)
