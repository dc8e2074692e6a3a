"""Acts become events: status, claimant, day, place, casualties, sides.

Status follows bench rules of the field: what the outlet tells in its own voice is `reported`; what stands in somebody's
words is `claimed` by him, or `denied`; what is announced, planned or conditional is `future` or `hypothetical`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from marsad.model.record import Span, Status
from marsad.reading.actors import Draft, Registry, force, side_of
from marsad.reading.acts import Act
from marsad.reading.arguments import Arguments, clause_end, clause_start, verb_arguments
from marsad.reading.casualties import Harm, tells_harm, tells_victims
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, Frame, StatusWord, status_words, weapons
from marsad.reading.places import PlaceMention
from marsad.reading.speech_words import say_verbs
from marsad.reading.statements import Speech
from marsad.reading.times import TimeMention

_FORCE: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_ASKING: Final = frozenset({"demand", "ask", "propose", "threaten", "promise"})
_TOPIC: Final = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
_TOWARDS: Final = VERBAL | {"AID", "SANCTION", "PROTEST"}
_PARTY_PREPS: Final = frozenset({"مع", "ضد", "عن", "ل", "إلى", "من", "على", "بحق"})
_HISTORY: Final = datetime.timedelta(days=30)


@dataclass(slots=True, eq=False)
class Telling:
    """An event before ids: the act, its sides as drafts, and all that was read around it."""

    act: Act
    actors: list[Draft]
    recipients: list[Draft]
    status: Status
    claimed_by: list[Draft] = field(default_factory=list)
    speech: Speech | None = None
    foreground: bool = True
    historical: bool = False
    time: TimeMention | None = None
    first: str | None = None
    last: str | None = None
    place: PlaceMention | None = None
    weapons: list[str] = field(default_factory=list)
    harm: list[Harm] = field(default_factory=list)
    mode: str | None = None
    type: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def trigger(self) -> Span:
        """The span of the words that carry the act."""
        tokens = self.act.line.tokens
        return tokens[self.act.at].start, tokens[self.act.last - 1].end


class EventReader:
    """Turns the acts of a page's lines into events, in reading order."""

    def __init__(self, registry: Registry, published: datetime.date | None) -> None:
        self.registry = registry
        self.published = published
        self.tellings: list[Telling] = []
        self._carried: TimeMention | None = None
        self._carried_line = -9

    def read(self, line: Line, acts: Sequence[Act], speeches: Sequence[Speech], harms: Sequence[Harm]) -> list[Telling]:
        """Read one line's acts.

        Args:
            line: the line.
            acts: its acts.
            speeches: its statements.
            harms: its counts of harm.

        Returns:
            The line's events.
        """
        tellings = [t for act in acts if (t := self._telling(line, act, acts, speeches)) is not None]
        tellings = _without_results(line, tellings, harms)
        left = _attach(line, tellings, harms)
        tellings += [t for harm in left if (t := self._harm_alone(line, harm, speeches)) is not None]
        tellings += self._bare_denials(line, tellings)
        tellings.sort(key=lambda t: t.act.at)
        self.tellings += tellings
        self._carry(line)
        for t in tellings:
            if t.type == "ASSAULT" and t.actors and t.recipients:
                one, other = t.actors[0], t.recipients[0]
                self.registry.oppose(side_of(one.code, one.sector), side_of(other.code, other.sector), 2)
        return tellings

    def _harm_alone(self, line: Line, harm: Harm, speeches: Sequence[Speech]) -> Telling | None:
        """Victims counted without a word for the act: somebody was killed or hurt by an unnamed hand."""
        if harm.kind not in ("killed", "injured") or harm.low < 1:
            return None
        act = Act(
            line,
            harm.at,
            harm.at + 1,
            Frame(harm.rule, "ASSAULT", None, (), {}, (), (), frozenset()),
            "noun",
            Arguments(),
        )
        speech = _speech_of(act, speeches)
        t = Telling(act, [], [], "reported", speech=speech, foreground=False, harm=[harm], type="ASSAULT")
        t.recipients = self.registry.of(harm.who) if harm.who is not None else []
        self._status(line, t, speech, None)
        self._when(line, t)
        t.place = _place_of(line, act)
        return t

    def _bare_denials(self, line: Line, tellings: Sequence[Telling]) -> list[Telling]:
        """«ونفت يريفان ذلك»: the act told last is denied by one who is not its claimant."""
        found = []
        for i in range(len(line.tokens)):
            match = next((m for m in say_verbs().match(line.tokens[i].key) if m.value.means == "deny"), None)
            if match is None or line.pos[i] != "VERB":
                continue
            args = verb_arguments(line, i, match.form, match.pronoun)
            deniers = self.registry.of_all(args.subject)
            after = args.subject[-1].last if args.subject and args.subject[-1].first > i else i + 1
            bare = match.pronoun or (after < len(line.tokens) and line.grammar_kind(after) == "demo")
            earlier = [t for t in [*self.tellings, *tellings] if (t.act.line is not line or t.act.at < i)]
            denied = next((t for t in reversed(earlier[-6:]) if t.type in _FORCE and t.status != "denied"), None)
            if bare and deniers and denied is not None:
                act = dataclasses.replace(denied.act, line=line, at=i, last=i + 1, merged=[], lost=[], notes=[])
                found.append(
                    dataclasses.replace(denied, act=act, status="denied", claimed_by=deniers, speech=None, harm=[],
                                        foreground=False, notes=[("status", match.value.row)])
                )  # fmt: skip
        return found

    def _carry(self, line: Line) -> None:
        day = next((t for t in line.times if t.kind == "point" and t.first and t.first == t.last), None)
        if day:
            self._carried, self._carried_line = day, line.number

    def _telling(self, line: Line, act: Act, acts: Sequence[Act], speeches: Sequence[Speech]) -> Telling | None:
        speech = _speech_of(act, speeches)
        topic = _topic_of(line, act, acts)
        if _only_asked(line, act, speech, topic):
            return None
        telling = Telling(act, [], [], "reported", speech=speech, mode=act.mode, type=act.frame.type)
        telling.foreground = not (act.background or act.relative or topic is not None)
        self._sides(line, telling, acts, speech, topic)
        self._status(line, telling, speech, topic)
        recast(telling, self._by_speaker(telling, speech) if speech else False)
        self._when(line, telling)
        telling.place = _place_of(line, act)
        self._arm(line, telling)
        return telling if self._sound(telling) else None

    def _sound(self, t: Telling) -> bool:
        """An act between nobody and nobody is not an event, unless its words tell that it took place."""
        if t.act.frame.type in VERBAL and not t.actors and (not t.recipients or t.act.shape == "verb"):
            return False
        standing = t.type == "SUPPORT" and t.act.form is not None and t.act.form.tense == "present" and t.time is None
        if standing and t.speech is None:
            return False  # «روسيا تدعم أرمينيا» tells an alignment, not an act of a day
        if t.actors or t.recipients:
            return True
        return t.act.light is not None or t.act.frame.type in ("ASSAULT", "PROTEST", "RETREAT")

    # ---- sides
    def _sides(self, line: Line, t: Telling, acts: Sequence[Act], speech: Speech | None, topic: Act | None) -> None:
        act = t.act
        t.actors = self._drafts(act, act.actors) + self._coded(line, act.actor_codes)
        t.recipients = self._drafts(act, act.recipients) + self._coded(line, act.recipient_codes)
        if act.owner_role or (not t.actors and act.args.elided and not act.passive):
            owner = self._owner(line, act, acts, speech)
            target = t.recipients if act.owner_role == "R" else t.actors
            target.extend(d for d in owner if d not in target)
        if topic is not None and not t.actors and act.frame.type not in VERBAL:
            t.actors = self.registry.of_all(topic.recipients) or self.registry.of_all(topic.actors)
        if not t.actors and act.frame.type in VERBAL and speech is not None and speech.speaker is not None:
            t.actors = self.registry.of(speech.speaker)
        if not t.recipients and act.frame.type == "CONSULT":
            t.recipients = self._visited(line, act)
        if not t.actors and act.frame.slots.get("بين") == "A" and act.frame.type == "ASSAULT":
            t.actors = self.registry.pair() or []
        if act.frame.type in _FORCE:
            span = t.trigger
            t.actors = [force(self.registry, d, span) for d in t.actors]
        if not t.recipients and act.frame.type in ("ASSAULT", "COERCE") and act.shape == "verb" and act.mode != "seize":
            t.recipients = self._hit_place(line, act)
        if not t.recipients:
            t.recipients = self._of_place(line, act)
        if not t.recipients and act.frame.type in _TOWARDS:
            t.recipients = self._of_topic(act, acts) or self._nearest_party(t)
        t.recipients = self._not_own(t)
        t.actors = list(dict.fromkeys(t.actors))

    def _not_own(self, t: Telling) -> list[Draft]:
        """The recipients less the actors; victims whose country was only inferred are not of the attacker's."""
        own = {d.code for d in t.actors}
        found = []
        for draft in dict.fromkeys(t.recipients):
            if draft in t.actors:
                continue
            if (
                draft.inferred
                and draft.code in own
                and draft.sector not in ("GOV", "MIL")
                and t.type in ("ASSAULT", "ACCUSE")
            ):
                other = next((c for c, _ in self.registry.codes.most_common(4) if c not in own), None)
                if other:
                    key = ("people", other, draft.name)
                    draft = self.registry.synthetic(key, draft.name, draft.kind, other, draft.sector, t.trigger)
            found.append(draft)
        return found

    def _drafts(self, act: Act, mentions: list[Mention]) -> list[Draft]:
        named = [m for m in mentions if m.prep not in ("في",) or m.shape not in ("country", "capital")]
        return self.registry.of_all(named)

    def _coded(self, line: Line, codes: list[tuple[str, int]]) -> list[Draft]:
        found = []
        for code, at in codes:
            token = line.tokens[min(at, len(line.tokens) - 1)]
            span = (token.start, token.end)
            found.append(self.registry.synthetic(("force", code), token.form, "military", code, "MIL", span))
        return found

    def _owner(self, line: Line, act: Act, acts: Sequence[Act], speech: Speech | None) -> list[Draft]:
        """Whom a pronoun or an unnamed subject stands for: the speaker for «we», else who acted or was named before."""
        if speech is not None and speech.speaker is not None:
            near_start = act.at - speech.first <= 2
            if near_start or (act.form is not None and act.form.person == 1):
                return self.registry.of(speech.speaker)
        begin, _ = line.sentence_of(act.at)
        for k in range(act.at - 1, begin - 1, -1):
            mention = line.mention_at.get(k)
            if mention and not mention.prep and mention.sector not in ("CVL",) and mention.kind != "media":
                found = self.registry.of(mention)
                if found and (speech is None or k >= speech.first):
                    return found
        if speech is not None and speech.speaker is not None:
            return self.registry.of(speech.speaker)
        earlier = next((t for t in reversed(self.tellings) if t.actors), None)
        return earlier.actors if earlier and earlier.act.line.number >= line.number - 1 else []

    def _of_topic(self, act: Act, acts: Sequence[Act]) -> list[Draft]:
        """Whose deed one condemns, refuses or protests: «نددت طهران بالغارة الأميركية»."""
        topic = next((o for o in acts if act.at < o.at < max(act.args.end, act.last + 1) and o.shape == "noun"), None)
        if topic is None:
            return []
        return self._drafts(topic, topic.actors) or self._coded(act.line, topic.actor_codes)

    def _nearest_party(self, t: Telling) -> list[Draft]:
        """The other party that the clause names after a preposition: «استبعدت طهران التفاوض مع واشنطن»."""
        for prep, mentions in t.act.args.preps.items():
            if prep not in _PARTY_PREPS or t.act.frame.slots.get(prep) == "-":
                continue
            for m in mentions:
                if m.shape in ("country", "capital", "name", "body", "office", "thing") and m.kind != "media":
                    found = [d for d in self.registry.of(m) if d not in t.actors]
                    if found:
                        t.notes.append(("recipient", f"named after {prep}"))
                        return found
        return []

    def _visited(self, line: Line, act: Act) -> list[Draft]:
        """The state whose city is visited or hosts: «وصل إلى أنقرة»."""
        if act.mode != "visit":
            return []
        place = next(
            (line.place_at[k] for k in range(act.last, min(act.args.end, act.last + 8)) if k in line.place_at), None
        )
        return [self.registry.state_of(place.country, (place.start, place.end))] if place and place.country else []

    def _of_place(self, line: Line, act: Act) -> list[Draft]:
        """The country of a place that fills the recipient's slot: «مساعدات إلى غزة», «حصار غزة»."""
        slots = {slot for slot, role in act.frame.slots.items() if role == "R"} - {"obj"}
        for k in range(act.last, min(act.args.end, act.last + 14)):
            place = line.place_at.get(k)
            if place is None or place.first != k or not place.country or place.kind == "country":
                continue
            clitic = line.tokens[k].form[: place.start - line.tokens[k].start]
            before = next(
                (line.grammar[n][1].value for n in (k - 1, k - 2) if n in line.grammar and line.grammar[n][0] == k), ""
            )
            prep = (
                before
                or next((c for c in clitic if c in "بل"), "")
                or ("gen" if k == act.last and act.shape == "noun" else "")
            )
            if prep in slots:
                return [self.registry.state_of(place.country, (place.start, place.end))]
        return []

    def _hit_place(self, line: Line, act: Act) -> list[Draft]:
        """The people of a place that is itself what was hit: «قصفت القوات بلدة …»."""
        for k in range(act.last, min(act.args.end, act.last + 12)):
            place = line.place_at.get(k)
            if place and place.country and place.first == k:
                before = line.grammar.get(k - 1) or line.grammar.get(k - 2)
                if before and before[0] in (k, k - 1) and before[1].kind == "prep":
                    return []
                span = (place.start, place.end)
                if act.frame.type == "COERCE":
                    return [self.registry.state_of(place.country, span)]
                key = ("people", place.country, place.name)
                return [self.registry.synthetic(key, place.name, "people", place.country, "CVL", span)]
        return []

    # ---- status
    def _status(self, line: Line, t: Telling, speech: Speech | None, topic: Act | None) -> None:
        effect = _effect(line, t.act)
        own_words = speech is not None and t.act.frame.type in VERBAL and self._by_speaker(t, speech)
        if topic is not None and (topic.frame.type == "ACCUSE" or act_is_material(t)):
            t.claimed_by = self.registry.of_all(topic.actors)
            t.status = "claimed"
        elif speech is not None and speech.speaker is not None and not own_words:
            t.claimed_by = self.registry.of(speech.speaker)
            t.status = "denied" if speech.word.means == "deny" else "claimed"
            if t.status == "denied" and not t.actors and not tells_harm(line, t.act.at):
                t.actors = [force(self.registry, d, t.trigger) for d in t.claimed_by]  # one denies one's own deed
        if effect in ("denied", "future", "hypothetical", "foiled"):
            t.status = "denied" if effect == "denied" else "future" if effect == "future" else "hypothetical"
            t.notes += [("status", row) for row in t.act.notes]
        if effect == "background":
            t.foreground = False
        if t.act.light and t.act.light.status in ("future", "denied", "hypothetical"):
            t.status = t.act.light.status  # type: ignore[assignment]

    def _by_speaker(self, t: Telling, speech: Speech) -> bool:
        speaker = self.registry.of(speech.speaker) if speech.speaker else []
        return bool(speaker) and bool(set(map(id, speaker)) & set(map(id, t.actors)))

    # ---- when
    def _when(self, line: Line, t: Telling) -> None:
        time = _time_of(line, t.act)
        if time is None and self._carried and line.number - self._carried_line <= 1 and t.status != "future":
            time = self._carried if not t.act.relative else None
        if time is not None:
            t.time, t.first, t.last = time, time.first, time.last
        elif self.published and t.act.frame.type in VERBAL and t.act.shape == "verb" and t.status == "reported":
            t.first = t.last = self.published.isoformat()
        if t.last and self.published:
            t.historical = datetime.date.fromisoformat(t.last) < self.published - _HISTORY
        if not t.historical and t.first and self.published and time is not None and time.kind == "since":
            t.historical = False

    # ---- means
    def _arm(self, line: Line, t: Telling) -> None:
        if t.act.frame.type != "ASSAULT":
            return
        begin = clause_start(line, t.act.at)
        stop = max([clause_end(line, t.act.last), *[m + 6 for m in t.act.merged]])
        for k in range(begin, min(stop, len(line.tokens))):
            found = weapons().match(line.tokens, k) if line.tokens[k].kind == "word" else None
            if found:
                t.weapons.append(line.tokens[k].form)
                t.mode = t.mode or found.value[1] or None


