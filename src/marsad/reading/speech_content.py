"""Where the words that a statement reports begin and end."""

from __future__ import annotations

from typing import Final

from marsad.reading.document import Line
from marsad.reading.frames import VERBAL, frame_nouns
from marsad.reading.phrase_edges import opens_quotation
from marsad.reading.quotations import (
    CLOSING,
    OPENING,
    SOFT,
    depth,
    ends_clause,
    quote_end,
    sets_off_name,
    unclosed,
)
from marsad.reading.speakers import occasion_end, skip_adverbs
from marsad.reading.speech import Citation, SpeechCue
from marsad.reading.speech_words import also_words, match_comment, occasions

_FAR: Final = 26
_WORDS: Final = 4
_APPOSITION: Final = 14
_PHRASAL: Final = frozenset({"obj", "ب", "عن", "إلى", "على", "من", "في"})
_ABOUT: Final = frozenset({"demand", "ask", "describe"})
_WHEN: Final = frozenset({"بعد", "قبل", "دون", "منذ", "مع"})  # «بعد أن» opens a clause of its own


def named_start(line: Line, cue: SpeechCue, first: int) -> int:
    """Where the content begins that opens at token `first`, with whom one asks or describes: «دعا الطرفين إلى "وقف
    القتال"», «وصف المحتجين بأنهم …».

    Args:
        line: the line.
        cue: the word of saying.
        first: where a particle or a mark opens its content.
    """
    plain = plain_start(line, cue) if cue.word.means in _ABOUT and cue.shape == "verb" else None
    return plain[0] if plain and plain[0] < first and _names_whom(line, plain[0], first) else first


def _names_whom(line: Line, first: int, last: int) -> bool:
    """Whether a phrase that is governed by no preposition stands between two tokens."""
    return first not in line.grammar and line.pos[first] in ("NOUN", "PROPN", "NUM") and last - first > 1


def content_start(line: Line, cue: SpeechCue, marks: list[Citation]) -> tuple[int, bool] | None:
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
        past = skip.get(k, 0) or occasion_end(line, k)
        if past > k:
            k = past
            continue
        if kind == "comp" and k and line.grammar_kind(k - 1) == "prep" and line.grammar[k - 1][1].value in _WHEN:
            break
        if kind == "comp":
            return _after_comp(line, line.grammar[k][0])
        if form == ":" and k + 1 < len(line.tokens):
            return (k + 2, True) if line.tokens[k + 1].form in OPENING else (k + 1, False)
        if form in OPENING:
            close = quote_end(line, k + 1)
            if close is not None and sets_off_name(line, k):
                k = close + 1
                continue
            if close is not None and close - k <= _WORDS and not ends_clause(line, close):
                k = close + 1  # a quoted name or loaded word: «لقناة "تولو نيوز" التلفزيونية أن»
                continue
            if material and _PHRASAL & cue.word.complement:
                break
            return k + 1, True
        if form in ".؟!" or (kind == "sub" and form != "ما"):
            break
        document = _described_end(line, k, stop)
        if document > k:
            k = document
            continue
        if k > cue.last and line.pos[k] == "VERB" and k not in line.mention_at and not _in_relative(line, cue.last, k):
            break
        material = material or (_is_material(line, k) and not _in_relative(line, cue.last, k))
        k = line.grammar[k][0] if k in line.grammar else k + 1
    return plain_start(line, cue)


def _described_end(line: Line, k: int, stop: int) -> int:
    """Where the clause ends that says more of the document or occasion of the words, or `k` where none begins there:
    «في خطاب ألقاه في العاصمة», «في رسالة وجهتها إلى المجلس»."""
    if line.pos[k] != "VERB" or not any(occasions().match(line.tokens[:k], j) for j in (k - 2, k - 3) if j >= 0):
        return k
    while k < stop and line.tokens[k].form not in '،,:"«“.' and line.grammar_kind(k) != "comp":
        k += 1
    return k


def _is_material(line: Line, k: int) -> bool:
    """Whether a token belongs neither to a mention, a time or a place nor to the grammar: it may be content itself."""
    known = k in line.mention_at or k in line.time_tokens or k in line.place_at or k in line.inside_grammar
    return not known and line.pos[k] in ("NOUN", "ADJ") and line.tokens[k].kind == "word"


def _after_comp(line: Line, at: int) -> tuple[int, bool] | None:
    if at >= len(line.tokens):
        return None
    if line.tokens[at].form in OPENING and not sets_off_name(line, at):
        close = quote_end(line, at + 1)
        if close is not None and close - at > 4:
            return at + 1, True
    return at, False


def _in_relative(line: Line, first: int, k: int) -> bool:
    return any(line.grammar_kind(j) == "rel" for j in range(max(first, k - 4), k)) or k in line.time_tokens


def plain_start(line: Line, cue: SpeechCue) -> tuple[int, bool] | None:
    """The content of a verb that takes a noun phrase or a preposition: «أعلن سقوط …», «حذر من …», «دعا … إلى».

    Args:
        line: the line.
        cue: the word of saying.
    """
    word = cue.word
    wants = word.complement
    after = cue.last
    speaker = cue.args.subject[0] if cue.args and cue.args.subject else None
    if speaker and cue.args and speaker.first >= cue.at:
        after = cue.args.subject[-1].last
    after = skip_adverbs(line, _after_apposition(line, after) if speaker else after)
    if after >= len(line.tokens) or cue.shape == "noun":
        return None
    form, kind = line.tokens[after].form, line.grammar_kind(after)
    bare = word.means != "describe" or bool({"obj", "ب"} & wants)  # «رأى دخانا» sees, «رأى أن …» says
    if word.means in ("demand", "accuse", "describe", "condemn") and cue.shape == "verb" and kind != "comp" and bare:
        return after, False
    if kind == "prep" and (line.grammar[after][1].value in wants or line.tokens[after].form in wants):
        return (after, False) if word.means in ("warn", "threaten") else (line.grammar[after][0], False)
    if "ب" in wants and line.tokens[after].key.startswith("ب") and kind == "":
        return after, False
    if "obj" in wants and kind == "" and line.pos[after] in ("NOUN", "ADJ", "NUM", "PROPN", "X"):
        return (after, False) if form not in SOFT and not _own_stance(line, after) else None
    return None


