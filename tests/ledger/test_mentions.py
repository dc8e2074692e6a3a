"""A page's events become mentions that can stand beside those of other pages; those that are its news are marked."""

from __future__ import annotations

import pathlib

import pytest

import marsad
from marsad.ledger.mentions import mentions_of, opening_of
from marsad.ledger.model import Mention, mention_id
from marsad.ledger.words import content_keys, search_key
from marsad.model.record import Block, Event, Page, Reader, Record
from marsad.reading.single import read_one

EXAMPLES = pathlib.Path(marsad.__file__).with_name("examples")
HEADLINE = "هدوء حذر على خط التماس"
SHELLED = "قصفت القوات الأرمينية بالصواريخ مدينة غنجة صباح الأحد، فقتل ثلاثة مدنيين."
SEIZED = "وقالت وزارة الدفاع الأرمينية إن القوات الأذربيجانية هاجمت مدينة كابان ليلا."
PAST = "وكانت القوات الأرمينية قد قصفت مدينة غنجة عام 1992."
QUIET = "عادت المتاجر في وسط العاصمة إلى العمل بعد أسبوع من الإغلاق."


def read(*paragraphs: str, headline: str | None = None) -> Record:
    text = "\n\n".join(paragraphs)
    return read_one(text, headline=headline, published="2020-10-04", publisher="صحيفة الغد")


def told(*paragraphs: str, headline: str | None = None) -> tuple[Mention, ...]:
    return mentions_of(read(*paragraphs, headline=headline), "page")


def leads(found: tuple[Mention, ...]) -> list[str]:
    """The evidence of the mentions that are the page's news, each once."""
    return list(dict.fromkeys(m.words for m in found if m.lead))


def built(*parts: tuple[str, str], acts: str = "قصف") -> Record:
    """A record of blocks, with one event at each of a word's places."""
    text, blocks, events = "", [], []
    for kind, words in parts:
        start, end = len(text), len(text) + len(words)
        blocks.append(Block(kind=kind, start=start, end=end))  # type: ignore[arg-type]
        if acts in words:
            found = (start + words.index(acts), start + words.index(acts) + len(acts))
            events.append(
                Event(id=f"e{len(events)}", type="ASSAULT", trigger=found, evidence=(start, end), rule="test")
            )
        text += f"{words}\n"
    headline = next((words for kind, words in parts if kind == "headline"), None)
    page = Page(sha256="0" * 64, text=text, blocks=tuple(blocks), headline=headline)
    return Record(id="r", reader=Reader(version="0", pack="0"), page=page, events=tuple(events))


def test_each_event_is_one_mention_in_the_pages_order() -> None:
    record = read(SHELLED, SEIZED, headline=HEADLINE)
    found = mentions_of(record, "page")
    assert [m.event for m in found] == [e.id for e in record.events]
    assert [(m.type, m.status, m.trigger) for m in found] == [(e.type, e.status, e.trigger) for e in record.events]


def test_an_id_is_that_of_the_page_and_of_what_it_says() -> None:
    one, other = (mentions_of(read(SHELLED, headline=title), "page") for title in (HEADLINE, None))
    assert one[-1].id == other[-1].id
    assert len(one[0].id) == 16
    told = {mention_id(page, kind, words, n) for page in "pq" for kind in "AB" for words in "cd" for n in (0, 1)}
    assert len(told) == 16


def test_in_a_corrected_page_the_sentences_that_stayed_keep_their_ids() -> None:
    before = {m.words: m.id for m in mentions_of(read(SHELLED, SEIZED), "page")}
    after = {m.words: m.id for m in mentions_of(read(QUIET, SEIZED), "page")}
    assert before[SEIZED] == after[SEIZED]
    assert not {before[SHELLED]} & set(after.values())


def test_the_same_sentence_told_twice_is_two_mentions() -> None:
    found = mentions_of(read(SHELLED, SHELLED), "page")
    assert len({m.id for m in found}) == len(found)


def test_ids_of_a_page_are_different() -> None:
    found = told(SHELLED, SEIZED, PAST)
    assert len({m.id for m in found}) == len(found) > 2


