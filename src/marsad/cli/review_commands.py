"""The commands of the review, as the command line knows them; what they do stands in `review`."""

from __future__ import annotations

import pathlib
import sys
from typing import Annotated

import typer

from marsad.cli.commands import (
    ActorOption,
    Background,
    By,
    Csv,
    Json,
    Outlet,
    Path,
    Place,
    Since,
    Sources,
    StatusOption,
    Type,
    Until,
    _filter,
)

Mention = Annotated[
    str, typer.Argument(metavar="MENTION", help="A mention's id, or its first digits.", show_default=False)
]


def judge(
    ledger: Path,
    mention: Mention,
    verdict: Annotated[
        str,
        typer.Argument(
            metavar="DECISION",
            help="accept, reject, denied, unverifiable, edit, skip, flag, note, or adjudicate with --verdict.",
            show_default=False,
        ),
    ],
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=JSON", help="A value that is changed, as the mention's JSON writes it; repeatable."),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Words to be kept beside it.")] = None,
    adjudged: Annotated[
        str | None, typer.Option("--verdict", metavar="VERDICT", help="The verdict that ends a dispute.")
    ] = None,
    by: By = None,
) -> None:
    """Decide on a mention; the decision is kept, and survives `rebuild`."""
    from marsad.cli.review import judge as run

    sys.exit(run(ledger, mention, verdict, fields=field or [], note=note, adjudged=adjudged, by=by))


def undo(
    ledger: Path,
    number: Annotated[
        int | None, typer.Option("--number", metavar="N", help="The judgement's number; your last one without it.")
    ] = None,
    by: By = None,
) -> None:
    """Take back a decision of yours: a verdict, a mark, a merge or a split; the log keeps both."""
    from marsad.cli.review import undo as run

    sys.exit(run(ledger, number, by=by))


def reviews(
    ledger: Path, since: Since = None, until: Until = None, actor: ActorOption = None, place: Place = None,
    type: Type = None, status: StatusOption = None, outlet: Outlet = None, background: Background = False,
    sources: Sources = 1,
    coders: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=2, help="From now on so many code each card: 1 or 2.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(metavar="SHARE", min=0, max=1, help="Which share of the cards two code.")
    ] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Show how far the review is: cards in each state, who holds what, and how far two coders agree."""
    from marsad.cli.review import reviews as run

    wanted = _filter(since, until, actor, place, type, status, outlet, background, sources)
    sys.exit(run(ledger, wanted, coders=coders, share=share, as_json=json))


def judgements(
    ledger: Path,
    mention: Annotated[str | None, typer.Option(metavar="ID", help="Of one mention; its first digits do.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Of one person.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="N rows at most.")] = 100,
    json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """List what persons have decided, the latest first, with what was taken back."""
    from marsad.cli.review import judgements as run

    sys.exit(run(ledger, mention=mention, by=by, limit=limit, as_json=json, as_csv=csv))


def import_(
    ledger: Path,
    file: Annotated[
        pathlib.Path,
        typer.Argument(metavar="FILE", help="What Label Studio has exported, format JSON.", show_default=False),
    ],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Whose annotations they are, if the file has no names.")
    ] = None,
) -> None:
    """Take in decisions that were made in Label Studio; those that stand already are not written twice."""
    from marsad.cli.review import take_in as run

    sys.exit(run(ledger, file, by=by))


ALL = (judge, undo, reviews, judgements, import_)
