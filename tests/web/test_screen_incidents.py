"""The list of incidents and one incident's screen: what they say, where they lead, what a reviewer can do there."""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live

from marsad.cli.ask import incidents as command
from marsad.ledger.model import Incident, Reason
from marsad.store.filters import Filter
from marsad.store.ledger import Ledger
from marsad.store.people import People
from marsad.store.review import Review
from marsad.web.screens.incident_history import ground

NOW = "2026-01-01T10:00:00+00:00"
ATTACKS = [
    "<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "' onmouseover='alert(1)", "{{ 7*7 }}",
    "\u202e12-34",
]  # fmt: skip


@pytest.fixture(scope="module")
def told(examples_ledger: pathlib.Path) -> list[Incident]:
    with Ledger.open(examples_ledger) as ledger:
        return list(ledger.incidents(Filter(background=True)))


@pytest.fixture(scope="module")
def disputed(told: list[Incident]) -> Incident:
    """The incident on which claimants differ most."""
    return max(told, key=lambda i: (len(i.contested) + 2 * bool(i.ranges), len(i.versions), i.id))


def shown(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


# ---------------------------------------------------------------- the list


def test_the_newest_come_first_and_every_page_holds_other_incidents(client: TestClient) -> None:
    first, second = shown(client, "/incidents.json"), shown(client, "/incidents.json?page=2")
    days = [i["from"] for i in (*first["incidents"], *second["incidents"]) if i["from"]]
    assert days == sorted(days, reverse=True)
    assert first["more"] and len(first["incidents"]) == 50
    assert not {i["id"] for i in first["incidents"]} & {i["id"] for i in second["incidents"]}


def test_what_is_dated_after_the_last_publication_comes_last(ledger: pathlib.Path, told: list[Incident]) -> None:
    late = next(i for i in told if i.foreground and i.first)
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE incidents SET first = '2108-08-10', last = '2108-08-10' WHERE id = ?", (late.id,))
    db.close()
    with asking(ledger) as client:
        pages = [shown(client, f"/incidents.json?page={n}")["incidents"] for n in (1, 2, 3, 4)]
    ids = [i["id"] for page in pages for i in page]
    assert len(ids) == len(set(ids)) == sum(i.foreground for i in told)
    undated = sum(i.foreground and i.first is None for i in told)
    assert ids.index(late.id) == len(ids) - undated - 1


def test_all_pages_together_hold_all_incidents(client: TestClient, told: list[Incident]) -> None:
    ids: list[str] = []
    page = 1
    while True:
        answer = shown(client, f"/incidents.json?background=true&page={page}")
        ids += [i["id"] for i in answer["incidents"]]
        if not answer["more"]:
            break
        page += 1
    assert sorted(ids) == sorted(i.id for i in told) and answer["total"] == len(told)


def test_most_sources_come_first(client: TestClient) -> None:
    numbers = [i["sources"] for i in shown(client, "/incidents.json?order=sources")["incidents"]]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 1 and len(numbers) == 50


def test_most_killed_come_first_and_only_where_somebody_counts(client: TestClient) -> None:
    answer = shown(client, "/incidents.json?order=killed")
    highs = [max(r["high"] for r in i["harm"] if r["kind"] == "killed") for i in answer["incidents"]]
    assert highs == sorted(highs, reverse=True) and highs
    assert answer["order"] == "killed" and not answer["counting"]


def test_the_filter_holds(client: TestClient) -> None:
    answer = shown(client, "/incidents.json?type=ASSAULT&actor=ARM&since=2020-10-04")
    assert answer["incidents"]
    for i in answer["incidents"]:
        assert i["type"] == "ASSAULT" and i["to"] >= "2020-10-04"
        assert "ARM" in {p["code"] for p in (*i["actors"], *i["recipients"])}


def test_a_filter_stays_when_one_turns_the_page_or_sorts(client: TestClient) -> None:
    html = client.get("/incidents?since=2020-09-01&order=oldest").text
    assert "/incidents?since=2020-09-01&amp;order=oldest&amp;page=2" in html
    assert "/incidents.csv?since=2020-09-01" in html and "/incidents?since=2020-09-01&amp;order=killed" in html


def test_a_filter_that_lets_nothing_through_says_so(client: TestClient) -> None:
    assert 'class="empty"' in client.get("/incidents?since=2031-01-01").text
    assert shown(client, "/incidents.json?since=2031-01-01")["total"] == 0


def test_an_unknown_order_is_refused(client: TestClient) -> None:
    assert client.get("/incidents.json?order=best").status_code == 400


def test_csv_is_what_the_command_writes(
    client: TestClient, examples_ledger: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command(examples_ledger, Filter(types=("ASSAULT",)), limit=None, as_json=False, as_csv=True)
    answer = client.get("/incidents.csv?type=ASSAULT")
    assert answer.text == capsys.readouterr().out
    assert answer.headers["content-disposition"].startswith("attachment") and "csv" in answer.headers["content-type"]


def test_a_row_says_day_type_sides_place_toll_and_sources(client: TestClient, disputed: Incident) -> None:
    row = next(
        i for i in shown(client, "/incidents.json?background=true&order=sources")["incidents"] if i["id"] == disputed.id
    )
    assert row["sources"] == disputed.sources and row["contested"] == list(disputed.contested)
    html = client.get("/incidents?background=true&order=sources&lang=en").text
    assert f'href="/incidents/{disputed.id}"' in html and "ASSAULT" in html and "whether it happened" in html
    assert "مصدران" in client.get("/incidents?order=sources&lang=ar").text


# ---------------------------------------------------------------- one incident


def test_each_claimant_has_a_column_and_every_value_its_sentences(client: TestClient, disputed: Incident) -> None:
    answer = shown(client, f"/incidents/{disputed.id}.json")
    assert [s["claimant"] and s["claimant"]["name"] for s in answer["sides"]] == [
        v.claimant.name if v.claimant else None for v in disputed.versions
    ]
    numbers = {t["n"] for t in answer["told"]}
    assert numbers == set(range(1, len(disputed.mentions) + 1))
    for side in answer["sides"]:
        for value in (
            *side["actors"],
            *side["recipients"],
            *side["days"],
            *side["places"],
            *side["counts"],
            *side["quotes"],
        ):
            assert value["told"] and set(value["told"]) <= numbers


def test_a_sentence_is_one_step_from_its_page(client: TestClient, disputed: Incident) -> None:
    html = client.get(f"/incidents/{disputed.id}").text
    for told in shown(client, f"/incidents/{disputed.id}.json")["told"]:
        assert f'href="/page?id={told["page"]}#{told["event"]}"' in html
        assert client.get(f"/page?id={told['page']}").status_code == 200


def test_what_is_disputed_is_not_among_the_undisputed(client: TestClient, disputed: Incident) -> None:
    answer = shown(client, f"/incidents/{disputed.id}.json")
    assert set(disputed.contested) <= set(answer["contested"])
    assert not set(answer["contested"]) & {a["field"] for a in answer["agreed"]}
    assert "مختلف فيه" in client.get(f"/incidents/{disputed.id}?lang=ar").text
    assert "denies" in client.get(f"/incidents/{disputed.id}?lang=en").text


def test_figures_stand_under_every_rule_and_the_chosen_one_comes_first(client: TestClient, disputed: Incident) -> None:
    answer = shown(client, f"/incidents/{disputed.id}.json?rule=conservative")
    assert answer["rule"] == "conservative"
    for harm in answer["harm"]:
        assert [b["rule"] for b in harm["rules"]] == ["conservative", "low-best-high", "by-claimant"]
        assert harm["claimants"] and all(b["told"] for b in (*harm["rules"], *harm["claimants"]))
        assert all(0 <= b["start"] <= b["end"] <= 100 for b in (*harm["rules"], *harm["claimants"]))
    assert '<option value="conservative" selected>' in client.get(f"/incidents/{disputed.id}?rule=conservative").text
    assert client.get(f"/incidents/{disputed.id}.json?rule=mine").status_code == 400


def test_a_copy_stands_below_its_original(client: TestClient, told: list[Incident]) -> None:
    one = next(i for i in told if i.copies)
    answer = shown(client, f"/incidents/{one.id}.json")
    counted = [s for s in answer["sources"] if s["standing"] != "refers"]
    assert len(counted) == one.sources and sum(len(s["copies"]) for s in counted) == one.copies
    assert answer["sources"][0]["copies"][0]["id"] in one.pages + one.also
    assert "نسخة" in client.get(f"/incidents/{one.id}?lang=ar").text


def test_the_history_says_why_each_sentence_was_joined(client: TestClient, disputed: Incident) -> None:
    steps = shown(client, f"/incidents/{disputed.id}.json")["steps"]
    assert len(steps) == len(disputed.mentions)
    joined = [j for s in steps for j in s["joined"]]
    assert len(joined) == len(disputed.links)
    for j in joined:
        assert sum(g["weight"] for g in j["grounds"]) == pytest.approx(j["score"], abs=0.02)


def test_a_sentence_is_one_step_from_its_review_card(client: TestClient, disputed: Incident) -> None:
    told = client.get(f"/incidents/{disputed.id}").text
    assert all(f'href="/review?subject={one}"' in told for one in disputed.mentions[:3])
    assert shown(client, f"/review.json?subject={disputed.mentions[0]}")["card"]["subject"] == disputed.mentions[0]


@pytest.mark.parametrize(
    ("name", "value", "weight", "key", "values", "strength"),
    [
        ("place", "غنجة", 1.5, "place.same", ["غنجة"], "fair"),
        ("place", "12 km", 0.8, "place.far", ["12"], "fair"),
        ("place", "غنجة/باكو", -1.5, "place.other", ["غنجة", "باكو"], "against"),
        ("harm", "13 killed", 2.0, "harm.same", ["13"], "strong"),
        ("harm", "3/5 killed", -0.2, "harm.other", ["3", "5"], "against"),
        ("published", "2 days apart", -3.2, "published", ["2"], "against"),
        ("type", "ASSAULT/COERCE", -1.5, "type.other", ["ASSAULT", "COERCE"], "against"),
        ("type", "same mode", 0.6, "type.mode", [], "slight"),
        ("actors", "ARM+AZE", 0.8, "actors.same", ["ARM", "AZE"], "fair"),
        ("recipients", "other", -0.8, "recipients.other", [], "against"),
        ("words", "0.62", 3.1, "words", ["0.62"], "strong"),
        ("base", "", -2.1, "base", [], "against"),
    ],
)
def test_a_reason_is_said_in_plain_words(
    name: str, value: str, weight: float, key: str, values: list[str], strength: str
) -> None:
    from marsad.web.words import words

    found = ground(Reason(name=name, value=value, weight=weight))
    assert (found.key, found.values, found.strength) == (key, values, strength)
    assert f"why.{key}" in words()


def test_an_older_id_leads_to_where_the_incident_stands_now(client: TestClient, disputed: Incident) -> None:
    old = disputed.mentions[-1]
    for tail in ("", ".json", "/dossier", "/dossier.json"):
        away = client.get(f"/incidents/{old}{tail}?lang=en", follow_redirects=False)
        assert away.status_code == 303 and away.headers["location"] == f"/incidents/{disputed.id}{tail}?lang=en"
    assert client.get(f"/incidents/{disputed.id[:12]}", follow_redirects=False).status_code == 303


def test_an_unknown_id_is_not_found(client: TestClient) -> None:
    answer = client.get("/incidents/ffffffffffffffff.json")
    assert answer.status_code == 404 and answer.json()["code"] == "M507"


# ---------------------------------------------------------------- a reviewer


def test_a_reviewer_splits_and_merges_and_is_led_there(writer: TestClient, disputed: Incident) -> None:
    out = disputed.mentions[-1]
    split = writer.post(f"/incidents/{disputed.id}/split", data={"mention": [out]}, follow_redirects=False)
    assert split.status_code == 303
    made = split.headers["location"].rpartition("/")[2]
    assert made != disputed.id
    assert [t["id"] for t in shown(writer, f"/incidents/{made}.json")["told"]] == [out]
    left = shown(writer, f"/incidents/{disputed.id}.json")
    assert out not in [t["id"] for t in left["told"]] and [m["kind"] for m in left["moves"]] == ["split"]
    back = writer.post(
        f"/incidents/{disputed.id}/merge",
        data={"typed": f"http://127.0.0.1/incidents/{made}?lang=en"},
        follow_redirects=False,
    )
    assert back.status_code == 303 and back.headers["location"] == f"/incidents/{disputed.id}"
    whole = shown(writer, f"/incidents/{disputed.id}.json")
    assert {t["id"] for t in whole["told"]} == set(disputed.mentions)
    assert [m["kind"] for m in whole["moves"]] == ["split", "merge"]
    assert any(j["by"] for s in whole["steps"] for j in s["joined"])
    assert "ضمّ واقعتين" in writer.get(f"/incidents/{disputed.id}?lang=ar").text


def test_what_cannot_be_split_or_merged_is_refused_and_changes_nothing(writer: TestClient, disputed: Incident) -> None:
    for path, data in (
        ("split", {}),
        ("split", {"mention": list(disputed.mentions)}),
        ("merge", {"other": disputed.id}),
        ("merge", {"typed": "no such thing"}),
        ("merge", {}),
    ):
        answer = writer.post(f"/incidents/{disputed.id}/{path}", data=data, headers={"accept": "application/json"})
        assert answer.status_code in (400, 404), (path, data)
    assert shown(writer, f"/incidents/{disputed.id}.json")["moves"] == []


def test_a_reader_sees_no_forms_and_may_not_decide(ledger: pathlib.Path, disputed: Incident) -> None:
    with People.beside(ledger) as people:
        people.put("قارئة", "reader", "a long password")
        token = people.issue("قارئة", program=True)
    with asking(ledger) as client:
        client.headers["authorization"] = f"Bearer {token}"
        html = client.get(f"/incidents/{disputed.id}").text
        assert "/split" not in html and "/merge" not in html
        data = {"mention": [disputed.mentions[-1]]}
        assert client.post(f"/incidents/{disputed.id}/split", data=data).status_code == 403
        assert client.post(f"/incidents/{disputed.id}/merge", data={"typed": disputed.id}).status_code == 403


def test_another_coders_verdict_is_kept_from_who_has_not_decided(ledger: pathlib.Path, disputed: Incident) -> None:
    subject = disputed.mentions[0]
    with Ledger.open(ledger, write=True) as opened:
        review = Review(opened)
        review.configure(coders=2, share=1.0)
        review.judge(subject, "unverifiable", by="سلمى", at=NOW)
    with asking(ledger) as client:
        card = shown(client, f"/incidents/{disputed.id}.json")["cards"][0]["review"]
        assert card["hidden"] and not card["decided"]
        assert "سلمى" not in client.get(f"/incidents/{disputed.id}").text


def test_a_settled_verdict_is_shown_with_who_and_when(ledger: pathlib.Path, disputed: Incident) -> None:
    with Ledger.open(ledger, write=True) as opened:
        Review(opened).judge(disputed.mentions[0], "unverifiable", by="سلمى", at=NOW)
    with asking(ledger) as client:
        html = client.get(f"/incidents/{disputed.id}?lang=ar").text
        assert "سلمى" in html and "لا سبيل إلى التحقق" in html and "2026-01-01" in html


# ---------------------------------------------------------------- whatever pages hold, and in a browser


def test_nothing_that_a_page_holds_is_live_or_turns_a_figure(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "hostile.marsad"
    attacked(path, ATTACKS)
    with asking(path) as client:
        rows = shown(client, "/incidents.json?background=true")["incidents"]
        assert rows
        for address in ("/incidents?background=true", *(f"/incidents/{i['id']}?all=true" for i in rows)):
            answer = client.get(address)
            assert answer.status_code == 200 and list(live(answer.text)) == [] and "\u202e" not in answer.text
        assert "U+202E" in "".join(client.get(f"/incidents/{i['id']}").text for i in rows)


def test_in_a_browser_hostile_incidents_run_nothing(tmp_path: pathlib.Path, open_page: Any) -> None:
    path = tmp_path / "hostile.marsad"
    attacked(path, ATTACKS)
    with Served(path) as served:
        page = open_page(f"{served.address}/incidents?background=true")
        for address in page.eval_on_selector_all("a.go", "links => links.slice(0, 8).map(a => a.href)"):
            page.goto(address)
        assert page.complaints == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_screens_are_whole_in_a_browser(
    served: Served, open_page: Any, shot: Callable[[Any, str], None], disputed: Incident, language: str
) -> None:
    page = open_page(f"{served.address}/incidents", language=language)
    shot(page, f"incidents-{language}")
    assert violations(page) == [] and page.complaints == []
    page.goto(f"{served.address}/incidents/{disputed.id}")
    shot(page, f"incident-{language}")
    assert violations(page) == [] and page.complaints == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_screens_fit_a_telephone(
    served: Served, open_page: Any, shot: Callable[[Any, str], None], disputed: Incident, language: str
) -> None:
    for name, path in (("incidents", "/incidents"), ("incident", f"/incidents/{disputed.id}")):
        page = open_page(served.address + path, language=language, viewport={"width": 360, "height": 740})
        shot(page, f"{name}-360-{language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_rule_is_chosen_and_a_sentence_followed_with_the_mouse(
    served: Served, open_page: Any, disputed: Incident
) -> None:
    page = open_page(f"{served.address}/incidents/{disputed.id}", language="en")
    page.select_option("select[name=rule]", "by-claimant")
    page.click(".rules button")
    assert "rule=by-claimant" in page.url and "By claimant" in page.inner_text(".ranges .chosen >> nth=0")
    page.click(".side .note >> nth=0")
    assert "/page?id=" in page.url and page.complaints == []


def test_a_reviewer_splits_in_the_browser(ledger: pathlib.Path, open_page: Any, disputed: Incident) -> None:
    with Served(ledger) as served:
        page = open_page(f"{served.address}/incidents/{disputed.id}", language="ar")
        page.check(".steps input >> nth=-1")
        page.click(".decide button")
        assert disputed.id not in page.url and page.locator(".steps > li").count() == 1
        assert page.complaints == []
