"""When and where an act took place, and by which means."""

from __future__ import annotations

import datetime
from typing import Final

from marsad.language.pack import keys_of_kind
from marsad.reading.arguments import clause_end, clause_start
from marsad.reading.diplomacy_cues import find_cues
from marsad.reading.document import WITH_ARTICLE, Line
from marsad.reading.frames import VERBAL, frame_nouns, frame_verbs, light_verbs, weapons
from marsad.reading.places import PlaceMention
from marsad.reading.roles import Act
from marsad.reading.speech_words import say_verbs
from marsad.reading.telling import Telling
from marsad.reading.times import TimeMention

_HISTORY: Final = datetime.timedelta(days=30)
_HEAD: Final = 4  # words from a noun to the relative clause that tells of it
_ANCHORS: Final = frozenset({"بعد", "قبل", "منذ", "خلال"})
_SINCE: Final = 16  # words from «منذ» to the day that it counts from
_BACK: Final = 8  # words from a day back to the relative clause that it stands in


class Calendar:
    """Dates a page's events, line by line: a day named in one paragraph carries over to the next."""

    def __init__(self, published: datetime.date | None) -> None:
        self._published = published
        self._carried: TimeMention | None = None
        self._carried_line = -9

    def carry(self, line: Line) -> None:
        """Keep the day that a line names, for the next one."""
        days = (t for t in line.times if t.kind == "point" and t.first and t.first == t.last)
        day = next((t for t in days if not _is_eve(line, t) and not _told_back(line, t)), None)
        if day:
            self._carried, self._carried_line = day, line.number

    def date(self, t: Telling) -> None:
        """Give an event the days on which it took place.

        Args:
            t: the event; it is changed in place.
        """
        line = t.act.line
        t.time = _nearest(line, t.act, _times_beside(line, t.act))
        own = _time_of(line, t.act)
        begun = _begun(line, t.act) if own is None and self._published else None
        if begun is not None and self._published:
            t.first, t.last = begun, self._published.isoformat()
            return
        carries = self._carried is not None and line.number - self._carried_line <= 1 and not _is_ticker(t.act)
        time = own or (self._carried if carries and t.status != "future" and not t.act.relative else None)
        if time is not None:
            t.first, t.last = time.first, time.last
            if t.time is None:
                self._carried_line = line.number  # the story goes on within that day
        elif self._published and t.act.frame.type in VERBAL and t.act.shape == "verb" and t.status == "reported":
            t.first = t.last = self._published.isoformat()
        elif self._published and _is_news(t) and (self._carried_is(self._published) or _is_now(t.act)):
            t.first = t.last = self._published.isoformat()
            t.notes.append(("day", "of publication: the page has named no other yet"))
        if t.last and self._published:
            t.historical = datetime.date.fromisoformat(t.last) < self._published - _HISTORY

    def _carried_is(self, published: datetime.date) -> bool:
        """Whether the day that the page tells of, as far as it has named one, is that of its publication."""
        return self._carried is None or self._carried.first == published.isoformat()


def _told_back(line: Line, time: TimeMention) -> bool:
    """Whether a day is that of something told beside the news, which does not go on in the next line.

    In a relative clause («ما أعلنه يوم الجمعة»), after the pluperfect («وكان قد أعلن يوم الجمعة»), of a truce agreed
    before («الهدنة المعلنة السبت»).
    """
    begin, _ = line.sentence_of(time.token_first)
    for k in range(time.token_first - 1, max(begin, time.token_first - _BACK) - 1, -1):
        kind = line.grammar_kind(k)
        if kind == "rel" or (kind == "sub" and line.grammar[k][1].value == "ما"):
            return True
        if line.tokens[k].kind == "punct" or kind in ("comp", "sub"):
            break
    agreed = [c for c in find_cues(line) if c.cue.kind == "truce_agreed" and begin <= c.at < time.token_first]
    if agreed and line.tokens[agreed[-1].at].key.startswith(WITH_ARTICLE):
        return True
    had = line.grammar_kind(begin) in ("particle", "comp")  # «كان», which folded is «كأن»
    parts = [k for k in range(begin + 1, time.token_first) if line.grammar_kind(k) == "particle"]
    return had and any(line.pos[k + 1] == "VERB" for k in parts)


def _is_now(act: Act) -> bool:
    """Whether an act is told in the present, and so on the day of the report."""
    return _is_ticker(act) or (act.form is not None and act.form.tense == "present")


def _is_ticker(act: Act) -> bool:
    """Whether an act stands in a line that tells the news of the day as headlines do: «الجيش يقصف …»."""
    line = act.line
    verbs = [k for k in range(*line.sentence_of(act.at)) if line.pos[k] == "VERB" and k not in line.inside_grammar]
    named = 0 in line.mention_at and not line.mention_at[0].prep
    return named and bool(verbs) and _in_present(line, verbs[0]) and len(line.sentences) == 1


