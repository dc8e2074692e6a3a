"""Pages that were read make incidents: two tellings of one shelling, and its denial."""

from __future__ import annotations

import msgspec

from marsad.ledger.model import Incident

from .builders import a_page, incidents_of

PAGES = (
    (
        "قصف صاروخي أرميني على غنجة يقتل خمسة",
        "قصفت القوات الأرمينية بالصواريخ مدينة غنجة فجر الأحد، فقتل خمسة مدنيين.",
    ),
    (
        "باكو: سبعة قتلى في قصف صاروخي على غنجة",
        "أعلنت باكو أن صواريخ أرمينية سقطت على غنجة فجر الأحد وقتلت سبعة مدنيين.",
    ),
    ("يريفان تنفي قصف مدينة غنجة بالصواريخ", "نفت يريفان قصف مدينة غنجة بالصواريخ فجر الأحد."),
)


def read(*rows: int) -> Incident:
    """The one incident that pages tell."""
    pages = [a_page(f"p{n}", PAGES[n][1], headline=PAGES[n][0]) for n in rows]
    (found,) = incidents_of(pages)
    return found


def test_two_outlets_that_tell_one_shelling_with_different_tolls_are_one_incident_of_two_versions() -> None:
    found = read(0, 1)
    assert (found.pages, found.sources, found.outlets) == (("p0", "p1"), 2, ("p0", "p1"))
    assert [v.claimant and v.claimant.code for v in found.versions] == [None, "AZE"]
    assert "harm" in found.contested
    assert {(r.rule, r.low, r.high) for r in found.ranges if r.kind == "killed"} == {
        ("conservative", 5, 5), ("low-best-high", 5, 7), ("by-claimant", 5, 7),
    }  # fmt: skip


def test_a_denial_that_was_read_stands_beside_the_claim_that_was_read() -> None:
    found = read(1, 2)
    assert "status" in found.contested
    assert [(v.claimant and v.claimant.code, v.denies) for v in found.versions] == [("AZE", False), ("ARM", True)]


def test_it_comes_back_from_its_json() -> None:
    found = read(0, 1, 2)
    assert msgspec.json.decode(found.to_json(), type=Incident) == found
