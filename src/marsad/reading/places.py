"""Where things are: every place that a text names, found by its name and located by the pack, offline.

A name is looked up word by word, the longest first, the hand-made rows before the gazetteer. What stands before it
decides whether it is a place at all: «في روسيا» is one, «أعلنت روسيا» is a government; «مدينة الباب» is one, «الباب» a
door; «قناة الجزيرة» is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from marsad.language.places import PlaceName, PlaceRow, PlaceWord, country_adjectives, country_of, place_words
from marsad.model.record import Place, PlaceKind
from marsad.reading.place_names import Found, find_names
from marsad.reading.place_signs import BARE, BLOCKED, LOCATIVE, NAMED, WEAK, Reading, level_of, word_before
from marsad.text.fold import fold
from marsad.text.tokens import Token

_MANY: Final = 100_000


class PlaceMention(NamedTuple):
    """A place named at a stretch of tokens.

    `first` and `last` are token indexes, last not included; `start` and `end` the span in the page's text, without
    clitics; `lat` and `lon` degrees, None where unknown; `row` the pack's row; `certain` is False where only the
    other countries that the page names speak for it.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    name_en: str | None
    country: str | None
    lat: float | None
    lon: float | None
    kind: PlaceKind
    geonames: int | None
    row: str
    certain: bool


def find_places(tokens: Sequence[Token], countries_in_page: Counter[str] | None = None) -> list[PlaceMention]:
    """The places that a line names, in order.

    Args:
        tokens: the line's tokens.
        countries_in_page: how often the page names each country (ISO 3166-1 alpha-3), to tell places of one name apart.

    Returns:
        Mentions that do not overlap. A country or a capital is there only where it is said to be a place.
    """
    candidates = find_names(tokens)
    support = Counter(countries_in_page or {}) + _countries_of(candidates)
    mentions: list[PlaceMention] = []
    reading = Reading(support, -1, BARE)
    for n, found in enumerate(candidates):
        following = candidates[n + 1] if n + 1 < len(candidates) else None
        level = level_of(tokens, found, following, reading)
        mention = _mention(tokens, found, level, support)
        if mention and not (mentions and mention.first < mentions[-1].last):
            mentions.append(mention)
            reading = Reading(support, mention.last, level)
    return _with_lands(tokens, mentions)


def merge_places(mentions: Iterable[PlaceMention]) -> tuple[Place, ...]:
    """The page's places, each once with all its mentions, in order of first appearance.

    Args:
        mentions: the mentions of all lines, with spans in the page's text.

    Returns:
        Places with ids `p1`, `p2` …
    """
    by_row: dict[str, list[PlaceMention]] = {}
    for mention in sorted(set(mentions), key=lambda m: (m.start, m.end, m.row)):
        by_row.setdefault(mention.row, []).append(mention)
    return tuple(_place(f"pl{n}", group) for n, group in enumerate(by_row.values(), 1))


def _place(place_id: str, group: Sequence[PlaceMention]) -> Place:
    m = next((g for g in group if not _is_land(g)), group[0])
    return Place(
        id=place_id, name=m.name, name_en=m.name_en, country=m.country, lat=m.lat, lon=m.lon, kind=m.kind,
        geonames=m.geonames, mentions=tuple(dict.fromkeys((g.start, g.end) for g in group)),
    )  # fmt: skip


def _is_land(mention: PlaceMention) -> bool:
    """Whether a state is named by its soil («الأراضي العراقية»), which is no name to show where it has another."""
    words = place_words().get(fold(mention.name.partition(" ")[0]), ()) if mention.kind == "country" else ()
    return any(word.group == "land" for word in words)


def _countries_of(candidates: Sequence[Found]) -> Counter[str]:
    """The countries that the line itself speaks of: those named, and those of places that are no everyday word."""
    sure = (f.names[0] for f in candidates if len({n.row for n in f.names}) == 1)
    return Counter(n.row.country for n in sure if n.row.country and n.row.layer != "gazetteer" and not n.is_common)


def _mention(tokens: Sequence[Token], found: Found, level: int, support: Counter[str]) -> PlaceMention | None:
    name = _choose(found.names, support)
    supported = bool(name.row.country and support[name.row.country])
    if level == BLOCKED or not _is_place(name, level, supported, found.clitics):
        return None
    site = _site_word(tokens, found, name) if level == NAMED else None
    if site:
        return _site(tokens, found, name, site)
    start, end = _start(tokens[found.first], found.clitics), tokens[found.last - 1].end
    certain = level >= WEAK or not (name.is_common or name.row.layer == "gazetteer")
    return _of_row(name.row, name.name, found.first, found.last, start, end, certain)


