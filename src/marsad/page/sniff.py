"""What the bytes of a page are: HTML, plain text, or another kind of file altogether."""

from __future__ import annotations

import re
from typing import Final

from marsad.model.errors import NotText

_KINDS: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"RIFF", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"wOFF", "a font"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
)
_MARKUP: Final = re.compile(
    r"<!doctype\s+html|<meta\s|<(?:html|head|body|div|p|table|article|section|main|h1|h2|ul|td|script|style|title)[\s>]"
    r"|<br\s*/?>[^<]*<|<(?:span|a|b|strong|font|em|i)(?:\s[^<>]{0,500})?>[^<]*</",
    re.I,
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_LOOK: Final = 200_000


def refuse_other_files(data: bytes) -> None:
    """Refuse bytes that are a file of another kind.

    Args:
        data: the page's bytes.

    Raises:
        NotText: they begin as a PDF, an image, an archive or the like.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _KINDS:
        if head.startswith(magic):
            raise NotText(f"The bytes are {kind}.")
    if data[4:8] == b"ftyp":
        raise NotText("The bytes are a media file.")


def refuse_garbage(text: str) -> None:
    """Refuse a text that is mostly control characters and undecodable bytes.

    Args:
        text: the decoded page.

    Raises:
        NotText: more than a tenth of its beginning is such.
    """
    head = text[:_LOOK]
    if len(_CONTROL.findall(head)) > max(3, 0.1 * len(head)):
        raise NotText("The bytes are no text in any encoding.")


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it holds the tags that only pages hold."""
    return _MARKUP.search(text, 0, _LOOK) is not None


def declared_charset(data: bytes) -> str | None:
    """The encoding that an HTML page declares in its first 4,096 bytes, or None."""
    match = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", data[:4096], re.I)
    return match.group(1).decode("ascii") if match else None
