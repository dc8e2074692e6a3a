"""The shape of the rows on acts of force: columns, ids, types, modes, slots, and examples that hold their trigger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from marsad.language.pack import Row, alternatives, rows
from marsad.text.fold import fold
from marsad.text.tokens import tokenize

MODES = {
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "MOBILIZE": "troops weapons police militia",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "SANCTION": "convict expel withdraw discontinue",
}
CONTEXTS = frozenset({"cbrn", "cyber", "diplomatic", "legal", "misinformation", "rights_freedoms", "terrorism"})
COLUMNS = {
    "frames_force.tsv": "id type mode contexts verb noun with args need example expect",
    "light.tsv": "id verb args status example",
    "weapons.tsv": "id forms mode name_en",
    "casualties.tsv": "id forms kind class example",
}
NEEDS = frozenset({"", "A", "R", "A R", "any"})
FEWEST = {"frames_force.tsv": 700, "light.tsv": 100, "weapons.tsv": 150, "casualties.tsv": 120}
SLOT = re.compile(r"(subj|obj|gen|adj|[\u0621-\u064a]+)=([AR-])")
LIGHT_SLOT = re.compile(r"subj=(A|R|place|act|cause|-)|[\u0621-\u064a]+=[AR-]")
VERB = re.compile(r"[\u0621-\u064a]+( [\u0621-\u064a]+)*(/[\u0621-\u064a]+( [\u0621-\u064a]+)*)?")
LIGHT_VERB = re.compile(r"([\u0621-\u064a]+)( [\u0621-\u064a]+)*(/([\u0621-\u064a]+)( [\u0621-\u064a]+)*)?")
EXPECT = re.compile(r"([A-Z]{3}(\+[A-Z]{3})*)?>([A-Z]{3}(\+[A-Z]{3})*)?")
WEAK = frozenset("اويءئؤ")

FRAMES = rows("frames_force.tsv")
each_frame = pytest.mark.parametrize("row", FRAMES, ids=[r["id"] for r in FRAMES])


def _words(sentence: str) -> list[str]:
    return [t.key for t in tokenize(sentence) if t.kind == "word"]


def _holds_verb(principal: str, words: list[str]) -> bool:
    """Whether the strong letters of a verb stand in order in one of the words."""
    for part in principal.split("/"):
        strong = [letter for letter in fold(part.split()[0]) if letter not in WEAK]
        for word in words:
            letters = iter(word)
            if strong and all(letter in letters for letter in strong):
                return True
    return False


def _core(word: str) -> str:
    """A word's key without article, feminine ending and tanwin."""
    return re.sub("[هاي]$", "", re.sub("^[وبل]?ال(?=..)", "", word)) if len(word) > 3 else word


def _holds_word(wanted: str, word: str) -> bool:
    """Whether a word holds another, which may be written with a preposition of one letter."""
    return wanted in word or (wanted[0] in "بل" and len(wanted) > 2 and _core(wanted[1:]) in word)


def _holds_phrase(phrase: str, words: list[str]) -> bool:
    wanted = [_core(w) for w in fold(phrase).split()]
    starts = range(len(words) - len(wanted) + 1)
    return any(all(_holds_word(w, words[s + n]) for n, w in enumerate(wanted)) for s in starts)


def _forms(row: Row, column: str) -> Iterator[str]:
    yield from alternatives(row[column])


@pytest.mark.parametrize("name", COLUMNS)
def test_header_names_the_columns(name: str) -> None:
    assert list(rows(name)[0]) == COLUMNS[name].split()


@pytest.mark.parametrize("name", COLUMNS)
def test_ids_are_unique_and_plain(name: str) -> None:
    ids = [r["id"] for r in rows(name)]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not re.fullmatch(r"(frame|light|weapon|casualty)(\.[a-z0-9-]+)+", i)] == []
    assert len(ids) >= FEWEST[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_no_alternative_is_written_twice_in_a_cell(name: str) -> None:
    twice = [
        (r["id"], c)
        for r in rows(name)
        for c in ("forms", "noun", "with")
        if len(set(alternatives(r.get(c, "")))) < len(alternatives(r.get(c, "")))
    ]
    assert twice == []


@each_frame
def test_frame_has_a_known_type_and_mode(row: Row) -> None:
    assert row["type"] in MODES
    assert row["mode"] in ("", *MODES[row["type"]].split())
    assert set(alternatives(row["contexts"])) <= CONTEXTS
    assert row["need"] in NEEDS
    assert EXPECT.fullmatch(row["expect"])


@each_frame
def test_frame_words_and_slots_are_well_formed(row: Row) -> None:
    assert row["verb"] or row["noun"]
    assert all(VERB.fullmatch(v) for v in _forms(row, "verb"))
    assert all(SLOT.fullmatch(slot) for slot in row["args"].split())
    slots = [slot.split("=")[0] for slot in row["args"].split()]
    assert len(set(slots)) == len(slots)


@each_frame
def test_frame_example_holds_its_words(row: Row) -> None:
    words = _words(row["example"])
    verb = any(_holds_verb(v, words) for v in _forms(row, "verb"))
    assert verb or any(_holds_phrase(n, words) for n in _forms(row, "noun"))
    assert not row["with"] or any(_holds_phrase(w, words) for w in _forms(row, "with"))


def test_every_mode_of_every_type_is_told() -> None:
    told = {(r["type"], r["mode"]) for r in FRAMES}
    assert {(t, m) for t, modes in MODES.items() for m in modes.split()} <= told


def test_each_frame_has_an_example_of_its_own() -> None:
    assert [e for e, n in Counter(r["example"] for r in FRAMES).items() if n > 1] == []


@pytest.mark.parametrize("row", rows("light.tsv"), ids=lambda r: r["id"])
def test_light_verb_is_well_formed(row: Row) -> None:
    assert LIGHT_VERB.fullmatch(row["verb"])
    assert row["args"].startswith("subj=")
    assert all(LIGHT_SLOT.fullmatch(slot) for slot in row["args"].split())
    assert row["status"] in ("", "future", "denied", "hypothetical", "sought", "attempted", "repelled")
    first = "/".join(part.split()[0] for part in row["verb"].split("/"))
    assert _holds_verb(first, _words(row["example"]))


def test_weapons_tell_modes_of_assault() -> None:
    assert {r["mode"] for r in rows("weapons.tsv")} <= set(MODES["ASSAULT"].split())
    assert [r["id"] for r in rows("weapons.tsv") if not r["forms"] or not r["name_en"]] == []


@pytest.mark.parametrize("row", rows("casualties.tsv"), ids=lambda r: r["id"])
def test_word_of_harm_is_well_formed(row: Row) -> None:
    assert row["class"] in ("victim_noun", "harm_noun", "harm_verb", "victim_adj", "count_noun", "one", "kin")
    assert row["kind"] in ("killed", "injured", "captured", "missing", "displaced") or row["class"] in (
        "count_noun",
        "one",
        "kin",
    )
    assert row["forms"] and row["example"]
