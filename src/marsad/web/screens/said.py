"""Who said what: the statements of all pages, with speaker and office, their channels and their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query

from marsad.ledger.model import Party
from marsad.model.record import Days, Record, Span
from marsad.show.rules import means_of
from marsad.store import pages, statements
from marsad.store.ledger import Ledger
from marsad.web.desk import AtDesk
from marsad.web.screen import screen
from marsad.web.wanted import Wanted

router = APIRouter(tags=["statements"])
MEDIA: Final = ("agency", "press", "television", "social", "statement", "interview")
MODES: Final = ("direct", "indirect", "mixed")
_ON_A_PAGE: Final = 25
_Medium = Literal["", "agency", "press", "television", "social", "statement", "interview"]
_Mode = Literal["", "direct", "indirect", "mixed"]


class Told(msgspec.Struct, frozen=True):
    """An event that a statement tells.

    Attributes:
        event: its id in the page's record; `type`, `mode`, `status` as there; `words` those that tell it.
        mention, incident: its ids in the ledger, None while that is not settled.
    """

    event: str
    type: str
    mode: str | None
    status: str
    words: str
    mention: str | None
    incident: str | None


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement with where it stands.

    Attributes:
        page, headline, outlet, published: the page.
        statement: its id in the page's record; `span` where its words stand in the page's text.
        day: when it was said, as the page tells, else the page's day; `said` what the page itself tells of it.
        late: whether `day` is after the page's own day, which is a misreading or a slip of the page.
        speaker: who speaks, None where nobody is named; `office` as the page gives it.
        via: the channels it came through, nearest to the outlet first; `medium` what kind of channel.
        mode: direct, indirect or mixed speech.
        addressee: to whom.
        words: what was said, verbatim.
        rule: the rule that read it; `means` what its verb does with the words: say, deny, accuse, demand …
        about: the events that it tells.
    """

    page: str
    headline: str | None
    outlet: str | None
    published: str | None
    statement: str
    span: Span
    day: str | None
    said: Days | None
    late: bool
    speaker: Party | None
    office: str | None
    via: list[Party]
    medium: str | None
    mode: str
    addressee: Party | None
    words: str
    rule: str
    means: str
    about: list[Told]

    @property
    def chain(self) -> list[Party]:
        """The channels in the order in which the words went through them: from the speaker to the outlet."""
        return self.via[::-1]


class Voice(msgspec.Struct, frozen=True):
    """A speaker or a channel with how many of the counted statements are theirs."""

    party: Party
    count: int


class By(msgspec.Struct, frozen=True):
    """What is asked besides the common filter."""

    speaker: str = ""
    via: str = ""
    medium: str = ""
    mode: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """As parts of an address."""
        return {key: value for key, value in msgspec.structs.asdict(self).items() if value}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the statements that a filter lets through, the newest first.

    Attributes:
        total: how many there are on all pages.
        page: which page this is, from 1; `more` whether another follows.
        by: what was asked besides the common filter.
        statements: those of this page.
        counted: of how many, the newest ones, `speakers` and `channels` are counted, and `unnamed`: nobody is named.
    """

    total: int
    page: int
    more: bool
    by: By
    statements: list[Statement]
    counted: int
    unnamed: int
    speakers: list[Voice]
    channels: list[Voice]

    @property
    def media(self) -> Sequence[str]:
        """The kinds of channel."""
        return MEDIA

    @property
    def modes(self) -> Sequence[str]:
        """The modes of speech."""
        return MODES


@screen(router, "/said", "said.html", Said)
def said(
    desk: AtDesk,
    asked: Wanted,
    speaker: Annotated[str, Query(description="A speaker's name or code.")] = "",
    via: Annotated[str, Query(description="Words of a channel's name, or its code.")] = "",
    medium: Annotated[_Medium, Query(description="A kind of channel.")] = "",
    mode: Annotated[_Mode, Query(description="Direct, indirect or mixed speech.")] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Said:
    """Who said what, through whom, when and about what."""
    by = By(speaker.strip(), via.strip(), medium, mode)
    wanted = statements.Asked(asked, by.speaker, by.via, by.medium, by.mode)
    found = statements.matched(desk.ledger, wanted)
    first = (page - 1) * _ON_A_PAGE
    rows = statements.page_of(desk.ledger, wanted, first, _ON_A_PAGE)
    return Said(
        total=found.total, page=page, more=first + _ON_A_PAGE < found.total, by=by,
        statements=_statements(desk.ledger, rows), counted=len(found.newest), unnamed=found.unnamed,
        speakers=[Voice(*v) for v in found.speakers], channels=[Voice(*v) for v in found.channels],
    )  # fmt: skip


def _statements(ledger: Ledger, rows: Sequence[statements.Said]) -> list[Statement]:
    """The statements with what only their pages' records tell: offices, and the events told in each."""
    seqs = dict.fromkeys(row.seq for row in rows)
    records = pages.records(ledger, seqs)
    acts = pages.acts(ledger, seqs)
    return [_statement(row, records.get(row.seq), acts) for row in rows]


def _statement(row: statements.Said, record: Record | None, acts: dict[tuple[int, str], pages.Act]) -> Statement:
    data: dict[str, Any] = row.data
    own = next((s for s in record.statements if s.id == data["statement"]), None) if record else None
    speaker = record.actor(own.speaker) if record and own else None
    return Statement(
        page=row.page, headline=row.headline, outlet=row.outlet, published=row.published,
        statement=data["statement"], span=tuple(data["span"]), day=row.day,
        said=msgspec.convert(data["said"], Days | None),
        late=bool(row.day and row.published and row.day > row.published), speaker=_party(data["speaker"]),
        office=speaker.role if speaker and speaker.role and speaker.role not in speaker.name else None,
        via=_parties(data["via"]), medium=data["medium"], mode=data["mode"], addressee=_party(data["addressee"]),
        words=data["words"], rule=data["rule"], means=means_of(data["rule"]),
        about=_about(record, own.id, row.seq, acts) if record and own else [],
    )  # fmt: skip


def _about(record: Record, statement: str, seq: int, acts: dict[tuple[int, str], pages.Act]) -> list[Told]:
    """The events that a statement tells."""
    told = []
    for e in record.events:
        if e.statement == statement:
            act = acts.get((seq, e.id))
            known = (act.mention, act.incident) if act else (None, None)
            told.append(Told(e.id, e.type, e.mode, e.status, record.words(e.trigger).strip(), *known))
    return told


def _party(data: Any) -> Party | None:
    return msgspec.convert(data, Party) if data else None


def _parties(data: Iterable[Any]) -> list[Party]:
    return [msgspec.convert(one, Party) for one in data]
