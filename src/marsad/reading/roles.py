"""An act and who fills its roles: the slots of its verb or noun, given to actors and recipients by its frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from marsad.language.morph import VerbForm
from marsad.reading.arguments import Arguments
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, Frame, Light
from marsad.text.analysis import analyser

_NAMED_AFTER: Final = frozenset({"RETREAT", "CONSULT"})
_VICTIMS: Final = frozenset({"CVL", "JRN", "MED", "EDU", "REF", "REL", "SOC", "OPP", "BUS", "LAB"})


@dataclass(slots=True, eq=False)
class Act:
    """One act before its actors have ids; `weak` says why the rules alone would not call it one."""

    line: Line
    at: int
    last: int
    frame: Frame
    shape: str
    args: Arguments
    form: VerbForm | None = None
    pro: str = ""
    article: bool = False
    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)
    actor_codes: list[tuple[str, int]] = field(default_factory=list)
    recipient_codes: list[tuple[str, int]] = field(default_factory=list)
    light: Light | None = None
    light_at: int | None = None
    owner_role: str = ""
    passive: bool = False
    relative: bool = False
    background: bool = False
    mode: str | None = None
    merged: list[int] = field(default_factory=list)
    words: frozenset[int] = frozenset()
    notes: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    weak: str = ""

    @property
    def filled(self) -> bool:
        """Whether anybody is named in the act's own phrase."""
        return bool(self.actors or self.recipients or self.actor_codes or self.recipient_codes or self.owner_role)


def fill_verb(act: Act, pronoun: str) -> None:
    """Give a verb's act its sides from the verb's slots, active or passive.

    Args:
        act: the act; it is filled in.
        pronoun: the verb's object clitic, or an empty string.
    """
    args, slots = act.args, act.frame.slots
    subject, obj = args.subject, args.object
    act.passive = _is_passive(act, pronoun)
    if act.passive:
        give(act, slots.get("obj", "R"), subject or obj)
    else:
        give(act, slots.get("subj", "A"), subject)
        give(act, slots.get("obj", ""), obj)
        if args.opaque and args.nationality and slots.get("subj", "A") == "A":
            act.actor_codes += [(code, act.at + 2) for code in args.nationality]
    _give_preps(act)


def _is_passive(act: Act, pronoun: str) -> bool:
    """Whether an unvocalised transitive verb is the passive: one bare phrase of the kind that suffers is all it has."""
    slots, args = act.frame.slots, act.args
    if act.frame.type in VERBAL:  # «انتقد أردوغان»: who speaks is not done to
        return is_written_passive(act.line, act.at)
    if slots.get("obj") != "R" or slots.get("subj", "A") != "A" or pronoun:
        return False
    if is_written_passive(act.line, act.at):
        return True
    if args.object or not args.subject:
        return False
    subject = args.subject[0]
    if act.form is not None and act.form.number == "p" and (act.form.person == 3 or args.opaque):
        return _suffers(subject)
    if args.opaque or (subject.first < act.at and not subject.counted and subject.sector not in _VICTIMS):
        return False
    return _suffers(subject) and not _object_follows(act, subject)


def _object_follows(act: Act, subject: Mention) -> bool:
    """Whether a bare noun that names no actor follows the subject: it is the object («شوه قراصنة روس مواقع وزارات»)."""
    line, at = act.line, subject.last
    if at >= act.args.end or at in line.inside_grammar or at in line.time_tokens or at in line.mention_at:
        return False
    token = line.tokens[at]
    clitic = token.key[:1] in "بلك" and analyser().segment(token.key).proclitics != ()
    return token.kind == "word" and line.pos[at] == "NOUN" and not clitic and not token.key.startswith("و")


def is_written_passive(line: Line, i: int) -> bool:
    """Whether a verb's first letters carry the vowel of the passive (قُتل)."""
    return "\u064f" in line.tokens[i].form[:4]


def _suffers(m: Mention) -> bool:
    """Whether a phrase is of the kind that an act of force is done to when it stands alone."""
    return (
        m.counted
        or m.sector in _VICTIMS
        or m.shape in ("person", "people")
        or (m.shape == "name" and m.kind == "person")
    )


def fill_noun(act: Act) -> None:
    """Give an event noun's act its sides from its genitive, its adjective of nationality and its prepositions.

    Args:
        act: the act; it is filled in.
    """
    args, slots = act.args, act.frame.slots
    role = slots.get("gen", "A")
    marked = any(slots.get(p) == "R" and args.preps.get(p) for p in ("ل", "على", "ضد"))
    if role == "R" and marked:
        role = "A"
    named_after = act.frame.type in _NAMED_AFTER and args.genitive and args.genitive[0].shape == "capital"
    if not named_after:  # «هدنة موسكو»: where it was agreed
        give(act, role, args.genitive)
    give(act, slots.get("obj", ""), args.object)
    if args.owner:
        act.owner_role = role
    adjective = slots.get("adj", "A")
    for code in args.nationality:
        (act.actor_codes if adjective == "A" else act.recipient_codes).append((code, act.last))
    _give_preps(act)
    if not act.actors and not act.actor_codes and role == "A" and "ل" not in slots:
        give(act, "A", args.preps.get("ل", []))  # «هجوم مضاد للقوات الأوكرانية»: whose it is


def give(act: Act, role: str, mentions: list[Mention]) -> None:
    """Add mentions to a side of an act, each once: `A` its actors, `R` its recipients, anything else nobody."""
    target = act.actors if role == "A" else act.recipients if role == "R" else None
    if target is not None:
        target.extend(m for m in mentions if m not in target)


def _give_preps(act: Act) -> None:
    for prep, mentions in act.args.preps.items():
        if prep == "agent":
            give(act, "A", mentions)
        elif prep == "بإسناد":  # whose force supports an act of force takes part in it
            give(act, "A" if act.frame.type in ("ASSAULT", "COERCE") else "", mentions)
        elif prep == "ضد":
            give(act, act.frame.slots.get("ضد", "R"), mentions)
        else:
            give(act, act.frame.slots.get(prep, ""), mentions)


def satisfied(act: Act) -> bool:
    """Whether the sides that an act's frame needs have been found."""
    need = act.frame.need
    has_a = bool(act.actors or act.actor_codes or act.args.elided or act.args.owner)
    has_r = bool(act.recipients or act.recipient_codes)
    if act.light and act.light.slots.get("subj") == "act" and act.frame.slots.get("بين") == "A":
        return True  # «تدور حرب»: the page knows between whom
    if "any" in need:
        return has_a or has_r
    return not (("A" in need and not has_a) or ("R" in need and not has_r))
