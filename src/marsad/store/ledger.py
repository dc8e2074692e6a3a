"""The ledger: open it, fill it, ask it. `marsad.Ledger` is this class."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Final, NamedTuple

import msgspec

from marsad.ledger.diplomacy import ProposalLine, TruceLine, proposals, truces
from marsad.ledger.flat import incident_row
from marsad.ledger.model import Incident, Mention
from marsad.ledger.words import search_keys
from marsad.model.errors import NoSuchIncident
from marsad.model.record import Record
from marsad.store.answers import incident_of, mentions_as_left
from marsad.store.checking import counted, problems
from marsad.store.corrected import CAPTURES
from marsad.store.database import connect, transaction, translated
from marsad.store.dating import reasons
from marsad.store.filters import Filter, finding_query, incident_query, page_query
from marsad.store.grouping import Tell, regroup_around
from marsad.store.jobs import job_of
from marsad.store.judging import append, derive, named
from marsad.store.settling import settle
from marsad.store.work import Done, Given, Job, read_job, unpacked
from marsad.store.writing import DERIVED, known, write_page, write_reading, write_words

NEWS: Final = Filter()  # what pages tell as news
_EVERYTHING: Final = Filter(background=True)
_FOUND: Final = 200  # pages of a search, unless told otherwise


class PageInfo(NamedTuple):
    """What the ledger knows of a page beside its record; `dated_by` why a page that says no day was given one."""

    id: str
    sha256: str
    url: str | None
    publisher: str | None
    headline: str | None
    published: str | None
    versions: int
    dated_by: tuple[str, ...] = ()


class Ledger:
    """A ledger's file, opened. Use it as a context manager, or close it.

    >>> with Ledger.open("karabakh.marsad") as ledger:          # doctest: +SKIP
    ...     for incident in ledger.incidents(Filter(types=("ASSAULT",))):
    ...         print(incident.first, incident.words)
    """

    def __init__(self, path: pathlib.Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = self.db = db

    @classmethod
    def open(cls, path: str | pathlib.Path, *, write: bool = False, create: bool = False) -> Ledger:
        """Open a ledger.

        Args:
            path: its file.
            write: whether it will be changed.
            create: make it where it does not exist; implies `write`.

        Raises:
            MarsadError: M107 there is no such file, M501 it is no ledger, M502 it is newer than the program, M503 it
                cannot be written, M505 it is damaged.
        """
        path = pathlib.Path(path)
        return cls(path, connect(path, create=create, write=write))

    def close(self) -> None:
        """Close the file; what was written is kept."""
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ filling

    def knows(self, jobs: Iterable[Job]) -> set[str]:
        """The digests of those pages that the ledger holds already.

        Args:
            jobs: the pages.
        """
        with translated(self.path):
            return known(self._db, [job.digest for job in jobs])

    def write(self, pages: Iterable[Done]) -> None:
        """Put pages in, all or none; once it returns they survive a crash.

        Args:
            pages: the pages with what was read from them.
        """
        with translated(self.path), transaction(self._db):
            for page in pages:
                write_page(self._db, page)

    def settle(self, tell: Tell | None = None) -> int:
        """Put the incidents right after pages came; returns how many were made anew.

        Args:
            tell: is told the step, how much of it is done, and of how much.
        """
        with translated(self.path):
            return settle(self._db, tell) if tell else settle(self._db)

    @property
    def unsettled(self) -> int:
        """How many pages came since the incidents were last put right."""
        with translated(self.path):
            return int(self._db.execute("SELECT count(*) FROM unsettled").fetchone()[0])

    def rebuild(self, tell: Tell | None = None) -> None:
        """Make everything derivable anew from the pages' bytes and the judgements.

        Args:
            tell: is told the step, how much of it is done, and of how much.
        """
        with translated(self.path):
            pages = self._db.execute("SELECT seq FROM pages WHERE superseded = 0 ORDER BY seq").fetchall()
            with transaction(self._db):
                for table in (*DERIVED, "incidents", "incident_keys", "likenesses", "unsettled", "stale"):
                    self._db.execute(f"DELETE FROM {table}")
                self._db.execute("INSERT INTO words (words) VALUES ('delete-all')")
                derive(self._db)
                for n, (seq,) in enumerate(pages):
                    self._reread(seq)
                    if tell:
                        tell("reading", n + 1, len(pages))
            self.settle(tell)

    def _reread(self, seq: int) -> None:
        done = read_job(job_of(self._db, seq))
        self._db.execute(
            "UPDATE pages SET error = ?, message = ?, record = NULL, dated = NULL, opening = NULL, sketch = NULL"
            " WHERE seq = ?",
            (done.error, done.message, seq),
        )
        if done.kept is not None:
            write_reading(self._db, seq, done.kept)
            write_words(self._db, seq, done.kept)

    # ------------------------------------------------------------ asking

    def incidents(self, wanted: Filter = NEWS, *, limit: int | None = None) -> Iterator[Incident]:
        """Incidents by day, those of one day in order of their ids.

        Args:
            wanted: which.
            limit: how many at most.
        """
        where, values = incident_query(wanted.checked())
        with translated(self.path):
            rows = self._db.execute(
                f"SELECT data FROM incidents WHERE {where} ORDER BY first IS NULL, first, id LIMIT ?",
                [*values, -1 if limit is None else limit],
            )
            for (data,) in rows:
                yield msgspec.json.decode(unpacked(data), type=Incident)

    def table(self, wanted: Filter = NEWS) -> list[dict[str, Any]]:
        """Incidents as flat rows, ready for a data frame: `pandas.DataFrame(ledger.table())`.

        Args:
            wanted: which.
        """
        return [incident_row(incident) for incident in self.incidents(wanted)]

    def count(self, wanted: Filter = NEWS) -> int:
        """How many incidents a filter lets through.

        Args:
            wanted: which.
        """
        where, values = incident_query(wanted.checked())
        with translated(self.path):
            return int(self._db.execute(f"SELECT count(*) FROM incidents WHERE {where}", values).fetchone()[0])

    def incident(self, incident_id: str) -> Incident:
        """One incident.

        Args:
            incident_id: its id, the id of any of its mentions, or the first digits of one where no other begins so.

        Raises:
            NoSuchIncident: there is none.
        """
        with translated(self.path):
            return incident_of(self._db, incident_id)

    def mentions(self, incident: Incident) -> list[Mention]:
        """The mentions of an incident, in its order, as persons have left them.

        Args:
            incident: the incident.
        """
        with translated(self.path):
            return mentions_as_left(self._db, incident)

    def findings(
        self, kind: str, wanted: Filter = _EVERYTHING, *, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Statements, proposals, truces or alignments by day, each with its page, outlet and day.

        Args:
            kind: `statement`, `proposal`, `truce` or `alignment`.
            wanted: which; `actors` are those who take part.
            limit: how many at most.
        """
        where, values = finding_query(kind, wanted.checked())
        with translated(self.path):
            rows = self._db.execute(
                "SELECT p.id, p.publisher, p.published, f.day, f.data FROM findings f JOIN pages p ON p.seq = f.page"
                f" WHERE {where} ORDER BY f.day IS NULL, f.day, p.id, f.n LIMIT ?",
                [*values, -1 if limit is None else limit],
            )
            for page, outlet, published, day, data in rows:
                yield {"page": page, "outlet": outlet, "published": published, "day": day, **msgspec.json.decode(data)}

    def truces(self, wanted: Filter = _EVERYTHING) -> list[TruceLine]:
        """The truces that pages tell, joined over pages, with every alleged breach.

        Args:
            wanted: which pages are asked, by their days, their outlets and who takes part.
        """
        return truces(self.findings("truce", wanted))

    def proposals(self, wanted: Filter = _EVERYTHING) -> list[ProposalLine]:
        """The proposals that pages tell, joined over pages, with every answer.

        Args:
            wanted: which pages are asked, by their days, their outlets and who takes part.
        """
        with translated(self.path):
            (last,) = self._db.execute("SELECT max(published) FROM pages WHERE superseded = 0").fetchone()
        return proposals(self.findings("proposal", wanted), last)

    def search(self, words: str, wanted: Filter = _EVERYTHING, *, limit: int = _FOUND) -> list[PageInfo]:
        """The pages that hold all of these words, in any of their forms, the most relevant first.

        Args:
            words: the words.
            wanted: which pages: by their day and outlet, and by the incidents that they tell.
            limit: how many at most.
        """
        where, values = page_query(wanted.checked())
        keys = [key for key in search_keys(words) if key]
        if not keys:
            return []
        asked = " ".join('"' + key.replace('"', '""') + '"' for key in keys)
        with translated(self.path):
            rows = self._db.execute(
                f"SELECT p.seq FROM words JOIN pages p ON p.seq = words.rowid WHERE words MATCH ? AND {where}"
                " ORDER BY bm25(words, 4.0, 1.0), p.published, p.id LIMIT ?",
                (asked, *values, limit),
            ).fetchall()
            return [self._info(seq) for (seq,) in rows]

    def page(self, page_id: str) -> PageInfo | None:
        """What is known of a page; None where there is none.

        Args:
            page_id: its id.
        """
        seq = self._current(page_id)
        return self._info(seq) if seq is not None else None

    def record(self, page_id: str) -> Record | None:
        """The record of a page; None where there is none, or the page could not be read.

        Args:
            page_id: its id.
        """
        seq = self._current(page_id)
        with translated(self.path):
            row = self._db.execute("SELECT record FROM pages WHERE seq = ?", (seq,)).fetchone()
        return Record.from_json(unpacked(row[0])) if row and row[0] else None

    def captured(self, page_id: str) -> str | None:
        """The day on which a page was captured, ISO; None where its container does not say it.

        Args:
            page_id: its id.
        """
        seq = self._current(page_id)
        if seq is None:
            return None
        with translated(self.path):
            (given,) = self._db.execute("SELECT given FROM pages WHERE seq = ?", (seq,)).fetchone()
        captured = msgspec.json.decode(given, type=Given).captured
        return captured.isoformat() if captured else None

    def _current(self, page_id: str) -> int | None:
        with translated(self.path):
            row = self._db.execute("SELECT seq FROM pages WHERE id = ? AND superseded = 0", (page_id,)).fetchone()
        return int(row[0]) if row else None

    def _info(self, seq: int) -> PageInfo:
        row = self._db.execute(
            f"SELECT id, sha256, url, publisher, headline, published, ({CAPTURES}) FROM pages p WHERE seq = ?",
            (seq,),
        ).fetchone()
        return PageInfo(*row)._replace(dated_by=tuple(reasons(self._db, seq)))

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query on the ledger's tables (`schema.sql`), for what the questions above do not ask.

        Args:
            sql: a SELECT.
            values: what stands for its marks.
        """
        with translated(self.path):
            return self._db.execute(sql, tuple(values)).fetchall()

    def failures(self) -> list[tuple[str, str, str]]:
        """The pages that could not be read: id, code of the error, message."""
        asked = "SELECT id, error, message FROM pages WHERE error IS NOT NULL AND superseded = 0 ORDER BY id"
        with translated(self.path):
            return self._db.execute(asked).fetchall()

    def stats(self) -> dict[str, int]:
        """How much the ledger holds."""
        with translated(self.path):
            return counted(self._db)

    def timeline(self, wanted: Filter = NEWS) -> list[tuple[str, str, int]]:
        """Incidents counted by day and type.

        Args:
            wanted: which.
        """
        where, values = incident_query(wanted.checked())
        with translated(self.path):
            return self._db.execute(
                f"SELECT first, type, count(*) FROM incidents WHERE {where} AND first IS NOT NULL"
                " GROUP BY first, type ORDER BY first, type",
                values,
            ).fetchall()

    # ------------------------------------------------------------ judging

    def merge(self, one: str, other: str, *, by: str, at: str) -> Incident:
        """Put two incidents together, as a person has decided; the decision is kept, and survives `rebuild`.

        Args:
            one, other: ids of incidents or of their mentions.
            by: who decides.
            at: when, ISO 8601.
        """
        first, second = self.incident(one), self.incident(other)
        self._judge("merge", {"sides": [first.mentions, second.mentions]}, by, at)
        return self.incident(first.id)

    def split(self, incident: str, mentions: Iterable[str], *, by: str, at: str) -> Incident:
        """Take mentions out of an incident, as a person has decided; the decision is kept, and survives `rebuild`.

        Args:
            incident: its id.
            mentions: ids of those that tell another incident.
            by: who decides.
            at: when, ISO 8601.

        Raises:
            NoSuchIncident: not all of the mentions are the incident's, or none would be left.
        """
        whole, out = self.incident(incident), sorted(set(mentions))
        rest = [m for m in whole.mentions if m not in out]
        if not out or not rest or not set(out) <= set(whole.mentions):
            raise NoSuchIncident("Name some of the incident's mentions, and not all.", incident)
        self._judge("split", {"sides": [out, rest]}, by, at)
        return self.incident(out[0])

    def _judge(self, kind: str, data: dict[str, Any], by: str, at: str) -> None:
        with translated(self.path), transaction(self._db):
            decided = append(self._db, kind, data, by=by, at=at)
            regroup_around(self._db, named(decided))

    # ------------------------------------------------------------ checking

    def check(self) -> list[str]:
        """What is wrong with the file, one sentence each; nothing where it is whole.

        SQLite's own check, the digest of every page's bytes, and that what belongs together is there.
        """
        with translated(self.path):
            return problems(self._db)
