"""What a reader has chosen for himself: language, digits, the Hijri line, light or dark.

It is kept in a cookie of his browser, so that an address sent to a colleague opens as the colleague likes it."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from starlette.requests import Request
from starlette.responses import Response

from marsad.show.labels import Language

Digits = Literal["latin", "arabic"]
Theme = Literal["auto", "light", "dark"]

COOKIE: Final = "marsad_reader"
_YEAR: Final = 365 * 24 * 3600


class Preferences(NamedTuple):
    """A reader's choices; `hijri` shows each day in the Hijri calendar too."""

    language: Language = "ar"
    digits: Digits = "latin"
    hijri: bool = False
    theme: Theme = "auto"

    @property
    def direction(self) -> str:
        """Which way the screen runs."""
        return "rtl" if self.language == "ar" else "ltr"


def preferences(request: Request) -> Preferences:
    """The choices of whoever asks; `?lang=` goes before the cookie, what is not a choice is taken for none.

    Args:
        request: the request.
    """
    kept = _read(request.cookies.get(COOKIE, ""))
    asked = request.query_params.get("lang")
    return kept._replace(language=asked) if asked in get_args(Language) else kept  # type: ignore[arg-type]


def _read(cookie: str) -> Preferences:
    parts = cookie.split(".")
    known = (get_args(Language), get_args(Digits), ("plain", "hijri"), get_args(Theme))
    if len(parts) != len(known) or any(part not in some for part, some in zip(parts, known, strict=True)):
        return Preferences()
    language, digits, hijri, theme = parts
    return Preferences(language, digits, hijri == "hijri", theme)  # type: ignore[arg-type]


def keep(response: Response, chosen: Preferences) -> None:
    """Give the browser a reader's choices to keep.

    Args:
        response: what is sent.
        chosen: the choices.
    """
    hijri = "hijri" if chosen.hijri else "plain"
    value = ".".join([chosen.language, chosen.digits, hijri, chosen.theme])
    response.set_cookie(COOKIE, value, max_age=_YEAR, httponly=True, samesite="lax")
