"""Who acts and who is acted on: an act's own phrases first, then what its sentence and its page leave understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from marsad.reading.actors import Draft, Registry, force
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, weapons
from marsad.reading.places import PlaceMention
from marsad.reading.roles import Act
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling
from marsad.text.tokens import tokenize

FORCE: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_TOWARDS: Final = VERBAL | {"AID", "SANCTION", "PROTEST"}
_JOINED: Final = 18  # words from a verb to the one that is joined to it
_PARTY_PREPS: Final = frozenset({"مع", "ضد", "عن", "ل", "إلى", "من", "على", "بحق"})
_PARTY_SHAPES: Final = frozenset({"country", "capital", "name", "body", "office", "thing"})


class Setting(NamedTuple):
    """What surrounds an act: its line with all its acts, the statement it stands in, the speech act that it is the
    topic of, and the events told before it on the page."""

    line: Line
    acts: Sequence[Act]
    speech: Speech | None
    topic: Act | None
    earlier: Sequence[Telling]


def fill_sides(t: Telling, at: Setting, registry: Registry) -> None:
    """Give an event its actors and recipients.

    Args:
        t: the event; it is changed in place.
        at: what surrounds its act.
        registry: the page's actors.
    """
    act = t.act
    told = _joined(act, at, registry) or _accused(act, at, registry)
    t.actors = told or _drafts(registry, act.actors) + _coded(registry, at.line, act.actor_codes)
    adjective = act.frame.type in FORCE and act.shape == "noun" and bool(act.args.nationality) and bool(act.actor_codes)
    t.sure = frozenset({"actors"} if told or adjective else ())
    t.recipients = _drafts(registry, act.recipients) + _coded(registry, at.line, act.recipient_codes)
    if act.owner_role or (not t.actors and act.args.elided and not act.passive):
        target = t.recipients if act.owner_role == "R" else t.actors
        target.extend(d for d in _owner(act, at, registry) if d not in target)
    t.actors = t.actors or _understood_actors(act, at, registry)
    if not t.recipients and act.frame.type == "CONSULT":
        t.recipients = _visited(at.line, act, registry)
    if not t.actors and act.frame.slots.get("بين") == "A":
        t.actors = registry.pair() if act.frame.type == "ASSAULT" else _both(act, at, registry)
    if act.frame.type in FORCE:
        t.actors = [force(registry, d, t.trigger) for d in t.actors]
    t.recipients = _not_own(t, t.recipients or _understood_recipients(t, at, registry), registry)
    t.actors = list(dict.fromkeys(t.actors))


def _understood_actors(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """Who acts where the act's own words name nobody: whoever a demand is made of, or whoever speaks."""
    if at.topic is not None and act.frame.type not in VERBAL:
        return registry.of_all(at.topic.recipients) or registry.of_all(at.topic.actors)
    if act.frame.type in VERBAL and at.speech is not None and at.speech.speaker is not None:
        return registry.of(at.speech.speaker)
    return []


def _understood_recipients(t: Telling, at: Setting, registry: Registry) -> list[Draft]:
    """Who is acted on where the act's own words name nobody."""
    act = t.act
    found: list[Draft] = []
    if act.frame.type in ("ASSAULT", "COERCE") and act.shape == "verb" and act.mode != "seize":
        found = _hit_place(at.line, act, registry)
    found = found or _of_place(at.line, act, registry)
    if not found and act.frame.type in _TOWARDS:
        found = _of_topic(act, at.acts, registry) or _nearest_party(t, registry)
    return found


def _not_own(t: Telling, recipients: list[Draft], registry: Registry) -> list[Draft]:
    """The recipients less the actors; victims whose country was only inferred are not of the attacker's."""
    own = {d.code for d in t.actors}
    found = []
    for draft in dict.fromkeys(recipients):
        if draft in t.actors:
            continue
        guessed = draft.inferred and draft.code in own and draft.sector not in ("GOV", "MIL")
        if guessed and t.type in ("ASSAULT", "ACCUSE"):
            other = next((c for c, _ in registry.codes.most_common(4) if c not in own), None)
            if other:
                key = ("people", other, draft.name)
                draft = registry.synthetic(key, draft.name, draft.kind, other, draft.sector, t.trigger)
        found.append(draft)
    return found


