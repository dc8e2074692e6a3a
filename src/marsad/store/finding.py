"""Finding pages by their words: all that hold them in order of relevance, and what is known of some of these."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from marsad.store.filters import Filter, page_query
from marsad.store.ledger import Ledger
from marsad.store.overview import telling


class FoundPage(NamedTuple):
    """A page that holds the words.

    `dated` is true where the page says no day and the ledger gave it one; `events` and `statements` count what was read
    in it.
    """

    seq: int
    id: str
    url: str | None
    outlet: str | None
    headline: str | None
    published: str | None
    dated: bool
    events: int
    statements: int


def ranked(ledger: Ledger, keys: Sequence[str], wanted: Filter) -> Sequence[int]:
    """The numbers of all pages that hold all of some words, the most relevant first.

    Args:
        ledger: the ledger.
        keys: the words' search keys.
        wanted: which pages: by their day and outlet, and by the incidents that they tell.
    """
    asked = " ".join('"' + key.replace('"', '""') + '"' for key in keys)
    where, values = page_query(Filter(since=wanted.since, until=wanted.until, outlets=wanted.outlets))
    told, more = telling("p.seq", wanted)
    rows = ledger.rows(
        f"SELECT p.seq FROM words JOIN pages p ON p.seq = words.rowid WHERE words MATCH ? AND {where} AND {told}"
        " ORDER BY bm25(words, 4.0, 1.0), p.published, p.id",
        [asked, *values, *more],
    )
    return array("q", (seq for (seq,) in rows))  # it may be all pages, and is kept for who turns over


def found_pages(ledger: Ledger, numbers: Sequence[int]) -> list[FoundPage]:
    """What is known of some pages, in their order.

    Args:
        ledger: the ledger.
        numbers: their numbers.
    """
    marks = ", ".join("?" * len(numbers))
    rows = ledger.rows(
        "SELECT p.seq, p.id, p.url, p.publisher, p.headline, p.published, p.dated LIKE '%\"day\":\"%',"
        " (SELECT count(*) FROM mentions m WHERE m.page = p.seq),"
        " (SELECT count(*) FROM findings f WHERE f.kind = 'statement' AND f.page = p.seq)"
        f" FROM pages p WHERE p.seq IN ({marks})",
        numbers,
    )
    found = {row[0]: FoundPage(*row)._replace(dated=bool(row[6])) for row in rows}
    return [found[seq] for seq in numbers]
