"""Counts of harm: how many were killed, hurt, captured, missing or driven out, as the words give them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple, cast

from marsad.language.lexicon import Match, Phrases, Verbs, add_noun
from marsad.language.pack import Row, alternatives, rows
from marsad.model.record import HarmKind
from marsad.reading.arguments import clause_end
from marsad.reading.document import Line, Mention
from marsad.text.numbers import is_dual, read_quantity

_REACH: Final = 7
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


def _word(row: Row) -> _Word:
    return _Word(row["id"], cast(HarmKind, row["kind"]), row["class"])


@cache
def _nouns() -> Phrases[_Word]:
    index: Phrases[_Word] = Phrases()
    for row in rows("casualties.tsv"):
        if row["class"] != "harm_verb":
            for form in alternatives(row["forms"]):
                add_noun(index, form, _word(row))
    return index


@cache
def _verbs() -> Verbs[_Word]:
    index: Verbs[_Word] = Verbs()
    for row in rows("casualties.tsv"):
        if row["class"] == "harm_verb":
            for principal in alternatives(row["forms"]):
                parts = [p.split()[0] for p in principal.split("/") if p.strip()]
                index.add("/".join(parts), _word(row))
    return index


def tells_harm(line: Line, at: int) -> bool:
    """Whether the word at a token is a word of harm («مقتل», «أصيب»)."""
    if _verbs().match(line.tokens[at].key):
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
            found.append(harm)
    return found


def _tells_of_harm(line: Line, i: int) -> bool:
    match = _nouns().match(line.tokens, i)
    return bool(match and match.value.cls != "count_noun") or bool(_verbs().match(line.tokens[i].key))


def _toll(line: Line, i: int, taken: set[int]) -> Harm | None:
    """Victims first, then their number: «عدد القتلى 12 شخصا», «حصيلة قتلى قواتها إلى 31»."""
    found = _nouns().match(line.tokens, i)
    if found is None or found.value.cls not in ("victim_noun", "victim_adj") or not found.value.kind:
        return None
    for k in range(found.last, min(found.last + 7, clause_end(line, found.last))):
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
    stop = clause_end(line, i + 1, 22) if verb else min(i + _REACH, clause_end(line, i + 1))
    for k in range(i + 1, stop):
        mention = line.mention_at.get(k)
        if mention and mention.counted and mention.low is not None and mention.first == k:
            if mention.prep and mention.prep != "ل":
                continue
            taken.update(range(k, mention.last))
            return Harm(word.kind, mention.low, mention.high, mention, i, word.row)
        quantity = read_quantity(line.tokens, k) if k not in line.time_tokens and k not in taken else None
        if quantity and quantity.last > quantity.first:
            return _counted_people(line, word, i, k, quantity.last, (quantity.low, quantity.high), taken)
        if mention and mention.first == k and not mention.prep:
            one = _single(line, mention, verb)
            if one:
                return Harm(word.kind, one, one, mention, i, word.row)
            if not verb or mention.sector == "CVL":
                return None
    return None


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
        people = found is not None or last in line.mention_at or after.kind == "punct"
        if not people or (found and found.value.cls == "victim_noun" and found.value.kind != word.kind):
            return None
    taken.update(range(k, last))
    return Harm(word.kind, bounds[0], bounds[1], line.mention_at.get(last), i, word.row)


def _harm_word(line: Line, i: int) -> _Word | None:
    """The verb or noun of harm at a token; a verb that the tagger missed counts where it opens a sentence."""
    if line.pos[i] == "VERB":
        verbs = _verbs().match(line.tokens[i].key)
        if verbs:
            return verbs[0].value
    found = _nouns().match(line.tokens, i)
    if found and found.value.cls == "harm_noun" and not found.article:
        return found.value
    verbs = _verbs().match(line.tokens[i].key) if i not in line.mention_at else ()
    return verbs[0].value if verbs and line.pos[i] in ("NOUN", "X") and i == line.sentence_of(i)[0] else None


def _single(line: Line, mention: Mention, verb: bool) -> int | None:
    """One named or singular person, or two by the dual."""
    key = line.tokens[mention.first].key
    if mention.shape in ("person", "people") and is_dual(key) and not key.startswith("ال") and not mention.counted:
        return 2
    if mention.kind == "person" and (mention.person or mention.shape in ("person", "office")) and not mention.plural:
        return None if verb and mention.shape == "office" and not mention.person else 1
    return None
