"""The vote on events: whether an act that the words may tell is one that a coder would write down.

The written rules call an act an event or not; beside those that they call, they keep the weak ones: acts with a needed
side unnamed, back-references, acts only asked for, blame without a verb of accusing. A linear model learned from
annotated articles judges both kinds by the same features, the rules' own verdict among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from marsad.reading.actors import Draft, Registry, camp_of
from marsad.reading.arguments import Arguments
from marsad.reading.blame import blames
from marsad.reading.document import Line
from marsad.reading.foreground import features as told_features
from marsad.reading.foreground import groups
from marsad.reading.frames import VERBAL, Frame
from marsad.reading.harm_of_acts import rehome
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling
from marsad.reading.votes import voter

MODEL: Final = "event"
IMPLIED: Final = "blame within somebody's words"
_STAYS: Final = 0.2
_JOINS: Final = 0.4
_OUTSIDE_JOINS: Final = 0.5
OUTSIDE: Final = frozenset(
    {"only asked for", "a stance that lasts", "a stance voiced"}
)  # the coding rules leave them out
_HOSTILE: Final = frozenset({"ASSAULT", "COERCE", "SANCTION", "THREATEN", "REJECT", "MOBILIZE"})
_ACCUSED: Final = Frame("vote.blame", "ACCUSE", "allege", (), {}, (), (), frozenset())


def implied_blame(
    line: Line, speeches: Sequence[Speech], told: Sequence[Telling], registry: Registry
) -> Iterator[Telling]:
    """Weak accusations: statements in whose words somebody else is said to do wrong.

    Args:
        line: the line.
        speeches: its statements.
        told: its acts, weak ones included.
        registry: the page's actors.
    """
    for s in speeches:
        speaker = registry.of(s.speaker) if s.speaker is not None else []
        if not speaker or speaker[0].kind == "media":
            continue
        inside = [t for t in told if t.speech is s]
        if any(t.type == "ACCUSE" and not t.weak for t in told if s.at == t.act.at or t.speech is s):
            continue
        mine = {camp_of(d) for d in speaker}
        hostile = [t for t in inside if t.type in _HOSTILE and not mine & {camp_of(d) for d in t.actors}]
        blame = [word for word in blames(line) if s.first <= word.at < s.last]
        if not hostile and not blame:
            continue
        at = s.at
        act = Act(line, at, at + 1, _ACCUSED, "verb", Arguments(end=s.last), mode="allege", weak=IMPLIED)
        accused = [d for t in hostile for d in t.actors] or _named_else(line, s, mine, registry)
        day = next((t for t in inside if t.first), None)
        yield Telling(
            act, list(speaker), list(dict.fromkeys(accused)), "reported", mode="allege", type="ACCUSE", weak=IMPLIED,
            first=day.first if day else None, last=day.last if day else None, foreground=False,
            notes=[*(("blame", word.row) for word in blame), *(("deed", t.type) for t in hostile)],
        )  # fmt: skip


def _named_else(line: Line, s: Speech, mine: set[tuple[str, str]], registry: Registry) -> list[Draft]:
    """Whom a statement names first besides its speaker."""
    for mention in line.mentions:
        found = [d for d in registry.of(mention) if d.code and camp_of(d) not in mine]
        if s.first <= mention.first < s.last and found and mention.kind != "media":
            return found[:1]
    return []


def features(t: Telling, among: Sequence[Telling], before: Sequence[Telling], registry: Registry) -> list[str]:
    """What the model is told of an act.

    Args:
        t: the act.
        among: the acts of its line that the rules call events.
        before: those of the lines before.
        registry: the page's actors.
    """
    act = t.act
    weak = t.weak or "no"
    begin, stop = act.line.sentence_of(act.at)
    twins = [o for o in among if o is not t and o.type == t.type]
    near = [o for o in twins if begin <= o.act.at < stop]
    earlier = [o for o in before if o.type == t.type and o.act.line.number == act.line.number - 1]
    speaker = registry.of(t.speech.speaker) if t.speech and t.speech.speaker else []
    own = bool({camp_of(d) for d in speaker} & {camp_of(d) for d in t.actors})
    camps = {camp_of(d) for d in t.actors}, {camp_of(d) for d in t.recipients}
    told = [f for f in told_features(t, among) if not f.startswith("has=")]
    means = t.speech.word.means if t.speech else ""
    return [
        *told,
        f"weak={weak}",
        f"weak={weak}&row={act.frame.row}",
        f"weak={weak}&type={t.type}",
        f"weak={weak}&shape={act.shape}&article={act.article}",
        f"type={t.type}",
        f"type={t.type}&shape={act.shape}&article={act.article}&filled={act.filled}",
        f"type={t.type}&status={t.status}",
        f"type={t.type}&sides={min(len(camps[0]), 2)}{min(len(camps[1]), 2)}",
        f"type={t.type}&groups={groups(t)}",
        f"same-side={bool(camps[0] & camps[1])}",
        f"twins={min(len(twins), 2)}&near={min(len(near), 2)}&type={t.type}",
        f"twins={min(len(twins), 2)}&near={min(len(near), 2)}&weak={weak}",
        f"earlier={min(len(earlier), 2)}&type={t.type}&shape={act.shape}",
        f"speech={means}&own={own}&type={t.type}",
        f"speech={means}&own={own}&type={t.type}&status={t.status}",
        f"person={act.form.person if act.form else ''}&tense={act.form.tense if act.form else ''}&speech={means}",
        f"verbal={act.frame.type in VERBAL}&speech={bool(t.speech)}&own={own}",
        f"line={'lead' if act.line.number == 0 else 'body'}&type={t.type}",
        *(f"{kind}={value}" for kind, value in t.notes if kind in ("blame", "deed")),
        *(f"note={note[0]}:{note[1]}" for note in t.notes if note[0] == "status"),
    ]


def elect(tellings: Sequence[Telling], weak: Sequence[Telling], registry: Registry) -> list[Telling]:
    """The events of a page by the model's vote, in reading order.

    Args:
        tellings: the acts that the rules call events.
        weak: those that they do not.
        registry: the page's actors.

    Returns:
        The chosen ones; without a model those of the rules.
    """
    model = voter(MODEL)
    if model is None:
        return list(tellings)
    kept: list[Telling] = []
    dropped: list[Telling] = []
    for t in sorted([*tellings, *weak], key=_place):
        chance = model.chance(features(t, *company(t, tellings), registry))
        if elected(t, chance):
            t.notes.append(("event", f"vote {chance:.2f}" + (f", though {t.weak}" if t.weak else "")))
            kept.append(t)
        elif not t.weak:
            dropped.append(t)
    return sorted([*kept, *rehome(kept, dropped)], key=_place)


def _place(t: Telling) -> tuple[int, int]:
    return t.act.line.number, t.act.at


def elected(t: Telling, chance: float) -> bool:
    """Whether an act's chance is enough: less where the rules call it an event, more where they do not, and
    most where the coding rules say that such an act is none.

    Args:
        t: the act.
        chance: its chance by the model.
    """
    if t.weak in OUTSIDE:
        return chance >= _OUTSIDE_JOINS
    return chance >= (_JOINS if t.weak else _STAYS)


def company(t: Telling, tellings: Sequence[Telling]) -> tuple[list[Telling], list[Telling]]:
    """The events of an act's line, and those of the lines before it.

    Args:
        t: the act.
        tellings: the page's events by the rules.
    """
    among = [o for o in tellings if o.act.line is t.act.line]
    return among, [o for o in tellings if o.act.line.number < t.act.line.number]
