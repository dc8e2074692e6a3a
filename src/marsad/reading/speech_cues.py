"""Words of saying in a line: verbs, participles and nouns that open a statement."""

from __future__ import annotations

from typing import Final

from marsad.language.morph import VerbForm
from marsad.reading.arguments import Arguments, verb_arguments
from marsad.reading.document import Line
from marsad.reading.frames import status_words
from marsad.reading.speakers import line_word
from marsad.reading.speech import SpeechCue
from marsad.reading.speech_words import SayWord, say_nouns, say_participles, say_verbs

_CARRIED: Final = 24  # words from a verb of carrying to whose words it carries
_BESIDE: Final = 3  # words from a subject to its object
_BEFORE_PARTICIPLES: Final = ("VERB", "PROPN", "ADJ", "NOUN", "PRON", "DET", "ADV")
OF_SOMEBODY: Final = frozenset({"demand", "accuse", "condemn", "describe", "ask"})


def cue_at(line: Line, i: int) -> SpeechCue | None:
    """The word of saying at a token, or None.

    Args:
        line: the line.
        i: the token.
    """
    cue = _cue(line, i)
    return cue if cue is not None and not _outlets_own(line, i) else None


def _cue(line: Line, i: int) -> SpeechCue | None:
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


def _outlets_own(line: Line, i: int) -> bool:
    """Whether a word of saying only opens the outlet's own words: «يذكر أن», «تجدر الإشارة إلى أن»."""
    for k in (i, i - 1):
        found = status_words().match(line.tokens, k) if k >= 0 and line.tokens[k].kind == "word" else None
        if found and found.value.effect == "outlet" and found.last > i:
            return True
    return False


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
        if last is None or (best and len(best.word.rest) > len(word.rest)):
            continue
        args = verb_arguments(line, i, match.form, match.pronoun)
        if best and len(best.word.rest) == len(word.rest) and not _fits_better(match.form, args, best):
            continue
        if _impersonal(line, i, last, word, args, match.form) or (word.means == "carry" and not _relays(line, i)):
            continue
        if word.means in OF_SOMEBODY and _is_object(line, i, args, match.pronoun):
            args.subject, args.object, args.elided = [], args.subject, True
        best = SpeechCue(i, last, word, args, "verb", match.form)
    return best


def _fits_better(form: VerbForm, args: Arguments, other: SpeechCue) -> bool:
    """Whether a verb's form has a subject where another, a plural, has none: «يشكو السكان» is no «شكوا»."""
    plural = other.form is not None and other.form.number != "s" and form.number == "s"
    return plural and bool(args.subject) and not (other.args and other.args.subject)


def _relays(line: Line, i: int) -> bool:
    """Whether a verb of carrying carries words: «نقلت الوكالة عن …» but not «نقل الجرحى إلى المستشفى»."""
    _, stop = line.sentence_of(i)
    return any(
        line.grammar_kind(k) == "comp" or line.tokens[k].form in ':"«' or line_word(line, k) == "عن"
        for k in range(i + 1, min(stop, i + _CARRIED))
    )


def _impersonal(line: Line, i: int, last: int, word: SayWord, args: Arguments, form: VerbForm) -> bool:
    """«يفترض أن»، «يتوقع أن»: nobody is said to say it."""
    alone = form.tense == "present" and form.gender == "m" and form.number == "s" and not args.subject
    return alone and word.means == "describe" and line.grammar_kind(last) == "comp" and not args.opaque


def _is_object(line: Line, i: int, args: Arguments, pronoun: str) -> bool:
    """Whether the one phrase after a verb of asking or blaming is whom it is about, its subject being named before:
    «… وطالبت القوات بالانسحاب», «واعتبرتها قوة احتلال»."""
    near = args.object and args.subject and args.object[0].first - args.subject[-1].last <= _BESIDE
    if not args.subject or args.subject[0].first < i or near:
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
            if line.grammar_kind(k) in ("prep", "comp", "sub") or line.tokens[k].form in ':"«“':
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
    return accusative and (before in '،,»"”)؛' or pro == "و" or line.pos[i - 1] in _BEFORE_PARTICIPLES)


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
