"""Answers to a page's proposals: who accepts, rejects, asks conditions, or has not answered.

A sentence is read part by part («فيما», «بينما» open a new one). What a part says as a whole decides: a condition turns
an acceptance into a conditional answer, a refusal outweighs an acceptance. The party is the subject of the word of
answering, else whoever is quoted, else whoever the part names that does not propose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, cast

from marsad.model.record import AnswerKind
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.actors import Draft, Registry, camp_of
from marsad.reading.arguments import verb_arguments
from marsad.reading.calls import ready_at
from marsad.reading.diplomacy_cues import Found, find_cues, marks, verb_cues
from marsad.reading.document import WITH_ARTICLE, Line, Mention
from marsad.reading.offers import Offer
from marsad.reading.speech import Speech

_FROM: Final = frozenset({"عن", "من", "لدى", "agent"})
_OURS: Final = "diplomacy.consent.muwafaqatuna"


class _Part(NamedTuple):
    """A part of a sentence with its words of answering."""

    line: Line
    first: int
    last: int
    cues: list[Found]


def read_answers(
    line: Line, cues: Sequence[Found], registry: Registry, speeches: Sequence[Speech], offers: Sequence[Offer]
) -> None:
    """Put a line's answers into the proposals that they answer.

    Args:
        line: the line.
        cues: its words of diplomacy.
        registry: the page's actors.
        speeches: the page's statements.
        offers: the page's proposals.
    """
    for part in _parts(line, cues):
        for cue in part.cues:
            if cue.cue.kind == "consent":
                _consent(part, cue, registry, speeches, offers)
        willing = {ready_at(line, c) for c in cues if c.cue.value == "office"}
        answers = [
            c for c in part.cues if c.cue.kind == "answer" and c.at not in willing and not _unconditioned(line, c)
        ]
        value = _value(answers, [c for c in part.cues if c.cue.kind == "condition"])
        if value is None:
            continue
        fits = [c for c in answers if c.cue.value == value or value == "conditional"]
        lead = min(fits, key=lambda c: (c.at, not c.verb))
        groups = list(_parties(part, lead, registry, speeches))
        offer = _answered(part, next(iter(groups), []), registry, offers)
        if line.number < offer.line and (offer.call or _of_something_new(line, lead)):
            continue
        own = {camp_of(d) for d in offer.by}
        able = ([d for d in group if d.code and camp_of(d) not in own and d.sector != "JRN"] for group in groups)
        for party in next((group for group in able if group), []):
            _set(offer, party, value, _speech_at(line, lead.at, speeches))


def _parts(line: Line, cues: Sequence[Found]) -> Iterable[_Part]:
    for begin, stop in line.sentences:
        first = begin
        for k in range(begin + 1, stop + 1):
            turns = k < stop and line.tokens[k].key in marks("turn") and line.tokens[k - 1].kind == "punct"
            if k == stop or turns:
                found = [c for c in cues if first <= c.at < k and c.cue.kind in ("answer", "condition", "consent")]
                yield _Part(line, first, k, found)
                first = k


def _of_something_new(line: Line, answer: Found) -> bool:
    """Whether what is accepted or refused is told here for the first time («رفضت إيفاد وفدها»), and is no proposal."""
    _, stop = line.sentence_of(answer.at)
    for k in range(answer.last, stop) if answer.verb else ():
        mention = line.mention_at.get(k)
        named = line.pos[k] in ("NOUN", "PROPN") and not line.tokens[k].key.startswith(WITH_ARTICLE)
        if mention is None and named:
            return not any(c.at == k and c.cue.kind in ("proposal", "truce") for c in find_cues(line))
        if mention is None and k not in line.time_tokens:
            return False
    return False


def _unconditioned(line: Line, cue: Found) -> bool:
    """«من دون شروط»: no condition."""
    return cue.cue.value == "conditional" and any(
        line.tokens[k].key in marks("without") for k in (cue.at - 1, cue.at - 2) if k >= 0
    )


def _value(answers: Sequence[Found], conditions: Sequence[Found]) -> AnswerKind | None:
    """What a part of a sentence answers as a whole: with a condition, or what it says first. A condition that stands
    behind another answer is that one's («رفض الدعوة، قائلا إنها غير مقبولة ما لم …»)."""
    if not answers:
        return None
    opening = min(answers, key=lambda c: c.at)
    first = opening.cue.value
    again = min((c.at for c in answers if c.at >= opening.last and c.cue.value == first == "rejects"), default=None)
    turned = first in ("accepts", "rejects") and any(again is None or c.at < again for c in conditions)
    if turned or any(c.cue.value == "conditional" for c in answers):
        return "conditional"
    return cast(AnswerKind, first)


def _speech_at(line: Line, at: int, speeches: Sequence[Speech]) -> Speech | None:
    inside = [s for s in speeches if s.line is line and (s.first <= at < s.last or s.at == at)]
    return max(inside, key=lambda s: s.first, default=None)


