"""The vote on sides: who of all parties of a page acts, and who is acted on.

The written rules propose an act's sides from its clause; the page knows more: who fights whom, whose words these are,
who acted a line before. Every side that the page has named stands as a candidate for either role, described by where
its mentions stand around the act and by what the rules made of it, and a linear model learned from annotated articles
says how likely it is. `features` is the whole of what the model is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from marsad.reading.actors import Draft, Registry, camp_of, force
from marsad.reading.arguments import clause_end, clause_start
from marsad.reading.choice import Choice, choice
from marsad.reading.document import Line, Mention
from marsad.reading.side_features import Camp, Candidate, around, camps, gap, nobody, ruled, slots, spoken
from marsad.reading.sides import FORCE
from marsad.reading.telling import Telling

ROLES: Final = ("actor", "recipient")
_STAYS: Final = 0.2
_JOINS: Final = 0.6
_STEPS: Final = (1, 3, 6, 11, 20)
_FIGHT: Final = frozenset({"ASSAULT", "COERCE", "THREATEN", "ACCUSE", "SANCTION"})

Chosen = dict[Camp, float]


class Council:
    """Holds the votes on one page's events."""

    def __init__(self, lines: Sequence[Line], registry: Registry, tellings: Sequence[Telling]) -> None:
        """Take stock of the page.

        Args:
            lines: its lines in reading order, headlines first.
            registry: its actors.
            tellings: its events in order, with the sides that the rules gave them.
        """
        self._registry = registry
        self._lines = {line.number: line for line in lines}
        self._titles = [line for line in lines if line.number < 0]
        self._drafts = sorted((d for d in registry.drafts.values() if d.spans), key=lambda d: (min(d.spans), d.key))
        self._here: dict[int, dict[Camp, list[Mention]]] = {}
        self._weight: Counter[Camp] = Counter()
        for line in lines:
            found = self._here.setdefault(line.number, defaultdict(list))
            for mention in line.mentions:
                for draft in registry.of(mention):
                    found[camp_of(draft)].append(mention)
                    self._weight[camp_of(draft)] += 1
        self._rank = {camp: n for n, (camp, _) in enumerate(self._weight.most_common())}
        self._foes = _foes(tellings)
        self._tellings = list(tellings)
        self._starts = [_place(t) for t in self._tellings]

    def candidates(self, t: Telling) -> list[Candidate]:
        """The sides that the page has named up to the end of an event's line.

        Args:
            t: the event.
        """
        found: dict[Camp, Candidate] = {}
        here = self._here[t.act.line.number]
        for draft in self._drafts:
            chosen = draft in t.actors or draft in t.recipients
            if min(draft.spans)[0] > t.act.line.end and not chosen:
                break
            if draft.kind == "media" and not chosen:
                continue
            camp = camp_of(draft)
            candidate = found.setdefault(camp, Candidate(camp, here=here.get(camp, [])))
            candidate.drafts.append(draft)
        return list(found.values())

    def features(self, t: Telling, candidate: Candidate, role: str, across: frozenset[Camp] | None = None) -> list[str]:
        """What the model is told of a candidate for a role of an event.

        Args:
            t: the event, with the sides that the rules gave it.
            candidate: the side.
            role: `actor` or `recipient`.
            across: the sides chosen for the other role; what the rules gave it by default.
        """
        mine, other = (t.actors, t.recipients) if role == "actor" else (t.recipients, t.actors)
        opposite = camps(other) if across is None else across
        found = ruled(t, candidate, camps(mine), opposite)
        found += self._standing(t, candidate)
        found += spoken(t, candidate, self._registry)
        found += self._on_the_page(t, candidate, opposite)
        found += self._before(t, candidate)
        kind, group, rule = t.type, candidate.camp[1], found[0]
        return [
            *found,
            f"type={kind}",
            f"type={kind}&group={group}",
            f"type={kind}&{rule}",
            f"type={kind}&group={group}&{rule}",
        ]

    def _standing(self, t: Telling, candidate: Candidate) -> list[str]:
        """Where the candidate's mentions stand around the act."""
        act, line = t.act, t.act.line
        begin, stop = line.sentence_of(act.at)
        inside = [m for m in candidate.here if begin <= m.first < stop]
        if not inside:
            return [f"stands={self._elsewhere(t, candidate)}", f"stands={self._elsewhere(t, candidate)}&type={t.type}"]
        nearest = min(inside, key=lambda m: (gap(act, m), m.first))
        filled = slots(act, inside)
        side = "before" if nearest.first < act.at else "after"
        steps = sum(gap(act, nearest) >= s for s in _STEPS)
        clause = clause_start(line, act.at) <= nearest.first < clause_end(line, act.last)
        others = [m for m in line.mentions if begin <= m.first < stop and m not in inside]
        closest = not any(
            (m.first < act.at) == (nearest.first < act.at) and gap(act, m) < gap(act, nearest) for m in others
        )
        prep = f"{nearest.prep}{'+' if nearest.inherited else ''}"
        found = [
            "stands=sentence",
            f"{side}={steps}",
            f"{side}={steps}&clause={clause}",
            f"{side}&prep={prep}",
            f"{side}&prep={prep}&type={t.type}",
            f"{side}&prep={prep}&shape={act.shape}&closest={closest}",
            f"{side}&closest={closest}&clause={clause}&type={t.type}",
            f"mention={nearest.shape}",
            f"mention={nearest.shape}&type={t.type}&{side}",
            f"counted={nearest.counted}",
            f"opens={nearest.first - begin <= 1}&prep={bool(nearest.prep)}",
            f"many={min(len(inside), 3)}",
            *around(act, nearest, others),
        ]
        for slot in filled or ["none"]:
            role = act.frame.slots.get(slot.split(":")[-1], "?")
            found += [
                f"slot={slot}&shape={act.shape}&passive={act.passive}",
                f"slot={slot}&frame={role}",
                f"slot={slot}&row={act.frame.row}",
            ]
        return found

    def _elsewhere(self, t: Telling, candidate: Candidate) -> str:
        """How far from the act's sentence the candidate was named last."""
        number = t.act.line.number
        if candidate.here:
            before = any(m.first < t.act.at for m in candidate.here)
            return "line-before" if before else "line-after"
        for back in (1, 2):
            if self._here.get(number - back, {}).get(candidate.camp) and number - back >= 0:
                return f"back-{back}"
        earlier = any(candidate.camp in self._here[n] for n in self._here if 0 <= n < number)
        return "earlier" if earlier else "title" if self._in_title(candidate.camp) else "implied"

    def _in_title(self, camp: Camp) -> bool:
        return any(camp in self._here[line.number] for line in self._titles)

    def _on_the_page(self, t: Telling, candidate: Candidate, across: frozenset[Camp]) -> list[str]:
        """What the candidate is to the page: how often named, whose opponent."""
        camp, kind = candidate.camp, t.type
        rank = min(self._rank.get(camp, 9), 4)
        against = max((self._foes[c][camp] for c in across), default=0)
        first = any(self._foes[c] and max(self._foes[c], key=lambda k: (self._foes[c][k], k)) == camp for c in across)
        ally = any(c[0] == camp[0] and c != camp for c in across)
        facing = "none" if not across else "self" if camp in across else "country" if ally else "other"
        return [
            f"rank={rank}",
            f"rank={rank}&type={kind}",
            f"title={self._in_title(camp)}&type={kind}",
            f"foe={min(against, 3)}&first={first}",
            f"foe={min(against, 3)}&first={first}&fight={kind in _FIGHT}",
            f"ground={any(p.country == camp[0] for p in t.act.line.places)}&group={camp[1]}&type={kind}",
            f"across={facing}",
            f"across={facing}&type={kind}",
            f"across={facing}&group={camp[1]}&fight={kind in _FIGHT}",
            f"across-groups={'+'.join(sorted({c[1] for c in across}))}&group={camp[1]}&type={kind}",
        ]

    def _before(self, t: Telling, candidate: Candidate) -> list[str]:
        """Which part the candidate had in the event told before, and in the last one of this type."""
        at = bisect_left(self._starts, _place(t))
        found = []
        last = self._tellings[at - 1] if at else None
        same = next((o for o in reversed(self._tellings[:at]) if o.type == t.type), None)
        for name, o in (("last", last), ("same", same)):
            if o is None:
                part = "-"
            else:
                acted = candidate.camp in {camp_of(d) for d in o.actors}
                suffered = candidate.camp in {camp_of(d) for d in o.recipients}
                part = "both" if acted and suffered else "actor" if acted else "recipient" if suffered else "none"
            near = o is not None and t.act.line.number - o.act.line.number <= 1
            found += [f"{name}={part}&near={near}", f"{name}={part}&type={t.type}&shape={t.act.shape}"]
        return found

    def vote(self, elected: Sequence[Telling]) -> None:
        """Let the models choose the sides of events; each change is noted on the event.

        Args:
            elected: the events, in order.
        """
        models = [choice(f"side-{role}") for role in ROLES]
        if models[0] is None or models[1] is None:
            return
        chosen = [self.decide(t, models[0], models[1]) for t in elected]
        for t, (actors, recipients) in zip(elected, chosen, strict=True):
            if t.denies is None:
                self._give(t, actors, recipients)
        for t in elected:
            if t.denies is not None:
                t.actors, t.recipients = list(t.denies.actors), list(t.denies.recipients)

    def decide(self, t: Telling, actor: Choice, recipient: Choice) -> tuple[Chosen, Chosen]:
        """The sides that the models give an event, each with its share; who acts first, since that tells on whom.

        Args:
            t: the event.
            actor, recipient: the models of the two roles.
        """
        one = settled(camps(t.actors), self.shares(t, "actor", actor), {})
        two = settled(camps(t.recipients), self.shares(t, "recipient", recipient, frozenset(one)), one)
        if _two_sided(t) and len(one) == len(two) == 1:
            return {**one, **two}, {}
        return one, two

    def shares(
        self, t: Telling, role: str, model: Choice, across: frozenset[Camp] | None = None
    ) -> dict[Camp | None, float]:
        """Each side's share in a role of an event; None stands for nobody.

        Args:
            t: the event.
            role: `actor` or `recipient`.
            model: the role's model.
            across: the sides chosen for the other role; what the rules gave it by default.
        """
        found = self.candidates(t)
        told = [self.features(t, c, role, across) for c in found] + [nobody(t, role, across)]
        return dict(zip([*(c.camp for c in found), None], model.shares(told), strict=True))

    def _give(self, t: Telling, actors: Mapping[Camp, float], recipients: Mapping[Camp, float]) -> None:
        """Give an event the chosen sides, by the actors that the rules had of each or else the last named."""
        known = {c.camp: c for c in self.candidates(t)}
        for role, chosen in (("actors", actors), ("recipients", recipients)):
            if role in t.sure:
                continue
            before: list[Draft] = getattr(t, role)
            after = [d for d in before if camp_of(d) in chosen]
            for camp in chosen:
                if not any(camp_of(d) == camp for d in before):
                    after.append(self._stands_for(t, known[camp], role))
            if {id(d) for d in after} != {id(d) for d in before}:
                shares = " ".join(f"{code}/{group} {share:.2f}" for (code, group), share in chosen.items())
                t.notes.append((role, f"vote: {shares or 'nobody'}"))
                setattr(t, role, after)

    def _stands_for(self, t: Telling, candidate: Candidate, role: str) -> Draft:
        """The actor that stands for a side: the one named nearest before the act, else nearest after it."""
        at = t.trigger[0]
        before = [(s[0], d) for d in candidate.drafts for s in d.spans if s[0] <= at]
        after = [(s[0], d) for d in candidate.drafts for s in d.spans if s[0] > at]
        chosen = max(before, key=lambda x: x[0])[1] if before else min(after, key=lambda x: x[0])[1]
        if role == "actors" and t.act.frame.type in FORCE:
            return force(self._registry, chosen, t.trigger)
        return chosen


