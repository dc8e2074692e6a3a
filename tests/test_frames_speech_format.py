"""The shape of the rows on acts of speech and cooperation: columns, ids, types, modes, slots, and examples that fit."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from marsad.language.pack import Row, alternatives, rows
from marsad.text.fold import fold
from marsad.text.tokens import tokenize

MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "AGREE": "",
    "COOPERATE": "",
    "AID": "",
    "CONCEDE": "",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
}
CONTEXTS = {
    *("military", "intelligence", "economic", "legal", "reparations", "diplomatic", "political_institutions"),
    *("rights_freedoms", "human_rights", "human_security", "peacekeeping", "health", "asylum", "migration"),
    *("disasters", "terrorism", "cbrn", "legislative"),
}
COLUMNS = "id type mode contexts verb noun with args need example expect"
NEEDS = frozenset({"", "A", "R", "A R", "any"})
SLOT = re.compile(r"(subj|obj|gen|adj|[\u0621-\u064a]+)=[AR-]")
VERB = re.compile(r"[\u0621-\u064a]+/[\u0621-\u064a]+")
EXPECT = re.compile(r"([A-Z]{3}(\+[A-Z]{3})*)?>([A-Z]{3}(\+[A-Z]{3})*)?")
WEAK = frozenset("اويءئؤ")

FRAMES = rows("frames_speech.tsv")
each_frame = pytest.mark.parametrize("row", FRAMES, ids=[r["id"] for r in FRAMES])


def _words(sentence: str) -> list[str]:
    return [t.key for t in tokenize(sentence) if t.kind != "punct"]


def _strong(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter not in WEAK)


def _verb_at(principal: str, words: list[str]) -> int | None:
    """The first word that holds the strong letters of a verb; a verb of weak letters alone may stand anywhere."""
    roots = [_strong(part) for part in principal.split("/")]
    return next((i for i, w in enumerate(words) if any(root in _strong(w) for root in roots)), None)


def _phrase_at(phrase: str, words: list[str], first: int = 0) -> int | None:
    """Where the words of a phrase stand one after another, clitics and endings aside."""
    wanted = [re.sub("^ال(?=..)|ه$", "", w) for w in fold(phrase).split()]
    starts = range(first, len(words) - len(wanted) + 1)
    return next((s for s in starts if all(w in words[s + n] for n, w in enumerate(wanted))), None)


def _trigger_at(row: Row, words: list[str]) -> int | None:
    found = [_verb_at(v, words) for v in alternatives(row["verb"])]
    found += [_phrase_at(n, words) for n in alternatives(row["noun"])]
    return min((at for at in found if at is not None), default=None)


def test_header_names_the_columns() -> None:
    assert list(FRAMES[0]) == COLUMNS.split()


def test_there_are_at_least_700_rows_with_ids_of_their_own() -> None:
    ids = [r["id"] for r in FRAMES]
    assert len(ids) >= 700
    assert [i for i, n in Counter(ids).items() if n > 1] == []


@each_frame
def test_id_names_the_type(row: Row) -> None:
    assert re.fullmatch(rf"frame\.{row['type'].lower()}(\.[a-z0-9-]+){{1,2}}", row["id"])


@each_frame
def test_frame_has_a_known_type_mode_and_contexts(row: Row) -> None:
    assert row["type"] in MODES
    assert row["mode"] in ("", *MODES[row["type"]].split())
    assert CONTEXTS.issuperset(alternatives(row["contexts"]))


@each_frame
def test_frame_words_and_slots_are_well_formed(row: Row) -> None:
    assert row["verb"] or row["noun"]
    assert all(VERB.fullmatch(v) for v in alternatives(row["verb"]))
    slots = row["args"].split()
    assert slots and all(SLOT.fullmatch(slot) for slot in slots)
    assert len({slot.split("=")[0] for slot in slots}) == len(slots)


@each_frame
def test_required_words_are_words(row: Row) -> None:
    """A clitic alone is no word: the matcher would never find it."""
    for column in ("noun", "with"):
        found = alternatives(row[column])
        assert len(set(found)) == len(found)
        assert all(len(alternative) > 1 for alternative in found)


@each_frame
def test_frame_example_holds_its_words(row: Row) -> None:
    words = _words(row["example"])
    at = _trigger_at(row, words)
    assert at is not None
    assert not row["with"] or any(_phrase_at(w, words, at) is not None for w in alternatives(row["with"]))


@each_frame
def test_expectation_has_the_sides_that_the_row_needs(row: Row) -> None:
    assert row["need"] in NEEDS
    assert EXPECT.fullmatch(row["expect"])
    actor, _, recipient = row["expect"].partition(">")
    named = {side for side, code in (("A", actor), ("R", recipient)) if code}
    assert bool(named) if row["need"] == "any" else set(row["need"].split()) <= named


def test_every_mode_of_every_type_is_told() -> None:
    told = {(r["type"], r["mode"]) for r in FRAMES}
    assert {(t, m) for t, modes in MODES.items() for m in ["", *modes.split()]} - told <= {("ACCUSE", "")}


def test_each_frame_has_an_example_of_its_own() -> None:
    assert [e for e, n in Counter(r["example"] for r in FRAMES).items() if n > 1] == []
