"""What stands where around a verb or an event noun: subject, object, genitive, prepositions.

There is no parser: the order of an Arabic news clause (verb–subject–object, or subject–verb after أنّ and in
headlines), agreement, prepositions and clause boundaries carry it. A phrase that names no actor still blocks the slot
that it fills, so that «استهدف هجوم صاروخي القوات» does not make the forces the attacker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from marsad.language.morph import VerbForm
from marsad.reading.actor_lexicon import is_accusative, nisba_of, two_word_code
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, frame_nouns, light_verbs
from marsad.text.numbers import read_quantity

_STOPS: Final = frozenset(".؛;:!؟?…")
_REACH: Final = 32
_COMPLETED: Final = 3  # prepositional phrases that complete a subject before its verb
_OWN_LETTERS: Final = ("بي", "لج", "كت")  # «بيان»، «لجنة»، «كتيبة»: their first letter is no preposition


@dataclass(slots=True)
class Arguments:
    """The slots around a trigger; each holds mentions, coordinated ones together.

    `preps` maps a preposition to its mentions (`agent` for «من قبل», «على يد»); `nationality` is the code of an
    adjective («غارة تركية»); `opaque` says that the subject is a phrase which names no actor; `owner` is the trigger's
    possessive clitic; `elided` that the verb's subject has to be looked for before it.
    """

    subject: list[Mention] = field(default_factory=list)
    object: list[Mention] = field(default_factory=list)
    genitive: list[Mention] = field(default_factory=list)
    preps: dict[str, list[Mention]] = field(default_factory=dict)
    nationality: list[str] = field(default_factory=list)
    opaque: bool = False
    elided: bool = False
    owner: str = ""
    end: int = 0


def is_verb(line: Line, i: int) -> bool:
    """Whether token `i` is a verb of its own (not an auxiliary)."""
    return line.pos[i] == "VERB" and i not in line.inside_grammar


def clause_end(line: Line, i: int, reach: int = _REACH) -> int:
    """Up to which token the clause of the trigger that ends before token `i` runs."""
    _, stop = line.sentence_of(max(0, i - 1))
    stop = min(stop, i + reach)
    for j in range(i, stop):
        if line.tokens[j].form in _STOPS or line.grammar_kind(j) in ("comp", "sub", "rel"):
            return j
        if j > i and is_verb(line, j) and j not in line.mention_at:
            return j
    return stop


def clause_start(line: Line, i: int, reach: int = _REACH) -> int:
    """From which token the clause of token `i` runs: after the last boundary before it."""
    begin, _ = line.sentence_of(i)
    for j in range(i - 1, max(begin, i - reach) - 1, -1):
        if line.tokens[j].form in _STOPS or line.grammar_kind(j) in ("comp", "sub", "rel"):
            return line.grammar[j][0] if j in line.grammar else j + 1
        if is_verb(line, j) and j not in line.mention_at:
            return j + 1
    return begin


def verb_arguments(line: Line, i: int, form: VerbForm, pronoun: str, after: int = 0) -> Arguments:
    """The slots of the verb at token `i`.

    Args:
        line: the line.
        i: the verb's token.
        form: its form.
        pronoun: its object clitic, or an empty string.
        after: from which token to look for what follows; the next one by default.

    Returns:
        The slots.
    """
    args = Arguments(end=clause_end(line, i + 1))
    before = _phrase_before(line, i)
    bare = _collect(line, max(i + 1, after), args.end, args)
    relative = i > 0 and line.grammar_kind(i - 1) == "rel"
    own = form.person == 3 and form.number == "s"
    if before and pronoun and (relative or bare):
        args.object, args.subject = before, _take(bare)
    elif before or not own:
        args.subject, args.object = before, _take(bare)
        args.elided = not before
    else:
        args.opaque = _opaque(line, i + 1, args)
        fits = bare and agrees(line, form, bare[0][0]) and not _in_accusative(line, bare[0][0].first)
        args.subject = _take(bare) if fits and not args.opaque else []
        args.object = _take(bare)
        args.elided = not args.subject and not args.opaque
    return args


def agrees(line: Line, form: VerbForm, mention: Mention) -> bool:
    """Whether a phrase after a singular verb can be its subject: not in the oblique case, and of the verb's gender.

    Only what the letters show is used: ين marks the oblique plural, ة the feminine, ات the plural that takes a feminine
    verb; a name of a person or a country is let pass.
    """
    if mention.shape in ("name", "country", "capital") or form.person != 3:
        return True
    key = line.tokens[mention.first].key
    if mention.counted:
        return not (form.gender == "f" and _counts_men(line, mention))
    if mention.shape == "back":
        return True
    if key.endswith("ين") and mention.shape in ("people", "group", "office", "person", "source") and len(key) > 5:
        return False
    feminine = key.endswith(("ه", "ات", "تان", "تين"))
    if feminine and form.gender == "m":
        return False
    singular_man = mention.shape in ("office", "person") and not key.endswith(("ه", "ات", "ون", "ين", "ان", "اء"))
    return not (form.gender == "f" and singular_man and mention.kind == "person")


def _counts_men(line: Line, mention: Mention) -> bool:
    """Whether a counted phrase is of men by its letters: «أربعة مدنيين» is subject of no feminine verb."""
    number, noun = line.tokens[mention.first].key, line.tokens[mention.last - 1].key
    few = read_quantity(line.tokens, mention.first)
    return noun.endswith("ين") or (few is not None and 2 < few.low < 11 and number.endswith("ه"))


def _in_accusative(line: Line, first: int) -> bool:
    """Whether the phrase after a verb opens with an indefinite accusative: it is its object («قتل عددا منهم»)."""
    token = line.tokens[first]
    return token.form.endswith(("\u0627\u064b", "\u064b\u0627")) or is_accusative(token.key)


def noun_arguments(line: Line, first: int, last: int, pronoun: str, article: bool) -> Arguments:
    """The slots of the event noun that spans tokens `first` to `last`."""
    args = Arguments(end=last if _told_by_verb(line, last) else clause_end(line, last), owner=pronoun)
    at = last
    while at < args.end and (at not in line.mention_at or _is_adjective(line, at)):
        key = line.tokens[at].key
        nisba = nisba_of(key, _is_adjective(line, at)) if line.tokens[at].kind == "word" else None
        if nisba and "و" in nisba.pro and not args.nationality:
            break
        if nisba:
            after = line.tokens[at + 1].key if at + 1 < len(line.tokens) else ""
            args.nationality.append(two_word_code(line.tokens[at].key, after) or nisba.nisba.code)
        elif line.pos[at] != "ADJ" or at in line.inside_grammar:
            break
        at += 1
    own = line.mention_at.get(at)
    completes = own is not None and own.first == at and not own.pro and (not own.prep or own.inherited)
    bare = _collect(line, at, args.end, args, own if completes and own is not None and own.inherited else None)
    if completes and bare and bare[0][0] is own and not article and not pronoun:
        args.genitive = _take(bare)
    args.object = _take(bare)
    return args


def _told_by_verb(line: Line, at: int) -> bool:
    """Whether a verb whose object is the event noun follows it, which the other slots are of: «قصف شنه الجيش»."""
    if at >= len(line.tokens) or not is_verb(line, at) or at in line.mention_at:
        return False
    return any(m.pronoun for m in light_verbs().match(line.tokens[at].key))


def _is_adjective(line: Line, at: int) -> bool:
    """Whether what could be a country's name is the adjective of the noun before it («المفاوضات السورية»)."""
    key, before = line.tokens[at].key, line.tokens[at - 1].key
    if _is_indefinite(line, at - 1) and nisba_of(key, True) is not None and key.endswith("ا"):
        return True  # «قصفا أرمينيا على المدينة»: after an accusative without article it cannot be the country
    adjective = key.startswith("ال") and nisba_of(key, True) is not None
    return adjective and before.startswith(("ال", "وال", "بال", "لل")) and before.endswith(("ه", "ات", "اء"))


