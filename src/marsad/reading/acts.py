"""Acts of a line: which words tell an act, by which frame, and who fills its roles.

A verb or an event noun of the pack proposes its frames; the one that finds most of the words it asks for wins, unless a
role that it needs stays empty. What was proposed and lost is kept, so that `explain` can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from marsad.language.lexicon import Phrases, VerbMatch, Verbs, without_pronoun
from marsad.language.morph import VerbForm
from marsad.reading.arguments import Arguments, clause_start, is_verb, noun_arguments, verb_arguments
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, Frame, Light, frame_nouns, frame_verbs, light_verbs, weapons, with_starts
from marsad.reading.mentions import nisba_of

_WINDOW: Final = 9
_OBLIGATION: Final = "grammar.oblige.ala"
_BACKGROUND: Final = frozenset({"بعد", "بسبب", "خلال", "منذ", "قبل"})
_TOLD_BARE: Final = frozenset({"ASSAULT", "PROTEST"})  # «الحرب», «الاحتجاجات»: known acts that go on
_NAMED_AFTER: Final = frozenset({"RETREAT", "CONSULT"})
_VICTIMS: Final = frozenset({"CVL", "JRN", "MED", "EDU", "REF", "REL", "SOC", "OPP", "BUS", "LAB"})


@dataclass(slots=True, eq=False)
class Act:
    """One act before its actors have ids."""

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

    @property
    def filled(self) -> bool:
        """Whether anybody is named in the act's own phrase."""
        return bool(self.actors or self.recipients or self.actor_codes or self.recipient_codes or self.owner_role)


def find_acts(line: Line) -> list[Act]:
    """The acts of a line in order of their words; what one act's several words tell is told once."""
    found = find_tellings(line, frame_verbs(), frame_nouns()) + _obligations(line)
    return _merge(line, sorted(found, key=lambda a: a.at))


def find_tellings(line: Line, verb_index: Verbs[Frame], noun_index: Phrases[tuple[Frame, ...]]) -> list[Act]:
    """Every place of a line where a verb or noun of the given indexes tells something of somebody.

    Args:
        line: the line.
        verb_index, noun_index: frames by their words.
    """
    found: list[Act] = []
    armed = _inside_weapons(line)
    i = 0
    while i < len(line.tokens):
        readable = line.tokens[i].kind == "word" and i not in line.inside_grammar and i not in line.time_tokens
        readable = readable and i not in line.place_at and i not in armed
        act = _act_at(line, i, verb_index, noun_index) if readable else None
        if act is not None and not any(i in earlier.words for earlier in found):
            found.append(act)
        i = max(i + 1, act.last if act and act.shape == "noun" else i + 1)
    return found


def _inside_weapons(line: Line) -> set[int]:
    """The later words of weapons of several words: «طائرة مسيرة» is no march."""
    found: set[int] = set()
    for i, token in enumerate(line.tokens):
        match = weapons().match(line.tokens, i) if token.kind == "word" else None
        if match and match.last - i > 1:
            found.update(range(i + 1, match.last))
    return found


def _obligations(line: Line) -> list[Act]:
    """What somebody is told to do without a verb of asking: «أن على أرمينيا التوقف عن …»."""
    found = []
    for mention in line.mentions:
        at = mention.first - 1
        if mention.prep != "على" or at < 0 or line.grammar_kind(at) != "prep" or mention.last >= len(line.tokens):
            continue
        opens = at == 0 or line.grammar_kind(at - 1) == "comp" or line.tokens[at - 1].form in '"«:'
        what = line.tokens[mention.last]
        asks = line.grammar_kind(mention.last) in ("comp", "stop") or (
            line.pos[mention.last] == "NOUN" and what.key.startswith("ال")
        )
        if opens and asks and mention.last not in line.mention_at:
            stops = line.grammar_kind(mention.last) == "stop" or line.grammar_kind(mention.last + 1) == "stop"
            frame = Frame(_OBLIGATION, "REQUEST", "yield" if stops else None, (), {"على": "R"}, (), (), frozenset())
            act = Act(line, at, mention.last + 1, frame, "noun", Arguments(end=mention.last), mode=frame.mode)
            act.recipients = [mention]
            found.append(act)
    return found


