"""Counts of harm: how many were killed, hurt, captured, missing or driven out, as the words give them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple, cast

from marsad.language.lexicon import Match, Phrases, Verbs, add_noun, bare, phrases_of
from marsad.language.pack import Row, alternatives, rows
from marsad.model.record import HarmKind
from marsad.reading.arguments import clause_end
from marsad.reading.document import Line, Mention
from marsad.text.fold import fold
from marsad.text.numbers import is_dual, read_quantity

_REACH: Final = 7
_ARMED: Final = frozenset({"REB", "UAF", "CRM"})
_OF_MANY: Final = ("وا", "ون", "و", "تا", "ا")  # endings of a verb after its plural or dual subject


class Harm(NamedTuple):
    """One count of harm: its kind, its bounds (`high` None for "at least"), who was hit, the token it hangs on."""

    kind: HarmKind
    low: int
    high: int | None
    who: Mention | None
    at: int
    rule: str = ""


class _Word(NamedTuple):
    row: str
    kind: HarmKind
    cls: str
    rest: tuple[str, ...] = ()


def _word(row: Row) -> _Word:
    return _Word(row["id"], cast(HarmKind, row["kind"]), row["class"])


@cache
def _nouns() -> Phrases[_Word]:
    index: Phrases[_Word] = Phrases()
    for row in rows("casualties.tsv"):
        if row["class"] not in ("harm_verb", "one", "kin"):
            for form in alternatives(row["forms"]):
                add_noun(index, form, _word(row))
    return index


@cache
def _ones() -> Phrases[str]:
    """Nouns for one person."""
    single = (r for r in rows("casualties.tsv") if r["class"] == "one")
    return phrases_of(single, lambda row: row["id"], lambda form: (form, form + "ا"))


@cache
def _kin() -> Phrases[str]:
    """Nouns for one relative."""
    kin = (r for r in rows("casualties.tsv") if r["class"] == "kin")
    return phrases_of(kin, lambda row: row["id"], lambda form: (form,))


@cache
def _verbs() -> Verbs[_Word]:
    index: Verbs[_Word] = Verbs()
    for row in rows("casualties.tsv"):
        if row["class"] == "harm_verb":
            for principal in alternatives(row["forms"]):
                parts = [p.split() for p in principal.split("/") if p.strip()]
                rest = tuple(bare(fold(w)) for w in parts[0][1:])
                index.add("/".join(p[0] for p in parts), _word(row)._replace(rest=rest))
    return index


def _harm_verb(line: Line, i: int) -> _Word | None:
    """The verb of harm at a token whose own words follow it: «قضى … نحبه», but not «قضى» alone."""
    for match in _verbs().match(line.tokens[i].key):
        after = [without for t in line.tokens[i + 1 : i + _REACH] for without in _stems(bare(t.key))]
        if all(any(word == w for w in after) for word in match.value.rest):
            return match.value
    return None


def _stems(key: str) -> tuple[str, ...]:
    return key, *(key[:-n] for n in (1, 2, 3) if len(key) - n > 2)


def tells_harm(line: Line, at: int) -> bool:
    """Whether the word at a token is a word of harm («مقتل», «أصيب»)."""
    if _harm_verb(line, at):
        return True
    found = _nouns().match(line.tokens, at)
    return found is not None and found.value.cls in ("harm_noun", "victim_noun")


def tells_victims(line: Line, at: int) -> bool:
    """Whether the word at a token is a noun for victims («قتلى», «جرحى»)."""
    found = _nouns().match(line.tokens, at)
    return found is not None and found.value.cls == "victim_noun"


def find_harm(line: Line) -> list[Harm]:
    """The counts of harm of a line, in order."""
    found: list[Harm] = []
    taken: set[int] = set()
    if not any(_tells_of_harm(line, i) for i in range(len(line.tokens))):
        return found  # a cheap look, before numbers are read
    for i, token in enumerate(line.tokens):
        if i in taken or token.kind == "punct" or i in line.time_tokens:
            continue
        harm = _toll(line, i, taken) or _counted_victims(line, i, taken) or _harmed(line, i, taken)
        if harm:
            found.append(_with_companions(line, harm, taken))
    return found


def _with_companions(line: Line, harm: Harm, taken: set[int]) -> Harm:
    """A count with those joined to it by «و»: «مقتل ضابط وجندي», «ثلاثة موظفين وأربعة حراس»; not with the other side's
    («8 جنود و14 مسلحا»)."""
    low, high, last = harm.low, harm.high, harm.who
    while last is not None and (other := line.mention_at.get(last.last)) is not None and "و" in other.pro:
        number = (other.low, other.high) if other.counted else (one := _single(line, other, False), one)
        against = (last.sector in _ARMED) != (other.sector in _ARMED)
        if number[0] is None or other.first in taken or _own_prep(other) or against:
            break
        taken.update(range(other.first, other.last))
        low, high, last = low + number[0], None if high is None or number[1] is None else high + number[1], other
    if last is not None and last.last < len(line.tokens) and _is_relative(line, last.last):
        low, high = low + 1, None if high is None else high + 1
    return harm._replace(low=low, high=high)


def _is_relative(line: Line, i: int) -> bool:
    """Whether a token is one relative of the person named before it («امرأة وابنها»)."""
    found = _kin().match(line.tokens, i) if line.tokens[i].kind == "word" else None
    return found is not None and found.pro == "و" and found.pronoun in ("ه", "ها")


def _tells_of_harm(line: Line, i: int) -> bool:
    match = _nouns().match(line.tokens, i)
    return bool(match and match.value.cls != "count_noun") or _harm_verb(line, i) is not None


def _toll(line: Line, i: int, taken: set[int]) -> Harm | None:
    """Victims first, then their number: «عدد القتلى 12 شخصا», «حصيلة قتلى قواتها إلى 31»."""
    found = _nouns().match(line.tokens, i)
    if found is None or found.value.cls not in ("victim_noun", "victim_adj") or not found.value.kind:
        return None
    for k in range(found.last, min(found.last + 7, len(line.tokens))):
        if line.pos[k] == "VERB" or line.tokens[k].form in ".؛":
            return None
        quantity = read_quantity(line.tokens, k) if k not in line.time_tokens else None
        if quantity and quantity.last > quantity.first:
            after = line.tokens[quantity.last] if quantity.last < len(line.tokens) else None
            other = _nouns().match(line.tokens, quantity.last) if after else None
            if other and other.value.cls == "victim_noun" and other.value.kind != found.value.kind:
                return None
            taken.update(range(i, quantity.last))
            who = line.mention_at.get(i) or line.mention_at.get(found.last)
            return Harm(found.value.kind, quantity.low, quantity.high, who, i, found.value.row)
        if line.tokens[k].form in "،,":
            return None
    return None


def _victims(line: Line, at: int) -> Match[_Word] | None:
    """A victim noun at a token, or after one adjective or «من»."""
    for k in (at, at + 1):
        if k < len(line.tokens):
            found = _nouns().match(line.tokens, k)
            if found and found.value.cls in ("victim_noun", "victim_adj") and found.value.kind:
                return found
            if line.tokens[k].key != "من" and line.pos[k] not in ("ADJ", "ADP"):
                return None
    return None


def _counted_victims(line: Line, i: int, taken: set[int]) -> Harm | None:
    """«3 قتلى», «عشرات الجرحى», «قتيلان»."""
    quantity = read_quantity(line.tokens, i)
    if quantity and quantity.last > quantity.first:
        found = _victims(line, quantity.last)
        if found is None:
            return None
        taken.update(range(i, found.last))
        return Harm(
            found.value.kind, quantity.low, quantity.high, line.mention_at.get(found.last - 1), i, found.value.row
        )
    found = _nouns().match(line.tokens, i)
    if found and found.value.cls == "victim_noun" and is_dual(line.tokens[i].key) and line.pos[i] != "VERB":
        plural = line.tokens[i].key.endswith("ين") and found.article
        if not plural:
            taken.add(i)
            return Harm(found.value.kind, 2, 2, line.mention_at.get(i), i, found.value.row)
    return None


def _harmed(line: Line, i: int, taken: set[int]) -> Harm | None:
    """«مقتل 4 جنود», «أصيب أكثر من 900 آخرين», «قتلت القوات 46 فلسطينيا», «مقتل جندي»."""
    word = _harm_word(line, i)
    if word is None:
        return None
    verb = word.cls == "harm_verb"
    if verb and (before := _counted_before(line, i, taken)) is not None:
        return Harm(word.kind, before.low or 0, before.high, before, i, word.row)
    at_least = (
        read_quantity(line.tokens, i + 1) if i + 1 < len(line.tokens) and line.tokens[i + 1].key == "ما" else None
    )
    if at_least and at_least.last > i + 2:  # «مقتل ما لا يقل عن عشرة»
        return _counted_people(line, word, i, i + 1, at_least.last, (at_least.low, at_least.high), taken)
    stop = clause_end(line, i + 1, 22) if verb else min(i + _REACH, clause_end(line, i + 1))
    for k in range(i + 1, stop):
        mention = line.mention_at.get(k)
        if mention and mention.counted and mention.low is not None and mention.first == k:
            if _own_prep(mention) not in ("", "ل"):
                continue
            taken.update(range(k, mention.last))
            return Harm(word.kind, mention.low, mention.high, mention, i, word.row)
        quantity = read_quantity(line.tokens, k) if k not in line.time_tokens and k not in taken else None
        dual = quantity is not None and quantity.counted_dual and mention is not None and mention.first == k
        if quantity and quantity.last > quantity.first and not dual:
            return _counted_people(line, word, i, k, quantity.last, (quantity.low, quantity.high), taken)
        if mention and mention.first == k and not _own_prep(mention):
            one = _single(line, mention, verb)
            if one:
                return Harm(word.kind, one, one, mention, i, word.row)
            if not verb or mention.sector == "CVL":
                return None
        if mention is None and _is_one(line, k) and (not verb or k == i + 1):
            return Harm(word.kind, 1, 1, None, i, word.row)
    return None


def _own_prep(mention: Mention) -> str:
    """The preposition before a phrase itself, not before the noun that it completes («عن مقتل 58 شخصا»)."""
    return "" if mention.inherited else mention.prep


def _counted_before(line: Line, i: int, taken: set[int]) -> Mention | None:
    """«19 مدنيا أصيبوا», «28 منهم على الأقل قتلوا»: the counted subject stands before a plural verb."""
    if not line.tokens[i].key.endswith(_OF_MANY):
        return None
    for k in range(i - 1, max(-1, i - 8), -1):
        if line.tokens[k].form in ".؛":
            return None
        mention = line.mention_at.get(k)
        if mention is not None:
            fits = (
                mention.counted
                and mention.low is not None
                and not mention.prep
                and not taken & set(range(mention.first, mention.last))
            )
            taken.update(range(mention.first, mention.last) if fits else ())
            return mention if fits else None
    return None


def _counted_people(
    line: Line, word: _Word, i: int, k: int, last: int, bounds: tuple[int, int | None], taken: set[int]
) -> Harm | None:
    """A quantity after a word of harm counts people where a noun for people, or nothing, follows it."""
    if last < len(line.tokens):
        found = _nouns().match(line.tokens, last)
        after = line.tokens[last]
        people = found is not None or last in line.mention_at or after.kind == "punct" or after.key == "من"
        people = people or (k == i + 1 and line.grammar_kind(last) == "prep" and _counted_already(line, i, taken))
        if not people or (found and found.value.cls == "victim_noun" and found.value.kind != word.kind):
            return None
    taken.update(range(k, last))
    return Harm(word.kind, bounds[0], bounds[1], line.mention_at.get(last), i, word.row)


def _counted_already(line: Line, i: int, taken: set[int]) -> bool:
    """Whether people were counted before in a verb's sentence: its bare number is of people too («… وأصاب خمسة في»)."""
    begin, _ = line.sentence_of(i)
    return any(begin <= k < i for k in taken)


