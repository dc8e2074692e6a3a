"""The noun phrase that names an actor: its head and what the head takes from the words after it.

A head of the pack («قوات»، «وزير الخارجية»، «مصادر») takes adjectives of nationality, genitives, a person's name; a
named actor, a country or a capital stands by itself. What a phrase says of itself decides its code and sector here.
"""

from __future__ import annotations

from typing import Final

from marsad.language.lexicon import Match, bare
from marsad.language.places import place_words
from marsad.reading.actor_lexicon import ActorWord, NisbaWord, actor_words, breakaway, nisba_of, two_word_code
from marsad.reading.document import Line, Mention
from marsad.reading.frames import frame_nouns
from marsad.reading.nationals import people_phrase, thing_phrase
from marsad.reading.person_names import read_person, unknown_person
from marsad.reading.phrase_edges import QUOTES, clitic_length, opens_quotation, splits_pro, starts_anew
from marsad.reading.places import PlaceMention
from marsad.text.fold import fold

REGION: Final = "region"  # what a phrase is of where it says only «الإقليم»
NO_AUTHORITY: Final = frozenset({"CVL", "JRN", "MED", "EDU", "REL", "REF"})
_STRONG: Final = frozenset({"REB", "UAF", "PTY", "OPP", "CRM"})


def noun_phrase(line: Line, i: int, depth: int) -> Mention | None:
    """The noun phrase that starts at token `i`, if it names an actor."""
    if i >= len(line.tokens) or line.tokens[i].kind != "word" or depth > 4:
        return None
    found = actor_words().match(line.tokens, i)
    if found and not _plausible(line, i, found):
        found = None
    if found is None:
        return people_phrase(line, i) or unknown_person(line, i) or (thing_phrase(line, i) if not depth else None)
    if found.value.shape == "none":
        return None
    mention = _begin(line, i, found)
    if mention.shape == "part":
        return _transparent(line, mention, depth)
    if mention.shape == "back":
        return _side_named(line, mention)
    _modifiers(line, mention, depth)
    return mention


def _plausible(line: Line, i: int, found: Match[ActorWord]) -> bool:
    """Whether a word that may be a verb or an adjective is used as this noun."""
    word = found.value
    if found.pronoun and word.shape in ("country", "capital"):
        return False  # «مكافآت مالية» is not of Mali
    if word.shape == "back" and found.article and not word.name.startswith("ال"):
        return False  # «البلدة» is not «بلده»
    if found.last - i > 1 or word.shape in ("country", "capital", "name", "back"):
        return not (word.shape == "name" and found.last - i == 1 and line.pos[i] == "VERB")
    if "ك" in found.pro and word.shape == "capital":
        return False
    if found.article or found.pro.strip("وف"):
        return line.pos[i] != "VERB"
    return line.pos[i] not in ("VERB", "ADP", "SCONJ")


def _begin(line: Line, i: int, found: Match[ActorWord]) -> Mention:
    word, token = found.value, line.tokens[i]
    found = found._replace(last=_past_quote(line, i, found.last))
    start = token.start + clitic_length(token.form, found.pro, found.article)
    return Mention(
        first=i, last=found.last, start=start, end=line.tokens[found.last - 1].end, shape=word.shape, name=word.name,
        kind=word.kind, code=word.code, sector=word.sector, role=word.role if word.shape != "back" else None,
        name_en=word.name_en, wikidata=word.wikidata, row=word.row, head=word.row, pro=found.pro,
        pronoun=found.pronoun, definite=_is_definite(line, i, found),
        plural=token.key.endswith(("ون", "ين", "ات")), back=word.role or "" if word.shape == "back" else "",
    )  # fmt: skip


def _past_quote(line: Line, first: int, last: int) -> int:
    """Past the mark that closes a quotation which the name's own words open («وكالة "بلومبرغ"»)."""
    opened = any(opens_quotation(line, k) for k in range(first, last))
    closes = last < len(line.tokens) and line.tokens[last].form in '"»”' and not opens_quotation(line, last)
    within = sum(line.tokens[k].form in QUOTES for k in range(first, last))
    return last + 1 if opened and closes and within == 1 else last


