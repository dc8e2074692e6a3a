"""The pack's words for actors, ready to be found in a line: names, heads, peoples, adjectives of nationality."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from marsad.language.lexicon import KEPT, Phrases, bare, splits
from marsad.language.morph import adjective_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.text.fold import fold


class ActorWord(NamedTuple):
    """A word or phrase of the pack that names an actor."""

    row: str
    shape: str
    name: str
    kind: str
    code: str | None
    sector: str | None
    role: str | None
    name_en: str | None
    wikidata: str | None


_OPTIONAL: Final = ("code", "sector", "role", "name_en", "wikidata")


def _word(row: Row, shape: str, kind: str, name: str | None = None) -> ActorWord:
    code, sector, role, name_en, wikidata = (row.get(key) or None for key in _OPTIONAL)
    first = name or alternatives(row.get("names") or row.get("forms") or "")[0]
    return ActorWord(row["id"], shape, first, kind, code, sector, role, name_en, wikidata)


@cache
def actor_words() -> Phrases[ActorWord]:
    """Every word of the pack that names an actor, names before common nouns."""
    index: Phrases[ActorWord] = Phrases()
    for row in rows("not_actors.tsv"):
        _add(index, row["forms"], _word(row, "none", "organisation"))
    for row in rows("people.tsv"):
        _add(index, row["names"], _word(row, "name", "person"), name=True)
    for row in rows("actors.tsv"):
        _add(index, row["names"], _word(row, "name", row["kind"]), name=True)
    for row in rows("countries.tsv"):
        country = _word(row, "country", "country")._replace(sector="GOV")
        _add(index, row["names"], country, name=True)
        _add(index, row["capital"], country._replace(shape="capital"), name=True)
        _add(index, row["seats"], country._replace(shape="capital", kind="government"), name=True)
    for row in rows("groups.tsv"):
        _add(index, row["forms"], _word(row, "back", "people")._replace(role=row["kind"]))
    for row in rows("heads.tsv"):
        word = _word(row, row["class"], row["kind"])
        _add(index, row["forms"], word)
        _add(index, "|".join(_accusative(form) for form in alternatives(row["forms"])), word)
    return index


def _accusative(form: str) -> str:
    """The indefinite accusative of a common noun («ضابط» → «ضابطا»), or an empty string where it is spelt the same."""
    head, _, rest = form.partition(" ")
    if head.endswith(("ة", "ا", "ى", "اء", "ون", "ين", "ان", "ات", "و")) or head.startswith("ال"):
        return ""
    return f"{head}ا {rest}".strip()


@cache
def _accusatives() -> frozenset[str]:
    """Keys that only the accusative of a common noun opens («عددا», «ضابطا»)."""
    forms = [form for row in rows("heads.tsv") for form in alternatives(row["forms"])]
    own = {fold(form).split()[0] for form in forms}
    return frozenset(fold(a).split()[0] for form in forms if (a := _accusative(form))) - own


def is_accusative(key: str) -> bool:
    """Whether a word is the indefinite accusative of a noun that names actors.

    Args:
        key: its folding key.
    """
    return key in _accusatives()


def _add(index: Phrases[ActorWord], cell: str, word: ActorWord, *, name: bool = False) -> None:
    for form in alternatives(cell):
        index.add(form, word._replace(name=form) if not name else word, name=name)


class Nisba(NamedTuple):
    """An adjective of nationality, or the name of a people."""

    code: str
    plural: bool
    name_en: str | None


@cache
def nisbas() -> dict[str, Nisba]:
    """Adjectives of nationality by their key without article."""
    found: dict[str, Nisba] = {}
    for row in rows("countries.tsv"):
        for form in alternatives(row["plural"]):
            found.setdefault(fold(form), Nisba(row["code"], True, row["name_en"]))
        for form in alternatives(row["nisba"]):
            for key in adjective_forms(form):
                plural = key.endswith(("ون", "ين", "ات", "يو", "يي")) and key != fold(form)
                found.setdefault(key, Nisba(row["code"], plural, row["name_en"]))
    for row in rows("bodies.tsv"):
        body = next(r for r in rows("actors.tsv") if r["id"] == row["actor"])
        for key in adjective_forms(row["nisba"]):
            found.setdefault(key, Nisba(body["code"], False, body["name_en"]))
    return found


@cache
def bodies() -> dict[str, Row]:
    """The bodies that adjectives stand for, as rows of `actors.tsv`, by their codes."""
    told = {row["actor"] for row in rows("bodies.tsv")}
    return {row["code"]: row for row in rows("actors.tsv") if row["id"] in told}


@cache
def _two_word_nisbas() -> dict[tuple[str, str], str]:
    """The code of adjectives of two words, by their keys without article: «كوري شمالي» is not South Korea."""
    found: dict[tuple[str, str], str] = {}
    for row in rows("countries.tsv"):
        for form in alternatives(row["nisba"]):
            words = form.split()
            if len(words) == 2:
                pairs = ((a, b) for a in adjective_forms(words[0]) for b in adjective_forms(words[1]))
                found.update(dict.fromkeys(pairs, row["code"]))
    return found


def two_word_code(first: str, second: str) -> str | None:
    """The code of an adjective of nationality of two words, or None.

    Args:
        first, second: the folding keys of the two words, articles included.
    """
    return _two_word_nisbas().get((bare(first), bare(second)))


@cache
def _country_keys() -> frozenset[str]:
    """The one-word names of countries, with و, ل and ب before them."""
    names = {fold(n) for row in rows("countries.tsv") for n in alternatives(row["names"]) if " " not in n}
    return frozenset(lead + name for name in names for lead in ("", "و", "ل", "ب"))


class NisbaWord(NamedTuple):
    """A token read as an adjective of nationality."""

    pro: str
    article: bool
    nisba: Nisba


@lru_cache(maxsize=KEPT)
def nisba_of(key: str, counted: bool = False) -> NisbaWord | None:
    """The adjective of nationality in a word, or None.

    Args:
        key: a folding key.
        counted: whether a number stands before it: «25 سوريا» are people, a bare «سوريا» is the country.
    """
    table = nisbas()
    if not counted and key in _country_keys():
        return None
    for split in splits(key):
        if split.rest in table and split.pro in ("", "و", "ل", "ب", "ول", "وب", "ف"):
            return NisbaWord(split.pro, split.article, table[split.rest])
    return None


@cache
def breakaway(column: str) -> frozenset[str]:
    """The names, or the adjectives, by which the pack knows authorities that stand against their state."""
    return frozenset(fold(form) for row in rows("breakaway.tsv") for form in alternatives(row[column]))


@cache
def country_names() -> dict[str, tuple[str, str | None]]:
    """Each country's Arabic and English name by its code."""
    return {r["code"]: (alternatives(r["names"])[0], r["name_en"] or None) for r in reversed(rows("countries.tsv"))}


@cache
def _coalitions() -> dict[tuple[str, str], str]:
    return {(form, r["country"]): r["leader"] for r in rows("coalitions.tsv") for form in alternatives(r["forms"])}


def coalition_leader(name: str, country: str | None) -> str | None:
    """The state that leads a coalition which is named without it («التحالف»), by the country that the page is about.

    Args:
        name: the mention's words.
        country: the country that the page speaks of most.
    """
    words = (bare(fold(w)) for w in name.split())
    return next((leader for w in words if (leader := _coalitions().get((w, country or "")))), None)
