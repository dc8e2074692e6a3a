"""Login, roles, preferences, tokens; what the guard refuses."""

from __future__ import annotations

import pathlib

import pytest
from desks import asking
from fastapi.testclient import TestClient

from marsad.store.people import People


def test_a_desk_of_this_machine_without_users_is_its_users_own(client: TestClient) -> None:
    assert client.get("/users.json").json()["me"]["role"] == "admin"


def test_with_users_a_stranger_is_led_to_the_login(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as people:
        people.put("سلمى", "reviewer", "a long password")
    with asking(ledger, follow_redirects=False) as client:
        away = client.get("/today?since=2020-10-01")
        assert away.status_code == 303
        assert away.headers["location"] == "/login?next=/today%3Fsince%3D2020-10-01"
        assert client.get("/users.json").status_code == 401


def test_a_user_logs_in_and_out(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as people:
        people.put("سلمى", "reader", "a long password")
    with asking(ledger) as client:
        assert client.post("/login", data={"name": "سلمى", "password": "another"}).status_code == 401
        inside = client.post("/login", data={"name": "سلمى", "password": "a long password", "next": "/settings"})
        assert inside.status_code == 200 and inside.url.path == "/settings" and "سلمى" in inside.text
        assert client.get("/users").status_code == 403
        client.post("/logout")
        assert client.get("/settings", follow_redirects=False).status_code == 303


def test_login_leads_to_no_other_site(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as people:
        people.put("x", "reader", "a long password")
    with asking(ledger, follow_redirects=False) as client:
        for away in ("//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"):
            sent = client.post("/login", data={"name": "x", "password": "a long password", "next": away})
            assert sent.headers["location"] == "/today"


def test_a_program_asks_with_a_token(ledger: pathlib.Path) -> None:
    with People.beside(ledger) as people:
        people.put("bot", "admin", "a long password")
        token = people.issue("bot", program=True)
    with asking(ledger) as client:
        assert client.get("/users.json", headers={"authorization": f"Bearer {token}"}).status_code == 200
        assert client.get("/users.json", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_an_unknown_host_and_another_origin_are_refused(client: TestClient) -> None:
    assert client.get("/today", headers={"host": "evil.example"}).status_code == 403
    for foreign in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/language", data={"language": "en"}, headers=foreign).status_code == 403
    own = client.post("/language", data={"language": "ar"}, headers={"origin": "http://127.0.0.1:8765"})
    assert own.status_code == 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_switch_keeps_the_screen(ledger: pathlib.Path, language: str) -> None:
    with asking(ledger) as client:
        shown = client.post("/language", data={"language": language, "back": "/settings"})
        assert shown.url.path == "/settings" and f'<html lang="{language}"' in shown.text


def test_digits_and_hijri_days_are_the_readers_choice(client: TestClient) -> None:
    from marsad.web.draw import Ui
    from marsad.web.preferences import Preferences

    plain, arabic = Ui(Preferences()), Ui(Preferences(digits="arabic", hijri=True))
    assert "2020-10-15" in plain.day("2020-10-15") and "hijri" not in plain.day("2020-10-15")
    assert "٢٠٢٠-١٠-١٥" in arabic.day("2020-10-15") and "٢٨ صفر ١٤٤٢" in arabic.day("2020-10-15")


def test_a_bad_filter_is_told_with_its_code(client: TestClient) -> None:
    for path in ("/incidents", "/said"):
        answer = client.get(f"{path}.json?since=yesterday")
        assert answer.status_code == 400 and answer.json()["code"] == "M108"


def test_every_answer_carries_the_strict_policy(client: TestClient) -> None:
    for path in ("/today", "/login", "/nothing-here", "/static/desk.css"):
        policy = client.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';") and "unsafe" not in policy


def test_the_last_admin_stays(ledger: pathlib.Path) -> None:
    """Without any the desk would stand open to whoever sits at the machine, in the middle of somebody's session."""
    with People.beside(ledger) as people:
        people.put("ليلى", "admin", "a long password")
    with asking(ledger) as client:
        client.post("/login", data={"name": "ليلى", "password": "a long password"})
        assert client.post("/users/remove", data={"name": "ليلى"}).status_code == 403
        client.post("/users", data={"name": "سلمى", "role": "admin", "password": "a long password"})
        assert client.post("/users/remove", data={"name": "سلمى"}).status_code == 200


def test_a_programs_token_is_listed_and_taken_back(ledger: pathlib.Path) -> None:
    with asking(ledger) as client:
        with People.beside(ledger) as people:
            people.put("ليلى", "admin", "a long password")
            token = people.issue("ليلى", label="تقرير الأسبوع", program=True)
            (issued,) = people.tokens("ليلى")
        client.post("/login", data={"name": "ليلى", "password": "a long password"})
        assert "تقرير الأسبوع" in client.get("/settings").text
        bearer = {"authorization": f"Bearer {token}", "accept": "application/json"}
        assert client.get("/users.json", headers=bearer).status_code == 200
        client.post("/tokens/revoke", data={"made": issued.made})
        client.cookies.clear()
        assert client.get("/users.json", headers=bearer).status_code == 401


def test_the_switch_leads_back_to_where_one_is(ledger: pathlib.Path) -> None:
    with asking(ledger) as client:
        assert 'name="back" value="/incidents?actor=AZE"' in client.get("/incidents?actor=AZE").text
        assert client.post("/tokens", data={"label": "x"}).status_code == 404  # nobody is there whose token it would be
        with People.beside(ledger) as people:
            people.put("ليلى", "admin", "a long password")
        client.post("/login", data={"name": "ليلى", "password": "a long password"})
        assert 'name="back" value="/settings"' in client.post("/tokens", data={"label": "x"}).text
        assert 'name="back" value="/login?next=%2Fsaid"' in client.get("/login?next=%2Fsaid").text
