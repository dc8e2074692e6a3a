"""The commands on a ledger, as the command line knows them; what they do stands in `ask`, `judge` and `export`."""

from __future__ import annotations

import pathlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from marsad.store.filters import Filter

Path = Annotated[pathlib.Path, typer.Argument(metavar="LEDGER", help="The ledger's file.", show_default=False)]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="An incident's id, or that of one of its mentions.", show_default=False)
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day on, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, YYYY-MM-DD.")]
ActorOption = Annotated[
    list[str] | None, typer.Option("--actor", metavar="NAME", help="A name or code of who takes part; repeatable.")
]
Place = Annotated[
    list[str] | None, typer.Option("--place", metavar="NAME", help="A place's name, or a country's code; repeatable.")
]
Type = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type; repeatable.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="reported, claimed, denied, future, hypothetical; repeatable."),
]
Outlet = Annotated[list[str] | None, typer.Option("--outlet", metavar="NAME", help="An outlet's name; repeatable.")]
Background = Annotated[bool, typer.Option("--background", help="Also what pages only refer to.")]
Sources = Annotated[int, typer.Option("--sources", metavar="N", min=1, help="Told by N independent sources at least.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="N rows at most.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, all that is known.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; your user name by default.")]


def _filter(
    since: str | None, until: str | None, actor: list[str] | None, place: list[str] | None, kind: list[str] | None,
    status: list[str] | None, outlet: list[str] | None, background: bool, sources: int,
) -> Filter:  # fmt: skip
    from marsad.store.filters import Filter

    return Filter(
        since=since, until=until, actors=tuple(actor or ()), places=tuple(place or ()), types=tuple(kind or ()),
        statuses=tuple(status or ()), outlets=tuple(outlet or ()), background=background, least_sources=sources,
    )  # fmt: skip


def incidents(
    ledger: Path, since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None,
    type: Type = None, status: StatusOption = None, outlet: Outlet = None, background: Background = False,
    sources: Sources = 1, limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List incidents: what happened, as most independent sources tell it."""
    from marsad.cli.ask import incidents as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, wanted, limit=limit, as_json=json, as_csv=csv))


def incident(ledger: Path, incident: Id, json: Json = False) -> None:
    """Show one incident: its casualties under each rule, its mentions, and why they stand together."""
    from marsad.cli.ask import incident as run

    sys.exit(run(ledger, incident, as_json=json))


def versions(ledger: Path, incident: Id, json: Json = False) -> None:
    """Show each side's telling of an incident in columns, with its words and sources."""
    from marsad.cli.ask import versions as run

    sys.exit(run(ledger, incident, as_json=json))


def says(
    ledger: Path,
    who: Annotated[str, typer.Argument(metavar="ACTOR", help="A name or a code.", show_default=False)],
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
    limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List what an actor said, over time, with the channels that it passed through."""
    from msgspec.structs import replace

    from marsad.cli.ask import findings as run

    wanted = replace(_filter(since, until, actor, place, type, status, outlet, background, sources), also=(who,))
    sys.exit(run(ledger, "statement", wanted, limit=limit, as_json=json, as_csv=csv))


def proposals(
    ledger: Path,
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
    limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List proposals: whose, when made and renewed, whose consent they need, who answered what."""
    from marsad.cli.ask import proposals as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, wanted, limit=limit, as_json=json, as_csv=csv))


def truces(
    ledger: Path,
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
    limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List truces: between whom, brokered by whom, and who says that whom has broken them."""
    from marsad.cli.ask import truces as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, wanted, limit=limit, as_json=json, as_csv=csv))


def alignments(
    ledger: Path,
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
    limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List standing relations: who supports, opposes, mediates, is allied with, belongs to what."""
    from marsad.cli.ask import findings as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, "alignment", wanted, limit=limit, as_json=json, as_csv=csv))


def search(
    ledger: Path,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Words, found in any of their forms.", show_default=False)
    ],
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
    limit: Limit = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Find the pages that hold words, in any of their forms, the most relevant first."""
    from marsad.cli.ask import search as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, " ".join(words), wanted, limit=limit, as_json=json, as_csv=csv))


def timeline(
    ledger: Path, since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None,
    type: Type = None, status: StatusOption = None, outlet: Outlet = None, background: Background = False,
    sources: Sources = 1, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Count incidents by day and type."""
    from marsad.cli.ask import timeline as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, wanted, as_json=json, as_csv=csv))


def stats(ledger: Path, json: Json = False) -> None:
    """Say how much a ledger holds."""
    from marsad.cli.ask import stats as run

    sys.exit(run(ledger, as_json=json))


def check(ledger: Path) -> None:
    """Verify a ledger's file: SQLite's own check, the digest of every page, and that what belongs together is there."""
    from marsad.cli.ask import check as run

    sys.exit(run(ledger))


def export(
    ledger: Path,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="plover, gdelt, gdelt-mentions, acled, ged, geojson, annotation, ftm, parquet or xlsx; with what"
            " persons decided: gold, training, label-studio or label-studio-config.",
            show_default=False,
        ),
    ],
    out: Annotated[
        pathlib.Path | None, typer.Option("--out", metavar="FILE", help="The file to write; standard output without.")
    ] = None,
    since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None, type: Type = None,
    status: StatusOption = None, outlet: Outlet = None, background: Background = False, sources: Sources = 1,
) -> None:  # fmt: skip
    """Write incidents in one of the field's formats, or pages with what persons decided of them."""
    from marsad.cli.export import run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, format, wanted, out=out))


def merge(
    ledger: Path,
    one: Id,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other incident's id.", show_default=False)],
    by: By = None,
) -> None:
    """Decide that two incidents are one; the decision is kept, and survives `rebuild`."""
    from marsad.cli.judge import merge as run

    sys.exit(run(ledger, one, other, by=by))


def split(
    ledger: Path,
    incident: Id,
    mentions: Annotated[
        list[str],
        typer.Argument(metavar="MENTION...", help="Ids of mentions that tell another incident.", show_default=False),
    ],
    by: By = None,
) -> None:
    """Decide that mentions tell another incident; the decision is kept, and survives `rebuild`."""
    from marsad.cli.judge import split as run

    sys.exit(run(ledger, incident, mentions, by=by))


def rebuild(ledger: Path) -> None:
    """Make everything derivable anew from the pages' bytes and what persons decided."""
    from marsad.cli.judge import rebuild as run

    sys.exit(run(ledger))


ALL = (
    incidents, incident, versions, says, proposals, truces, alignments, search, timeline, stats, check, export, merge,
    split, rebuild,
)  # fmt: skip
