"""Bare denials: «ونفت يريفان ذلك» denies the act told last."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Final

from marsad.language.lexicon import VerbMatch
from marsad.reading.actors import Draft, Registry
from marsad.reading.arguments import verb_arguments
from marsad.reading.document import Line
from marsad.reading.sides import FORCE
from marsad.reading.speech_words import SayWord, say_verbs
from marsad.reading.telling import Telling

_BACK: Final = 6


def bare_denials(line: Line, told: Sequence[Telling], registry: Registry) -> Iterator[Telling]:
    """The acts that a line denies without telling them again.

    Args:
        line: the line.
        told: the page's events so far, this line's last.
        registry: the page's actors.
    """
    for i in range(len(line.tokens)):
        match = _denying(line, i)
        if match is None:
            continue
        deniers = _deniers(line, i, match, registry)
        earlier = [t for t in told if t.act.line is not line or t.act.at < i][-_BACK:]
        denied = next((t for t in reversed(earlier) if t.type in FORCE and t.status != "denied"), None)
        if deniers and denied is not None:
            yield _denial(denied, line, i, deniers, match.value.row)


def _denying(line: Line, i: int) -> VerbMatch[SayWord] | None:
    if line.pos[i] != "VERB":
        return None
    return next((m for m in say_verbs().match(line.tokens[i].key) if m.value.means == "deny"), None)


def _deniers(line: Line, i: int, match: VerbMatch[SayWord], registry: Registry) -> list[Draft]:
    """Who denies, where the verb of denial has only a pronoun or «ذلك» as its object."""
    args = verb_arguments(line, i, match.form, match.pronoun)
    after = args.subject[-1].last if args.subject and args.subject[-1].first > i else i + 1
    bare = match.pronoun or (after < len(line.tokens) and line.grammar_kind(after) == "demo")
    return registry.of_all(args.subject) if bare else []


def _denial(denied: Telling, line: Line, i: int, deniers: list[Draft], rule: str) -> Telling:
    act = dataclasses.replace(denied.act, line=line, at=i, last=i + 1, merged=[], lost=[], notes=[])
    return dataclasses.replace(
        denied, act=act, status="denied", claimed_by=deniers, speech=None, harm=[], foreground=False,
        notes=[("status", rule)],
    )  # fmt: skip