def _act_at(line: Line, i: int, verb_index: Verbs[Frame], noun_index: Phrases[tuple[Frame, ...]]) -> Act | None:
    verbs = verb_index.match(line.tokens[i].key)
    noun = noun_index.match(line.tokens, i)
    if i in line.mention_at and line.mention_at[i].first != i and line.mention_at[i].shape != "asset":
        return None
    if verbs and (not noun or _reads_as_verb(line, i)):
        if line.pos[i] != "VERB":
            return None
        return _verb_act(line, i, verbs)
    if noun and not (line.pos[i] == "VERB" and verbs):
        pronoun = noun.pronoun or _first_pronoun(line, i, noun.last, noun_index)
        act = _noun_act(line, i, noun.last, noun.value, noun.pro, noun.article, pronoun)
        if act is None and noun.last - i > 1:  # the longer phrase tells nothing here; its first word may
            short = noun_index.match(line.tokens[: i + 1], i)
            act = _noun_act(line, i, i + 1, short.value, short.pro, short.article, short.pronoun) if short else None
        return act
    return None


def _first_pronoun(line: Line, i: int, last: int, noun_index: Phrases[tuple[Frame, ...]]) -> str:
    """The pronoun on the first word of a longer phrase: «رفضها القاطع»."""
    short = noun_index.match(line.tokens[: i + 1], i) if last - i > 1 else None
    return short.pronoun if short else ""


def _reads_as_verb(line: Line, i: int) -> bool:
    """Whether a word that may be verb or masdar («قتل»، «دعم») is the verb here."""
    token = line.tokens[i]
    if token.form.startswith(("ال", "وال", "بال", "لل")):
        return False
    if any(line.grammar_kind(k) in ("prep", "agent") and line.grammar[k][0] == i for k in (i - 1, i - 2) if k >= 0):
        return False
    if "\u064f" in token.form[:4]:  # a written passive: قُتل
        return True
    begin, _ = line.sentence_of(i)
    if i == begin:
        return line.pos[i] == "VERB" or not _genitive_follows(line, i)
    return line.pos[i] == "VERB"


def _genitive_follows(line: Line, i: int) -> bool:
    return i + 1 < len(line.tokens) and line.pos[i + 1] in ("PROPN",) and i + 1 not in line.mention_at


def _verb_act(line: Line, i: int, matches: tuple[VerbMatch[Frame], ...]) -> Act | None:
    first = matches[0]
    args = verb_arguments(line, i, first.form, first.pronoun)
    lost: list[tuple[str, str]] = []
    for match in sorted(matches, key=lambda m: -m.value.weight):
        frame = match.value
        if any(frame.row == row for row, _ in lost):
            continue
        last = _required(line, i + 1, frame, min(args.end + 3, i + _WINDOW + len(frame.rest)))
        if last is None:
            lost.append((frame.row, "its words do not follow"))
            continue
        act = Act(
            line,
            i,
            max(i + 1, last if last - i <= 3 else i + 1),
            frame,
            "verb",
            args,
            match.form,
            match.pro,
            mode=frame.mode,
        )
        _fill_verb(act, match.pronoun)
        if not _satisfied(act):
            lost.append((frame.row, "a side that it needs is not named"))
            continue
        act.relative = i > 0 and line.grammar_kind(i - 1) == "rel"
        act.words = frozenset(range(last - _matched(frame), last)) if frame.weight else frozenset()
        act.lost = lost
        return act
    return None


def _required(line: Line, at: int, frame: Frame, stop: int) -> int | None:
    """Up to where a frame's own words run, or None where one is missing."""
    end = at
    for word in frame.rest:
        found = next((k for k in range(end, min(stop, len(line.tokens))) if _is(line, k, word)), None)
        if found is None:
            return None
        end = found + 1
    if not frame.with_words:
        return end
    starts = with_starts(frame.with_words)
    for k in range(at, min(stop, len(line.tokens))):
        for written in _variants(line.tokens[k].key):
            for words in starts.get(written, ()):
                if all(k + n < len(line.tokens) and _is(line, k + n, w) for n, w in enumerate(words)):
                    return max(end, k + len(words))
    return None


