"""Acts become events: each gets its sides, its status and claimants, its day and place, its means and its harm."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from marsad.reading.actors import Registry, side_of
from marsad.reading.arguments import Arguments
from marsad.reading.back_references import point_back
from marsad.reading.casualties import Harm, tells_harm
from marsad.reading.circumstances import Calendar, arm, place_of
from marsad.reading.denials import bare_denials, own_denials, rebuttals
from marsad.reading.document import Line
from marsad.reading.event_votes import implied_blame
from marsad.reading.frames import VERBAL, Frame, not_acts, weapons
from marsad.reading.harm_of_acts import attach, without_results
from marsad.reading.roles import Act
from marsad.reading.sides import Setting, fill_sides
from marsad.reading.speech import Speech
from marsad.reading.speech_cues import OF_SOMEBODY
from marsad.reading.status import by_speaker, give_status, only_asked, recast, speech_of, topic_of
from marsad.reading.telling import Telling


class EventReader:
    """Turns the acts of a page's lines into events, in reading order."""

    def __init__(self, registry: Registry, published: datetime.date | None) -> None:
        self.registry = registry
        self.tellings: list[Telling] = []
        self.weak: list[Telling] = []
        self._calendar = Calendar(published)

    def read(
        self,
        line: Line,
        acts: Sequence[Act],
        speeches: Sequence[Speech],
        harms: Sequence[Harm],
        weak: Sequence[Act] = (),
    ) -> list[Telling]:
        """Read one line's acts.

        Args:
            line: the line.
            acts: its acts.
            speeches: its statements.
            harms: its counts of harm.
            weak: what else may be acts; it is read into `self.weak`.

        Returns:
            The line's events.
        """
        read = [self._telling(line, act, acts, speeches) for act in acts]
        maybe = [self._telling(line, act, acts, speeches) for act in weak]
        self.weak += [t for t in (*read, *maybe) if t.weak]
        tellings = without_results(line, [t for t in read if not t.weak])
        self.weak += implied_blame(line, speeches, [*tellings, *self._weak_of(line)], self.registry)
        own_denials(line, tellings, self.registry)
        tellings += list(rebuttals(line, tellings, speeches, self.registry))
        left = attach(line, tellings, harms)
        tellings += [t for harm in left if (t := self._harm_alone(line, harm, speeches)) is not None]
        for n, t in enumerate(sorted(tellings, key=lambda t: t.act.at)):
            point_back(t, [*self.tellings, *sorted(tellings, key=lambda t: t.act.at)[:n]])
        tellings += list(bare_denials(line, [*self.tellings, *tellings], self.registry))
        tellings.sort(key=lambda t: t.act.at)
        self.tellings += tellings
        self._calendar.carry(line)
        self._count_opponents(tellings)
        return tellings

    def _weak_of(self, line: Line) -> list[Telling]:
        return [t for t in self.weak if t.act.line is line]

    def _count_opponents(self, tellings: Sequence[Telling]) -> None:
        """Sides that an act of force sets against each other are the page's two sides."""
        for t in tellings:
            if t.type == "ASSAULT" and t.actors and t.recipients:
                one, other = t.actors[0], t.recipients[0]
                self.registry.oppose(side_of(one.code, one.sector), side_of(other.code, other.sector), 2)

    def _telling(self, line: Line, act: Act, acts: Sequence[Act], speeches: Sequence[Speech]) -> Telling:
        _agree_with_speech(act, speeches)
        speech, topic = speech_of(act, speeches), topic_of(line, act, acts)
        telling = Telling(act, [], [], "reported", speech=speech, mode=act.mode, type=act.frame.type)
        telling.foreground = not (act.background or act.relative or topic is not None)
        fill_sides(telling, Setting(line, acts, speech, topic, self.tellings), self.registry)
        give_status(telling, self.registry, topic)
        recast(telling, by_speaker(telling, self.registry))
        self._calendar.date(telling)
        telling.place = place_of(line, act)
        arm(telling)
        telling.weak = _why_weak(telling, line, topic)
        return telling

    def _harm_alone(self, line: Line, harm: Harm, speeches: Sequence[Speech]) -> Telling | None:
        """Victims counted without a word for the act: somebody was killed or hurt by an unnamed hand."""
        if harm.kind not in ("killed", "injured") or harm.low < 1 or _accident_told(line, harm.at):
            return None
        frame = Frame(harm.rule, "ASSAULT", None, (), {}, (), (), frozenset())
        act = Act(line, harm.at, harm.at + 1, frame, "noun", Arguments())
        t = Telling(act, [], [], "reported", foreground=False, harm=[harm], type="ASSAULT")
        t.speech = speech_of(act, speeches)
        t.recipients = self.registry.of(harm.who) if harm.who is not None else []
        give_status(t, self.registry, None)
        self._calendar.date(t)
        t.place = place_of(line, act)
        return t


def _agree_with_speech(act: Act, speeches: Sequence[Speech]) -> None:
    """Where a verb of accusing or asking also opens a statement, its speaker is the actor and who stood as its subject
    is the one accused or asked: «ونفت القوات القصف، واتهمت الجيش بشن غارات»."""
    said = next((s for s in speeches if s.at == act.at and s.word.means in OF_SOMEBODY), None)
    verb = act.shape == "verb" and act.frame.type in VERBAL
    if said is None or said.speaker is None or not verb or said.speaker in act.actors:
        return
    act.recipients = act.recipients or act.actors
    act.actors = [said.speaker]


def _by_accident(line: Line, t: Telling) -> bool:
    """Whether harm without an actor is that of an accident or an illness."""
    return t.type == "ASSAULT" and not t.actors and tells_harm(line, t.act.at) and _accident_told(line, t.act.at)


def _accident_told(line: Line, at: int) -> bool:
    begin, stop = line.sentence_of(at)
    armed = any(weapons().match(line.tokens, k) for k in range(begin, stop) if line.tokens[k].kind == "word")
    words = (not_acts().match(line.tokens, k) for k in range(begin, stop) if line.tokens[k].kind == "word")
    return not armed and any(found.value == "accident" for found in words if found)


def _why_weak(t: Telling, line: Line, topic: Act | None) -> str:
    """Why the rules would not call an act an event; an empty string where they do."""
    if only_asked(line, t.act, t.speech, topic):
        return "only asked for"
    if t.act.weak:
        return t.act.weak
    if _by_accident(line, t):
        return "an accident"
    if _is_standing(t):
        return "a stance that lasts" if t.speech is None else "a stance voiced"
    return "" if _has_parties(t) else "between nobody and nobody"


def _is_standing(t: Telling) -> bool:
    """Whether a present verb tells an alignment and not an act of a day: «روسيا تدعم أرمينيا»."""
    present = t.type == "SUPPORT" and t.act.form is not None and t.act.form.tense == "present"
    return present and t.time is None


def _has_parties(t: Telling) -> bool:
    """An act between nobody and nobody is not an event, unless its words tell that it took place."""
    if t.act.frame.type in VERBAL and not t.actors and (not t.recipients or t.act.shape == "verb"):
        return False
    if t.actors or t.recipients:
        return True
    return t.act.light is not None or t.act.frame.type in ("ASSAULT", "PROTEST", "RETREAT")