def _is_definite(line: Line, i: int, found: Match[ActorWord]) -> bool:
    """Whether a head is closed to a genitive: by its article, its pronoun, its own last word («سلاح المدفعية»)."""
    closed = found.last - i > 1 and line.tokens[found.last - 1].key.startswith("ال")
    own = line.tokens[i].form[len(found.pro) :].startswith("ال")  # «القوات» that the pack writes with its article
    known = found.value.shape in ("name", "country", "capital")
    return found.article or own or bool(found.pronoun) or closed or known


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
        read_person(line, m)
    m.end = line.tokens[m.last - 1].end
    m.name = plain_name(line, m)
    return m


def _transparent(line: Line, part: Mention, depth: int) -> Mention | None:
    """A phrase like «عناصر من القوات»: everything but its extent comes from what follows."""
    at = part.last
    if at < len(line.tokens) and line.tokens[at].key == "من":
        at += 1
    inner = noun_phrase(line, at, depth + 1)
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
        read_adjectives(line, m)
    if m.shape in ("body", "group", "asset") and m.inner is None and not m.code:
        _own_name(line, m)
    if m.code is None and m.back != REGION and m.shape not in ("name", "country", "capital"):
        _belonging(line, m, depth)
    if m.shape in ("office", "person"):
        read_person(line, m)
    m.end = line.tokens[m.last - 1].end
    if m.shape not in ("name", "country", "capital"):
        m.name = plain_name(line, m)


def plain_name(line: Line, m: Mention) -> str:
    """A phrase's words as a name: the person's where it has one, without clitics and quotation marks."""
    text = m.person or " ".join(t.form for t in line.tokens[m.first : m.last] if t.form not in QUOTES)
    cut = clitic_length(line.tokens[m.first].form, m.pro, False) if not m.person else 0
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


def read_adjectives(line: Line, m: Mention) -> None:
    """Extend a phrase by its adjectives; one of nationality gives it its code."""
    while m.last < len(line.tokens):
        token = line.tokens[m.last]
        plain = token.kind == "word" and m.last not in line.inside_grammar
        nisba = nisba_of(token.key, qualifies_feminine(line, m.first, m.last)) if plain else None
        if nisba and not nisba.pro and _qualifies(line, m, nisba):
            if m.code is None or (
                m.inner is None and m.place is None and m.shape not in ("name", "country", "capital")
            ):
                m.code = nisba.nisba.code  # «الاحتلال الأرميني»: the adjective outweighs the word's usual country
            m.last += 1
            fuller = two_word_code(token.key, line.tokens[m.last].key) if m.last < len(line.tokens) else None
            if fuller:
                m.code, m.last = fuller, m.last + 1
        elif _is_adjective(line, m):
            if token.key in breakaway("adjectives") and m.sector not in ("CVL", "JRN"):
                m.sector = "REB"
            m.last += 1
        else:
            return


def qualifies_feminine(line: Line, first: int, at: int) -> bool:
    """Whether «السعودية» at token `at` can be the adjective of a phrase: of a feminine or plural thing before it."""
    before = (line.tokens[first], line.tokens[at - 1])
    return line.tokens[at].key.startswith("ال") and any(t.key.endswith(("ه", "ات", "اء")) for t in before)


def _qualifies(line: Line, m: Mention, nisba: NisbaWord) -> bool:
    """Whether an adjective of nationality belongs to a head: a plural («فلسطينيين») needs a plural one."""
    if not nisba.nisba.plural:
        return True
    key = line.tokens[m.first].key
    return m.plural or m.shape in ("group", "source") or (not key.endswith(("ه", "ا", "ي")) and m.shape != "body")


def _is_adjective(line: Line, m: Mention) -> bool:
    i = m.last
    token = line.tokens[i]
    if actor_words().match(line.tokens, i):
        return False
    if i in line.inside_grammar or i in line.time_tokens or line.pos[i] != "ADJ" or m.shape in ("country", "capital"):
        return False
    if nisba_of(line.tokens[i - 1].key) and frame_nouns().match(line.tokens, i):
        return False  # «أعلنت القوات الروسية السيطرة على …»: a masdar that the tagger took for one more adjective
    article = token.key.startswith("ال")
    return article == (m.definite or m.inner is not None) and (m.shape != "name" or article)


