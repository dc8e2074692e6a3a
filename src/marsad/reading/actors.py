"""From mentions to actors: one actor, many mentions; codes that only the page can tell; words that point back.

What decides, in this order: a name of the pack, an office and who holds it, the same head named more fully before,
the last actor of the same kind, the country that the page is about. Each mention ends with a draft of its actor.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, cast, get_args

from marsad.language.lexicon import bare
from marsad.language.pack import alternatives
from marsad.model.record import Actor, ActorKind, Span
from marsad.reading.actor_lexicon import bodies, breakaway, coalition_leader, country_names
from marsad.reading.document import Line, Mention
from marsad.reading.noun_phrase import NO_AUTHORITY, REGION
from marsad.text.fold import fold

Key = tuple[str, ...]
Side = tuple[str, str]
_SIDES: Final = {"GOV": "state", "MIL": "state", "COP": "state", "REB": "armed", "UAF": "armed", "CRM": "armed"}
_GROUPS: Final = {
    sector: group
    for group, sectors in {
        "state": "GOV MIL COP LEG JUD SPY ELI", "armed": "REB UAF CRM PRM", "political": "OPP PTY",
        "people": "CVL MED EDU JRN REF REL LAB BUS AGR SOC",
    }.items()
    for sector in sectors.split()
}  # fmt: skip
_STATE: Final = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


@dataclass(slots=True, eq=False)
class Draft:
    """An actor in the making; `spans` are its mentions in the page's text."""

    key: Key
    name: str
    kind: str
    code: str | None
    sector: str | None
    role: str | None = None
    name_en: str | None = None
    wikidata: str | None = None
    inferred: bool = False
    spans: list[Span] = field(default_factory=list)

    def add(self, span: Span) -> None:
        """Add a mention's span once."""
        if span not in self.spans:
            self.spans.append(span)


_OF_THE_GROUND: Final = frozenset({"COP", "CVL", "MED", "JUD"})
_UNNAMED_SHAPES: Final = frozenset({"body", "people", "source", "group"})