_REFUSED: Final = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
_THREATENED: Final = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "relations"}


def recast(t: Telling, by_speaker: bool) -> None:
    """Acts that PLOVER codes by what their telling means: talks or aid to come are AGREE, refused ones REJECT, one's own
    force to come is THREATEN; in each the intent is what happened.

    Args:
        t: the event; it is changed in place.
        by_speaker: whether the one who tells it is its actor.
    """
    kind = t.act.frame.type
    refused = any(row in ("status.denied.lan", "status.denied.la") for _, row in t.notes)
    present = t.act.form is not None and t.act.form.tense == "present"
    if t.status == "future" and kind in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        t.type, t.mode, t.status = "AGREE", None, "reported"
    elif t.status == "denied" and refused and present and kind in _REFUSED:
        t.type, t.mode, t.status = "REJECT", _REFUSED[kind], "reported"
    elif t.status == "future" and by_speaker and kind in _THREATENED and t.act.shape == "verb":
        t.type, t.mode, t.status = "THREATEN", _THREATENED[kind], "reported"


def act_is_material(t: Telling) -> bool:
    """Whether an event is a deed and not a speech act."""
    return t.act.frame.type not in VERBAL


def _speech_of(act: Act, speeches: Sequence[Speech]) -> Speech | None:
    """The innermost statement whose content holds an act."""
    inside = [s for s in speeches if s.line is act.line and s.first <= act.at < s.last and s.at != act.at]
    return max(inside, key=lambda s: s.first, default=None)


