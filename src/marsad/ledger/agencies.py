"""The news agency that a page names as its source: in its dateline, in a credit line, after its last word.

Agencies are the media of `actors.tsv` of which one name begins with «وكالة». Only what stands for the page as a whole
counts: «قال مسؤول لرويترز» gives the source of a statement, which is the statement's channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from marsad.language.pack import alternatives, rows
from marsad.ledger.copies import COPY, REWORDED, Bar, words
from marsad.model.record import Block, Record
from marsad.reading.attribution import media_kinds

SOME_AGENCY: Final = "head.body.news_agency"  # «وكالات»: an agency, nobody knows which
_BODY: Final = ("lead", "paragraph")
_CREDITS: Final = ("lead", "paragraph", "furniture")
_AROUND: Final = 3  # blocks before and after the body in which a credit line may stand
_CREDIT: Final = 8  # words of a credit line at most
_CUE: Final = 2  # words before the name in it: «المصدر: …», «نقلا عن …»
_PLACE: Final = 6  # words before the agency in a dateline: «القاهرة، 3 مايو 2015 (…) -»
_GLOSS: Final = 5
_DATELINE: Final = re.compile(
    r"^(?:([^\n.؟!()]{0,60}?)\s*[(\-–—/،])?\s*([^\n()\-–—:/،]{2,40}?)\s*(?:\)\s*[-–—:/]|[-–—:/])"
)
_CLOSING: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]][\s.]*$")
_PIECES: Final = re.compile(r"[:،,+/()\[\]|&؛\-–—]")
_AND: Final = "و"


def agency(record: Record) -> str | None:
    """The agency that a page names as its source.

    Args:
        record: what was read from the page.

    Returns:
        The id of its row in `actors.tsv`, the first where several are named; `SOME_AGENCY` where it only says «وكالات»;
        the outlet's own row where the outlet is an agency; None where no agency is named.
    """
    texts = [record.words((b.start, b.end)).strip() for b in _edges(record)]
    body = [record.words((b.start, b.end)).strip() for b in record.page.blocks if b.kind in _BODY]
    told = [_dateline(body[0]), _closing(body[-1])] if body else []
    told += [_credit(text) for text in reversed(texts)]
    told.append(_named(record.page.publisher or ""))
    return next(filter(None, told), None)


def bar(a: str | None, b: str | None) -> Bar:
    """How much two pages must share to be one source: less where both name the same agency, which has told it to both.

    Args:
        a, b: what `agency` says of each.
    """
    return REWORDED if a == b and a not in (None, SOME_AGENCY) else COPY


def _edges(record: Record) -> list[Block]:
    """The blocks about the beginning and the end of the body; never a caption, whose credit is the photograph's."""
    blocks = record.page.blocks
    at = [i for i, b in enumerate(blocks) if b.kind in _BODY] or [0]
    head = range(max(0, at[0] - _AROUND), min(at[0] + _AROUND, at[-1]))
    tail = range(max(at[0], at[-1] - 1), at[-1] + _AROUND + 1)
    return [b for i, b in enumerate(blocks) if (i in head or i in tail) and b.kind in _CREDITS]


def _dateline(text: str) -> str | None:
    """The agency of «القاهرة (أ ف ب) -», «دبي – رويترز:», «رويترز -»."""
    found = _DATELINE.match(text[:120])
    if found is None or len(words(found[1] or "")) > _PLACE:
        return None
    return _named(found[2]) or next(_in_pieces(found[2]), None)


def _closing(text: str) -> str | None:
    """The agency in brackets after the last word, if it does not explain the name before it («وكالة الأنباء … (…)»)."""
    found = _CLOSING.search(text[-120:])
    if found is None:
        return None
    before = text[-120:][: found.start()].rstrip()
    last = [] if before.endswith((".", "؟", "!")) else words(before)[-_GLOSS:]
    gloss = any(word.endswith(head) for word in last for head in _heads())
    return None if gloss else next(_in_pieces(found[1]), None)


def _credit(text: str) -> str | None:
    """The agency of a short line that only says where the text is from: «المصدر: وكالات», «نقلا عن رويترز»."""
    found = words(text[:200])
    if not 0 < len(found) <= _CREDIT or len(text) > 200:
        return None
    return next(_in_pieces(text), None)


def _in_pieces(text: str) -> Iterator[str]:
    """The agencies that a line names, each with a word or two before its name, or after «و»."""
    for piece in _PIECES.split(text):
        found = words(piece)
        cuts = [found[i:] for i in range(_CUE + 1)]
        joined = [[w[len(_AND) :], *found[i + 1 :]] for i, w in enumerate(found) if w.startswith(_AND) and i]
        firsts = [found[:i] for i, w in enumerate(found) if w.startswith(_AND) and i]
        yield from list(filter(None, (_names().get("".join(f)) for f in (*cuts, *firsts, *joined))))[:1]


def _named(text: str) -> str | None:
    """The agency whose name a text is."""
    return _names().get("".join(words(text)))


@cache
def _names() -> dict[str, str]:
    """The agencies by their names, without spaces and signs: «أ.ف.ب» and «أ ف ب» are one."""
    found = {
        "".join(words(n)): r["id"]
        for r in rows("heads.tsv")
        if r["id"] == SOME_AGENCY
        for n in alternatives(r["forms"])
    }
    for row in rows("actors.tsv"):
        if media_kinds().get(row["id"]) == "agency":
            found |= {"".join(words(n)): row["id"] for n in [*alternatives(row["names"]), row["name_en"]] if n}
    return found


@cache
def _heads() -> frozenset[str]:
    """The single words for an agency, by which a name in full begins."""
    forms = [n for r in rows("heads.tsv") if r["id"] == SOME_AGENCY for n in alternatives(r["forms"])]
    return frozenset(key[0] for key in map(words, forms) if len(key) == 1)
