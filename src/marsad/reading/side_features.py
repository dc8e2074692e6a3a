"""What the votes on sides are told of a candidate by itself: what the rules made of it, where it stands, who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.language.lexicon import bare
from marsad.reading.actors import Draft, Registry, camp_of
from marsad.reading.arguments import is_verb
from marsad.reading.document import Mention
from marsad.reading.roles import Act
from marsad.reading.telling import Telling

Camp = tuple[str, str]


@dataclass(slots=True)
class Candidate:
    """A side as a candidate: its drafts in order of first mention, and its mentions in the act's line."""

    camp: Camp
    drafts: list[Draft] = field(default_factory=list)
    here: list[Mention] = field(default_factory=list)


def camps(drafts: Sequence[Draft]) -> frozenset[Camp]:
    """The camps of actors."""
    return frozenset(camp_of(d) for d in drafts)


def ruled(t: Telling, candidate: Candidate, own: frozenset[Camp], opposite: frozenset[Camp]) -> list[str]:
    """What the rules made of the candidate."""
    held = candidate.camp in own
    place = "own" if held else "opposite" if candidate.camp in opposite else "others" if own else "none"
    how = next((note for kind, note in t.notes if kind in ("recipient", "opponent")), "")
    act = t.act
    owner = act.owner_role or ("elided" if act.args.elided else "")
    row = act.frame.row
    return [
        f"rule={place}",
        f"rule={place}&many={min(len(own), 3)}",
        f"rule={place}&opposite={min(len(opposite), 2)}",
        f"rule={place}&row={row}",
        f"rule={place}&how={how}",
        f"rule={place}&owner={owner}",
        f"rule={place}&passive={act.passive}&shape={act.shape}",
        f"rule={place}&light={act.light.row if act.light else ''}",
        f"rule={place}&sector={candidate.drafts[0].sector}",
        f"rule={place}&inferred={candidate.drafts[0].inferred}",
        f"sector={candidate.drafts[0].sector}",
        f"sector={candidate.drafts[0].sector}&type={t.type}&mode={t.mode}",
        f"kind={candidate.drafts[0].kind}",
        f"row={row}",
        f"row={row}&group={candidate.camp[1]}",
        f"status={t.status}&{place}",
        f"weak={t.weak}&{place}",
    ]


def nobody(t: Telling, role: str, across: frozenset[Camp] | None = None) -> list[str]:
    """What the model is told of leaving a role to nobody.

    Args:
        t: the event.
        role: `actor` or `recipient`.
        across: the sides chosen for the other role; what the rules gave it by default.
    """
    mine, other = (t.actors, t.recipients) if role == "actor" else (t.recipients, t.actors)
    facing = bool(camps(other) if across is None else across)
    act, kind, some = t.act, t.type, bool(mine)
    told = [
        "bias",
        f"type={kind}",
        f"ruled={some}",
        f"ruled={some}&type={kind}",
        f"facing={facing}&type={kind}",
        f"facing={facing}&ruled={some}&shape={act.shape}",
        f"row={act.frame.row}",
        f"shape={act.shape}&passive={act.passive}",
        f"status={t.status}&type={kind}",
        f"speech={bool(t.speech)}&type={kind}",
        f"mode={t.mode}&type={kind}",
        f"light={act.light.row if act.light else ''}",
        f"harm={bool(t.harm)}&shape={act.shape}",
        f"article={act.article}&background={act.background}",
        f"weak={t.weak}",
    ]
    return [f"nobody&{f}" for f in told]


def gap(act: Act, mention: Mention) -> int:
    return act.at - mention.last if mention.first < act.at else mention.first - act.last


def around(act: Act, nearest: Mention, others: Sequence[Mention]) -> list[str]:
    """The word before a mention, its place in the row of parties on its side of the act, who stands between."""
    line = act.line
    side = "before" if nearest.first < act.at else "after"
    low, high = sorted((act.at, nearest.first))
    between = [m for m in others if low < m.first < high and m.kind != "media"]
    before = bare(line.tokens[nearest.first - 1].key) if nearest.first else "^"
    verbs = sum(is_verb(line, k) for k in range(low + 1, high))
    return [
        f"word-before={before}",
        f"{side}&between={min(len(between), 3)}",
        f"{side}&between={min(len(between), 3)}&shape={act.shape}&clauses={min(verbs, 2)}",
        f"{side}&clauses={min(verbs, 2)}&prep={nearest.prep}",
        f"joined={'و' in nearest.pro}&{side}",
        f"head={nearest.head}",
    ]


def slots(act: Act, mentions: Sequence[Mention]) -> list[str]:
    """The act's slots that any of a side's mentions fills."""
    args = act.args
    found = []
    for name, filled in (("subj", args.subject), ("obj", args.object), ("gen", args.genitive)):
        if any(m is f for m in mentions for f in filled):
            found.append(name)
    found += [f"prep:{p}" for p, filled in args.preps.items() if any(m is f for m in mentions for f in filled)]
    return found


def spoken(t: Telling, candidate: Candidate, registry: Registry) -> list[str]:
    """Whether the candidate says it, or is spoken to."""
    s = t.speech
    speaks = (
        s is not None and s.speaker is not None and any(camp_of(d) == candidate.camp for d in registry.of(s.speaker))
    )
    heard = (
        s is not None
        and s.addressee is not None
        and any(camp_of(d) == candidate.camp for d in registry.of(s.addressee))
    )
    part = "outlet" if s is None else "speaker" if speaks else "addressee" if heard else "neither"
    claims = any(camp_of(d) == candidate.camp for d in t.claimed_by)
    person = f"{t.act.form.person}{t.act.form.number}" if t.act.form else ""
    return [
        f"speech={part}",
        f"speech={part}&type={t.type}",
        f"speech={part}&person={person}",
        f"speech={part}&group={candidate.camp[1]}",
        f"claims={claims}&type={t.type}",
    ]
