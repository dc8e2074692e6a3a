"""What a page's record says besides its events, each with names and codes in place of the page's own ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from marsad.ledger.mentions import party
from marsad.ledger.model import Party
from marsad.model.record import Days, Record

FINDINGS: Final = ("statement", "proposal", "truce", "alignment")


class Finding(NamedTuple):
    """One statement, proposal, truce or alignment of a page.

    `kind` is one of `FINDINGS`, `n` its place among those of its kind in the page, `day` when it was (the page's day
    where the page does not tell), `parties` all who take part in it, `data` what is shown of it.
    """

    kind: str
    n: int
    day: str | None
    parties: tuple[Party, ...]
    data: dict[str, Any]


def findings_of(record: Record) -> Iterator[Finding]:
    """The findings of a page, kind by kind.

    Args:
        record: what was read from the page.
    """
    teller = _Teller(record)
    for n, s in enumerate(record.statements):
        speakers = teller.parties([s.speaker])
        data = {
            "speaker": teller.show([s.speaker], one=True), "via": teller.show(s.via), "medium": s.medium,
            "mode": s.mode, "said": s.said, "addressee": teller.show([s.addressee], one=True),
            "words": record.words(s.content), "span": s.content, "statement": s.id, "rule": s.rule,
        }  # fmt: skip
        yield Finding("statement", n, _day(s.said, record), speakers, data)
    for n, p in enumerate(record.proposals):
        data = {
            "by": teller.show(p.by), "what": record.words(p.what), "span": p.what, "made": p.made, "renewed": p.renewed,
            "needs_consent_of": teller.show(p.needs_consent_of),
            "answers": [
                {"party": teller.show([a.party], one=True), "answer": a.answer, "statement": a.statement}
                for a in p.answers
            ],
        }  # fmt: skip
        sides = teller.parties([*p.by, *p.needs_consent_of, *(a.party for a in p.answers)])
        yield Finding("proposal", n, _day(p.made, record), sides, data)
    violations = {e.id: e for e in record.events}
    for n, t in enumerate(record.truces):
        data = {
            "parties": teller.show(t.parties), "kind": t.kind, "agreed": t.agreed,
            "brokered_by": teller.show(t.brokered_by), "state": t.state, "words": record.words(t.evidence),
            "span": t.evidence,
            "violations": [
                {
                    "by": teller.show(e.actors), "against": teller.show(e.recipients), "from": e.first, "to": e.last,
                    "status": e.status, "claimed_by": teller.show(e.claimed_by), "words": record.words(e.evidence),
                }
                for i in t.violations
                if (e := violations.get(i))
            ],
        }  # fmt: skip
        yield Finding("truce", n, t.agreed or _day(None, record), teller.parties([*t.parties, *t.brokered_by]), data)
    for n, a in enumerate(record.alignments):
        data = {
            "from": teller.show([a.source], one=True), "to": teller.show([a.target], one=True), "kind": a.kind,
            "domains": a.domains, "words": record.words(a.evidence), "span": a.evidence, "statement": a.statement,
        }  # fmt: skip
        yield Finding("alignment", n, _day(None, record), teller.parties([a.source, a.target]), data)


def _day(days: Days | None, record: Record) -> str | None:
    return (days and (days.first or days.last)) or record.page.published.first


class _Teller:
    """A record's actors by id."""

    def __init__(self, record: Record) -> None:
        self._actors = {a.id: party(a) for a in record.actors}

    def parties(self, ids: Iterable[str | None]) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(self._actors[i] for i in ids if i in self._actors))

    def show(self, ids: Iterable[str | None], *, one: bool = False) -> Any:
        found = list(self.parties(ids))
        return (found[0] if found else None) if one else found
