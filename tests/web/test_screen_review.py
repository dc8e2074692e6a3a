"""The review over the ledger of the examples: by programs, by forms, and by keys alone on an Arabic layout."""

from __future__ import annotations

import pathlib
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient

from marsad.model.errors import BadJudgement
from marsad.store.holds import Holds
from marsad.store.incidents import likely
from marsad.store.known import Known
from marsad.store.ledger import Ledger
from marsad.store.people import People
from marsad.store.review import Review
from marsad.web.entries import fields_of, line_of, numbers_of
from marsad.web.words import word

ARABIC = {  # what the keys of these places give on an Arabic layout
    "KeyA": "ش", "KeyX": "ء", "KeyD": "ي", "KeyU": "ع", "KeyF": "ب", "KeyN": "ى", "KeyE": "ث", "KeyS": "س",
    "KeyM": "ة", "KeyJ": "ت", "KeyK": "ن", "Slash": "؟", "Digit1": "١", "Digit2": "٢", "Space": " ",
    "Backspace": "Backspace", "Enter": "Enter", "KeyQ": "ض", "Tab": "Tab", "ArrowDown": "ArrowDown",
}  # fmt: skip
_VIRTUAL = {"Space": 32, "Backspace": 8, "Enter": 13, "Tab": 9, "Slash": 191, "ArrowDown": 40}


def press(page: Any, code: str, *, shift: bool = False, control: bool = False) -> None:
    """A key of an Arabic layout, told by its place."""
    number = _VIRTUAL.get(code, ord(code[-1]))
    held = (8 if shift else 0) | (2 if control else 0)
    told = {"code": code, "key": ARABIC[code], "windowsVirtualKeyCode": number, "modifiers": held}
    if code in ("Enter", "Space"):
        told["text"] = "\r" if code == "Enter" else " "
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.dispatchKeyEvent", {"type": "keyDown" if "text" in told else "rawKeyDown", **told})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **told})


def pressed(page: Any, code: str, *, control: bool = False) -> None:
    """A key that leads to another card."""
    with page.expect_navigation():
        press(page, code, control=control)


def subject(page: Any) -> str:
    """The card that is open."""
    found: str = page.locator(".review").get_attribute("data-subject")
    return found


@pytest.fixture
def people(ledger: pathlib.Path) -> pathlib.Path:
    """The ledger with three who may log in."""
    with People.beside(ledger) as made:
        for name, role in (("سلمى", "reviewer"), ("يوسف", "reviewer"), ("ليلى", "admin")):
            made.put(name, role, "a long password")  # type: ignore[arg-type]
    return ledger


def entered(client: TestClient, name: str) -> None:
    assert client.post("/login", data={"name": name, "password": "a long password"}).status_code == 200


def log_in(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/login?next=/review")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", "a long password")
    with page.expect_navigation():
        page.keyboard.press("Enter")


# ---------------------------------------------------------------- programs and forms


def test_a_card_shows_the_claim_its_words_and_the_reason(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]
    told = writer.get(f"/review?subject={card['subject']}").text
    assert card["words"].split()[0] in told and card["rule"] in told
    assert card["words"][slice(*card["trigger"])]


def test_a_decision_is_answered_with_what_it_comes_to(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]["subject"]
    told = {"kind": "edit", "fields": {"status": "denied"}}
    answer = writer.post(f"/review/{card}", json=told, headers={"accept": "application/json"})
    assert answer.json()["state"] == "settled" and answer.json()["decided"][0]["fields"] == {"status": "denied"}
    settled = writer.get("/review/queue.json?state=settled").json()["cards"]
    assert [one["subject"] for one in settled] == [card]


def test_what_is_no_decision_is_refused_with_its_code(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]["subject"]
    for told in ({"kind": "perhaps"}, {"kind": "edit"}, {"kind": "edit", "fields": {"type": "NONSENSE"}}):
        answer = writer.post(f"/review/{card}", json=told, headers={"accept": "application/json"})
        assert answer.status_code == 400 and answer.json()["code"] == "M604"
    assert writer.post("/review/0000", json={"kind": "accept"}).status_code == 404