def _harm_word(line: Line, i: int) -> _Word | None:
    """The verb or noun of harm at a token; a verb that the tagger missed counts where it opens a sentence."""
    if line.pos[i] == "VERB" and not (line.tokens[i].key.endswith("فقد") and _verb_next(line, i)):
        verb = _harm_verb(line, i)
        if verb:
            return verb
    found = _nouns().match(line.tokens, i)
    if found and found.value.cls == "harm_noun" and not found.article:
        return found.value
    verb = _harm_verb(line, i) if i not in line.mention_at else None
    return verb if verb and line.pos[i] in ("NOUN", "X") and i == line.sentence_of(i)[0] else None


def _verb_next(line: Line, i: int) -> bool:
    """Whether a verb follows: «فقد قتل» is «ف + قد»."""
    return i + 1 < len(line.tokens) and (line.pos[i + 1] == "VERB" or _harm_verb(line, i + 1) is not None)


def _is_one(line: Line, i: int) -> bool:
    """Whether a token is a noun for one person («شاب», «جندي»)."""
    found = _ones().match(line.tokens, i) if i < len(line.tokens) and line.tokens[i].kind == "word" else None
    return found is not None and not found.article


def _single(line: Line, mention: Mention, verb: bool) -> int | None:
    """One named or singular person, or two by the dual."""
    key = line.tokens[mention.first].key
    if (
        mention.shape in ("person", "people", "group")
        and is_dual(key)
        and not key.startswith("ال")
        and not mention.counted
    ):
        return 2
    if not mention.counted and _is_one(line, mention.first):
        return 1
    if mention.kind == "person" and (mention.person or mention.shape in ("person", "office")) and not mention.plural:
        return None if verb and mention.shape == "office" and not mention.person else 1
    return None
