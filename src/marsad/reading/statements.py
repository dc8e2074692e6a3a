"""Who said what through whom: direct, indirect and mixed speech, with the channels it passed through.

A word of saying opens a statement; its subject is the speaker; أنّ, a colon, a quotation mark or the verb's own
complement opens the content, which runs to the end of the quotation or of the sentence, less what belongs to the next
word of saying or to a formula of attribution («وفقا لوكالة …»). Media that stand in the formula are channels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final

from marsad.language.morph import VerbForm
from marsad.language.pack import alternatives, rows
from marsad.model.record import Span
from marsad.reading.arguments import Arguments, clause_start, verb_arguments
from marsad.reading.document import Line, Mention
from marsad.reading.frames import VERBAL, frame_nouns
from marsad.reading.mentions import actor_words
from marsad.reading.speech_words import Formula, SayWord, formulas, say_nouns, say_participles, say_verbs
from marsad.text.tokens import tokenize

_OPEN: Final = frozenset('"«“')
_CLOSE: Final = frozenset('"»”')
_SOFT: Final = '،,؛; .…-–—"«»“”:'
_FAR: Final = 26
_OF_SOMEBODY: Final = frozenset({"demand", "accuse", "condemn", "describe", "ask"})


@dataclass(slots=True, eq=False)
class Speech:
    """One statement before its actors have ids; token ranges are of its line."""

    line: Line
    verb: Span
    content: Span
    first: int
    last: int
    at: int
    word: SayWord
    speaker: Mention | None
    via: list[Mention] = field(default_factory=list)
    mode: str = "indirect"
    medium: str | None = None
    elided: bool = False
    addressee: Mention | None = None
    rule: str = ""


@dataclass(slots=True)
class _Cue:
    """A word of saying at a token: the word, up to where it runs, its slots (for verbs)."""

    at: int
    last: int
    word: SayWord
    args: Arguments | None
    shape: str
    form: VerbForm | None = None


@dataclass(slots=True)
class _Formula:
    at: int
    last: int
    formula: Formula
    source: Mention | None
    end: int
    verb: int | None


def find_statements(line: Line) -> list[Speech]:
    """The statements of a line, in order of their words of saying."""
    marks = _find_formulas(line)
    taken = {m.verb for m in marks if m.verb is not None}
    cues = [c for i in range(len(line.tokens)) if i not in taken and (c := _cue_at(line, i)) is not None]
    found = [s for n, c in enumerate(cues) if (s := _statement(line, c, cues[n + 1 :], marks)) is not None]
    found += _colon_statements(line, found)
    found += [s for m in marks if (s := _attributed(line, m, found)) is not None]
    _add_channels(line, found, marks)
    found.sort(key=lambda s: s.at)
    _fill_speakers(found)
    return _without_echoes(found)


def _cue_at(line: Line, i: int) -> _Cue | None:
    token = line.tokens[i]
    if token.kind != "word" or i in line.inside_grammar:
        return None
    if i not in line.mention_at and line.pos[i] in ("VERB", "AUX", "X", "NOUN", "PROPN", "ADJ"):
        cue = _verb_cue(line, i)
        if cue:
            return cue
    part = say_participles().match(line.tokens, i)
    if part and _is_participle(line, i, part.article, part.pro):
        return _Cue(i, part.last, part.value, None, "part")
    noun = say_nouns().match(line.tokens, i) if line.pos[i] != "VERB" else None
    if noun and _announces(line, noun.last):
        return _Cue(i, noun.last, noun.value, None, "noun")
    return None


def _verb_cue(line: Line, i: int) -> _Cue | None:
    if line.pos[i] != "VERB" and not _verb_position(line, i):
        return None
    if i and line.grammar_kind(i - 1) == "rel":
        return None  # «الهدنة التي أعلنها»: a description, not a statement
    best: _Cue | None = None
    for match in say_verbs().match(line.tokens[i].key):
        word = match.value
        if match.form.person != 3:
            continue  # «نعترف»: inside somebody's own words
        last = _rest(line, i, word.rest)
        if last is None or (best and len(best.word.rest) >= len(word.rest)):
            continue
        args = verb_arguments(line, i, match.form, match.pronoun)
        if _impersonal(line, i, last, word, args, match.form):
            continue
        if word.means in _OF_SOMEBODY and _is_object(line, i, args, match.pronoun):
            args.subject, args.object, args.elided = [], args.subject, True
        best = _Cue(i, last, word, args, "verb", match.form)
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


def _announces(line: Line, i: int) -> bool:
    """Whether «مفادها أن», «جاء فيه:», «أن» follows a noun of saying."""
    for k in range(i, min(i + 4, len(line.tokens))):
        if line.grammar_kind(k) == "comp" or line.tokens[k].form in ':"«':
            return k > i or line.grammar_kind(k) == "comp" or line.tokens[k].form == ":"
        if line.tokens[k].form in "،,.":
            return False
    return False


def _statement(line: Line, cue: _Cue, later: list[_Cue], marks: list[_Formula]) -> Speech | None:
    opening = _content_start(line, cue, marks)
    if opening is None:
        return None
    first, quoted = opening
    if quoted:
        last, mode = _quote_end(line, first), "direct"
        if last is None:
            last, mode = _content_end(line, cue, first, later, marks), "mixed"
    else:
        last = _content_end(line, cue, first, later, marks)
        mode = _mode(line, first, last)
    if mode == "indirect" or mode == "mixed":
        first, last, mode = _unwrap(line, first, last, mode)
    if last - first < 1:
        return None
    args = cue.args
    speaker = args.subject[0] if args and args.subject else None
    speech = Speech(
        line=line, verb=(line.tokens[cue.at].start, line.tokens[cue.at].end), content=_trim(line, first, last),
        first=first, last=last, at=cue.at, word=cue.word, speaker=speaker, mode=mode, rule=cue.word.row,
        elided=speaker is None,
    )  # fmt: skip
    if cue.shape == "noun":
        speech.speaker = _noun_speaker(line, cue)
        speech.elided = speech.speaker is None
    if args and args.opaque and not speaker:
        speech.speaker = _opaque_speaker(line, cue.at + 1)
        speech.elided = False
    _relayed(speech, args)
    if args and args.preps.get("ل") and cue.word.means in ("say", "demand", "ask"):
        speech.addressee = next((m for m in args.preps["ل"] if m.kind != "media" and m.last <= first), None)
    return speech


def _relayed(speech: Speech, args: Arguments | None) -> None:
    """«نقلت الوكالة عن المتحدث قوله»: the subject is the channel, the speaker follows عن."""
    source = args.preps.get("عن") if args else None
    if source and speech.speaker and source[0].first < speech.first and speech.speaker.kind == "media":
        speech.via.append(speech.speaker)
        speech.speaker = source[0]


def _content_start(line: Line, cue: _Cue, marks: list[_Formula]) -> tuple[int, bool] | None:
    """Where the content of a cue begins, and whether a quotation mark opens it.

    Between a word of saying and أنّ may stand the speaker, times, places and formulas; a quotation mark opens the
    content only where nothing else stands between, since later ones set off names and loaded words.
    """
    _, stop = line.sentence_of(cue.at)
    stop = min(stop, cue.last + _FAR)
    skip = {m.at: m.end for m in marks if m.at >= cue.last}
    material = False
    k = cue.last
    while k < stop:
        form, kind = line.tokens[k].form, line.grammar_kind(k)
        if k in skip and skip[k] > k:
            k = skip[k]
            continue
        if kind == "comp":
            return _after_comp(line, line.grammar[k][0])
        if form == ":" and k + 1 < len(line.tokens):
            return (k + 2, True) if line.tokens[k + 1].form in _OPEN else (k + 1, False)
        if form in _OPEN and not _names(line, k):
            close = _quote_end(line, k + 1)
            if material or (close is not None and close - k <= 4 and not _ends_there(line, close)):
                break
            return k + 1, True
        if form in ".؟!" or (kind == "sub" and form != "ما"):
            break
        if k > cue.last and line.pos[k] == "VERB" and k not in line.mention_at and not _in_relative(line, cue.last, k):
            break
        material = material or _is_material(line, k)
        k = line.grammar[k][0] if k in line.grammar else k + 1
    return _plain_start(line, cue)


def _ends_there(line: Line, close: int) -> bool:
    """Whether a quotation ends with its sentence or clause: it is quoted speech and not a quoted word."""
    return close + 1 >= len(line.tokens) or line.tokens[close + 1].form in ".،,؛" or line.pos[close + 1] == "VERB"


def _is_material(line: Line, k: int) -> bool:
    """Whether a token belongs neither to a mention, a time or a place nor to the grammar: it may be content itself."""
    known = k in line.mention_at or k in line.time_tokens or k in line.place_at or k in line.inside_grammar
    return not known and line.pos[k] in ("NOUN", "ADJ") and line.tokens[k].kind == "word"


def _after_comp(line: Line, at: int) -> tuple[int, bool] | None:
    if at >= len(line.tokens):
        return None
    if line.tokens[at].form in _OPEN and not _names(line, at):
        close = _quote_end(line, at + 1)
        if close is not None and close - at > 4:
            return at + 1, True
    return at, False


def _names(line: Line, k: int) -> bool:
    """Whether a quotation mark at token `k` only sets off a name («وكالة "سبأ"»)."""
    inside = line.mention_at.get(k + 1)
    close = _quote_end(line, k + 1)
    return k in line.mention_at or (inside is not None and close is not None and close <= inside.last + 1)


def _in_relative(line: Line, first: int, k: int) -> bool:
    return any(line.grammar_kind(j) == "rel" for j in range(max(first, k - 4), k)) or k in line.time_tokens


def _plain_start(line: Line, cue: _Cue) -> tuple[int, bool] | None:
    """The content of a verb that takes a noun phrase or a preposition: «أعلن سقوط …», «حذر من …», «دعا … إلى»."""
    word = cue.word
    wants = word.complement
    after = cue.last
    speaker = cue.args.subject[0] if cue.args and cue.args.subject else None
    if speaker and cue.args and speaker.first >= cue.at:
        after = cue.args.subject[-1].last
    after = _skip(line, after)
    if after >= len(line.tokens) or cue.shape == "noun":
        return None
    form, kind = line.tokens[after].form, line.grammar_kind(after)
    if word.means in ("demand", "accuse", "describe", "condemn") and cue.shape == "verb" and kind != "comp":
        return after, False
    if kind == "prep" and (line.grammar[after][1].value in wants or line.tokens[after].form in wants):
        return (after, False) if word.means in ("warn", "threaten") else (line.grammar[after][0], False)
    if "ب" in wants and line.tokens[after].key.startswith("ب") and kind == "":
        return after, False
    if "obj" in wants and kind == "" and line.pos[after] in ("NOUN", "ADJ", "NUM", "PROPN", "X"):
        return (after, False) if form not in _SOFT and not _own_stance(line, after) else None
    return None


def _own_stance(line: Line, at: int) -> bool:
    """«أعلن دعمه»، «أبدى استعداده»: the speaker's own act, told by the outlet, not words that it reports."""
    found = frame_nouns().match(line.tokens, at)
    return found is not None and bool(found.pronoun) and any(frame.type in VERBAL for frame in found.value)


