"""The desk's words in both languages: a reading's (`show/labels.tsv`) and each screen's own (`web/words/*.tsv`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from marsad.show.labels import Label, Language, form, labels, read_labels


@cache
def words() -> dict[str, Label]:
    """Every label by its key."""
    found = dict(labels())
    for entry in sorted((files("marsad.web") / "words").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".tsv"):
            found |= read_labels(entry.read_text(encoding="utf-8"))
    return found


def word(key: str, language: Language) -> str:
    """The label of a key; for a key that no file holds (a new PLOVER mode, say) the key's own last part.

    Args:
        key: e.g. `today.title`.
        language: `ar` or `en`.
    """
    found = words().get(key)
    return getattr(found, language) if found else key.split(".", 1)[-1].replace("_", " ")


def counted(key: str, n: int, language: Language) -> str:
    """A count in words, in the number's plural form; `{n}` is left to be written.

    Args:
        key: a key whose cells hold plural forms, e.g. `count.incidents`.
        n: the number, 0 or more.
        language: `ar` or `en`.
    """
    return form(word(key, language), n, language)