def _drafts(registry: Registry, mentions: list[Mention]) -> list[Draft]:
    able = (m for m in mentions if m.prep != "في" or m.shape not in ("country", "capital"))
    return [d for m in able for d in registry.of(m) if not (d.inferred and m.shape == "asset" and _missile(m))]


def _missile(m: Mention) -> bool:
    """Whether a phrase names only what is fired («أطلقت الصواريخ»): whose it is, it does not say."""
    tokens = tokenize(m.name)
    return bool(tokens) and weapons().match(tokens, 0) is not None and m.inner is None


def _coded(registry: Registry, line: Line, codes: list[tuple[str, int]]) -> list[Draft]:
    """The forces that adjectives of nationality stand for («غارة تركية»)."""
    found = []
    for code, at in codes:
        token = line.tokens[min(at, len(line.tokens) - 1)]
        key, span = ("force", code), (token.start, token.end)
        found.append(registry.synthetic(key, token.form, "military", code, "MIL", span))
    return found


def _owner(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """Whom a pronoun or an unnamed subject stands for: the speaker for «we», else who acted or was named before."""
    speaker = registry.of(at.speech.speaker) if at.speech is not None and at.speech.speaker is not None else None
    if at.speech is not None and speaker is not None:
        near_start = act.at - at.speech.first <= 2
        if near_start or (act.form is not None and act.form.person == 1):
            return speaker
    named = _named_before(act, at, registry)
    if named:
        return named
    if speaker is not None:
        return speaker
    last = next((t for t in reversed(at.earlier) if t.actors), None)
    return last.actors if last and last.act.line.number >= at.line.number - 1 else []


def _joined(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """The subject of the verb that a transitive verb is joined to: «قصفت القوات المدينة، فقتلت أربعة وأصابت عشرة»."""
    open_ = not act.actors or _takes_object(act)
    if not (open_ and _transitive(act) and act.pro in ("و", "ف")):
        return []
    begin, _ = at.line.sentence_of(act.at)
    verbs = (o for o in reversed(at.acts) if begin <= o.at < act.at and o.shape == "verb")
    other = next((o for o in verbs if o.args.subject), None)
    near = other is not None and act.at - other.at <= _JOINED
    if other is None or not near or other.passive or not _agree(other, act) or not _one_voice(at, other.at):
        return []
    found = _drafts(registry, other.actors)
    if found and _takes_object(act):
        act.actors, act.recipients = [], [*act.actors, *act.recipients]
    return found


def _accused(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """Who is accused of an act that follows with «ب»: «اتهمت الحكومة الجيش بقصف البلدة»."""
    if at.topic is None or at.topic.frame.type != "ACCUSE" or act.frame.type not in FORCE:
        return []
    named = act.actors or act.actor_codes
    if act.shape != "noun" or not act.pro.endswith("ب") or named:
        return []
    return _drafts(registry, [m for m in at.topic.recipients if m.last <= act.at])


def _both(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """Those who do something together in the sentence, for talks that name nobody: «اتفق البلدان … بعد محادثات»."""
    begin, stop = at.line.sentence_of(act.at)
    others = (registry.of_all(o.actors) for o in at.acts if o is not act and begin <= o.at < stop)
    return next((found for found in others if len({d.code for d in found}) > 1), [])


def _transitive(act: Act) -> bool:
    """Whether an act of force is told by a verb that takes who suffers it as its object."""
    slots = act.frame.slots
    plain = slots.get("obj") == "R" and slots.get("subj", "A") == "A"
    return act.shape == "verb" and act.frame.type in FORCE and plain


def _agree(one: Act, other: Act) -> bool:
    """Whether two verbs can have one subject, by the letters of their gender and number."""
    if one.form is None or other.form is None or one.frame.type not in FORCE:
        return False
    return (one.form.person, one.form.gender) == (other.form.person, other.form.gender)


def _takes_object(act: Act) -> bool:
    """Whether what stands as a verb's subject can be its object: whom one kills, what one shoots down."""
    after = [m for m in act.actors if m.first > act.at]
    hit = all(m.shape == "asset" or m.counted or m.sector == "CVL" for m in after)
    return bool(after) and after == act.actors and hit and not act.args.object


def _one_voice(at: Setting, k: int) -> bool:
    """Whether a token stands in the words in which the act stands."""
    return at.speech is None or at.speech.first <= k < at.speech.last


def _named_before(act: Act, at: Setting, registry: Registry) -> list[Draft]:
    """The last party named bare before an act in its sentence; inside somebody's words only if they name it."""
    begin, _ = at.line.sentence_of(act.at)
    for k in range(act.at - 1, begin - 1, -1):
        mention = at.line.mention_at.get(k)
        if mention and not mention.prep and mention.sector != "CVL" and mention.kind != "media":
            found = registry.of(mention)
            if found and (at.speech is None or k >= at.speech.first):
                return found
    return []


def _of_topic(act: Act, acts: Sequence[Act], registry: Registry) -> list[Draft]:
    """Whose deed one condemns, refuses or protests: «نددت طهران بالغارة الأميركية»."""
    stop = max(act.args.end, act.last + 1)
    topic = next((o for o in acts if act.at < o.at < stop and o.shape == "noun"), None)
    if topic is None:
        return []
    return _drafts(registry, topic.actors) or _coded(registry, act.line, topic.actor_codes)


def _nearest_party(t: Telling, registry: Registry) -> list[Draft]:
    """The other party that the clause names after a preposition: «استبعدت طهران التفاوض مع واشنطن»."""
    for prep, mentions in t.act.args.preps.items():
        if prep not in _PARTY_PREPS or t.act.frame.slots.get(prep) == "-":
            continue
        for m in mentions:
            if m.shape in _PARTY_SHAPES and m.kind != "media":
                found = [d for d in registry.of(m) if d not in t.actors]
                if found:
                    t.notes.append(("recipient", f"named after {prep}"))
                    return found
    return []


def _visited(line: Line, act: Act, registry: Registry) -> list[Draft]:
    """The state whose city is visited or hosts: «وصل إلى أنقرة»."""
    if act.mode != "visit":
        return []
    near = range(act.last, min(act.args.end, act.last + 8))
    place = next((line.place_at[k] for k in near if k in line.place_at), None)
    return [registry.state_of(place.country, (place.start, place.end))] if place and place.country else []


def _of_place(line: Line, act: Act, registry: Registry) -> list[Draft]:
    """The country of a place that fills the recipient's slot: «مساعدات إلى غزة», «حصار غزة»."""
    slots = {slot for slot, role in act.frame.slots.items() if role == "R"} - {"obj"}
    for k in range(act.last, min(act.args.end, act.last + 14)):
        place = line.place_at.get(k)
        if place is None or place.first != k or not place.country or place.kind == "country":
            continue
        if _slot_of_place(line, act, place, k) in slots:
            return [registry.state_of(place.country, (place.start, place.end))]
    return []


def _slot_of_place(line: Line, act: Act, place: PlaceMention, k: int) -> str:
    """The preposition before a place that starts at token `k`, `gen` where it completes the act's noun, or nothing."""
    covering = (n for n in (k - 1, k - 2) if n in line.grammar and line.grammar[n][0] == k)
    before = next((line.grammar[n][1].value for n in covering), "")
    clitic = line.tokens[k].form[: place.start - line.tokens[k].start]
    own = next((c for c in clitic if c in "بل"), "")
    return before or own or ("gen" if k == act.last and act.shape == "noun" else "")


def _hit_place(line: Line, act: Act, registry: Registry) -> list[Draft]:
    """The people of a place that is itself what was hit: «قصفت القوات بلدة …»."""
    for k in range(act.last, min(act.args.end, act.last + 12)):
        place = line.place_at.get(k)
        if place is None or not place.country or place.first != k:
            continue
        before = line.grammar.get(k - 1) or line.grammar.get(k - 2)
        if before and before[0] in (k, k - 1) and before[1].kind == "prep":
            return []
        span = (place.start, place.end)
        if act.frame.type == "COERCE":
            return [registry.state_of(place.country, span)]
        key = ("people", place.country, place.name)
        return [registry.synthetic(key, place.name, "people", place.country, "CVL", span)]
    return []