def _skip(line: Line, at: int) -> int:
    """Past commas, times and adverbs after a speaker."""
    while at < len(line.tokens) and (
        line.tokens[at].form in "،,"
        or at in line.time_tokens
        or line.grammar_kind(at) == "adverb"
        or (at in line.grammar and line.grammar[at][0] in line.time_tokens)
    ):
        at += 1
    return at


def _quote_end(line: Line, first: int) -> int | None:
    """The token of the quotation mark that closes a quotation whose first token is `first`, or None."""
    opening = line.tokens[first - 1].form if first else '"'
    wanted = {"«": "»", "“": "”"}.get(opening, '"')
    depth = 0
    for k in range(first, len(line.tokens)):
        form = line.tokens[k].form
        if form == opening and wanted != opening:
            depth += 1
        elif form == wanted:
            if depth == 0:
                return k
            depth -= 1
    return None


def _content_end(line: Line, cue: _Cue, first: int, later: list[_Cue], marks: list[_Formula]) -> int:
    _, stop = line.sentence_of(first)
    stop = _unclosed(line, first, stop)
    for other in later:
        if first < other.at < stop and (_opens_new(line, other, first) or _goes_on(line, cue, other, first)):
            stop = other.at
            break
    for mark in marks:
        if first < mark.at < stop and mark.source is not None and _trailing(line, mark):
            stop = mark.at
            break
    return stop