def _matched(frame: Frame) -> int:
    """How many of a verb's own words end where its required words end; they tell no act of their own."""
    return max((len(w) for w in frame.with_words), default=len(frame.rest))


def _is(line: Line, k: int, word: str) -> bool:
    """Whether token `k` is a word, up to article, a preposition's clitic, ending and pronoun."""
    return word in _variants(line.tokens[k].key)


@lru_cache(maxsize=100_000)
def _variants(key: str) -> tuple[str, ...]:
    """The plain words that a written word may stand for."""
    found = [key]
    for lead in ("ال", "لل", "بال", "و", "ب", "ل"):
        if key.startswith(lead):
            found.append(key[len(lead) :])
    for word in list(found):
        for ending in ("ا", "ات", "ه"):
            if word.endswith(ending) and len(word) - len(ending) > 1:
                found.append(word[: -len(ending)])
    found += [stem for stem, _ in without_pronoun(key) if len(stem) > 2]
    return tuple(dict.fromkeys(word for word in found if word))  # in one order, whatever the hash seed


def _fill_verb(act: Act, pronoun: str) -> None:
    args, slots = act.args, act.frame.slots
    subject, obj = args.subject, args.object
    act.passive = _is_passive(act, pronoun)
    if act.passive:
        _give(act, slots.get("obj", "R"), subject or obj)
    else:
        _give(act, slots.get("subj", "A"), subject)
        _give(act, slots.get("obj", ""), obj)
        if args.opaque and args.nationality and slots.get("subj", "A") == "A":
            act.actor_codes += [(code, act.at + 2) for code in args.nationality]
    _give_preps(act)


def _is_passive(act: Act, pronoun: str) -> bool:
    """Whether an unvocalised transitive verb is the passive: one bare phrase, after the verb, of the kind that suffers."""
    slots, args, line = act.frame.slots, act.args, act.line
    if act.frame.type in VERBAL:  # «انتقد أردوغان»: who speaks is not done to
        return "\u064f" in line.tokens[act.at].form[:4]
    if slots.get("obj") != "R" or slots.get("subj", "A") != "A" or pronoun:
        return False
    if "\u064f" in line.tokens[act.at].form[:4]:
        return True
    if args.object or args.opaque or not args.subject or (act.form and act.form.number == "p" and act.form.person == 3):
        return bool(
            not args.object and args.subject and act.form and act.form.number == "p" and _suffers(args.subject[0])
        )
    subject = args.subject[0]
    if subject.first < act.at and not subject.counted and subject.sector not in _VICTIMS:
        return False
    place = next((p for k, p in act.line.place_at.items() if act.at < k <= act.at + 6 and p.first == k), None)
    if place is not None and subject.last <= place.first <= subject.last + 3 and not _suffers(subject):
        return False
    return _suffers(subject)


def _suffers(m: Mention) -> bool:
    """Whether a phrase is of the kind that an act of force is done to when it stands alone."""
    return (
        m.counted
        or m.sector in _VICTIMS
        or m.shape in ("person", "people")
        or (m.shape == "name" and m.kind == "person")
    )


def _give(act: Act, role: str, mentions: list[Mention]) -> None:
    target = act.actors if role == "A" else act.recipients if role == "R" else None
    if target is not None:
        target.extend(m for m in mentions if m not in target)


def _give_preps(act: Act) -> None:
    for prep, mentions in act.args.preps.items():
        if prep == "agent":
            _give(act, "A", mentions)
        elif prep == "ضد":
            _give(act, act.frame.slots.get("ضد", "R"), mentions)
        else:
            _give(act, act.frame.slots.get(prep, ""), mentions)


