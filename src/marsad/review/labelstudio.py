"""Label Studio: a ledger's pages as tasks with the machine's reading and persons' decisions, and annotations back.

The formats are those of Label Studio's guide ("Label Studio JSON format of annotated tasks", "Import pre-annotated
data"): a task holds `data`, `predictions` (the machine's reading) and `annotations` (one for each person). In a result
every mention is one region on its trigger, labelled with the type; verdict and status are choices, the other fields
texts, all bound to the region by its id, which is the mention's. Offsets count code points, as ours do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args
from xml.sax.saxutils import quoteattr

import msgspec

from marsad.ledger.model import Mention
from marsad.model.errors import BadJudgement
from marsad.model.plover import TYPES
from marsad.model.record import Span, Status
from marsad.review.model import VERDICTS, Decided, Note
from marsad.review.pages import ReviewedPage
from marsad.review.values import values_of

_STATUSES: Final = get_args(Status)
_MODEL: Final = "marsad"
_ASIDE: Final = ("mode", "from", "to")  # texts that are written as they are
_JSON: Final = ("actors", "recipients", "claimed_by", "place", "tolls", "foreground")  # texts that are JSON
_KINDS: Final = {"event": "labels", "verdict": "choices", "status": "choices", "note": "textarea"}


def config() -> str:
    """The labelling configuration that the tasks need, as XML; it is pasted into the project's settings."""
    labels = "\n".join(f"    <Label value={quoteattr(kind)}/>" for kind in sorted(TYPES))
    areas = "\n".join(
        f"{_heading(name)}\n"
        f'    <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true"'
        f' rows="1" placeholder="{name}"/>'
        for name in (*_ASIDE, *_JSON, "note")
    )
    return f"""<View>
  <Header value="$headline"/>
  <Labels name="event" toName="text">
{labels}
  </Labels>
  <View style="direction: rtl; text-align: right; line-height: 1.8">
    <Text name="text" value="$text" granularity="word"/>
  </View>
  <View visibleWhen="region-selected">
{_choices("verdict", VERDICTS)}
{_choices("status", _STATUSES)}
{areas}
  </View>
</View>
"""


def config_lines(pages: Iterable[ReviewedPage]) -> Iterator[bytes]:
    """The labelling configuration; it is the same for all pages.

    Args:
        pages: the pages, which are not looked at.
    """
    yield config().encode()


def _choices(name: str, values: Iterable[str]) -> str:
    inside = "\n".join(f"      <Choice value={quoteattr(value)}/>" for value in values)
    opened = f'    <Choices name="{name}" toName="text" perRegion="true" choice="single">'
    return f"{_heading(name)}\n{opened}\n{inside}\n    </Choices>"


def _heading(name: str) -> str:
    """A field's name above it: a field that is filled shows no placeholder."""
    return f'    <Header value="{name}" size="6"/>'


# ---------------------------------------------------------------- out


def task_lines(pages: Iterable[ReviewedPage]) -> Iterator[bytes]:
    """The pages as tasks: one JSON array, a task a line.

    Args:
        pages: the pages.
    """
    before = b"[\n"
    for page in pages:
        yield before + msgspec.json.encode(task(page))
        before = b",\n"
    yield b"\n]\n" if before != b"[\n" else b"[]\n"


def task(page: ReviewedPage) -> dict[str, Any]:
    """A page as a task.

    Args:
        page: the page.
    """
    about = page.record.page
    data = {
        "text": about.text,
        "headline": about.headline or page.id,
        "page": page.id,
        "sha256": about.sha256,
        "publisher": about.publisher,
        "published": about.published.first,
        "url": about.url,
        "mentions": {m.id: list(m.trigger) for m in page.mentions},
    }
    read = [part for m in page.mentions for part in _results(page, m, values_of(m))]
    coders = dict.fromkeys(d.by for m in page.mentions for d in page.state(m).decided)
    return {
        "data": {name: value for name, value in data.items() if value is not None},
        "predictions": [{"model_version": _MODEL, "result": read}],
        "annotations": [_annotation(page, by) for by in sorted(coders)],
    }


def _annotation(page: ReviewedPage, by: str) -> dict[str, Any]:
    """What one person has decided of a page. Who it was stands in `meta`: in Label Studio annotators are numbers."""
    parts: list[dict[str, Any]] = []
    for mention in page.mentions:
        found = page.state(mention)
        notes = [n for n in found.notes if n.by == by]
        for decided in (d for d in found.decided if d.by == by):
            parts += _results(page, mention, decided.values, decided, notes)
    return {"result": parts, "meta": {"by": by}, "was_cancelled": False, "ground_truth": False}


