"""The river of a day: incidents and statements in one stream, each as a flat row with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from marsad.ledger.flat import shown
from marsad.ledger.model import Party, Spot
from marsad.show.rules import means_of
from marsad.store.ledger import Ledger
from marsad.store.overview import PageName, Said, Told, named_pages


class Item(msgspec.Struct, frozen=True):
    """An incident or a statement, as one row; what belongs to the other kind is empty.

    Attributes:
        kind: incident or statement; `id` the incident's, or the statement's in its page.
        day, until: the days of the act; of a statement the day on which it was made.
        words: the sentence that tells it, or what is said.
        new: whether a page brought it since the reader's visit before this one.
        type, mode, status, actors, recipients, place, contested: the incident's; `precision` how its day is known.
        killed, injured: ranges of the lowest and the highest claim, the best between.
        speaker, via, addressee: the statement's; its `mode` is direct, indirect or mixed.
        page, headline: one page that tells it; `outlets` all outlets, `sources` how many are independent, `copies` the
            others.
    """

    kind: Literal["incident", "statement"]
    id: str
    day: str
    words: str
    until: str | None = None
    new: bool = False
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    precision: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Spot | None = None
    killed: str = ""
    injured: str = ""
    contested: tuple[str, ...] = ()
    speaker: Party | None = None
    via: tuple[Party, ...] = ()
    addressee: Party | None = None
    means: str | None = None
    page: str | None = None
    headline: str | None = None
    outlets: tuple[str, ...] = ()
    sources: int = 1
    copies: int = 0


def river(incidents: Sequence[Told], statements: Sequence[Said], most: int) -> list[Told | Said]:
    """Incidents and statements of a day as one stream: the most widely told first, and of each page a first statement
    before any second, so that one long interview does not hide the day.

    Args:
        incidents: those of the day, of most sources first.
        statements: those of the day.
        most: how many at most.
    """
    seen: Counter[int] = Counter()
    turns: list[tuple[int, int, Said]] = []
    for one in sorted(statements, key=lambda s: (-s.page, s.n)):
        turns.append((seen[one.page], len(turns), one))
        seen[one.page] += 1
    said = [one for _, _, one in sorted(turns, key=lambda t: t[:2])]
    placed: list[tuple[float, int, Told | Said]] = []
    streams: tuple[Sequence[Told | Said], ...] = (incidents, said)
    for kind, stream in enumerate(streams):
        share = max(len(stream), 1)
        placed += [(n / share, kind, one) for n, one in enumerate(stream)]
    return [one for _, _, one in sorted(placed, key=lambda p: p[:2])[:most]]


class Sources(NamedTuple):
    """What is told of the pages beside what stands in them: their names, and which of them are new to the reader."""

    pages: dict[str | int, PageName]
    fresh: frozenset[str]
    seen: int | None

    @classmethod
    def of(
        cls, ledger: Ledger, days: Iterable[Sequence[Told | Said]], fresh: frozenset[str], seen: int | None
    ) -> Sources:
        """The sources of what is shown.

        Args:
            ledger: the ledger.
            days: what is shown, by days.
            fresh: the incidents that are new to the reader.
            seen: the newest page of the visit before this one.
        """
        ids, numbers = set(), set()
        for one in (one for day in days for one in day):
            if isinstance(one, Told):
                ids |= {*(*one.pages, *one.also)[:1]}
            else:
                numbers.add(one.page)
        return cls(named_pages(ledger, ids, numbers), fresh, seen)

    def item(self, one: Told | Said, day: str) -> Item:
        """An incident or a statement as a row.

        Args:
            one: the incident or the statement.
            day: the day under which it stands.
        """
        return self._incident(one, day) if isinstance(one, Told) else self._statement(one)

    def _incident(self, one: Told, day: str) -> Item:
        ranges = {r.kind: r for r in one.ranges if r.rule == "low-best-high"}
        page = next(iter((*one.pages, *one.also)), None)
        name = self.pages.get(page) if page else None
        return Item(
            "incident", one.id, one.first or day, one.words, one.last, one.id in self.fresh, one.type, one.mode,
            one.status, one.precision, one.actors, one.recipients, one.place, shown(ranges.get("killed")),
            shown(ranges.get("injured")), one.contested, page=page, headline=name.headline if name else None,
            outlets=one.outlets, sources=one.sources, copies=one.copies,
        )  # fmt: skip

    def _statement(self, one: Said) -> Item:
        page, new = self.pages.get(one.page), self.seen is not None and one.page > self.seen
        data = one.data
        return Item(
            "statement", data.statement, one.day, data.words, one.day, new, mode=data.mode, speaker=data.speaker,
            via=data.via, addressee=data.addressee, means=means_of(data.rule), page=page.id if page else None,
            headline=page.headline if page else None, outlets=(page.outlet,) if page and page.outlet else (),
        )  # fmt: skip
