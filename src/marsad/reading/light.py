"""Light verbs, whose slots fill the roles of a noun's act: «شن الجيش هجوما», «الهجوم الذي شنته القوات»."""

from __future__ import annotations

from marsad.reading.arguments import Arguments, clause_start, is_verb, verb_arguments
from marsad.reading.document import Line
from marsad.reading.frame_words import is_word
from marsad.reading.frames import Light, light_verbs, status_words
from marsad.reading.roles import Act, give


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


def lasting_light(line: Line, last: int) -> tuple[Light, int, Arguments] | None:
    """The verb of an indefinite noun's own clause that tells that it took place: «محادثات في موسكو استمرت عشر ساعات».

    Args:
        line: the line.
        last: the token after the noun.
    """
    at = last
    while at < len(line.tokens) and _of_phrase(line, at):
        at += 1
    for match in light_verbs().match(line.tokens[at].key) if at < len(line.tokens) else ():
        if match.value.slots.get("subj") == "act" and not (match.value.rest or match.pro or match.pronoun):
            return match.value, at, verb_arguments(line, at, match.form, match.pronoun)
    return None


def _of_phrase(line: Line, k: int) -> bool:
    """Whether a token goes on with a noun's phrase: an adjective, a preposition, a place, a time, a name."""
    named = k in line.place_at or k in line.time_tokens or k in line.mention_at
    return named or line.pos[k] == "ADJ" or line.grammar_kind(k) == "prep"


def governing_light(line: Line, first: int) -> tuple[Light, int, Arguments] | None:
    """The light verb that governs an event noun, with its slots."""
    begin = clause_start(line, first)
    at = begin - 1
    if at < 0 or not (is_verb(line, at) or light_verbs().match(line.tokens[at].key)) or line.tokens[at].kind != "word":
        return None
    purpose = status_words().match(line.tokens, at) if line.tokens[at].key.endswith("ا") else None
    if purpose and purpose.value.scope == "noun_after":
        return None  # «تجنبا لإصابة المدنيين»: what is to be avoided, and no verb
    for match in light_verbs().match(line.tokens[at].key):
        light = match.value
        if all(any(is_word(line, k, w) for k in range(at + 1, first + 1)) for w in light.rest):
            return light, at, verb_arguments(line, at, match.form, match.pronoun)
    return None


def lend(act: Act, light: Light, at: int, args: Arguments) -> None:
    """Give a noun's act the roles of its light verb's slots, where its own phrase left them open."""
    if not _free(act, at):
        return
    act.light, act.light_at = light, at
    told = at > act.at  # «قصف شنه الطيران»: whoever follows the verb does it, be he part of the phrase or not
    subject = [m for m in args.subject if m.first < act.at or m.first >= act.last or (told and m.first > at)]
    role = light.slots.get("subj", "A")
    if role == "A" and not act.actors and not act.actor_codes:
        give(act, "A", subject)
        if args.opaque and args.nationality and not act.actor_codes:
            act.actor_codes += [(code, at + 2) for code in args.nationality]
        if args.elided and not subject:
            act.args.elided = True
    elif role == "R" and not act.recipients:
        give(act, "R", subject)
    for prep, mentions in args.preps.items():
        if light.slots.get(prep) in ("A", "R") and not (act.recipients if light.slots[prep] == "R" else act.actors):
            give(act, light.slots[prep], [m for m in mentions if m.first >= act.last or m.last <= act.at])


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