def _results(
    page: ReviewedPage, mention: Mention, values: Mapping[str, Any], decided: Decided | None = None,
    notes: Iterable[Note] = (),
) -> list[dict[str, Any]]:  # fmt: skip
    """A mention as results: its region, and what is said of it."""
    told: dict[str, list[str]] = {"event": [values["type"]]}
    if decided is not None:
        told["verdict"] = [decided.verdict]
    told["status"] = [values["status"]]
    told |= {name: [values[name]] for name in _ASIDE if values[name]}
    told |= {name: [_json(values[name])] for name in _JSON}
    text = " / ".join(note.text for note in notes)
    if text:
        told["note"] = [text]
    start, end = mention.trigger
    where = {"start": start, "end": end, "text": page.record.words(mention.trigger)}
    return [_result(mention.id, name, value, where) for name, value in told.items()]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _result(region: str, name: str, value: list[str], where: Mapping[str, Any]) -> dict[str, Any]:
    kind = _KINDS.get(name, "textarea")
    key = "text" if kind == "textarea" else kind
    span = {k: v for k, v in where.items() if k != key}
    told = {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": {**span, key: value}}
    return told if name == "event" else {**told, "origin": "manual"}


# ---------------------------------------------------------------- in


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that an annotation says, ready to be judged.

    Attributes:
        subject: the mention's id.
        by: the annotator.
        at: when, ISO 8601; empty where the file does not say it.
        kind: a verdict; `note` where nothing but words was left.
        values: the values that the annotation gives, under the names of the mention's JSON.
        note: words that were left beside it.
        where: the place in the file, for messages.
    """

    subject: str
    by: str
    at: str = ""
    kind: str
    values: dict[str, Any]
    note: str | None = None
    where: str


def decisions(told: Any, where: str, default: str | None = None) -> Iterator[Said | BadJudgement]:
    """What the annotations of an exported file say; what cannot be taken is given as an error, and nothing is left out.

    Args:
        told: the file's JSON: a list of tasks.
        where: the file's name.
        default: the annotator's name where the file does not give one.
    """
    if not isinstance(told, list):
        yield BadJudgement("It is no list of tasks, as Label Studio exports it with format JSON.", where)
        return
    for n, one in enumerate(told, 1):
        place = f"{where}: task {n}"
        if not isinstance(one, dict) or not isinstance(one.get("data"), dict):
            yield BadJudgement("It is no task: it has no data.", place)
            continue
        for annotation in one.get("annotations") or ():
            yield from _said(one["data"], annotation, place, default)


def _said(data: Mapping[str, Any], annotation: Any, place: str, default: str | None) -> Iterator[Said | BadJudgement]:
    """What one annotation says: region by region; an annotation that was cancelled says nothing."""
    if not isinstance(annotation, dict) or not isinstance(annotation.get("result"), list):
        yield BadJudgement("An annotation has no result.", place)
        return
    if annotation.get("was_cancelled"):
        return
    by, at = _annotator(annotation, default), str(annotation.get("updated_at") or annotation.get("created_at") or "")
    if by is None:
        yield BadJudgement("The annotation does not say whose it is; give a name with --by.", place)
        return
    regions: dict[str, list[dict[str, Any]]] = {}
    for part in annotation["result"]:
        if isinstance(part, dict) and part.get("type") != "relation":
            regions.setdefault(str(part.get("id")), []).append(part)
    for region, parts in regions.items():
        here = f"{place}, region {region}"
        try:
            yield _decision(_subject(data, region, parts, here), parts, by, at, here)
        except BadJudgement as error:
            yield error


def _annotator(annotation: Mapping[str, Any], default: str | None) -> str | None:
    """Whose annotation it is: as we wrote it, else the name or address of the account, else what the caller says."""
    own = annotation.get("meta")
    if isinstance(own, dict) and isinstance(own.get("by"), str):
        return str(own["by"])
    account = annotation.get("completed_by")
    if isinstance(account, dict):
        name = " ".join(str(account[k]) for k in ("first_name", "last_name") if account.get(k))
        return str(account.get("email") or name or account.get("id") or "") or default
    if default is not None:
        return default
    return f"label-studio {account}" if isinstance(account, int) else None


def _subject(data: Mapping[str, Any], region: str, parts: Iterable[Mapping[str, Any]], place: str) -> str:
    """The mention of a region: by its id, else by the trigger that it lies on, since a region may be drawn anew."""
    known = data.get("mentions")
    known = known if isinstance(known, dict) else {}
    if region in known:
        return region
    spans = {_span(part.get("value")) for part in parts} - {None}
    found = [mention for mention, span in known.items() if _span(span) in spans]
    if len(found) != 1:
        raise BadJudgement("The region is no mention of the ledger's.", place)
    return str(found[0])


def _span(value: Any) -> Span | None:
    if isinstance(value, dict):
        value = [value.get("start"), value.get("end")]
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return value[0], value[1]
    return None


def _decision(subject: str, parts: Iterable[Mapping[str, Any]], by: str, at: str, place: str) -> Said:
    told = {str(part.get("from_name")): _first(part, place) for part in parts}
    values: dict[str, Any] = {name: told[name] for name in ("status", *_ASIDE) if told.get(name)}
    values |= {name: _parsed(told[name], name, place) for name in _JSON if told.get(name)}
    if told.get("event"):
        values["type"] = told["event"]
    verdict = told.get("verdict") or "accept"
    if verdict not in VERDICTS:
        raise BadJudgement(f"«{verdict}» is no verdict; there are {', '.join(VERDICTS)}.", place)
    if verdict == "reject":
        values = {}
    if verdict == "denied":
        values.pop("status", None)  # the verdict says it
    return Said(subject=subject, by=by, at=at, kind=verdict, values=values, note=told.get("note"), where=place)


def _first(part: Mapping[str, Any], place: str) -> str:
    """The one value of a result: Label Studio gives it in a list, or in a text area of one line as a text."""
    value = part.get("value")
    found = value.get(str(part.get("type")), value.get("text")) if isinstance(value, dict) else None
    found = found[0] if isinstance(found, list) and found else found
    if not isinstance(found, str):
        raise BadJudgement(f"«{part.get('from_name')}» has no value.", place)
    return found


def _parsed(text: str, name: str, place: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise BadJudgement(f"«{name}» is no JSON: {error}.", place) from error
