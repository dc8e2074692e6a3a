"""Quotation marks: where a quotation ends, whether one is open, whether it only sets off a name."""

from __future__ import annotations

from typing import Final

from marsad.model.record import Span, SpeechMode
from marsad.reading.document import Line

OPENING: Final = frozenset('"«“')
CLOSING: Final = frozenset('"»”')
_ONE_WORD: Final = 2
_OUTER: Final = '،,؛;.:-–—"«»“”'
SOFT: Final = '،,؛; .…-–—"«»“”:'


_TURNS: Final = ("لكن", "عندما")


def quote_end(line: Line, first: int) -> int | None:
    """The token of the quotation mark that closes a quotation whose first token is `first`, or None."""
    opening = line.tokens[first - 1].form if first else '"'
    wanted = {"«": "»", "“": "”"}.get(opening, '"')
    inner = 0
    for k in range(first, len(line.tokens)):
        form = line.tokens[k].form
        if form == opening and wanted != opening:
            inner += 1
        elif form == wanted:
            if inner == 0:
                return k
            inner -= 1
    return None


def sets_off_name(line: Line, k: int) -> bool:
    """Whether a quotation mark at token `k` only sets off a name («وكالة "سبأ"»)."""
    inside = line.mention_at.get(k + 1)
    close = quote_end(line, k + 1)
    return k in line.mention_at or (inside is not None and close is not None and close <= inside.last + 1)


def ends_clause(line: Line, close: int) -> bool:
    """Whether a quotation ends with its sentence or clause: it is quoted speech and not a quoted word."""
    return close + 1 >= len(line.tokens) or line.tokens[close + 1].form in ".،,؛" or line.pos[close + 1] == "VERB"


def depth(line: Line, first: int, at: int) -> int:
    """How many quotations are open at token `at`, counted from token `first`; 0 outside of any."""
    marks = [line.tokens[k].form for k in range(first, at)]
    return (marks.count('"') % 2) + (marks.count("«") - marks.count("»")) + (marks.count("“") - marks.count("”"))


def unclosed(line: Line, first: int, stop: int) -> int:
    """Where words end whose opening mark was lost: at a closing one in the next sentences, else at `stop`."""
    total = sum(t.form in '"' for t in line.tokens)
    if total % 2 == 0 or any(line.tokens[k].form == '"' for k in range(first, stop)):
        return stop
    close = max((k for k in range(stop, len(line.tokens)) if line.tokens[k].form == '"'), default=stop)
    return close if close - stop < 60 else stop


def _long(line: Line, k: int) -> bool:
    close = quote_end(line, k + 1)
    return close is not None and close - k > _ONE_WORD


def mode_of(line: Line, first: int, last: int) -> SpeechMode:
    """Whether reported words hold a quotation of more than a name or a word: `mixed`, else `indirect`."""
    quoted = any(
        line.tokens[k].form in OPENING and not sets_off_name(line, k) and _long(line, k) for k in range(first, last)
    )
    odd = any(line.tokens[k].form in CLOSING for k in range(last, min(last + 2, len(line.tokens))))
    return "mixed" if quoted or odd else "indirect"


def without_soft_end(line: Line, first: int, last: int) -> int:
    """Up to which token reported words run without the punctuation after them."""
    while last > first and (line.tokens[last - 1].form in SOFT or _turns(line, last - 1)):
        if line.tokens[last - 1].form in CLOSING and depth(line, first, last - 1) > 0:
            break  # it closes a quotation inside the words
        last -= 1
    return last


def _turns(line: Line, k: int) -> bool:
    """Whether a word only opens what comes after the words («…، لكنه أضاف»)."""
    found = (line.grammar.get(j, (0, None)) for j in (k, k - 1))
    return any(w is not None and last == k + 1 and w.kind == "sub" and w.value in _TURNS for last, w in found)


def trim(line: Line, first: int, last: int) -> Span | None:
    """The content's span without outer punctuation and quotation marks; None where there are no words."""
    while last > first and line.tokens[last - 1].form in _OUTER:
        closing = (
            line.tokens[last - 1].form in CLOSING
            and depth(line, first, last) == 0
            and line.tokens[first].form not in OPENING
        )
        if (closing and line.tokens[last - 1].form != '"') or (closing and depth(line, first, last - 1) != 0):
            break
        last -= 1
    while first < last - 1 and line.tokens[first].form in "،,:":
        first += 1
    return (line.tokens[first].start, line.tokens[last - 1].end) if first < last else None
