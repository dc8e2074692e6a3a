"""Who stands with whom, over many pages: what single pages tell of it, added up by camps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from marsad.export.tables import country
from marsad.ledger.alike import camp
from marsad.ledger.model import Party
from marsad.model.record import AlignmentKind, Part, Span
from marsad.store.filters import Filter, finding_query
from marsad.store.ledger import Ledger
from marsad.store.work import unpacked
from marsad.text.sentences import split_sentences

_MANY: Final = 400  # values of one query
_NAMED_KINDS: Final = frozenset({"armed_group", "party", "organisation", "media"})


class Side(Part, kw_only=True, frozen=True):
    """A camp among those that stand with or against each other.

    Attributes:
        key: by what it is told from others: a country's code («ARM»), with the group of its society where that is not
            the state («SYR/people»), or with its name where it has one («YEM/Houthis»); a name alone without a country.
        code: the code, None where there is none; `group` that of its society, empty for the state.
        name, name_en: as most pages name it.
    """

    key: str
    code: str | None = None
    group: str = ""
    name: str
    name_en: str | None = None


class Told(Part, kw_only=True, frozen=True, rename={"source": "from", "target": "to"}):
    """One page's word that somebody stands with or against another."""

    page: str
    outlet: str | None = None
    day: str | None = None
    source: Party
    target: Party
    kind: AlignmentKind
    domains: tuple[str, ...] = ()
    words: str = ""
    span: Span = (0, 0)


class Tie(Part, kw_only=True, frozen=True, rename={"source": "from", "target": "to"}):
    """Who stands how with whom, as all pages tell it.

    Attributes:
        source, target: keys of the two sides, from whom and to whom it goes.
        kind: supports, opposes, mediates, allied_with, member_of, ties_with.
        domains: in what, as far as pages say it.
        sources: how many independent pages tell it; `pages` how many with their copies.
        first, last: the first and the last day on which it is told.
    """

    source: str
    target: str
    kind: AlignmentKind
    domains: tuple[str, ...]
    sources: int
    pages: int
    first: str | None
    last: str | None


class _Found(msgspec.Struct, rename={"source": "from", "target": "to"}):
    """What is stored of an alignment."""

    source: Party | None
    target: Party | None
    kind: AlignmentKind
    domains: tuple[str, ...] = ()
    words: str = ""
    span: Span = (0, 0)


_FOUND: Final = msgspec.json.Decoder(_Found)


def alignments(ledger: Ledger, wanted: Filter) -> list[Told]:
    """What pages tell of who stands with whom, the newest first; what has not both its ends is left out.

    Args:
        ledger: the ledger.
        wanted: which.
    """
    where, values = finding_query("alignment", wanted.checked())
    rows = ledger.rows(
        "SELECT p.id, p.publisher, f.day, f.data FROM findings f JOIN pages p ON p.seq = f.page"
        f" WHERE {where} ORDER BY f.day IS NULL, f.day DESC, p.id, f.n",
        values,
    )
    found = ((page, outlet, day, _FOUND.decode(data)) for page, outlet, day, data in rows)
    return [
        Told(
            page=page, outlet=outlet, day=day, source=a.source, target=a.target, kind=a.kind, domains=a.domains,
            words=a.words, span=a.span,
        )
        for page, outlet, day, a in found
        if a.source and a.target
    ]  # fmt: skip


def side_key(party: Party) -> str:
    """The key of the side that a party belongs to.

    Args:
        party: the party. A group or an organisation that has a name is a side of its own.
    """
    if party.kind in _NAMED_KINDS:
        name = party.name_en or party.name
        return f"{party.code}/{name}" if party.code else name
    whose, group = camp(party)
    return whose if group in ("", "state") or whose != party.code else f"{whose}/{group}"


def sides(parties: Iterable[Party]) -> dict[str, Side]:
    """The sides of parties by their keys, each by the name that is told most often.

    Args:
        parties: every party as often as it is named.
    """
    names: dict[str, dict[Party, int]] = {}
    for party in parties:
        counts = names.setdefault(side_key(party), {})
        counts[party] = counts.get(party, 0) + 1
    return {key: _side(key, max(counts, key=lambda p: counts[p])) for key, counts in names.items()}


