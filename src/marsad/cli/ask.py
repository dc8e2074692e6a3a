"""The commands that ask a ledger: what happened, who tells it how, who said, proposed, broke, backs."""

from __future__ import annotations

import itertools
import pathlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from marsad.cli.ledger import INCIDENT_CSV, INCIDENT_TABLE, answer, cell, opened
from marsad.cli.read import ALL_READ, SOME_NOT_READ, USAGE, complain, speak_utf8
from marsad.ledger.diplomacy import ProposalLine, TruceLine
from marsad.ledger.flat import incident_row, named, shown
from marsad.ledger.model import Claimed, Incident, Mention, Version
from marsad.model.errors import MarsadError
from marsad.show.marked import flat
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger

FINDING_TABLES: Final = {
    "statement": ("day", "page", "outlet", "speaker", "via", "words"),
    "alignment": ("day", "page", "outlet", "from", "kind", "to", "words"),
}
PROPOSALS: Final = ("id", "made", "renewed", "state", "by", "stands", "pages", "what")
TRUCES: Final = ("id", "agreed", "kind", "state", "parties", "brokered_by", "broken", "pages", "words")
_FACTS: Final = (
    "id", "type", "mode", "status", "from", "to", "precision", "actors", "recipients", "place", "contested"
)  # fmt: skip
_FOUND: Final = 50  # pages that a search gives unless told otherwise
_BAR: Final = 40  # characters of the longest bar of a timeline


def incidents(path: pathlib.Path, wanted: Filter, *, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """List incidents.

    Args:
        path: the ledger's file.
        wanted: which.
        limit: how many at most.
        as_json, as_csv: for programs; else a table.
    """

    def rows(ledger: Ledger) -> Iterator[Any]:
        found = ledger.incidents(wanted, limit=limit)
        return found if as_json else map(incident_row, found)

    columns = INCIDENT_CSV if as_csv else INCIDENT_TABLE
    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=columns)


def findings(path: pathlib.Path, kind: str, wanted: Filter, *, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """List statements or alignments.

    Args:
        path: the ledger's file.
        kind: `statement` or `alignment`.
        wanted: which.
        limit: how many at most.
        as_json, as_csv: for programs; else a table.
    """

    def rows(ledger: Ledger) -> Iterator[Any]:
        return ledger.findings(kind, wanted, limit=limit)

    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=FINDING_TABLES[kind])


def truces(path: pathlib.Path, wanted: Filter, *, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """List truces, joined over pages, with who is said to have broken them.

    Args:
        path: the ledger's file.
        wanted: which pages are asked.
        limit: how many at most.
        as_json, as_csv: for programs; else a table.
    """

    def rows(ledger: Ledger) -> Iterator[Any]:
        found = itertools.islice(ledger.truces(wanted), limit)
        return found if as_json else map(_truce_row, found)

    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=TRUCES)


def _truce_row(truce: TruceLine) -> dict[str, Any]:
    broken = [f"{day}: " + ", ".join(f"{side} {n}" for side, n in sides.items()) for day, sides in truce.by_day.items()]
    own = {name: getattr(truce, name) for name in ("id", "agreed", "kind", "state", "parties", "brokered_by", "words")}
    return {**own, "broken": broken, "pages": len(truce.pages)}


def proposals(path: pathlib.Path, wanted: Filter, *, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """List proposals, joined over pages, with who answered what.

    Args:
        path: the ledger's file.
        wanted: which pages are asked.
        limit: how many at most.
        as_json, as_csv: for programs; else a table.
    """

    def rows(ledger: Ledger) -> Iterator[Any]:
        found = itertools.islice(ledger.proposals(wanted), limit)
        return found if as_json else map(_proposal_row, found)

    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=PROPOSALS)


def _proposal_row(proposal: ProposalLine) -> dict[str, Any]:
    silent = {p.code or p.name: "silent" for p in proposal.needs_consent_of}
    stands = {**silent, **proposal.stands}
    own = {name: getattr(proposal, name) for name in ("id", "made", "renewed", "state", "by", "what")}
    return {**own, "stands": [f"{who}: {said}" for who, said in stands.items()], "pages": len(proposal.pages)}