def _is_indefinite(line: Line, i: int) -> bool:
    """Whether a word is the noun of a deed in the indefinite accusative («قصفا», «هجوما»)."""
    key = line.tokens[i].key
    if line.pos[i] not in ("NOUN", "ADJ") or not key.endswith("ا") or key.startswith("ال"):
        return False
    found = frame_nouns().match(line.tokens[: i + 1], i)
    return found is not None and not found.pronoun and all(f.type not in VERBAL for f in found.value)


def _collect(line: Line, first: int, end: int, args: Arguments, genitive: Mention | None = None) -> list[list[Mention]]:
    """Sort a stretch's mentions: prepositional ones into the slots, bare groups and the genitive into the result."""
    bare: list[list[Mention]] = []
    last: list[Mention] | None = None
    i = first
    while i < end:
        mention = line.mention_at.get(i)
        if mention is None or mention.first != i:
            i += 1
            continue
        if mention.prep and mention is not genitive:
            last = args.preps.setdefault(mention.prep, [])
            last.append(mention)
        elif last is not None and "و" in mention.pro and _adjacent(line, last[-1], mention):
            last.append(mention)
        else:
            last = [mention]
            bare.append(last)
        i = mention.last
    return bare


def _adjacent(line: Line, earlier: Mention, later: Mention) -> bool:
    gap = range(earlier.last, later.first)
    return all(line.tokens[k].form in '،,»"”)' or line.pos[k] == "ADJ" for k in gap) or len(gap) <= 2


def _take(groups: list[list[Mention]]) -> list[Mention]:
    return groups.pop(0) if groups else []