def test_names_and_codes_stand_in_place_of_the_pages_ids() -> None:
    record = read(SHELLED)
    first, second = mentions_of(record, "page")[:2]
    for parties, ids in ((first.actors, record.events[0].actors), (first.recipients, record.events[0].recipients)):
        assert [(p.name, p.code, p.sector) for p in parties] == [
            (a.name, a.code, a.sector) for a in record.actors if a.id in ids
        ]
    assert first.place is not None
    assert (first.place.name, first.place.country, first.place.kind) == ("غنجة", "AZE", "city")
    assert first.place.lat == pytest.approx(40.7, abs=0.1)
    assert [(t.kind, t.low, t.high) for t in second.tolls] == [("killed", 3, 3)]


def test_outlet_days_and_words_go_with_it() -> None:
    first = told(SHELLED)[0]
    assert (first.outlet, first.published, first.first, first.last) == (
        "صحيفة الغد", "2020-10-04", "2020-10-04", "2020-10-04",
    )  # fmt: skip
    assert first.words == SHELLED
    assert first.sentence == content_keys(SHELLED)


def test_who_speaks_and_who_claims_go_with_it() -> None:
    (found,) = told(SEIZED)
    assert found.speaker is not None
    assert (found.speaker.code, found.speaker.sector) == ("ARM", "MIL")
    assert found.claimed_by == (found.speaker,)


def test_what_the_outlet_tells_has_no_speaker() -> None:
    assert {m.speaker for m in told(SHELLED)} == {None}


def test_a_page_of_unknown_day_and_outlet_says_so() -> None:
    (first, *_) = mentions_of(read_one("قصفت القوات الأرمينية مدينة غنجة."), "page")
    assert (first.outlet, first.published, first.first) == (None, None, None)


def test_the_first_paragraphs_acts_are_the_pages_news() -> None:
    assert leads(told(SHELLED, SEIZED, headline=HEADLINE)) == [SHELLED]


def test_where_headline_and_first_paragraph_tell_none_the_first_two_are() -> None:
    found = told(QUIET, "قصفت القوات الأرمينية غنجة صباحا.", "وأسرت القوات الأرمينية جنديين قرب ترتر.", SEIZED)
    assert len([m for m in found if m.lead]) == 2
    assert SEIZED not in leads(found)


def test_background_is_never_the_pages_news() -> None:
    found = told(PAST, QUIET, SHELLED)
    assert any(m.historical for m in found)
    assert leads(found) == [SHELLED]
    assert leads(told(PAST)) == []


def test_the_headlines_own_act_is_news() -> None:
    record = built(("headline", "قصف في الجنوب"), ("paragraph", "عاد الهدوء"), ("paragraph", "قصف في الشمال"))
    assert [m.lead for m in mentions_of(record, "page")] == [True, False]


def test_a_menu_above_the_headline_is_not_the_first_paragraph() -> None:
    record = built(("paragraph", "الرئيسية | العالم"), ("headline", "هدوء"), ("paragraph", "قصف"), ("paragraph", "قصف"))
    assert [m.lead for m in mentions_of(record, "page")] == [True, False]


def test_a_menu_above_the_headline_is_not_in_the_opening() -> None:
    record = built(("paragraph", "الرئيسية | رياضة"), ("headline", "هدوء"), ("paragraph", "قصف"), ("paragraph", "هجوم"))
    assert opening_of(record).text == frozenset(content_keys("قصف هجوم"))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*-marsad-alsharq.html")), ids=lambda p: p.stem)
def test_no_examples_opening_holds_its_menu(path: pathlib.Path) -> None:
    assert search_key("رياضة") not in opening_of(marsad.read(path)).text


def test_the_opening_is_headline_and_first_two_paragraphs() -> None:
    found = opening_of(read(QUIET, SHELLED, SEIZED, headline=HEADLINE))
    assert found.title == frozenset(content_keys(HEADLINE))
    assert found.text == frozenset(content_keys(f"{QUIET} {SHELLED}"))


def test_a_page_without_headline_has_an_opening_of_its_text_alone() -> None:
    found = opening_of(built(("paragraph", "قصف")))
    assert (found.title, found.text) == (frozenset(), frozenset({"قصف"}))


def test_captions_and_comments_are_not_in_the_opening() -> None:
    record = built(("headline", "هدوء"), ("caption", "صورة من الأرشيف"), ("paragraph", "قصف"), ("comment", "رأي"))
    assert opening_of(record).text == frozenset({"قصف"})


def test_only_the_beginning_of_a_long_paragraph_is_in_the_opening() -> None:
    long = "قصف " * 200
    assert search_key("هدنة") not in opening_of(built(("paragraph", f"{long}هدنة"))).text


def test_a_page_without_events_has_no_mentions() -> None:
    assert told(QUIET) == ()