class Registry:
    """The actors of one page, found by what a mention says of itself."""

    def __init__(self) -> None:
        self.drafts: dict[Key, Draft] = {}
        self._last_names: dict[str, Draft] = {}
        self._offices: dict[tuple[str, str | None], Draft] = {}
        self._latest: list[Draft] = []
        self._short: dict[str, Draft] = {}
        self.codes: Counter[str] = Counter()
        self.dyads: Counter[tuple[Side, Side]] = Counter()
        self.region: str | None = None  # the state on whose ground a breakaway region lies that the page tells of
        self._of: dict[int, list[Draft]] = {}
        self._ground: str | None = None  # the country of the sentence that is being read

    def of(self, mention: Mention) -> list[Draft]:
        """The drafts that a mention stands for: one, or several for «البلدان», none where it could not be resolved."""
        return self._of.get(id(mention), [])

    def of_all(self, mentions: Iterable[Mention]) -> list[Draft]:
        """The drafts of several mentions, each once."""
        return list(dict.fromkeys(d for m in mentions for d in self.of(m)))

    def stand_for(self, mention: Mention, draft: Draft) -> None:
        """Say whom a mention stands for, where only the reading around it can tell.

        Args:
            mention: the mention.
            draft: its actor.
        """
        self._of[id(mention)] = [draft]

    def register(self, mention: Mention, subject: Draft | None, ground: str | None = None) -> list[Draft]:
        """Resolve a mention, seen in reading order.

        Args:
            mention: the mention.
            subject: who was last said to speak or act, for possessives («بلاده»).
            ground: the country on whose ground its sentence takes place, whose police and people are meant.

        Returns:
            Its drafts.
        """
        self._ground = ground
        found = self._back(mention, subject) if mention.shape == "back" else [self._forward(mention, subject)]
        self._of[id(mention)] = found
        for draft in found:
            draft.add((mention.start, mention.end))
            if draft in self._latest:
                self._latest.remove(draft)
            self._latest.append(draft)
        return found

    def synthetic(self, key: Key, name: str, kind: str, code: str | None, sector: str | None, span: Span) -> Draft:
        """An actor that an adjective or a place stands for: the side behind «غارة تركية», the people of a shelled town.

        Args:
            key: what tells the actor from others, where the page names none of the code that could be meant.
            name, kind, code, sector: what a new actor gets.
            span: the words that stand for it.
        """
        same = next((d for d in self.drafts.values() if d.code == code and _alike(d, sector)), None) if code else None
        draft = same or self.drafts.setdefault(key, Draft(key, name, kind, code, sector))
        draft.add(span)
        return draft

    def forget(self, used: Iterable[Draft]) -> None:
        """Let go of actors that only words stood for which turned out to tell no event.

        Args:
            used: the actors of the page's findings.
        """
        kept = {id(d) for d in used}
        named = {id(d) for found in self._of.values() for d in found}
        gone = [k for k, d in self.drafts.items() if k[0] in ("force", "people") and id(d) not in kept | named]
        for key in gone:
            del self.drafts[key]

    def dominant(self) -> str | None:
        """The country that the page speaks of most."""
        return self.codes.most_common(1)[0][0] if self.codes else None

    def latest(self, sector: str | None = None) -> Draft | None:
        """The actor named last, of a sector where one is given."""
        return next((d for d in reversed(self._latest) if d.code and (sector is None or d.sector == sector)), None)

    def state_of(self, code: str, span: Span) -> Draft:
        """The government of a country, as an actor.

        Args:
            code: the country's code.
            span: the words that stand for it.
        """
        body = bodies().get(code)
        if body is not None:  # «أممي»
            name = alternatives(body["names"])[0]
            return self.synthetic(("row", body["id"]), name, body["kind"], code, body["sector"] or None, span)
        key = ("state", code)
        name, name_en = country_names().get(code, (code, None))
        draft = self.drafts.get(key) or self.drafts.setdefault(
            key, Draft(key, name, "country", code, "GOV", name_en=name_en)
        )
        draft.add(span)
        return draft

    def _forward(self, m: Mention, subject: Draft | None) -> Draft:
        if m.shape == "thing" and m.code:
            return self.state_of(m.code, (m.start, m.end))
        if m.person or (m.kind == "person" and m.shape == "name"):
            return self._person(m)
        if m.code is None and m.shape in ("office", "person") and (m.head, None) in self._offices:
            return self._offices[(m.head, None)]
        if m.shape == "office" and (m.head, m.code) in self._offices:
            return self._offices[(m.head, m.code)]
        short = self._shortened(m)
        if short is not None:
            return short
        inferred = m.code is None
        self._complete(m, subject)
        key = self._key(m)
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = Draft(key, m.name, m.kind, m.code, m.sector, m.role, m.name_en, m.wikidata)
            draft.inferred = inferred and m.code is not None
            if m.shape == "office":
                self._offices.setdefault((m.head, m.code), draft)
            if m.shape == "name" and " " in m.name:
                self._short.setdefault(bare(fold(m.name).split()[0]), draft)
        return draft

    def _shortened(self, m: Mention) -> Draft | None:
        """«التحالف», «الحركة» for a body named in full before («تحالف دعم الشرعية»); also inside «طائرات التحالف»."""
        inner = m.inner
        if m.code is None and inner is not None and _unsaid(inner):
            known = self._short.get(bare(fold(inner.name).split()[-1])) if inner.name else None
            if known is not None:
                m.code = known.code
                m.sector = known.sector if known.sector in ("REB", "MIL") else m.sector
            return None
        alone = _unsaid(m) and m.last - m.first == 1 and not m.pronoun
        return self._short.get(bare(fold(m.name).split()[-1])) if alone and m.name.split() else None

    def _person(self, m: Mention) -> Draft:
        name = m.person or m.name
        words = [fold(w) for w in name.split()]
        last = words[-1] if words else fold(name)
        known = self._last_names.get(last)
        if known and (len(words) == 1 or (set(words) & set(fold(known.name).split()) and len(known.name) >= len(name))):
            known.code, known.sector, known.role = known.code or m.code, known.sector or m.sector, known.role or m.role
            draft = known
        else:
            key = ("person", m.row if m.row.startswith("person") else fold(name))
            draft = self.drafts.setdefault(
                key, Draft(key, name, "person", m.code, m.sector, m.role, m.name_en, m.wikidata)
            )
            draft.code, draft.sector = draft.code or m.code, draft.sector or m.sector
            draft.role = draft.role or m.role
            if draft.code is None:
                draft.code, draft.inferred = self.dominant(), True
        self._last_names[last] = draft
        if m.shape == "office":
            self._offices[(m.head, m.code)] = self._offices[(m.head, None)] = draft
        return draft

    def _complete(self, m: Mention, subject: Draft | None) -> None:
        """The code of a phrase that does not say it."""
        if m.code is not None or m.shape in ("name", "country", "capital") or m.kind == "media":
            return
        said = m.back or m.pronoun or m.place or m.sector not in _OF_THE_GROUND or m.shape not in _UNNAMED_SHAPES
        if self._ground and not said:
            m.code = self._ground
            return
        if m.shape == "source":  # whose ground it is: «مصادر أمنية», «شهود» of the country that the page is about
            m.code = m.place.country if m.place is not None else self.dominant()
            return
        if m.pronoun and subject and subject.code:
            m.code = subject.code
            if m.kind == "military" and subject.sector in ("REB", "UAF"):
                m.sector = subject.sector
            return
        if m.back == REGION and self.region:
            m.code, m.sector = self.region, m.sector if m.sector in NO_AUTHORITY else "REB"
            return
        leader = coalition_leader(m.name, self.dominant())
        if leader:
            m.code, m.sector = leader, "MIL"
            return
        twin = next((d for d in reversed(self._latest) if d.code and d.key[0] == "head" and d.key[1] == m.head), None)
        if twin is None and m.sector in ("REB", "UAF"):
            twin = self.latest("REB")
        if twin is not None:
            m.code = twin.code
        elif m.place is not None:
            m.code = m.place.country
        else:
            m.code = self.dominant()

    def _key(self, m: Mention) -> Key:
        if m.shape in ("country", "capital"):
            return ("state", m.code or m.name)
        if m.shape == "name":
            return ("row", m.row)
        inner = m.inner.row if m.inner and m.inner.shape == "name" else ""
        if m.shape in ("source", "person") or m.row == "grammar.speaker":
            return ("head", m.head, m.code or "", fold(m.name))
        return ("head", m.head, m.code or "", m.sector or "", inner)

    def _back(self, m: Mention, subject: Draft | None) -> list[Draft]:
        if m.back in ("own_country", "own_force") and subject and subject.code:
            if m.back == "own_country" or subject.sector in _STATE:
                return [self.state_of(subject.code, (m.start, m.end))]
            return [subject]
        if m.back in ("both", "all_sides"):
            return self.pair()
        if m.back in ("latter", "same_speaker", "same_document"):
            found = subject if m.back != "latter" and subject else self.latest()
            return [found] if found else []
        if m.back == "counterpart" and m.code is None:
            return []
        return []

    def pair(self) -> list[Draft]:
        """The two sides that «البلدان» or «الجانبان» mean: those that the page sets side by side most.

        Returns:
            Two actors, the earlier first; nobody where the page sets no two sides side by side.
        """
        if not self.dyads:
            return []
        sides = [self._of_side(each) for each in max(self.dyads, key=self._weight)]
        found = [d for d in sides if d is not None]
        return sorted(found, key=lambda d: d.spans[0]) if len(found) == 2 else []

    def _weight(self, dyad: tuple[Side, Side]) -> tuple[int, int, tuple[Side, Side]]:
        """How much a page speaks of two sides; names decide between equals, so that the choice is always the same."""
        one, other = dyad
        return self.dyads[dyad], self.codes[one[0]] + self.codes[other[0]], dyad

    def oppose(self, one: Side | None, other: Side | None, weight: int) -> None:
        """Count two sides that the page names together or sets against each other."""
        if one and other and one != other:
            self.dyads[(min(one, other), max(one, other))] += weight

    def _of_side(self, wanted: Side) -> Draft | None:
        """A country's government, or else whoever of that side was named first."""
        state = self.drafts.get(("state", wanted[0])) if wanted[1] == "state" else None
        if state is not None and state.spans:
            return state
        named = [d for d in self.drafts.values() if d.spans and side_of(d.code, d.sector) == wanted]
        return min(named, key=lambda d: d.spans[0], default=None)

    def actors(self) -> tuple[dict[int, str], tuple[Actor, ...]]:
        """The finished actors in order of first appearance, and the id of each draft by its identity."""
        drafts = sorted((d for d in self.drafts.values() if d.spans), key=lambda d: (min(d.spans), d.key))
        ids = {id(d): f"a{n}" for n, d in enumerate(drafts, 1)}
        return ids, tuple(_finish(d, ids[id(d)]) for d in drafts)


