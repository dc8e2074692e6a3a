"""The same filters on every screen, as parts of its address: `?since=2020-10-10&type=ASSAULT&actor=AZE`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import Depends, Query

from marsad.store.filters import NO_FILTER, Filter

_MANY: Final = {"actor": "actors", "place": "places", "type": "types", "status": "statuses", "outlet": "outlets"}
_Days = Annotated[str, Query(description="A day, YYYY-MM-DD.")]
_Actors = Annotated[list[str], Query(description="A name or a code; repeatable.")]
_Places = Annotated[list[str], Query(description="A place's name or a country's code; repeatable.")]
_Types = Annotated[list[str], Query(description="A PLOVER type; repeatable.")]
_Statuses = Annotated[list[str], Query(description="reported, claimed, denied, future, hypothetical; repeatable.")]
_Outlets = Annotated[list[str], Query(description="An outlet's name; repeatable.")]


def wanted(
    since: _Days = "",
    until: _Days = "",
    actor: _Actors = [],  # noqa: B006 - FastAPI copies it
    place: _Places = [],  # noqa: B006
    type: _Types = [],  # noqa: B006
    status: _Statuses = [],  # noqa: B006
    outlet: _Outlets = [],  # noqa: B006
    background: Annotated[bool, Query(description="Also what pages only refer to.")] = False,
    sources: Annotated[int, Query(ge=1, le=1_000_000, description="Told by so many independent sources at least.")] = 1,
) -> Filter:
    """The filter that an address asks for; fields left empty in a form ask for nothing.

    Raises:
        BadDay, BadFilter: a value is no day, no type or no status.
    """
    return Filter(
        since=since.strip() or None, until=until.strip() or None, actors=_told(actor), places=_told(place),
        types=_told(type), statuses=_told(status), outlets=_told(outlet), background=background,
        least_sources=sources,
    ).checked()  # fmt: skip


def _told(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values if value.strip())


Wanted = Annotated[Filter, Depends(wanted)]


def address(path: str, asked: Filter = NO_FILTER, **more: Any) -> str:
    """A screen's address with a filter.

    Args:
        path: the screen's path.
        asked: the filter.
        more: further parts of the query; one that is named as a part of the filter takes its place, None leaves out.
    """
    parts: dict[str, Any] = {"since": asked.since, "until": asked.until}
    parts |= {name: getattr(asked, field) for name, field in _MANY.items()}
    parts |= {"background": "true" if asked.background else None}
    parts |= {"sources": asked.least_sources if asked.least_sources > 1 else None}
    pairs = [(name, value) for name, value in (parts | more).items() if value not in (None, "", (), [])]
    query = urlencode(pairs, doseq=True)
    return f"{path}?{query}" if query else path


def inside(path: str) -> str:
    """A path of this desk; what would lead to another site leads to the first screen.

    Args:
        path: what a browser sent as the place to go back to.
    """
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/today"