def _topic_of(line: Line, act: Act, acts: Sequence[Act]) -> Act | None:
    """The speech act that an act is the topic of: what is demanded, threatened, refused, or what one is accused of."""
    for other in reversed(acts):
        if other.at >= act.at or other.frame.type not in (*_TOPIC, "ACCUSE") or other is act:
            continue
        begin, stop = line.sentence_of(other.at)
        if act.at >= stop:
            continue
        between = range(other.last, act.at)
        if any(line.tokens[k].form in ".؛" for k in between) or act.at - other.at > 24:
            continue
        if act.shape == "verb" and not any(line.grammar_kind(k) == "comp" for k in between):
            continue
        if any(
            line.tokens[k].form in "،," and line.tokens[k + 1].form.startswith("و") for k in between if k + 1 < act.at
        ):
            continue
        return other
    return None


def _only_asked(line: Line, act: Act, speech: Speech | None, topic: Act | None) -> bool:
    """Acts only demanded, threatened or offered are not coded beside the demand; what one asks to stop is."""
    asked = topic is not None and topic.frame.type in _TOPIC
    said = speech is not None and speech.word.means in _ASKING and act.frame.type not in VERBAL and act.shape == "noun"
    if not (asked or said):
        return False
    return not any(line.grammar_kind(k) == "stop" for k in range(max(0, act.at - 4), act.at))


