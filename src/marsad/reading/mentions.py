"""Who is named: noun phrases that stand for an actor, read with their modifiers.

A head of the pack («قوات»، «وزير الخارجية»، «مصادر») takes what follows it: adjectives of nationality, genitives, a
person's name; a named actor, a country or a capital stands by itself. What a phrase says of itself decides its code
and sector here; what only the page can tell is left to `marsad.reading.actors`.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Final, NamedTuple

from marsad.language.lexicon import Match, Phrases, splits
from marsad.language.morph import adjective_forms
from marsad.language.pack import Row, alternatives, rows
from marsad.reading.document import Line, Mention
from marsad.reading.frames import frame_nouns
from marsad.text.analysis import analyser
from marsad.text.fold import fold
from marsad.text.numbers import Quantity, read_quantity

_STRONG: Final = frozenset({"REB", "UAF", "PTY", "OPP", "CRM"})
_OPEN_QUOTES: Final = frozenset('"«“')
_QUOTES: Final = frozenset('"«»“”')


class ActorWord(NamedTuple):
    """A word or phrase of the pack that names an actor."""

    row: str
    shape: str
    name: str
    kind: str
    code: str | None
    sector: str | None
    role: str | None
    name_en: str | None
    wikidata: str | None


def _word(row: Row, shape: str, kind: str, name: str | None = None) -> ActorWord:
    get = lambda key: row.get(key) or None  # noqa: E731
    return ActorWord(
        row["id"], shape, name or alternatives(row.get("names") or row.get("forms") or "")[0], kind,
        get("code"), get("sector"), get("role"), get("name_en"), get("wikidata"),
    )  # fmt: skip


@cache
def actor_words() -> Phrases[ActorWord]:
    """Every word of the pack that names an actor, names before common nouns."""
    index: Phrases[ActorWord] = Phrases()
    for row in rows("not_actors.tsv"):
        _add(index, row["forms"], _word(row, "none", "organisation"))
    for row in rows("people.tsv"):
        _add(index, row["names"], _word(row, "name", "person"), name=True)
    for row in rows("actors.tsv"):
        _add(index, row["names"], _word(row, "name", row["kind"]), name=True)
    for row in rows("countries.tsv"):
        country = _word(row, "country", "country")._replace(sector="GOV")
        _add(index, row["names"], country, name=True)
        _add(index, row["capital"], country._replace(shape="capital"), name=True)
        _add(index, row["seats"], country._replace(shape="capital", kind="government"), name=True)
    for row in rows("groups.tsv"):
        _add(index, row["forms"], _word(row, "back", "people")._replace(role=row["kind"]))
    for row in rows("heads.tsv"):
        word = _word(row, row["class"], row["kind"])
        _add(index, row["forms"], word)
        _add(index, "|".join(_accusative(form) for form in alternatives(row["forms"])), word)
    return index


def _accusative(form: str) -> str:
    """The indefinite accusative of a common noun («ضابط» → «ضابطا»), or an empty string where it is spelt the same."""
    head, _, rest = form.partition(" ")
    if head.endswith(("ة", "ا", "ى", "اء", "ون", "ين", "ان", "ات", "و", "ي")) or head.startswith("ال"):
        return ""
    return f"{head}ا {rest}".strip()


def _add(index: Phrases[ActorWord], cell: str, word: ActorWord, *, name: bool = False) -> None:
    for form in alternatives(cell):
        index.add(form, word._replace(name=form) if not name else word, name=name)


class Nisba(NamedTuple):
    """An adjective of nationality, or the name of a people."""

    code: str
    plural: bool
    name_en: str | None


@cache
def nisbas() -> dict[str, Nisba]:
    """Adjectives of nationality by their key without article."""
    found: dict[str, Nisba] = {}
    for row in rows("countries.tsv"):
        for form in alternatives(row["plural"]):
            found.setdefault(fold(form), Nisba(row["code"], True, row["name_en"]))
        for form in alternatives(row["nisba"]):
            for key in adjective_forms(form):
                plural = key.endswith(("ون", "ين", "ات", "يو", "يي")) and key != fold(form)
                found.setdefault(key, Nisba(row["code"], plural, row["name_en"]))
    return found


@cache
def _country_keys() -> frozenset[str]:
    """The one-word names of countries, with و, ل and ب before them."""
    names = {fold(n) for row in rows("countries.tsv") for n in alternatives(row["names"]) if " " not in n}
    return frozenset(lead + name for name in names for lead in ("", "و", "ل", "ب"))


class NisbaWord(NamedTuple):
    """A token read as an adjective of nationality."""

    pro: str
    article: bool
    nisba: Nisba


@cache
def nisba_of(key: str, counted: bool = False) -> NisbaWord | None:
    """The adjective of nationality in a word, or None.

    Args:
        key: a folding key.
        counted: whether a number stands before it: «25 سوريا» are people, a bare «سوريا» is the country.
    """
    table = nisbas()
    if not counted and key in _country_keys():
        return None
    for split in splits(key):
        if split.rest in table and split.pro in ("", "و", "ل", "ب", "ول", "وب", "ف"):
            return NisbaWord(split.pro, split.article, table[split.rest])
    return None


def find_mentions(line: Line) -> None:
    """Find a line's mentions and put them into it."""
    i = 0
    while i < len(line.tokens):
        mention = _mention_at(line, i)
        if mention is None:
            i += 1
            continue
        _keep(line, mention)
        i = max(i + 1, mention.last)
        while (twin := _elliptic(line, mention, i)) is not None:
            _keep(line, twin)
            i = twin.last