def incident(path: pathlib.Path, incident_id: str, *, as_json: bool) -> int:
    """Show one incident: what is undisputed, each figure under each rule, its mentions, and why they stand together.

    Args:
        path: the ledger's file.
        incident_id: its id, or that of one of its mentions.
        as_json: print it as JSON, with its mentions.
    """
    return _one(path, incident_id, as_json=as_json, show=_show_incident)


def versions(path: pathlib.Path, incident_id: str, *, as_json: bool) -> int:
    """Show each side's telling of an incident in columns, with its words and sources.

    Args:
        path: the ledger's file.
        incident_id: its id, or that of one of its mentions.
        as_json: print the versions as JSON.
    """
    return _one(path, incident_id, as_json=as_json, show=_show_versions)


def _one(path: pathlib.Path, incident_id: str, *, as_json: bool, show: Any) -> int:
    speak_utf8()
    try:
        with opened(path) as ledger:
            found = ledger.incident(incident_id)
            mentions = ledger.mentions(found)
            if as_json:
                whole = {**msgspec.to_builtins(found), "told": [msgspec.to_builtins(m) for m in mentions]}
                sys.stdout.write(msgspec.json.encode(whole).decode() + "\n")
            else:
                Console(highlight=False, markup=False).print(show(found, mentions))
    except MarsadError as error:
        complain(error)
        return USAGE
    return ALL_READ


def _show_incident(found: Incident, mentions: Sequence[Mention]) -> Group:
    facts = Table(box=None, show_header=False, pad_edge=False)
    row = incident_row(found)
    for name in (
        "id",
        "type",
        "mode",
        "status",
        "from",
        "to",
        "precision",
        "actors",
        "recipients",
        "place",
        "contested",
    ):
        facts.add_row(name, flat(cell(row[name])))
    facts.add_row("sources", f"{found.sources} independent, {found.copies} copies: {flat(cell(found.outlets))}")
    harm = Table("harm", "rule", "low–best–high", "from mentions", box=None, pad_edge=False, title_justify="left")
    for r in found.ranges:
        told = dict.fromkeys((*r.low_from, *r.best_from, *r.high_from))
        harm.add_row(r.kind, r.rule, shown(r), " ".join(i[:8] for i in told))
    told_by = Table("mention", "day", "page", "status", "words", box=None, pad_edge=False)
    for m in mentions:
        told_by.add_row(m.id[:8], m.first or m.published or "", flat(m.page[:24]), m.status, flat(m.words))
    why = Table("mention", "joined to", "score", "because", box=None, pad_edge=False)
    for link in found.links:
        grounds = ", ".join(f"{r.name} {r.value} {r.weight:+.1f}".replace("  ", " ") for r in link.reasons)
        why.add_row(link.mention[:8], link.to[:8], f"{link.score:.1f}", flat(link.judged or grounds))
    return Group(*(t for t in (facts, harm, told_by, why) if t.row_count))


def _show_versions(found: Incident, mentions: Sequence[Mention]) -> Group:
    by_id = {m.id: m for m in mentions}
    told = Table(pad_edge=False, show_lines=True)
    told.add_column("")
    for version in found.versions:
        told.add_column(flat(f"{named(version.claimant)} {version.claimant.name}" if version.claimant else "outlets"))
    for name, value in _FIELDS.items():
        told.add_row(name, *(flat(value(v)) for v in found.versions))
    told.add_row("words", *("\n".join(flat(w) for w in _words(v, by_id)) for v in found.versions))
    told.add_row("sources", *(flat(_sources(v, by_id)) for v in found.versions))
    head = f"{found.id}  {found.type}  {found.first or ''}  contested: {cell(found.contested) or 'nothing'}"
    return Group(Text(head), told)


def _claims(claims: Sequence[Claimed]) -> str:
    return "; ".join(f"{c.value} ({len(c.mentions)})" if len(c.mentions) > 1 else c.value for c in claims)


