"""Phrases that an adjective of nationality makes by itself: a people («25 فلسطينيا»), a thing of some country."""

from __future__ import annotations

from marsad.language.lexicon import splits
from marsad.reading.actor_lexicon import nisba_of
from marsad.reading.document import WITH_ARTICLE, Line, Mention
from marsad.reading.frames import frame_nouns
from marsad.reading.phrase_edges import clitic_length, starts_anew
from marsad.text.analysis import analyser
from marsad.text.numbers import read_quantity


def people_phrase(line: Line, i: int) -> Mention | None:
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
        first=i, last=i + 1, start=token.start + clitic_length(token.form, nisba.pro, nisba.article), end=token.end,
        shape="people", name=token.form, kind="people", code=nisba.nisba.code, sector="CVL", pro=nisba.pro,
        row="nisba", head="nisba", definite=nisba.article, plural=True, name_en=nisba.nisba.name_en,
    )  # fmt: skip


def thing_phrase(line: Line, i: int) -> Mention | None:
    """A thing of some country («القرار المصري»، «سفينة تركية»): it fills its slot and stands for its country there."""
    token = line.tokens[i]
    if line.pos[i] != "NOUN" or i in line.place_at or i in line.time_tokens or i + 1 >= len(line.tokens):
        return None
    at = _past_adjective(line, i + 1)
    nisba = nisba_of(line.tokens[at].key)
    if nisba is None or nisba.pro or nisba.nisba.plural:
        return None
    if at in line.inside_grammar or frame_nouns().match(line.tokens, i):
        return None
    article = token.key.startswith((*WITH_ARTICLE, "كال", "فال"))
    if article != nisba.article:
        return None
    pro = next((s.pro for s in splits(token.key) if s.article), "") if article else _own_proclitic(token.key)
    return Mention(
        first=i, last=at + 1, start=token.start + clitic_length(token.form, pro, article), end=line.tokens[at].end,
        shape="thing", name=" ".join(t.form for t in line.tokens[i : at + 1]), kind="country", code=nisba.nisba.code,
        sector="GOV", row="nisba", head="thing", pro=pro, definite=article, name_en=nisba.nisba.name_en,
    )  # fmt: skip


def _past_adjective(line: Line, at: int) -> int:
    """The token after one plain adjective, or the same token where there is none."""
    plain = line.pos[at] == "ADJ" and nisba_of(line.tokens[at].key) is None and not starts_anew(line, at)
    return at + 1 if plain and at + 1 < len(line.tokens) else at


def _own_proclitic(key: str) -> str:
    """The proclitics that the model finds on an indefinite word."""
    return "".join(c for c in analyser().segment(key).proclitics if c in ("و", "ف", "ب", "ل", "ك"))
