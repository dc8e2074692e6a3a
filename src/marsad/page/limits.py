"""The limits within which a page is read: each has a reason, all of them hold the time and the memory of one page."""

from __future__ import annotations

from typing import Final

MAX_PAGE: Final = 30 * 2**20
"""Bytes of a page, and characters of its text, before it is refused as too large."""

MAX_TAGS: Final = 120_000
"""Tags beyond which no tree is built: a tree of 30 MiB of tags would take more than a gigabyte."""

MAX_TAG_LENGTH: Final = 20_000
"""Characters of one tag; longer ones (100,000 attributes) lose their attributes, never their text."""

MAX_DEPTH: Final = 1500
"""Depth of nesting beyond which no tree is built; the parser drops text below its own limit of 2,048."""

EXTRACTOR_ELEMENTS: Final = 8_000
"""Elements of a tree that is given to the body extractor; beyond it its time grows faster than the page."""

EXTRACTOR_DEPTH: Final = 120
"""Depth of a tree that is given to the body extractor."""

EXTRACTOR_CHARS: Final = 1_000_000
"""Characters of text that are given to the body extractor."""

MAX_LINES: Final = 60_000
"""Lines of a page that are kept apart; beyond it several lines are read as one, so that none is lost."""

MAX_LD: Final = 2_000_000
"""Characters of one JSON-LD script that are parsed."""

REPAIR_CHARS: Final = 400_000
"""Characters of body text in which a copy editor's repairs are looked for."""

ARABIC_LETTERS: Final = 3
"""Fewer Arabic letters than this is no Arabic text."""

ARABIC_SHARE: Final = 0.2
"""The least share of Arabic letters among the letters of a page's body."""