def _after_apposition(line: Line, after: int) -> int:
    """Past a phrase between commas that says more of the speaker («سرايا القدس، الجناح العسكري للحركة، …»)."""
    while after < len(line.tokens) and line.tokens[after].form in CLOSING and not opens_quotation(line, after):
        after += 1
    if after + 1 >= len(line.tokens) or line.tokens[after].form not in "،," or after + 1 in line.time_tokens:
        return after
    opens = line.pos[after + 1] in ("NOUN", "ADJ", "PROPN") and after + 1 not in line.inside_grammar
    if not opens and line.grammar_kind(after + 1) not in ("rel", "prep"):
        return after
    for k in range(after + 2, min(after + _APPOSITION, len(line.tokens))):
        if line.tokens[k].form in "،,":
            return k + 1
        if line.tokens[k].form in ".؛:" or line.grammar_kind(k) == "comp":
            return after
    return after


def _own_stance(line: Line, at: int) -> bool:
    """«أعلن دعمه»، «أبدى استعداده»: the speaker's own act, told by the outlet, not words that it reports."""
    found = frame_nouns().match(line.tokens, at)
    return found is not None and bool(found.pronoun) and any(frame.type in VERBAL for frame in found.value)


def content_end(line: Line, cue: SpeechCue, first: int, later: list[SpeechCue], marks: list[Citation]) -> int:
    """Where the content that starts at token `first` ends, in the token after it.

    Args:
        line: the line.
        cue: the word of saying.
        first: the content's first token.
        later: the line's words of saying after it.
        marks: the line's formulas of attribution.
    """
    _, stop = line.sentence_of(first)
    stop = unclosed(line, first, stop)
    stop = next((k for k in range(first + 2, stop) if _comments(line, k) and depth(line, first, k) == 0), stop)
    for other in later:
        if first < other.at < stop and (_opens_new(line, other, first) or _goes_on(line, cue, other, first)):
            stop = other.at
            break
        turn = _turn_before(line, other, first)
        if turn is not None and turn < stop:
            stop = turn
            break
    for mark in marks:
        if first < mark.at < stop and mark.source is not None and _trailing(line, mark):
            stop = mark.at
            break
    return stop


def _comments(line: Line, k: int) -> bool:
    """Whether the outlet's own comment on the words begins at a token: «، وذلك بعد …», «، ويأتي ذلك …»."""
    if line.tokens[k - 1].form not in '،,"»”':
        return False
    return match_comment(line.tokens, k)


def _opens_new(line: Line, cue: SpeechCue, first: int) -> bool:
    """Whether a later word of saying belongs to the outlet again and not to the content."""
    token, before = line.tokens[cue.at], line.tokens[cue.at - 1]
    if cue.shape == "part":
        return before.form in '،,؛»"”' or token.form.startswith("و")
    if cue.shape != "verb" or cue.args is None:
        return False
    joined = token.form.startswith("و") and before.form in '،,؛.»"”'
    joined = joined or (before.key in also_words() and cue.at > 1 and line.tokens[cue.at - 2].form in '،,؛»"”')
    after_sub = cue.at > 1 and any(
        line.grammar_kind(k) == "sub" and line.grammar[k][1].value in ("عندما", "لكن")
        for k in range(max(first, cue.at - 2), cue.at)
    )
    return (joined and depth(line, first, cue.at) == 0) or (
        after_sub and before.form not in "،," and cue.at - first > 5
    )


def _turn_before(line: Line, cue: SpeechCue, first: int) -> int | None:
    """Where the outlet turns to another speaker, named before his verb: «…، لكن متحدثا باسم القوات نفى ذلك»."""
    subject = cue.args.subject[0] if cue.shape == "verb" and cue.args and cue.args.subject else None
    if subject is None or not first < subject.first < cue.at:
        return None
    for k in (subject.first - 1, subject.first - 2):
        turns = line.grammar_kind(k) == "sub" and line.grammar[k][1].value in ("عندما", "لكن")
        if k > first and turns and line.grammar[k][0] == subject.first and depth(line, first, k) == 0:
            return k
    return None


def _goes_on(line: Line, cue: SpeechCue, other: SpeechCue, first: int) -> bool:
    """Whether a later verb of saying joined by و agrees with the first one: the same speaker goes on."""
    if cue.form is None or other.form is None or not line.tokens[other.at].form.startswith("و"):
        return False
    same = (cue.form.tense, cue.form.gender, cue.form.number) == (
        other.form.tense,
        other.form.gender,
        other.form.number,
    )
    return same and cue.form.person == 3 and depth(line, first, other.at) == 0 and other.at - first > 3


def _trailing(line: Line, mark: Citation) -> bool:
    """Whether a formula closes its sentence: after it only punctuation or its own words stand."""
    _, stop = line.sentence_of(mark.at)
    return line.tokens[mark.at - 1].form in '،,»"”' or mark.end >= stop - 2 if mark.at else False