def _satisfied(act: Act) -> bool:
    need = act.frame.need
    has_a = bool(act.actors or act.actor_codes or act.args.elided or act.args.owner)
    has_r = bool(act.recipients or act.recipient_codes)
    if act.light and act.light.slots.get("subj") == "act" and act.frame.slots.get("بين") == "A":
        return True  # «تدور حرب»: the page knows between whom
    if "any" in need:
        return has_a or has_r
    return not (("A" in need and not has_a) or ("R" in need and not has_r))


def _noun_act(
    line: Line, first: int, last: int, frames: tuple[Frame, ...], pro: str, article: bool, pronoun: str
) -> Act | None:
    args = noun_arguments(line, first, last, pronoun, article)
    lost: list[tuple[str, str]] = []
    light = following_light(line, last) or _governing_light(line, first)
    for frame in sorted(frames, key=lambda f: -f.weight):
        end = _required(line, last, frame, last + _WINDOW)
        if end is None:
            lost.append((frame.row, "its words do not follow"))
            continue
        act = Act(line, first, end if frame.weight else last, frame, "noun", args, None, pro, article, mode=frame.mode)
        _fill_noun(act)
        if light:
            _lend(act, *light)
        act.background = _is_background(line, act)
        if not _satisfied(act):
            lost.append((frame.row, "a side that it needs is not named"))
        elif not _told(act):
            lost.append((frame.row, "only referred back to"))
        else:
            act.lost = lost
            return act
    return None


def _fill_noun(act: Act) -> None:
    args, slots = act.args, act.frame.slots
    role = slots.get("gen", "A")
    marked = any(slots.get(p) == "R" and args.preps.get(p) for p in ("ل", "على", "ضد"))
    if role == "R" and marked:
        role = "A"
    named_after = act.frame.type in _NAMED_AFTER and args.genitive and args.genitive[0].shape == "capital"
    if not named_after:  # «هدنة موسكو»: where it was agreed
        _give(act, role, args.genitive)
    _give(act, slots.get("obj", ""), args.object)
    if args.owner:
        act.owner_role = role
    adjective = slots.get("adj", "A")
    for code in args.nationality:
        (act.actor_codes if adjective == "A" else act.recipient_codes).append((code, act.last))
    _give_preps(act)


def _governing_light(line: Line, first: int) -> tuple[Light, int, Arguments] | None:
    """The light verb that governs an event noun, with its slots."""
    begin = clause_start(line, first)
    at = begin - 1
    if at < 0 or not (is_verb(line, at) or light_verbs().match(line.tokens[at].key)) or line.tokens[at].kind != "word":
        return None
    for match in light_verbs().match(line.tokens[at].key):
        light = match.value
        if all(any(_is(line, k, w) for k in range(at + 1, first + 1)) for w in light.rest):
            return light, at, verb_arguments(line, at, match.form, match.pronoun)
    return None


def following_light(line: Line, last: int) -> tuple[Light, int, Arguments] | None:
    """The light verb of a relative clause on the noun: «الهجوم الذي شنته القوات», «اقتراح قدمته موسكو»."""
    at = last
    while at < len(line.tokens) and (line.pos[at] == "ADJ" or line.grammar_kind(at) == "rel"):
        at += 1
    if at >= len(line.tokens):
        return None
    for match in light_verbs().match(line.tokens[at].key):
        if match.pronoun and match.value.slots.get("subj", "A") in ("A", "R"):
            args = verb_arguments(line, at, match.form, match.pronoun)
            if args.subject and args.subject[0].first < at:
                args.subject = args.object
            return match.value, at, args
    return None


def _lend(act: Act, light: Light, at: int, args: Arguments) -> None:
    """Give a noun's act the roles of its light verb's slots, where its own phrase left them open."""
    if not _free(act, at):
        return
    act.light, act.light_at = light, at
    subject = [m for m in args.subject if m.first < act.at or m.first >= act.last]
    role = light.slots.get("subj", "A")
    if role == "A" and not act.actors and not act.actor_codes:
        _give(act, "A", subject)
        if args.opaque and args.nationality and not act.actor_codes:
            act.actor_codes += [(code, at + 2) for code in args.nationality]
        if args.elided and not subject:
            act.args.elided = True
    elif role == "R" and not act.recipients:
        _give(act, "R", subject)
    for prep, mentions in args.preps.items():
        if light.slots.get(prep) in ("A", "R") and not (act.recipients if light.slots[prep] == "R" else act.actors):
            _give(act, light.slots[prep], [m for m in mentions if m.first >= act.last or m.last <= act.at])