def _opens_new(line: Line, cue: _Cue, first: int) -> bool:
    """Whether a later word of saying belongs to the outlet again and not to the content."""
    token, before = line.tokens[cue.at], line.tokens[cue.at - 1]
    if cue.shape == "part":
        return before.form in '،,؛»"”' or token.form.startswith("و")
    if cue.shape != "verb" or cue.args is None:
        return False
    joined = token.form.startswith("و") and before.form in '،,؛.»"”'
    after_sub = cue.at > 1 and any(
        line.grammar_kind(k) == "sub" and line.grammar[k][1].value in ("عندما", "لكن")
        for k in range(max(first, cue.at - 2), cue.at)
    )
    return (joined and _depth(line, first, cue.at) == 0) or (
        after_sub and before.form not in "،," and cue.at - first > 5
    )


def _goes_on(line: Line, cue: _Cue, other: _Cue, first: int) -> bool:
    """Whether a later verb of saying joined by و agrees with the first one: the same speaker goes on."""
    if cue.form is None or other.form is None or not line.tokens[other.at].form.startswith("و"):
        return False
    same = (cue.form.tense, cue.form.gender, cue.form.number) == (
        other.form.tense,
        other.form.gender,
        other.form.number,
    )
    return same and cue.form.person == 3 and _depth(line, first, other.at) == 0 and other.at - first > 3


