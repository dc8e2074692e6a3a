"""Who holds which card: a card is in one hand at a time, for a few minutes, and everybody holds one at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from marsad.store.database import transaction, translated
from marsad.store.people import People

MINUTES: Final = 10


class Hold(NamedTuple):
    """A card in somebody's hand; `until` the moment, ISO 8601, at which it falls from it."""

    subject: str
    user: str
    until: str


class Holds:
    """The holds of a desk. They stand in the desk's own file; losing them loses no decision.

    Args:
        people: the desk's file, opened.
    """

    def __init__(self, people: People) -> None:
        self._path = people.path
        self._db = people.db

    def take(self, user: str, candidates: Callable[[int], Sequence[str]], now: datetime | None = None) -> str | None:
        """Claim the first card that nobody else holds; no two ever claim the same.

        The ledger is asked within the claim: a decision is written before its card is let go, so that whoever finds
        the card free finds it decided too.

        Args:
            user: who claims; the card that they held is let go.
            candidates: gives that many cards, in the order in which they are wanted.
            now: the moment, for tests.

        Returns:
            The card; None where there is none left.
        """
        moment = now or datetime.now(UTC)
        with translated(self._path), transaction(self._db):
            self._db.execute("DELETE FROM holds WHERE until <= ? OR user = ?", (_stamp(moment), user))
            held = {subject for (subject,) in self._db.execute("SELECT subject FROM holds")}
            free = next((subject for subject in candidates(len(held) + 1) if subject not in held), None)
            if free is not None:
                self._db.execute("INSERT INTO holds VALUES (?, ?, ?)", (free, user, _end(moment)))
        return free

    def claim(self, user: str, subject: str, now: datetime | None = None) -> bool:
        """Claim one card, as when somebody opens it by its address.

        Args:
            user: who claims; the card that they held is let go if they get this one.
            subject: the card.
            now: the moment, for tests.

        Returns:
            Whether they hold it now; no where somebody else does.
        """
        moment = now or datetime.now(UTC)
        with translated(self._path), transaction(self._db):
            self._db.execute("DELETE FROM holds WHERE until <= ?", (_stamp(moment),))
            row = self._db.execute("SELECT user FROM holds WHERE subject = ?", (subject,)).fetchone()
            if row and row[0] != user:
                return False
            self._db.execute("DELETE FROM holds WHERE user = ?", (user,))
            self._db.execute("INSERT INTO holds VALUES (?, ?, ?)", (subject, user, _end(moment)))
        return True

    def renew(self, user: str, subject: str, now: datetime | None = None) -> bool:
        """Keep a card in hand while it is open.

        Args:
            user: who holds it.
            subject: the card.
            now: the moment, for tests.

        Returns:
            Whether they still hold it.
        """
        moment = now or datetime.now(UTC)
        with translated(self._path), transaction(self._db):
            asked = "UPDATE holds SET until = ? WHERE subject = ? AND user = ?"
            return bool(self._db.execute(asked, (_end(moment), subject, user)).rowcount)

    def release(self, user: str) -> None:
        """Let go of the card in somebody's hand.

        Args:
            user: whose hand.
        """
        with translated(self._path), transaction(self._db):
            self._db.execute("DELETE FROM holds WHERE user = ?", (user,))

    def holder(self, subject: str, now: datetime | None = None) -> str | None:
        """Who holds a card; None where nobody does.

        Args:
            subject: the card.
            now: the moment, for tests.
        """
        return next((hold.user for hold in self.all(now) if hold.subject == subject), None)

    def all(self, now: datetime | None = None) -> list[Hold]:
        """Who holds what, by user.

        Args:
            now: the moment, for tests.
        """
        moment = _stamp(now or datetime.now(UTC))
        with translated(self._path):
            rows = self._db.execute("SELECT subject, user, until FROM holds WHERE until > ? ORDER BY user", (moment,))
            return [Hold(*row) for row in rows]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _end(moment: datetime) -> str:
    return _stamp(moment + timedelta(minutes=MINUTES))