def _elliptic(line: Line, mention: Mention, i: int) -> Mention | None:
    """A second nationality on the same head: «القوات الأرمينية والأذربيجانية»."""
    if i >= len(line.tokens) or mention.shape in ("country", "capital", "people", "back"):
        return None
    token = line.tokens[i]
    nisba = nisba_of(token.key)
    if (
        nisba is None
        or nisba.pro != "و"
        or nisba.nisba.plural
        or nisba.article != mention.definite
        or i in line.time_tokens
    ):
        return None
    start = token.start + _clitic_length(token.form, "و", False)
    twin = dataclasses.replace(
        mention, first=i, last=i + 1, start=start, end=token.end, code=nisba.nisba.code, pro="و", name=token.form[1:],
        person="", row=mention.row, low=None, high=None, counted=False,
    )  # fmt: skip
    _adjectives(line, twin)
    if mention.shape in ("office", "person"):
        _person(line, twin)
    twin.end = line.tokens[twin.last - 1].end
    twin.name = twin.person or f"{line.tokens[mention.first].form} {twin.name}"
    return twin


def _keep(line: Line, mention: Mention) -> None:
    mention.line = line.number
    before = mention.first - 1
    while before > 0 and line.tokens[before].form in _OPEN_QUOTES:
        before -= 1
    if before >= 0 and line.tokens[before].key == "و" and "و" not in mention.pro:
        mention.pro = "و" + mention.pro
    if not mention.prep:
        mention.prep, mention.inherited = _governing(line, mention)
    line.mentions.append(mention)
    for k in range(mention.first, mention.last):
        line.mention_at.setdefault(k, mention)


def _governing(line: Line, mention: Mention) -> tuple[str, bool]:
    """The preposition that governs a mention, and whether it does so through a noun that the mention completes."""
    for letter in "بلك":
        if letter in mention.pro:
            return letter, False
    at = mention.first - 1
    for step in range(3):
        while at >= 0 and line.tokens[at].form in _QUOTES:
            at -= 1
        found = _preposition_before(line, at)
        if found or at < 0 or "و" in mention.pro or not _is_construct(line, at):
            return found, step > 0
        clitics = analyser().segment(line.tokens[at].key).proclitics
        letter = next((c for c in clitics if c in ("ب", "ل", "ك")), "")
        if letter:
            return letter, True
        at -= 1
    return "", False


