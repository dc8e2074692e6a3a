"""Denials of what others tell: «ونفت يريفان ذلك», «ما أعلنته باكو عن … كذبة», «سارعت إلى نفيه».

Each is an event of its own beside the act that it denies, with the word of denying as its trigger.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Final

from marsad.reading.actors import Draft, Registry, force
from marsad.reading.arguments import is_verb, verb_arguments
from marsad.reading.document import Line
from marsad.reading.frames import status_words
from marsad.reading.sides import FORCE
from marsad.reading.speakers import subject_of
from marsad.reading.speech import Speech
from marsad.reading.speech_words import SayWord, say_nouns, say_participles, say_verbs
from marsad.reading.telling import Telling

_BACK: Final = 6
_TOLD: Final = 14  # words from «ما أعلنه» to the act that it tells of
_BEFORE: Final = 8  # words from a verb of denying to «ما», or to the act itself
_LIE: Final = 8


def bare_denials(line: Line, told: Sequence[Telling], registry: Registry) -> Iterator[Telling]:
    """The acts that a line denies without telling them again.

    Args:
        line: the line.
        told: the page's events so far, this line's last.
        registry: the page's actors.
    """
    for i in range(len(line.tokens)):
        word = _denying(line, i)
        deniers = _deniers(line, i, registry) if word else _hasten(line, i, registry)
        if not deniers:
            continue
        earlier = [t for t in told if t.act.line is not line or t.act.at < i][-_BACK:]
        denied = next((t for t in reversed(earlier) if t.type in FORCE and t.status != "denied"), None)
        if denied is not None:
            yield _denial(denied, line, i, deniers, word.row if word else "denial.noun")


def rebuttals(line: Line, told: Sequence[Telling], speeches: Sequence[Speech], registry: Registry) -> Iterator[Telling]:
    """The acts that a line says others have told of, and denies: «نفت ما أعلنته باكو عن قصف القرية».

    Args:
        line: the line.
        told: its events.
        speeches: its statements.
        registry: the page's actors.
    """
    for t in told:
        what = _told_of(line, t.act.at) if t.type in FORCE else None
        if what is None:
            continue
        t.foreground, t.status = False, "claimed"
        teller = _teller(line, what + 1, registry)
        t.claimed_by = teller or t.claimed_by
        t.actors = t.actors or [force(registry, d, t.trigger) for d in teller]
        by = _denied_before(line, what, registry) or _called_lie(line, what, t.act.last, speeches, registry)
        if by is not None:
            yield _denial(t, line, *by)


def own_denials(line: Line, told: Sequence[Telling], registry: Registry) -> None:
    """Give a deed that is denied right after the verb of denying («ونفت شن أي هجوم») its denier, whose deed it were.

    Args:
        line: the line.
        told: its events; they are changed in place.
        registry: the page's actors.
    """
    for t in told:
        if t.status != "denied" or t.claimed_by or t.type not in FORCE:
            continue
        begin, _ = line.sentence_of(t.act.at)
        near = range(t.act.at - 1, max(begin, t.act.at - _BEFORE) - 1, -1)
        at = next((k for k in near if _denying(line, k) or line.tokens[k].form in "،,"), None)
        deniers = _subject(line, at, registry) if at is not None and _denying(line, at) else []
        if deniers:
            t.claimed_by, t.sure = deniers, frozenset({"actors"})
            t.actors = [force(registry, d, t.trigger) for d in deniers]
            t.recipients = [d for d in t.recipients if d not in deniers]


def _told_of(line: Line, at: int) -> int | None:
    """Where «ما» stands that opens what somebody told of an act («ما أعلنه علييف عن …»), or None."""
    begin, _ = line.sentence_of(at)
    for k in range(at - 2, max(begin, at - _TOLD) - 1, -1):
        if line.tokens[k].form in "،,؛":
            return None
        what = line.grammar_kind(k) == "sub" and line.grammar[k][1].value == "ما"
        distant = line.tokens[k].key == "ما" and not line.grammar_kind(k)  # «ما زعمه», of distancing
        if (what or distant) and say_verbs().match(line.tokens[k + 1].key):
            return k if any(line.grammar_kind(n) == "prep" for n in range(k + 2, at)) else None
    return None


def _teller(line: Line, at: int, registry: Registry) -> list[Draft]:
    match = say_verbs().match(line.tokens[at].key)[0]
    return registry.of_all(verb_arguments(line, at, match.form, match.pronoun).subject)


def _denied_before(line: Line, what: int, registry: Registry) -> tuple[int, list[Draft], str] | None:
    """The word of denying before «ما», who denies, and its row."""
    begin, _ = line.sentence_of(what)
    for k in range(what - 1, max(begin, what - _BEFORE) - 1, -1):
        word = _denying(line, k) or _denying_part(line, k)
        if word is not None:
            deniers = _subject(line, k, registry)
            return (k, deniers, word.row) if deniers else None
    return None


def _called_lie(
    line: Line, what: int, after: int, speeches: Sequence[Speech], registry: Registry
) -> tuple[int, list[Draft], str] | None:
    """The words that call what was told a lie, who says so, and their row."""
    _, stop = line.sentence_of(what)
    said = next((s for s in speeches if s.first <= what < s.last and s.at < what), None)
    deniers = registry.of(said.speaker) if said is not None and said.speaker is not None else []
    for k in range(after, min(stop, after + _LIE)) if deniers else ():
        found = status_words().match(line.tokens, k) if line.tokens[k].kind == "word" else None
        if found is not None and found.value.effect == "denied" and found.value.scope == "noun_before":
            return k, deniers, found.value.row
    return None


def _denying(line: Line, i: int) -> SayWord | None:
    if line.pos[i] != "VERB":
        return None
    return next((m.value for m in say_verbs().match(line.tokens[i].key) if m.value.means == "deny"), None)


def _denying_part(line: Line, i: int) -> SayWord | None:
    found = say_participles().match(line.tokens, i) if line.tokens[i].kind == "word" else None
    return found.value if found is not None and found.value.means == "deny" and not found.article else None


def _subject(line: Line, i: int, registry: Registry) -> list[Draft]:
    """Who denies: the subject of the verb, else that of the sentence."""
    for match in say_verbs().match(line.tokens[i].key) if line.pos[i] == "VERB" else ():
        if match.value.means == "deny":
            found = registry.of_all(verb_arguments(line, i, match.form, match.pronoun).subject)
            if found:
                return found
    before = subject_of(line, i)
    return registry.of(before) if before is not None else []


def _deniers(line: Line, i: int, registry: Registry) -> list[Draft]:
    """Who denies, where the verb of denial has only a pronoun or «ذلك» as its object."""
    match = next(m for m in say_verbs().match(line.tokens[i].key) if m.value.means == "deny")
    args = verb_arguments(line, i, match.form, match.pronoun)
    after = args.subject[-1].last if args.subject and args.subject[-1].first > i else i + 1
    bare = match.pronoun or (after < len(line.tokens) and line.grammar_kind(after) == "demo")
    return registry.of_all(args.subject) if bare else []


def _hasten(line: Line, i: int, registry: Registry) -> list[Draft]:
    """Who denies by a noun with a pronoun: «وهو ما سارعت السلطات إلى نفيه»."""
    noun = say_nouns().match(line.tokens, i) if i and line.grammar_kind(i - 1) == "prep" else None
    if noun is None or noun.value.means != "deny" or not noun.pronoun:
        return []
    begin, _ = line.sentence_of(i)
    at = next((k for k in range(i - 2, max(begin, i - _BEFORE), -1) if is_verb(line, k)), None)
    named = next((m for k in range(at + 1, i) if (m := line.mention_at.get(k)) and not m.prep), None) if at else None
    return registry.of(named) if named is not None else []


def _denial(denied: Telling, line: Line, i: int, deniers: list[Draft], rule: str) -> Telling:
    act = dataclasses.replace(denied.act, line=line, at=i, last=i + 1, merged=[], lost=[], notes=[])
    return dataclasses.replace(
        denied, act=act, status="denied", claimed_by=deniers, speech=None, harm=[], foreground=False, denies=denied,
        notes=[("status", rule)],
    )  # fmt: skip
