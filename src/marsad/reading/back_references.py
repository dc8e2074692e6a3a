"""Acts whose place is only pointed back to: «قصفت القوات المدينة», «نفت قصف المقبرة», «أصيبوا في القصف الثاني»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.language.places import place_words
from marsad.reading.arguments import clause_end, is_verb
from marsad.reading.document import WITH_ARTICLE, Line
from marsad.reading.frames import frame_nouns
from marsad.reading.roles import Act
from marsad.reading.sides import FORCE
from marsad.reading.telling import Telling

_LINES: Final = 2  # paragraphs back to the place that «the town» is
_EVENTS: Final = 8
_BUILDINGS: Final = frozenset({"CVL", "BUS", "REL", "EDU", "MED"})  # «الكنيسة», «المصنع», «المستشفى»
_CLITICS: Final = ("", "و", "ب", "ل")


def point_back(t: Telling, earlier: Sequence[Telling]) -> None:
    """Give an act of force the place, and where it has none the day, of the act before that its words point back to.

    Args:
        t: the event; it is changed in place.
        earlier: the page's events before it, in order.
    """
    if t.type not in FORCE:
        return
    line, noun = t.act.line, _definite(t.act)
    last = [o for o in earlier[-_EVENTS:] if o.type in FORCE and o.place]
    near = [o for o in last if line.number - o.act.line.number <= _LINES]
    again = next((o for o in reversed(near) if noun and _tells_of(o, noun)), None)
    if again is None and _is_told_again(t.act):
        again = next((o for o in reversed(near) if o.type == t.type and line.number - o.act.line.number <= 1), None)
    if again is not None:
        t.place = again.place
        if t.first is None and t.last is None:
            t.first, t.last = again.first, again.last
        t.notes.append(("place", "pointed back to"))


def _definite(act: Act) -> str:
    """The definite noun right after an act, or after its preposition, that is no name; without its article."""
    line, at = act.line, act.last
    if line.grammar_kind(at) == "prep":
        at = line.grammar[at][0]
    if at >= len(line.tokens) or at in line.place_at or at + 1 in line.place_at:
        return ""
    party = line.mention_at.get(at)
    if party is not None and (party.sector not in _BUILDINGS or party.last - party.first > 1):
        return ""
    key = line.tokens[at].key
    named = at + 1 < len(line.tokens) and line.pos[at + 1] == "PROPN"
    return "" if named or not key.startswith("ال") or is_verb(line, at) else key[2:]


def _tells_of(o: Telling, noun: str) -> bool:
    """Whether an event's sentence tells of what a noun names, or its place is of that kind."""
    kinds = {w.kind for w in place_words().get(noun, ()) if w.group == "generic"}
    if o.place is not None and o.place.kind in kinds:
        return True
    begin, stop = o.act.line.sentence_of(o.act.at)
    written = {clitic + noun + ending for clitic in _CLITICS for ending in ("", "ا")}
    return any(o.act.line.tokens[k].key in written for k in range(begin, stop))


def _is_told_again(act: Act) -> bool:
    """Whether an act is told as known («في القصف الثاني»), with nobody named and in a sentence that names no place."""
    line = act.line
    begin, stop = line.sentence_of(act.at)
    if act.actors or act.actor_codes or any(begin <= p.first < stop for p in line.places):
        return False
    return act.article or any(_is_known_attack(line, k) for k in range(act.last, min(stop, clause_end(line, act.last))))


def _is_known_attack(line: Line, k: int) -> bool:
    if not line.tokens[k].key.startswith(WITH_ARTICLE):
        return False
    found = frame_nouns().match(line.tokens, k)
    return found is not None and any(f.type == "ASSAULT" for f in found.value)