def _effect(line: Line, act: Act) -> str:
    """The status that words around an act give it, or an empty string."""
    if "س" in act.pro and act.shape == "verb":
        return "future"
    index = status_words()
    found = ""
    k = max(0, clause_start(line, act.at) - 3, act.at - 10)
    while k < act.at:
        match = index.match(line.tokens, k) if line.tokens[k].kind == "word" else None
        told = match and not match.article and match.last <= act.at and line.grammar_kind(k) != "comp"
        if match and told and _reaches(act, match.value, match.last):
            found = match.value.effect
            act.notes.append(match.value.row)
        k = match.last if match and match.last > k else k + 1
    if act.shape == "noun" and act.pro.endswith("ل") and not act.light and not found:
        return "future"
    return found


def _reaches(act: Act, word: StatusWord, last: int) -> bool:
    gap = act.at - last
    if word.scope == "next_verb":
        return act.shape == "verb" and 0 <= gap <= 1
    if word.scope == "next_present":
        return act.form is not None and act.form.tense == "present" and 0 <= gap <= 1
    if word.scope == "noun_after":
        return act.shape == "noun" and 0 <= gap <= 2
    if word.scope == "clause":
        return 0 <= gap <= 9
    return False


def _time_of(line: Line, act: Act) -> TimeMention | None:
    begin, stop = line.sentence_of(act.at)
    near = [t for t in line.times if begin <= t.token_first < stop and (t.first or t.last)]
    if not near:
        return None
    inner = (clause_start(line, act.at), clause_end(line, act.last))
    same = [t for t in near if inner[0] <= t.token_first < inner[1] + 1]
    pool = same or [t for t in near if t.kind in ("point", "future")]
    return min(pool, key=lambda t: abs(t.token_first - act.at), default=None)


