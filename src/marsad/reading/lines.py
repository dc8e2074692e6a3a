"""From a page's blocks to readable lines, annotated once for every reader."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import lru_cache
from typing import Any, Final

from marsad.language.lexicon import KEPT, Phrases
from marsad.model.record import Page
from marsad.reading.actor_lexicon import actor_words, nisba_of
from marsad.reading.document import WITH_ARTICLE, Line, annotate_grammar, grammar_words
from marsad.reading.frames import frame_nouns, frame_verbs, light_verbs
from marsad.reading.mentions import find_mentions
from marsad.reading.places import find_places
from marsad.reading.speech_words import say_nouns, say_verbs
from marsad.reading.times import find_times
from marsad.text.analysis import Entity, analyser
from marsad.text.fold import fold
from marsad.text.sentences import split_sentences
from marsad.text.tokens import Token, tokenize

_READ: Final = ("lead", "paragraph")


def readable_lines(page: Page) -> list[Line]:
    """The blocks that tell the news, tokenised: the body; the headline alone where a page has no body.

    A headline repeats what the body tells; reading both would count every act twice. A paragraph that the page prints
    again is read again: what it tells is told in that place too.

    Args:
        page: the page.
    """
    title = fold(page.headline or "")
    again = {
        b for b in page.blocks if b.kind == "duplicate" and fold(page.text[b.start : b.end]).strip() != title.strip()
    }
    body = [b for b in page.blocks if b.kind in _READ or b in again]
    chosen = body or [b for b in page.blocks if b.kind == "headline"]
    return [_line(page.text, n, b.kind, b.start, b.end) for n, b in enumerate(chosen)]


def headline_lines(page: Page) -> list[Line]:
    """The headline and captions of a page with a body: read for names and places, not for acts."""
    has_body = any(b.kind in _READ for b in page.blocks)
    chosen = [b for b in page.blocks if b.kind in ("headline", "caption")] if has_body else []
    return [_line(page.text, -1 - n, b.kind, b.start, b.end) for n, b in enumerate(chosen)]


def _line(text: str, number: int, kind: str, start: int, end: int) -> Line:
    tokens = tokenize(text, start, end)
    spans = split_sentences(text, start, end)
    return Line(number, kind, start, end, tokens, _ranges(tokens, spans))


def _ranges(tokens: list[Token], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Token ranges of sentence spans; every token falls into one."""
    ranges: list[tuple[int, int]] = []
    first = 0
    for n, (_, stop) in enumerate(spans):
        last = first
        while last < len(tokens) and (tokens[last].start < stop or n == len(spans) - 1):
            last += 1
        if last > first:
            ranges.append((first, last))
        first = last
    return ranges or [(0, len(tokens))]


def annotate(line: Line, published: datetime.date | None, countries: Counter[str]) -> None:
    """Everything that the readers need of a line: closed-class words, parts of speech, names, times, places, mentions.

    Args:
        line: the line; it is filled in.
        published: the page's day, for relative times.
        countries: the countries that the page names, to tell places of one name apart.
    """
    annotate_grammar(line)
    model = analyser()
    line.pos = _corrected(line, model.tag(line.tokens))
    line.entities = dict(e for found in model.entities(line.tokens, line.pos) if (e := _bounded(line, found)))
    line.times = find_times(line.tokens, published)
    for time in line.times:
        line.time_tokens.update(range(time.token_first, time.token_last))
    line.places = find_places(line.tokens, countries)
    for place in line.places:
        for k in range(place.first, place.last):
            line.place_at[k] = place
    find_mentions(line)


_SUBJECT: Final = 5  # words from «إن» to the verb of its clause


def _corrected(line: Line, pos: list[str]) -> list[str]:
    """The tagger's parts of speech, mended where the pack knows better.

    A word that the pack has as a verb in a form that no noun of the pack shares is a verb wherever no preposition
    stands before it; the tagger, trained on few sentences, takes headline verbs («روسيا تدعو») for names.
    """
    for i, token in enumerate(line.tokens):
        if token.kind != "word" or (pos[i] in ("VERB", "ADP") and i in line.inside_grammar) or i in line.inside_grammar:
            continue
        if "\u064b" in token.form[-2:] or token.form.endswith("ة"):
            pos[i] = pos[i] if pos[i] != "VERB" else "NOUN"  # tanwin and ة are a noun's: «برا وبحرا», «تابعة»
        elif (pos[i] != "VERB" and _only_verb(token.key) and not (i and _preposition(line, i - 1))) or (
            pos[i] in ("NOUN", "PROPN", "ADJ", "X")
            and (_opens_with_verb(line, i, pos) or _tells_of_act(line, i) or _is_predicate(line, i, pos))
        ):
            pos[i] = "VERB"
        elif pos[i] == "VERB" and i and line.grammar_kind(i - 1) == "comp" and _is_accusative(line, i):
            pos[i] = "NOUN"  # «إن قصفا …»: no past verb follows إن
        elif pos[i] == "VERB" and token.key.startswith((*WITH_ARTICLE, "فال")) and len(token.key) > 4:
            pos[i] = "NOUN" if not say_verbs().match(token.key) else "VERB"
    return pos


