"""Small pages and archives for the command line's tests, in our own words."""

from __future__ import annotations

import gzip

BODY = (
    "اتهم الجيش السوداني قوات الدعم السريع بقصف سوق شعبية في أم درمان بالمدفعية الأربعاء، ما أدى إلى مقتل 12 مدنيا.",
    "وقال المتحدث باسم الجيش إن القوات سترد على هذا الهجوم في الوقت المناسب، مضيفا أن الأسواق ليست أهدافا.",
    "واقترحت السعودية هدنة إنسانية مدتها عشرة أيام، ورفضت قوات الدعم السريع الاقتراح.",
)
HEADLINE = "الجيش السوداني يتهم الدعم السريع بقصف سوق في أم درمان"
TEXT = "\n".join((HEADLINE, *BODY))


def html() -> bytes:
    """An article as a plain web page."""
    paragraphs = "".join(f"<p>{p}</p>" for p in BODY)
    head = f'<head><meta charset="utf-8"><title>{HEADLINE}</title></head>'
    body = f"<body><article><h1>{HEADLINE}</h1>{paragraphs}</article></body>"
    return f"<!doctype html><html lang=ar>{head}{body}</html>".encode()


ENGLISH = b"<html><body><h1>Rain in the hills</h1>" + b"<p>It rained all day and the road was closed for hours.</p>" * 5
MENU = b"<html><body><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav></body></html>"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(range(256)) * 4


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A captured HTTP response."""
    lines = (f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",)))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def warc_record(
    block: bytes, url: str = "https://example.org/1", kind: str = "response", length: int | None = None
) -> bytes:
    """One WARC record."""
    size = len(block) if length is None else length
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-06-14T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(*blocks: bytes, packed: bool = False) -> bytes:
    """An archive of captured responses, each record packed on its own where wanted."""
    records = [warc_record(b"software: test\r\n", "urn:x", "warcinfo")]
    records += [warc_record(b, f"https://example.org/{n}") for n, b in enumerate(blocks, 1)]
    return b"".join(gzip.compress(r, mtime=0) if packed else r for r in records)