def _preposition_before(line: Line, at: int) -> str:
    """The preposition whose last word is token `at`."""
    for back in (0, 1, 2):
        found = line.grammar.get(at - back)
        if found and found[0] == at + 1 and found[1].kind in ("prep", "agent"):
            return "agent" if found[1].kind == "agent" else found[1].value
    return ""


def _is_construct(line: Line, at: int) -> bool:
    """Whether token `at` is a noun without article that the next word may complete («على دور العراق»)."""
    key = line.tokens[at].key
    if at in line.inside_grammar or at in line.mention_at or at in line.time_tokens or line.tokens[at].kind != "word":
        return False
    return line.pos[at] == "NOUN" and not key.startswith(("ال", "وال", "بال", "لل")) and not key.endswith("ا")


def _mention_at(line: Line, i: int) -> Mention | None:
    token = line.tokens[i]
    if i in line.inside_grammar:
        return None
    if token.kind == "number" or token.kind == "word":
        quantity = read_quantity(line.tokens, i)
        counted = _counted(line, i, quantity) if quantity and quantity.last > quantity.first else None
        if counted is not None:
            return counted
    return _phrase(line, i, 0) if token.kind == "word" else None


def _counted(line: Line, i: int, quantity: Quantity) -> Mention | None:
    at = quantity.last
    if at < len(line.tokens) and line.tokens[at].key == "من":
        at += 1
    inner = _phrase(line, at, 0) if at < len(line.tokens) else None
    if inner is None or inner.pro.strip("و") or inner.shape in ("capital", "asset", "country"):
        return None
    head = line.tokens[i]
    inner.first, inner.start = i, head.start
    inner.pro = "و" if i and head.form == "و" else ""
    inner.low, inner.high, inner.counted = quantity.low, quantity.high, True
    inner.name = inner.name if inner.shape == "name" else inner.name
    return inner


def _phrase(line: Line, i: int, depth: int) -> Mention | None:
    """The noun phrase that starts at token `i`, if it names an actor."""
    if i >= len(line.tokens) or line.tokens[i].kind != "word" or depth > 4:
        return None
    found = actor_words().match(line.tokens, i)
    if found and not _plausible(line, i, found):
        found = None
    if found is None:
        return _people(line, i) or _named_by_model(line, i) or (_thing(line, i) if not depth else None)
    if found.value.shape == "none":
        return None
    mention = _begin(line, i, found)
    if mention.shape == "part":
        return _transparent(line, mention, depth)
    if mention.shape == "back":
        return _side_named(line, mention)
    _modifiers(line, mention, depth)
    return mention


def _side_named(line: Line, m: Mention) -> Mention:
    """«الجانب الروسي», «الجانبان القطري والتركي», «نظيره التونسي»: the adjective says whom the word points to."""
    nisba = nisba_of(line.tokens[m.last].key) if m.last < len(line.tokens) else None
    if nisba is None or nisba.pro or m.back not in ("both", "counterpart", "latter"):
        return m
    m.code, m.sector, m.definite = nisba.nisba.code, "GOV", True
    m.shape, m.kind = ("office", "person") if m.back == "counterpart" else ("body", "government")
    m.back = ""
    m.last += 1
    if m.shape == "office":
        _person(line, m)
    m.end = line.tokens[m.last - 1].end
    m.name = _plain(line, m)
    return m


def _plausible(line: Line, i: int, found: Match[ActorWord]) -> bool:
    """Whether a word that may be a verb or an adjective is used as this noun."""
    word = found.value
    if found.last - i > 1 or word.shape in ("country", "capital", "name", "back"):
        return not (word.shape == "name" and found.last - i == 1 and line.pos[i] == "VERB")
    if "ك" in found.pro and word.shape == "capital":
        return False
    if found.article or found.pro.strip("وف"):
        return line.pos[i] != "VERB"
    return line.pos[i] not in ("VERB", "ADP", "SCONJ")