def _depth(line: Line, first: int, at: int) -> int:
    """Whether an odd number of quotation marks stands between two tokens: inside a quotation."""
    marks = [line.tokens[k].form for k in range(first, at)]
    return (marks.count('"') % 2) + (marks.count("«") - marks.count("»")) + (marks.count("“") - marks.count("”"))


def _unclosed(line: Line, first: int, stop: int) -> int:
    """A closing mark without an opening one in the next sentences: the words ran on to it."""
    total = sum(t.form in '"' for t in line.tokens)
    if total % 2 == 0 or any(line.tokens[k].form == '"' for k in range(first, stop)):
        return stop
    close = max((k for k in range(stop, len(line.tokens)) if line.tokens[k].form == '"'), default=stop)
    return close if close - stop < 60 else stop


def _trailing(line: Line, mark: _Formula) -> bool:
    """Whether a formula closes its sentence: after it only punctuation or its own words stand."""
    _, stop = line.sentence_of(mark.at)
    return line.tokens[mark.at - 1].form in '،,»"”' or mark.end >= stop - 2 if mark.at else False


def _mode(line: Line, first: int, last: int) -> str:
    quoted = any(line.tokens[k].form in _OPEN and not _names(line, k) and _long(line, k) for k in range(first, last))
    odd = any(line.tokens[k].form in _CLOSE for k in range(last, min(last + 2, len(line.tokens))))
    return "mixed" if quoted or odd else "indirect"


def _long(line: Line, k: int) -> bool:
    close = _quote_end(line, k + 1)
    return close is not None and close - k > 2


def _unwrap(line: Line, first: int, last: int, mode: str) -> tuple[int, int, str]:
    while last > first and line.tokens[last - 1].form in _SOFT:
        last -= 1
    return first, last, mode


def _trim(line: Line, first: int, last: int) -> Span:
    """The content's span without outer punctuation and quotation marks."""
    while last > first and line.tokens[last - 1].form in '،,؛;.:-–—"«»“”':
        closing = (
            line.tokens[last - 1].form in _CLOSE
            and _depth(line, first, last) == 0
            and line.tokens[first].form not in _OPEN
        )
        if (closing and line.tokens[last - 1].form != '"') or (closing and _depth(line, first, last - 1) != 0):
            break
        last -= 1
    while first < last - 1 and line.tokens[first].form in "،,:":
        first += 1
    return line.tokens[first].start, line.tokens[last - 1].end


def _noun_speaker(line: Line, cue: _Cue) -> Mention | None:
    """The speaker of a noun of saying: its genitive, or the last bare phrase of its clause before it."""
    after = line.mention_at.get(cue.last)
    if after and not after.prep and not after.pro:
        return after
    begin = clause_start(line, cue.at)
    for k in range(cue.at - 1, begin - 1, -1):
        mention = line.mention_at.get(k)
        if mention and not mention.prep:
            return mention
    return None