def test_a_form_changes_only_what_was_changed(ledger: pathlib.Path) -> None:
    with Ledger.open(ledger) as opened:
        review = Review(opened)
        for one in review.candidates("x", limit=20):
            told = review.card(one).mention
            form = {
                "type": told.type, "mode": told.mode or "", "status": told.status,
                "place": told.place.name if told.place else "",
                "actors": "\r\n".join(map(line_of, told.actors)), "from": told.first or "", "to": told.last or "",
                "killed": numbers_of(told, "killed"), "foreground": "yes" if told.foreground else "no",
            }  # fmt: skip
            known = Known(opened, opened.record(told.page))
            assert fields_of(form, told, known) == {}
            changed = fields_of({**form, "killed": "٣-٥", "actors": "الجيش X AZE/MIL"}, told, known)
            assert set(changed) == {"tolls", "actors"}
            assert changed["actors"][0] | {"name": ""} == {
                "name": "", "name_en": None, "kind": "military", "code": "AZE", "sector": "MIL", "wikidata": None,
            }  # fmt: skip
            assert [(t["low"], t["high"]) for t in changed["tolls"] if t["kind"] == "killed"] == [(3, 5)]
            with pytest.raises(BadJudgement):
                fields_of({"killed": "many"}, told, known)


def test_a_typed_name_means_whom_and_what_is_known_by_it(ledger: pathlib.Path) -> None:
    """The page's own, then the ledger's, then the gazetteer's; a name that nobody knows stays a name."""
    with Ledger.open(ledger) as opened:
        told = next(m for i in opened.incidents() for m in opened.mentions(i) if not m.place and not m.actors)
        known = Known(opened, None)
        typed = fields_of({"place": "ستيباناكيرت", "actors": "أذربيجان"}, told, known)
        place, actor = typed["place"], typed["actors"]
        assert place["lat"] and place["lon"] and actor[0]["code"] == "AZE" and actor[0]["kind"] == "country"
        assert fields_of({"place": "صنعاء"}, told, known)["place"]["country"] == "YEM"  # no page of the ledger names it
        assert fields_of({"place": "قرية لا يعرفها أحد"}, told, known)["place"]["lat"] is None
        assert fields_of({"actors": "أذربيجان AZE/MIL"}, told, known)["actors"][0]["kind"] == "military"
        assert fields_of({"actors": "جبهة لا يعرفها أحد"}, told, known)["actors"][0]["code"] is None


def test_a_form_that_is_refused_keeps_what_was_typed(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]["subject"]
    form = {"kind": "edit", "killed": "many", "place": "قرية لا يعرفها أحد"}
    answer = writer.post(f"/review/{card}", data=form)
    assert answer.status_code == 400 and "M604" in answer.text
    assert 'value="many"' in answer.text and 'value="قرية لا يعرفها أحد"' in answer.text
    assert writer.get(f"/review.json?subject={card}").json()["card"]["reviewed"]["state"] == "new"


def test_the_next_card_tells_what_was_done_to_the_one_before(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]["subject"]
    for kind in ("accept", "undo"):
        address = "/review/undo" if kind == "undo" else f"/review/{card}"
        answer = writer.post(address, data={"kind": kind, "query": "done=skip&type=ASSAULT"})
        assert answer.url.params.get_list("done") == [kind]
        assert word(f"review.done.{kind}", "ar") in answer.text and 'aria-labelledby="said claim-words"' in answer.text
    assert 'id="said"' not in writer.get("/review?done=<nonsense>").text