def _begin(line: Line, i: int, found: Match[ActorWord]) -> Mention:
    word, token = found.value, line.tokens[i]
    start = token.start + _clitic_length(token.form, found.pro, found.article)
    return Mention(
        first=i, last=found.last, start=start, end=line.tokens[found.last - 1].end, shape=word.shape, name=word.name,
        kind=word.kind, code=word.code, sector=word.sector, role=word.role if word.shape != "back" else None,
        name_en=word.name_en, wikidata=word.wikidata, row=word.row, head=word.row, pro=found.pro,
        pronoun=found.pronoun, definite=_is_definite(line, i, found),
        plural=token.key.endswith(("ون", "ين", "ات")), back=word.role or "" if word.shape == "back" else "",
    )  # fmt: skip


def _is_definite(line: Line, i: int, found: Match[ActorWord]) -> bool:
    """Whether a head is closed to a genitive: by its article, its pronoun, its own last word («سلاح المدفعية»)."""
    closed = found.last - i > 1 and line.tokens[found.last - 1].key.startswith("ال")
    return found.article or bool(found.pronoun) or closed or found.value.shape in ("name", "country", "capital")


def _clitic_length(form: str, pro: str, article: bool) -> int:
    """How many characters of a written word its proclitics take (the ل of لل stays, to keep the span inside)."""
    if not pro or (article and pro.endswith("ل")):
        pro = pro[:-1]
    taken = length = 0
    for ch in form:
        if taken >= len(pro):
            break
        length += 1
        taken += 1 if fold(ch) else 0
    return length if length < len(form) else 0


def _transparent(line: Line, part: Mention, depth: int) -> Mention | None:
    """A phrase like «عناصر من القوات»: everything but its extent comes from what follows."""
    at = part.last
    if at < len(line.tokens) and line.tokens[at].key == "من":
        at += 1
    inner = _phrase(line, at, depth + 1)
    if inner is None or (inner.prep and inner.prep != "من") or (inner.pro and at == part.last):
        return part if part.sector or part.code or part.pronoun else None
    inner.inner = None
    for name in ("first", "start", "pro", "definite"):
        setattr(inner, name, getattr(part, name))
    inner.prep = ""
    if inner.shape in ("country", "capital"):
        inner.shape, inner.kind, inner.sector = "group", part.kind, part.sector or inner.sector
    return inner


def _modifiers(line: Line, m: Mention, depth: int) -> None:
    """Read what follows a head: genitive, nationality, adjectives, a person's name."""
    spokesman = m.shape == "office" and line.tokens[m.last - 1].key == "باسم"
    if m.shape not in ("name", "country", "capital") and (spokesman or not m.definite):
        _genitive(line, m, depth)
    if m.shape not in ("country", "capital"):
        _other_country(line, m)
        _adjectives(line, m)
    if m.shape in ("body", "group", "asset") and m.inner is None and not m.code:
        _own_name(line, m)
    if m.code is None and m.shape not in ("name", "country", "capital"):
        _belonging(line, m, depth)
    if m.shape in ("office", "person"):
        _person(line, m)
    m.end = line.tokens[m.last - 1].end
    if m.shape not in ("name", "country", "capital"):
        m.name = _plain(line, m)


def _plain(line: Line, m: Mention) -> str:
    text = m.person or " ".join(t.form for t in line.tokens[m.first : m.last] if t.form not in _QUOTES)
    cut = _clitic_length(line.tokens[m.first].form, m.pro, False) if not m.person else 0
    return text[cut:].strip(" ،,")


def _other_country(line: Line, m: Mention) -> None:
    """A one-word name that another nationality follows is the common noun: «الاحتلال الأرميني» is not Israel."""
    nisba = nisba_of(line.tokens[m.last].key) if m.last < len(line.tokens) and m.shape == "name" else None
    single = m.last - m.first == 1 and m.kind != "person"
    if (
        nisba
        and single
        and nisba.article
        and not nisba.pro
        and m.code
        and len(m.code) == 3
        and nisba.nisba.code != m.code
    ):
        m.shape, m.code, m.head, m.row, m.name_en, m.wikidata = "body", None, f"noun:{m.name}", "nisba", None, None