def settled(ruled: frozenset[Camp], shares: Mapping[Camp | None, float], taken: Chosen) -> Chosen:
    """The sides that are chosen for a role. Where the rules name nobody, the likeliest or nobody; of those that they
    name, the unlikely go, and a very likely one joins.

    Args:
        ruled: the sides that the rules gave the role.
        shares: each side's share; None for nobody.
        taken: the sides of the other role, which are not given this one too.
    """
    free = {c: p for c, p in shares.items() if c not in taken or c in ruled}
    best = max(free, key=lambda c: (free[c], c is None, c or ("", "")))
    alone = {} if best is None else {best: free[best]}
    if not ruled:
        return alone
    kept = {c: p for c, p in free.items() if c is not None and p >= (_STAYS if c in ruled else _JOINS)}
    return kept or alone


def _two_sided(t: Telling) -> bool:
    """Whether an act is fighting that both sides do («اشتباكات»), and its words do not say on whom it is waged."""
    return t.type == "ASSAULT" and t.act.frame.slots.get("بين") == "A" and not t.act.recipients


def _foes(tellings: Sequence[Telling]) -> dict[Camp, Counter[Camp]]:
    """How often the rules set two sides of a page against each other."""
    found: dict[Camp, Counter[Camp]] = defaultdict(Counter)
    for t in tellings:
        if t.type not in _FIGHT:
            continue
        one = list(dict.fromkeys(camp_of(d) for d in t.actors))
        two = list(dict.fromkeys(camp_of(d) for d in t.recipients)) or (one if len(one) > 1 else [])
        for a in one:
            for b in two:
                if a != b:
                    found[a][b] += 1
                    found[b][a] += 1
    return found


def _place(t: Telling) -> tuple[int, int]:
    return t.act.line.number, t.act.at