def _is_accusative(line: Line, i: int) -> bool:
    """Whether a word may be the indefinite accusative of an event noun («قصفا», «هجوما»)."""
    return line.tokens[i].key.endswith("ا") and frame_nouns().match(line.tokens, i) is not None


def _opens_with_verb(line: Line, i: int, pos: list[str]) -> bool:
    """Whether a word that opens a sentence and may be verb or noun is the verb: no indefinite adjective follows it, and
    no other verb comes soon («قصف الجيش …» but not «قصف إسرائيلي …», «مجلس الأمن يدين»)."""
    begin, stop = line.sentence_of(i)
    key = line.tokens[i].key
    if i != begin or i + 1 >= stop or key.startswith(("ال", "وال")) or not _may_be_verb(key):
        return False
    after = line.tokens[i + 1]
    if after.kind != "word" or i + 1 in line.inside_grammar or (pos[i + 1] == "ADJ" and not after.key.startswith("ال")):
        return False
    nisba = nisba_of(after.key)
    if nisba and not nisba.article and not nisba.nisba.plural:
        return False
    return not any(pos[k] == "VERB" and _known_verb(line.tokens[k].key) for k in range(i + 1, min(i + 7, stop)))


def _is_predicate(line: Line, i: int, pos: list[str]) -> bool:
    """Whether a word that may be verb or noun is the verb that a clause with «إن» and a definite subject waits for:
    «إن جيش الدفاع قصف المطار» but not «إن عمليات قصف المطار توقفت»."""
    begin, stop = line.sentence_of(i)
    if i - begin < _SUBJECT - 1 or not (line.tokens[i - 1].key.startswith("ال") or pos[i - 1] == "PROPN"):
        return False
    comp = next((k for k in range(i - 1, max(begin, i - _SUBJECT) - 1, -1) if line.grammar_kind(k) == "comp"), None)
    if comp is None or line.grammar[comp][0] >= i or not _may_be_verb(line.tokens[i].key):
        return False
    named = all(pos[k] in ("NOUN", "PROPN", "ADJ") for k in range(line.grammar[comp][0], i))
    later = (k for k in range(i + 1, min(i + 7, stop)) if pos[k] == "VERB" and _known_verb(line.tokens[k].key))
    return named and all(line.tokens[k].key.startswith(("و", "ف")) for k in later)


def _tells_of_act(line: Line, i: int) -> bool:
    """Whether a word is the verb of a relative clause without its pronoun on an act: «قصف شنه الجيش»."""
    doer = any(m.pronoun and m.form.person == 3 for m in light_verbs().match(line.tokens[i].key)) if i else False
    act = frame_nouns().match(line.tokens[:i], i - 1) if doer and line.tokens[i - 1].kind == "word" else None
    return act is not None and not act.article and not act.pronoun


@lru_cache(maxsize=KEPT)
def _known_verb(key: str) -> bool:
    return bool(say_verbs().match(key) or frame_verbs().match(key) or light_verbs().match(key))


@lru_cache(maxsize=KEPT)
def _may_be_verb(key: str) -> bool:
    found = say_verbs().match(key) or frame_verbs().match(key) or light_verbs().match(key)
    return bool(found) and found[0].form.tense == "past" and found[0].form.person == 3 and not found[0].pronoun


def _preposition(line: Line, i: int) -> bool:
    return any(line.grammar_kind(k) == "prep" and line.grammar[k][0] == i + 1 for k in (i, i - 1, i - 2) if k >= 0)


@lru_cache(maxsize=KEPT)
def _only_verb(key: str) -> bool:
    verb = say_verbs().match(key) or frame_verbs().match(key) or light_verbs().match(key)
    shortest = 5 if verb and verb[0].pronoun else 4
    if not verb or verb[0].form.person != 3 or len(key) < shortest or key.startswith("ال"):
        return False
    token = Token(0, len(key), key, key, "word")
    nouns: tuple[Phrases[Any], ...] = (frame_nouns(), say_nouns(), actor_words(), grammar_words())
    return not any(index.match([token], 0) for index in nouns) and nisba_of(key) is None


def _bounded(line: Line, entity: Entity) -> tuple[int, tuple[int, str]] | None:
    """An entity of the model without punctuation at its ends, as `(first, (last, label))`."""
    first, last = entity.first, entity.last
    while first < last and line.tokens[first].kind == "punct":
        first += 1
    while last > first and line.tokens[last - 1].kind == "punct":
        last -= 1
    return (first, (last, entity.label)) if last > first else None


def countries_named(lines: list[Line]) -> Counter[str]:
    """How often a page's words name each country by its adjective: a cheap first look, before places are read."""
    found: Counter[str] = Counter()
    for line in lines:
        for token in line.tokens:
            nisba = nisba_of(token.key) if token.kind == "word" else None
            if nisba:
                found[nisba.nisba.code] += 1
    return found