def _of_row(row: PlaceRow, name: str, first: int, last: int, start: int, end: int, certain: bool) -> PlaceMention:
    return PlaceMention(
        first, last, start, end, name, row.name_en, row.country, row.lat, row.lon, row.kind, row.geonames, row.id,
        certain,
    )  # fmt: skip


def _choose(names: tuple[PlaceName, ...], support: Counter[str]) -> PlaceName:
    """Of several places of one name, the one whose country the page names most; then the capital, then the largest."""
    if len(names) == 1:
        return names[0]
    return max(names, key=lambda n: (support[n.row.country or ""], n.is_capital, n.row.population))


def _is_place(name: PlaceName, level: int, supported: bool, clitics: str) -> bool:
    if name.row.layer == "gazetteer":
        glued = bool(clitics) and clitics not in ("و", "ف") and not name.name.startswith("ال") and not name.rest
        return _is_gazetteer_place(name, level, supported) and not glued
    if name.is_common:  # «بحجة» is a pretext, no town
        return level == NAMED or (level == LOCATIVE and supported and not clitics.endswith("ب"))
    if name.row.kind == "country" or name.is_capital:
        return level >= LOCATIVE
    if name.row.kind == "region" and name.row.country is None:
        return level >= WEAK
    # A short name behind a clitic is most often another word: «لغات» is not «غات».
    is_short = len(name.name) <= 4 and not name.rest and clitics not in ("", "و")
    return supported if is_short or clitics.endswith("ك") else True


def _is_gazetteer_place(name: PlaceName, level: int, supported: bool) -> bool:
    if name.is_common:
        return level == NAMED and supported
    if level >= LOCATIVE:
        return supported or name.row.population >= _MANY
    return supported and bool(name.rest) and level >= BARE


def _site_word(tokens: Sequence[Token], found: Found, name: PlaceName) -> PlaceWord | None:
    """The generic noun that makes a site of a city's name («مطار» before a city), or None."""
    at = word_before(tokens, found.first)
    is_city = name.row.kind in ("city", "region") and name.row.country is not None
    if found.clitics or at < 0 or at != found.first - 1 or not is_city:
        return None
    return next((w for w in place_words().get(tokens[at].key, ()) if w.group == "generic" and w.kind == "site"), None)


def _site(tokens: Sequence[Token], found: Found, name: PlaceName, word: PlaceWord) -> PlaceMention:
    """A site named after a city and not in the pack: it lies where the city lies."""
    head = tokens[found.first - 1]
    start = _start(head, head.key[: word.clitics])
    spelling = f"{_bare(head, start)} {name.name}"
    row = name.row._replace(id=f"{name.row.id}#{word.row}", kind="site", geonames=None)
    mention = _of_row(row, spelling, found.first - 1, found.last, start, tokens[found.last - 1].end, True)
    return mention._replace(name_en=None)


def _start(token: Token, clitics: str) -> int:
    """Where a name begins in the text, after the clitics of its first word."""
    left = len(clitics)
    for offset, ch in enumerate(token.form):
        if left <= 0 and fold(ch):
            return token.start + offset
        left -= len(fold(ch))
    return token.start


def _bare(token: Token, start: int) -> str:
    """A word without its clitics, the article whole again («للأراضي» → «الأراضي»)."""
    form = token.form[start - token.start :]
    return "ا" + form[1:] if form.startswith("لل") else form


def _with_lands(tokens: Sequence[Token], mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions and, among them, states named by their soil («الأراضي العراقية»)."""
    lands = [land for i in range(len(tokens) - 1) if (land := _land(tokens, i))]
    if not lands:
        return mentions
    taken = {k for m in mentions for k in range(m.first, m.last)}
    return sorted([*mentions, *(m for m in lands if m.first not in taken and m.last - 1 not in taken)])


def _land(tokens: Sequence[Token], i: int) -> PlaceMention | None:
    code = country_adjectives().get(tokens[i + 1].key)
    word = next((w for w in place_words().get(tokens[i].key, ()) if w.group == "land"), None) if code else None
    row = country_of(code) if code and word else None
    if not row or not word:
        return None
    start = _start(tokens[i], tokens[i].key[: word.clitics])
    spelling = f"{_bare(tokens[i], start)} {tokens[i + 1].form}"
    return _of_row(row, spelling, i, i + 2, start, tokens[i + 1].end, True)