def _unsaid(m: Mention) -> bool:
    """Whether a phrase is a bare «التحالف», whose country only the page can tell."""
    return m.shape in ("body", "group") and m.code is None and m.definite


def _alike(draft: Draft, sector: str | None) -> bool:
    return draft.sector == sector or (draft.key[0] == "state" and sector in _STATE)


def _finish(d: Draft, actor_id: str) -> Actor:
    kind = cast(ActorKind, d.kind) if d.kind in get_args(ActorKind) else "organisation"
    return Actor(
        id=actor_id, name=d.name, name_en=d.name_en, kind=kind, code=d.code or None, sector=d.sector or None,
        role=d.role, wikidata=d.wikidata, mentions=tuple(sorted(d.spans)),
    )  # fmt: skip


def count_codes(lines: list[Line], registry: Registry) -> None:
    """Count the countries that a page names, so that a bare «الجيش» can be given its country."""
    for line in lines:
        registry.codes.update(m.code for m in line.mentions if m.code and len(m.code) == 3 and m.kind != "media")
        registry.codes.update(p.country for p in line.places if p.country)
        apart = (p.country for p in line.places if p.country and fold(p.name) in breakaway("places"))
        registry.region = registry.region or next(apart, None)
    for code in ("IGO", "NGO", "IMG", "MNC", "ISM"):
        registry.codes.pop(code, None)


