"""Archives of every kind, whole and damaged, and what warcio alone would make of them."""

from __future__ import annotations

import datetime
import gzip
import io
import zlib

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.warcwriter import WARCWriter

from marsad.cli.warc import Captured, read_warc


def outcomes(archive: bytes, limit: int = 10_000) -> list[bytes | str | None]:
    return [p.error.code if p.error else p.data for p in read_warc(io.BytesIO(archive), "a.warc", limit)]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(b"<p>x</p>"), ("Content-Type: text/html", "Content-Encoding: gzip")),
        (zlib.compress(b"<p>x</p>"), ("Content-Type: text/html", "Content-Encoding: deflate")),
        (zlib.compress(b"<p>x</p>")[2:-4], ("Content-Type: text/html", "Content-Encoding: deflate")),
        (b"4\r\n<p>x\r\n4;ext\r\n</p>\r\n0\r\n\r\n", ("Content-Type: text/html", "Transfer-Encoding: chunked")),
        (b"<p>x</p>", ("Content-Type: text/html", "Transfer-Encoding: chunked")),
        (b"<p>x</p>", ("Content-Type: text/html", "Content-Encoding: gzip")),
        (b"<p>x</p>", ("content-type:TEXT/HTML",)),
        (b"8\r\n<p>x</p>\r\n0\r\n\r\n", ("Content-Type: text/html", "Transfer-Encoding: Chunked")),
        (gzip.compress(b"<p>x</p>"), ("Content-Type: text/html", "Content-Encoding: x-gzip")),
    ],
)
def test_codings_of_a_captured_page_are_undone(body: bytes, headers: tuple[str, ...]) -> None:
    (page,) = read_warc(io.BytesIO(pages.warc(pages.http(body, *headers))), "a.warc", 1000)
    assert page.data == b"<p>x</p>"


def test_a_resource_record_is_a_page_of_its_own() -> None:
    record = pages.warc_record(b"<p>x</p>", kind="resource").replace(
        b"application/http; msgtype=resource", b"text/html"
    )
    assert [p.data for p in read_warc(io.BytesIO(record), "a", 100)] == [b"<p>x</p>"]