def _side(key: str, party: Party) -> Side:
    head, _, group = key.partition("/")
    state = country(head)
    if party.kind not in _NAMED_KINDS and head == party.code and state.name_en:
        return Side(key=key, code=head, group=group, name=_arabic(head) or party.name, name_en=state.name_en)
    return Side(key=key, code=party.code, name=party.name, name_en=party.name_en)


def _arabic(code: str) -> str:
    from marsad.language.places import country_spelling

    return country_spelling(code)


def ties(told: Iterable[Told], copies: Mapping[str, str]) -> list[Tie]:
    """Alignments added up, those that most independent pages tell first, of equals the newest.

    Args:
        told: what pages tell.
        copies: the page that a page is like, as `copies_among` finds it.
    """
    groups: dict[tuple[str, str, AlignmentKind], list[Told]] = {}
    for one in told:
        groups.setdefault((side_key(one.source), side_key(one.target), one.kind), []).append(one)
    made = [_tie(*key, group, copies) for key, group in groups.items()]
    made.sort(key=lambda t: (t.source, t.target, t.kind))
    return sorted(made, key=lambda t: (t.sources, t.last or ""), reverse=True)


def _tie(source: str, target: str, kind: AlignmentKind, told: Sequence[Told], copies: Mapping[str, str]) -> Tie:
    pages = {t.page for t in told}
    days = sorted({t.day for t in told if t.day})
    return Tie(
        source=source, target=target, kind=kind, domains=tuple(sorted({d for t in told for d in t.domains})),
        sources=len({copies.get(p, p) for p in pages}), pages=len(pages),
        first=days[0] if days else None, last=days[-1] if days else None,
    )  # fmt: skip


def copies_among(ledger: Ledger, pages: Iterable[str]) -> dict[str, str]:
    """Of pages that share a text the one that came first, by the id of each that came later.

    Args:
        ledger: the ledger.
        pages: the pages that are asked about.
    """
    asked = set(pages)
    rows = ledger.rows(
        "SELECT a.id, b.id FROM likenesses l JOIN pages a ON a.seq = l.page JOIN pages b ON b.seq = l.other"
        " WHERE a.superseded = 0 AND b.superseded = 0 ORDER BY b.published, b.id, a.published, a.id"
    )
    found: dict[str, str] = {}
    for one, other in rows:
        if one in asked and other in asked:
            found[other] = found.get(one, one)
    return found


class _Text(msgspec.Struct):
    text: str = ""


class _Kept(msgspec.Struct):
    page: _Text = msgspec.field(default_factory=_Text)


_TEXT: Final = msgspec.json.Decoder(_Kept)


def sentences(ledger: Ledger, spans: Sequence[tuple[str, Span]]) -> list[str]:
    """The sentences around words of pages, in the order asked; the words' own alone cannot be understood («برعاية»).

    Args:
        ledger: the ledger.
        spans: each a page's id and where the words stand in its text.
    """
    texts = _texts(ledger, sorted({page for page, _ in spans}))
    return [_around(texts.get(page, ""), span) for page, span in spans]


def _texts(ledger: Ledger, pages: Sequence[str]) -> dict[str, str]:
    rows: list[tuple[Any, ...]] = []
    for n in range(0, len(pages), _MANY):
        some = pages[n : n + _MANY]
        marks = ", ".join("?" * len(some))
        where = f"superseded = 0 AND record IS NOT NULL AND id IN ({marks})"
        rows += ledger.rows(f"SELECT id, record FROM pages WHERE {where}", some)
    return {page: _TEXT.decode(unpacked(data)).page.text for page, data in rows}


def _around(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    cut = split_sentences(text, start, len(text) if end < 0 else end)
    return next((text[a:b] for a, b in cut if a <= span[0] < b), text[span[0] : span[1]])