def _parties(part: _Part, cue: Found, registry: Registry, speeches: Sequence[Speech]) -> Iterable[Sequence[Draft]]:
    """Who may be answering, the likeliest first; «الجانبان» are two."""
    line = part.line
    named = [m for m in line.mentions if part.first <= m.first < part.last and not _mediates(line, m)]
    yield _subject(part, cue, registry)
    bare = cue.last < len(line.tokens) and cue.last not in line.mention_at
    nisba = nisba_of(line.tokens[cue.last].key) if bare else None
    if nisba and not nisba.pro and not nisba.article:  # «قبولا لبنانيا», «أي رد إسرائيلي»
        token = line.tokens[cue.last]
        yield [registry.state_of(nisba.nisba.code, (token.start, token.end))]
    if cue.cue.value == "none":
        yield from (_all_of(line, m, registry) for m in named if m.first >= cue.at and m.prep in _FROM)
    before = [m for m in named if m.first < cue.at and not m.prep]
    speech = _speech_at(line, cue.at, speeches)
    named_speaker = speech is not None and speech.speaker is not None and not speech.elided
    speaker = [speech.speaker] if speech is not None and speech.speaker is not None and named_speaker else []
    inside = [m for m in before if speech is None or m.first >= speech.first]
    yield from (registry.of(m) for m in (*reversed(inside), *speaker, *reversed(before)))
    yield from (registry.of(m) for m in sorted(named, key=lambda m: abs(m.first - cue.at)))


def _all_of(line: Line, first: Mention, registry: Registry) -> list[Draft]:
    """A party with those joined to it: «من باكو أو يريفان»."""
    found, last = registry.of(first), first.last
    while last < len(line.tokens) and (m := line.mention_at.get(last + (line.grammar_kind(last) == "conj"))):
        if m.first < last or m.prep or not (m.first > last or "و" in m.pro):
            break
        found, last = [*found, *registry.of(m)], m.last
    return found


def _mediates(line: Line, mention: Mention) -> bool:
    """Whether a phrase names the mediators («أبلغت الوسطاء رفضها»)."""
    return any(c.at == mention.first and c.cue.kind == "broker" for c in find_cues(line))


def _subject(part: _Part, cue: Found, registry: Registry) -> list[Draft]:
    """The subject of a verb of answering, or of the auxiliary before it."""
    if not cue.verb:
        return []
    for match in verb_cues().match(part.line.tokens[cue.at].key):
        args = verb_arguments(part.line, cue.at, match.form, match.pronoun)
        if args.subject:
            return registry.of_all(args.subject)
    return []


def _answered(part: _Part, parties: Sequence[Draft], registry: Registry, offers: Sequence[Offer]) -> Offer:
    """Which proposal a part of a sentence answers: one whose proposer it names after the word for it, else the last one
    made so far that the answering party did not make itself."""
    line = part.line
    if len(offers) == 1:
        return offers[0]
    for o in offers:
        for d in o.by:
            if d.code and any(_of_whom(line, k) == d.code for k in range(part.first, part.last)):
                return o
    camps = {camp_of(d) for d in parties[:1]}
    others = [o for o in offers if not camps & {camp_of(d) for d in o.by}] or list(offers)
    return next((o for o in reversed(others) if o.line <= line.number), others[0])


def _of_whom(line: Line, k: int) -> str | None:
    """The country of a definite adjective of nationality («المقترح الإسرائيلي»)."""
    nisba = nisba_of(line.tokens[k].key) if line.tokens[k].kind == "word" and k not in line.mention_at else None
    return nisba.nisba.code if nisba and nisba.article else None


def _consent(part: _Part, cue: Found, registry: Registry, speeches: Sequence[Speech], offers: Sequence[Offer]) -> None:
    """Whose consent a proposal is said to need; who says so of himself answers with a condition."""
    line = part.line
    offer = next((o for o in reversed(offers) if o.line <= line.number), offers[0])
    own = {camp_of(d) for d in offer.by}
    named = registry.of_all(_named_after(line, cue))
    offer.consent += [d for d in dict.fromkeys(named) if d not in offer.consent and camp_of(d) not in own]
    speech = _speech_at(line, cue.at, speeches)
    speaker = registry.of(speech.speaker) if speech is not None and speech.speaker is not None else []
    of_own = len(named) == 1 and any(camp_of(d) == camp_of(named[0]) for d in speaker)  # «من غير رضا باكو»
    if of_own or (not named and cue.cue.row == _OURS):
        for draft in speaker:
            if camp_of(draft) not in own:
                offer.consent += [draft] if not any(_same_body(draft, d) for d in offer.consent) else []
                _set(offer, draft, "conditional", speech)


def _named_after(line: Line, found: Found) -> list[Mention]:
    near = (line.mention_at.get(k) for k in range(found.at, min(found.last + 4, len(line.tokens))))
    return list(dict.fromkeys(m for m in near if m is not None and m.first >= found.at))


def _set(offer: Offer, party: Draft, value: AnswerKind, speech: Speech | None) -> None:
    """Keep a party's answer: that it gave none only where it gave no other, the plainer one of two."""
    old = next((a for a in offer.answers if camp_of(a[0]) == camp_of(party) and _same_body(a[0], party)), None)
    if old is None:
        offer.answers.append((party, value, speech))
    elif old[1] == "none" or (value == "rejects" and old[1] == "accepts"):
        offer.answers[offer.answers.index(old)] = (old[0], value, speech)


def _same_body(one: Draft, other: Draft) -> bool:
    """Whether two actors of one camp answer as one: all of a state do, peoples and movements each for itself."""
    return one is other or (camp_of(one) == camp_of(other) and camp_of(one)[1] == "state")
