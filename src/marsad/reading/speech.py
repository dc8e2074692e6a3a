"""What a statement is before its actors have ids, and what announces it: a word of saying, a formula of attribution."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.language.morph import VerbForm
from marsad.model.record import Medium, Span, SpeechMode
from marsad.reading.arguments import Arguments
from marsad.reading.document import Line, Mention
from marsad.reading.speech_words import Formula, SayWord


@dataclass(slots=True, eq=False)
class Speech:
    """One statement before its actors have ids.

    `verb` and `content` are spans of the page's text; `first` and `last` are the content's token range in its line,
    `at` the token of the word of saying. `elided` says that the speaker is not named again.
    """

    line: Line
    verb: Span
    content: Span
    first: int
    last: int
    at: int
    word: SayWord
    speaker: Mention | None
    via: list[Mention] = field(default_factory=list)
    mode: SpeechMode = "indirect"
    medium: Medium | None = None
    elided: bool = False
    addressee: Mention | None = None
    rule: str = ""


@dataclass(slots=True)
class SpeechCue:
    """A word of saying at token `at`, up to `last`: `shape` is verb, part or noun; slots and form are a verb's."""

    at: int
    last: int
    word: SayWord
    args: Arguments | None
    shape: str
    form: VerbForm | None = None


@dataclass(slots=True)
class Citation:
    """A formula of attribution at token `at`: the source it names, up to where it runs, its own verb's token."""

    at: int
    last: int
    formula: Formula
    source: Mention | None
    end: int
    verb: int | None
