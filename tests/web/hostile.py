"""A ledger whose pages hold an attack in every field that a page can fill, and what must never stand in an answer."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator

from lxml import html

from marsad.store.ledger import Ledger
from marsad.store.work import Given, job, read_job

_DATA = pathlib.Path(__file__).parent.parent / "data"
_SCHEMES = ("http://", "https://", "/", "?", "#", "mailto:")
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "background", "poster", "srcset")


def vectors(name: str) -> list[str]:
    """The vectors of a data file: `xss` or `bidi`."""
    lines = (_DATA / f"{name}_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip() and not line.startswith("#")]


def attacked(path: pathlib.Path, attacks: list[str]) -> list[str]:
    """A ledger of one page for each attack, which stands in its id, outlet, address, headline, names, words, comments.

    Returns:
        The ids of its pages.
    """
    with Ledger.open(path, create=True) as ledger:
        jobs = [job(_page(attack), _given(n, attack)) for n, attack in enumerate(attacks)]
        ledger.write(read_job(one) for one in jobs)
        ledger.settle()
    return [one.id for one in jobs]


def _given(n: int, attack: str) -> Given:
    day = f"2020-10-{1 + n % 28:02d}"
    return Given(
        id=f"{n} {attack}", url=f"https://example.com/{n}/{attack}", publisher=f"منبر {attack}", published=day,
        headline=f"قصف يقتل {n + 3} مدنيين في غنجة {attack}",
    )  # fmt: skip


def _page(attack: str) -> str:
    return (
        f"قال المتحدث باسم وزارة الدفاع الأذربيجانية {attack} إن القوات الأرمينية قصفت مدينة غنجة {attack} فجر السبت.\n"
        f'وأضاف: "قُتل 12 مدنيا {attack} وأصيب 34 آخرون". ونفت أرمينيا ذلك {attack}.\n'
        f"ودعت روسيا الطرفين إلى وقف إطلاق النار {attack}، واتفق الجانبان على هدنة إنسانية برعاية موسكو {attack}.\n"
        f"وأعلنت تركيا دعمها لأذربيجان {attack}، ونقلت وكالة {attack} عن الرئيس إلهام علييف قوله إن {attack} باطل.\n"
    )


def live(answer: str) -> Iterator[str]:
    """What in an HTML answer could run or lead astray: foreign scripts, handlers, styles, frames, other schemes."""
    for element in html.document_fromstring(answer.encode("utf-8")).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("iframe", "object", "embed", "base", "style", "frame", "portal", "applet", "template"):
            yield f"<{element.tag}>"
        if element.tag == "script" and not _own(element):
            yield "a script that is not the desk's own"
        for name, value in element.attrib.items():
            if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") or "x-init" in name:
                yield f"{element.tag} {name}={value[:60]}"
            if name in _ADDRESSES and value and not value.startswith(_SCHEMES):
                yield f"{element.tag} {name}={value[:60]}"


def _own(script: html.HtmlElement) -> bool:
    return script.get("type") == "application/json" or (script.get("src") or "").startswith("/static/")
