"""Each format read by its own reader or schema: the extra `export-test`. Without a reader its tests are skipped."""

from __future__ import annotations

import io
import pathlib
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from invented import HILLS, LAND, Book, book, contested, mention
from test_export_text import HOSTILE, books, exported, records

from marsad.export import acled, gdelt, gdelt_mentions, ged, write
from marsad.export.facts import EXTRA
from marsad.export.flat import COLUMNS
from marsad.export.ftm import SCHEMATA
from marsad.export.xlsx import SHEETS
from marsad.ledger.model import Party
from marsad.model.errors import ExportExtraMissing


def binary(form: str, source: Book) -> bytes:
    stream = io.BytesIO()
    write(form, source, stream)
    return stream.getvalue()


def many() -> Book:
    """Incidents that differ in what readers trip over."""
    source = book(
        mention("p3"), mention("p4", place=LAND), mention("p5", place=None, status="future"),
        mention("p6", type="PROTEST", mode="demo", tolls=()), mention("p7", outlet='صحيفة "الضفة"، تبويب\t=1'),
    )  # fmt: skip
    return Book([*contested().told, *source.told], {**contested().pages, **source.pages})


# ---- FollowTheMoney
def proxies(source: Book) -> list[Any]:
    ftm = pytest.importorskip("followthemoney")
    return [ftm.EntityProxy.from_dict(record) for record in records("ftm", source)]


def check(source: Book) -> None:
    known = {}
    for proxy in proxies(source):
        proxy.schema.validate({"properties": {p.name: proxy.get(p) for p in proxy.iterprops()}})
        known[proxy.id] = proxy
    for proxy in known.values():
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value) or prop.type.name == "url", (prop.qname, value)
            if prop.type.name == "entity":
                assert known[value].schema.is_a(prop.range), (prop.qname, value)


def test_ftm_entities_follow_their_schema_and_refer_to_each_other() -> None:
    check(many())


def test_ftm_loses_nothing_when_it_is_cleaned() -> None:
    for record, proxy in zip(records("ftm", many()), proxies(many()), strict=True):
        kept = {p.name: proxy.get(p) for p in proxy.iterprops() if proxy.get(p)}
        assert {k: sorted(v) for k, v in kept.items()} == {k: sorted(v) for k, v in record["properties"].items()}


def test_ftm_writes_the_schemata_that_it_names() -> None:
    assert {p.schema.name for p in proxies(many())} <= set(SCHEMATA)


def test_ftm_entities_come_once() -> None:
    ids = [p.id for p in proxies(many())]
    assert len(ids) == len(set(ids))


@settings(max_examples=30, deadline=None)
@given(source=books())
def test_ftm_reads_any_text(source: Book) -> None:
    pytest.importorskip("followthemoney")
    assert len(proxies(source)) >= 2


# ---- GeoJSON
def test_geojson_is_valid() -> None:
    geojson = pytest.importorskip("geojson")
    collection = geojson.loads(exported("geojson", many()))
    assert collection.is_valid, collection.errors()
    assert len(collection.features) == len(many().told)


# ---- CSV and tabs
@pytest.mark.parametrize(("form", "columns"), [("acled", acled.COLUMNS), ("ged", ged.COLUMNS)])
def test_pandas_reads_the_tables(form: str, columns: tuple[str, ...]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.StringIO(exported(form, many())))
    assert tuple(frame.columns) == (*columns, *EXTRA)
    numbers = ["latitude", "longitude", "fatalities" if form == "acled" else "best"]
    assert all(pandas.api.types.is_numeric_dtype(frame[c]) for c in numbers)
    assert frame["incident_id"].is_unique


@pytest.mark.parametrize(("form", "columns"), [("gdelt", gdelt.COLUMNS), ("gdelt-mentions", gdelt_mentions.COLUMNS)])
def test_pandas_reads_gdelts_tabs(form: str, columns: tuple[str, ...]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.StringIO(exported(form, many())), sep="\t", header=None, names=columns)
    assert len(frame) == len(exported(form, many()).splitlines())
    assert pandas.api.types.is_integer_dtype(frame["GLOBALEVENTID"])


@pytest.mark.parametrize("form", ["acled", "ged"])
def test_duckdb_reads_the_tables(form: str, tmp_path: pathlib.Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "rows.csv"
    path.write_bytes(binary(form, many()))
    ((count, _),) = duckdb.sql(f"select count(*), sum(latitude) from read_csv('{path}')").fetchall()
    assert count == len(exported(form, many()).splitlines()) - 1


# ---- Parquet
def test_parquet_holds_incidents_and_versions(tmp_path: pathlib.Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    path = tmp_path / "rows.parquet"
    path.write_bytes(binary("parquet", contested()))
    rows = duckdb.sql(f"select version, claimant, status, killed_low, killed_high from '{path}'").fetchall()
    assert rows == [
        ("most-sources", None, "reported", 3, 9), ("1", None, "reported", 3, 3),
        ("2", HILLS.name_en, "claimed", 7, 9), ("3", "Valley Army", "denied", None, None),
    ]  # fmt: skip


def test_parquet_columns_are_typed() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    read = parquet.read_table(io.BytesIO(binary("parquet", many())))
    assert tuple(read.column_names) == COLUMNS
    assert (str(read.schema.field("latitude").type), str(read.schema.field("killed_low").type)) == ("double", "int64")


@settings(max_examples=30, deadline=None)
@given(source=books())
def test_parquet_takes_any_text(source: Book) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(io.BytesIO(binary("parquet", source))).num_rows == 2


# ---- XLSX
def workbook(source: Book) -> Any:
    pytest.importorskip("xlsxwriter")
    return pytest.importorskip("openpyxl").load_workbook(io.BytesIO(binary("xlsx", source)))


def test_xlsx_has_its_sheets_and_rows() -> None:
    book_ = workbook(contested())
    assert {s.title: tuple(c.value for c in s[1]) for s in book_} == SHEETS
    assert [s.max_row - 1 for s in book_] == [1, 3, 3]


@pytest.mark.parametrize("text", HOSTILE)
def test_xlsx_has_no_formula_and_no_link(text: str) -> None:
    evil = Party(name=text, kind="military", code="AZE", sector="MIL")
    for sheet in workbook(book(mention(actors=(evil,), words=text, outlet="https://x.example"))):
        for cell in (c for row in sheet.iter_rows() for c in row):
            assert cell.data_type in "snb" and cell.hyperlink is None


@settings(max_examples=30, deadline=None)
@given(source=books())
def test_xlsx_takes_any_text(source: Book) -> None:
    assert workbook(source)["incidents"].max_row == 2


def test_xlsx_cuts_what_no_cell_holds() -> None:
    sheet = workbook(book(mention(words="كلمة " * 20_000)))["incidents"]
    assert len(sheet.cell(2, COLUMNS.index("words") + 1).value) == 16_383


@pytest.mark.parametrize(("form", "name"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_the_same_source_gives_the_same_bytes(form: str, name: str) -> None:
    pytest.importorskip(name)
    assert binary(form, many()) == binary(form, many())


@pytest.mark.parametrize(("form", "name"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_library_is_a_coded_error(form: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ExportExtraMissing) as caught:
        binary(form, book())
    assert caught.value.code == "M401"
    assert "pip install 'marsad[export]'" in str(caught.value.to_dict()["message"])
