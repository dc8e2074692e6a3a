"""What may be written into the log: a decision from a screen, a command or a file, checked and completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marsad.ledger.model import Mention
from marsad.model.errors import BadJudgement
from marsad.review.model import CODED, ON_CARDS, VERDICTS, Decided, Reviewed
from marsad.review.values import changed, values_of, with_values

_LONGEST: Final = 10_000  # characters of a note


def entry(kind: str, mention: Mention, data: Mapping[str, Any], before: Reviewed, by: str) -> dict[str, Any]:
    """The data of a judgement on a card.

    Args:
        kind: what is decided.
        mention: as the machine read it.
        data: as it was given: `fields`, `verdict`, `text`, `on`.
        before: what the judgements until now come to.
        by: who decides.

    Raises:
        BadJudgement: there is no such decision, or it lacks what it needs, or a field cannot take its value.
    """
    if not by.strip():
        raise BadJudgement("A decision needs a name beside it.", mention.id)
    if kind not in ON_CARDS:
        raise BadJudgement(f"«{kind}» is no decision on a card; there are {', '.join(ON_CARDS)}.", mention.id)
    if kind == "note":
        return {"text": _text(data, mention.id)}
    if kind == "flag":
        return {"on": bool(data.get("on", True))}
    if kind == "skip":
        return {}
    verdict = str(data.get("verdict")) if kind == "adjudicate" else kind
    if verdict not in (VERDICTS if kind == "adjudicate" else CODED):
        raise BadJudgement(f"«{verdict}» is no verdict; there are {', '.join(VERDICTS)}.", mention.id)
    told = {"seen": values_of(mention), "fields": _fields(verdict, mention, data, before, by)}
    return {"verdict": verdict, **told} if kind == "adjudicate" else told


def _text(data: Mapping[str, Any], subject: str) -> str:
    text = data.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        raise BadJudgement(f"A note needs words, {_LONGEST} characters at most.", subject)
    return text.strip()


def _fields(verdict: str, mention: Mention, data: Mapping[str, Any], before: Reviewed, by: str) -> dict[str, Any]:
    """The values in which the mention leaves the verdict otherwise than the machine read it.

    What was changed before by whom the card shows it is changed still, unless it is changed again.
    """
    given = data.get("fields") or {}
    if not isinstance(given, dict):
        raise BadJudgement("Fields are an object, name by value.", mention.id)
    if given and verdict == "reject":
        raise BadJudgement("What is rejected has no values.", mention.id)
    if verdict == "edit" and not given:
        raise BadJudgement("An edit names the fields that it changes.", mention.id)
    if verdict == "reject":
        return {}
    shown = _shown(before, by)
    kept = shown.fields if shown else {}
    changed(with_values(mention, {**values_of(mention), **kept}), given)  # refuses what is wrong in what was given
    return changed(mention, {**kept, **given})


def _shown(before: Reviewed, by: str) -> Decided | None:
    """The verdict whose values stand on somebody's card: their own, else the one that counts, if they may see it."""
    own = next((d for d in before.decided if d.by == by), None)
    return own or (before.outcome if before.needed == 1 or before.adjudicated else None)
