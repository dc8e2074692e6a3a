"""Where things are: every place that a text names, found by its name and located by the pack, offline.

A name is looked up word by word, the longest first, the hand-made rows before the gazetteer. What stands before it
decides whether it is a place at all: «في روسيا» is one, «أعلنت روسيا» is a government; «مدينة الباب» is one, «الباب» a
door; «قناة الجزيرة» is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from marsad.language.places import (
    PlaceName,
    PlaceRow,
    PlaceWord,
    country_adjectives,
    country_of,
    gazetteer,
    hand_names,
    organisation_names,
    place_words,
)
from marsad.model.record import Place, PlaceKind
from marsad.text.fold import fold
from marsad.text.tokens import Token

_PROCLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_OPENERS: Final = frozenset('"«“(\'‘')
_JOINTS: Final = frozenset({"،", ",", "و", "او", "ثم", "/", "("})
_DASHES: Final = frozenset({"-", "–", "—", "(", "/", "_"})
_MANY: Final = 100_000

BLOCKED: Final = -1
BARE: Final = 0
WEAK: Final = 1
LOCATIVE: Final = 2
NAMED: Final = 3


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


class _Found(NamedTuple):
    """Names that match at a stretch of tokens, all equally long, and the clitics before them."""

    first: int
    last: int
    clitics: str
    names: tuple[PlaceName, ...]


class _Reading(NamedTuple):
    """What is known while a line is read: the countries that speak for a place, where the last place ended, how sure."""

    support: Counter[str]
    after: int
    level: int


def find_places(tokens: Sequence[Token], countries_in_page: Counter[str] | None = None) -> list[PlaceMention]:
    """The places that a line names, in order.

    Args:
        tokens: the line's tokens.
        countries_in_page: how often the page names each country (ISO 3166-1 alpha-3), to tell places of one name apart.

    Returns:
        Mentions that do not overlap. A country or a capital is there only where it is said to be a place.
    """
    candidates = _candidates(tokens)
    support = Counter(countries_in_page or {}) + _countries_of(candidates)
    mentions: list[PlaceMention] = []
    reading = _Reading(support, -1, BARE)
    for n, found in enumerate(candidates):
        following = candidates[n + 1] if n + 1 < len(candidates) else None
        level = _level(tokens, found, following, reading)
        mention = _mention(tokens, found, level, support)
        if mention and not (mentions and mention.first < mentions[-1].last):
            mentions.append(mention)
            reading = _Reading(support, mention.last, level)
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
    return tuple(_place(f"p{n}", group) for n, group in enumerate(by_row.values(), 1))


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


# ---------------------------------------------------------------- names in the text
@lru_cache(maxsize=50_000)
def _names_at(key: str) -> tuple[tuple[str, PlaceName], ...]:
    """The names that a word of this key may begin, with the clitics cut off; the longest, then the least cut first."""
    found: list[tuple[str, PlaceName]] = []
    for clitics, stem in _stems(key):
        found += [(clitics, n) for n in hand_names().get(stem, ())]
        if stem in gazetteer():
            found += [(clitics, n) for n in gazetteer().names(stem)]
    return tuple(sorted(found, key=lambda f: (-len(f[1].rest), len(f[0]), f[1].row.layer == "gazetteer")))


def _stems(key: str) -> list[tuple[str, str]]:
    stems = [("", key)]
    for clitics in _PROCLITICS:
        if key.startswith(clitics) and len(key) > len(clitics) + 1:
            stems.append((clitics, key[len(clitics) :]))
            if clitics.endswith("ل") and key.startswith(clitics + "ل"):  # ل + ال → لل
                stems.append((clitics, "ا" + key[len(clitics) - 1 :]))
    return stems


def _candidates(tokens: Sequence[Token]) -> list[_Found]:
    found: list[_Found] = []
    i = 0
    while i < len(tokens):
        match = _match(tokens, i) if tokens[i].kind == "word" else None
        if match:
            found.append(match)
            i = match.last
        else:
            i += 1
    return found


def _match(tokens: Sequence[Token], i: int) -> _Found | None:
    best: tuple[int, str, bool] | None = None
    names: list[PlaceName] = []
    for clitics, name in _names_at(tokens[i].key):
        shape = (len(name.rest), clitics, name.row.layer == "gazetteer")
        if best not in (None, shape):
            break
        if _continues(tokens, i + 1, name.rest):
            best = shape
            names.append(name)
    return _Found(i, i + 1 + best[0], best[1], tuple(names)) if best else None


def _continues(tokens: Sequence[Token], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(tokens):
        return False
    return all(tokens[at + n].key == key for n, key in enumerate(rest))


def _countries_of(candidates: Sequence[_Found]) -> Counter[str]:
    """The countries that the line itself speaks of: those named, and those of places that are no everyday word."""
    sure = (f.names[0] for f in candidates if len({n.row for n in f.names}) == 1)
    return Counter(n.row.country for n in sure if n.row.country and n.row.layer != "gazetteer" and not n.is_common)


# ---------------------------------------------------------------- what stands before and after
def _level(tokens: Sequence[Token], found: _Found, following: _Found | None, reading: _Reading) -> int:
    """How clearly the words around a name say that it is a place, from BLOCKED to NAMED."""
    if _is_inside_name(tokens, found) or _group_at(tokens, found.last, "name", "after"):
        return BLOCKED
    level = _level_before(tokens, found)
    if level == BLOCKED or (level == NAMED and _is_adjective(tokens, found)):
        return BLOCKED
    if _is_joined(tokens, found, reading):
        level = max(level, min(reading.level, LOCATIVE))
    if level == WEAK and following and _links(tokens, found, following):
        return LOCATIVE
    return NAMED if _is_dateline(tokens, found, reading) else level


def _is_adjective(tokens: Sequence[Token], found: _Found) -> bool:
    """Whether a state's name is rather its adjective: «مناطق سورية», but not «شمال سورية»."""
    if found.names[0].row.kind != "country" or "ال" + tokens[found.first].key not in country_adjectives():
        return False
    words = place_words().get(tokens[_before(tokens, found.first)].key, ())
    return any(word.group == "generic" for word in words)


