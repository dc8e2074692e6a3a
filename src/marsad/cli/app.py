"""The command line: pages (`read`, `explain`, `score`), and the ledger (`add`; the rest in `commands`).

Only what parses the command line is imported here; the rest is loaded by the command that needs it.
"""

from __future__ import annotations

import pathlib
import sys
from typing import Annotated

import typer

from marsad.cli import commands, desk, review_commands

app = typer.Typer(
    name="marsad",
    help="Marsad (مرصد) reads Arabic conflict news into a sourced record: who said what, who did what to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(shown: bool) -> None:
    if shown:
        from importlib.metadata import version

        typer.echo(f"marsad {version('marsad')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE...",
            help="Files (.html, .txt, .jsonl, .warc, each also .gz), folders, addresses, or - for standard input.",
            show_default=False,
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day of publication, YYYY-MM-DD, where the page does not say it."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet's name.")] = None,
    url: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The page's address.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one record a line, marsad.record/1.")] = False,
    html: Annotated[
        pathlib.Path | None,
        typer.Option(metavar="FILE", help="Write the reading as one self-contained page to send to a colleague."),
    ] = None,
    max_size: Annotated[
        int, typer.Option(metavar="MB", min=1, help="The largest page that is read, in megabytes.")
    ] = 30,
) -> None:
    """Read pages and show, or print as records, what they say."""
    from marsad.cli.read import run

    sys.exit(
        run(pages, published=published, publisher=publisher, url=url, as_json=json, html=html, limit=max_size << 20)
    )


@app.command()
def explain(
    page: Annotated[str, typer.Argument(metavar="PAGE", help="A page, as for `marsad read`.", show_default=False)],
    finding: Annotated[str, typer.Argument(metavar="ID", help="A finding's id, e.g. e3, s1, a2.", show_default=False)],
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of publication, YYYY-MM-DD, as it was given to `read`.")
    ] = None,
) -> None:
    """Say why a page's event, statement or actor was read as it was: rules, words, and what was tried and lost."""
    from marsad.cli.explain import run

    sys.exit(run(page, finding, published=published))


@app.command()
def score(
    gold: Annotated[
        pathlib.Path,
        typer.Argument(metavar="GOLD.jsonl", help="Texts with what coders wrote down of them.", show_default=False),
    ],
    records: Annotated[
        pathlib.Path | None,
        typer.Option(metavar="FILE", help="Records that were read before, instead of reading the texts now."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    errors: Annotated[
        int, typer.Option(metavar="N", min=0, help="Also print the first N events that were missed or invented.")
    ] = 0,
) -> None:
    """Compare the readings of your own coded texts with the coding: precision, recall and F1, finding by finding."""
    from marsad.cli.score import run

    sys.exit(run(gold, records=records, as_json=json, errors=errors))


@app.command()
def add(
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGE...", help="Pages, as for `marsad read`.", show_default=False)
    ],
    into: Annotated[pathlib.Path, typer.Option(metavar="LEDGER", help="The ledger's file.", show_default=False)],
    published: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day of publication, YYYY-MM-DD, where the page does not say it."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet's name.")] = None,
    max_size: Annotated[
        int, typer.Option(metavar="MB", min=1, help="The largest page that is read, in megabytes.")
    ] = 30,
    processes: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many processes read; as many as there are cores by default.")
    ] = 0,
) -> None:
    """Read pages into a ledger: one file that keeps them, and the incidents that they tell, over weeks and outlets."""
    from marsad.cli.add import run

    sys.exit(run(pages, into, published=published, publisher=publisher, limit=max_size << 20, processes=processes))


for _command in (*commands.ALL, *review_commands.ALL, *desk.ALL):
    app.command(_command.__name__.strip("_").replace("_", "-"))(_command)


def main() -> None:
    """The entry point of the `marsad` command."""
    app()


if __name__ == "__main__":
    main()
