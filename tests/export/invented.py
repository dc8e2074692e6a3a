"""Incidents that never happened, on pages that were never printed, for the tests of the exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from marsad.export.source import PageInfo
from marsad.ledger.incidents import incident
from marsad.ledger.model import Incident, Mention, Party, Spot, Toll, mention_id

ARMY = Party(name="جيش الوادي", name_en="Valley Army", kind="military", code="AZE", sector="MIL")
HILLS = Party(name="جيش التلال", name_en="Hills Army", kind="military", code="ARM", sector="MIL")
REBELS = Party(name="كتائب النهر", kind="armed_group", code="AZE", sector="REB")
RIVALS = Party(name="ألوية الجبل", kind="armed_group", code="AZE", sector="REB")
VILLAGERS = Party(name="قرويين", name_en="villagers", kind="people", code="AZE", sector="CVL")
MINISTER = Party(name="وزير النقل", kind="person", code="AZE", sector="GOV", wikidata="Q1000001")
AGENCY = Party(name="وكالة الضفة", kind="media", code="AZE", sector="JRN")
TOWN = Spot(name="بلدة السرو", name_en="Sarw", country="AZE", lat=40.25, lon=46.5, kind="city", geonames=4242)
LAND = Spot(name="أذربيجان", name_en="Azerbaijan", country="AZE", lat=40.4, lon=47.6, kind="country")
NOWHERE = Spot(name="خربة الغيم", country="AZE", kind="city")
TEXT = "عنوان الصفحة\nقصف جيش الوادي بلدة السرو بالمدفعية أمس، فقتل ثلاثة قرويين. ونفى متحدث ذلك."
WORDS = "قصف جيش الوادي بلدة السرو بالمدفعية أمس، فقتل ثلاثة قرويين."
START = TEXT.index(WORDS)


@dataclass
class Book:
    """A source made of plain values."""

    told: list[tuple[Incident, tuple[Mention, ...]]]
    pages: dict[str, PageInfo] = field(default_factory=dict)

    def incidents(self) -> Iterator[tuple[Incident, tuple[Mention, ...]]]:
        return iter(self.told)

    def page(self, page_id: str) -> PageInfo | None:
        return self.pages.get(page_id)


def page(page_id: str = "p1", **changes: object) -> PageInfo:
    """A page, with what a test needs otherwise."""
    fields: dict[str, object] = {
        "id": page_id, "sha256": "ab" * 32, "url": f"https://diffa.example/ar/{page_id}", "publisher": "صحيفة الضفة",
        "headline": "قصف بلدة السرو", "first": "2031-05-02", "last": "2031-05-02", "basis": "stated",
        "added": "2031-05-03", "text": TEXT, "language": "ar", **changes,
    }  # fmt: skip
    return PageInfo(**fields)  # type: ignore[arg-type]


def mention(page_id: str = "p1", event: str = "e1", **changes: object) -> Mention:
    """The shelling of an invented town, with what a test needs otherwise."""
    fields: dict[str, object] = {
        "id": mention_id(page_id, "ASSAULT", event, 0), "page": page_id, "event": event, "outlet": "صحيفة الضفة",
        "published": "2031-05-02", "type": "ASSAULT", "mode": "heavy-weapons", "actors": (ARMY,),
        "recipients": (VILLAGERS,), "lead": True, "first": "2031-05-01", "last": "2031-05-01", "place": TOWN,
        "weapons": ("بالمدفعية",), "tolls": (Toll(kind="killed", low=3, high=3, who=VILLAGERS),), "words": WORDS,
        "trigger": (START, START + 3), "evidence": (START, START + len(WORDS)),
        "rule": "frame.assault.shell", **changes,
    }  # fmt: skip
    return Mention(**fields)  # type: ignore[arg-type]


def told(*mentions: Mention) -> tuple[Incident, tuple[Mention, ...]]:
    """The incident that mentions tell, with them, as a source gives it."""
    return incident(mentions), mentions


def book(*mentions: Mention) -> Book:
    """One incident for each mention, each page known."""
    return Book([told(m) for m in mentions], {m.page: page(m.page) for m in mentions})


def contested() -> Book:
    """One incident on two pages: an outlet's own telling, and a claim of another count that a side denies."""
    mentions = (
        mention("p1"),
        mention("p2", outlet="موقع التلة", status="claimed", claimed_by=(HILLS,),
                tolls=(Toll(kind="killed", low=7, high=9, who=VILLAGERS, according_to=HILLS),)),
        mention("p2", "e2", status="denied", claimed_by=(ARMY,), speaker=ARMY, tolls=(), rule="frame.assault.bombard"),
    )  # fmt: skip
    return Book([told(*mentions)], {"p1": page("p1"), "p2": page("p2", publisher="موقع التلة", added=None)})
