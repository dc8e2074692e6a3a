"""The lexicons of speech, status and diplomacy: closed vocabularies hold, and every example shows its row at work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from marsad.language.lexicon import Phrases, Verbs
from marsad.language.morph import adjective_forms, noun_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.text.fold import fold
from marsad.text.tokens import Token, tokenize

FILES = {
    "say.tsv": 300,
    "attribution.tsv": 100,
    "status.tsv": 150,
    "distancing.tsv": 40,
    "loaded.tsv": 60,
    "diplomacy.tsv": 150,
    "alignments.tsv": 120,
}
MEANS = {"say", "deny", "accuse", "demand", "warn", "threaten", "promise", "propose", "praise", "condemn", "ask"}
MEANS |= {"describe", "write", "carry"}
COMPLEMENTS = {"أن", "إن", "بأن", "إلى أن", "على أن", "من أن", "عن أن", "في أن", "obj", "quote"}
COMPLEMENTS |= {"عن", "ب", "إلى", "على", "من", "في", "ل", "حول", "بشأن", "كيف", "لماذا", "عما إذا"}
MEDIA = {"", "agency", "press", "television", "social", "statement", "interview"}
EFFECTS = {
    "denied", "undone", "future", "hypothetical", "foiled", "repelled", "historical", "background", "relative", "plain",
    "outlet",
}  # fmt: skip
SCOPES = {"next_verb", "next_present", "clause", "noun_after", "noun_before"}
VALUES = {
    "proposal": {"", "content", "meeting", "call", "office"},
    "meeting": {""},
    "condition": {""},
    "renewal": {""},
    "consent": {"", "both"},
    "answer": {"accepts", "rejects", "conditional", "none"},
    "truce": {"", "humanitarian", "general", "local"},
    "truce_agreed": {"", "announced", "in_force"},
    "truce_state": {"announced", "in_force", "violated", "ended"},
    "broker": {""},
    "turn": {""},
    "without": {""},
    "nothing": {""},
    "denied": {""},
    "called": {""},
    "ready": {""},
}
RELATIONS = {"supports", "opposes", "mediates", "allied_with", "member_of", "ties_with"}


def _cell(row: Row, column: str) -> set[str]:
    return set(alternatives(row[column]))


def _written(row: Row) -> Iterator[str]:
    for column in ("verb", "noun", "part", "forms", "form"):
        yield from alternatives(row.get(column, ""))


def _all_rows() -> list[tuple[str, Row]]:
    return [(name, row) for name in FILES for row in rows(name)]


@pytest.mark.parametrize(("name", "floor"), FILES.items())
def test_tables_are_broad(name: str, floor: int) -> None:
    assert len(rows(name)) >= floor


def test_every_row_has_a_form_and_an_example() -> None:
    assert not [row["id"] for _, row in _all_rows() if not row["example"] or not list(_written(row))]


def test_forms_are_plain_arabic() -> None:
    allowed = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
    parts = [(row["id"], p) for _, row in _all_rows() for f in _written(row) for p in f.split("/")]
    assert not [bad for bad in parts if not allowed.fullmatch(bad[1])]


def test_forms_are_listed_once_in_a_cell() -> None:
    columns = ("verb", "noun", "forms", "form")
    cells = [(row["id"], alternatives(row.get(c, ""))) for _, row in _all_rows() for c in columns]
    assert not [name for name, forms in cells if len(forms) != len(set(forms))]


def test_principal_parts_go_on_with_the_same_words() -> None:
    pairs = [(row["id"], f.split("/")) for _, row in _all_rows() for f in _written(row) if "/" in f]
    assert not [name for name, pair in pairs if len(pair) != 2 or pair[0].split()[1:] != pair[1].split()[1:]]


def test_verbs_of_saying_use_the_closed_vocabulary() -> None:
    assert not [r["id"] for r in rows("say.tsv") if r["means"] not in MEANS]
    assert not [r["id"] for r in rows("say.tsv") if not _cell(r, "complement") or _cell(r, "complement") - COMPLEMENTS]


def test_attribution_uses_the_closed_vocabulary() -> None:
    for row in rows("attribution.tsv"):
        assert row["takes"] in ("source", "clause", "media"), row["id"]
        assert row["role"] in ("speaker", "via", "either", "cue"), row["id"]
        assert row["medium"] in MEDIA, row["id"]


def test_status_uses_the_closed_vocabulary() -> None:
    assert not [r["id"] for r in rows("status.tsv") if r["effect"] not in EFFECTS or r["scope"] not in SCOPES]


def test_loaded_words_say_whose_they_are() -> None:
    assert {r["side"] for r in rows("loaded.tsv")} == {"own", "attacker", "opponent", "government"}


def test_diplomacy_uses_the_closed_vocabulary() -> None:
    assert not [r["id"] for r in rows("diplomacy.tsv") if r["value"] not in VALUES[r["kind"]]]
    assert not [r["id"] for r in rows("diplomacy.tsv") if r["args"] and not _roles_in(r["args"], "BWP-")]


def test_alignments_use_the_closed_vocabulary() -> None:
    pair = re.compile(r"[A-Z]{3}>[A-Z]{3}(?:\+[A-Z]{3}>[A-Z]{3})*")
    for row in rows("alignments.tsv"):
        assert row["kind"] in RELATIONS, row["id"]
        assert _cell(row, "domains") <= {"military", "economic", "diplomatic"}, row["id"]
        assert _roles_in(row["args"], "FT-"), row["id"]
        assert pair.fullmatch(row["expect"]), row["id"]


def test_alignments_give_each_slot_one_role() -> None:
    slots = {r["id"]: [a.split("=")[0] for a in r["args"].split()] for r in rows("alignments.tsv")}
    assert not [name for name, used in slots.items() if len(used) != len(set(used))]


def _roles_in(args: str, roles: str) -> bool:
    return all(re.fullmatch(rf"\S+=[{roles}]", a) for a in args.split())


@pytest.mark.parametrize("name", FILES)
def test_examples_show_their_row(name: str) -> None:
    assert not [row["id"] for row in rows(name) if not _shows(row)]


def _shows(row: Row) -> bool:
    tokens = tokenize(row["example"])
    verbs, phrases, short = _indexes(row)
    return any(
        phrases.match(tokens, i) is not None
        or any(_follow(tokens, i, m.value) for m in verbs.match(token.key))
        or any(token.key.startswith(s) for s in short)
        for i, token in enumerate(tokens)
    )


def _indexes(row: Row) -> tuple[Verbs[tuple[str, ...]], Phrases[str], list[str]]:
    """The row's own words: its verbs, its phrases, and clitics that stand alone (س)."""
    verbs: Verbs[tuple[str, ...]] = Verbs()
    phrases: Phrases[str] = Phrases()
    for form in _written(row):
        if "/" in form:
            head, *rest = form.split("/")[0].split()
            verbs.add(f"{head}/{form.split('/')[1].split()[0]}", tuple(_without_clitics(rest)))
        else:
            for key in _keys(form):
                phrases.add(key, row["id"])
    return verbs, phrases, [f for f in _written(row) if len(f) == 1]


def _keys(form: str) -> Iterable[str]:
    head, *rest = _without_clitics(form.split()) or [""]
    tail = " ".join(["", *rest])
    return {key + tail for key in (*noun_forms(head), *adjective_forms(head))} if head else ()


def _without_clitics(words: Iterable[str]) -> list[str]:
    return [w for w in words if len(w) > 1]


def _follow(tokens: list[Token], i: int, rest: tuple[str, ...]) -> bool:
    at = i + 1
    for word in map(fold, rest):
        hit = next((k for k in range(at, len(tokens)) if tokens[k].key.endswith(word)), None)
        if hit is None:
            return False
        at = hit + 1
    return True