def _adjectives(line: Line, m: Mention) -> None:
    while m.last < len(line.tokens):
        token = line.tokens[m.last]
        nisba = nisba_of(token.key) if token.kind == "word" and m.last not in line.inside_grammar else None
        if nisba and not nisba.pro and _qualifies(line, m, nisba):
            if m.code is None or (
                m.inner is None and m.place is None and m.shape not in ("name", "country", "capital")
            ):
                m.code = nisba.nisba.code  # «الاحتلال الأرميني»: the adjective outweighs the word's usual country
            m.last += 1
        elif _is_adjective(line, m):
            if token.key in _breakaway("adjectives") and m.sector not in ("CVL", "JRN"):
                m.sector = "REB"
            m.last += 1
        else:
            return


def _qualifies(line: Line, m: Mention, nisba: NisbaWord) -> bool:
    """Whether an adjective of nationality belongs to a head: a plural («فلسطينيين») needs a plural one."""
    if not nisba.nisba.plural:
        return True
    key = line.tokens[m.first].key
    return m.plural or m.shape in ("group", "source") or (not key.endswith(("ه", "ا", "ي")) and m.shape != "body")


@cache
def _breakaway(column: str) -> frozenset[str]:
    """The names, or the adjectives, by which the pack knows authorities that stand against their state."""
    return frozenset(fold(form) for row in rows("breakaway.tsv") for form in alternatives(row[column]))


def _is_adjective(line: Line, m: Mention) -> bool:
    i = m.last
    token = line.tokens[i]
    if actor_words().match(line.tokens, i):
        return False
    if i in line.inside_grammar or i in line.time_tokens or line.pos[i] != "ADJ" or m.shape in ("country", "capital"):
        return False
    article = token.key.startswith("ال")
    return article == (m.definite or m.inner is not None) and (m.shape != "name" or article)


def _genitive(line: Line, m: Mention, depth: int) -> None:
    i = m.last
    while i < len(line.tokens) and line.tokens[i].form in _OPEN_QUOTES:
        i += 1
    if i >= len(line.tokens) or i in line.inside_grammar or m.pronoun or _closed(line, m, i):
        return
    inner = _phrase(line, i, depth + 1)
    if inner is not None and not inner.pro and not inner.prep:
        _inherit(m, inner)
        m.last = inner.last
    elif (place := line.place_at.get(i)) and place.first == i and not splits_pro(line, i):
        m.code = m.code or place.country
        m.place, m.last = place, place.last
        if fold(place.name) in _breakaway("places") and m.shape in ("body", "office", "group") and m.kind != "people":
            m.sector = "REB"
    while m.last < len(line.tokens) and line.tokens[m.last].form in '"»”' and i > m.first + 1:
        m.last += 1
        break


def _closed(line: Line, m: Mention, i: int) -> bool:
    """Whether no genitive can follow: a sound plural or dual keeps its ن, and a tanwin is no genitive."""
    head, word = line.tokens[m.last - 1].key, line.tokens[i]
    full = (
        head.endswith(("ون", "ين", "ان"))
        and len(head) > 4
        and m.last - m.first == 1
        and m.shape in ("group", "office", "person")
    )
    tanwin = word.key.endswith("ا") and line.pos[i] in ("NOUN", "ADJ") and not word.key.startswith("ال")
    return (
        full or word.form.endswith(("\u064b", "\u064b\u0627")) or (tanwin and line.tokens[m.last - 1].key.endswith("ا"))
    )


def splits_pro(line: Line, i: int) -> bool:
    """Whether the place at token `i` carries a proclitic."""
    place = line.place_at[i]
    return place.start != line.tokens[i].start


def _inherit(m: Mention, inner: Mention) -> None:
    """What a head takes from its genitive: the code, and the sector where the genitive's is the stronger."""
    m.inner = inner
    m.code = m.code or inner.code
    if inner.sector in _STRONG and m.shape in ("part", "asset", "group", "body", "office", "source"):
        m.sector = inner.sector
    elif not m.sector or (
        m.shape in ("office", "source") and inner.shape in ("body", "group", "name") and inner.sector
    ):
        m.sector = inner.sector if inner.shape not in ("country", "capital") or m.shape == "office" else m.sector
    if m.shape == "office" and inner.person:
        m.person = inner.person