def test_nobody_overrules_unawares_what_was_decided_meanwhile(people: pathlib.Path) -> None:
    with asking(people) as one, asking(people) as other:
        entered(one, "سلمى")
        entered(other, "يوسف")
        card = one.get("/review.json").json()["card"]
        told = {"kind": "accept", "seen": str(card["seen"])}
        held = other.post(f"/review/{card['subject']}", data={"kind": "reject"})
        assert held.status_code == 403  # it is in another's hands
        with People.beside(people) as desk:
            Holds(desk).release("سلمى")
        assert other.post(f"/review/{card['subject']}", data={"kind": "reject", "seen": "0"}).status_code == 200
        late = one.post(f"/review/{card['subject']}", data=told)
        assert word("review.done.meanwhile", "ar") in late.text
        again = one.get(f"/review.json?subject={card['subject']}").json()["card"]
        assert again["reviewed"]["outcome"]["verdict"] == "reject" and again["seen"] > 0
        one.post(f"/review/{card['subject']}", data={"kind": "accept", "seen": str(again["seen"])})
        now = one.get(f"/review.json?subject={card['subject']}").json()["card"]["reviewed"]
        assert now["outcome"]["verdict"] == "accept"


def test_a_filter_stays_through_marks_notes_and_undo(writer: TestClient) -> None:
    query = "actor=AZE&type=ASSAULT"
    card = writer.get(f"/review.json?{query}").json()["card"]["subject"]
    for address, form in ((card, {"kind": "flag", "on": "yes"}), (card, {"kind": "accept"}), ("undo", {})):
        went = writer.post(f"/review/{address}", data={**form, "query": query}).url.params
        assert went["actor"] == "AZE" and went["type"] == "ASSAULT"


def test_one_may_pass_cards_by(writer: TestClient) -> None:
    seen = [writer.get(f"/review.json?at={n}").json()["card"]["subject"] for n in range(4)]
    assert len(set(seen)) == 4
    assert "at=2" in writer.get("/review?at=1").text
    assert writer.get("/review.json?at=99999").json()["card"] is None


def test_the_queue_has_pages(writer: TestClient) -> None:
    first, second = (writer.get(f"/review/queue.json?page={n}").json() for n in (1, 2))
    assert first["more"] and len(first["cards"]) == 60
    assert not {c["subject"] for c in first["cards"]} & {c["subject"] for c in second["cards"]}


def test_a_number_that_is_none_undoes_nothing(writer: TestClient) -> None:
    card = writer.get("/review.json").json()["card"]["subject"]
    writer.post(f"/review/{card}", data={"kind": "accept"})
    for seq in ("abc", "9" * 30):
        answer = writer.post("/review/undo", json={"seq": seq}, headers={"accept": "application/json"})
        assert answer.status_code == 400 and answer.json()["code"] == "M604"
    assert writer.get(f"/review.json?subject={card}").json()["card"]["reviewed"]["state"] == "settled"
    for address in ("/review/log.json?before=" + "9" * 30, "/incidents.json?sources=" + "9" * 30):
        assert writer.get(address).status_code == 400


