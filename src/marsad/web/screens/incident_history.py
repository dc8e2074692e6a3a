"""How an incident came to be: independent sources and their copies, which mention came when and why it was joined, and
what persons have decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from marsad.ledger.model import Incident, Link, Mention, Reason
from marsad.model.record import HarmKind
from marsad.review.model import Judgement, Reviewed
from marsad.store.incidents import Log, PageLine

Standing = Literal["news", "also", "refers"]
Sort = Literal["none", "text", "code", "number", "days", "types", "acts", "harm"]
Strength = Literal["strong", "fair", "slight", "against"]
_STRONG: Final = 2.0  # log-odds: seven times likelier
_FAIR: Final = 0.75  # twice as likely
_MERGED: Final = "merged by "


class Source(msgspec.Struct, frozen=True):
    """An independent source with its copies.

    Attributes:
        page: the original; `copies` the pages that carry the same text.
        standing: `news` (it is the page's news), `also` (told below other news), `refers` (only referred to: not
            counted among the sources).
        told: the numbers of its mentions, the copies' among them.
    """

    page: PageLine
    copies: list[PageLine]
    standing: Standing
    told: list[int]


class Ground(msgspec.Struct, frozen=True):
    """A ground for or against two mentions being one incident.

    Attributes:
        key: what kind of ground, e.g. `place.same`.
        values: what it rests on; `sort` how they are to be written; `harm` of which kind a number is.
        weight: in log-odds, negative against; `strength` the same in a word.
    """

    key: str
    values: list[str]
    sort: Sort
    harm: HarmKind | None
    weight: float
    strength: Strength


class Joined(msgspec.Struct, frozen=True):
    """Why a mention stands with an earlier one: the grounds, surest first, or who put them together and when."""

    to: int
    score: float
    grounds: list[Ground]
    by: str | None = None
    at: str | None = None


class Step(msgspec.Struct, frozen=True):
    """A mention joining the incident: its number, and why; nothing where it was the first."""

    n: int
    joined: list[Joined]


class Move(msgspec.Struct, frozen=True):
    """A merge or a split that a person made, with the numbers of those of the incident's mentions that it names."""

    kind: str
    by: str
    at: str
    told: list[int]


class Card(msgspec.Struct, frozen=True):
    """What persons have decided of one mention; `n` None where it was rejected and is no mention of it any more."""

    n: int | None
    review: Reviewed


def sources_of(
    incident: Incident, mentions: Sequence[Mention], copied: Mapping[str, str], lines: Mapping[str, PageLine]
) -> list[Source]:
    """The incident's pages, each original with its copies: those whose news it is first.

    Args:
        incident, mentions: the incident.
        copied: the independent source of each page.
        lines: the pages.
    """
    groups: dict[str, list[str]] = {}
    for m in mentions:
        pages = groups.setdefault(copied.get(m.page, m.page), [])
        if m.page not in pages:
            pages.append(m.page)
    found = []
    for original, pages in groups.items():
        told = [n for n, m in enumerate(mentions, start=1) if m.page in pages]
        copies = [lines.get(p, PageLine(id=p)) for p in pages if p != original]
        standing = min((_standing(incident, p) for p in pages), key=_STANDINGS.index)
        found.append(Source(lines.get(original, PageLine(id=original)), copies, standing, told))
    return sorted(found, key=lambda s: (_STANDINGS.index(s.standing), -len(s.copies)))


_STANDINGS: Final[tuple[Standing, ...]] = ("news", "also", "refers")


def _standing(incident: Incident, page: str) -> Standing:
    return "news" if page in incident.pages else "also" if page in incident.also else "refers"


def steps_of(incident: Incident, mentions: Sequence[Mention]) -> list[Step]:
    """Which mention came when and why it was joined, in the ledger's order.

    Args:
        incident, mentions: the incident.
    """
    number = {m.id: n for n, m in enumerate(mentions, start=1)}
    joined: dict[int, list[Joined]] = {}
    for link in sorted(incident.links, key=lambda link: -link.score):
        if link.mention in number and link.to in number:
            joined.setdefault(number[link.mention], []).append(_joined(link, number[link.to]))
    return [Step(n, joined.get(n, [])) for n in number.values()]


def _joined(link: Link, to: int) -> Joined:
    if link.judged:
        by, _, at = link.judged.removeprefix(_MERGED).rpartition(", ")
        return Joined(to, link.score, [], by, at)
    return Joined(to, link.score, sorted(map(ground, link.reasons), key=lambda g: -g.weight))


def ground(reason: Reason) -> Ground:
    """A link's reason in parts that can be said in any language.

    Args:
        reason: as `marsad.ledger.alike` gives it.
    """
    read = _READ.get(reason.name, _plain)
    key, sort, values, harm = read(reason.value)
    return Ground(f"{reason.name}{key}", values, sort, harm, reason.weight, _strength(reason.weight))


def _strength(weight: float) -> Strength:
    if weight < 0:
        return "against"
    return "strong" if weight >= _STRONG else "fair" if weight >= _FAIR else "slight"


_Read = tuple[str, Sort, list[str], Any]


def _plain(value: str) -> _Read:
    return "", "number" if value else "none", [value] if value else [], None


def _type(value: str) -> _Read:
    if value in ("same", "same mode"):
        return ".same" if value == "same" else ".mode", "none", [], None
    sort: Sort = "types" if value.isupper() else "acts"
    return ".other", sort, value.split("/", 1), None


def _place(value: str) -> _Read:
    if value.endswith(" km"):
        return ".far", "number", [value.removesuffix(" km")], None
    one, slash, other = value.partition("/")
    return (".other", "text", [one, other], None) if slash else (".same", "text", [one], None)


def _sides(value: str) -> _Read:
    return (".other", "none", [], None) if value == "other" else (".same", "code", value.split("+"), None)


def _harm(value: str) -> _Read:
    figures, _, kind = value.partition(" ")
    values = figures.split("/")
    return ".other" if len(values) > 1 else ".same", "harm", values, kind or None


def _published(value: str) -> _Read:
    return "", "days", value.split(" ")[:1], None


_READ: Final[dict[str, Callable[[str], _Read]]] = {
    "type": _type,
    "place": _place,
    "actors": _sides,
    "recipients": _sides,
    "harm": _harm,
    "published": _published,
}


def moves_of(log: Log, mentions: Sequence[Mention]) -> list[Move]:
    """The merges and splits that stand.

    Args:
        log: what persons have decided.
        mentions: the incident's, in the ledger's order.
    """
    return [Move(j.kind, j.by, j.at, _named(j, mentions)) for j in log.moves]


def _named(judgement: Judgement, mentions: Sequence[Mention]) -> list[int]:
    named = {mention for side in judgement.data.get("sides", ()) for mention in side}
    return [n for n, m in enumerate(mentions, start=1) if m.id in named]


def cards_of(log: Log, mentions: Sequence[Mention]) -> list[Card]:
    """The judged mentions.

    Args:
        log: what persons have decided.
        mentions: the incident's, in the ledger's order.
    """
    number = {m.id: n for n, m in enumerate(mentions, start=1)}
    return [Card(number.get(review.subject), review) for review in log.cards]
