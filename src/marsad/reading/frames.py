"""The pack's event frames: which words tell an act of which PLOVER type, and who stands where around them."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Phrases, Verbs, phrases_of
from marsad.language.morph import noun_forms, verb_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.text.fold import fold

FRAME_FILES: Final = ("frames_speech.tsv", "frames_force.tsv")
VERBAL: Final = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "COOPERATE"}
)


class Frame(NamedTuple):
    """One way of telling an act.

    `slots` maps a slot (`subj`, `obj`, `gen`, a preposition) to a role (`A`, `R`, `-`); `rest` are the verb's own fixed
    words; `with_words` the alternatives one of which must follow; `need` the roles that must be found.
    """

    row: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    slots: dict[str, str]
    rest: tuple[str, ...]
    with_words: tuple[tuple[str, ...], ...]
    need: frozenset[str]

    @property
    def weight(self) -> int:
        """How specific the frame is at the least: the number of words that it asks for."""
        return len(self.rest) + min((len(w) for w in self.with_words), default=0)


@cache
def with_starts(with_words: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The alternatives of a frame's own words, by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in with_words:
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


class Light(NamedTuple):
    """A light verb: which roles its slots give to the noun's act, and the status it lends."""

    row: str
    slots: dict[str, str]
    rest: tuple[str, ...]
    status: str


def _slots(cell: str, default: dict[str, str]) -> dict[str, str]:
    given = dict(pair.split("=", 1) for pair in cell.split() if "=" in pair)
    return given or default


_VERB_SLOTS: Final = {"subj": "A", "obj": "R"}
_NOUN_SLOTS: Final = {"gen": "A", "على": "R"}


def _frame(row: Row, slots: dict[str, str], rest: tuple[str, ...] = ()) -> Frame:
    return Frame(
        row["id"], row["type"], row["mode"] or None, tuple(alternatives(row["contexts"])), slots, rest,
        tuple(tuple(fold(w) for w in a.split()) for a in alternatives(row["with"])), frozenset(row["need"].split()),
    )  # fmt: skip


@cache
def frame_verbs() -> Verbs[Frame]:
    """Frames by the written forms of their verbs."""
    index: Verbs[Frame] = Verbs()
    for name in FRAME_FILES:
        for row in rows(name):
            slots = _slots(row["args"], _VERB_SLOTS)
            for principal in alternatives(row["verb"]):
                parts = [p.split() for p in principal.split("/")]
                rest = tuple(fold(w) for w in parts[0][1:])
                index.add("/".join(p[0] for p in parts if p), _frame(row, slots, rest))
    return index


@cache
def frame_nouns() -> Phrases[tuple[Frame, ...]]:
    """Frames by the written forms of their nouns, those of one form together."""
    together: dict[str, list[Frame]] = {}
    for name in FRAME_FILES:
        for row in rows(name):
            frame = _frame(row, _slots(row["args"], _NOUN_SLOTS))
            for form in alternatives(row["noun"]):
                for key in noun_forms(form):
                    together.setdefault(key, []).append(frame)
    index: Phrases[tuple[Frame, ...]] = Phrases()
    for key, frames in together.items():
        index.add(key, tuple(frames))
    return index


@cache
def light_verbs() -> Verbs[Light]:
    """Light verbs by their written forms."""
    index: Verbs[Light] = Verbs()
    for row in rows("light.tsv"):
        for principal in alternatives(row["verb"]):
            parts = [p.split() for p in principal.split("/")]
            rest = tuple(fold(w) for w in parts[0][1:])
            light = Light(row["id"], _slots(row["args"], {"subj": "A"}), rest, row["status"])
            index.add("/".join(p[0] for p in parts if p), light)
    return index


class StatusWord(NamedTuple):
    """A word that changes the status of an act near it."""

    row: str
    effect: str
    scope: str


@cache
def status_words() -> Phrases[StatusWord]:
    """Negation, future, condition, doubt, background; verbs among them in all their forms."""
    apart = (r for r in rows("status.tsv") if r["scope"] != "clitic")
    return phrases_of(apart, lambda row: StatusWord(row["id"], row["effect"], row["scope"]), _written)


def _written(form: str) -> list[str]:
    """The written forms of a row's form: of its verb where it has one, without the letter that stands for a clitic."""
    if "/" not in form:
        return [" ".join(w for w in form.split() if len(w) > 1)]
    past, _, present = form.partition("/")
    rest = " ".join(w for w in past.split()[1:] if len(w) > 1)
    keys = verb_forms(f"{past.split()[0]}/{present.split()[0]}")
    return [f"{key} {rest}".strip() for key, _ in keys]


@cache
def weapons() -> Phrases[tuple[str, str]]:
    """Weapons: their row and the ASSAULT mode they tell."""
    return phrases_of(rows("weapons.tsv"), lambda row: (row["id"], row["mode"]))


@cache
def not_acts() -> Phrases[str]:
    """Phrases that tell no act, with their kind: `phrase`, or `accident` for what kills without one."""
    return phrases_of((r for r in rows("not_acts.tsv") if r["kind"] != "letters"), lambda row: row["kind"])


@cache
def not_act_letters() -> frozenset[str]:
    """Letters with their vowel signs by which a word is told from an act that is spelt the same without («مسيّرة»)."""
    return frozenset(f for r in rows("not_acts.tsv") if r["kind"] == "letters" for f in alternatives(r["forms"]))
