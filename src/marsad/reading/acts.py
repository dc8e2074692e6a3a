"""Acts of a line: which words tell an act, and by which frame.

A verb or an event noun of the pack proposes its frames; the one that finds most of the words it asks for wins, unless a
role that it needs stays empty. What was proposed and lost is kept, so that `explain` can tell.
"""

from __future__ import annotations

from typing import Final

from marsad.language.lexicon import Phrases, VerbMatch, Verbs
from marsad.reading.arguments import Arguments, noun_arguments, verb_arguments
from marsad.reading.document import WITH_ARTICLE, Line, is_said
from marsad.reading.frame_words import named_before, own_words, required_end
from marsad.reading.frames import VERBAL, Frame, frame_nouns, frame_verbs, not_act_letters, not_acts, weapons
from marsad.reading.light import following_light, governing_light, lasting_light, lend
from marsad.reading.merging import merge
from marsad.reading.roles import Act, fill_noun, fill_verb, is_written_passive, satisfied

_WINDOW: Final = 9
_ANTECEDENT: Final = 5
_UNNAMED: Final = "a side that it needs is not named"
_STANDING: Final = "a state that goes on"
_REFERRED: Final = "only referred back to"
_OBLIGATION: Final = "grammar.oblige.ala"
_BACKGROUND: Final = frozenset({"بعد", "بسبب", "ردا على", "خلال", "منذ", "قبل"})
_TOLD_BARE: Final = frozenset({"ASSAULT", "PROTEST"})  # «الحرب», «الاحتجاجات»: known acts that go on


def find_acts(line: Line) -> list[Act]:
    """The acts of a line in order of their words; what one act's several words tell is told once."""
    return find_all_acts(line)[0]


def find_all_acts(line: Line) -> tuple[list[Act], list[Act]]:
    """The acts of a line, and the weak ones beside them that the rules would not call acts; each in order."""
    found = _all_tellings(line, frame_verbs(), frame_nouns())
    told = [a for a in found if not a.weak] + _obligations(line)
    kept = merge(line, sorted(told, key=lambda a: a.at))
    taken = {k for a in told for k in (*range(a.at, a.last), *a.words)}
    return kept, [a for a in found if a.weak and a.at not in taken]


def find_tellings(line: Line, verb_index: Verbs[Frame], noun_index: Phrases[tuple[Frame, ...]]) -> list[Act]:
    """Every place of a line where a verb or noun of the given indexes tells something of somebody.

    Args:
        line: the line.
        verb_index, noun_index: frames by their words.
    """
    return [a for a in _all_tellings(line, verb_index, noun_index) if not a.weak]


def _all_tellings(line: Line, verb_index: Verbs[Frame], noun_index: Phrases[tuple[Frame, ...]]) -> list[Act]:
    """What `find_tellings` finds, and weak acts."""
    found: list[Act] = []
    armed = _inside_weapons(line) | _no_acts(line)
    i = 0
    while i < len(line.tokens):
        readable = line.tokens[i].kind == "word" and i not in line.time_tokens
        readable = readable and (i not in line.inside_grammar or _opens_phrase(line, i, noun_index))
        readable = readable and i not in line.place_at and i not in armed
        act = _act_at(line, i, verb_index, noun_index) if readable else None
        if act is not None and not any(i in earlier.words for earlier in found):
            found.append(act)
        i = max(i + 1, act.last if act and act.shape == "noun" and not act.weak else i + 1)
    return found


def _inside_weapons(line: Line) -> set[int]:
    """The later words of weapons of several words: «طائرة مسيرة» is no march."""
    found: set[int] = set()
    for i, token in enumerate(line.tokens):
        match = weapons().match(line.tokens, i) if token.kind == "word" else None
        if match and match.last - i > 1:
            found.update(range(i + 1, match.last))
    return found


def _opens_phrase(line: Line, i: int, noun_index: Phrases[tuple[Frame, ...]]) -> bool:
    """Whether a particle opens a phrase of the pack that tells an act («لن يمر دون رد»)."""
    found = noun_index.match(line.tokens, i) if line.grammar_kind(i) == "particle" else None
    return found is not None and found.last - i > 1


def _no_acts(line: Line) -> set[int]:
    """Tokens that cannot tell an act: words whose vowel signs say so, names of persons, phrases that tell none."""
    found = {i for i, t in enumerate(line.tokens) if any(letters in t.form for letters in not_act_letters())}
    for i in range(len(line.tokens)):
        match = not_acts().match(line.tokens, i) if line.tokens[i].kind == "word" else None
        if match and match.value == "phrase":
            found.update(range(i, match.last))
    for first, (last, label) in line.entities.items():
        if label == "PER" and last - first > 1:
            found.update(range(first, last))
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
        act = _verb_act(line, i, verbs)
        if act is not None and line.pos[i] != "VERB":
            act.weak = f"tagged {line.pos[i]}"
        return act
    if noun and not (line.pos[i] == "VERB" and verbs):
        pronoun = noun.pronoun or _first_pronoun(line, i, noun.last, noun_index)
        act = _noun_act(line, i, noun.last, noun.value, noun.pro, noun.article, pronoun)
        if (act is None or act.weak) and noun.last - i > 1:  # the longer phrase tells nothing here; its first word may
            short = noun_index.match(line.tokens[: i + 1], i)
            own = _noun_act(line, i, i + 1, short.value, short.pro, short.article, short.pronoun) if short else None
            act = own if own is not None and (act is None or not own.weak) else act
        return act
    return None