def _own_name(line: Line, m: Mention) -> None:
    """The proper name of a body or group that the pack does not know: «كتائب أبو الفضل», «حركة "نداء"»."""
    i = m.last
    if i < len(line.tokens) and line.tokens[i].form in _OPEN_QUOTES:
        for k in range(i + 1, min(i + 7, len(line.tokens))):
            if line.tokens[k].form in '"»”':
                m.last = k + 1
                return
    if m.shape != "body":
        return
    while m.last < len(line.tokens) and line.pos[m.last] == "PROPN" and not _new_start(line, m.last):
        m.last += 1


def _new_start(line: Line, i: int) -> bool:
    return i in line.inside_grammar or i in line.time_tokens or line.tokens[i].kind != "word"


def _belonging(line: Line, m: Mention, depth: int) -> None:
    """The code of a phrase from a following «في …», «لـ…»: «المتمردون في اليمن», «مصادر في المقاومة»."""
    i = m.last
    found = line.grammar.get(i)
    if found and found[1].kind == "prep" and found[1].value in ("في", "إلى", "لدى") and found[0] < len(line.tokens):
        at = found[0]
        place = line.place_at.get(at) or line.place_at.get(at + 1)
        if place and found[1].value == "في":
            m.code = place.country
            return
        inner = _phrase(line, at, depth + 1) if m.shape in ("source", "office") else None
        if inner and inner.shape in ("country", "capital", "body", "name", "group"):
            _inherit(m, inner)
    elif i < len(line.tokens) and line.tokens[i].kind == "word" and m.shape in ("office", "body", "group"):
        inner = _phrase(line, i, depth + 1)
        if inner and inner.pro == "ل" and inner.shape in ("country", "capital", "body", "name"):
            _inherit(m, inner)
            m.last = inner.last


def _person(line: Line, m: Mention) -> None:
    """The name of the person who holds an office, after it or after a comma."""
    i = m.last
    comma = i < len(line.tokens) and line.tokens[i].form in "،,"
    at = i + 1 if comma else i
    while at < len(line.tokens) and line.tokens[at].form in _OPEN_QUOTES:
        at += 1
    if at >= len(line.tokens) or line.tokens[at].kind != "word" or _new_start(line, at):
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
        last = _set_off(line, at) if comma else _proper_run(line, at)
        if last == at:
            return
        m.person = " ".join(t.form for t in line.tokens[at:last] if t.form not in _QUOTES)
    m.role = " ".join(t.form for t in line.tokens[m.first : i])[
        _clitic_length(line.tokens[m.first].form, m.pro, False) :
    ]
    m.last, m.kind = last, "person"


def _set_off(line: Line, i: int) -> int:
    """Up to which token a name set off by commas runs from token `i` («الرئيس اليمني، عبد ربه منصور هادي، …»)."""
    for k in range(i, min(i + 6, len(line.tokens))):
        if line.tokens[k].form in "،,":
            inner = range(i, k)
            named = any(line.pos[n] == "PROPN" or line.entities.get(n, (0, ""))[1] == "PER" for n in inner)
            plain = not any(_new_start(line, n) or nisba_of(line.tokens[n].key) for n in inner)
            return k if named and plain and k > i else i
        if line.tokens[k].kind != "word":
            break
    return _proper_run(line, i) if _proper_run(line, i) - i >= 2 else i


def _proper_run(line: Line, i: int) -> int:
    """Up to which token a person's name runs from token `i`."""
    last = i
    for lead in (0, 1):  # the model may miss a first name that it has not seen
        entity = line.entities.get(i + lead)
        if entity and entity[1] == "PER" and not _new_start(line, i) and (not lead or line.pos[i] != "VERB"):
            last = entity[0]
            break
    while last < len(line.tokens) and last - i < 5 and line.pos[last] == "PROPN" and not _new_start(line, last):
        if _another_name(line, last) or (last > i and line.tokens[last].key.startswith("و")):
            break
        last += 1
    return last


