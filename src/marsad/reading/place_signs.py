"""What speaks for a place: the words before and after a name that make it one, or make it something else.

«مدينة …» and «شمال …» name a place, «في …» says that something is there, «من …» may say so, «قناة …» says that it is
none. A list of places is as sure as its first one, and so is the line of place and agency that opens a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from marsad.language.places import PlaceWord, country_adjectives, organisation_names, place_words
from marsad.reading.place_names import Found, match_name
from marsad.text.tokens import Token

_OPENERS: Final = frozenset("\"«“('‘")
_JOINTS: Final = frozenset({"،", ",", "و", "او", "ثم", "/", "("})
_DASHES: Final = frozenset({"-", "–", "—", "(", "/", "_"})

BLOCKED: Final = -1
BARE: Final = 0
WEAK: Final = 1
LOCATIVE: Final = 2
NAMED: Final = 3


class Reading(NamedTuple):
    """What is known while a line is read: the countries that speak for places, where the last one ended, how sure."""

    support: Counter[str]
    after: int
    level: int


def level_of(tokens: Sequence[Token], found: Found, following: Found | None, reading: Reading) -> int:
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


def _is_adjective(tokens: Sequence[Token], found: Found) -> bool:
    """Whether a state's name is rather its adjective: «مناطق سورية», but not «شمال سورية»."""
    if found.names[0].row.kind != "country" or "ال" + tokens[found.first].key not in country_adjectives():
        return False
    words = place_words().get(tokens[word_before(tokens, found.first)].key, ())
    return any(word.group == "generic" for word in words)


def _level_before(tokens: Sequence[Token], found: Found) -> int:
    clitic = found.clitics[-1:]
    if clitic and clitic in "ب":
        return LOCATIVE
    if clitic:
        return WEAK if clitic == "ل" else BARE
    at = word_before(tokens, found.first)
    words = place_words().get(tokens[at].key, ()) if at >= 0 else ()
    return max((_level_by_word(tokens, at, word) for word in words), default=BARE) if words else BARE


def _level_by_word(tokens: Sequence[Token], at: int, word: PlaceWord) -> int:
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


def word_before(tokens: Sequence[Token], first: int) -> int:
    """The index of the word before a name, opening quotation marks and brackets skipped; -1 at the line's start."""
    at = first - 1
    while at >= 0 and tokens[at].key in _OPENERS:
        at -= 1
    return at


def _is_inside_name(tokens: Sequence[Token], found: Found) -> bool:
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


def _is_joined(tokens: Sequence[Token], found: Found, reading: Reading) -> bool:
    """Whether the name continues a list of places: «في حلب وحمص، وفي دمشق»."""
    if reading.after == found.first:
        return found.clitics == "و" or found.clitics == ""
    between = tokens[reading.after : found.first] if 0 <= reading.after < found.first else ()
    return 0 < len(between) <= 2 and all(t.key in _JOINTS for t in between) and found.clitics in ("", "و")


def _links(tokens: Sequence[Token], found: Found, following: Found) -> bool:
    """Whether the name is one end of a way whose other end is no government: «بين أرمينيا وقره باغ»."""
    other = following.names[0]
    at = word_before(tokens, found.first)
    is_pair = following.first == found.last and following.clitics == "و" and tokens[at].key == "بين"
    return is_pair and other.row.kind not in ("country",) and not other.is_capital


def _is_dateline(tokens: Sequence[Token], found: Found, reading: Reading) -> bool:
    """Whether the name stands in the place and agency line that opens a report: «دبي، الإمارات (سي إن إن) -»."""
    begins = found.first == 0 or (found.first <= 6 and reading.after in (found.first, found.first - 1))
    if not begins or found.clitics:
        return False
    at = found.last
    while at < len(tokens) and at < found.last + 2 and tokens[at].key in ("،", ","):
        onward = match_name(tokens, at + 1) if at + 1 < len(tokens) else None
        at = onward.last if onward else at + 1
    return at < len(tokens) and tokens[at].key in _DASHES