def _level_before(tokens: Sequence[Token], found: _Found) -> int:
    clitic = found.clitics[-1:]
    if clitic and clitic in "ب":
        return LOCATIVE
    if clitic:
        return WEAK if clitic == "ل" else BARE
    at = _before(tokens, found.first)
    words = place_words().get(tokens[at].key, ()) if at >= 0 else ()
    return max((_level_of(tokens, at, word) for word in words), default=BARE) if words else BARE


def _level_of(tokens: Sequence[Token], at: int, word: PlaceWord) -> int:
    if word.group == "person" or (word.group == "name" and word.kind == "name"):
        return BLOCKED
    if word.group == "name" and word.kind == "deep":
        return BLOCKED if any(_group_at(tokens, k, "name", "name") for k in (at - 1, at - 2)) else BARE
    if word.group in ("generic", "direction"):
        return NAMED
    if word.group == "preposition":
        return LOCATIVE if word.kind == "locative" or _is_motion(tokens, at, word.kind) else WEAK
    return BARE


def _is_motion(tokens: Sequence[Token], at: int, kind: str) -> bool:
    """Whether the words before a preposition make it one of place: «انسحب من», «بالقرب من», «الحدود مع»."""
    group, reach = ("border", 4) if kind == "with" else ("motion", 2)
    return any(
        word.group == group or (kind == "weak" and word.group == "near" and tokens[at].key == "من" and k == at - 1)
        for k in range(max(0, at - reach), at)
        for word in place_words().get(tokens[k].key, ())
    )


def _group_at(tokens: Sequence[Token], at: int, group: str, kind: str) -> bool:
    if not 0 <= at < len(tokens):
        return False
    return any(w.group == group and w.kind == kind for w in place_words().get(tokens[at].key, ()))


def _before(tokens: Sequence[Token], first: int) -> int:
    """The index of the word before a name, opening quotation marks and brackets skipped; -1 at the line's start."""
    at = first - 1
    while at >= 0 and tokens[at].key in _OPENERS:
        at -= 1
    return at


def _is_inside_name(tokens: Sequence[Token], found: _Found) -> bool:
    """Whether the name is a part of an organisation's or a person's name, and not said to be where it is."""
    if found.first and tokens[found.first - 1].key == "في":
        return False
    for keys, at in organisation_names().get(tokens[found.first].key.removeprefix("ال"), ()):
        start = found.first - at
        if start >= 0 and start + len(keys) > found.last and _same(tokens, start, keys):
            return True
        if start >= 0 and start < found.first and start + len(keys) >= found.last and _same(tokens, start, keys):
            return True
    return False


def _same(tokens: Sequence[Token], start: int, keys: tuple[str, ...]) -> bool:
    if start + len(keys) > len(tokens):
        return False
    return all(
        tokens[start + n].key.removeprefix("ال") == key.removeprefix("ال") or (n == 0 and tokens[start].key[1:] == key)
        for n, key in enumerate(keys)
    )


def _is_joined(tokens: Sequence[Token], found: _Found, reading: _Reading) -> bool:
    """Whether the name continues a list of places: «في حلب وحمص، وفي دمشق»."""
    if reading.after == found.first:
        return found.clitics == "و" or found.clitics == ""
    between = tokens[reading.after : found.first] if 0 <= reading.after < found.first else ()
    return 0 < len(between) <= 2 and all(t.key in _JOINTS for t in between) and found.clitics in ("", "و")


def _links(tokens: Sequence[Token], found: _Found, following: _Found) -> bool:
    """Whether the name is one end of a way whose other end is no government: «بين أرمينيا وقره باغ»."""
    other = following.names[0]
    at = _before(tokens, found.first)
    is_pair = following.first == found.last and following.clitics == "و" and tokens[at].key == "بين"
    return is_pair and other.row.kind not in ("country",) and not other.is_capital


def _is_dateline(tokens: Sequence[Token], found: _Found, reading: _Reading) -> bool:
    """Whether the name stands in the place and agency line that opens a report: «دبي، الإمارات (سي إن إن) -»."""
    begins = found.first == 0 or (found.first <= 6 and reading.after in (found.first, found.first - 1))
    if not begins or found.clitics:
        return False
    at = found.last
    while at < len(tokens) and at < found.last + 2 and tokens[at].key in ("،", ","):
        onward = _match(tokens, at + 1) if at + 1 < len(tokens) else None
        at = onward.last if onward else at + 1
    return at < len(tokens) and tokens[at].key in _DASHES


# ---------------------------------------------------------------- deciding
def _mention(tokens: Sequence[Token], found: _Found, level: int, support: Counter[str]) -> PlaceMention | None:
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
        first, last, start, end, name, row.name_en, row.country, row.lat, row.lon, row.kind, row.geonames, row.id, certain
    )


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


def _site_word(tokens: Sequence[Token], found: _Found, name: PlaceName) -> PlaceWord | None:
    """The generic noun that makes a site of a city's name («مطار» before a city), or None."""
    at = _before(tokens, found.first)
    if found.clitics or at != found.first - 1 or at < 0 or name.row.kind not in ("city", "region") or not name.row.country:
        return None
    return next((w for w in place_words().get(tokens[at].key, ()) if w.group == "generic" and w.kind == "site"), None)


def _site(tokens: Sequence[Token], found: _Found, name: PlaceName, word: PlaceWord) -> PlaceMention:
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