def side_of(code: str | None, sector: str | None) -> Side | None:
    """The side that an actor fights on: its country and whether it is state or armed group; None for others."""
    kind = _SIDES.get(sector or "GOV")
    return (code, kind) if code and kind else None


def camp_of(draft: Draft) -> Side:
    """The camp that an actor belongs to: its country (`?` if unknown) and whether it is of the state (a country alone
    is), of an armed group, of a political one or of the people."""
    return draft.code or "?", group_of(draft.sector)


def group_of(sector: str | None) -> str:
    """The group that a sector belongs to: `state` (a country alone is), `armed`, `political` or `people`.

    Args:
        sector: PLOVER's code of a sector.
    """
    return _GROUPS.get((sector or "GOV")[:3], "state")


def count_dyads(lines: list[Line], registry: Registry) -> None:
    """Count which two sides a page names together: «بين أذربيجان وأرمينيا», «الجيش وقوات الدعم السريع»."""
    for line in lines:
        for earlier, later in zip(line.mentions, line.mentions[1:], strict=False):
            together = "و" in later.pro and 0 <= later.first - earlier.last <= 2
            if together and "media" not in (earlier.kind, later.kind):
                one, other = side_of(earlier.code, earlier.sector), side_of(later.code, later.sector)
                registry.oppose(one, other, 2 if earlier.prep == "بين" else 1)


def force(registry: Registry, draft: Draft, span: Span) -> Draft:
    """The armed forces of a state that is named only by its name, as the actor of an act of force."""
    if draft.key[0] != "state":
        return draft
    key = ("force", draft.code or draft.name)
    made = registry.drafts.get(key)
    if made is None:
        made = registry.drafts[key] = dataclasses.replace(draft, key=key, kind="military", sector="MIL", spans=[])
    made.add(span)
    return made
