"""Who is named in a line: its noun phrases that stand for an actor, counted ones and elliptic ones among them.

What a phrase says of itself decides its code and sector (`marsad.reading.noun_phrase`); what only the page can tell is
left to `marsad.reading.actors`.
"""

from __future__ import annotations

import dataclasses

from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.document import WITH_ARTICLE, Line, Mention
from marsad.reading.frames import weapons
from marsad.reading.noun_phrase import noun_phrase, read_adjectives
from marsad.reading.person_names import read_person
from marsad.reading.phrase_edges import OPENING, QUOTES, clitic_length
from marsad.text.analysis import analyser
from marsad.text.numbers import Quantity, read_quantity


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


def _mention_at(line: Line, i: int) -> Mention | None:
    token = line.tokens[i]
    if i in line.inside_grammar or _ends_weapon(line, i):
        return None
    if token.kind == "number" or token.kind == "word":
        quantity = read_quantity(line.tokens, i)
        counted = _counted(line, i, quantity) if quantity and quantity.last > quantity.first else None
        if counted is not None:
            return counted
    found = noun_phrase(line, i, 0) if token.kind == "word" else None
    dated = found is not None and found.shape == "back" and i in line.time_tokens  # «تشرين الأول» points back to nobody
    return None if dated else found


def _ends_weapon(line: Line, i: int) -> bool:
    """Whether a word is the second of a weapon's name («قذائف الهاون»): it names no force."""
    found = weapons().match(line.tokens, i - 1) if i and line.tokens[i - 1].kind == "word" else None
    return found is not None and found.last > i and i - 1 not in line.mention_at


def _counted(line: Line, i: int, quantity: Quantity) -> Mention | None:
    at = quantity.last
    if at < len(line.tokens) and line.tokens[at].key == "من":
        at += 1
    inner = noun_phrase(line, at, 0) if at < len(line.tokens) else None
    if inner is None or inner.pro.strip("و") or inner.shape in ("capital", "asset", "country"):
        return None
    head = line.tokens[i]
    inner.first, inner.start = i, head.start
    inner.pro = "و" if i and head.form == "و" else ""
    inner.low, inner.high, inner.counted = quantity.low, quantity.high, True
    return inner


def _elliptic(line: Line, mention: Mention, i: int) -> Mention | None:
    """A second nationality on the same head: «القوات الأرمينية والأذربيجانية»."""
    if i >= len(line.tokens) or mention.shape in ("country", "capital", "people", "back"):
        return None
    token = line.tokens[i]
    nisba = nisba_of(token.key)
    if (
        nisba is None
        or nisba.pro != "و"
        or (nisba.nisba.plural and not mention.plural)
        or nisba.article != mention.definite
        or i in line.time_tokens
    ):
        return None
    start = token.start + clitic_length(token.form, "و", False)
    named = mention.shape == "name"  # the name is the first country's; its twin is only of the same kind
    twin = dataclasses.replace(
        mention, shape="body" if named else mention.shape, head="twin" if named else mention.head,
        first=i, last=i + 1, start=start, end=token.end, code=nisba.nisba.code, pro="و", name=token.form[1:],
        person="", row="nisba" if named else mention.row, low=None, high=None, counted=False,
        name_en=None if named else mention.name_en, wikidata=None,
    )  # fmt: skip
    read_adjectives(line, twin)
    if mention.shape in ("office", "person"):
        read_person(line, twin)
    twin.end = line.tokens[twin.last - 1].end
    twin.name = twin.person or f"{line.tokens[mention.first].form} {twin.name}"
    return twin


def _keep(line: Line, mention: Mention) -> None:
    mention.line = line.number
    before = mention.first - 1
    while before > 0 and line.tokens[before].form in OPENING:
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
        while at >= 0 and line.tokens[at].form in QUOTES:
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
    return line.pos[at] == "NOUN" and not key.startswith(WITH_ARTICLE) and not key.endswith("ا")
