"""The review desk's side of the ledger: cards, decisions, the queue, agreement.

>>> with Ledger.open("karabakh.marsad", write=True) as ledger:          # doctest: +SKIP
...     review = Review(ledger)
...     review.judge(subject, "accept", by="salma", at="2022-04-01T10:00:00+00:00")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from marsad.ledger.model import Mention
from marsad.model.errors import BadJudgement, Forbidden, NoSuchIncident
from marsad.review.agreement import Agreement, agreement
from marsad.review.entry import entry
from marsad.review.model import Judgement, Reviewed
from marsad.review.state import blind, coders_needed, may_adjudicate, reviewed, standing
from marsad.store.answers import mention_as_read, mention_id_of
from marsad.store.cards import Asked, Counts, cards, counts
from marsad.store.database import transaction, translated
from marsad.store.filters import Filter
from marsad.store.grouping import regroup_around
from marsad.store.holds import Holds
from marsad.store.judging import (
    Settings,
    append,
    card_state,
    double_coded,
    file,
    named,
    of_card,
    refile,
    select,
    set_settings,
    settings,
    undone,
)
from marsad.store.ledger import NEWS, Ledger
from marsad.store.making import remake_of

__all__ = ["Asked", "Card", "Counts", "Review", "Settings"]
_MOST: Final = 2  # coders of a card


class Card(NamedTuple):
    """A card: the mention as the machine read it, its incident, and of its review what the one who looks may see."""

    subject: str
    mention: Mention
    incident: str | None
    reviewed: Reviewed


class Review:
    """What persons decide of a ledger's mentions. Cheap to make: it holds nothing but the ledger.

    Args:
        ledger: the ledger, opened for writing where something will be decided.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._path = ledger.path
        self._db = ledger.db

    # ------------------------------------------------------------ deciding

    def judge(
        self, subject: str, kind: str, *, by: str, at: str, data: Mapping[str, Any] | None = None, admin: bool = False
    ) -> Reviewed:
        """Decide something of a card. Once it returns, the decision survives a crash.

        Args:
            subject: the mention's id.
            kind: one of `marsad.review.model.ON_CARDS`.
            by: who decides.
            at: when, ISO 8601.
            data: `fields` of a verdict, `verdict` of an adjudication, `text` of a note, `on` of a flag.
            admin: whether that is an admin, who may adjudicate a card of their own.

        Returns:
            What the judgements on the card come to, as far as the one who decides may see it.

        Raises:
            NoSuchIncident: no mention has that id.
            BadJudgement: there is no such decision, or a field cannot take its value.
            Forbidden: one of its coders would adjudicate.
        """
        with translated(self._path), transaction(self._db):
            mention = self._read(subject)[0]
            log = of_card(self._db, subject)
            needed = coders_needed(subject, *settings(self._db))
            before = reviewed(subject, log, needed)
            told = entry(kind, mention, data or {}, before, by)
            if kind == "adjudicate" and not may_adjudicate(before, by, admin=admin):
                raise Forbidden("A dispute is ended by an admin, or by somebody who has not coded the card.", subject)
            line = append(self._db, kind, told, by=by, at=at, subject=subject)
            after = reviewed(subject, [*log, line], needed)
            self._file(before, after)
        return blind(after, by)

    def undo(self, *, by: str, at: str, seq: int | None = None) -> Judgement | None:
        """Take back a judgement of one's own; the log keeps both.

        Args:
            by: who takes back.
            at: when, ISO 8601.
            seq: the judgement's number; that of an undo brings back what it took. The last one that stands by default.

        Returns:
            What was taken back; None where nothing of theirs stands.

        Raises:
            BadJudgement: there is no such judgement, or it was taken back before.
            Forbidden: it is another's.
        """
        with translated(self._path), transaction(self._db):
            found = self._last(by) if seq is None else self._own(seq, by)
            if found is None:
                return None
            before = card_state(self._db, found.subject) if found.subject else None
            append(self._db, "undo", {"of": found.seq}, by=by, at=at, subject=found.subject)
            if before is not None:
                self._file(before, card_state(self._db, before.subject))
            else:
                regroup_around(self._db, named(self._grouping(found)))
        return found

    def _file(self, before: Reviewed, after: Reviewed) -> None:
        file(self._db, after)
        if before.outcome != after.outcome:
            remake_of(self._db, [after.subject])

    def _read(self, subject: str) -> tuple[Mention, str | None]:
        found = mention_as_read(self._db, subject)
        if found is None:
            raise NoSuchIncident(f"«{subject}» is the id of no mention.", subject)
        return found

    def _last(self, by: str) -> Judgement | None:
        """The last of a user's judgements that stands, found from the end of the log."""
        taken: set[int] = set()
        for line in select(self._db, "by = ?", (by,), "seq DESC"):
            if line.seq in taken:
                continue
            if line.kind == "undo":
                taken.add(line.data["of"])
            elif line.kind != "row":  # proposed rows are withdrawn in the dictionary
                return line
        return None

    def _own(self, seq: int, by: str) -> Judgement:
        found = next(select(self._db, "seq = ?", (seq,)), None)
        if found is None or found.kind == "row":
            raise BadJudgement(f"There is no judgement of number {seq} to be taken back.")
        if found.by != by:
            raise Forbidden(f"Judgement {seq} is another's; only {found.by} can take it back.")
        if seq in undone(self._db, by):
            raise BadJudgement(f"Judgement {seq} was taken back before.")
        return found

    def _grouping(self, found: Judgement) -> Judgement:
        """The merge or split that an undo, or the undo of one, is about in the end."""
        while found.kind == "undo":
            found = next(select(self._db, "seq = ?", (found.data["of"],)))
        return found

    # ------------------------------------------------------------ looking

    def card(self, subject: str, *, user: str | None = None) -> Card:
        """One card.

        Args:
            subject: the mention's id, or the first digits of it where no other begins so.
            user: who looks: under double coding nothing of the others' work is shown before their own verdict. None
                shows everything.

        Raises:
            NoSuchIncident: no mention has that id, or several begin so.
        """
        with translated(self._path):
            whole = mention_id_of(self._db, subject)
            mention, incident = self._read(whole)
            found = card_state(self._db, whole)
        return Card(whole, mention, incident, blind(found, user) if user is not None else found)

    def judgements(self, subject: str, *, user: str | None = None) -> list[Judgement]:
        """The log of one card, the earliest first.

        Args:
            subject: the mention's id.
            user: who looks; None shows everything.
        """
        with translated(self._path):
            log = of_card(self._db, subject)
            seen = blind(card_state(self._db, subject), user) if user is not None else None
        return [line for line in log if seen is None or not seen.hidden or line.by == user]

    def history(self, *, by: str | None = None, before: int | None = None, limit: int = 100) -> list[Judgement]:
        """The log, the latest first, taken back or not.

        Args:
            by: of one user; None for everybody's, which under double coding is an admin's to see.
            before: only lines of a lower number: the next page of a long list.
            limit: how many at most.
        """
        asked = {"by = ?": by, "seq < ?": before}
        parts = {part: value for part, value in asked.items() if value is not None}
        where = " AND ".join(parts) or "1"
        with translated(self._path):
            return list(select(self._db, where, parts.values(), f"seq DESC LIMIT {int(limit)}"))

    # ------------------------------------------------------------ the queue

    def candidates(
        self, user: str | None, wanted: Filter = NEWS, *, state: str = "open", limit: int = 20, skipped: bool = False,
        admin: bool = False,
    ) -> list[str]:  # fmt: skip
        """The cards that come next for a user, in the queue's order: incidents told as news first, the newest first.

        Args:
            user: for whom; cards that they have decided on are left out. None for everybody's.
            wanted: of which incidents.
            state: `open` (new and in review), `new`, `in_review`, `disputed`, `settled` or `flagged`.
            limit: how many at most.
            skipped: also those that the user has left to others.
            admin: also disputes of cards that the user has coded.
        """
        with translated(self._path):
            return cards(self._db, Asked(user, wanted, state, skipped, admin), limit)

    def next_card(
        self, user: str, wanted: Filter = NEWS, *, holds: Holds, state: str = "open", skipped: bool = False,
        admin: bool = False, passed: int = 0,
    ) -> Card | None:  # fmt: skip
        """Claim the next card that nobody else holds; None where there is none.

        Args:
            user: who claims it; a card that they held is let go.
            wanted: of which incidents.
            holds: the desk's list of who holds what.
            state, skipped, admin: as for `candidates`.
            passed: how many of the queue's first cards to pass by.
        """

        def waiting(n: int) -> list[str]:
            return self.candidates(user, wanted, state=state, limit=passed + n, skipped=skipped, admin=admin)[passed:]

        taken = holds.take(user, waiting)
        return self.card(taken, user=user) if taken is not None else None

    def queue(self, wanted: Filter = NEWS) -> Counts:
        """How many cards there are in each state.

        Args:
            wanted: of which incidents.
        """
        with translated(self._path):
            return counts(self._db, wanted)

    # ------------------------------------------------------------ coders

    @property
    def settings(self) -> Settings:
        """By how many coders a card is reviewed."""
        with translated(self._path):
            return settings(self._db)

    def configure(self, *, coders: int = 1, share: float = 1.0) -> Settings:
        """Change by how many coders a card is reviewed; what was settled by one coder may wait for a second then.

        Args:
            coders: 1 or 2.
            share: which share of the cards two coders code, from 0 to 1; the other cards one codes.

        Raises:
            BadJudgement: the numbers are none of these.
        """
        if not 1 <= coders <= _MOST or not 0 <= share <= 1:
            raise BadJudgement("A card has one coder or two, and a share is from 0 to 1.")
        with translated(self._path), transaction(self._db):
            before = settings(self._db)
            set_settings(self._db, Settings(coders, share))
            remake_of(self._db, refile(self._db, before))
        return Settings(coders, share)

    def double_coded(self) -> Iterator[Reviewed]:
        """The cards that at least two persons have decided upon, by id."""
        with translated(self._path):
            for subject in double_coded(self._db):
                yield card_state(self._db, subject)

    def agreement(self) -> list[Agreement]:
        """How far the coders of double-coded cards agree: on the verdict, and field by field.

        Only of cards that needed two: there neither saw the other's verdict.
        """
        return agreement([found.decided for found in self.double_coded() if found.needed > 1])

    def standing(self, subject: str) -> list[Judgement]:
        """The judgements on a card that nobody took back, the earliest first.

        Args:
            subject: the mention's id.
        """
        with translated(self._path):
            return standing(of_card(self._db, subject))
