"""Who stands with or against whom: relations that a page tells as standing, not as acts of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, cast

from marsad.language.lexicon import Phrases, Verbs, participles, phrases_of, splits
from marsad.language.morph import noun_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.model.record import AlignmentKind, Span
from marsad.reading.actor_lexicon import nisbas
from marsad.reading.actors import Draft, Registry, camp_of
from marsad.reading.acts import find_tellings
from marsad.reading.arguments import clause_end
from marsad.reading.document import Line, Mention
from marsad.reading.frames import Frame
from marsad.reading.matters import matter_at
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.text.fold import fold

_ROLE: Final = {"F": "A", "T": "R"}


_DOMAINS: Final = frozenset({"military", "economic", "diplomatic"})


class Relation(NamedTuple):
    """A row of the pack: the kind of relation and its domains."""

    kind: AlignmentKind
    domains: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Tie:
    """One alignment before ids."""

    source: Draft
    target: Draft
    kind: AlignmentKind
    domains: tuple[str, ...]
    evidence: Span
    speech: Speech | None
    rule: str


@cache
def _relations() -> dict[str, Relation]:
    return {
        r["id"]: Relation(cast(AlignmentKind, r["kind"]), tuple(alternatives(r["domains"])))
        for r in rows("alignments.tsv")
    }


def _frame(row: Row, rest: tuple[str, ...] = ()) -> Frame:
    pairs = (p.split("=", 1) for p in row["args"].split() if "=" in p)
    slots = {slot: _ROLE.get(role, role) for slot, role in pairs}
    return Frame(row["id"], row["kind"], None, (), slots, rest, (), frozenset())


@cache
def _verbs() -> Verbs[Frame]:
    index: Verbs[Frame] = Verbs()
    for row in rows("alignments.tsv"):
        for principal in alternatives(row["verb"]):
            parts = [p.split() for p in principal.split("/")]
            rest = tuple(fold(w) for w in parts[0][1:] if len(w) > 1)
            index.add("/".join(p[0] for p in parts if p), _frame(row, rest))
    return index


@cache
def _nouns() -> Phrases[tuple[Frame, ...]]:
    together: dict[str, list[Frame]] = {}
    for row in rows("alignments.tsv"):
        for form in alternatives(row["noun"]):
            for key in noun_forms(form):
                together.setdefault(key, []).append(_frame(row))
    index: Phrases[tuple[Frame, ...]] = Phrases()
    for key, frames in together.items():
        index.add(key, tuple(frames))
    return index


@cache
def _participles() -> Phrases[Frame]:
    return phrases_of(rows("alignments.tsv"), _frame, participles, "part")


def find_ties(line: Line, registry: Registry, speeches: Sequence[Speech]) -> list[Tie]:
    """The alignments of a line.

    Args:
        line: the line.
        registry: the page's actors.
        speeches: the line's statements.
    """
    found = [t for act in find_tellings(line, _verbs(), _nouns()) for t in _ties_of(line, act, registry, speeches)]
    for i in range(len(line.tokens)):
        found += _participle_ties(line, i, registry, speeches)
    return found


def _ties_of(line: Line, act: Act, registry: Registry, speeches: Sequence[Speech]) -> list[Tie]:
    if "س" in act.pro or act.background:
        return []
    if act.shape == "noun" and act.article and _names_actor(line, act.at):
        return []
    sources = registry.of_all(act.actors) + [_state(line, code, at, registry) for code, at in act.actor_codes]
    targets = registry.of_all(act.recipients) + [_state(line, code, at, registry) for code, at in act.recipient_codes]
    if not sources and (act.owner_role == "A" or act.frame.slots.get("subj") == "A"):
        sources = _topic(line, act.at, registry)
    elif not targets and act.shape == "noun" and act.frame.slots.get("subj") == "R":
        targets = _topic(line, act.at, registry)
    evidence = (line.tokens[act.at].start, line.tokens[max(act.last, act.at + 1) - 1].end)
    if not targets and _relations()[act.frame.row].kind == "mediates":
        targets = [d for d in registry.pair() if d not in sources]
    between = registry.of_all(act.args.preps.get("بين", [])) if act.frame.slots.get("بين") == "A" else []
    if len(between) > 1:  # «الحرب بين التحالف والحوثيين المتحالفين مع إيران»: what describes a side is none itself
        sources, targets = between[:1], between[1:2]
    elif len(sources) > 1 and not targets:  # «روسيا وأرمينيا»
        sources, targets = sources[:1], sources[1:2]
    return _pairs(line, act.frame, sources, targets, evidence, act.at, speeches)


def _names_actor(line: Line, i: int) -> bool:
    """Whether a word that could tell a tie names an actor here («المعارضة التركية»)."""
    named = line.mention_at.get(i)
    return named is not None and named.first == i


def _state(line: Line, code: str, at: int, registry: Registry) -> Draft:
    """The state that an adjective of nationality stands for («الدعم الأميركي لإسرائيل»)."""
    token = line.tokens[min(at, len(line.tokens) - 1)]
    return registry.state_of(code, (token.start, token.end))


def _pairs(
    line: Line,
    frame: Frame,
    sources: list[Draft],
    targets: list[Draft],
    evidence: Span,
    at: int,
    speeches: Sequence[Speech],
) -> list[Tie]:
    relation = _relations()[frame.row]
    speech = next((s for s in speeches if s.first <= at < s.last), None)
    domains = relation.domains or _domains(line, at)
    return [
        Tie(s, t, relation.kind, domains, evidence, speech, frame.row)
        for s in sources
        for t in targets
        if s is not t and s.code and t.code and _apart(relation.kind, s, t)
    ]


def _apart(kind: AlignmentKind, one: Draft, other: Draft) -> bool:
    """Whether two actors are of different camps; nobody mediates in his own country's name with itself."""
    return camp_of(one) != camp_of(other) if kind != "mediates" else one.code != other.code


