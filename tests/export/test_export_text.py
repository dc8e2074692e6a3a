"""The formats of lines and cells: columns, what has a row and what has none, hostile texts, the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import (
    ARMY,
    HILLS,
    LAND,
    NOWHERE,
    REBELS,
    START,
    TEXT,
    TOWN,
    VILLAGERS,
    WORDS,
    Book,
    book,
    contested,
    mention,
    page,
    told,
)

from marsad.export import FORMATS, Source, acled, gdelt, gdelt_mentions, ged, write
from marsad.export.cells import flat, json_text, neutral, one_line
from marsad.export.facts import EXTRA, MOST_SOURCES
from marsad.export.ged import priogrid
from marsad.ledger.model import Party, Spot, Toll

LINES = [f for f in FORMATS if f not in ("parquet", "xlsx")]
COUNTED = ("gdelt", "gdelt-mentions", "acled", "ged")
EVERYTHING = ("plover", "geojson", "annotation", "ftm")
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\u200f=1", " =1", "＝1+1", "\ufeff@x")


def exported(form: str, source: Source) -> str:
    stream = io.BytesIO()
    write(form, source, stream)
    return stream.getvalue().decode("utf-8")


def records(form: str, source: Source) -> list[Any]:
    return [json.loads(line) for line in exported(form, source).split("\n") if line]


def table(form: str, source: Book) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(form, source), newline="")))


def cells(source: Book, form: str = "gdelt") -> list[dict[str, str]]:
    columns = gdelt.COLUMNS if form == "gdelt" else gdelt_mentions.COLUMNS
    lines = exported(form, source).splitlines()
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


# ---- columns
@pytest.mark.parametrize(("columns", "count"), [(gdelt.COLUMNS, 61), (gdelt_mentions.COLUMNS, 16),
                                                (acled.COLUMNS, 31), (ged.COLUMNS, 49)])  # fmt: skip
def test_columns_are_as_many_as_the_formats(columns: tuple[str, ...], count: int) -> None:
    assert len(columns) == len(set(columns)) == count


@pytest.mark.parametrize("form", ["acled", "ged"])
def test_own_columns_stand_at_the_end(form: str) -> None:
    head = exported(form, book()).splitlines()[0].split(",")
    assert tuple(head[-len(EXTRA) :]) == EXTRA


# ---- what has a row
@pytest.mark.parametrize("form", COUNTED)
@pytest.mark.parametrize("status", ["denied", "future", "hypothetical"])
def test_what_did_not_happen_is_not_counted(form: str, status: str) -> None:
    assert exported(form, book(mention(status=status))) == exported(form, book())


@pytest.mark.parametrize("form", COUNTED)
def test_what_is_only_referred_to_is_not_counted(form: str) -> None:
    assert exported(form, book(mention(foreground=False))) == exported(form, book())


@pytest.mark.parametrize("form", COUNTED)
def test_what_is_claimed_is_counted_with_its_claimant(form: str) -> None:
    claimed = book(mention(status="claimed", claimed_by=(HILLS,)))
    assert len(exported(form, claimed)) > len(exported(form, book()))


@pytest.mark.parametrize("form", EVERYTHING)
@pytest.mark.parametrize("status", ["reported", "claimed", "denied", "future", "hypothetical"])
def test_nothing_is_left_out_where_the_status_is_told(form: str, status: str) -> None:
    text = exported(form, book(mention(status=status)))
    assert f'"{status}"' in text or f'\\"{status}\\"' in text


def test_speech_has_no_row_in_acled_and_one_in_gdelt() -> None:
    source = book(mention(type="ACCUSE", mode="allege"))
    assert not table("acled", source)
    assert cells(source)[0]["EventCode"] == "112"


def test_ged_asks_for_a_death() -> None:
    assert table("ged", book(mention()))
    assert not table("ged", book(mention(tolls=(Toll(kind="injured", low=3),))))


# ---- PLOVER
def test_plover_record_is_an_event_with_its_sides() -> None:
    (record,) = records("plover", book(mention()))
    assert (record["event"], record["mode"]) == (["ASSAULT"], ["heavy-weapons"])
    assert (record["quad_code"], record["event_scale"]) == (4, -9.5)
    assert record["recipient"] == [
        {"code": "AZE", "sector": "CVL", "entity_text": "قرويين", "identifier_text": "villagers", "kind": "people"}
    ]


def test_plover_keeps_each_claimants_version() -> None:
    (record,) = records("plover", contested())
    assert [v.get("claimant", {}).get("name") for v in map(_given, record["versions"])] == [None, HILLS.name, ARMY.name]
    assert record["size"] == {"dead": 3}
    assert record["version"] == MOST_SOURCES
    assert len(record["sources"]) == 2


def _given(version: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in version.items() if v is not None}


@pytest.mark.parametrize(("status", "contexts"), [("future", ["future"]), ("denied", None)])
def test_plover_has_its_auxiliary_contexts(status: str, contexts: list[str] | None) -> None:
    (record,) = records("plover", book(mention(status=status)))
    assert record.get("context") == contexts


def test_plover_writes_kosovo_its_own_way() -> None:
    (record,) = records("plover", book(mention(actors=(Party(name="شرطة الوادي", kind="military", code="XKX"),))))
    assert record["actor"][0]["code"] == "KOS"


# ---- GDELT
def test_gdelt_row() -> None:
    (row,) = cells(book(mention()))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20310501", "203105", "2031", "2031.3315",
    )  # fmt: skip
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1Type1Code"]) == ("AZEMIL", "VALLEY ARMY", "MIL")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("194", "194", "19")
    assert (row["QuadClass"], row["GoldsteinScale"], row["AvgTone"]) == ("4", "-10.0", "")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_Lat"]) == ("4", "AJ", "40.25")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20310503000000", "https://diffa.example/ar/p1")


def test_gdelt_takes_the_first_two_of_a_clash() -> None:
    (row,) = cells(book(mention(actors=(REBELS, ARMY), recipients=())))
    assert (row["Actor1Code"], row["Actor2Code"]) == ("AZEREB", "AZEMIL")


def test_gdelt_puts_a_country_on_no_point() -> None:
    (row,) = cells(book(mention(place=LAND)))
    assert (row["ActionGeo_Type"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("1", "", "")


def test_gdelt_knows_gaza_from_the_west_bank() -> None:
    gaza, bank = (Spot(name="مخيم", country="PSE", lat=31.4, lon=lon, kind="site") for lon in (34.4, 35.2))
    rows = cells(book(mention("p1", place=gaza), mention("p2", place=bank)))
    assert [row["ActionGeo_CountryCode"] for row in rows] == ["GZ", "WE"]


def test_mentions_lead_to_their_event_and_carry_its_id() -> None:
    source = contested()
    (event,) = cells(source)
    mentions = cells(source, "gdelt-mentions")
    assert {m["GLOBALEVENTID"] for m in mentions} == {event["GLOBALEVENTID"]}
    assert {json.loads(m["Extras"])["incident_id"] for m in mentions} == {source.told[0][0].id}
    assert [json.loads(m["Extras"])["status"] for m in mentions] == ["reported", "claimed", "denied"]
    assert int(event["GLOBALEVENTID"]) < 2**63


def test_mention_tells_its_sentence_and_its_place_in_the_text() -> None:
    (row,) = cells(book(mention()), "gdelt-mentions")
    assert (row["SentenceID"], row["ActionCharOffset"], row["MentionType"]) == ("2", str(START), "1")
    assert (row["MentionSourceName"], row["MentionDocLen"]) == ("diffa.example", str(len(TEXT)))


def test_mention_of_a_page_without_address_is_a_citation() -> None:
    source = Book([told(mention())], {"p1": page(url=None, text="")})
    (row,) = cells(source, "gdelt-mentions")
    assert (row["MentionType"], row["MentionSourceName"], row["SentenceID"]) == ("2", "صحيفة الضفة", "-1")


# ---- ACLED-like
def test_acled_row() -> None:
    (row,) = table("acled", book(mention()))
    assert (row["disorder_type"], row["sub_event_type"]) == ("Political violence", "Shelling/artillery/missile attack")
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("1", "7", "17")
    assert (row["civilian_targeting"], row["fatalities"], row["iso"]) == ("Civilian targeting", "3", "31")
    assert (row["location"], row["latitude"], row["geo_precision"]) == ("Sarw", "40.25", "1")
    assert (row["time_precision"], row["notes"], row["admin1"], row["tags"]) == ("1", WORDS, "", "")
    assert row["incident_id"] == row["event_id_cnty"]
    assert (row["status"], row["rules"]) == ("reported", "frame.assault.shell")


def test_acled_counts_conservatively_and_names_the_claimants() -> None:
    (row,) = table("acled", contested())
    assert row["fatalities"] == "3"
    assert row["claimants"] == "Hills Army; Valley Army (denies)"
    assert row["contested"].split("; ")[0] == "status"


@pytest.mark.parametrize(
    ("last", "precision"), [("2031-05-01", "1"), ("2031-05-06", "2"), ("2031-05-30", "3"), ("2031-07-01", "")]
)
def test_acled_time_precision(last: str, precision: str) -> None:
    (row,) = table("acled", book(mention(last=last)))
    assert row["time_precision"] == precision


def test_a_day_known_from_the_publication_alone_is_a_weeks() -> None:
    (row,) = table("acled", book(mention(first=None, last=None)))
    assert (row["event_date"], row["time_precision"]) == ("2031-05-02", "2")


@pytest.mark.parametrize("place", [LAND, NOWHERE, None])
def test_acled_and_ged_invent_no_point(place: Spot | None) -> None:
    source = book(mention(place=place))
    for form in ("acled", "ged"):
        (row,) = table(form, source)
        assert (row["latitude"], row["longitude"]) == ("", "")


# ---- GED-like
def test_ged_row() -> None:
    (row,) = table("ged", book(mention()))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Valley Army", "villagers")
    assert (row["best"], row["high"], row["low"], row["deaths_civilians"]) == ("3", "3", "3", "3")
    assert (row["country_id"], row["where_prec"], row["date_prec"], row["gwnoa"]) == ("373", "1", "1", "373")
    assert row["geom_wkt"] == "POINT (46.5 40.25)"
    assert (row["conflict_new_id"], row["dyad_name"], row["event_clarity"]) == ("", "", "")


def test_ged_ranges_are_the_ledgers_and_its_deaths_add_up() -> None:
    (row,) = table("ged", contested())
    parts = [int(row[f"deaths_{who}"]) for who in ("a", "b", "civilians", "unknown")]
    assert (row["low"], row["best"], row["high"]) == ("3", "3", "9")
    assert sum(parts) == int(row["best"])


@pytest.mark.parametrize(
    ("who", "column"), [(VILLAGERS, "civilians"), (REBELS, "b"), (None, "unknown"), (HILLS, "unknown")]
)
def test_ged_tells_whose_the_dead_are(who: Party | None, column: str) -> None:
    tolls = (Toll(kind="killed", low=4, high=4, who=who),)
    (row,) = table("ged", book(mention(recipients=(REBELS,), tolls=tolls)))
    assert row[f"deaths_{column}"] == "4"


@pytest.mark.parametrize(("lat", "lon", "cell"), [(34.53, 69.17, 179779), (-90, -180, 1), (90, 180, 259200)])
def test_priogrid_cell(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


# ---- GeoJSON and annotations
@pytest.mark.parametrize(
    ("place", "point"),
    [(TOWN, [46.5, 40.25]), (LAND, None), (NOWHERE, None), (None, None),
     (Spot(name="س", kind="city", lat=float("nan"), lon=1.0), None)],
)  # fmt: skip
def test_every_incident_is_a_feature_and_only_a_located_one_has_a_point(place: Spot | None, point: Any) -> None:
    (feature,) = json.loads(exported("geojson", book(mention(place=place))))["features"]
    assert (feature["geometry"] or {}).get("coordinates") == point


def test_annotation_finds_the_words_by_position_and_by_quotation() -> None:
    (annotation,) = records("annotation", book(mention()))
    position, quote = annotation["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == WORDS
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
    assert annotation["body"][0]["value"] == "ASSAULT heavy-weapons"


def test_annotation_of_a_page_without_its_text_quotes_the_words() -> None:
    (annotation,) = records("annotation", Book([told(mention())], {}))
    assert annotation["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": WORDS}]
    assert annotation["target"]["source"] == "urn:marsad:page:p1"


# ---- hostile texts
@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_begins_like_a_formula_is_dead(text: str) -> None:
    assert flat(text).startswith("'")


@pytest.mark.parametrize("text", ["-3", "+4", "-9.5", "1e5", ".5", "-.5E-3"])
def test_numbers_survive(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("value", [-10.0, 46.5, 0, -3])
def test_values_of_numbers_survive(value: float) -> None:
    assert float(flat(value)) == value


def test_an_open_override_does_not_turn_the_cells_behind_it() -> None:
    assert one_line("اسم\u202e12-34") == "اسم\u202e12-34\u202c"
    assert one_line("\u2067a\u2069") == "\u2067a\u2069"


@pytest.mark.parametrize("form", ["acled", "ged"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_table_is_live(form: str, text: str) -> None:
    evil = Party(name=text, kind="military", code="AZE", sector="MIL")
    for row in table(form, book(mention(actors=(evil,), words=text, rule=text, outlet=text))):
        assert not [v for v in row.values() if v[:1] in "=@＝" and v]


def test_json_lines_have_no_break_that_a_reader_could_take_for_one() -> None:
    assert len(json_text("a\u2028b\x85c\u2029d\x0be\x1cf").splitlines()) == 1


# ---- laws
NASTY = (*HOSTILE, "\ud800", "\x00", '"', '"a\t', "\r\n", "a,b")
TEXTS = st.text(st.characters(), max_size=12) | st.sampled_from(NASTY)
DAYS = st.sampled_from([None, "2031-05-01", "2031-06-30", "9999-12-31"]) | TEXTS
KINDS = st.sampled_from(["person", "military", "armed_group", "people", "country", "media", "organisation"])
PARTIES = st.builds(
    Party, name=TEXTS, name_en=st.none() | TEXTS, kind=KINDS, code=st.none() | st.sampled_from(["AZE", "IGO"]) | TEXTS,
    sector=st.none() | st.sampled_from(["MIL", "REB", "CVL"]) | TEXTS, wikidata=st.none() | TEXTS,
)  # fmt: skip
DEGREES = st.none() | st.floats()
SPOTS = st.none() | st.builds(
    Spot, name=TEXTS, name_en=st.none() | TEXTS, country=st.none() | st.just("AZE") | TEXTS, lat=DEGREES, lon=DEGREES,
    kind=st.sampled_from(["country", "region", "city", "site", "sea"]), geonames=st.none() | st.integers(0, 10**9),
)  # fmt: skip
SIDES = st.lists(PARTIES, max_size=2).map(tuple)
MENTIONS = st.builds(
    mention, page_id=st.text(max_size=8), outlet=st.none() | TEXTS,
    type=st.sampled_from(["ASSAULT", "PROTEST", "ACCUSE"]) | TEXTS,
    mode=st.none() | st.sampled_from(["aerial", "demo"]) | TEXTS, contexts=st.lists(TEXTS, max_size=2).map(tuple),
    actors=SIDES, recipients=SIDES, claimed_by=SIDES, speaker=st.none() | PARTIES, words=TEXTS, rule=TEXTS, place=SPOTS,
    status=st.sampled_from(["reported", "claimed"]), weapons=st.lists(TEXTS, max_size=2).map(tuple),
    evidence=st.tuples(st.integers(-2, 200), st.integers(-2, 200)), trigger=st.tuples(st.integers(0, 9), st.just(9)),
)  # fmt: skip
PAGES = {
    "url": st.none() | TEXTS | st.just("http://[") | st.just("https://a.example/"), "publisher": st.none() | TEXTS,
    "headline": st.none() | TEXTS, "first": DAYS, "added": DAYS, "text": TEXTS, "language": st.none() | TEXTS,
    "sha256": TEXTS,
}  # fmt: skip


@st.composite
def books(draw: st.DrawFn) -> Book:
    incident, mentions = told(draw(MENTIONS))
    fields = draw(st.fixed_dictionaries(PAGES))
    days = {"first": draw(DAYS), "last": draw(DAYS)}
    return Book([(msgspec.structs.replace(incident, **days), mentions)], {mentions[0].page: page(**fields)})


@settings(max_examples=60, deadline=None)
@given(source=books())
@pytest.mark.parametrize("form", LINES)
def test_any_text_in_any_field_gives_output_that_parses(form: str, source: Book) -> None:
    text = exported(form, source)
    if form in ("plover", "annotation", "ftm"):
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif form == "geojson":
        assert len(json.loads(text)["features"]) == 1
    elif form in ("acled", "ged"):
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert all(len(row) == len(head) for row in rows) and len(text.splitlines()) == len(rows) + 1
    else:
        assert all(len(row) in (16, 61) for row in (line.split("\t") for line in text.splitlines()))


@pytest.mark.parametrize("form", LINES)
def test_the_same_source_gives_the_same_bytes(form: str) -> None:
    assert exported(form, contested()) == exported(form, contested())


@pytest.mark.parametrize("form", LINES)
def test_an_empty_source_gives_a_valid_file(form: str) -> None:
    assert len(exported(form, book()).splitlines()) == {"acled": 1, "ged": 1, "geojson": 2}.get(form, 0)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="stix"):
        write("stix", book(), io.BytesIO())