def _first_pronoun(line: Line, i: int, last: int, noun_index: Phrases[tuple[Frame, ...]]) -> str:
    """The pronoun on the first word of a longer phrase: «رفضها القاطع»."""
    short = noun_index.match(line.tokens[: i + 1], i) if last - i > 1 else None
    return short.pronoun if short else ""


def _reads_as_verb(line: Line, i: int) -> bool:
    """Whether a word that may be verb or masdar («قتل»، «دعم») is the verb here."""
    token = line.tokens[i]
    if token.form.startswith(WITH_ARTICLE):
        return False
    if any(line.grammar_kind(k) in ("prep", "agent") and line.grammar[k][0] == i for k in (i - 1, i - 2) if k >= 0):
        return False
    if is_written_passive(line, i):
        return True
    begin, _ = line.sentence_of(i)
    if i == begin:
        return line.pos[i] == "VERB" or not _genitive_follows(line, i)
    return line.pos[i] == "VERB"


def _genitive_follows(line: Line, i: int) -> bool:
    return i + 1 < len(line.tokens) and line.pos[i + 1] in ("PROPN",) and i + 1 not in line.mention_at


def _verb_act(line: Line, i: int, matches: tuple[VerbMatch[Frame], ...]) -> Act | None:
    lost: list[tuple[str, str]] = []
    weak: Act | None = None
    for match in sorted(matches, key=lambda m: -m.value.weight):
        frame = match.value
        args = verb_arguments(line, i, match.form, match.pronoun)  # «ودعا»: of «دعا», not the dual of «ودع»
        if any(frame.row == row for row, _ in lost):
            continue
        last = required_end(line, i + 1, frame, min(_aside(line, i, args.end + 3), i + _WINDOW + len(frame.rest)))
        if last is None and not frame.rest and named_before(line, _phrase_start(line, i, args), i, frame):
            last = i + 1
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
        fill_verb(act, match.pronoun)
        act.relative = i > 0 and line.grammar_kind(i - 1) == "rel"
        act.words = frozenset(range(last - own_words(frame), last)) if frame.weight else frozenset()
        act.lost = lost
        if satisfied(act):
            act.weak = _STANDING if _stands(act) else ""
            return act
        act.weak = _UNNAMED
        lost.append((frame.row, _UNNAMED))
        weak = weak or act
    return weak


def _aside(line: Line, i: int, end: int) -> int:
    """Up to where a verb's words can stand: not in what tells only when or why («يبدأ ظهرا، بعد محادثات …»)."""
    for k in range(i + 1, min(end, len(line.tokens) - 1)):
        if line.tokens[k].form in "،," and k + 1 in line.grammar and line.grammar[k + 1][1].value in _BACKGROUND:
            return k
    return end


def _phrase_start(line: Line, i: int, args: Arguments) -> int:
    """Where the phrase before a verb begins: its subject, or what its relative clause describes; `i` for none."""
    if i and line.grammar_kind(i - 1) == "rel":
        return max(line.sentence_of(i)[0], i - _ANTECEDENT)
    before = [m.first for m in args.subject if m.first < i]
    return min(before, default=i)


def _stands(act: Act) -> bool:
    """Whether a verb tells a state that goes on: «المناطق التي يسيطر عليها الحوثيون»."""
    held = act.frame.type == "COERCE" and act.frame.mode == "seize"
    return held and act.form is not None and act.form.tense == "present" and (act.relative or not act.recipients)


def _noun_act(
    line: Line, first: int, last: int, frames: tuple[Frame, ...], pro: str, article: bool, pronoun: str
) -> Act | None:
    args = noun_arguments(line, first, last, pronoun, article)
    lost: list[tuple[str, str]] = []
    governed = None if _aside(line, max(0, first - 4), first) < first else governing_light(line, first)
    light = following_light(line, last) or governed
    light = light or (None if article or pronoun else lasting_light(line, last))
    weak: Act | None = None
    for frame in sorted(frames, key=lambda f: -f.weight):
        end = required_end(line, last, frame, last + _WINDOW)
        if end is None:
            lost.append((frame.row, "its words do not follow"))
            continue
        act = Act(line, first, end if frame.weight else last, frame, "noun", args, None, pro, article, mode=frame.mode)
        fill_noun(act)
        if light:
            lend(act, *light)
        act.background = _is_background(line, act)
        act.lost = lost
        act.weak = "" if satisfied(act) and _told(act) else _UNNAMED if not satisfied(act) else _REFERRED
        act.weak = act.weak or (_STANDING if _is_held(act) else "")
        if not act.weak:
            return act
        lost.append((frame.row, act.weak))
        weak = weak or act
    return weak


def _is_held(act: Act) -> bool:
    """Whether a noun tells that a place is held, not that it is taken: «البلدة تحت سيطرة الجيش»."""
    before = act.line.grammar.get(act.at - 1)
    under = before is not None and before[1].value == "تحت"
    return under and act.light is None and act.frame.type == "COERCE" and act.frame.mode == "seize"


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
    if act.pro.endswith("ب") and is_said(act.line, act.at):
        return True  # «تتهم … بخرق الهدنة»
    return act.filled or not act.pro.strip("و")
