"""The desk's own file beside a ledger: users and their roles, tokens, and when each was last here.

It is kept apart so that a ledger can be sent on without anybody's password. Losing it loses no judgement: those stand
in the ledger, with their users' names.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pathlib
import secrets
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Final, Literal, NamedTuple, get_args

from marsad.model.errors import NewerLedger, NoSuchUser, NotALedger
from marsad.store.database import transaction, translated

Role = Literal["reader", "reviewer", "admin"]
ROLES: Final = get_args(Role)  # each may do what those before it may

_VERSION: Final = 1
_APPLICATION: Final = 0x4D525350  # "MRSP", in the file's header
_PATIENCE: Final = 10.0  # seconds to wait for another writer
_COST: Final = 2**14  # scrypt's n: about 50 ms a try
_SESSION: Final = timedelta(days=14)
_AWAY: Final = timedelta(minutes=30)  # after which coming back is a new visit


class User(NamedTuple):
    """Who sits at the desk: a name and a role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the user may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Visit(NamedTuple):
    """The visit before this one: the moment at which it ended, and the ledger's newest page then; None on the first."""

    before: str | None
    page: int | None


class Issued(NamedTuple):
    """A program's token: what it is for, and when it was issued; the token itself is not kept."""

    label: str
    made: str


class People:
    """The file of the people at a ledger's desk, opened. Use it as a context manager, or close it."""

    def __init__(self, path: pathlib.Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.db = db

    @staticmethod
    def path_beside(ledger: pathlib.Path) -> pathlib.Path:
        """Where the file of a ledger's desk is, or would be.

        Args:
            ledger: the ledger's file.
        """
        return ledger.with_name(ledger.name + "-desk")

    @classmethod
    def beside(cls, ledger: pathlib.Path) -> People:
        """Open, and where it is not there make, the file of a ledger's desk: its name with `-desk` after it.

        Args:
            ledger: the ledger's file.

        Raises:
            MarsadError: M501 it is no such file, M502 it is newer than the program, M503 it cannot be written.
        """
        path = cls.path_beside(ledger)
        with translated(path):
            if not path.exists():
                path.touch(mode=0o600)  # nobody else's to read
            db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            _prepare(db, path)
        return cls(path, db)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> People:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------ users

    def users(self) -> list[User]:
        """Everybody who may log in, by name."""
        with translated(self.path):
            return [User(*row) for row in self.db.execute("SELECT name, role FROM users ORDER BY name")]

    def put(self, name: str, role: Role, password: str) -> User:
        """Add a user, or give one another role and password; their open sessions end.

        Args:
            name: the name that stands beside their judgements.
            role: what they may do.
            password: in clear; only its scrypt key is kept.
        """
        with translated(self.path), transaction(self.db):
            self.db.execute("DELETE FROM tokens WHERE user = ?", (name,))
            self.db.execute(
                "INSERT INTO users VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role,"
                " password = excluded.password",
                (name, role, _hashed(password), _stamp(datetime.now(UTC))),
            )
        return User(name, role)

    def remove(self, name: str) -> None:
        """Take a user out; their judgements stay.

        Args:
            name: their name.

        Raises:
            NoSuchUser: there is none of that name.
        """
        with translated(self.path), transaction(self.db):
            if not self.db.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise NoSuchUser(f"«{name}» is not among the users.")

    def login(self, name: str, password: str) -> User | None:
        """The user of a name and password; None where they do not fit. Takes as long for a name that is not there.

        Args:
            name: the name.
            password: the password.
        """
        with translated(self.path):
            row = self.db.execute("SELECT role, password FROM users WHERE name = ?", (name,)).fetchone()
        fits = _fits(password, row[1] if row else _NOBODY)
        return User(name, row[0]) if row and fits else None

    # ------------------------------------------------------------ tokens

    def issue(self, user: str, *, label: str = "", program: bool = False) -> str:
        """A new token, to be shown once.

        Args:
            user: whose.
            label: what it is for.
            program: whether it is a program's, that holds until it is taken back; else a browser's session.
        """
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        until = None if program else _stamp(now + _SESSION)
        kind = "program" if program else "session"
        with translated(self.path), transaction(self.db):
            self.db.execute("DELETE FROM tokens WHERE until < ?", (_stamp(now),))
            self.db.execute(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?)", (_digest(token), user, kind, label, _stamp(now), until)
            )
        return token

    def bearer(self, token: str) -> User | None:
        """Whose token it is; None where it does not hold (any more).

        Args:
            token: the token.
        """
        with translated(self.path):
            row = self.db.execute(
                "SELECT name, role FROM tokens JOIN users ON name = user"
                " WHERE digest = ? AND (until IS NULL OR until > ?)",
                (_digest(token), _stamp(datetime.now(UTC))),
            ).fetchone()
        return User(*row) if row else None

    def revoke(self, token: str) -> None:
        """End a session, or take a program's token back."""
        with translated(self.path), transaction(self.db):
            self.db.execute("DELETE FROM tokens WHERE digest = ?", (_digest(token),))

    def tokens(self, user: str) -> list[Issued]:
        """The tokens of a user's programs that hold, the newest first.

        Args:
            user: whose.
        """
        sql = "SELECT label, made FROM tokens WHERE user = ? AND kind = 'program' ORDER BY made DESC, label"
        with translated(self.path):
            return [Issued(*row) for row in self.db.execute(sql, (user,))]

    def revoke_issued(self, user: str, made: str) -> bool:
        """Take back the tokens for programs that a user was issued at a moment.

        Args:
            user: whose.
            made: the moment, as `tokens` gives it.

        Returns:
            Whether there was one.
        """
        sql = "DELETE FROM tokens WHERE user = ? AND kind = 'program' AND made = ?"
        with translated(self.path), transaction(self.db):
            return bool(self.db.execute(sql, (user, made)).rowcount)

    # ------------------------------------------------------------ visits

    def visit(self, user: str, page: int = 0, now: datetime | None = None) -> Visit:
        """Note that a user is here; gives what the visit before this one saw.

        Args:
            user: whose visit.
            page: the number of the ledger's newest page, which is seen now.
            now: the moment, for tests.
        """
        moment = now or datetime.now(UTC)
        with translated(self.path), transaction(self.db):
            last, before, page_last, page_before = self._visits(user)
            if last and datetime.fromisoformat(last) < moment - _AWAY:
                before, page_before = last, page_last
            kept = (user, _stamp(moment), before, page, page_before)
            self.db.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)", kept)
        return Visit(before, page_before)

    def visited(self, user: str) -> Visit:
        """What the visit before this one saw, where nothing is to be noted: a program asks, and no user's eyes.

        Args:
            user: whose visit.
        """
        with translated(self.path):
            _, before, _, page_before = self._visits(user)
        return Visit(before, page_before)

    def _visits(self, user: str) -> tuple[str | None, str | None, int | None, int | None]:
        """When this visit was last heard of and when the one before ended, and up to which page each of them saw."""
        row = self.db.execute("SELECT last, before, page, page_before FROM visits WHERE user = ?", (user,)).fetchone()
        return row or (None, None, None, None)


def _prepare(db: sqlite3.Connection, path: pathlib.Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        _make(db)
    if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise NotALedger("It is a database, but not the file of a desk.", str(path))
    if db.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
        raise NewerLedger("It was made by a later version.", str(path))
    with suppress(sqlite3.OperationalError):  # while another opens it too, it stays as it is until the next time
        db.execute("PRAGMA journal_mode = WAL")


def _make(db: sqlite3.Connection) -> None:
    """Two desks may open at once: the one that comes second finds it made."""
    with transaction(db):
        if db.execute("PRAGMA application_id").fetchone()[0]:
            return
        for statement in files("marsad.store").joinpath("people.sql").read_text("utf-8").split(";\n"):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {_VERSION}")


def _hashed(password: str) -> str:
    salt = os.urandom(16)
    return f"{_COST}${salt.hex()}${_key(password, salt, _COST).hex()}"


def _key(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=cost, r=8, p=1, dklen=32)


def _fits(password: str, kept: str) -> bool:
    cost, salt, key = kept.split("$")
    return hmac.compare_digest(_key(password, bytes.fromhex(salt), int(cost)).hex(), key)


_NOBODY: Final = f"{_COST}${'00' * 16}${'00' * 32}"  # no password has this key


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
