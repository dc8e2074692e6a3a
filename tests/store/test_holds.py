"""A card is in one hand at a time: claims are atomic between processes, run out, and nobody waits for a writer."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import shelf

from marsad.store.holds import MINUTES, Hold, Holds
from marsad.store.ledger import Ledger
from marsad.store.people import People
from marsad.store.review import Review

NOW = datetime(2022, 4, 1, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=MINUTES, seconds=1)
CODER = """
import sys, pathlib, time
from marsad.store.ledger import Ledger
from marsad.store.review import Review
from marsad.store.holds import Holds
from marsad.store.people import People
path, user = pathlib.Path(sys.argv[1]), sys.argv[2]
with Ledger.open(path, write=True) as ledger, People.beside(path) as people:
    review, holds = Review(ledger), Holds(people)
    print("ready", flush=True); sys.stdin.readline()
    while review.candidates(user, limit=1):
        card = review.next_card(user, holds=holds)
        if card is None:  # the last ones are in the other's hand, and come back under double coding
            time.sleep(0.01)
            continue
        print(time.monotonic_ns(), "takes", card.subject, len(card.reviewed.decided), flush=True)
        review.judge(card.subject, "accept", by=user, at="2022-04-01T10:00:00+00:00")
        print(time.monotonic_ns(), "done", card.subject, flush=True)
        holds.release(user)
"""


@pytest.fixture
def holds(tmp_path: pathlib.Path) -> Iterator[Holds]:
    with People.beside(tmp_path / "l.marsad") as people:
        yield Holds(people)


def deck(n: int) -> Sequence[str]:
    return ["a", "b", "c"][:n]


def test_two_never_hold_the_same_card(holds: Holds) -> None:
    assert [holds.take(user, deck, NOW) for user in ("سلمى", "عمر", "ليلى", "نور")] == ["a", "b", "c", None]


def test_everybody_holds_one_card(holds: Holds) -> None:
    holds.take("سلمى", deck, NOW)
    holds.take("سلمى", lambda n: ["b"], NOW)
    assert [(h.subject, h.user) for h in holds.all(NOW)] == [("b", "سلمى")]


def test_a_hold_runs_out_and_is_renewed_while_the_card_is_open(holds: Holds) -> None:
    holds.take("سلمى", deck, NOW)
    assert holds.holder("a", NOW) == "سلمى" and holds.holder("a", LATER) is None
    assert holds.renew("سلمى", "a", NOW + timedelta(minutes=5))
    assert holds.holder("a", LATER) == "سلمى" and holds.take("عمر", deck, LATER) == "b"
    assert holds.take("ليلى", deck, NOW + timedelta(minutes=MINUTES + 6)) == "a"
    assert not holds.renew("سلمى", "a", NOW + timedelta(minutes=MINUTES + 6))


def test_a_card_that_is_let_go_is_free(holds: Holds) -> None:
    holds.take("سلمى", deck, NOW)
    holds.release("سلمى")
    assert holds.all(NOW) == [] and holds.take("عمر", deck, NOW) == "a"


def test_one_card_can_be_claimed_by_its_id(holds: Holds) -> None:
    assert holds.claim("سلمى", "a", NOW) and holds.claim("سلمى", "a", NOW)
    assert not holds.claim("عمر", "a", NOW) and holds.claim("عمر", "a", LATER)
    assert holds.all(LATER) == [Hold("a", "عمر", (LATER + timedelta(minutes=MINUTES)).isoformat(timespec="seconds"))]


def test_a_claim_that_fails_leaves_the_card_in_hand(holds: Holds) -> None:
    holds.claim("سلمى", "a", NOW)
    holds.claim("عمر", "b", NOW)
    assert not holds.claim("عمر", "a", NOW)
    assert holds.holder("b", NOW) == "عمر"


# ---- processes
@pytest.mark.parametrize("coders", [1, 2])
def test_two_processes_share_one_queue(tmp_path: pathlib.Path, coders: int) -> None:
    path = tmp_path / "l.marsad"
    pages = [shelf.news(shelf.TOWNS[n % 3], n + 2, f"m-{n}", day=1 + n % 6) for n in range(40)]
    with shelf.filled(path, pages) as ledger:
        Review(ledger).configure(coders=coders)
        expected = ledger.stats()["mentions"]
    lines = worked(path, ("salma", "omar"))
    taken = Counter(card for _, what, card, *_ in lines if what == "takes")
    assert len(taken) == expected and set(taken.values()) == {coders}
    held: dict[str, str] = {}
    for user, what, card, *rest in lines:
        if what == "takes":
            assert card not in held, "two hold one card"
            assert rest == ["0"]  # nothing of the other's verdict
            held[card] = user
        else:
            del held[card]
    with Ledger.open(path) as ledger:
        assert Review(ledger).queue().settled == expected and ledger.check() == []


def worked(path: pathlib.Path, users: Sequence[str]) -> list[tuple[str, ...]]:
    """What processes tell that take cards at the same time, by the machine's clock: user, what, card and more."""
    told: list[tuple[int, str, tuple[str, ...]]] = []
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CODER, str(path), user], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for user in users
    ]
    assert all(p.stdout is not None and p.stdout.readline() == "ready\n" for p in processes)

    def listen(user: str, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            moment, *rest = line.split()
            told.append((int(moment), user, tuple(rest)))

    threads = [threading.Thread(target=listen, args=pair) for pair in zip(users, processes, strict=True)]
    for thread, process in zip(threads, processes, strict=True):
        thread.start()
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for thread, process in zip(threads, processes, strict=True):
        thread.join(60)
        assert process.wait(60) == 0
    return [(user, *rest) for _, user, rest in sorted(told)]


def test_a_slow_reader_is_never_blocked_by_a_writer_nor_blocks_one(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "l.marsad"
    shelf.filled(path, [shelf.news("حلب", n, f"m-{n}") for n in range(2, 8)]).close()
    with Ledger.open(path) as reader, Ledger.open(path, write=True) as writer:
        slow = reader.incidents(shelf.ALL)
        first = next(slow)  # its query stays open
        review = Review(writer)
        writer.db.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert Review(reader).candidates("عمر") and reader.count(shelf.ALL)
        writer.db.execute("COMMIT")
        for card in review.candidates("سلمى"):
            review.judge(card, "reject", by="سلمى", at="2022-04-01T10:00:00+00:00")
        assert time.monotonic() - began < 5
        rest = list(slow)
        assert first.mentions and all(not i.rejected for i in rest)  # as it was when it began
    with Ledger.open(path) as reader:
        assert reader.count(shelf.ALL) == 0