def _domains(line: Line, at: int) -> tuple[str, ...]:
    """The domains named near a relation («عسكرية»، «اقتصادية»)."""
    near = range(at, min(clause_end(line, at + 1), at + 12))
    found = (matter_at(line, k) for k in near)
    return tuple(dict.fromkeys(domain for domain in found if domain in _DOMAINS))


def _topic(line: Line, at: int, registry: Registry) -> list[Draft]:
    """Whom a predicate is about («باعتبارها عضوا في …»، «تجمعها علاقات …»): the first bare phrase of its sentence."""
    begin, _ = line.sentence_of(at)
    for k in range(begin, at):
        mention = line.mention_at.get(k)
        if mention and mention.first == k and not mention.prep:
            found = registry.of(mention)
            if found:
                return found
    return []


def _participle_ties(line: Line, i: int, registry: Registry, speeches: Sequence[Speech]) -> list[Tie]:
    """«الحوثيين المدعومين من إيران», «فصائل موالية لأنقرة», «الميليشيات المدعومة إيرانيا»."""
    if line.tokens[i].kind != "word" or i in line.inside_grammar:
        return []
    match = _participles().match(line.tokens, i)
    if match is None or match.pro.strip("و") or (match.article and _names_actor(line, i)):
        return []
    antecedent = _antecedent(line, i)
    if antecedent is None:
        return []
    others = _complement(line, match.last, match.value, registry)
    here = registry.of(antecedent)
    frame = match.value
    forward = frame.slots.get("subj", "R") == "A"
    sources, targets = (here, others) if forward else (others, here)
    evidence = (line.tokens[i].start, line.tokens[match.last - 1].end)
    return _pairs(line, frame, sources, targets, evidence, i, speeches)


def _antecedent(line: Line, i: int) -> Mention | None:
    """The phrase that a participle at token `i` describes: the nearest before it."""
    for k in range(i, max(-1, i - 4), -1):
        mention = line.mention_at.get(k)
        if mention and mention.shape != "people":
            return mention
        if line.tokens[k].form in ".؛:":
            return None
    return None


def _complement(line: Line, at: int, frame: Frame, registry: Registry) -> list[Draft]:
    """Whom the participle's preposition or adverb of nationality names."""
    for k in range(at, min(at + 5, len(line.tokens))):
        mention = line.mention_at.get(k)
        if mention and mention.first >= at:
            wanted = mention.prep in frame.slots or mention.prep == "agent" or not mention.prep
            return registry.of(mention) if wanted else []
        adverb = _adverb_code(line.tokens[k].key)
        if adverb:
            span = (line.tokens[k].start, line.tokens[k].end)
            return [registry.state_of(adverb, span)]
    return []


def _adverb_code(key: str) -> str | None:
    """The country of an adverb of nationality («إيرانيا»), or None."""
    for split in splits(key):
        if not split.article and split.rest.endswith("يا") and split.rest[:-1] in nisbas():
            return nisbas()[split.rest[:-1]].code
    return None
