"""The two annotated corpora as the program's own tokens: clitics put back onto their words, labels on whole words."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from marsad.text.features import Lexicon
from marsad.text.fold import fold
from marsad.text.tokens import Token, tokenize

PROCLITICS = frozenset("وفبلكسأا")
PRONOUNS = frozenset(["ه", "ها", "هم", "هما", "هن", "نا", "ي", "ني", "ك", "كم", "كما", "كن"])
_MARKS = re.compile("[\u064b-\u0652`ٰٓ]")


class Piece(NamedTuple):
    """One syntactic word of the treebank and where it stands in the sentence."""

    start: int
    end: int
    form: str
    lemma: str
    pos: str
    definite: bool


class Sentence(NamedTuple):
    """A treebank sentence: its text and its syntactic words."""

    text: str
    pieces: list[Piece]


def treebank(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file whose words can be found in their text."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [s for s in map(_sentence, blocks) if s.pieces]


def _sentence(block: str) -> Sentence:
    text, pieces, at = "", [], 0
    for line in block.split("\n"):
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        row = line.split("\t")
        if len(row) != 10 or not row[0].isdigit():
            continue
        start = text.find(row[1], at)
        if start < 0 or start > at + 1:
            return Sentence(text, [])
        at = start + len(row[1])
        pieces.append(Piece(start, at, row[1], row[2], row[3], "Definite=Def" in row[5]))
    return Sentence(text, pieces)


def main_piece(inside: list[Piece]) -> int:
    """Which of a token's syntactic words is its main one: the first that is no clitic, or the preposition of «له»."""
    for i, piece in enumerate(inside):
        clitic = len(piece.form) == 1 and piece.form in PROCLITICS and piece.pos in ("ADP", "CCONJ", "PART", "SCONJ")
        follows = i + 1 < len(inside) and inside[i + 1].form not in PRONOUNS
        if not (clitic and follows):
            return i
    return 0


def tagged(sentence: Sentence) -> tuple[list[Token], list[str], list[list[Piece]]]:
    """The program's tokens of a sentence, the part of speech of each one's main word, and the words inside each."""
    tokens, labels, insides = tokenize(sentence.text), [], []
    for token in tokens:
        inside = [p for p in sentence.pieces if p.start < token.end and p.end > token.start]
        insides.append(inside)
        labels.append(inside[main_piece(inside)].pos if inside else "X")
    return tokens, labels, insides


def letters(token: Token, inside: list[Piece]) -> str:
    """One label per letter of a token's key: p proclitic, a article, s stem, e enclitic; empty if it cannot be told."""
    main = main_piece(inside) if inside else 0
    if token.kind != "word" or not token.key.isalpha() or token.key.isascii():
        return ""
    labels = ""
    for i, piece in enumerate(inside):
        key = fold(piece.form)
        if i < main:
            labels += "p" * len(key)
        elif i > main and all(p.form in PRONOUNS and p.pos == "PRON" for p in inside[i:]):
            labels += "e" * len(key)
        else:
            labels += _main_letters(key, piece, i > 0 and inside[i - 1].form == "ل")
    return labels if len(labels) == len(token.key) and "s" in labels else ""


def _main_letters(key: str, piece: Piece, after_lam: bool) -> str:
    lemma = fold(_MARKS.sub("", piece.lemma).replace("ٱ", "ا"))
    nominal = piece.pos in ("NOUN", "ADJ", "PROPN", "ADV", "NUM", "DET", "X")
    if nominal and key.startswith("ال") and len(key) > 3 and not lemma.startswith("ال"):
        return "aa" + "s" * (len(key) - 2)
    if nominal and after_lam and piece.definite and key.startswith("ل") and not lemma.startswith("ل") and len(key) > 2:
        return "a" + "s" * (len(key) - 1)
    return "s" * len(key)


class Row(NamedTuple):
    """A line of the entity corpus: its key, its label, its form as the corpus spells it."""

    key: str
    label: str
    form: str

    @property
    def bound(self) -> bool:
        """Whether it ends in ة, which a pronoun turns into ت."""
        return self.form.endswith("ة")


class Named(NamedTuple):
    """A sentence of the entity corpus: whole words with labels, and the pieces that each was put together from."""

    keys: list[str]
    labels: list[str]
    pieces: list[list[str]]
    forms: list[str]


def entities(path: Path, words: Lexicon, types: dict[str, str]) -> list[Named]:
    """The sentences of the entity corpus, clitics rejoined, fine types brought to the program's."""
    found: list[Named] = []
    rows: list[Row] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), "\t"]:
        form, _, label = line.partition("\t")
        key = fold(form).strip()
        if key:
            rows.append(Row(key, _coarse(label, types), form.strip("\u200e\u200f ")))
        elif rows:
            found.append(_rejoined(rows, words))
            rows = []
    return found


