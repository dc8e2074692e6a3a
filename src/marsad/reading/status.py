"""The status of an act: told, claimed, denied, to come or only possible; and what that makes of its type.

What the outlet tells in its own voice is `reported`; what stands in somebody's words is `claimed` by him, or `denied`;
what is announced, planned or conditional is `future` or `hypothetical`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.model.record import Status
from marsad.reading.actors import Registry, camp_of, force
from marsad.reading.arguments import clause_start
from marsad.reading.casualties import tells_harm
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, StatusWord, light_verbs, status_words
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling

_ASKING: Final = frozenset({"demand", "ask", "propose", "threaten", "promise"})
_TOPIC: Final = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT"})
_TOPIC_REACH: Final = 24
_EFFECTS: Final[dict[str, Status]] = {
    "denied": "denied", "undone": "denied", "future": "future", "aim": "future", "hypothetical": "hypothetical",
    "foiled": "hypothetical", "repelled": "hypothetical", "sought": "hypothetical", "attempted": "hypothetical",
}  # fmt: skip
_LENT: Final = frozenset({"future", "denied", "hypothetical", "sought", "attempted", "repelled"})
_MEASURES: Final = frozenset({"COERCE", "SANCTION"})
_REFUSED: Final = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
_THREATENED: Final = {"ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "relations"}


def recast(t: Telling, by_speaker: bool) -> None:
    """Recode acts that PLOVER codes by what their telling means; in each the intent is what happened.

    Talks or aid to come are AGREE, refused ones REJECT, one's own force to come is THREATEN.

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


def is_deed(t: Telling) -> bool:
    """Whether an event is a deed and not a speech act."""
    return t.act.frame.type not in VERBAL


def speech_of(act: Act, speeches: Sequence[Speech]) -> Speech | None:
    """The innermost statement whose content holds an act."""
    inside = [s for s in speeches if s.line is act.line and s.first <= act.at < s.last and s.at != act.at]
    return max(inside, key=lambda s: s.first, default=None)


def topic_of(line: Line, act: Act, acts: Sequence[Act]) -> Act | None:
    """The speech act that an act is the topic of: what is demanded, threatened, refused, or what one is accused of."""
    earlier = (o for o in reversed(acts) if o.at < act.at and o.frame.type in (*_TOPIC, "ACCUSE"))
    return next((o for o in earlier if _is_topic(line, o, act)), None)


def _is_topic(line: Line, other: Act, act: Act) -> bool:
    """Whether an act stands in the clause that a speech act opens, and no new clause joined by «، و» begins between."""
    _, stop = line.sentence_of(other.at)
    between = range(other.last, act.at)
    if act.at >= stop or act.at - other.at > _TOPIC_REACH or any(line.tokens[k].form in ".؛" for k in between):
        return False
    if act.shape == "verb" and not any(line.grammar_kind(k) == "comp" for k in between):
        return False
    joins = (k for k in between if k + 1 < act.at and line.tokens[k].form in "،,")
    return not any(line.tokens[k + 1].form.startswith("و") for k in joins)


def only_asked(line: Line, act: Act, speech: Speech | None, topic: Act | None) -> bool:
    """Acts only demanded, threatened or offered are not coded beside the demand; what one asks to stop is."""
    asked = topic is not None and topic.frame.type in _TOPIC
    said = speech is not None and speech.word.means in _ASKING and act.frame.type not in VERBAL and act.shape == "noun"
    if not (asked or said):
        return False
    return not any(line.grammar_kind(k) == "stop" for k in range(max(0, act.at - 4), act.at))


def effect_of(line: Line, act: Act) -> str:
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
        return "aim"
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


def by_speaker(t: Telling, registry: Registry) -> bool:
    """Whether the one in whose words an event is told is its actor."""
    speaker = registry.of(t.speech.speaker) if t.speech and t.speech.speaker else []
    camps = {camp_of(d) for d in speaker if d.code}
    return any(d is a for d in speaker for a in t.actors) or bool(camps & {camp_of(a) for a in t.actors if a.code})


def give_status(t: Telling, registry: Registry, topic: Act | None) -> None:
    """Give an event its status and its claimants.

    Args:
        t: the event; it is changed in place.
        registry: the page's actors.
        topic: the speech act that it is the topic of, if any.
    """
    line, act = t.act.line, t.act
    effect = effect_of(line, act)
    if topic is not None and (topic.frame.type == "ACCUSE" or is_deed(t)):
        t.claimed_by = registry.of_all(topic.actors)
        t.status = "claimed"
    elif t.speech is not None and t.speech.speaker is not None and (is_deed(t) or not by_speaker(t, registry)):
        _claim(t, registry, t.speech, t.speech.speaker)
    told = t.status
    if effect in _EFFECTS:
        t.status = _EFFECTS[effect]
        t.notes += [("status", row) for row in act.notes]
    if effect == "background":
        t.foreground = False
    if act.light and act.light.status in _LENT:
        t.status = _EFFECTS[act.light.status]
        effect = act.light.status if effect != "background" else effect
    t.plainly = (t.status, _finer(t, effect, told))


def settle(t: Telling) -> None:
    """Read an event's status more finely, once it is chosen: the vote on events knows only whether an act is told as
    having happened, and learnt from that.

    Args:
        t: the event; it is changed in place.
    """
    first, finer = t.plainly
    if t.type == t.act.frame.type and t.status == first:
        t.status = finer


def _finer(t: Telling, effect: str, told: Status) -> Status:
    """The status of an act by all that the words around it say.

    What was repelled or tried took place, what one seeks or tries is to come, a ban that is lifted was there before; a
    purpose that blames is blame uttered («لإطالة أمد الحرب»).
    """
    if effect == "sought" or (effect == "attempted" and _is_present(t.act)):
        return "future"
    undone = effect == "undone" and t.act.frame.type in _MEASURES
    if effect in ("repelled", "attempted", "background") or undone:
        return told
    return "reported" if effect == "aim" and not is_deed(t) else t.status


def _is_present(act: Act) -> bool:
    """Whether the light verb of an act stands in the present."""
    forms = light_verbs().match(act.line.tokens[act.light_at].key) if act.light_at is not None else ()
    return any(m.form.tense == "present" for m in forms)


def _claim(t: Telling, registry: Registry, speech: Speech, speaker: Mention) -> None:
    """An event told in somebody's words is his claim, or his denial."""
    t.claimed_by = registry.of(speaker)
    t.status = "denied" if speech.word.means == "deny" else "claimed"
    if t.status == "denied" and not t.actors and not tells_harm(t.act.line, t.act.at):
        t.actors = [force(registry, d, t.trigger) for d in t.claimed_by]  # one denies one's own deed
