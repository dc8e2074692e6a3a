"""The role of every line of a page: headline, lead, paragraph, caption, comment, furniture or duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from marsad.model.record import BlockKind
from marsad.page.comments import is_signature
from marsad.page.lines import (
    CAPTION,
    COMMENTS,
    FURNITURE,
    H1,
    HEADING,
    LEAD,
    TITLE,
    Line,
    ends_sentence,
    is_prose,
    key,
    word_count,
)
from marsad.page.phrases import SECTION_HEADS, Cue, cue
from marsad.text.calendar import find_dates

_REPEATED: Final = 30
_MENU_WORDS: Final = 5
_PROSE_BEHIND_BOX: Final = 10
_BODY: Final = frozenset(("paragraph", "lead"))


def label_lines(lines: Sequence[Line], found: Sequence[bool], headline: int) -> list[BlockKind]:
    """The kind of each line.

    Args:
        lines: the page's lines in reading order.
        found: for each line whether it was found to be body.
        headline: the index of the headline's line, -1 where there is none.

    Returns:
        One kind a line. Boxes («الأكثر قراءة»), readers' comments and single furniture lines are taken out of what was
        found; a line that repeats the headline or an earlier paragraph is a duplicate.
    """
    kinds = _Labels(headline).run(lines, found)
    _mark_duplicates(lines, kinds, headline)
    if headline >= 0:
        kinds[headline] = "headline"
    return kinds


def html_headline(lines: Sequence[Line], found: Sequence[bool], title_keys: Sequence[str]) -> int:
    """The index of the line that is an HTML page's headline, -1 where none is.

    Args:
        lines: the page's lines.
        found: for each line whether it was found to be body.
        title_keys: the keys of the titles that the page's head names, the surest first.

    Returns:
        The first heading that says one of the titles, else any unlinked line that does, else the first `h1`, else the
        last heading above the body.
    """
    keys = {k: i for i, k in enumerate(title_keys)}
    best, rank = -1, 1000
    for i, line in enumerate(lines):
        value = _headline_rank(line, keys, title_keys)
        if value < rank:
            best, rank = i, value
    return best if best >= 0 else _heading_above(lines, found)


def _heading_above(lines: Sequence[Line], found: Sequence[bool]) -> int:
    first = next((i for i, (b, line) in enumerate(zip(found, lines, strict=True)) if b and is_prose(line)), 0)
    for i in range(first - 1, max(-1, first - 10), -1):
        line = lines[i]
        heading = line.region & (HEADING | TITLE) and not line.region & (FURNITURE | COMMENTS)
        if heading and word_count(line.text) >= 3 and not cue(line.text):
            return i
    return -1


def _headline_rank(line: Line, keys: dict[str, int], titles: Sequence[str]) -> int:
    heading = bool(line.region & (H1 | HEADING | TITLE)) and not line.region & COMMENTS
    if len(line.text) > 300 or (line.region & FURNITURE and not line.region & H1):
        return 1000
    folded = key(line.text)
    if folded in keys:
        return (0 if heading and line.region & H1 else 10 if heading else 40) + (20 if line.links > 0.5 else 0)
    if heading and len(folded) >= 15 and any(t.startswith(folded) or folded.startswith(t) for t in titles):
        return 30
    if line.region & H1 and word_count(line.text) >= 3 and not cue(line.text):
        return 50
    return 1000


def text_headline(lines: Sequence[Line], gaps: Sequence[bool]) -> int:
    """The index of a text page's headline: 0 where the first line looks like one, else -1.

    Args:
        lines: the text's lines that are not empty.
        gaps: for each line whether an empty line follows it.

    Returns:
        0 where more follows, the first line does not end as a sentence, is short, and is set off or repeated.
    """
    if len(lines) < 2:
        return -1
    first = lines[0]
    if len(first.text) >= 160 or _ends_flat(first.text) or cue(first.text):
        return -1
    repeated = any(key(line.text) == key(first.text) for line in lines[1:4])
    apart = gaps[0] and any(is_prose(line) for line in lines[1:])
    return 0 if key(first.text) and (repeated or apart) else -1


def _ends_flat(text: str) -> bool:
    """Whether a line ends like a statement; a question or an exclamation may well be a headline."""
    return text.rstrip().endswith((".", "،", ":", '."', ".»"))


class _Labels:
    """One pass over the lines, which knows the box or the comments that it is in."""

    def __init__(self, headline: int) -> None:
        self.headline = headline
        self.inside = ""
        self.body_seen = False

    def run(self, lines: Sequence[Line], found: Sequence[bool]) -> list[BlockKind]:
        kinds: list[BlockKind] = []
        for i, line in enumerate(lines):
            kind = self._kind(line, found[i], i)
            self.body_seen = self.body_seen or (kind in _BODY and is_prose(line))
            kinds.append(kind)
        return kinds

    def _kind(self, line: Line, is_body: bool, index: int) -> BlockKind:
        said = cue(line.text)
        if line.region & COMMENTS:
            return self._in_comments(line, said)
        if said:
            return self._furniture(line, said, is_body)
        if line.region & FURNITURE and self.inside == "comments":
            self.inside = ""
        if self.inside == "comments":
            return "comment"
        if self.inside == "box":
            if not self._leaves_box(line, is_body):
                return "furniture"
            self.inside = ""
        return self._plain(line, is_body, index)

    def _in_comments(self, line: Line, said: Cue | None) -> BlockKind:
        """In a container of comments: not its headings and buttons, not lists of links, nothing above the article."""
        linked = line.links > 0.6 and not is_signature(line)
        if not self.body_seen or linked or (said and said.kind not in ("like", "published")):
            return "furniture"
        return "comment"

    def _furniture(self, line: Line, said: Cue, is_body: bool) -> BlockKind:
        if said.kind == "caption":
            return "caption"
        if said.kind == "comments" and self.body_seen and line.links < 0.5:
            self.inside = "comments"
        elif said.kind in SECTION_HEADS and not said.partly:
            self.inside = "box"
        elif self.inside == "comments" and said.kind == "like":
            return "comment"
        elif is_body and is_prose(line) and said.kind in ("menu", "byline", "published", "updated", "like"):
            return "paragraph"
        return "furniture"

    def _leaves_box(self, line: Line, is_body: bool) -> bool:
        """A box ends where the article's prose goes on: a whole sentence, no link."""
        whole = ends_sentence(line.text) and word_count(line.text) >= _PROSE_BEHIND_BOX
        return is_body and line.links < 0.3 and whole

    def _plain(self, line: Line, is_body: bool, index: int) -> BlockKind:
        if line.region & CAPTION:
            return "caption"
        lead = bool(line.region & LEAD) and not self.body_seen and word_count(line.text) >= 5
        if lead and (is_body or 0 <= self.headline < index <= self.headline + 4) and line.links < 0.3:
            return "lead"
        if not is_body or _is_date_line(line):
            return "furniture"
        return "paragraph"


def _is_date_line(line: Line) -> bool:
    """A short line that is a date and nothing else belongs to the layout."""
    if len(line.text) > 60 or not any(ch.isdigit() for ch in line.text):
        return False
    mentions = find_dates(line.text)
    rest = line.text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return bool(mentions) and sum(ch.isalpha() for ch in rest) <= 12


def _mark_duplicates(lines: Sequence[Line], kinds: list[BlockKind], headline: int) -> None:
    seen = {key(lines[headline].text)} if headline >= 0 else set()
    title = set(seen)
    for i, line in enumerate(lines):
        folded = key(line.text)
        if i == headline or not folded:
            continue
        if folded in title or (kinds[i] in _BODY and folded in seen and len(folded) >= _REPEATED):
            kinds[i] = "duplicate"
        elif kinds[i] in _BODY:
            seen.add(folded)


def is_menu(lines: Sequence[Line]) -> bool:
    """Whether a text is nothing but a menu: many short lines, no sentence, and furniture among them."""
    if len(lines) < 4 or any(is_prose(line) for line in lines):
        return False
    short = all(word_count(line.text) <= _MENU_WORDS for line in lines)
    return short and sum(cue(line.text) is not None for line in lines) >= len(lines) / 3