def _opaque_speaker(line: Line, at: int) -> Mention | None:
    """A speaker that the pack does not know: the noun phrase as it stands."""
    at = _skip(line, at)
    last = at
    while last < len(line.tokens) and last - at < 6 and _continues_name(line, at, last):
        last += 1
    if last == at:
        return None
    name = " ".join(t.form for t in line.tokens[at:last])
    named = line.pos[at] == "PROPN"
    mention = Mention(
        first=at, last=last, start=line.tokens[at].start, end=line.tokens[last - 1].end, shape="name" if named else "source",
        name=name, kind="person" if named else "people", row="grammar.speaker", head=f"speaker:{name}", line=line.number,
        person=name if named else "",
    )  # fmt: skip
    line.mentions.append(mention)
    for k in range(at, last):
        line.mention_at.setdefault(k, mention)
    return mention


def _continues_name(line: Line, first: int, k: int) -> bool:
    """Whether a token goes on with a noun phrase that starts as a definite noun or a name."""
    definite = line.tokens[k].key.startswith("ال")
    if k in line.inside_grammar or k in line.time_tokens or line.tokens[k].kind != "word":
        return False
    if k == first:
        return line.pos[k] == "PROPN" or (line.pos[k] == "NOUN" and definite)
    return line.pos[k] == "PROPN" or (line.pos[k] == "ADJ" and definite)


def _colon_statements(line: Line, found: list[Speech]) -> list[Speech]:
    """A line that opens with a name and a colon: «أردوغان: وصلنا إلى النهاية»."""
    if len(line.tokens) < 4 or any(s.at < 6 for s in found):
        return []
    mention = line.mention_at.get(0)
    if mention is None or mention.last >= len(line.tokens) or line.tokens[mention.last].form != ":":
        return []
    if mention.shape not in ("name", "office", "country", "capital", "body", "source"):
        return []
    first = mention.last + 1
    quoted = first < len(line.tokens) and line.tokens[first].form in _OPEN
    last = len(line.tokens)
    colon = line.tokens[mention.last]
    word = SayWord("say.colon", "say", frozenset({"quote"}))
    mode = "direct" if quoted else _mode(line, first, last)
    return [
        Speech(line=line, verb=(colon.start, colon.end), content=_trim(line, first + quoted, last), first=first, last=last,
               at=mention.last, word=word, speaker=mention, mode=mode, rule="say.colon")
    ]  # fmt: skip


def _find_formulas(line: Line) -> list[_Formula]:
    found = []
    for i, token in enumerate(line.tokens):
        if token.kind != "word":
            continue
        match = formulas().match(line.tokens, i)
        if match and not match.article:
            mark = _read_formula(line, i, match.last, match.value)
            if mark:
                found.append(mark)
    return found


def _read_formula(line: Line, i: int, last: int, formula: Formula) -> _Formula | None:
    verb = None
    at = last
    if formula.takes == "clause" or (at < len(line.tokens) and line.tokens[at].key == "ما"):
        at += at < len(line.tokens) and line.tokens[at].key == "ما"
        if at >= len(line.tokens):
            return None
        match = say_verbs().match(line.tokens[at].key)
        if not match:
            return None
        verb = at
        args = verb_arguments(line, at, match[0].form, "")
        begin, _ = line.sentence_of(i)
        if i - begin <= 1 and args.end < len(line.tokens) and line.grammar_kind(args.end) == "comp":
            return None  # «كما أعلن … أن»: the verb says it itself
        source = args.subject[0] if args.subject else None
        relayed = args.preps.get("عن")
        end = max((m.last for m in [*(args.subject or []), *(relayed or [])]), default=at + 1)
        if relayed:
            source = relayed[0]
        return _Formula(i, last, formula, source, end, verb)
    source = line.mention_at.get(at)
    if source is None or source.first < i:
        named = at < len(line.tokens) and at not in line.mention_at and line.pos[at] == "PROPN"
        source = _opaque_speaker(line, at) if named else None
    return _Formula(i, last, formula, source, source.last if source else last, verb) if source else None


