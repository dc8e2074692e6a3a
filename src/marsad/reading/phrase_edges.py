"""Where the words of a noun phrase begin and end: quotation marks, clitics, words that open something new."""

from __future__ import annotations

from typing import Final

from marsad.reading.document import Line
from marsad.text.fold import fold

OPENING: Final = frozenset('"«“')
QUOTES: Final = frozenset('"«»“”')


def clitic_length(form: str, pro: str, article: bool) -> int:
    """How many characters of a written word its proclitics take (the ل of لل stays, to keep the span inside)."""
    if not pro or (article and pro.endswith("ل")):
        pro = pro[:-1]
    taken = length = 0
    for ch in form:
        if taken >= len(pro):
            break
        length += 1
        taken += 1 if fold(ch) else 0
    return length if length < len(form) else 0


def starts_anew(line: Line, i: int) -> bool:
    """Whether token `i` cannot go on with a name: a closed-class word, a time, a number or a mark."""
    return i in line.inside_grammar or i in line.time_tokens or line.tokens[i].kind != "word"


def splits_pro(line: Line, i: int) -> bool:
    """Whether the place at token `i` carries a proclitic."""
    place = line.place_at[i]
    return place.start != line.tokens[i].start


def opens_quotation(line: Line, i: int) -> bool:
    """Whether the mark at token `i` opens a quotation: of straight marks every second one closes."""
    form = line.tokens[i].form
    return form in OPENING and (form != '"' or sum(t.form == '"' for t in line.tokens[:i]) % 2 == 0)
