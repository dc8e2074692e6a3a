"""Which act each count of harm belongs to, and harm that no act of its sentence tells."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.casualties import Harm, tells_harm, tells_victims
from marsad.reading.document import Line
from marsad.reading.roles import Act
from marsad.reading.telling import Telling


def without_results(line: Line, tellings: list[Telling]) -> list[Telling]:
    """A line's events less the harm that another act led to («أسفر … عن مقتل»), which is told with that act."""
    kept: list[Telling] = []
    for t in tellings:
        host = next((k for k in reversed(kept) if k.act.frame.type == "ASSAULT" and _led_to(line, k.act, t.act)), None)
        if host is None or t.act.frame.type != "ASSAULT" or not tells_harm(line, t.act.at):
            kept.append(t)
            continue
        host.act.merged.append(t.act.at)
        host.recipients = host.recipients or [d for d in t.recipients if d not in host.actors]
    return kept


def _led_to(line: Line, earlier: Act, later: Act) -> bool:
    begin, stop = line.sentence_of(earlier.at)
    if not begin <= later.at < stop or later.shape != "noun":
        return False
    if tells_victims(line, later.at):
        return True
    return later.light is not None and later.light.slots.get("subj") == "cause"


def attach(line: Line, tellings: list[Telling], harms: Sequence[Harm]) -> list[Harm]:
    """Give each count of harm to the act that it belongs to: its own word's, else the last act of force before it.

    Returns:
        The counts that no act of their sentence could take.
    """
    left = []
    for harm in harms:
        begin, stop = line.sentence_of(harm.at)
        force_acts = [t for t in tellings if t.type == "ASSAULT" and begin <= t.act.at < stop]
        own = next((t for t in force_acts if harm.at == t.act.at or harm.at in t.act.merged), None)
        before = [t for t in force_acts if t.act.at <= harm.at]
        host = own or (before[-1] if before else force_acts[0] if force_acts else None)
        if host is None:
            left.append(harm)
        else:
            host.harm.append(harm)
    return left


def rehome(kept: Sequence[Telling], dropped: Sequence[Telling]) -> list[Telling]:
    """Give the harm of acts that were voted out to an act of force of their sentence; with none, they stay.

    Args:
        kept: the page's events.
        dropped: those that were voted out.

    Returns:
        The dropped ones that stay, since they alone tell of their harm.
    """
    stay = []
    for t in dropped:
        if not t.harm:
            continue
        begin, stop = t.act.line.sentence_of(t.act.at)
        near = [o for o in kept if o.type == "ASSAULT" and o.act.line is t.act.line and begin <= o.act.at < stop]
        if near:
            host = min(near, key=lambda o: abs(o.act.at - t.act.at))
            host.harm += [h for h in t.harm if h not in host.harm]
        else:
            stay.append(t)
    return stay
