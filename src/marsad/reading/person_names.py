"""Names of persons: who holds an office, and names that only the entity model knows."""

from __future__ import annotations

from typing import Final

from marsad.reading.actor_lexicon import actor_words, nisba_of
from marsad.reading.document import Line, Mention
from marsad.reading.phrase_edges import OPENING, QUOTES, clitic_length, starts_anew

_FAR: Final = 9
_WITHIN: Final = frozenset({"في", "لدى", "إلى", "ل"})


def read_person(line: Line, m: Mention) -> None:
    """The name of the person who holds an office: right after it, after a comma, or after what says more of the office
    («السفير السعودي في الولايات المتحدة الأمير خالد بن سلمان»)."""
    _read_person(line, m)
    if m.person or m.shape != "office":
        return
    at = _far_name(line, m)
    if at is not None:
        first = m.last
        m.last = at
        _read_person(line, m)
        if not m.person:
            m.last = first


def _far_name(line: Line, m: Mention) -> int | None:
    """Where a name begins that further words on the office lead to, or None."""
    for k in range(m.last, min(m.last + _FAR, len(line.tokens))):
        found = actor_words().match(line.tokens, k)
        if found and found.value.kind == "person" and found.value.shape == "name" and not found.pro:
            return k if found.value.code in (None, m.code) or m.code is None else None
        entity = line.entities.get(k)
        if entity and entity[1] == "PER" and k > m.last:
            return k
        form, kind = line.tokens[k].form, line.grammar_kind(k)
        if kind == "prep" and line.grammar[k][1].value not in _WITHIN:
            return None
        if kind not in ("", "prep") or line.pos[k] == "VERB" or k in line.time_tokens:
            return None
        if line.tokens[k].kind == "punct" and form not in '،,"«»“”-':
            return None
    return None


def _read_person(line: Line, m: Mention) -> None:
    """The name right after an office or after a comma."""
    i = m.last
    comma = i < len(line.tokens) and line.tokens[i].form in "،,"
    at = i + 1 if comma else i
    while at < len(line.tokens) and line.tokens[at].form in OPENING:
        at += 1
    if at >= len(line.tokens) or line.tokens[at].kind != "word" or starts_anew(line, at):
        return
    found = actor_words().match(line.tokens, at)
    if found and found.value.kind == "person" and found.value.shape == "name" and not found.pro:
        last, word = found.last, found.value
        m.wikidata, m.name_en, m.row = word.wikidata, word.name_en, word.row
        m.code, m.sector = m.code or word.code, m.sector or word.sector
        m.person = word.name
    elif found and found.value.shape in ("name", "country", "capital"):
        return  # «هدد قائد الحرس إسرائيل»: another party, not the commander's name
    else:
        last = _set_off(line, at) if comma else proper_run(line, at)
        if last == at:
            return
        m.person = " ".join(t.form for t in line.tokens[at:last] if t.form not in QUOTES)
    m.role = " ".join(t.form for t in line.tokens[m.first : i])[
        clitic_length(line.tokens[m.first].form, m.pro, False) :
    ]
    m.last, m.kind = last, "person"


def _set_off(line: Line, i: int) -> int:
    """Up to which token a name set off by commas runs from token `i` («الرئيس اليمني، عبد ربه منصور هادي، …»)."""
    for k in range(i, min(i + 6, len(line.tokens))):
        if line.tokens[k].form in "،,":
            inner = range(i, k)
            named = any(line.pos[n] == "PROPN" or line.entities.get(n, (0, ""))[1] == "PER" for n in inner)
            plain = not any(starts_anew(line, n) or nisba_of(line.tokens[n].key) for n in inner)
            return k if named and plain and k > i else i
        if line.tokens[k].kind != "word":
            break
    return proper_run(line, i) if proper_run(line, i) - i >= 2 else i


def proper_run(line: Line, i: int) -> int:
    """Up to which token a person's name runs from token `i`."""
    last = i
    for lead in (0, 1):  # the model may miss a first name that it has not seen
        entity = line.entities.get(i + lead)
        if entity and entity[1] == "PER" and not starts_anew(line, i) and (not lead or line.pos[i] != "VERB"):
            last = entity[0]
            break
    while last < len(line.tokens) and last - i < 5 and line.pos[last] == "PROPN" and not starts_anew(line, last):
        if _another_name(line, last) or (last > i and line.tokens[last].key.startswith("و")):
            break
        last += 1
    return last


def _another_name(line: Line, i: int) -> bool:
    """Whether a country, a place or a body is named at token `i`: no part of a person's name."""
    word = actor_words().match(line.tokens, i)
    named = word is not None and word.value.shape in ("country", "capital", "name") and word.value.kind != "person"
    return named or i in line.place_at


def unknown_person(line: Line, i: int) -> Mention | None:
    """A person's name that only the entity model knows."""
    entity = line.entities.get(i)
    if entity is None or entity[1] != "PER" or starts_anew(line, i) or i in line.place_at:
        return None
    last = max(entity[0], proper_run(line, i))
    while last < len(line.tokens) and line.pos[last] == "PROPN" and not starts_anew(line, last) and last - i < 5:
        last += 1
    name = " ".join(t.form for t in line.tokens[i:last] if t.form not in QUOTES)
    return Mention(
        first=i, last=last, start=line.tokens[i].start, end=line.tokens[last - 1].end, shape="name", name=name,
        kind="person", row="model.entities", head="model.entities", person=name,
    )  # fmt: skip