def _in_present(line: Line, k: int) -> bool:
    """Whether a verb stands in the present, as the pack's verbs have it; one that they lack if it begins with «ي»."""
    key = line.tokens[k].key
    told = [m.form.tense for verbs in (frame_verbs(), light_verbs(), say_verbs()) for m in verbs.match(key)]
    return "present" in told if told else key.startswith("ي")


def _is_news(t: Telling) -> bool:
    """Whether an act is told as having happened, in a main clause: without a day, it is of the day of the report."""
    past = t.act.form is None or t.act.form.person == 3
    return past and t.status in ("reported", "claimed") and not (t.act.relative or t.act.background)


def _times_beside(line: Line, act: Act) -> list[TimeMention]:
    """The times of an act's sentence."""
    begin, stop = line.sentence_of(act.at)
    return [t for t in line.times if begin <= t.token_first < stop and (t.first or t.last)]


def _nearest(line: Line, act: Act, times: list[TimeMention]) -> TimeMention | None:
    """The time in an act's own clause, else the nearest day beside it."""
    inner = (clause_start(line, act.at), clause_end(line, act.last))
    same = [t for t in times if inner[0] <= t.token_first < inner[1] + 1]
    pool = same or [t for t in times if t.kind in ("point", "future")]
    return min(pool, key=lambda t: abs(t.token_first - act.at), default=None)


def _time_of(line: Line, act: Act) -> TimeMention | None:
    """When an act took place: the nearest time of its sentence that is no other act's."""
    near = [t for t in _times_beside(line, act) if not _of_another(line, act, t)]
    return _nearest(line, act, near) or min(near, key=lambda t: abs(t.token_first - act.at), default=None)


def _of_another(line: Line, act: Act, t: TimeMention) -> bool:
    """Whether a time belongs to something that the act's sentence only refers to.

    After the act: in a clause or a phrase that an anchor opens («قصفت بعد الهجوم الذي وقع الأحد»), unless it tells the
    act itself («النزاع الذي استمر بين عامي …»). Before it: in such a phrase that a comma closes.
    """
    if _is_eve(line, t):
        return act.at < t.token_first or any(line.tokens[k].form in "،," for k in range(t.token_last, act.at))
    if t.token_first >= act.last:
        for k in range(act.last, t.token_first):
            told = line.grammar_kind(k) in ("rel", "comp", "sub") and k - act.last > _HEAD
            if told or _anchors(line, k, t.token_first):
                return True
        return False
    closed = any(line.tokens[k].form in "،," for k in range(t.token_last, act.at))
    begin = max(line.sentence_of(act.at)[0], t.token_first - _BACK)
    return closed and any(_anchors(line, k, t.token_first) for k in range(begin, t.token_first))


def _is_eve(line: Line, t: TimeMention) -> bool:
    """Whether a time is that of what the next word names: «غداة سقوط البلدة»."""
    return line.tokens[t.token_first].key in keys_of_kind("times.tsv", "eve")


def _begun(line: Line, act: Act) -> str | None:
    """Since when an act has been going on whose beginning is told by another: «قتل المئات منذ بدأت الحرب في مارس»."""
    _, stop = line.sentence_of(act.at)
    for k in range(act.last, stop):
        if line.tokens[k].form in ".؛" or (line.grammar_kind(k) in ("rel", "sub", "comp")):
            return None
        if _anchors(line, k, min(stop, k + _SINCE)) and line.grammar[k][1].value == "منذ":
            later = (t for t in line.times if k < t.token_first < min(stop, k + _SINCE) and t.first)
            return next((t.first for t in later), None)
    return None


def _anchors(line: Line, k: int, stop: int) -> bool:
    """Whether a preposition of time opens a phrase that tells of another act before token `stop`: «بعد الهجوم»,
    «منذ بدء القتال»; not «خلال الفترة من …», which is a time itself."""
    found = line.grammar.get(k)
    if found is None or found[1].kind != "prep" or found[1].value not in _ANCHORS or found[0] in line.time_tokens:
        return False
    words = range(found[0], stop)
    return any(line.pos[j] == "VERB" or frame_nouns().match(line.tokens, j) is not None for j in words)


def place_of(line: Line, act: Act) -> PlaceMention | None:
    """The place nearest to an act in its sentence, one after it first, countries last."""
    begin, stop = line.sentence_of(act.at)
    near = [p for p in line.places if begin <= p.first < stop and p.kind != "country"]
    near = near or [p for p in line.places if begin <= p.first < stop]
    after = [p for p in near if p.first >= act.last]
    pool = after or near
    return min(pool, key=lambda p: abs(p.first - act.at)) if pool else None


def arm(t: Telling) -> None:
    """Give an act of force the weapons of its clause, and the mode that they tell.

    Args:
        t: the event; it is changed in place.
    """
    if t.act.frame.type != "ASSAULT":
        return
    line = t.act.line
    stop = max([clause_end(line, t.act.last), *[m + 6 for m in t.act.merged]])
    for k in range(clause_start(line, t.act.at), min(stop, len(line.tokens))):
        found = weapons().match(line.tokens, k) if line.tokens[k].kind == "word" else None
        if found:
            t.weapons.append(line.tokens[k].form)
            t.mode = t.mode or found.value[1] or None