def _free(act: Act, at: int) -> bool:
    """Whether nothing but the verb's own subject, adverbs and adjectives stands between a light verb and the noun."""
    line = act.line
    if at > act.at:
        return True
    if act.pro.strip("وبلعن"):
        return False
    if line.grammar_kind(act.at - 1) == "stop":
        return False
    preps = [k for k in range(at + 1, act.at) if line.grammar_kind(k) == "prep"]
    return len(preps) <= 2 and act.at - at <= 14


def _is_background(line: Line, act: Act) -> bool:
    """Whether an event noun is only the time, the cause or the topic of something else."""
    for k in (act.at - 1, act.at - 2, act.at - 3):
        found = line.grammar.get(k) if k >= 0 else None
        if found and found[0] == act.at and found[1].value in _BACKGROUND:
            return True
    return False


def _told(act: Act) -> bool:
    """Whether an event noun tells an act, and does not merely refer back to one («بعد الضربات»)."""
    if act.light is not None:
        return True
    if act.article and not act.filled:
        return act.frame.type in _TOLD_BARE and not act.background and not act.pro.strip("و")
    if act.background and not act.filled:
        return False
    if act.pro.endswith("ب") and act.frame.type in VERBAL:
        return False  # «باتفاقيات عسكرية»: a means, not an act
    return act.filled or not act.pro.strip("و")


def _merge(line: Line, acts: list[Act]) -> list[Act]:
    """One act told by several words is one act: «غارات استهدفت», «قتل في قصف», «هجوم أسفر عن مقتل»."""
    kept: list[Act] = []
    for act in acts:
        same_type = [k for k in kept if k.frame.type == act.frame.type]
        if act.article and not act.filled and act.light is None and same_type:
            continue  # «… الهجوم»: refers back to the act just told
        host = next((k for k in reversed(same_type) if _same_act(line, k, act)), None)
        if host is None:
            kept.append(act)
            continue
        host.merged.append(act.at)
        host.mode = host.mode or act.mode
        for mine, other in ((host.actors, act.actors), (host.recipients, act.recipients)):
            if not mine:
                mine.extend(m for m in other if m not in host.actors and m not in host.recipients)
        if not host.actors:
            host.actor_codes = host.actor_codes or act.actor_codes
    return kept


def _same_act(line: Line, earlier: Act, later: Act) -> bool:
    begin, stop = line.sentence_of(earlier.at)
    if not begin <= later.at < stop:
        return False
    gap = range(earlier.last, later.at)
    if earlier.shape == "noun" and later.shape == "verb":
        near = all(
            line.pos[k] in ("ADJ", "ADV")
            or line.grammar_kind(k) == "rel"
            or line.tokens[k].form in '،,"«»'
            or k in line.mention_at
            for k in gap
        )
        return (
            near
            and len(gap) <= 6
            and (later.relative or later.args.opaque or not later.args.subject or later.args.elided)
        )
    if later.shape == "noun" and len(gap) <= 14:
        link = next(
            (
                line.grammar[k][1].value
                for k in (later.at - 1, later.at - 2)
                if k in line.grammar and line.grammar[k][0] == later.at
            ),
            "",
        )
        carried = link in ("في", "بسبب") or later.pro == "ب"
        return (carried and not any(is_verb(line, k) for k in gap) and not later.background) or (
            carried and link == "بسبب"
        )
    return False


def side_after(line: Line, at: int) -> str | None:
    """The nationality named at a token, if it is an adjective of one."""
    found = nisba_of(line.tokens[at].key) if at < len(line.tokens) else None
    return found.nisba.code if found else None
