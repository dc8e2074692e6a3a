"""Opening the ledger's file: its version, its safety, and SQLite's errors as ours."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

import msgspec

from marsad.model.errors import (
    BusyLedger,
    CannotWrite,
    DamagedLedger,
    DiskFull,
    MarsadError,
    NewerLedger,
    NotALedger,
    NotFound,
)
from marsad.store.work import search_name

VERSION: Final = 2
_APPLICATION: Final = 0x4D525344  # "MRSD", in the file's header
_MAGIC: Final = b"SQLite format 3\0"
_PATIENCE: Final = 10.0  # seconds to wait for another writer
_MIGRATIONS: Final = {1: "schema-1-to-2.sql"}  # from a version to the next; version 1 is the first
_READ_AS: Final = {1: "schema-1-read-as-2.sql"}  # what an older version that is only read lacks


def connect(path: pathlib.Path, *, create: bool = False, write: bool = False) -> sqlite3.Connection:
    """Open a ledger's file.

    Args:
        path: the file.
        create: make it where it does not exist.
        write: open it for writing, and bring an older file to this version.

    Returns:
        A connection in autocommit mode: transactions are begun by the caller.

    Raises:
        NotFound, NotALedger, NewerLedger, CannotWrite, DamagedLedger: what its name says.
    """
    if not path.exists() and not create:
        raise NotFound("There is no such ledger.", str(path))
    with translated(path):
        _refuse_other_files(path)
        if create or write:
            return _connected(path, "mode=rwc" if create else "mode=rw", create=create, write=True)
        try:
            return _connected(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _waits(path):
                raise
            return _connected(path, "mode=ro&immutable=1")  # where no file may be made beside it


def _refuse_other_files(path: pathlib.Path) -> None:
    """SQLite takes a file of a byte or two for an empty one, and would write over it."""
    if path.exists():
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
        if head not in (b"", _MAGIC):
            raise NotALedger("It is no SQLite file.", str(path))


def _waits(path: pathlib.Path) -> bool:
    """Whether something that was written still stands beside the file."""
    log = path.with_name(path.name + "-wal")
    return not path.is_file() or (log.exists() and log.stat().st_size > 0)


def _connected(path: pathlib.Path, how: str, *, create: bool = False, write: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=_PATIENCE, isolation_level=None,
        check_same_thread=False,  # a request of the desk may go from one thread to another, never two use it at once
    )  # fmt: skip
    try:
        _settle_in(db, path, create=create, write=write)
    except BaseException:
        db.close()
        raise
    return db


def _settle_in(db: sqlite3.Connection, path: pathlib.Path, *, create: bool, write: bool) -> None:
    if create and _empty(db):
        _make(db)
    if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise NotALedger("It is a database, but no ledger of Marsad.", str(path))
    found = db.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise NewerLedger(f"It has version {found}; this program knows versions up to {VERSION}.", str(path))
    if write:
        migrate(db, found)
        db.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut too
    elif found in _READ_AS:
        db.execute("PRAGMA temp_store = MEMORY")
        _run(db, _READ_AS[found])
    db.create_function("search_name", 1, lambda name: name and search_name(name), deterministic=True)
    db.execute("PRAGMA cache_size = -65536")
    db.execute("PRAGMA foreign_keys = ON")


def _empty(db: sqlite3.Connection) -> bool:
    """Whether nothing was made in the file yet, be it that the program was killed just then."""
    made = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return not made and not db.execute("PRAGMA application_id").fetchone()[0]


def _make(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    try:
        db.executescript(
            f"BEGIN IMMEDIATE; {_sql('schema.sql')};"
            f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
    except sqlite3.OperationalError:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if _empty(db):  # else another process has made it meanwhile
            raise


def _sql(name: str) -> str:
    return files("marsad.store").joinpath(name).read_text("utf-8")


def _run(db: sqlite3.Connection, name: str) -> None:
    """A file's statements, within the transaction that runs."""
    for statement in _sql(name).split(";\n"):
        db.execute(statement)


def migrate(db: sqlite3.Connection, found: int) -> None:
    """Bring a ledger from an older version to this one, one version at a time, each in one transaction.

    Args:
        db: the ledger.
        found: the version that it has.
    """
    if found < VERSION and found not in _MIGRATIONS:
        raise sqlite3.DatabaseError(f"there never was a version {found}")
    for version in range(found, VERSION):
        with transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] == version:  # else another process came first
                _run(db, _MIGRATIONS[version])
                db.execute(f"PRAGMA user_version = {version + 1}")


@contextmanager
def translated(path: pathlib.Path) -> Iterator[None]:
    """SQLite's and the system's errors within the block become ours.

    Args:
        path: the ledger's file, named in the error.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedLedger(f"What was stored cannot be read: {error}.", str(path)) from error
    except OSError as error:
        raise CannotWrite(f"{error.strerror or error}.", str(path)) from error


def _ours(error: sqlite3.Error, path: pathlib.Path) -> MarsadError:
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith("SQLITE_FULL") or name == "SQLITE_IOERR_WRITE":
        return DiskFull(f"Writing failed: {text}.", str(path))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return CannotWrite(f"It cannot be opened or written: {text}.", str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyLedger("Another command holds it.", str(path))
    if name.startswith("SQLITE_NOTADB"):
        return NotALedger("It is no SQLite file.", str(path))
    return DamagedLedger(f"SQLite says: {text}.", str(path))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written within the block.

    Args:
        db: a connection that may write.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
