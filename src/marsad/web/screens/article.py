"""One page: its own words with what was read in them painted over, the findings beside, the captured bytes behind."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.model.errors import NoSuchFinding, NoSuchPage
from marsad.model.record import Days, Publication, Record
from marsad.store import pages
from marsad.store.ledger import Ledger
from marsad.web.article import Drawing, drawing, keyed
from marsad.web.desk import AtDesk
from marsad.web.screen import screen
from marsad.web.why import Ground, RuleTold, why_of

router = APIRouter(tags=["page"])
_Id = Annotated[str, Query(description="The page's id.")]
_Version = Annotated[str, Query(description="The digest of one of its captures; empty for the one that stands.")]


class Version(msgspec.Struct, frozen=True):
    """One capture of the page.

    Attributes:
        id, digest: its id, and the ledger's name of this capture.
        sha256: the SHA-256 of its bytes.
        state: `current`, `superseded` by a later capture, or `unread`: it could not be read.
        captured, published: the day on which it was fetched, and that on which it says it was published.
        error, message: why it could not be read.
    """

    id: str
    digest: str
    sha256: str
    state: str
    captured: str | None = None
    published: str | None = None
    error: str | None = None
    message: str | None = None


class Article(msgspec.Struct, frozen=True, dict=True, kw_only=True):
    """A page as the ledger holds it.

    Attributes:
        id, sha256: its id; the SHA-256 of the captured bytes.
        version: which of its captures is shown; `versions` are all, the newest first.
        size: how many bytes were captured; `as_text` whether it was given as text and not as bytes.
        url, publisher, headline, encoding: what is known of it.
        published: its day, how it is known (`basis`) and the spans of the words; `evidence` those words; `dated_by`
            why the ledger gave a day to a page that says none.
        record: what was read from it (`marsad.record/1`), None where it could not be read.
        acts: its events as the ledger knows them; none for a superseded capture.
    """

    id: str
    sha256: str
    version: Version
    versions: list[Version]
    size: int
    as_text: bool
    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    encoding: str | None = None
    published: Publication = Publication()
    evidence: list[str] = []
    dated_by: list[str] = []
    record: Record | None = None
    acts: list[pages.Act] = []

    @cached_property
    def drawn(self) -> Drawing | None:
        """The record laid out for the screen."""
        acts = {a.event: a for a in self.acts}
        return drawing(self.record, acts) if self.record else None

    @property
    def days(self) -> Days:
        """The day of publication as a stretch."""
        return Days(first=self.published.first, last=self.published.last)

    @property
    def file(self) -> str:
        """The name under which the captured bytes are saved."""
        return f"marsad-{self.sha256[:16]}.bin"


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Why a finding was read as it was.

    Attributes:
        page, version, finding, kind: which finding.
        rules: the rules that read it, each with its row of the language pack.
        grounds: what else in the page it rests on.
    """

    page: str
    version: str
    finding: str
    kind: str
    rules: list[RuleTold]
    grounds: list[Ground]


@screen(router, "/page", "article.html", Article)
def article(desk: AtDesk, id: _Id, version: _Version = "") -> Article:
    """One page: its words, what was read in them, its captured bytes and its versions."""
    found, shown = _found(desk.ledger, id, version)
    record = pages.record_of(desk.ledger, shown)
    page = record.page if record else None
    day = page.published if page else Publication(first=shown.given.published)
    known = pages.acts(desk.ledger, [shown.seq])
    return Article(
        id=shown.id, sha256=shown.sha256, version=_version(shown), versions=[_version(v) for v in found],
        size=len(pages.bytes_of(desk.ledger, shown)), as_text=shown.given.text, url=shown.url or shown.given.url,
        publisher=shown.publisher or shown.given.publisher, headline=shown.headline or shown.given.headline,
        encoding=page.encoding if page else None, published=day,
        evidence=[words for span in day.evidence if record and (words := record.words(span).strip())],
        dated_by=list(shown.dated_by), record=record, acts=list(known.values()),
    )  # fmt: skip


def _found(ledger: Ledger, page_id: str, digest: str) -> tuple[list[pages.Version], pages.Version]:
    found = pages.versions(ledger, page_id)
    shown = pages.wanted(found, page_id, digest)
    if shown is None:
        raise NoSuchPage("The ledger holds no such page, or no such capture of it.", page_id)
    return found, shown


def _version(v: pages.Version) -> Version:
    state = "unread" if v.error else "superseded" if v.superseded else "current"
    captured = v.given.captured.isoformat() if v.given.captured else None
    return Version(v.id, v.digest, v.sha256, state, captured, v.published, v.error, v.message)


@router.get("/page/bytes")
def page_bytes(desk: AtDesk, id: _Id, version: _Version = "") -> Response:
    """The captured bytes of a page, to be saved and never shown: whatever they hold, a browser runs none of it."""
    _, shown = _found(desk.ledger, id, version)
    headers = {
        "Content-Disposition": f'attachment; filename="marsad-{shown.sha256[:16]}.bin"',
        "X-Content-Type-Options": "nosniff", "X-Marsad-SHA256": shown.sha256,
    }  # fmt: skip
    return Response(pages.bytes_of(desk.ledger, shown), media_type="application/octet-stream", headers=headers)


@screen(router, "/why", "article_why.html", Why)
def why(
    desk: AtDesk,
    page: _Id,
    finding: Annotated[str, Query(description="A finding's id in the record, or its kind and place: `times-0`.")],
    version: _Version = "",
) -> Why:
    """Why a finding was read as it was: the rule with its row in the language pack, and what it rests on."""
    _, shown = _found(desk.ledger, page, version)
    record = pages.record_of(desk.ledger, shown)
    known = keyed(record) if record else {}
    if record is None or finding not in known:
        raise NoSuchFinding(f"The page has no «{finding}».", page)
    told = why_of(record, known[finding])
    return Why(
        page=shown.id, version=shown.digest, finding=finding, kind=known[finding].kind, rules=told.rules,
        grounds=told.grounds,
    )  # fmt: skip