def _another_name(line: Line, i: int) -> bool:
    """Whether a country, a place or a body is named at token `i`: no part of a person's name."""
    word = actor_words().match(line.tokens, i)
    named = word is not None and word.value.shape in ("country", "capital", "name") and word.value.kind != "person"
    return named or i in line.place_at


def _people(line: Line, i: int) -> Mention | None:
    """A people named by its adjective: «الفلسطينيين», «25 فلسطينيا», «الروس»."""
    token = line.tokens[i]
    before = line.tokens[i - 1] if i else None
    counted = before is not None and (before.kind == "number" or bool(read_quantity(line.tokens, i - 1)))
    nisba = nisba_of(token.key, counted)
    if nisba is None:
        return None
    tanwin = token.key.endswith(("يا", "يان")) and (counted or token.form.endswith(("ياً", "يًا", "يان")))
    if not (nisba.nisba.plural or counted or tanwin):
        return None
    return Mention(
        first=i, last=i + 1, start=token.start + _clitic_length(token.form, nisba.pro, nisba.article), end=token.end,
        shape="people", name=token.form, kind="people", code=nisba.nisba.code, sector="CVL", pro=nisba.pro,
        row="nisba", head="nisba", definite=nisba.article, plural=True, name_en=nisba.nisba.name_en,
    )  # fmt: skip


def _thing(line: Line, i: int) -> Mention | None:
    """A thing of some country («القرار المصري»، «سفينة تركية»): it fills its slot and stands for its country there."""
    token = line.tokens[i]
    if line.pos[i] != "NOUN" or i in line.place_at or i in line.time_tokens or i + 1 >= len(line.tokens):
        return None
    at = i + 1
    if (
        line.pos[at] == "ADJ"
        and at + 1 < len(line.tokens)
        and nisba_of(line.tokens[at].key) is None
        and not _new_start(line, at)
    ):
        at += 1
    nisba = nisba_of(line.tokens[at].key)
    if (
        nisba is None
        or nisba.pro
        or nisba.nisba.plural
        or at in line.inside_grammar
        or frame_nouns().match(line.tokens, i)
    ):
        return None
    split = splits(token.key)
    article = token.key.startswith(("ال", "وال", "بال", "لل", "كال", "فال"))
    if article != nisba.article:
        return None
    pro = next((s.pro for s in split if s.article), "") if article else _own_proclitic(token.key)
    return Mention(
        first=i, last=at + 1, start=token.start + _clitic_length(token.form, pro, article), end=line.tokens[at].end,
        shape="thing", name=" ".join(t.form for t in line.tokens[i : at + 1]), kind="country", code=nisba.nisba.code,
        sector="GOV", row="nisba", head="thing", pro=pro, definite=article, name_en=nisba.nisba.name_en,
    )  # fmt: skip


def _own_proclitic(key: str) -> str:
    """The proclitics that the model finds on an indefinite word."""
    return "".join(c for c in analyser().segment(key).proclitics if c in ("و", "ف", "ب", "ل", "ك"))


def _named_by_model(line: Line, i: int) -> Mention | None:
    """A person's name that only the entity model knows."""
    entity = line.entities.get(i)
    if entity is None or entity[1] != "PER" or _new_start(line, i) or i in line.place_at:
        return None
    last = max(entity[0], _proper_run(line, i))
    while last < len(line.tokens) and line.pos[last] == "PROPN" and not _new_start(line, last) and last - i < 5:
        last += 1
    name = " ".join(t.form for t in line.tokens[i:last] if t.form not in _QUOTES)
    return Mention(
        first=i, last=last, start=line.tokens[i].start, end=line.tokens[last - 1].end, shape="name", name=name,
        kind="person", row="model.entities", head="model.entities", person=name,
    )  # fmt: skip
