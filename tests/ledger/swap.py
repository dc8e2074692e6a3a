"""Two sides of one war changing places: a table of names that mean the same for the one as for the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from marsad.ledger.mentions import mentions_of
from marsad.ledger.model import Mention, Party
from marsad.reading.single import read_one

PAIRS: Final = (
    ("أرمينيا", "أذربيجان"),
    ("أرميني", "أذربيجاني"),
    ("قصفا أرمينيا", "قصفا أذربيجانيا"),  # the adjective, which is spelt as the country
    ("الأرمن", "الأذريين"),
    ("يريفان", "باكو"),
    ("نيكول باشينيان", "إلهام علييف"),
    ("باشينيان", "علييف"),
    ("زهراب مناتساكانيان", "جيهون بيراموف"),
    ("مناتساكانيان", "بيراموف"),
    ("شوشان ستيبانيان", "واقف دارغاهلي"),
    ("ستيبانيان", "دارغاهلي"),
    ("أرارات ميرزويان", "حكمت حاجييف"),
    ("ميرزويان", "حاجييف"),
    ("دافيد تونويان", "ذاكر حسنوف"),
    ("تونويان", "حسنوف"),
    ("أرمن برس", "أذرتاج"),
    ("أرمنبرس", "ترند"),
    ("فاردينيس", "غنجة"),
    ("سيسيان", "ترتر"),
    ("كابان", "أغدام"),
    ("غوريس", "بيلقان"),
    ("فانادزور", "بردعة"),
    ("غيومري", "مينغاتشفير"),
    ("إيجيفان", "فضولي"),
    ("جرموك", "جبرائيل"),
)
CODES: Final = {"ARM": "AZE", "AZE": "ARM"}
_TABLE: Final = {**dict(PAIRS), **{b: a for a, b in PAIRS}}
_NAMES: Final = re.compile("|".join(sorted(_TABLE, key=len, reverse=True)))
_ONE_SIDED: Final = re.compile(  # names that only one of the sides has, so that nothing stands in their place
    "آرتساخ|الإقليم|إقليم|قره باغ|خانكندي|ستيباناكيرت|شوشة|هادروت|مارتوني|هاروتيونيان|بوغوسيان|بيغلاريان|دشكسن|تاليش"
    "|جيش الدفاع|قوات الدفاع|بالأذرية|ماداغيز"
)

Row = tuple[object, ...]


def swapped(text: str) -> str:
    """The text with the two sides in each other's place."""
    return _NAMES.sub(lambda found: _TABLE[found[0]], text)


def swappable(text: str) -> bool:
    """Whether a text names the sides, and nothing that has no counterpart."""
    return bool(_NAMES.search(text)) and not _ONE_SIDED.search(text)


def told(text: str, codes: Mapping[str, str]) -> list[Row]:
    """What a text tells but for its words and places; codes changed as `codes` says, to compare it with its mirror."""
    record = read_one(text, published="2020-10-04")
    return [_row(m, codes) for m in mentions_of(record, "page")]


def _row(m: Mention, codes: Mapping[str, str]) -> Row:
    tolls = tuple((t.kind, t.low, t.high) for t in m.tolls)
    sides = (_sides(p, codes) for p in (m.actors, m.recipients, m.claimed_by))
    return (m.type, m.mode, m.status, m.foreground, m.historical, m.lead, *sides, tolls)


def _sides(parties: tuple[Party, ...], codes: Mapping[str, str]) -> tuple[str, ...]:
    """Who, in no order: «أرمينيا وأذربيجان» may stand the other way round."""
    return tuple(sorted(f"{codes.get(p.code or '', p.code)} {p.sector}" for p in parties))