def _coarse(label: str, types: dict[str, str]) -> str:
    kind = types.get(label[2:], "")
    return f"{label[:2]}{kind}" if kind else "O"


def _rejoined(rows: list[Row], words: Lexicon) -> Named:
    """Clitics put back: و ف ب ل ك before the next word, pronouns after the last; letters of «د ب ا» stay apart."""
    sentence = Named([], [], [], [])
    held: list[Row] = []
    for i, row in enumerate(rows):
        if _leads(rows, i):
            held.append(row)
        elif not held and sentence.keys and _follows(rows, i):
            key = sentence.keys[-1]
            sentence.keys[-1] = (key[:-1] + "ت" if rows[i - 1].bound else key) + row.key
            sentence.pieces[-1].append(row.key)
            sentence.forms[-1] = sentence.keys[-1]
        else:
            _append(sentence, held, row, words)
            held = []
    return sentence


def _lonely(rows: list[Row], i: int) -> bool:
    near = [rows[j].key for j in (i - 1, i + 1) if 0 <= j < len(rows)]
    return any(len(k) == 1 and k.isalpha() and k not in PRONOUNS and k != "و" for k in near)


def _leads(rows: list[Row], i: int) -> bool:
    key = rows[i].key
    if len(key) > 1 or key not in "وفبلكس" or i + 1 == len(rows):
        return False
    after = rows[i + 1].key
    return after[0].isalpha() and not after.isascii() and (key == "و" or not _lonely(rows, i))


def _follows(rows: list[Row], i: int) -> bool:
    key, before = rows[i].key, rows[i - 1].key
    bears = len(before) > 1 and before[-1].isalpha() and not before.isascii()
    return key in PRONOUNS and bears and not _lonely(rows, i)


def _append(sentence: Named, held: list[Row], row: Row, words: Lexicon) -> None:
    whole = "".join(h.key for h in held) + row.key
    if held and held[-1].key == "ل" and row.key.startswith("ال"):
        whole = whole[: -len(row.key)] + row.key[1:]
    first = held[0].label if held else row.label
    label = first if first.startswith("B-") and row.label.startswith("I-") else row.label
    sentence.keys.append(_mended(whole, words))
    sentence.labels.append(label)
    sentence.forms.append("".join(h.key for h in held) + row.form)
    sentence.pieces.append([*(h.key for h in held), row.key])


def _mended(key: str, words: Lexicon) -> str:
    """The corpus spells لل as «لال» («الالبنانية» for «اللبنانية»); put right where that is the commoner word."""
    at = key.find("لال", 0, 5)
    other = key[:at] + "لل" + key[at + 3 :]
    return other if at >= 0 and words.level(other) > words.level(key) else key


def spellings(sentences: list[Named]) -> dict[tuple[str, bool], str]:
    """How the corpus mostly spells a key, in names and outside: for the preposition it writes «على» and «علي»."""
    seen: defaultdict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for key, label, form in zip(sentence.keys, sentence.labels, sentence.forms, strict=True):
            seen[key, label == "O"][form] += 1
    return {k: forms.most_common(1)[0][0] for k, forms in seen.items()}


def spaces(sentence: Named, spelt: dict[tuple[str, bool], str]) -> list[Token]:
    """The tokens of an entity sentence, one space between them."""
    tokens, at = [], 0
    for key, label in zip(sentence.keys, sentence.labels, strict=True):
        kind = "number" if key[:1].isdigit() else "word" if key[:1].isalpha() else "punct"
        form = spelt.get((key, label == "O"), key)
        tokens.append(Token(at, at + len(form), form, key, kind))  # type: ignore[arg-type]
        at += len(form) + 1
    return tokens


class Written(NamedTuple):
    """A sentence of `news.txt`: its tokens, their parts of speech, their labels as parts of names."""

    tokens: list[Token]
    pos: list[str]
    labels: list[str]


def by_hand(path: Path) -> list[Written]:
    """The sentences tagged by hand."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_written(line.split()) for line in lines if line and not line.startswith("#")]


def _written(words: list[str]) -> Written:
    cells = [[*word.split("|"), "", ""] for word in words]
    tokens = tokenize(" ".join(c[0] for c in cells))
    kinds = ["", *(c[2] for c in cells)]
    labels = [f"{'I' if a == b else 'B'}-{b}" if b else "O" for a, b in itertools.pairwise(kinds)]
    return Written(tokens, [c[1] for c in cells], labels)