def _place_of(line: Line, act: Act) -> PlaceMention | None:
    begin, stop = line.sentence_of(act.at)
    near = [p for p in line.places if begin <= p.first < stop and p.kind != "country"]
    near = near or [p for p in line.places if begin <= p.first < stop]
    after = [p for p in near if p.first >= act.last]
    pool = after or near
    return min(pool, key=lambda p: abs(p.first - act.at)) if pool else None


def _without_results(line: Line, tellings: list[Telling], harms: Sequence[Harm]) -> list[Telling]:
    """A count of harm that another act led to («أسفر … عن مقتل») is that act's, not an act of its own."""
    kept: list[Telling] = []
    for t in tellings:
        host = next((k for k in reversed(kept) if k.act.frame.type == "ASSAULT" and _led_to(line, k.act, t.act)), None)
        if host is None or t.act.frame.type != "ASSAULT" or not tells_harm(line, t.act.at):
            kept.append(t)
            continue
        host.act.merged.append(t.act.at)
        host.recipients = host.recipients or [d for d in t.recipients if d not in host.actors]
    return kept


def _led_to(line: Line, earlier: Act, later: Act) -> bool:
    begin, stop = line.sentence_of(earlier.at)
    if not begin <= later.at < stop or later.shape != "noun":
        return False
    if tells_victims(line, later.at):
        return True
    return later.light is not None and later.light.slots.get("subj") == "cause"


def _attach(line: Line, tellings: list[Telling], harms: Sequence[Harm]) -> list[Harm]:
    """Give each count of harm to the act that it belongs to: its own word's, else the last act of force before it.

    Returns:
        The counts that no act of their sentence could take.
    """
    left = []
    for harm in harms:
        begin, stop = line.sentence_of(harm.at)
        force_acts = [t for t in tellings if t.type == "ASSAULT" and begin <= t.act.at < stop]
        own = next((t for t in force_acts if harm.at == t.act.at or harm.at in t.act.merged), None)
        before = [t for t in force_acts if t.act.at <= harm.at]
        host = own or (before[-1] if before else force_acts[0] if force_acts else None)
        if host is None:
            left.append(harm)
        elif not any(h.kind == harm.kind for h in host.harm):
            host.harm.append(harm)
    return left
