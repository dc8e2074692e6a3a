"""A review card as it is shown: the claim, its sentence and neighbours, the machine's reason, other readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from marsad.ledger.mentions import party
from marsad.ledger.model import Mention
from marsad.model.errors import NoSuchIncident
from marsad.model.record import BODY_KINDS, HARM_KINDS, STATUSES, Record, Span
from marsad.review.model import Judgement, Reviewed
from marsad.review.state import may_adjudicate
from marsad.review.values import values_of, with_values
from marsad.show.rules import find_rule
from marsad.store.incidents import likely
from marsad.store.review import Card, Review
from marsad.web.desk import Desk
from marsad.web.entries import PARTIES, line_of, numbers_of

_NEIGHBOURS: Final = 420  # characters before and after
_OWN: Final = BODY_KINDS | {"headline"}
_OTHERS: Final = 6
_NAMES: Final = 40


class Other(msgspec.Struct, frozen=True):
    """Another reading of the card, one key away: its name (`status.denied`, `swap`) and the values that it changes."""

    name: str
    fields: dict[str, Any]


class Near(msgspec.Struct, frozen=True):
    """Another mention or incident: its id, day, outlet, words."""

    id: str
    day: str | None
    outlet: str | None
    words: str


class Shown(msgspec.Struct, frozen=True):
    """A card.

    Attributes:
        subject: the mention's id; `incident` the id of its incident.
        page, outlet, headline, url, published: where it stands.
        before, words, trigger, after: its sentence (`words`, with the trigger's offsets in it) and its neighbours.
        mention: as the machine read it; `now` as it stands with what this user has changed.
        rule: the rule that made it; `row` the pack's row, `row_at` its file and line.
        others: other readings, for keys 1–9.
        reviewed: its state, as far as this user may see it; `log` the judgements on it, likewise.
        held_by: who else holds it.
        siblings: the incident's other mentions; `likely` incidents that it may belong with.
        seen: the number of the last verdict that this user sees on it, 0 where there is none.
        adjudicates: whether this user may end its dispute.
        form: the values of `now` as the card's form shows them.
        parties, places: whom and what places the page names, as lines of that form.
    """

    subject: str
    incident: str | None
    page: str
    outlet: str | None
    headline: str | None
    url: str | None
    published: str | None
    before: str
    words: str
    trigger: Span
    after: str
    mention: Mention
    now: Mention
    rule: str
    row: list[tuple[str, str]]
    row_at: str
    others: list[Other]
    reviewed: Reviewed
    log: list[Judgement]
    held_by: str | None
    siblings: list[Near]
    likely: list[Near]
    seen: int
    adjudicates: bool
    form: dict[str, str]
    parties: list[str]
    places: list[str]


def shown_card(desk: Desk, card: Card, held_by: str | None) -> Shown:
    """A card as it is shown to the one who sits at the desk.

    Args:
        desk: the desk.
        card: the card, blind for its user.
        held_by: who else holds it.
    """
    told, record = card.mention, desk.ledger.record(card.mention.page)
    info = desk.ledger.page(told.page)
    stands = _stands(card, desk.user.name)
    row = find_rule(told.rule)
    siblings, near = _company(desk, card)
    before, after = _neighbours(record, told.evidence) if record else ("", "")
    return Shown(
        subject=card.subject, incident=card.incident, page=told.page, outlet=told.outlet,
        headline=info.headline if info else None, url=info.url if info else None, published=told.published,
        before=before, words=told.words, trigger=_within(told), after=after, mention=told, now=stands, rule=told.rule,
        row=row.key_cells() if row else [], row_at=f"{row.file}:{row.line}" if row else "",
        others=list(_others(stands)), reviewed=card.reviewed,
        log=Review(desk.ledger).judgements(card.subject, user=desk.user.name), held_by=held_by, siblings=siblings,
        likely=near, seen=last_verdict(card.reviewed),
        adjudicates=may_adjudicate(card.reviewed, desk.user.name, admin=desk.user.may("admin")),
        form=_form(stands), parties=_lines(line_of(party(a)) for a in record.actors) if record else [],
        places=_lines(p.name for p in record.places) if record else [],
    )  # fmt: skip


def last_verdict(found: Reviewed) -> int:
    """The number of the last verdict on a card, 0 where there is none.

    Args:
        found: the card, as far as its user may see it.
    """
    return max((d.seq for d in (*found.decided, *filter(None, [found.adjudicated]))), default=0)


def _stands(card: Card, user: str) -> Mention:
    """The mention with the values that its user has given it, else those that count."""
    own = next((d for d in card.reviewed.decided if d.by == user), None) or card.reviewed.outcome
    if own is None or not own.fields:
        return card.mention
    return with_values(card.mention, {**values_of(card.mention), **own.fields})


def _within(told: Mention) -> Span:
    """The trigger's place in the mention's words."""
    start = max(0, told.trigger[0] - told.evidence[0])
    end = min(len(told.words), told.trigger[1] - told.evidence[0])
    return (start, end) if start < end else (0, 0)


def _neighbours(record: Record, evidence: Span) -> tuple[str, str]:
    """What stands before and after a sentence in its article, a few lines of each; nothing of the site around it."""
    blocks = [(b.start, b.end) for b in record.page.blocks if b.kind in _OWN]
    before = "\n".join(record.words((s, min(e, evidence[0]))) for s, e in blocks if s < evidence[0]).strip()
    after = "\n".join(record.words((max(s, evidence[1]), e)) for s, e in blocks if e > evidence[1]).strip()
    if len(before) > _NEIGHBOURS:
        before = "…" + before[-_NEIGHBOURS:].partition(" ")[2]
    if len(after) > _NEIGHBOURS:
        after = after[:_NEIGHBOURS].rpartition(" ")[0] + "…"
    return before, after


def _others(told: Mention) -> Iterator[Other]:
    for status in STATUSES:
        if status != told.status:
            yield Other(f"status.{status}", {"status": status})
    if told.actors or told.recipients:
        values = values_of(told)
        yield Other("review.swap", {"actors": values["recipients"], "recipients": values["actors"]})


def _company(desk: Desk, card: Card) -> tuple[list[Near], list[Near]]:
    """The other mentions of a card's incident, and other incidents of its days."""
    if card.incident is None:
        return [], []
    try:
        whole = desk.ledger.incident(card.incident)
    except NoSuchIncident:  # all its mentions were rejected
        return [], []
    told = [m for m in desk.ledger.mentions(whole) if m.id != card.subject][:_OTHERS]
    siblings = [Near(m.id, m.first or m.published, m.outlet, m.words) for m in told]
    return siblings, [Near(i.id, i.first, None, i.words) for i in likely(desk.ledger, whole)[:_OTHERS]]


def _lines(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))[:_NAMES]


def _form(told: Mention) -> dict[str, str]:
    """The values of a card as its form shows them."""
    parties = {name: "\n".join(line_of(p) for p in getattr(told, name)) for name in PARTIES}
    return {
        "type": told.type, "mode": told.mode or "", "status": told.status, **parties, "from": told.first or "",
        "to": told.last or "", "place": told.place.name if told.place else "",
        **{kind: numbers_of(told, kind) for kind in HARM_KINDS}, "foreground": "yes" if told.foreground else "no",
    }  # fmt: skip
