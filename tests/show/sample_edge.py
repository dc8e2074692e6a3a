"""Pages at the edge: one with nothing to find, one that fills every field with what it should not."""

from __future__ import annotations

import msgspec
from sample import TEXT, record

from marsad.model.record import Comment, Page, Reader, Record, Repair


def empty() -> Record:
    """A record of a page in which there is nothing to find."""
    text = "وصفة اليوم\nنضع الدقيق والسكر في وعاء ثم نضيف الحليب."
    page = Page(sha256="0" * 64, text=text, headline="وصفة اليوم")
    return Record(id="empty", reader=Reader(version="0.1.0", pack="0"), page=page)


def hostile(payload: str) -> Record:
    """The sample with a payload in every field that a page can fill."""
    whole = record()
    page = msgspec.structs.replace(
        whole.page,
        url=payload,
        publisher=payload,
        headline=payload,
        language=payload,
        encoding=payload,
        text=payload + TEXT[len(payload) :] if len(payload) < len(TEXT) else payload,
        comments=(Comment(author=payload, text=(0, 9)),),
        repairs=(Repair(kind=payload, start=0, end=3, suggestion=payload),),
    )
    actors = tuple(
        msgspec.structs.replace(a, name=payload, name_en=payload, role=payload, wikidata=payload) for a in whole.actors
    )
    places = tuple(msgspec.structs.replace(p, name=payload, name_en=payload) for p in whole.places)
    events = tuple(
        msgspec.structs.replace(e, weapons=(payload,), rule=payload, contexts=(payload,)) for e in whole.events
    )
    return msgspec.structs.replace(whole, id=payload, page=page, actors=actors, places=places, events=events)
