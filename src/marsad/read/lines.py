"""From a page's blocks to readable lines, annotated once for every reader."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Final

from marsad.model.record import Page
from marsad.read.document import Line, annotate_grammar
from marsad.read.mentions import find_mentions, nisba_of
from marsad.read.places import find_places
from marsad.read.times import find_times
from marsad.text.analysis import analyser
from marsad.text.sentences import split_sentences
from marsad.text.tokens import Token, tokenize

_READ: Final = ("lead", "paragraph")


def readable_lines(page: Page) -> list[Line]:
    """The blocks that tell the news, tokenised: the body; the headline alone where a page has no body.

    A headline repeats what the body tells; reading both would count every act twice.

    Args:
        page: the page.
    """
    body = [b for b in page.blocks if b.kind in _READ]
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
    line.pos = model.tag(line.tokens)
    line.entities = {e.first: (e.last, e.label) for e in model.entities(line.tokens, line.pos)}
    line.times = find_times(line.tokens, published)
    for time in line.times:
        line.time_tokens.update(range(time.token_first, time.token_last))
    line.places = find_places(line.tokens, countries)
    for place in line.places:
        for k in range(place.first, place.last):
            line.place_at[k] = place
    find_mentions(line)


def countries_named(lines: list[Line]) -> Counter[str]:
    """How often a page's words name each country by its adjective: a cheap first look, before places are read."""
    found: Counter[str] = Counter()
    for line in lines:
        for token in line.tokens:
            nisba = nisba_of(token.key) if token.kind == "word" else None
            if nisba:
                found[nisba.nisba.code] += 1
    return found