def _genitive(line: Line, m: Mention, depth: int) -> None:
    i = m.last
    while i < len(line.tokens) and (opens_quotation(line, i) or line.grammar_kind(i) == "distance"):
        i = line.grammar[i][0] if i in line.grammar else i + 1  # «سلطات ما يسمى "آرتساخ"»: the name all the same
    if i >= len(line.tokens) or i in line.inside_grammar or m.pronoun or _closed(line, m, i):
        return
    inner = noun_phrase(line, i, depth + 1)
    if inner is not None and not inner.pro and not inner.prep:
        _inherit(m, inner)
        m.last = inner.last
    elif _says_region(line, i) and line.tokens[i].key.startswith("ال"):
        m.back, m.last = REGION, i + 1  # «سلطات الإقليم»: the one that the page tells of
    elif (place := _place_at(line, i)) is not None:
        m.code = m.code or place.country
        m.place, m.last = place, place.last
        _of_breakaway(m, place)
    while m.last < len(line.tokens) and line.tokens[m.last].form in '"»”' and i > m.first + 1:
        m.last += 1
        break


def _place_at(line: Line, i: int) -> PlaceMention | None:
    """The place named at token `i`, be it after «إقليم»."""
    at = i + 1 if _says_region(line, i) and i + 1 in line.place_at else i
    place = line.place_at.get(at)
    return place if place is not None and place.first == at and not splits_pro(line, at) else None


def _says_region(line: Line, i: int) -> bool:
    """Whether a word says that a region is spoken of («إقليم»)."""
    return any(w.kind == "region" and w.group == "generic" for w in place_words().get(bare(line.tokens[i].key), ()))


def _closes(line: Line, i: int) -> bool:
    """Whether the mark at token `i` closes a quotation."""
    return line.tokens[i].form in '"»”' and not opens_quotation(line, i)


def _of_breakaway(m: Mention, place: PlaceMention) -> None:
    """Offices and forces of a place whose authorities stand against its state are those of an armed group."""
    named = fold(place.name) in breakaway("places")
    if named and m.shape in ("body", "office", "group") and m.kind != "people" and m.sector not in NO_AUTHORITY:
        m.sector = "REB"


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
    if i < len(line.tokens) and opens_quotation(line, i):
        for k in range(i + 1, min(i + 7, len(line.tokens))):
            if line.tokens[k].form in '"»”':
                m.last = k + 1
                return
            if line.tokens[k].form in "،,.:؛":
                return
    if m.shape != "body":
        return
    while m.last < len(line.tokens) and line.pos[m.last] == "PROPN" and not starts_anew(line, m.last):
        m.last += 1


def _belonging(line: Line, m: Mention, depth: int) -> None:
    """The code of a phrase from a following «في …», «لـ…»: «المتمردون في اليمن», «مواقع لحزب الله»."""
    i = m.last
    found = line.grammar.get(i)
    if found and found[1].kind == "prep" and found[1].value in ("في", "إلى", "لدى") and found[0] < len(line.tokens):
        at = found[0]
        place = line.place_at.get(at) or line.place_at.get(at + 1)
        if place and found[1].value == "في":
            m.code = place.country
            _of_breakaway(m, place)
            return
        inner = noun_phrase(line, at, depth + 1) if m.shape in ("source", "office", "body") else None
        if m.shape == "body" and not (inner and inner.sector == "REB" and inner.shape == "name"):
            return  # «الوزارة في موسكو» is where it sits; «الوزارة في آرتساخ» is whose it is
        if inner and inner.shape in ("country", "capital", "body", "name", "group"):
            _inherit(m, inner)
        return
    while i < len(line.tokens) and (line.grammar_kind(i) == "belongs" or (i > m.first and _closes(line, i))):
        i += 1
    if i < len(line.tokens) and line.tokens[i].kind == "word" and m.shape in ("office", "body", "group", "asset"):
        inner = noun_phrase(line, i, depth + 1)
        owner = ("body", "name") if m.shape == "asset" else ("country", "capital", "body", "name")
        owner = (*owner, "office") if m.shape == "office" else owner  # «المبعوث الشخصي للأمين العام للأمم المتحدة»
        if inner and inner.pro == "ل" and inner.shape in owner:  # «دبابات لأوكرانيا» are on their way there
            _inherit(m, inner)
            m.last = inner.last