def test_a_reader_sees_the_queue_and_does_not_decide(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as made:
        made.put("قارئ", "reader", "a long password")
    with asking(ledger) as client:
        entered(client, "قارئ")
        assert client.get("/review.json").json()["card"] is None
        with Ledger.open(ledger) as opened:
            card = Review(opened).candidates("x", limit=1)[0]
        assert client.post(f"/review/{card}", json={"kind": "accept"}).status_code == 403
        assert client.post("/review/settings", data={"coders": "2"}).status_code == 403


def test_a_second_coder_is_blind(people: pathlib.Path) -> None:
    with Ledger.open(people, write=True) as opened:
        Review(opened).configure(coders=2)
    with asking(people) as one, asking(people) as two:
        entered(one, "سلمى")
        entered(two, "يوسف")
        card = one.get("/review.json").json()["card"]["subject"]
        one.post(f"/review/{card}", json={"kind": "edit", "fields": {"status": "hypothetical"}})
        seen = two.get(f"/review.json?subject={card}").json()["card"]
        assert seen["reviewed"]["hidden"] and not seen["reviewed"]["decided"] and seen["log"] == []
        assert seen["now"] == seen["mention"]
        assert "hypothetical" not in str(two.get("/review/log.json").json())


def test_two_never_hold_the_same_card(people: pathlib.Path) -> None:
    names, taken, lock = ("سلمى", "يوسف", "ليلى"), [], threading.Lock()

    def work(name: str) -> None:
        with asking(people) as client:
            entered(client, name)
            for _ in range(8):
                card = client.get("/review.json").json()["card"]["subject"]
                with lock:
                    taken.append(card)
                assert client.post(f"/review/{card}", json={"kind": "accept"}).status_code in (200, 303)

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 24 == len(set(taken))


def test_a_card_in_another_hand_is_shown_and_not_decided(people: pathlib.Path) -> None:
    with asking(people) as one, asking(people) as two:
        entered(one, "سلمى")
        entered(two, "يوسف")
        card = one.get("/review.json").json()["card"]["subject"]
        seen = two.get(f"/review?subject={card}").text
        assert "سلمى" in seen and 'value="accept"' not in seen
        assert two.post(f"/review/{card}/hold").status_code == 409
        assert one.post(f"/review/{card}/hold").status_code == 204


# ---------------------------------------------------------------- by keys alone


def test_accept_edit_undo_and_merge_by_keys_of_an_arabic_layout(
    ledger: pathlib.Path, open_page: Any, shot: Callable[[Any, str], None]
) -> None:
    with Ledger.open(ledger) as opened:  # a card beside whose incident stand others
        beside = next(i.mentions[0] for i in opened.incidents() if likely(opened, i))
    with Served(ledger) as served:
        page = open_page(f"{served.address}/review")
        first = subject(page)
        pressed(page, "KeyA")
        second = subject(page)
        assert second != first
        pressed(page, "Digit1")  # another reading
        assert subject(page) != second
        pressed(page, "Backspace")
        assert subject(page) == second
        press(page, "KeyE")
        assert page.evaluate("document.activeElement.name") == "type"
        for _ in range(2):
            press(page, "Tab")
        page.keyboard.press("ArrowDown")
        shot(page, "review-edit")
        pressed(page, "Enter", control=True)
        assert subject(page) not in (first, second)
        page.goto(f"{served.address}/review?subject={beside}")
        press(page, "KeyM")
        press(page, "Space")
        merged = page.locator("#merge input:checked").get_attribute("value")
        pressed(page, "Enter", control=True)
        assert page.complaints == []
    with Ledger.open(ledger) as opened:
        log = [(j.kind, j.subject) for j in Review(opened).history()]
        assert ("accept", first) in log and ("edit", second) in log and ("undo", second) in log
        assert log[0][0] == "merge"
        assert opened.incident(merged).id


def test_two_coders_differ_and_a_third_adjudicates_by_keys(
    people: pathlib.Path, open_page: Any, shot: Callable[[Any, str], None]
) -> None:
    with Ledger.open(people, write=True) as opened:
        Review(opened).configure(coders=2)
    with Served(people) as served:
        one, two, third = (open_page(f"{served.address}/login") for _ in range(3))
        log_in(one, served.address, "سلمى")
        card = subject(one)
        log_in(two, served.address, "يوسف")
        assert subject(two) != card  # never the same at once
        pressed(one, "KeyA")
        two.goto(f"{served.address}/review?subject={card}")
        assert two.locator(".dispute").count() == 0
        pressed(two, "KeyX")
        log_in(third, served.address, "ليلى")
        third.goto(f"{served.address}/review?state=disputed")
        assert subject(third) == card and third.locator(".dispute").count() == 1
        shot(third, "review-dispute")
        assert violations(third) == []
        pressed(third, "Digit2")
        third.goto(f"{served.address}/review/queue")
        shot(third, "review-queue")
        for page in (one, two, third):
            assert page.complaints == []
    with Ledger.open(people) as opened:
        found = Review(opened).card(card).reviewed
        assert found.state == "settled" and found.verdict == "reject"
        agreed = {a.field: a for a in Review(opened).agreement()}
        assert agreed["verdict"].n == 1 and agreed["verdict"].observed == 0


def test_two_browsers_on_one_queue_never_hold_the_same_card(people: pathlib.Path, open_page: Any) -> None:
    with Served(people) as served:
        pages = [open_page(f"{served.address}/login") for _ in range(2)]
        for page, name in zip(pages, ("سلمى", "يوسف"), strict=True):
            log_in(page, served.address, name)
        seen = [{subject(page)} for page in pages]
        for n in range(8):
            pressed(pages[n % 2], ("KeyA", "KeyX", "Space", "KeyD")[n // 2])
            seen[n % 2].add(subject(pages[n % 2]))
            assert subject(pages[0]) != subject(pages[1])
        assert [len(one) for one in seen] == [5, 5]
        held = pages[1].context.new_page()
        held.goto(f"{served.address}/review?subject={subject(pages[0])}")
        assert "سلمى" in held.inner_text(".claim .warn") and held.locator(".verdicts").count() == 0


def test_who_reads_is_never_kept_waiting_by_who_writes(people: pathlib.Path) -> None:
    """A writer in the midst of a long change, a slow reader of a long answer: every screen is answered as before."""
    with Served(people) as served, asking(people) as client, sqlite3.connect(people) as db:
        entered(client, "ليلى")
        with People.beside(people) as desk:
            token = desk.issue("سلمى", program=True)
        slow = urllib.request.Request(f"{served.address}/incidents.csv", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(slow, timeout=20) as lines:
            assert lines.readline().startswith(b"id,")
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE incidents SET sources = 99")
            for path in ("/today", "/incidents", "/said", "/diplomacy", "/map", "/review/queue", "/sources"):
                began = time.monotonic()
                answer = client.get(f"{path}.json")
                assert answer.status_code == 200 and time.monotonic() - began < 5, path
                assert '"sources":99' not in answer.text
            db.rollback()
            assert len(lines.read().splitlines()) > 50


def told_to_the_blind(page: Any) -> tuple[str, str]:
    """Role and name of what holds the focus, from the tree that Chromium gives to screen readers."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    focused = [n for n in tree if any(p["name"] == "focused" and p["value"]["value"] for p in n.get("properties", ()))]
    return focused[-1]["role"]["value"], focused[-1]["name"]["value"]


def test_a_screen_reader_is_told_the_claim_and_what_a_key_has_done(ledger: pathlib.Path, open_page: Any) -> None:
    with Served(ledger) as served:
        page = open_page(f"{served.address}/review")
        role, name = told_to_the_blind(page)
        assert role == "article" and name == " ".join(page.inner_text("#claim-words").split())
        pressed(page, "KeyX")
        role, name = told_to_the_blind(page)
        assert role == "article" and name.startswith(word("review.done.reject", "ar"))
        press(page, "KeyE")
        assert told_to_the_blind(page) == ("combobox", word("review.field.type", "ar"))
        names = page.locator(".review button").evaluate_all("all => all.map(b => b.textContent.trim() || b.ariaLabel)")
        assert all(names)


def test_keys_are_shown_and_can_be_changed(ledger: pathlib.Path, open_page: Any) -> None:
    with Served(ledger) as served:
        page = open_page(f"{served.address}/review")
        press(page, "Slash", shift=True)
        assert page.locator("dialog#keys").is_visible()
        assert violations(page) == []
        page.click("[data-remap=accept]")
        press(page, "KeyQ")
        page.click("[data-close]")
        first = subject(page)
        press(page, "KeyA")
        pressed(page, "KeyQ")
        assert subject(page) != first


def test_keys_do_nothing_while_one_writes(ledger: pathlib.Path, open_page: Any) -> None:
    with Served(ledger) as served:
        page = open_page(f"{served.address}/review")
        first = subject(page)
        press(page, "KeyN")
        page.keyboard.type("axd")
        assert page.locator("#note textarea").input_value() == "axd" and subject(page) == first
        pressed(page, "Enter", control=True)
        assert subject(page) == first and "axd" in page.inner_text("main")


@pytest.mark.parametrize("path", ["/review", "/review/queue", "/review/log"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_review_bars_nobody(ledger: pathlib.Path, open_page: Any, path: str, language: str) -> None:
    with Served(ledger) as served:
        page = open_page(served.address + path, language=language)
        assert violations(page) == []
        assert page.complaints == []
