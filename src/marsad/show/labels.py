"""The words of the screens, Arabic and English, from `labels.tsv`; counts in their six Arabic plural forms."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

Language = Literal["ar", "en"]
_ARABIC_FORMS: Final = ("zero", "one", "two", "few", "many", "other")
_ENGLISH_FORMS: Final = ("zero", "one", "other")


class Label(NamedTuple):
    """A label in both languages; a count's forms are separated by `;`."""

    ar: str
    en: str


@cache
def labels() -> dict[str, Label]:
    """Every label by its key, in the file's order."""
    return read_labels((files("marsad.show") / "labels.tsv").read_text(encoding="utf-8"))


def read_labels(text: str) -> dict[str, Label]:
    """The labels of a file.

    Args:
        text: what it holds: a head, then a key and its Arabic and English a line, tabs between them.
    """
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {key: Label(ar, en) for key, ar, en in rows[1:]}


def label(key: str, language: Language = "en") -> str:
    """The label of a key.

    Args:
        key: e.g. `status.claimed`.
        language: `ar` or `en`.

    Returns:
        The label; for a key that the file does not hold (a new PLOVER mode, say) the key's own last part.
    """
    found = labels().get(key)
    return getattr(found, language) if found else key.split(".", 1)[-1].replace("_", " ")


def plural(n: int, language: Language = "ar") -> str:
    """The plural category of a whole number, after the Unicode CLDR's rules.

    Args:
        n: the number.
        language: `ar` or `en`.
    """
    if language == "en" or n < 3:
        return ("zero", "one", "two")[n] if n < (2 if language == "en" else 3) else "other"
    last = n % 100
    return "few" if 3 <= last <= 10 else "many" if last >= 11 else "other"


def counted(key: str, n: int, language: Language = "ar") -> str:
    """A count in words: «حدثان», «3 أحداث», «11 حدثا».

    Args:
        key: a key of the file whose cells hold plural forms, e.g. `count.events`.
        n: the number, 0 or more.
        language: `ar` or `en`.
    """
    return form(label(key, language), n, language).replace("{n}", str(n))


def form(forms: str, n: int, language: Language) -> str:
    """The plural form of a number.

    Args:
        forms: all forms, as a cell of the file holds them.
        n: the number, 0 or more.
        language: `ar` or `en`.
    """
    names = _ARABIC_FORMS if language == "ar" else _ENGLISH_FORMS
    return forms.split(";")[names.index(plural(n, language))]