def test_chunks_of_a_packed_page_are_put_together_before_it_is_unpacked() -> None:
    packed = gzip.compress(pages.html())
    body = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (packed[:7], packed[7:])) + b"0\r\n\r\n"
    headers = ("Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    assert outcomes(pages.warc(pages.http(body, *headers))) == [pages.html()]


def test_an_archive_written_by_warcio_is_read() -> None:
    archive = io.BytesIO()
    writer = WARCWriter(archive, gzip=False)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for kind, block in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", pages.http(pages.html()))):
        content = "application/http; msgtype=" + kind
        record = writer.create_warc_record(
            "http://example.org/a", kind, io.BytesIO(block), warc_content_type=content,
            warc_headers_dict={"WARC-Date": "2021-02-03T04:05:06.789Z"},
        )  # fmt: skip
        writer.write_record(record)
    found = list(read_warc(io.BytesIO(archive.getvalue()), "a.warc", 10_000))
    assert found == [Captured(pages.html(), "http://example.org/a", datetime.date(2021, 2, 3))]


BAD_BLOCKS = {
    "nothing": b"",
    "a bare line": b"HTTP/1.1 200 OK",
    "no head": b"\x00\xff" * 40,
    "damaged gzip": pages.http(b"\x1f\x8b" + b"\x07" * 60, "Content-Type: text/html", "Content-Encoding: gzip"),
    "gzip cut": pages.http(gzip.compress(pages.html())[:-20], "Content-Type: text/html", "Content-Encoding: gzip"),
    "damaged deflate": pages.http(b"\xff" * 60, "Content-Type: text/html", "Content-Encoding: deflate"),
    "brotli": pages.http(b"\x8b\x02\x80", "Content-Type: text/html", "Content-Encoding: br"),
    "a head without end": b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 60_000,
    "too large": pages.http(b"x" * 600_000),
}


@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_a_bad_record_never_stops_the_rest(name: str) -> None:
    found = outcomes(pages.warc(pages.http(b"<p>1"), BAD_BLOCKS[name], pages.http(b"<p>3")), 400_000)
    assert (found[0], found[-1]) == (b"<p>1", b"<p>3") and len(found) in (2, 3)
    expected = {"damaged gzip": "M105", "gzip cut": "M105", "damaged deflate": "M105", "brotli": "M105"}
    expected |= {"a head without end": "M105", "too large": "M103"}
    assert name not in expected or found[1] == expected[name]


def test_a_record_without_address_or_day_is_a_page() -> None:
    record = pages.warc_record(pages.http(b"<p>x")).replace(b"WARC-Target-URI:", b"X-Uri:")
    found = list(read_warc(io.BytesIO(record.replace(b"WARC-Date:", b"X-Date:")), "a", 1000))
    assert found == [Captured(b"<p>x", None, None)]


@pytest.mark.parametrize("address", ["<https://example.org/a b>", "https://example.org/a%20b"])
def test_addresses_are_repaired_in_silence(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    (page,) = read_warc(io.BytesIO(pages.warc_record(pages.http(b"<p>x"), address)), "a", 1000)
    assert page.url == "https://example.org/a%20b" and capfd.readouterr() == ("", "")


def test_a_version_of_the_format_yet_to_come_does_not_stop_the_archive() -> None:
    archive = pages.warc(pages.http(b"<p>1"), pages.http(b"<p>2")).replace(b"WARC/1.1", b"WARC/1.9", 2)
    assert outcomes(archive) == [b"<p>1", b"<p>2"]


def test_the_limit_holds_for_a_resource() -> None:
    record = pages.warc_record(b"x" * 101, kind="resource").replace(
        b"application/http; msgtype=resource", b"text/plain"
    )
    assert outcomes(record + pages.warc(pages.http(b"<p>x")), 100) == ["M103", b"<p>x"]


@pytest.mark.parametrize("shift", [-9, -1, 1, 9, 400])
def test_a_record_that_misstates_its_length_is_damage_and_silent(shift: int, capfd: pytest.CaptureFixture[str]) -> None:
    block = pages.http(b"<p>two</p>")
    wrong = pages.warc_record(block, length=len(block) + shift)
    found = outcomes(pages.warc_record(pages.http(b"<p>1")) + wrong + pages.warc_record(pages.http(b"<p>3")))
    assert found[0] == b"<p>1" and found[-1] in ("M105", b"<p>3") and capfd.readouterr() == ("", "")
    assert abs(shift) == 1 or found[-1] == "M105"


@pytest.mark.parametrize(
    "tail", [b"WARC/1.1 " + b"a" * 300_000, b"WARC/1.1\r\n" + b"a: b\r\n" * 60_000, b"\n" * 300_000]
)
def test_a_header_without_end_is_not_read_into_memory(tail: bytes) -> None:
    stream = io.BytesIO(pages.warc(pages.http(b"<p>1")) + tail * 20)
    found = [p.error.code if p.error else p.data for p in read_warc(stream, "a", 1000)]
    assert found == [b"<p>1", "M105"] and stream.tell() < len(tail) * 2


# What warcio does not hold, and why marsad.cli.warc has a few lines of its own: should one of these tests fail with a
# new version of it, those lines can go.
def bare(archive: bytes) -> list[bytes]:
    return [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(archive)) if r.rec_type == "response"]


def test_warcio_gives_a_record_that_ends_early_as_a_whole_one() -> None:
    archive = pages.warc(pages.http(b"<p>one</p>"), pages.http(b"<p>two</p>"))
    assert bare(archive[:-8]) == [b"<p>one</p>", b"<p>two"]
    assert outcomes(archive[:-8]) == [b"<p>one</p>", "M105"]


def test_warcio_gives_a_cut_gzip_body_as_a_whole_one() -> None:
    archive = pages.warc(
        pages.http(gzip.compress(pages.html())[:-12], "Content-Type: text/html", "Content-Encoding: gzip")
    )
    assert pages.html().startswith(bare(archive)[0]) and outcomes(archive) == ["M105"]


def test_warcio_unpacks_a_chunk_without_limit() -> None:
    packed = zlib.compress(b"a" * 5_000_000)
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    reader = ChunkedDataReader(io.BytesIO(body), decomp_type="deflate")
    reader.read(10)
    assert reader.rem_length() == 4_999_990  # all of it is in memory
    headers = ("Content-Type: text/html", "Content-Encoding: deflate", "Transfer-Encoding: chunked")
    assert outcomes(pages.warc(pages.http(body, *headers))) == ["M103"]


def test_warcio_ends_at_a_response_without_address() -> None:
    archive = pages.warc(pages.http(b"<p>one</p>")).replace(b"WARC-Target-URI: https", b"X-Uri: https")
    with pytest.raises(AttributeError):
        bare(archive)
    assert outcomes(archive) == [b"<p>one</p>"]


def test_warcio_reads_a_line_of_any_length() -> None:
    stream = io.BytesIO(b"WARC/1.1 " + b"a" * 3_000_000)
    next(ArchiveIterator(stream))
    assert stream.tell() == 3_000_009


@pytest.mark.parametrize("at", range(1, 700, 23))
def test_an_archive_cut_anywhere_reports_it_and_passes_off_no_part(at: int) -> None:
    whole = pages.warc(pages.http(b"<p>one</p>"), pages.http(b"<p>two</p>"))
    found = list(read_warc(io.BytesIO(whole[:-at]), "a.warc", 1000))
    assert {p.data for p in found if p.data} <= {b"<p>one</p>", b"<p>two</p>"}
    assert sum(p.data is not None for p in found) == 2 or found[-1].error is not None or at > 350


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"WARC/1.0",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999999\r\nWARC-Type: response\r\n\r\nx",
    ],
)
def test_what_is_no_archive_is_an_error(data: bytes) -> None:
    found = list(read_warc(io.BytesIO(data), "a.warc", 100))
    assert found[-1].error is not None and found[-1].error.code in ("M105", "M103")


def test_a_bomb_inside_a_record_is_refused_and_the_next_page_is_read() -> None:
    bomb = pages.http(gzip.compress(b"a" * 1_000_000), "Content-Type: text/html", "Content-Encoding: gzip")
    found = list(read_warc(io.BytesIO(pages.warc(bomb, pages.http(b"<p>x"))), "a", 10_000))
    assert [p.error.code if p.error else p.data for p in found] == ["M103", b"<p>x"]


@given(st.binary(max_size=300))
def test_any_bytes_at_all_never_raise(data: bytes) -> None:
    for start in (b"", b"WARC/1.0\r\n", pages.warc_record(data)):
        list(read_warc(io.BytesIO(start + data), "a", 1000))