def _phrase_before(line: Line, i: int) -> list[Mention]:
    """The bare phrase right before a verb that can be its subject (or the antecedent of its relative clause)."""
    at = i - 1
    if at >= 0 and line.grammar_kind(at) == "rel":
        at -= 1 + (at > 1 and line.grammar_kind(at - 1) == "pronoun")  # «القوات هي التي قصفت»
    steps = 0
    while at >= 0 and at not in line.mention_at and steps < 8 and _skippable(line, at):
        at, steps = at - 1, steps + 1
    mention = line.mention_at.get(at) if at >= 0 else None
    if mention is not None and mention.prep and line.grammar_kind(i - 1) != "rel":
        mention = _headed(line, mention)
    if mention is None:
        return []
    group = [mention]
    while "و" in group[0].pro and (previous := line.mention_at.get(group[0].first - 1)) and not previous.prep:
        group.insert(0, previous)
    if line.grammar_kind(i - 1) == "rel" or _opens_clause(line, group[0].first):
        return group
    return []


def _headed(line: Line, mention: Mention) -> Mention | None:
    """The bare phrase that opens a clause and that a prepositional one completes: «مصدر داخل مقر الجهاز قال»."""
    for _ in range(_COMPLETED):
        at = mention.first - 1
        while at >= 0 and line.grammar_kind(at) == "prep":
            at -= 1
        head = line.mention_at.get(at) if at >= 0 else None
        if head is None:
            return None
        if not head.prep:
            return head if _opens_clause(line, head.first) else None
        mention = head
    return None


def _skippable(line: Line, at: int) -> bool:
    form = line.tokens[at].form
    return (
        form in '،,"»”)(«“'
        or at in line.time_tokens
        or line.grammar_kind(at) in ("adverb", "particle")
        or line.pos[at] in ("ADV", "PART", "AUX")
        or at in line.place_at
        or (line.grammar_kind(at) == "prep" and line.grammar[at][0] in line.place_at)
        or (line.tokens[at].kind == "word" and form.isascii())
        or line.pos[at] == "PROPN"  # a place that the gazetteer lacks: «مستوطنو براخة»
        or (line.grammar_kind(at) == "prep" and at + 1 < len(line.pos) and line.pos[at + 1] == "PROPN")
    )


def _opens_clause(line: Line, first: int) -> bool:
    """Whether a phrase that starts at token `first` can open a clause: a subject before its verb."""
    begin, _ = line.sentence_of(first)
    at = first - 1
    while at >= begin and (line.tokens[at].form in '"«“' or at in line.time_tokens):
        at -= 1
    if (
        at > begin
        and line.tokens[at].key == "من"
        and line.pos[at - 1] in ("NOUN", "NUM")
        and at - 1 not in line.mention_at
    ):
        at -= 1  # a part of them: «العشرات من المستوطنين»
    while at >= begin and line.pos[at] == "NOUN" and at not in line.inside_grammar and at not in line.mention_at:
        at -= 1  # an unknown head of the phrase: «مساعد القائد العام»
    if at < begin:
        return True
    covering = next((k for k in (at, at - 1, at - 2) if k in line.grammar and line.grammar[k][0] == at + 1), None)
    kind = line.grammar[covering][1].kind if covering is not None else ""
    return (
        line.tokens[at].form in ".؛:،,!؟-–—…"
        or kind in ("comp", "sub", "particle", "adverb", "conj")
        or (line.tokens[first].form[0] == "و" and line.tokens[at].kind == "punct")
    )


def _carries_preposition(key: str) -> bool:
    """Whether a word begins with a clitic preposition and not with a letter of its own."""
    return key[0] in "بلك" and not key.startswith(_OWN_LETTERS)


def _opaque(line: Line, i: int, args: Arguments) -> bool:
    """Whether the phrase right after a verb names no actor: it is the subject all the same."""
    at = i
    while at < args.end and (at in line.time_tokens or line.grammar_kind(at) == "adverb"):
        at += 1
    if at >= args.end or at in line.mention_at or at in line.inside_grammar or line.tokens[at].kind != "word":
        return False
    key = line.tokens[at].key
    if line.pos[at] not in ("NOUN", "PROPN", "NUM") or _carries_preposition(key):
        return False
    follower = line.mention_at.get(at + 1)
    closed = key.startswith("ال") and follower is not None and follower.counted  # «أرغمت المعارك آلاف السودانيين»
    if follower is not None and not follower.prep and not follower.pro and not closed:
        return False  # «شن سلاح الجو الإسرائيلي»: the genitive stands for the phrase
    nisba = nisba_of(line.tokens[at + 1].key) if at + 1 < len(line.tokens) else None
    if nisba and not nisba.pro:
        args.nationality.append(nisba.nisba.code)
    return True
