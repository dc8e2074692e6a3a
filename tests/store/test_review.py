"""The desk's side of the ledger: decisions reach incidents and exports, the queue, two coders, local merges."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Iterator
from typing import Any

import pytest
import shelf

from marsad.ledger.model import Incident
from marsad.model.errors import BadFilter, BadJudgement, Forbidden, NoSuchIncident
from marsad.review.model import STATES
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.review import Counts, Review

AT = "2022-04-01T10:00:00+00:00"
PAGES = [
    shelf.news("حلب", 4, "a-1"), shelf.news("حلب", 4, "a-2"), shelf.news("أوديسا", 9, "o-1", side=shelf.SIDES[1]),
    shelf.news("خاركيف", 2, "k-1", day=6),
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: pathlib.Path) -> Iterator[Ledger]:
    with shelf.filled(tmp_path / "l.marsad", PAGES) as ledger:
        yield ledger


@pytest.fixture
def review(ledger: Ledger) -> Review:
    return Review(ledger)


def of(ledger: Ledger, page: str) -> str:
    """The mention of a page."""
    found = "SELECT m.id FROM mentions m JOIN pages p ON p.seq = m.page WHERE p.id = ? AND p.superseded = 0"
    return str(ledger.db.execute(found, (page,)).fetchone()[0])


def judge(ledger: Ledger, page: str, kind: str, by: str = "سلمى", admin: bool = False, **data: Any) -> Any:
    return Review(ledger).judge(of(ledger, page), kind, by=by, at=AT, data=data, admin=admin)


def shown(ledger: Ledger) -> list[Incident]:
    return list(ledger.incidents(shelf.ALL))


def rebuilt(ledger: Ledger) -> tuple[str, list[Any]]:
    """What is told after everything derivable was made anew."""
    ledger.rebuild()
    return shelf.told(ledger), cards(ledger)


def cards(ledger: Ledger) -> list[Any]:
    return [row for t in ("reviews", "codings", "sides", "tallies") for row in ledger.db.execute(f"SELECT * FROM {t}")
            if t != "tallies" or row[-1]]  # fmt: skip


# ---- effects
def test_an_edit_reaches_lists_filters_and_the_mention(ledger: Ledger) -> None:
    judge(ledger, "k-1", "edit", fields={"type": "PROTEST", "mode": None})
    assert [i.mentions for i in ledger.incidents(Filter(types=("PROTEST",)))] == [(of(ledger, "k-1"),)]
    (told,) = ledger.mentions(ledger.incident(of(ledger, "k-1")))
    assert (told.type, told.verdict) == ("PROTEST", "accept")
    assert Review(ledger).card(told.id).mention.type == "ASSAULT"  # what the machine read stays


def test_a_denial_makes_a_version_that_denies(ledger: Ledger) -> None:
    judge(ledger, "a-2", "denied")
    incident = ledger.incident(of(ledger, "a-1"))
    assert incident.contested == ("status",) and incident.status == "reported"
    judge(ledger, "a-1", "denied")
    assert ledger.incident(of(ledger, "a-1")).status == "denied"


def test_what_is_rejected_leaves_its_incident_whose_id_stays(ledger: Ledger) -> None:
    before = ledger.incident(of(ledger, "a-1"))
    judge(ledger, "a-1", "reject")
    after = ledger.incident(before.id)
    assert (after.id, after.pages) == (before.id, ("a-2",))
    assert after.rejected == (of(ledger, "a-1"),) and ledger.check() == []


def test_an_incident_of_which_nothing_is_left_is_in_no_list_and_says_why(ledger: Ledger) -> None:
    mention = of(ledger, "k-1")
    judge(ledger, "k-1", "reject")
    assert not [i for i in shown(ledger) if mention in i.mentions]
    with pytest.raises(NoSuchIncident, match="سلمى rejected it, 2022-04-01"):
        ledger.incident(mention)
    assert Review(ledger).card(mention[:9]).reviewed.verdict == "reject"
    assert ledger.check() == []


def test_what_is_unverifiable_is_marked_in_its_incident(ledger: Ledger) -> None:
    judge(ledger, "a-2", "unverifiable")
    incident = ledger.incident(of(ledger, "a-1"))
    assert incident.unverifiable == incident.reviewed == (of(ledger, "a-2"),) and len(incident.mentions) == 2


def test_undo_puts_everything_back(ledger: Ledger, review: Review) -> None:
    before = shelf.told(ledger), cards(ledger)
    judge(ledger, "k-1", "reject")
    judge(ledger, "a-1", "edit", fields={"type": "AID"})
    ledger.merge(of(ledger, "a-1"), of(ledger, "o-1"), by="سلمى", at=AT)
    taken = [review.undo(by="سلمى", at=AT) for _ in range(4)]
    assert [t and t.kind for t in taken] == ["merge", "edit", "reject", None]
    assert shelf.told(ledger) == before[0] and review.queue(shelf.ALL).new == 4
    assert [line.kind for line in review.history()] == ["undo"] * 3 + ["merge", "edit", "reject"]
    assert ledger.check() == []


def test_an_undo_can_be_taken_back(ledger: Ledger, review: Review) -> None:
    ledger.merge(of(ledger, "a-1"), of(ledger, "o-1"), by="سلمى", at=AT)
    merged = shelf.told(ledger)
    review.undo(by="سلمى", at=AT)
    review.undo(by="سلمى", at=AT, seq=2)
    assert shelf.told(ledger) == merged == rebuilt(ledger)[0]


def test_nobody_takes_back_what_is_anothers_or_gone(ledger: Ledger, review: Review) -> None:
    judge(ledger, "k-1", "reject")
    with pytest.raises(Forbidden):
        review.undo(by="عمر", at=AT, seq=1)
    with pytest.raises(BadJudgement):
        review.undo(by="سلمى", at=AT, seq=7)
    review.undo(by="سلمى", at=AT)
    with pytest.raises(BadJudgement):
        review.undo(by="سلمى", at=AT, seq=1)
    assert review.undo(by="عمر", at=AT) is None


def test_a_refused_decision_leaves_no_line(ledger: Ledger, review: Review) -> None:
    with pytest.raises(BadJudgement):
        judge(ledger, "k-1", "edit", fields={"type": "WAR"})
    with pytest.raises(NoSuchIncident):
        review.judge("0123", "accept", by="سلمى", at=AT)
    with pytest.raises(Forbidden):
        judge(ledger, "k-1", "adjudicate", verdict="accept")
    assert review.history() == [] and ledger.stats()["judgements"] == 0


# ---- what lasts
def test_decisions_survive_rebuild_byte_for_byte(ledger: Ledger) -> None:
    decide_much(ledger, random.Random(3))
    before = shelf.told(ledger), cards(ledger)
    assert rebuilt(ledger) == before
    assert ledger.check() == []


def decide_much(ledger: Ledger, chance: random.Random, rounds: int = 30) -> None:
    """Decisions of all kinds by two persons, some taken back."""
    review = Review(ledger)
    ids = [m for (m,) in ledger.db.execute("SELECT id FROM mentions ORDER BY id")]
    kinds = ("accept", "reject", "denied", "unverifiable", "skip", "flag", "note", "edit")
    for _ in range(rounds):
        by, kind = chance.choice(("سلمى", "عمر")), chance.choice(kinds)
        data = {"text": "؟", "fields": {"type": chance.choice(("AID", "PROTEST", "COERCE"))} if kind == "edit" else {}}
        review.judge(chance.choice(ids), kind, by=by, at=AT, data=data)
        if chance.random() < 0.3:
            review.undo(by=by, at=AT)


def test_a_decision_waits_for_a_mention_that_is_gone_and_finds_it_again(ledger: Ledger, review: Review) -> None:
    judge(ledger, "k-1", "reject")
    mention = of(ledger, "k-1")
    ledger.write([shelf.news("خاركيف", 30, "k-1", day=6)])
    ledger.settle()
    assert mention not in [m for i in shown(ledger) for m in i.mentions] and ledger.check() == []
    before = cards(ledger)
    assert rebuilt(ledger)[1] == before
    ledger.write([shelf.news("خاركيف", 2, "k-1", day=6, headline="الوضع في خاركيف")])
    ledger.settle()
    assert review.card(mention).reviewed.verdict == "reject" and ledger.check() == []
    with pytest.raises(NoSuchIncident, match="rejected"):
        ledger.incident(mention)


def test_decisions_stand_when_more_pages_come(ledger: Ledger) -> None:
    judge(ledger, "a-1", "edit", fields={"type": "COERCE"})
    judge(ledger, "a-2", "reject")
    ledger.write([shelf.news("حلب", 4, "a-0"), shelf.news("حلب", 4, "a-3")])
    ledger.settle()
    incident = ledger.incident(of(ledger, "a-1"))
    assert of(ledger, "a-2") in incident.rejected and of(ledger, "a-1") in incident.reviewed
    before = shelf.told(ledger), cards(ledger)
    assert rebuilt(ledger) == before


@pytest.mark.parametrize("corrections", [0.0, 0.3])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_grouped_around_a_decision_is_what_the_whole_gives(
    tmp_path: pathlib.Path, seed: int, corrections: float
) -> None:
    chance = random.Random(seed)
    with shelf.filled(tmp_path / "l.marsad", [shelf.invented(chance, f"m-{n}") for n in range(30)]) as ledger:
        review = Review(ledger)
        for _ in range(12):
            if corrections and chance.random() < corrections:
                ledger.write([shelf.invented(chance, f"m-{chance.randrange(30)}")])
                ledger.settle()
            incidents = shown(ledger)
            many = [i for i in incidents if len(i.mentions) > 1]
            what = chance.random()
            if what < 0.4 and len(incidents) > 1:
                one, other = chance.sample(incidents, 2)
                ledger.merge(one.id, other.mentions[-1], by="سلمى", at=AT)
            elif what < 0.9 and many:
                whole = chance.choice(many)
                out = chance.sample(whole.mentions, chance.randrange(1, len(whole.mentions)))
                ledger.split(whole.id, out, by="عمر", at=AT)
            else:
                review.undo(by=chance.choice(("سلمى", "عمر")), at=AT)
        decide_much(ledger, chance, 10)
        before = shelf.told(ledger), cards(ledger)
        assert ledger.check() == []
        assert rebuilt(ledger) == before


def test_merging_what_is_one_already_tells_so_at_once(ledger: Ledger) -> None:
    ledger.merge(of(ledger, "a-1"), of(ledger, "a-2"), by="سلمى", at=AT)
    links = ledger.incident(of(ledger, "a-1")).links
    assert [link.judged for link in links if link.judged] == [f"merged by سلمى, {AT}"]
    assert shelf.told(ledger) == rebuilt(ledger)[0]


# ---- the queue
def test_the_newest_news_comes_first_and_what_is_decided_comes_no_more(ledger: Ledger, review: Review) -> None:
    assert review.candidates("سلمى")[0] == of(ledger, "k-1")
    judge(ledger, "k-1", "accept")
    assert of(ledger, "k-1") not in review.candidates("سلمى") and len(review.candidates("سلمى")) == 3
    assert review.queue() == Counts(new=3, settled=1)


def test_what_one_skips_others_get(ledger: Ledger, review: Review) -> None:
    judge(ledger, "k-1", "skip")
    card = of(ledger, "k-1")
    assert card not in review.candidates("سلمى") and card in review.candidates("عمر")
    assert card in review.candidates("سلمى", skipped=True)
    assert review.queue().in_review == 1


def test_flagged_cards_are_found_whatever_their_state(ledger: Ledger, review: Review) -> None:
    judge(ledger, "k-1", "accept")
    judge(ledger, "k-1", "flag")
    assert review.candidates("سلمى", state="flagged") == [of(ledger, "k-1")] and review.queue().flagged == 1
    judge(ledger, "k-1", "flag", on=False)
    assert review.queue().flagged == 0


def test_there_is_no_other_state(review: Review) -> None:
    with pytest.raises(BadFilter):
        review.candidates("سلمى", state="done")


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(), Filter(background=True), Filter(places=("حلب",)), Filter(since="2022-03-04"),
        Filter(until="2022-03-04"), Filter(types=("AID",)), Filter(actors=(shelf.SIDES[1],)),
        Filter(least_sources=2), Filter(statuses=("denied",)),
        Filter(outlets=("صحيفة الميناء",), since="2022-03-03", until="2022-03-03"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("few", [0, 2000])
def test_the_queue_holds_what_the_same_filter_lists(
    ledger: Ledger, review: Review, monkeypatch: pytest.MonkeyPatch, wanted: Filter, few: int
) -> None:
    monkeypatch.setattr("marsad.store.cards._FEW", few)
    judge(ledger, "a-1", "accept")
    judge(ledger, "o-1", "skip")
    told = {m for i in ledger.incidents(wanted) for m in i.mentions}
    found = {s: set(review.candidates(None, wanted, state=s)) for s in STATES}
    assert set().union(*found.values()) == told
    assert review.queue(wanted)[:4] == tuple(len(found[s]) for s in ("new", "in_review", "settled", "disputed"))


# ---- two coders
def test_under_double_coding_two_decide_and_the_second_sees_nothing(ledger: Ledger, review: Review) -> None:
    review.configure(coders=2)
    judge(ledger, "k-1", "note", text="مشكوك فيه")
    judge(ledger, "k-1", "reject")
    card = of(ledger, "k-1")
    assert ledger.incident(card).id == card  # one verdict changes nothing yet
    assert card not in review.candidates("سلمى") and review.candidates("عمر")[0] == card
    seen = review.card(card, user="عمر").reviewed
    assert seen.hidden and not seen.decided and not seen.notes and review.judgements(card, user="عمر") == []
    assert judge(ledger, "k-1", "reject", by="عمر").state == "settled"
    assert len(review.judgements(card, user="عمر")) == 3
    with pytest.raises(NoSuchIncident, match="rejected"):
        ledger.incident(card)


def test_a_coder_gets_no_card_twice_and_the_second_gets_all_of_the_firsts(ledger: Ledger, review: Review) -> None:
    review.configure(coders=2)
    for page in ("k-1", "a-1", "o-1"):
        judge(ledger, page, "accept")
    assert review.candidates("سلمى") == [of(ledger, "a-2")]
    assert set(review.candidates("عمر")) == {of(ledger, p) for p in ("k-1", "a-1", "a-2", "o-1")}
    assert review.candidates("عمر")[0] == of(ledger, "k-1")


def test_a_dispute_waits_for_a_third(ledger: Ledger, review: Review) -> None:
    review.configure(coders=2)
    judge(ledger, "k-1", "accept")
    assert judge(ledger, "k-1", "reject", by="عمر").state == "disputed"
    card = of(ledger, "k-1")
    assert review.queue().disputed == 1
    assert review.candidates("ليلى", state="disputed") == [card] and review.candidates("ليلى") != [card]
    assert review.candidates("عمر", state="disputed") == []
    assert review.candidates("عمر", state="disputed", admin=True) == [card]
    with pytest.raises(Forbidden):
        judge(ledger, "k-1", "adjudicate", by="عمر", verdict="reject")
    now = judge(ledger, "k-1", "adjudicate", by="ليلى", verdict="accept", fields={"type": "COERCE"})
    assert now.state == "settled" and ledger.incident(card).type == "COERCE"
    assert shelf.told(ledger) == rebuilt(ledger)[0]


def test_settings_change_what_is_settled_and_back(ledger: Ledger, review: Review) -> None:
    judge(ledger, "k-1", "reject")
    before = shelf.told(ledger), cards(ledger)
    review.configure(coders=2)
    assert review.queue() == Counts(new=3, in_review=1) and ledger.incident(of(ledger, "k-1"))
    assert shelf.told(ledger) == rebuilt(ledger)[0]
    review.configure(coders=2, share=0.0)
    assert (shelf.told(ledger), cards(ledger)) == before
    for bad in ({"coders": 3}, {"coders": 0}, {"share": 1.5}):
        with pytest.raises(BadJudgement):
            review.configure(**bad)


def test_agreement_is_of_what_two_have_coded(ledger: Ledger, review: Review) -> None:
    review.configure(coders=2)
    for page, kind in (("k-1", "accept"), ("a-1", "accept"), ("o-1", "reject")):
        judge(ledger, page, "accept")
        judge(ledger, page, kind, by="عمر")
    judge(ledger, "a-2", "accept")
    verdict, kinds = review.agreement()[:2]
    assert (verdict.n, verdict.observed, verdict.kappa) == (3, 2 / 3, 0)
    assert (kinds.field, kinds.n, kinds.observed, kinds.kappa) == ("type", 2, 1, None)


# ---- check
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE reviews SET state = 'settled' WHERE state = 'in_review'", "is not what its judgements come to"),
        ("DELETE FROM reviews WHERE state = 'new'", "have no card"),
        ("UPDATE reviews SET incident = 'x' WHERE state = 'new'", "have no card, or it is another incident's"),
        ("UPDATE judgements SET data = '{' WHERE seq = 1", "cannot be read"),
        ("UPDATE judgements SET subject = NULL", "verdicts are about no card"),
        ("UPDATE tallies SET cards = cards + 1", "counts of cards"),
        ("INSERT INTO reviews VALUES ('0', NULL, 0, '', 'new', '', NULL, 0)", "no mention and no judgement"),
    ],
)
def test_what_is_wrong_with_cards_is_said(ledger: Ledger, damage: str, words: str) -> None:
    judge(ledger, "k-1", "skip")
    assert ledger.check() == []
    ledger.db.execute(damage)
    assert any(words in problem for problem in ledger.check())


def test_cards_of_pages_that_wait_are_no_damage(ledger: Ledger, review: Review) -> None:
    ledger.write([shelf.news("خاركيف", 7, "k-2", day=5)])
    assert ledger.check() == []
    judge(ledger, "k-2", "edit", fields={"type": "AID"})
    assert ledger.check() == []
    ledger.settle()
    assert ledger.incident(of(ledger, "k-2")).type == "AID" and ledger.check() == []
    assert shelf.told(ledger) == rebuilt(ledger)[0]
