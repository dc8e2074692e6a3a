"""Whether telling an act is its sentence's own news, or the act is only referred to.

A small linear model decides for acts of force, where coders' judgements exist to learn from; the written rule (a main
clause, no relative clause, no preposition of time or cause before it) is one of its features and decides for the rest.
The model holds weights of words and of the act's own description; `training/foreground.py` makes it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.language.lexicon import bare
from marsad.reading.actors import camp_of
from marsad.reading.telling import Telling
from marsad.reading.votes import voter

MODEL: Final = "foreground"
LEARNED: Final = frozenset({"ASSAULT"})
_AT_LEAST: Final = 0.3


def features(t: Telling, among: Sequence[Telling]) -> list[str]:
    """What the model is told of an act.

    Args:
        t: the event.
        among: all events of its line, in order.

    Returns:
        Feature strings.
    """
    begin, stop = t.act.line.sentence_of(t.act.at)
    peers = [o for o in among if begin <= o.act.at < stop]
    found = _told(t) + _read_around(t) + _among(t, peers, begin, stop) + _around(t) + _words(t, begin, stop)
    return found + _together(t, peers)


def _told(t: Telling) -> list[str]:
    """How the act is told: by which rule and word, in which shape, with which status."""
    act, line = t.act, t.act.line
    return [
        "bias",
        f"rule={t.foreground}",
        f"row={act.frame.row}",
        f"word={bare(line.tokens[act.at].key)}",
        f"shape={act.shape}",
        f"mode={t.mode}",
        f"status={t.status}",
        f"light={act.light.row if act.light else ''}",
        f"background={act.background}",
        f"relative={act.relative}",
        f"article={act.article}",
        f"pro={act.pro}",
    ]


def _read_around(t: Telling) -> list[str]:
    """What was read around the act: statement, sides, harm, day, place."""
    return [
        f"speech={t.speech.word.means if t.speech else ''}",
        f"sides={bool(t.actors)}{bool(t.recipients)}",
        f"harm={len(t.harm)}",
        f"counted={any(h.low > 1 for h in t.harm)}",
        f"time={t.time.kind if t.time else ''}",
        f"historical={t.historical}",
        f"place={t.place.kind if t.place else ''}",
    ]


def _among(t: Telling, peers: Sequence[Telling], begin: int, stop: int) -> list[str]:
    """How the act stands among those of its sentence."""
    act = t.act
    return [
        f"nth={min(peers.index(t), 3) if t in peers else 3}",
        f"peers={min(len(peers), 5)}",
        f"opens={act.at - begin <= 1}",
        f"tense={act.form.tense if act.form else ''}",
        f"length={min((stop - begin) // 12, 5)}",
        f"passive={act.passive}",
        f"merged={min(len(act.merged), 2)}",
    ]


def _around(t: Telling) -> list[str]:
    """The words next to the act and those that open its sentence."""
    line, act = t.act.line, t.act
    found = []
    for offset in (-3, -2, -1):
        k = act.at + offset
        found.append(f"w{offset}={line.tokens[k].key if k >= 0 else '^'}")
    for offset in (0, 1, 2):
        k = act.last + offset
        found.append(f"w+{offset}={line.tokens[k].key if k < len(line.tokens) else '$'}")
    begin, _ = line.sentence_of(act.at)
    found += [f"first={line.tokens[begin].key}", f"firstpos={line.pos[begin]}"]
    return found


def groups(t: Telling) -> str:
    """Of which groups an event's sides are: `state+armed>people`."""
    return ">".join("+".join(sorted({camp_of(d)[1] for d in side})) for side in (t.actors, t.recipients))


def _together(t: Telling, peers: Sequence[Telling]) -> list[str]:
    """Features that tell more together than alone."""
    act = t.act
    tense = act.form.tense if act.form else act.shape
    first = peers.index(t) == 0 if t in peers else False
    spoken = t.speech.word.means if t.speech else ""
    return [
        f"groups={groups(t)}",
        f"rule={t.foreground}&shape={act.shape}&first={first}",
        f"rule={t.foreground}&tense={tense}&speech={spoken}",
        f"harm={bool(t.harm)}&shape={act.shape}&rule={t.foreground}",
        f"status={t.status}&speech={spoken}&first={first}",
        f"light={bool(act.light)}&article={act.article}&harm={bool(t.harm)}",
        f"time={t.time.kind if t.time else ''}&rule={t.foreground}&status={t.status}",
        f"row={act.frame.row}&rule={t.foreground}",
    ]


def _words(t: Telling, begin: int, stop: int) -> list[str]:
    """The words of the sentence, without و and article."""
    tokens = t.act.line.tokens[begin:stop]
    words = {bare(k.key.removeprefix("و") if len(k.key) > 4 else k.key) for k in tokens if k.kind == "word"}
    return [f"has={w}" for w in sorted(words)]


def judge(tellings: Sequence[Telling]) -> None:
    """Let the model say which acts of force are their sentence's own news.

    Args:
        tellings: the events of one line, in order; they are changed in place, each with a note.
    """
    model = voter(MODEL)
    if model is None:
        return
    for t in tellings:
        if t.type in LEARNED:
            chance = model.chance(features(t, tellings), "fg")
            t.notes.append(("foreground", f"model {chance:.2f}"))
            t.foreground = chance >= _AT_LEAST
