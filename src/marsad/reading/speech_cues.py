"""Words of saying in a line: verbs, participles and nouns that open a statement."""

from __future__ import annotations

from typing import Final

from marsad.language.morph import VerbForm
from marsad.reading.arguments import Arguments, verb_arguments
from marsad.reading.document import Line
from marsad.reading.speech import SpeechCue
from marsad.reading.speech_words import SayWord, say_nouns, say_participles, say_verbs

OF_SOMEBODY: Final = frozenset({"demand", "accuse", "condemn", "describe", "ask"})


def cue_at(line: Line, i: int) -> SpeechCue | None:
    """The word of saying at a token, or None.

    Args:
        line: the line.
        i: the token.
    """
    token = line.tokens[i]
    if token.kind != "word" or i in line.inside_grammar:
        return None
    if i not in line.mention_at and line.pos[i] in ("VERB", "AUX", "X", "NOUN", "PROPN", "ADJ"):
        cue = _verb_cue(line, i)
        if cue:
            return cue
    part = say_participles().match(line.tokens, i)
    if part and _is_participle(line, i, part.article, part.pro) and not _is_blamed(line, part.last, part.value):
        return SpeechCue(i, part.last, part.value, None, "part")
    noun = say_nouns().match(line.tokens, i) if line.pos[i] != "VERB" else None
    if noun and _announces(line, noun.last):
        return SpeechCue(i, noun.last, noun.value, None, "noun")
    return None


def _verb_cue(line: Line, i: int) -> SpeechCue | None:
    if line.pos[i] != "VERB" and not _verb_position(line, i):
        return None
    if i and line.grammar_kind(i - 1) == "rel":
        return None  # «الهدنة التي أعلنها»: a description, not a statement
    best: SpeechCue | None = None
    for match in say_verbs().match(line.tokens[i].key):
        word = match.value
        if match.form.person != 3 or (match.pronoun and word.means == "say" and "obj" not in word.complement):
            continue  # «نعترف»: inside somebody's own words
        last = _rest(line, i, word.rest)
        if last is None or (best and len(best.word.rest) >= len(word.rest)):
            continue
        args = verb_arguments(line, i, match.form, match.pronoun)
        if _impersonal(line, i, last, word, args, match.form):
            continue
        if word.means in OF_SOMEBODY and _is_object(line, i, args, match.pronoun):
            args.subject, args.object, args.elided = [], args.subject, True
        best = SpeechCue(i, last, word, args, "verb", match.form)
    return best


def _impersonal(line: Line, i: int, last: int, word: SayWord, args: Arguments, form: VerbForm) -> bool:
    """«يفترض أن»، «يتوقع أن»: nobody is said to say it."""
    alone = form.tense == "present" and form.gender == "m" and form.number == "s" and not args.subject
    return alone and word.means == "describe" and line.grammar_kind(last) == "comp" and not args.opaque


def _is_object(line: Line, i: int, args: Arguments, pronoun: str) -> bool:
    """Whether the one phrase after a verb of asking or blaming is whom it is about, its subject being named before:
    «… وطالبت القوات بالانسحاب», «واعتبرتها قوة احتلال»."""
    if not args.subject or args.subject[0].first < i or args.object:
        return False
    begin, _ = line.sentence_of(i)
    joined = line.tokens[i].form.startswith("و") and i - begin > 4
    return bool(pronoun) or (joined and any(m.first < i and not m.prep for m in line.mentions))


def _verb_position(line: Line, i: int) -> bool:
    """Whether a word that the tagger took for a noun stands where a verb of saying opens a sentence."""
    begin, _ = line.sentence_of(i)
    token = line.tokens[i]
    if token.key.startswith(("ال", "وال")) or (line.grammar_kind(i - 1) == "prep" if i else False):
        return False
    return i == begin and i + 1 in line.mention_at and not line.mention_at[i + 1].prep


def _rest(line: Line, i: int, rest: tuple[str, ...]) -> int | None:
    """Where a verb's fixed words end («مضى … قائلا»), or None where they do not follow."""
    at = i + 1
    for word in rest:
        for k in range(at, min(at + 9, len(line.tokens))):
            if line.tokens[k].key == word:
                at = k + 1
                break
            if line.grammar_kind(k) in ("prep", "comp", "sub"):
                return None
        else:
            return None
    return at


def _is_participle(line: Line, i: int, article: bool, pro: str) -> bool:
    if article or pro.strip("و") or i in line.mention_at:
        return False
    before = line.tokens[i - 1].form if i else "،"
    form = line.tokens[i].form.rstrip("\u064b")
    accusative = form.endswith(("ا", "ة", "ين")) or line.tokens[i].form.endswith(("اً", "ً", "ةً"))
    return accusative and (before in '،,»"”)؛' or pro == "و" or line.pos[i - 1] in ("VERB", "PROPN", "ADJ", "NOUN"))


def _is_blamed(line: Line, last: int, word: SayWord) -> bool:
    """«رجلا متهما بالتجسس»: the one who is blamed, not one who blames, since whom he blames does not follow."""
    return word.means == "accuse" and last < len(line.tokens) and line.tokens[last].key.startswith("ب")


def _announces(line: Line, i: int) -> bool:
    """Whether «مفادها أن», «جاء فيه:», «أن» follows a noun of saying."""
    for k in range(i, min(i + 4, len(line.tokens))):
        if line.grammar_kind(k) == "comp" or line.tokens[k].form in ':"«':
            return k > i or line.grammar_kind(k) == "comp" or line.tokens[k].form == ":"
        if line.tokens[k].form in "،,.":
            return False
    return False