_FIELDS: Final[dict[str, Any]] = {
    "status": lambda v: f"{v.status}{', denies' if v.denies else ''}",
    "actors": lambda v: _claims(v.actors),
    "recipients": lambda v: _claims(v.recipients),
    "days": lambda v: "–".join(dict.fromkeys(d for d in (v.first, v.last) if d)),
    "places": lambda v: _claims(v.places),
    "harm": lambda v: "; ".join(
        f"{t.low}{'+' if t.high is None else '' if t.high == t.low else f'–{t.high}'} {t.kind}" for t in v.tolls
    ),
}


def _words(version: Version, mentions: dict[str, Mention]) -> list[str]:
    return list(dict.fromkeys(mentions[i].words for i in version.mentions if i in mentions))


def _sources(version: Version, mentions: dict[str, Mention]) -> str:
    told = [mentions[i] for i in version.mentions if i in mentions]
    return "; ".join(dict.fromkeys(m.outlet or m.page for m in told))


def search(path: pathlib.Path, words: str, wanted: Filter, *, limit: int | None, as_json: bool, as_csv: bool) -> int:
    """List the pages that hold words, in any of their forms.

    Args:
        path: the ledger's file.
        words: what is looked for; a page holds all of them.
        wanted: which pages.
        limit: how many at most.
        as_json, as_csv: for programs; else a table.
    """
    columns = ("page", "published", "publisher", "headline")

    def rows(ledger: Ledger) -> Iterator[Any]:
        for page in ledger.search(words, wanted, limit=limit or _FOUND):
            yield {"page": page.id, **{k: v for k, v in page._asdict().items() if k != "id"}}

    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=columns)


def timeline(path: pathlib.Path, wanted: Filter, *, as_json: bool, as_csv: bool) -> int:
    """Count incidents by day and type; for people a bar for each day.

    Args:
        path: the ledger's file.
        wanted: which.
        as_json, as_csv: for programs, a row for each day and type; else bars.
    """

    def rows(ledger: Ledger) -> Iterator[Any]:
        counted = ledger.timeline(wanted)
        if as_json or as_csv:
            return ({"day": day, "type": kind, "incidents": n} for day, kind, n in counted)
        return _bars(counted)

    columns = ("day", "type", "incidents") if as_csv else ("day", "incidents", "bar", "types")
    return answer(path, rows, as_json=as_json, as_csv=as_csv, columns=columns)


def _bars(counted: Sequence[tuple[str, str, int]]) -> Iterator[dict[str, Any]]:
    days: dict[str, dict[str, int]] = {}
    for day, kind, n in counted:
        days.setdefault(day, {})[kind] = n
    most = max((sum(kinds.values()) for kinds in days.values()), default=1)
    for day, kinds in days.items():
        total = sum(kinds.values())
        types = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
        yield {"day": day, "incidents": total, "bar": "█" * max(1, round(_BAR * total / most)), "types": types}


def stats(path: pathlib.Path, *, as_json: bool) -> int:
    """Say how much a ledger holds.

    Args:
        path: the ledger's file.
        as_json: print one JSON object.
    """

    def rows(ledger: Ledger) -> list[Any]:
        counts = ledger.stats()
        return [counts] if as_json else [{"what": what, "number": n} for what, n in counts.items()]

    return answer(path, rows, as_json=as_json, as_csv=False, columns=("number", "what"))


def check(path: pathlib.Path) -> int:
    """Verify a ledger's file; returns 0 where it is whole, 1 where something is wrong, 2 where it cannot be opened.

    Args:
        path: the ledger's file.
    """
    speak_utf8()
    try:
        with opened(path) as ledger:
            wrong = ledger.check()
            pages = ledger.stats()["pages"]
    except MarsadError as error:
        complain(error)
        return USAGE
    for sentence in wrong:
        sys.stdout.write(sentence + "\n")
    if not wrong:
        sys.stdout.write(f"{path} is whole: {pages} pages, each as it was captured\n")
    return SOME_NOT_READ if wrong else ALL_READ
