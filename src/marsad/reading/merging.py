"""One act told by several words is one act: «غارات استهدفت», «قتل في قصف», «هجوم أسفر عن مقتل»."""

from __future__ import annotations

from marsad.reading.arguments import is_verb
from marsad.reading.document import Line
from marsad.reading.roles import Act


def merge(line: Line, acts: list[Act]) -> list[Act]:
    """One act told by several words is one act: «غارات استهدفت», «قتل في قصف», «هجوم أسفر عن مقتل»."""
    kept: list[Act] = []
    for act in acts:
        same_type = [k for k in kept if k.frame.type == act.frame.type]
        if act.article and not act.filled and act.light is None and same_type:
            continue  # «… الهجوم»: refers back to the act just told
        host = next((k for k in reversed(same_type) if _same_act(line, k, act)), None)
        if host is None:
            kept.append(act)
            continue
        host.merged.append(act.at)
        host.mode = host.mode or act.mode
        for mine, other in ((host.actors, act.actors), (host.recipients, act.recipients)):
            if not mine:
                mine.extend(m for m in other if m not in host.actors and m not in host.recipients)
        if not host.actors:
            host.actor_codes = host.actor_codes or act.actor_codes
    return kept


def _same_act(line: Line, earlier: Act, later: Act) -> bool:
    begin, stop = line.sentence_of(earlier.at)
    if not begin <= later.at < stop:
        return False
    gap = range(earlier.last, later.at)
    if earlier.shape == "noun" and later.shape == "verb":
        near = all(
            line.pos[k] in ("ADJ", "ADV")
            or line.grammar_kind(k) == "rel"
            or line.tokens[k].form in '،,"«»'
            or k in line.mention_at
            for k in gap
        )
        return (
            near
            and len(gap) <= 6
            and (later.relative or later.args.opaque or not later.args.subject or later.args.elided)
        )
    if later.shape == "noun" and len(gap) <= 14:
        link = next(
            (
                line.grammar[k][1].value
                for k in (later.at - 1, later.at - 2)
                if k in line.grammar and line.grammar[k][0] == later.at
            ),
            "",
        )
        carried = link in ("في", "بسبب") or later.pro == "ب"
        return (carried and not any(is_verb(line, k) for k in gap) and not later.background) or (
            carried and link == "بسبب"
        )
    return False
