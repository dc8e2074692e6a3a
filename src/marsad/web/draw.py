"""How the screens write things: words in the reader's language, names, numbers and days isolated, page text escaped.

Every value that a page could have filled goes through `Ui`: unseen and direction-turning characters become marks,
markup becomes text, and an isolate keeps it from turning around what stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
from hijridate import Gregorian
from markupsafe import Markup, escape

from marsad.ledger.flat import named
from marsad.ledger.model import Party, Toll
from marsad.show.findings import bounds
from marsad.show.marked import mark
from marsad.store.filters import NO_FILTER, Filter
from marsad.web.preferences import Preferences
from marsad.web.wanted import address
from marsad.web.words import counted, word, words

_ARABIC_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


_ONLY_SAYS: Final = frozenset({None, "say", "write", "carry", "describe"})


class Ui:
    """A screen's pen, in a reader's language and digits.

    Args:
        chosen: the reader's choices.
        path: the screen's own path.
        asked: its filter.
        here: the address that shows this screen again; the path where nothing else is said.
    """

    def __init__(
        self, chosen: Preferences, path: str = "/", asked: Filter = NO_FILTER, here: str | None = None
    ) -> None:
        self.preferences = chosen
        self.language = chosen.language
        self.direction = chosen.direction
        self.path = path
        self.asked = asked
        self.here = here or path

    # ------------------------------------------------------------ words

    def t(self, key: str) -> str:
        """An interface word."""
        return word(key, self.language)

    def known(self, key: str) -> bool:
        """Whether there is an interface word for a key that an address gave."""
        return key in words()

    def count(self, key: str, n: int) -> str:
        """A count in words: «حدثان», «3 أحداث»."""
        return counted(key, n, self.language).replace("{n}", self.n(n))

    def n(self, number: Any) -> str:
        """A number in the reader's digits."""
        return self.digits(str(number))

    def digits(self, text: str) -> str:
        """A text with its digits as the reader likes them."""
        return text.translate(_ARABIC_DIGITS) if self.preferences.digits == "arabic" else text

    # ------------------------------------------------------------ what a page could have filled

    def text(self, value: object) -> str:
        """Text of a page, its unseen characters shown as marks; escaped by the template."""
        return mark(str(value)).text

    def name(self, value: object, kind: str = "name") -> Markup:
        """A name or any words of a page, isolated."""
        return Markup('<bdi class="{}">{}</bdi>').format(kind, self.text(value))

    def code(self, value: object) -> Markup:
        """A code, an id or an address: isolated, from left to right."""
        return Markup('<bdi class="code" dir="ltr">{}</bdi>').format(self.text(value))

    def number(self, value: object) -> Markup:
        """A number or a range of numbers: isolated, from left to right."""
        return Markup('<bdi class="number" dir="ltr">{}</bdi>').format(self.digits(self.text(value)))

    def harm(self, toll: Toll | dict[str, Any]) -> Markup:
        """A count of harm: «3–5 قتلى»; an open one as «≥7»."""
        told = msgspec.convert(toll, Toll) if isinstance(toll, dict) else toll
        return self.number(bounds(told.low, told.high)) + Markup(" {}").format(self.t(f"harm.{told.kind}"))

    def day(self, day: str | None) -> Markup:
        """A day as `2020-10-15`, with the Hijri day where the reader wants it; a dash where it is not known."""
        if not day:
            return Markup('<span class="quiet">—</span>')
        shown = Markup('<time class="date" dir="ltr" datetime="{}">{}</time>').format(day, self.digits(self.text(day)))
        hijri = self.hijri(day) if self.preferences.hijri else ""
        return shown + Markup(' <bdi class="hijri">({})</bdi>').format(hijri) if hijri else shown

    def days(self, first: str | None, last: str | None) -> Markup:
        """A stretch of days; one day where both ends are the same."""
        if not last or first == last:
            return self.day(first)
        return Markup('<span class="days">{}–{}</span>').format(self.day(first), self.day(last))

    def hijri(self, day: str) -> str:
        """A day in the Hijri calendar of Umm al-Qura; empty outside of its tables (1343–1500 AH)."""
        try:
            found = Gregorian.fromdate(date.fromisoformat(day[:10])).to_hijri()
        except (ValueError, OverflowError):
            return ""
        return self.digits(f"{found.day} {self.t(f'hijri.{found.month}')} {found.year}")

    def party(self, party: Party | dict[str, Any]) -> Markup:
        """An actor: the name in the reader's language where it is known, the code beside it."""
        name, name_en, code = _party(party)
        shown = (name_en or name) if self.language == "en" else name
        tail = Markup(' <bdi class="code" dir="ltr">{}</bdi>').format(self.text(code)) if code and code != shown else ""
        return Markup('<span class="party"><bdi>{}</bdi>{}</span>').format(self.text(shown), tail)

    def parties(self, parties: Sequence[Party | dict[str, Any]]) -> Markup:
        """Actors, one after another; a dash where there is none."""
        if not parties:
            return Markup('<span class="quiet">—</span>')
        return Markup("، " if self.language == "ar" else ", ").join(self.party(p) for p in parties)

    def status(self, status: str) -> Markup:
        """A status with its mark."""
        return Markup('<span class="status u-{0}">{1}</span>').format(status, self.t(f"status.{status}"))

    def saying(self, means: str | None) -> Markup:
        """What the verb before somebody's words does with them, where it does not only say them: «نفي», «اتهام»."""
        if means in _ONLY_SAYS:
            return Markup("")
        return Markup('<strong class="means means-{}">{}</strong> ').format(means, self.t(f"means.{means}"))

    # ------------------------------------------------------------ addresses

    def to(self, path: str, **more: Any) -> str:
        """A screen's address that keeps the filter of this one; `more` replaces parts of it, None leaves them out."""
        return address(path, self.asked, **more)

    def page(self, page_id: str, **more: Any) -> str:
        """The address of a page's own screen."""
        return address("/page", id=page_id, **more)

    def web(self, url: str | None) -> Markup:
        """A page's address on the web: a link only where it is plainly one, and shown as it is."""
        if not url:
            return Markup("")
        if not url.startswith(("http://", "https://")) or mark(url).text != url:
            return self.code(url)
        return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(escape(url), self.code(url))


def _party(party: Party | dict[str, Any]) -> tuple[str, str | None, str | None]:
    if isinstance(party, Party):
        return party.name, party.name_en, named(party) if party.code else None
    code, sector = party.get("code"), party.get("sector")
    return party["name"], party.get("name_en"), f"{code}/{sector}" if code and sector else code
