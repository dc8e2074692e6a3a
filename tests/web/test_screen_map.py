"""Incidents on the map and along their days: what is drawn, what is not, and how one moves about."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from desks import Served, asking, violations
from fastapi.testclient import TestClient
from hostile import attacked, live, vectors
from lxml import html

from marsad.ledger.model import Spot
from marsad.model.errors import BadBorders
from marsad.store.places import Happened
from marsad.web.app import create_app
from marsad.web.borders import borders, countries
from marsad.web.desk import Settings
from marsad.web.map import FAMILIES, points, timeline

Shot = Callable[[Any, str], None]
GANJA = Spot(name="غنجة", name_en="Ganja", country="AZE", lat=40.68, lon=46.36, kind="city", geonames=586523)


def shown(client: TestClient, query: str = "") -> Any:
    return client.get(f"/map.json{query}").json()


def happened(n: int, spot: Spot | None, status: str = "reported", type_: str = "ASSAULT") -> Happened:
    return Happened(f"{n:016x}", type_, status, "2020-10-10", 1, spot)  # type: ignore[arg-type]


# ---------------------------------------------------------------- where


def test_every_incident_is_on_the_map_or_in_a_list(client: TestClient) -> None:
    found = shown(client)
    assert found["on_map"] + found["country_only"] + found["nowhere"] == len(found["points"]) == found["total"] > 100
    assert found["left_out"] == 0
    assert sum(p["place"] is None for p in found["points"]) == found["nowhere"]


def test_what_is_told_of_a_whole_country_is_not_drawn_at_its_centre(client: TestClient) -> None:
    places = shown(client)["places"]
    wide = [p for p in places if p["kind"] == "country"]
    assert wide and not any(p["drawn"] for p in wide)
    assert all(p["drawn"] for p in places if p["kind"] == "city")


def test_one_place_under_several_names_is_one_symbol() -> None:
    other = Spot(name="كنجه", country="AZE", lat=40.68, lon=46.36, kind="city", geonames=586523)
    dots, places = points([happened(1, GANJA), happened(2, GANJA, "claimed"), happened(3, other, "denied")])
    assert len(places) == 1 and {dot.place for dot in dots} == {0}
    assert places[0].names == ("غنجة", "كنجه") and places[0].incidents == 3 and places[0].alleged == 2


def test_a_place_without_coordinates_is_listed_and_not_drawn() -> None:
    _, (place,) = points([happened(1, Spot(name="قرية", kind="site"))])
    assert not place.drawn


def test_a_places_list_holds_its_incidents_under_the_same_filter(client: TestClient) -> None:
    ganja = next(p for p in shown(client)["places"] if "غنجة" in p["names"])
    query = [("name", n) for n in ganja["names"]] + [("country", ganja["country"])]
    found = client.get(f"/map/place.json?{urlencode(query)}").json()
    assert found["total"] == ganja["incidents"] == len(found["acts"])
    few = client.get(f"/map/place.json?{urlencode([*query, ('type', 'ACCUSE')])}").json()
    assert few["total"] == ganja["types"]["ACCUSE"]


def test_what_has_no_place_has_pages_of_its_own(client: TestClient) -> None:
    seen = [a["id"] for n in range(1, 7) for a in client.get(f"/map/place.json?page={n}").json()["acts"]]
    assert len(seen) == len(set(seen)) == shown(client)["nowhere"]


def test_plans_come_behind_what_has_happened(client: TestClient) -> None:
    days = [p["day"] for p in shown(client)["points"] if p["place"] is None and p["day"]]
    assert days == sorted(days, reverse=True)


def test_filters_hold_on_the_map(client: TestClient) -> None:
    found = shown(client, "?since=2020-10-10&until=2020-10-12&type=ASSAULT")
    assert 0 < found["total"] < shown(client)["total"]
    assert {p["type"] for p in found["points"]} == {"ASSAULT"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_without_scripts_the_list_says_what_the_map_says(client: TestClient, language: str) -> None:
    page = html.document_fromstring(client.get(f"/map?lang={language}").text)
    rows = page.xpath("//table[@class='places']/tbody/tr")
    assert len(rows) == sum(p["drawn"] for p in shown(client)["places"])
    link = rows[0].xpath(".//a/@href")[0]
    assert client.get(link).status_code == 200


def test_every_type_has_a_family_and_a_shape_of_its_own(client: TestClient) -> None:
    from marsad.model.plover import TYPES

    page = html.document_fromstring(client.get("/map").text)
    shapes = {s.get("id"): s.xpath("./path/@d")[0] for s in page.xpath("//symbol")}
    assert {t for types in FAMILIES.values() for t in types} == TYPES
    assert {f"y-{t}" for t in TYPES} == set(shapes) and len(set(shapes.values())) == 16


# ---------------------------------------------------------------- when


def days(first: str, many: int, each: int = 1) -> list[tuple[str, str, int]]:
    start = date.fromisoformat(first)
    return [((start + timedelta(days=n)).isoformat(), "ASSAULT", each) for n in range(many)]


@pytest.mark.parametrize(("many", "step"), [(20, "day"), (130, "day"), (300, "week"), (1500, "month"), (9000, "year")])
def test_bars_have_no_gaps_and_grow_with_the_stretch(many: int, step: str) -> None:
    made = timeline(days("2001-03-07", many))
    assert made.step == step and len(made.bins) <= 135
    for bar, following in zip(made.bins, made.bins[1:], strict=False):
        assert date.fromisoformat(following.first) - date.fromisoformat(bar.last) == timedelta(days=1)
    assert sum(bar.total for bar in made.bins) + made.before + made.after == many


def test_one_incident_of_last_century_does_not_stretch_the_line() -> None:
    made = timeline([("1915-04-24", "ASSAULT", 1), *days("2020-09-27", 30, each=5), ("2108-01-01", "AGREE", 1)])
    assert made.bins[0].first >= "2020-09-20" and made.before == 1 and made.after == 1


def test_asked_days_are_always_on_the_line() -> None:
    made = timeline(days("2020-10-01", 10), "2020-09-01", "2020-10-20")
    assert made.bins[0].first == "2020-09-01" and made.bins[-1].last == "2020-10-20"


def test_a_line_of_nothing_is_empty() -> None:
    assert timeline([]).bins == ()
    assert len(timeline([], "2020-10-01", "2020-10-03").bins) == 3


def test_the_line_shows_all_days_whatever_days_are_asked_for(client: TestClient) -> None:
    whole, some = shown(client), shown(client, "?since=2020-10-10&until=2020-10-11")
    assert whole["timeline"] == some["timeline"] and some["total"] < whole["total"]


def test_asked_days_are_kept_by_every_other_filter(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/map?actor=AZE&type=ASSAULT&since=2020-10-01").text)
    kept = {(i.get("name"), i.get("value")) for i in page.xpath("//form[@class='days']//input")}
    assert {("actor", "AZE"), ("type", "ASSAULT"), ("since", "2020-10-01"), ("until", "")} <= kept


# ---------------------------------------------------------------- borders of one's own

SQUARE = [[[44.0, 38.0], [48.0, 38.0], [48.0, 41.0], [44.0, 41.0], [44.0, 38.0]]]


def geojson(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def feature(coordinates: Any = SQUARE, **properties: str) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def desk_with(ledger: pathlib.Path, file: pathlib.Path) -> TestClient:
    return TestClient(create_app(Settings(ledger, borders=file)), base_url="http://127.0.0.1:1")


def test_borders_are_known_by_their_code_or_their_name(tmp_path: pathlib.Path, examples_ledger: pathlib.Path) -> None:
    file = tmp_path / "b.geojson"
    file.write_text(geojson(feature(iso_a3="ARM"), feature(id="8"), feature(name="Kosovo")), encoding="utf-8")
    with desk_with(examples_ledger, file) as desk:
        found = desk.get("/map/borders.json").json()["features"]
        assert [f["id"] for f in found] == ["051", "008", None]
        assert found[2]["properties"] == {"name": "Kosovo"}
        assert desk.get("/map.json").json()["borders"] == "own"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", '{"type": "Feature"}', geojson(), geojson({"type": "Feature", "geometry": None}),
        geojson(feature([])), geojson(feature([[["44", 38]]])), geojson(feature([[[444.0, 38.0]]])),
        geojson({"type": "Feature", "geometry": {"type": "Point", "coordinates": [44, 38]}}),
    ],
)  # fmt: skip
def test_what_is_no_borders_is_refused_with_a_code_and_the_map_stands(
    tmp_path: pathlib.Path, examples_ledger: pathlib.Path, text: str
) -> None:
    file = tmp_path / "b.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadBorders) as refused:
        borders(file)
    assert refused.value.code == "M608"
    with desk_with(examples_ledger, file) as desk:
        found = desk.get("/map.json").json()
        assert found["borders"] == "bad" and "M608" in found["problem"] and found["points"]
        assert "M608" in desk.get("/map", headers={"accept": "text/html"}).text


def test_a_file_that_is_not_there_is_refused_too(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadBorders):
        borders(tmp_path / "none.geojson")


def test_countries_are_named_in_both_languages() -> None:
    assert countries()["051"] == ("ARM", "أرمينيا", "Armenia")


@pytest.mark.parametrize("kind", ["xss", "bidi"])
def test_no_part_of_the_map_holds_anything_live(tmp_path: pathlib.Path, kind: str) -> None:
    attacked(tmp_path / "h.marsad", vectors(kind)[:40])
    with asking(tmp_path / "h.marsad") as desk:
        places = [p["names"] for p in shown(desk)["places"]]
        lists = [f"/map/place?{urlencode({'name': names}, doseq=True)}" for names in places]
        for path in ["/map", "/map/place", *lists]:
            answer = desk.get(path)
            assert answer.status_code == 200 and list(live(answer.text)) == []


# ---------------------------------------------------------------- in a browser


def opened(open_page: Any, address: str, **options: Any) -> Any:
    page = open_page(address, **options)
    page.wait_for_selector("#map[data-ready]")
    return page


def moved(page: Any) -> str:
    page.wait_for_timeout(120)
    return str(page.locator("#map .world").get_attribute("transform"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_symbols_are_drawn_and_east_is_on_the_right_in_both_directions(
    served: Served, open_page: Any, shot: Shot, language: str
) -> None:
    page = opened(open_page, f"{served.address}/map", language=language)
    label = ("موسكو", "بروكسل") if language == "ar" else ("Moscow", "Brussels")
    moscow, brussels = (page.locator(f'.at[aria-label^="{name}"]').bounding_box()["x"] for name in label)
    assert moscow > brussels
    shot(page, f"map-drawn-{language}")
    assert violations(page) == [] and page.complaints == []


def test_nothing_is_fetched_from_elsewhere(served: Served, open_page: Any) -> None:
    asked: list[str] = []
    page = open_page(f"{served.address}/settings")
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{served.address}/map")
    page.wait_for_selector("#map[data-ready]")
    assert asked and all(url.startswith((served.address, "data:")) for url in asked)


def test_the_map_moves_by_keyboard_buttons_and_hand(served: Served, open_page: Any) -> None:
    page = opened(open_page, f"{served.address}/map")
    start = moved(page)
    page.locator("#map .stage").focus()
    seen = {start}
    for key in ("+", "ArrowLeft", "ArrowDown", "-"):
        page.keyboard.press(key)
        seen.add(moved(page))
    assert len(seen) == 5
    page.locator("[data-do=fit]").click()
    assert moved(page) == start
    box = page.locator("#map .stage").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 380, steps=4)
    page.mouse.up()
    assert moved(page) != start
    page.locator("[data-do=in]").click()
    assert "scale(1.6" in moved(page)


def test_a_symbol_opens_its_incidents_and_escape_goes_back(served: Served, open_page: Any, shot: Shot) -> None:
    page = opened(open_page, f"{served.address}/map")
    page.locator('.at[aria-label^="موسكو"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#card .act")
    assert page.locator("#card .act").count() == page.locator(".fan a").count() > 3
    link = page.locator("#card .act a").first.get_attribute("href")
    assert link.startswith("/incidents/")
    shot(page, "map-card-ar")
    assert violations(page) == [] and page.complaints == []
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("موسكو")


def test_only_alleged_is_hollow(served: Served, open_page: Any) -> None:
    page = opened(open_page, f"{served.address}/map?status=claimed")
    assert page.locator(".at .shape:not(.hollow)").count() == 0 < page.locator(".at .shape.hollow").count()
    page = opened(open_page, f"{served.address}/map?status=reported")
    assert page.locator(".at .shape.hollow").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_dragging_over_the_days_filters_the_map_and_the_address(
    served: Served, open_page: Any, shot: Shot, language: str
) -> None:
    page = opened(open_page, f"{served.address}/map", language=language)
    whole = page.locator(".counts .number").first.inner_text()
    page.locator("#bars").scroll_into_view_if_needed()
    bars = page.locator("#bars a")
    first, last = bars.nth(2).bounding_box(), bars.nth(6).bounding_box()
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 20, steps=5)
    page.mouse.up()
    page.wait_for_selector("#map[data-ready=again]")
    page.wait_for_function("n => document.querySelector('.counts .number').innerText !== n", arg=whole)
    assert "since=2020-09-29&until=2020-10-03" in page.url
    assert page.locator("#since").input_value() == "2020-09-29"
    shot(page, f"map-brushed-{language}")
    assert violations(page) == [] and page.complaints == []
    page.reload()
    page.wait_for_selector("#map[data-ready]")
    assert float(page.locator("#brush").get_attribute("width")) > 0


def test_the_handles_move_by_keyboard(served: Served, open_page: Any) -> None:
    page = opened(open_page, f"{served.address}/map")
    page.locator("#from").focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#map[data-ready=again]")
    assert "since=2020-09-28" in page.url
    assert page.locator("#from").get_attribute("aria-valuetext") == "2020-09-28"


def test_borders_of_ones_own_take_the_place_of_the_maps(
    tmp_path: pathlib.Path, examples_ledger: pathlib.Path, open_page: Any, shot: Shot
) -> None:
    file = tmp_path / "b.geojson"
    file.write_text(geojson(feature(iso_a3="ARM", name="Armenia")), encoding="utf-8")
    with Served(examples_ledger) as served:
        app: Any = served._server.config.app
        app.state.settings = Settings(examples_ledger, borders=file)
        page = opened(open_page, f"{served.address}/map")
        assert page.locator(".land.own").count() == 1
        assert page.locator(".land").count() == 241
        box = page.locator(".land.own").bounding_box()
        assert box["width"] < 400, "a ring that runs the other way round is not the rest of the globe"
        shot(page, "map-own-borders-ar")
        assert page.complaints == []


def test_the_map_fits_a_telephone(served: Served, open_page: Any, shot: Shot) -> None:
    page = opened(open_page, f"{served.address}/map", viewport={"width": 360, "height": 740}, has_touch=True)
    page.locator('.at[aria-label^="موسكو"]').tap()
    page.wait_for_selector("#card .act")
    shot(page, "map-card-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
