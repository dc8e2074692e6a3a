"""Two sides that change places change codes and nothing else: not the kind of act, its status, nor how many there are.

The bundled examples are read paragraph by paragraph and as whole pages, as they are and with Armenia and Azerbaijan in
each other's place (names that only one side has are left out with their paragraphs). Sentences of everyday news are
read for many pairs of countries. `data/fairness_known_failures.tsv` lists what fails today, with its class; each runs
as a strict xfail.
"""

from __future__ import annotations

import csv
import functools
import gzip
import pathlib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import pytest

import marsad
from marsad.text.features import MODELS

from .swap import CODES, PAIRS, swappable, swapped, told

EXAMPLES: Final = pathlib.Path(marsad.__file__).with_name("examples")
KNOWN: Final = pathlib.Path(__file__).parents[1] / "data" / "fairness_known_failures.tsv"


class Side(NamedTuple):
    """A country as sentences name it: its code, name, capital, and its adjective in the masculine."""

    code: str
    name: str
    capital: str
    adjective: str


SIDES: Final = {
    side.code: side
    for side in (
        Side("ARM", "أرمينيا", "يريفان", "أرميني"),
        Side("AZE", "أذربيجان", "باكو", "أذربيجاني"),
        Side("RUS", "روسيا", "موسكو", "روسي"),
        Side("UKR", "أوكرانيا", "كييف", "أوكراني"),
        Side("IND", "الهند", "نيودلهي", "هندي"),
        Side("PAK", "باكستان", "إسلام آباد", "باكستاني"),
        Side("ETH", "إثيوبيا", "أديس أبابا", "إثيوبي"),
        Side("ERI", "إريتريا", "أسمرة", "إريتري"),
        Side("TUR", "تركيا", "أنقرة", "تركي"),
        Side("SYR", "سوريا", "دمشق", "سوري"),
        Side("ISR", "إسرائيل", "تل أبيب", "إسرائيلي"),
        Side("IRN", "إيران", "طهران", "إيراني"),
        Side("LBN", "لبنان", "بيروت", "لبناني"),
        Side("SDN", "السودان", "الخرطوم", "سوداني"),
        Side("TCD", "تشاد", "نجامينا", "تشادي"),
        Side("SAU", "السعودية", "الرياض", "سعودي"),
        Side("YEM", "اليمن", "صنعاء", "يمني"),
        Side("IRQ", "العراق", "بغداد", "عراقي"),
        Side("KWT", "الكويت", "الكويت", "كويتي"),
        Side("GEO", "جورجيا", "تبليسي", "جورجي"),
    )
}
DYADS: Final = (
    "ARM AZE", "RUS UKR", "IND PAK", "ETH ERI", "TUR SYR", "ISR IRN", "ISR LBN", "SDN TCD", "SAU YEM", "IRQ KWT",
    "GEO RUS",
)  # fmt: skip
SENTENCES: Final = (
    "قصفت القوات ال{a.adjective}ة بالمدفعية بلدة حدودية في {b.name} صباح السبت، فقتل ثلاثة مدنيين وأصيب سبعة.",
    "اتهمت {a.name} {b.name} بخرق الهدنة، ونفت {b.capital} ذلك.",
    "أعلنت وزارة الدفاع ال{a.adjective}ة أن جيشها سيطر على قرية حدودية، ونفت {b.capital} سقوطها.",
    "قالت {a.capital} إن طائرة مسيرة {b.adjective}ة أسقطت قرب الحدود.",
    "قتل جنديان {b.adjective}ان في اشتباك مع القوات ال{a.adjective}ة ليل الجمعة.",
    "أدانت الخارجية ال{a.adjective}ة الهجوم، ودعت مجلس الأمن إلى إدانة {b.name}.",
    "اقترحت {a.name} وقفا لإطلاق النار، ولم ترد {b.capital} على الاقتراح.",
    "نفى الجيش ال{a.adjective} أن يكون قد قصف المستشفى، واتهم القوات ال{b.adjective}ة بقصفه.",
    "هددت {a.capital} بالرد على أي هجوم {b.adjective} جديد.",
    "انسحبت القوات ال{b.adjective}ة من ثلاث قرى بعد معارك مع الجيش ال{a.adjective}.",
    "أعلنت {a.name} و{b.name} هدنة لمدة ثلاثة أيام برعاية الأمم المتحدة.",
    "زعم المتحدث باسم الجيش ال{a.adjective} أن قواته قتلت خمسين جنديا {b.adjective}ا.",
    "بحسب {a.capital}، أسر ثلاثون جنديا {b.adjective}ا في المعركة. وقالت {b.capital} إن العدد لا يتجاوز خمسة.",
    "تتهم {a.capital} القوات ال{b.adjective}ة باحتجاز عشرين مدنيا، وتطالب بإطلاق سراحهم.",
)


class Case(NamedTuple):
    """A text, the same with its sides in each other's place, and which codes they then change."""

    id: str
    text: str
    mirror: str
    codes: Mapping[str, str]


def of_examples() -> Iterator[Case]:
    """The paragraphs of each page that can be mirrored, and all of them together."""
    for path in sorted(EXAMPLES.glob("*.html")):
        record = marsad.read(path)
        blocks = (b for b in record.page.blocks if b.kind in ("headline", "lead", "paragraph"))
        texts = list(dict.fromkeys(t for b in blocks if swappable(t := record.words((b.start, b.end)).strip())))
        units = [(str(n), text) for n, text in enumerate(texts)]
        for name, text in [*units, ("page", "\n\n".join(texts))]:
            if text:
                yield Case(f"{path.stem}:{name}", text, swapped(text), CODES)


def of_sentences() -> Iterator[Case]:
    """Each sentence for each two countries."""
    for dyad in DYADS:
        a, b = dyad.split()
        for n, sentence in enumerate(SENTENCES):
            text, mirror = (sentence.format(a=SIDES[x], b=SIDES[y]) for x, y in ((a, b), (b, a)))
            yield Case(f"{a}-{b}:{n}", text, mirror, {a: b, b: a})


@functools.cache
def known() -> dict[str, str]:
    """The class of each failure that is known, by its case."""
    with KNOWN.open(encoding="utf-8") as file:
        return {row["case"]: row["class"] for row in csv.DictReader(file, delimiter="\t")}


CASES: Final = [*of_examples(), *of_sentences()]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            c, id=c.id, marks=[pytest.mark.xfail(strict=True, reason=known()[c.id])] if c.id in known() else []
        )
        for c in CASES
    ],
)
def test_sides_that_change_places_change_codes_and_nothing_else(case: Case) -> None:
    assert told(case.text, {}) == told(case.mirror, case.codes)


@pytest.mark.xfail(strict=True, reason="head=country.isr and a hundred others like it were learned")
@pytest.mark.parametrize("role", ["actor", "recipient"])
def test_the_model_of_sides_has_no_weight_for_a_country_by_name(role: str) -> None:
    weights = gzip.decompress((MODELS / f"side-{role}.tsv.gz").read_bytes()).decode("utf-8")
    assert not [line for line in weights.splitlines() if line.startswith("head=country.")]


def test_every_known_failure_is_still_a_case() -> None:
    assert set(known()) <= {case.id for case in CASES}


def test_a_text_swapped_twice_is_itself() -> None:
    for case in of_examples():
        assert swapped(case.mirror) == case.text != case.mirror


def test_the_table_names_every_name_once() -> None:
    names = [name for pair in PAIRS for name in pair]
    assert len(set(names)) == len(names)