def _attributed(line: Line, mark: _Formula, found: list[Speech]) -> Speech | None:
    """A sentence that a formula alone attributes: «قتل أربعة، وفق ما أعلنت السلطات»."""
    begin, stop = line.sentence_of(mark.at)
    if mark.source is None or any(begin <= s.at < stop or s.first <= mark.at < s.last for s in found):
        return None
    if mark.at - begin <= 1:
        first = _skip(line, mark.end)
        while first < stop and line.tokens[first].form in "،,:":
            first += 1
        last = stop
    else:
        first, last = begin, mark.at
    if last - first < 2:
        return None
    _, last, mode = _unwrap(line, first, last, _mode(line, first, last))
    at = mark.verb if mark.verb is not None else mark.at
    word = SayWord(mark.formula.row, "say", frozenset())
    content = _trim(line, first, last)
    if line.tokens[first].form.startswith(("و", "ف")) and line.pos[first] == "VERB" and len(line.tokens[first].key) > 3:
        content = (content[0] + 1, content[1])
    return Speech(
        line=line, verb=(line.tokens[mark.at].start, line.tokens[at].end), content=content, first=first, last=last, at=mark.at,
        word=word, speaker=mark.source, mode=mode, rule=mark.formula.row, medium=mark.formula.medium or None,
    )  # fmt: skip


def _add_channels(line: Line, found: list[Speech], marks: list[_Formula]) -> None:
    """Media named in a statement's own formula, or in one that closes its sentence, are its channels."""
    for speech in found:
        for mention in line.mentions:
            if mention.kind == "media" and mention is not speech.speaker and _carries(line, speech, mention, marks):
                if mention not in speech.via:
                    speech.via.append(mention)
                speech.medium = speech.medium or _medium(mention)
        own = {id(m) for m in speech.via}
        if speech.speaker is not None and id(speech.speaker) in own:
            speech.via = [m for m in speech.via if m is not speech.speaker]


def _carries(line: Line, speech: Speech, mention: Mention, marks: list[_Formula]) -> bool:
    begin, stop = line.sentence_of(speech.at)
    if not begin <= mention.first < stop:
        return False
    if speech.first <= mention.first < speech.last:
        return False
    cue_zone = speech.at <= mention.first < speech.first or speech.first > mention.first > speech.at
    cited = any(m.source is mention or m.at <= mention.first <= m.end for m in marks)
    if cited:
        nearest = line.tokens[mention.first - 1].key if mention.first else ""
        return cue_zone or mention.first >= speech.last or nearest != ""
    return cue_zone and mention.prep in ("ل", "عبر", "على", "في", "ب", "مع", "عن", "نقلا", "إلى")


_MEDIA: Final = {
    "head.body.news_agency": "agency",
    "head.body.newspaper": "press",
    "head.body.channel": "television",
    "head.body.radio": "television",
    "head.body.social_media": "social",
}


def _medium(mention: Mention) -> str | None:
    """The kind of a medium: of its head word, or of the words that its row's other names begin with."""
    if mention.row in _MEDIA:
        return _MEDIA[mention.row]
    return media_kinds().get(mention.row, "social" if mention.code is None and mention.shape == "name" else "press")


@cache
def media_kinds() -> dict[str, str]:
    """What each named medium of the pack is, by the head that one of its names begins with («وكالة …»، «قناة …»)."""
    found: dict[str, str] = {}
    for row in rows("actors.tsv"):
        if row["kind"] == "media":
            for name in alternatives(row["names"]):
                head = actor_words().match(tokenize(name.split()[0]), 0)
                if head and head.value.row in _MEDIA:
                    found.setdefault(row["id"], _MEDIA[head.value.row])
    return found


def _fill_speakers(found: list[Speech]) -> None:
    """A word of saying without a subject goes on with the speaker before it in the same line."""
    last: Mention | None = None
    for speech in found:
        if speech.speaker is None and last is not None:
            speech.speaker = last
        last = speech.speaker or last


def _without_echoes(found: list[Speech]) -> list[Speech]:
    """Drop a statement whose content starts where another's does (two cues of one formula), keeping the fuller."""
    kept: list[Speech] = []
    for speech in found:
        twin = next((k for k in kept if k.content[0] == speech.content[0]), None)
        if twin is None:
            kept.append(speech)
        elif twin.speaker is None and speech.speaker is not None:
            kept[kept.index(twin)] = speech
    return kept
