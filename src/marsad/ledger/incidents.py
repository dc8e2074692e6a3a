"""An incident out of its mentions: what independent sources agree on, and beside it each claimant's version."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from marsad.ledger.alike import camp
from marsad.ledger.model import Claimed, Incident, Link, Mention, Party, Spot, Toll, Version
from marsad.ledger.ranges import figures, party_key, ranges
from marsad.model.record import HARM_KINDS, STATUSES, HarmKind

T = TypeVar("T", bound=Hashable)
_HALF: Final = 0.5


def incident(
    mentions: Sequence[Mention], links: Sequence[Link] = (), sources: Mapping[str, str] | None = None
) -> Incident:
    """The incident that mentions tell.

    Args:
        mentions: its mentions, in the ledger's order; at least one.
        links: why they were put together.
        sources: the independent source of each page that is a copy, by page id: the page it copies.

    Returns:
        The incident. Each field is what most independent sources say; of equals what was said first.
    """
    sources = sources or {}
    told = [m for m in mentions if m.lead] or list(mentions)
    pages = tuple(dict.fromkeys(m.page for m in told))
    answered = (m for m in mentions if m.foreground or m.status == "denied")  # a denial is news of what it denies
    also = tuple(dict.fromkeys(m.page for m in answered if m.page not in pages))
    independent = {sources.get(page, page) for page in (*pages, *also)}
    first, last, precision = _days(told, sources)
    versions = _versions(mentions)
    kind = _most(told, sources, lambda m: m.type) or told[0].type
    same = [m for m in told if m.type == kind] or told
    asserted = [m for m in same if m.status != "denied"] or same  # who denies says nothing of who did it
    return Incident(
        id=mentions[0].id,
        type=kind,
        mode=_most(same, sources, lambda m: m.mode),
        contexts=tuple(sorted({c for m in same for c in m.contexts})),
        actors=_parties(asserted, sources, lambda m: m.actors),
        recipients=_parties(asserted, sources, lambda m: m.recipients),
        status=min((m.status for m in same), key=STATUSES.index),
        foreground=any(m.foreground and not m.historical for m in mentions),
        first=first,
        last=last,
        precision=precision,
        place=_place(told, sources),
        weapons=tuple(sorted({w for m in mentions for w in m.weapons})),
        pages=pages,
        also=also,
        outlets=tuple(sorted({m.outlet for m in mentions if m.outlet and m.page in (*pages, *also)})),
        sources=len(independent),
        copies=len(pages) + len(also) - len(independent),
        ranges=ranges(mentions, sources),
        contested=_contested(versions, mentions),
        versions=versions,
        mentions=tuple(m.id for m in mentions),
        links=tuple(links),
        words=same[0].words,
    )


def _most(mentions: Iterable[Mention], sources: Mapping[str, str], value: Callable[[Mention], T | None]) -> T | None:
    """What most independent sources say, of equals what was said first; None where nobody says anything."""
    votes: dict[T, set[str]] = {}
    for m in mentions:
        said = value(m)
        if said is not None:
            votes.setdefault(said, set()).add(sources.get(m.page, m.page))
    return max(votes, key=lambda v: len(votes[v]), default=None)  # the first of equals, in the ledger's order


def _parties(
    mentions: Sequence[Mention], sources: Mapping[str, str], side: Callable[[Mention], tuple[Party, ...]]
) -> tuple[Party, ...]:
    """The camps that at least half as many sources name as the one named most, each by its fullest naming."""
    votes: dict[tuple[str, str], set[str]] = {}
    named: dict[tuple[str, str], Counter[Party]] = defaultdict(Counter)
    for m in mentions:
        for party in side(m):
            votes.setdefault(camp(party), set()).add(sources.get(m.page, m.page))
            named[camp(party)][party] += 1
    most = max((len(v) for v in votes.values()), default=0)
    return tuple(named[c].most_common(1)[0][0] for c, v in votes.items() if len(v) >= _HALF * most)


def _place(mentions: Sequence[Mention], sources: Mapping[str, str]) -> Spot | None:
    """The place that most sources name, a town before the country that it is in."""
    sites = [m for m in mentions if m.place and m.place.kind in ("city", "site")]
    return _most(sites or mentions, sources, lambda m: m.place)


def _days(mentions: Sequence[Mention], sources: Mapping[str, str]) -> tuple[str | None, str | None, str]:
    told = _most(mentions, sources, lambda m: (m.first or m.last, m.last or m.first) if m.first or m.last else None)
    if told:
        return told[0], told[1], "day" if told[0] == told[1] else "range"
    day = min((m.published for m in mentions if m.published), default=None)
    return day, day, "published" if day else "open"


def claimant(mention: Mention) -> Party | None:
    """Who tells a mention: who claims or denies the act, else whose words it stands in; None for the outlet itself.

    Args:
        mention: the mention.
    """
    if mention.claimed_by:
        return mention.claimed_by[0]
    return mention.speaker if mention.status in ("claimed", "denied") else None


def _versions(mentions: Sequence[Mention]) -> tuple[Version, ...]:
    """Each claimant's telling, the outlets' own voice first, the others as they first speak."""
    groups: dict[str, list[Mention]] = {}
    for m in mentions:
        party = claimant(m)
        groups.setdefault(party_key(party) if party else "", []).append(m)
    return tuple(_version(groups[key]) for key in sorted(groups, key=lambda k: (k != "",)))


def _version(mentions: Sequence[Mention]) -> Version:
    days = [d for m in mentions for d in (m.first, m.last) if d]
    tolls: dict[Toll, None] = dict.fromkeys(t for m in mentions for t in m.tolls)
    return Version(
        claimant=claimant(mentions[0]),
        status=min((m.status for m in mentions), key=STATUSES.index),
        denies=any(m.status == "denied" for m in mentions),
        actors=_said(mentions, lambda m: [p.name for p in m.actors]),
        recipients=_said(mentions, lambda m: [p.name for p in m.recipients]),
        first=min(days, default=None),
        last=max(days, default=None),
        places=_said(mentions, lambda m: [m.place.name] if m.place else []),
        tolls=tuple(tolls),
        mentions=tuple(m.id for m in mentions),
    )


def _said(mentions: Sequence[Mention], values: Callable[[Mention], list[str]]) -> tuple[Claimed, ...]:
    found: dict[str, list[str]] = {}
    for m in mentions:
        for value in values(m):
            found.setdefault(value, []).append(m.id)
    return tuple(Claimed(value=v, mentions=tuple(dict.fromkeys(ids))) for v, ids in found.items())


def _contested(versions: Sequence[Version], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The fields on which two claimants have nothing in common, and `status` where one denies what another tells."""
    by_id = {m.id: m for m in mentions}
    found = []
    if {"denied"} < {m.status for m in mentions}:
        found.append("status")
    told = [[m for i in v.mentions if (m := by_id[i]).status != "denied"] for v in versions]  # who denies tells no more
    sides = {"actors": _actor_camps, "recipients": _recipient_camps}
    found += [name for name, value in sides.items() if _apart(map(value, told))]
    if any(_apart(_tolls(said, kind) for said in told) for kind in HARM_KINDS):
        found.append("harm")
    return tuple(found)


def _apart(told: Iterable[set[Hashable]]) -> bool:
    """Whether two of those who say anything have nothing in common."""
    said = [values for values in told if values]
    return any(not one & two for n, one in enumerate(said) for two in said[:n])


def _actor_camps(mentions: Iterable[Mention]) -> set[Hashable]:
    return {camp(p) for m in mentions for p in m.actors}


def _recipient_camps(mentions: Iterable[Mention]) -> set[Hashable]:
    return {camp(p) for m in mentions for p in m.recipients}


def _tolls(mentions: Iterable[Mention], kind: HarmKind) -> set[Hashable]:
    return {f.low for m in mentions for f in figures(m, kind, {})}
