"""Finding the pack's words in running text: clitics split off, inflection undone, the longest phrase first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from marsad.language.morph import VerbForm, adjective_forms, noun_forms, verb_forms
from marsad.language.pack import Row, alternatives
from marsad.text.fold import fold
from marsad.text.tokens import Token

T = TypeVar("T")

_PROCLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_VERB_PROCLITICS: Final = ("", "و", "ف", "س", "وس", "فس", "ل", "ول", "فل")
_PRONOUNS: Final = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ك", "ي")

KEPT: Final = 20_000  # word forms whose readings are kept; a page needs some hundreds, and memory stays bounded
_OBJECTS: Final = frozenset({"ه", "ها", "هم", "هما", "هن", "نا", "ني"})


class Split(NamedTuple):
    """One way to cut a word: its proclitics, whether it has the article, and the rest."""

    pro: str
    article: bool
    rest: str


@lru_cache(maxsize=KEPT)
def splits(key: str) -> tuple[Split, ...]:
    """The ways to cut a noun's key into proclitics, article and rest; the least cut first.

    Args:
        key: a folding key.
    """
    found = []
    for pro in _PROCLITICS:
        if not key.startswith(pro) or len(key) - len(pro) < 2:
            continue
        rest = key[len(pro) :]
        found.append(Split(pro, False, rest))
        if rest.startswith("ال") and len(rest) > 3:
            found.append(Split(pro, True, rest[2:]))
        if pro.endswith("ل") and rest.startswith("ل") and len(rest) > 2:  # ل + ال → لل
            found.append(Split(pro, True, rest[1:]))
    return tuple(found)


@lru_cache(maxsize=KEPT)
def without_pronoun(rest: str) -> tuple[tuple[str, str], ...]:
    """The ways to take a pronoun suffix off: `(stem, pronoun)`, ة and ى restored where ت and ا stand for them."""
    found = []
    for pronoun in _PRONOUNS:
        if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 2:
            stem = rest[: -len(pronoun)]
            found.append((stem, pronoun))
            if stem.endswith("ت"):
                found.append((stem[:-1] + "ه", pronoun))
            elif stem.endswith("ا") and len(stem) > 2:  # «قتلاه» is «قتلى» with a pronoun
                found.append((stem[:-1] + "ي", pronoun))
    return tuple(found)


class Match(NamedTuple, Generic[T]):
    """A phrase of the pack found at a token: up to which token, what it stands for, and how its words were cut."""

    last: int
    value: T
    pro: str
    article: bool
    pronoun: str


class _Entry(NamedTuple, Generic[T]):
    rest: tuple[str, ...]
    article: bool
    value: T


def bare(key: str) -> str:
    """A key without its article."""
    return key[2:] if key.startswith("ال") and len(key) > 3 else key


class Phrases(Generic[T]):
    """An index of nouns and noun phrases, each standing for a value.

    The first word may carry proclitics and article, the last one a pronoun; later words match with or without article.
    """

    def __init__(self) -> None:
        # first word → second word (or "" for single words) → entries, the longest first
        self._by_first: dict[str, dict[str, list[_Entry[T]]]] = {}
        self._cache: dict[str, tuple[tuple[Split, str, dict[str, list[_Entry[T]]]], ...]] = {}

    def add(self, form: str, value: T, *, name: bool = False) -> None:
        """Add a phrase, given as key or in full spelling, with the value it stands for.

        Args:
            form: the phrase.
            value: what it stands for.
            name: whether it is a name, whose article belongs to it («الجزيرة» is not «جزيرة»).
        """
        first, *rest = fold(form).replace('"', "").split() or [""]
        if not first:
            return
        article = name and first.startswith("ال") and len(first) > 3
        later = tuple(bare(w) for w in rest)
        self._store(bare(first), _Entry(later, article, value))
        if bare(first) != first:  # «التزام», «إلغاء»: the letters may be the word's own
            self._store(first, _Entry(later, False, value))

    def _store(self, first: str, entry: _Entry[T]) -> None:
        entries = self._by_first.setdefault(first, {}).setdefault(entry.rest[0] if entry.rest else "", [])
        entries.append(entry)
        if len(entries) > 1 and len(entries[-2].rest) < len(entry.rest):
            entries.sort(key=lambda e: -len(e.rest))

    def match(self, tokens: Sequence[Token], i: int) -> Match[T] | None:
        """The longest phrase that starts at token `i`, or None.

        Args:
            tokens: the tokens of a paragraph.
            i: the index to look at.
        """
        key = tokens[i].key
        candidates = self._cache.get(key)
        if candidates is None:
            if len(self._cache) >= KEPT:
                self._cache.clear()
            candidates = self._cache[key] = tuple(self._candidates(key))
        if not candidates:
            return None
        best: Match[T] | None = None
        for split, pronoun, table in candidates:
            for entry in _following(table, tokens, i):
                if (entry.article and not split.article) or (pronoun and (entry.rest or split.article)):
                    continue
                end = _rest_matches(entry.rest, tokens, i)
                if end and (best is None or end[0] > best.last):
                    best = Match(end[0], entry.value, split.pro, split.article, pronoun or end[1])
        return best

    def _candidates(self, key: str) -> Iterable[tuple[Split, str, dict[str, list[_Entry[T]]]]]:
        for split in splits(key):
            for pronoun, stem in self._stems(split.rest):
                if stem in self._by_first:
                    yield split, pronoun, self._by_first[stem]

    def _stems(self, rest: str) -> Iterable[tuple[str, str]]:
        yield "", rest
        if "" not in self._by_first.get(rest, {}):  # «رفضها» opens «رفضها القاطع», and is «رفض» with a pronoun alone
            for stem, pronoun in without_pronoun(rest):
                yield pronoun, stem


def _following(table: dict[str, list[_Entry[T]]], tokens: Sequence[Token], i: int) -> Iterable[_Entry[T]]:
    """The entries of a first word that the next word allows."""
    if len(table) > 1 or "" not in table:
        at = i + 1
        while at < len(tokens) and tokens[at].key in _QUOTES:
            at += 1
        if at < len(tokens):
            for second in _variants(tokens[at].key):
                if second in table:
                    yield from table[second]
    yield from table.get("", ())


@lru_cache(maxsize=KEPT)
def _variants(key: str) -> tuple[str, ...]:
    """What a later word of a phrase may stand for: itself, without article, tanwin or pronoun."""
    word = bare(key)
    found = [word, *((word[:-1],) if word.endswith("ا") else ()), *(stem for stem, _ in without_pronoun(word))]
    return tuple(dict.fromkeys(found))


def _rest_matches(rest: tuple[str, ...], tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
    at = i + 1
    for n, word in enumerate(rest):
        while at < len(tokens) and tokens[at].key in _QUOTES:
            at += 1
        if at >= len(tokens):
            return None
        key = bare(tokens[at].key)
        if key != word and key != word + "ا":  # the accusative: «هجوما انتحاريا»
            if n == len(rest) - 1:
                for stem, pronoun in without_pronoun(key):
                    if stem == word:
                        return at + 1, pronoun
            return None
        at += 1
    return at, ""


_QUOTES: Final = frozenset({'"', "«", "»", "“", "”"})


def add_noun(index: Phrases[T], form: str, value: T) -> None:
    """Add a common noun in all its written forms (tanwin, dual, plural in ات)."""
    for key in noun_forms(form):
        index.add(key, value)


class VerbMatch(NamedTuple, Generic[T]):
    """A verb of the pack found in a word: what it stands for, its form, and the clitics around it."""

    value: T
    form: VerbForm
    pro: str
    pronoun: str


def phrases_of(
    table: Iterable[Row],
    value: Callable[[Row], T],
    written: Callable[[str], Iterable[str]] = noun_forms,
    cell: str = "forms",
) -> Phrases[T]:
    """The index of a pack file's words.

    Args:
        table: its rows.
        value: what a row's words stand for.
        written: the written forms of one form; those of a noun by default.
        cell: the column that holds the forms.
    """
    index: Phrases[T] = Phrases()
    for row in table:
        meant = value(row)
        for form in alternatives(row[cell]):
            for key in written(form):
                index.add(key, meant)
    return index


def participles(form: str) -> list[str]:
    """The written forms of a participle and its further words («مضيف», «حليف ل»)."""
    head, *tail = form.split()
    return [" ".join([key, *tail]) for key in adjective_forms(head)]


class Verbs(Generic[T]):
    """An index of verbs by every written form, each standing for values."""

    def __init__(self) -> None:
        self._by_form: dict[str, list[tuple[T, VerbForm]]] = {}
        self._cache: dict[str, tuple[VerbMatch[T], ...]] = {}

    def add(self, principal: str, value: T) -> None:
        """Add a verb by its principal parts, `past/present`."""
        for key, form in verb_forms(principal):
            self._by_form.setdefault(key, []).append((value, form))

    def match(self, key: str) -> tuple[VerbMatch[T], ...]:
        """The verbs that a word's key may be; the least cut reading first, others only where it fails.

        Args:
            key: a folding key, clitics included.
        """
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= KEPT:
                self._cache.clear()
            found = self._cache[key] = self._find(key)
        return found

    def _find(self, key: str) -> tuple[VerbMatch[T], ...]:
        for with_pronoun in (False, True):
            for pro in _VERB_PROCLITICS:
                found = self._cut(key, pro, with_pronoun)
                if found and not pro and key[0] in "وف":  # «ودعت» is «وَدّعت», and «ودعت» of «دعا» far more often
                    found += self._cut(key, key[0], with_pronoun)
                if found:  # «أصيب» is the third person of its own verb before the first person of another
                    return tuple(sorted(found, key=lambda m: m.form.person != 3))
        return ()

    def _cut(self, key: str, pro: str, with_pronoun: bool) -> list[VerbMatch[T]]:
        if not key.startswith(pro):
            return []
        rest = key[len(pro) :]
        stems = [(s, p) for s, p in without_pronoun(rest) if p in _OBJECTS] if with_pronoun else [(rest, "")]
        return [
            VerbMatch(value, form, pro, pronoun)
            for stem, pronoun in stems
            for value, form in self._by_form.get(stem, ())
            if ("س" not in pro and "ل" not in pro) or form.tense == "present"
        ]
