"""`marsad explain`: why a finding was read as it was: rules, words, sides, status, and what was tried and lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.text import Text

from marsad.cli.inputs import Input, open_inputs
from marsad.cli.read import ALL_READ, SOME_NOT_READ, USAGE, complain, speak_utf8
from marsad.model.errors import MarsadError, NoSuchFinding
from marsad.model.record import Record, Span
from marsad.reading.actors import Draft
from marsad.reading.diplomacy_cues import find_cues
from marsad.reading.document import Line, Mention
from marsad.reading.offers import Offer
from marsad.reading.reader import Reading, to_record
from marsad.reading.roles import Act
from marsad.reading.single import day, read_page_reading
from marsad.reading.speech import Speech
from marsad.reading.telling import Telling
from marsad.reading.truces import Ceasefire
from marsad.show.findings import sections
from marsad.show.marked import flat
from marsad.show.rules import find_rule
from marsad.show.terminal import Row, finding_rows, open_console, print_row, quoted

_WIDTH: Final = 14
_SLOTS: Final = ("subject", "object", "genitive")
_MADE_UP: Final = {"people": "the people of the place that was hit", "force": "the force of the state that is named"}


class Case(NamedTuple):
    """A page's reading with its record, and the drafts' ids."""

    reading: Reading
    record: Record
    ids: dict[int, str]


def run(page: str, finding: str, *, published: str | None) -> int:
    """Explain one finding of one page.

    Args:
        page: a page, as for `marsad read`; of a file of many pages the first is explained.
        finding: the finding's id, e.g. `e3`, `s1`, `a2`, `p1`, `t1`.
        published: the day of publication, as it was given to `read`.

    Returns:
        The exit status: 0 it was explained, 1 the page or the finding is not there, 2 the call itself is wrong.
    """
    speak_utf8()
    try:
        given = day(published)
    except MarsadError as error:
        complain(error)
        return USAGE
    console = open_console()
    try:
        rows = list(explain(read_case(page, given), finding, brackets=console.no_color or not console.is_terminal))
    except MarsadError as error:
        error.page = error.page or page
        complain(error)
        return SOME_NOT_READ
    for row in rows:
        print_row(console, row)
    return ALL_READ


def read_case(page: str, published: str | None) -> Case:
    """Read a page as far as can be explained.

    Args:
        page: a page, as for `marsad read`.
        published: its day of publication, if given.

    Raises:
        MarsadError: it cannot be read.
    """
    inputs = open_inputs([page])
    first = next(inputs, Input(error=MarsadError("There is nothing to read.", page)))
    if first.error is not None or first.data is None:
        raise first.error or MarsadError("There is nothing to read.", page)
    if next(inputs, None) is not None:
        sys.stderr.write(f"marsad: {flat(page)} holds several pages; the first is explained\n")
    reading = read_page_reading(
        first.data, published=first.published or published, url=first.url, publisher=first.publisher,
        headline=first.headline, captured=first.captured,
    )  # fmt: skip
    ids, _ = reading.registry.actors()
    return Case(reading, to_record(reading, first.id or page), ids)


def explain(case: Case, finding: str, brackets: bool = True) -> Iterator[Row]:
    """The lines that explain a finding.

    Args:
        case: the page.
        finding: the finding's id.
        brackets: whether the words that carry it are set in brackets.

    Raises:
        NoSuchFinding: the record holds no finding of that id that can be explained.
    """
    tellers: dict[str, Callable[[Case, int], Iterator[Row]]] = {
        "events": _event, "statements": _statement, "actors": _actor, "proposals": _proposal, "truces": _truce,
    }  # fmt: skip
    known = {f.id: (f, n) for s in sections(case.record) if s.kind in tellers for n, f in enumerate(s.findings)}
    if finding not in known:
        ids = ", ".join(known) or "none at all"
        raise NoSuchFinding(f"The page has no {finding!r}; it has {ids}.")
    found, number = known[finding]
    yield from finding_rows(case.record, found, brackets=brackets)
    yield from tellers[found.kind](case, number)


def _title(words: str) -> Iterator[Row]:
    yield Row(0, 0, Text(""))
    yield Row(0, 0, Text(words, "bold"))


def _named(name: str, latin: str, arabic: str = "") -> Text:
    """A named line: Latin first, Arabic last."""
    parts = "  ".join(part for part in (flat(latin).strip(), flat(arabic).strip()) if part)
    return Text.assemble((f"{name:<{_WIDTH}}", "dim"), parts)


def _line(name: str, latin: str, arabic: str = "") -> Row:
    return Row(4, 4 + _WIDTH, _named(name, latin, arabic))


def _rule(rule_id: str, why: str = "", only: Sequence[str] = ()) -> Iterator[Row]:
    """A rule with its row of the pack, or only some of the row's cells."""
    row = find_rule(rule_id)
    where = f"{row.file}:{row.line}" if row else "the program's own rule, no row of the pack"
    yield Row(4, 8, Text.assemble((rule_id, "bold"), f"  {where}", f"  {why}" if why else ""))
    for key, cell in row.key_cells() if row else ():
        if only and key not in only:
            continue
        yield Row(8, 8 + _WIDTH, _named(key, "", cell))


def _who(case: Case, drafts: Sequence[Draft]) -> tuple[str, str]:
    """Drafts in words: ids and codes, names."""
    codes = [" ".join(p for p in (case.ids.get(id(d), "?"), d.code or "", d.sector or "") if p) for d in drafts]
    return ", ".join(codes), "، ".join(d.name for d in drafts)


def _words(case: Case, first: int, last: int) -> str:
    return case.reading.page.text[first:last]


# ---- events
def _event(case: Case, number: int) -> Iterator[Row]:
    telling = case.reading.tellings[number]
    act = telling.act
    yield from _title("Rule")
    yield from _rule(act.frame.row, f"read as a {act.shape}" + (", passive" if act.passive else ""))
    if act.light is not None and act.light_at is not None:
        light = act.line.tokens[act.light_at]
        yield from _rule(act.light.row, f"lends its slots  {flat(light.form)}")
    for at in act.merged:
        yield _line("also told by", "", act.line.tokens[at].form)
    yield from _title("Sides")
    yield from _sides(case, telling)
    yield from _title(f"Status: {telling.status}")
    yield from _status(case, telling)
    yield from _title("Day and place")
    yield from _when(case, telling)
    yield from _where(case, telling)
    yield from _lost(act)


def _sides(case: Case, telling: Telling) -> Iterator[Row]:
    act = telling.act
    explained: set[int] = set()
    for role, mentions, codes in (
        ("actor", act.actors, act.actor_codes), ("recipient", act.recipients, act.recipient_codes),
    ):  # fmt: skip
        for mention in mentions:
            drafts = case.reading.registry.of(mention)
            explained.update(map(id, drafts))
            ids, _ = _who(case, drafts)
            why = f"{slot_of(act, mention)}; {mention.row or mention.shape}"
            yield _line(role, f"{ids or 'unresolved'}  {why}", _words(case, mention.start, mention.end))
        for code, at in codes:
            token = act.line.tokens[min(at, len(act.line.tokens) - 1)]
            yield _line(role, f"{code}  adjective of nationality", token.form)
    for role, drafts in (("actor", telling.actors), ("recipient", telling.recipients)):
        for draft in drafts:
            if id(draft) not in explained and not (act.actor_codes or act.recipient_codes):
                ids, name = _who(case, [draft])
                yield _line(role, f"{ids}  {_carried(telling, draft, role)}", name)
    if not telling.actors and not telling.recipients:
        yield _line("nobody", "no side is named")


def slot_of(act: Act, mention: Mention) -> str:
    """Which slot of an act gave a mention, in words.

    Args:
        act: the act.
        mention: one of its actors or recipients.
    """
    for name in _SLOTS:
        if mention in getattr(act.args, name):
            return f"{name} of the {act.shape}"
    prep = next((p for p, found in act.args.preps.items() if mention in found), None)
    if prep is not None:
        return "agent of the passive" if prep == "agent" else f"after {prep}"
    return f"slot of {act.light.row}" if act.light is not None else f"taken over from «{flat(mention.prep or '…')}»"


def _carried(telling: Telling, draft: Draft, role: str) -> str:
    """Why a side stands in an event though no mention of its phrase names it."""
    if draft.key[0] in _MADE_UP:
        return _MADE_UP[draft.key[0]]
    if telling.act.owner_role or telling.act.args.owner:
        return "a pronoun of the act's own word points back to it"
    if role == "actor" and telling.act.args.elided:
        return "the verb's subject is not named again; who spoke or acted before"
    return "; ".join(value for what, value in telling.notes if what != "status") or "resolved from around the act"


def _status(case: Case, telling: Telling) -> Iterator[Row]:
    if telling.speech is not None:
        number = next((n for n, s in enumerate(case.reading.speeches, 1) if s is telling.speech), 0)
        word = telling.speech.word
        words = _words(case, *telling.speech.verb)
        yield _line("stands in", f"s{number}  {word.row}  means {word.means}", words)
    elif telling.status == "reported" and not telling.claimed_by:
        yield _line("told by", "the outlet in its own voice")
    if telling.claimed_by:
        yield _line("claimed by", *_who(case, telling.claimed_by))
    if telling.act.light is not None and telling.act.light.status:
        yield _line("light verb", f"{telling.act.light.row} lends {telling.act.light.status}")
    for what, value in telling.notes:
        if what == "status" and find_rule(value):
            yield from _rule(value, "changed the status")
        else:
            yield _line(what, value)
    if not telling.foreground:
        yield _line("background", "the act is only referred to: a time, a cause, a topic or a relative clause")


def _when(case: Case, telling: Telling) -> Iterator[Row]:
    days = f"{telling.first or '…'}/{telling.last or '…'}" if telling.first != telling.last else telling.first or "…"
    if telling.time is not None:
        same = any(t is telling.time or t == telling.time for t in telling.act.line.times)
        source = "in its own sentence" if same else "carried over from the paragraph before"
        yield _line("day", f"{days}  {source}", _words(case, telling.time.start, telling.time.end))
    elif telling.first:
        yield _line("day", f"{days}  the page's own day of publication")
    else:
        yield _line("day", "no day is told near it")
    if telling.historical:
        yield _line("history", "it ended more than 30 days before publication")


def _where(case: Case, telling: Telling) -> Iterator[Row]:
    if telling.place is None:
        yield _line("place", "no place is named in its sentence")
        return
    side = "after" if telling.place.first >= telling.act.last else "before"
    words = _words(case, telling.place.start, telling.place.end)
    yield _line("place", f"{telling.place.kind}  the nearest place {side} the act in its sentence", words)


def _lost(act: Act) -> Iterator[Row]:
    if not act.lost:
        return
    yield from _title("Tried and lost")
    for rule_id, reason in act.lost:
        yield from _rule(rule_id, reason, ("with", "need", "example"))


# ---- statements
def _statement(case: Case, number: int) -> Iterator[Row]:
    speech = case.reading.speeches[number]
    yield from _title("Rule")
    yield from _rule(speech.rule)
    if speech.word.row != speech.rule:
        yield from _rule(speech.word.row)
    yield _line("means", speech.word.means, _words(case, *speech.verb))
    yield from _title("Speaker and channel")
    yield from _speaker(case, speech)
    for mention in speech.via:
        ids, _ = _who(case, case.reading.registry.of(mention))
        yield _line(
            "via", f"{ids or 'unresolved'}  {mention.row or mention.shape}", _words(case, mention.start, mention.end)
        )
    yield from _title(f"Mode: {speech.mode}")
    sentence = _sentence(speech.line, speech.at)
    yield Row(4, 4, quoted(case.record, sentence, _inside([speech.verb, speech.content], sentence)))


def _speaker(case: Case, speech: Speech) -> Iterator[Row]:
    if speech.speaker is None:
        yield _line("speaker", "not named, and nobody spoke before")
        return
    ids, name = _who(case, case.reading.registry.of(speech.speaker))
    if speech.elided:
        yield _line("speaker", f"{ids or 'unresolved'}  not named again; who spoke before", name)
    else:
        words = _words(case, speech.speaker.start, speech.speaker.end)
        yield _line("speaker", f"{ids or 'unresolved'}  {speech.speaker.row or speech.speaker.shape}", words)


def _sentence(line: Line, at: int) -> Span:
    begin, stop = line.sentence_of(at)
    return line.tokens[begin].start, line.tokens[stop - 1].end


def _inside(spans: Sequence[Span], whole: Span) -> list[Span]:
    return [s for s in spans if whole[0] <= s[0] and s[1] <= whole[1]]


# ---- actors
def _actor(case: Case, number: int) -> Iterator[Row]:
    actor = case.record.actors[number]
    yield from _title("Mentions")
    rules: dict[str, None] = {}
    for span in actor.mentions:
        mention = _mention_at(case.reading, span)
        how = f"{mention.shape}  {mention.row}".strip() if mention else "stands for a side or a state"
        if mention and mention.row:
            rules.setdefault(mention.row)
        yield _line(f"{span[0]}–{span[1]}", how, case.record.words(span))
    if rules:
        yield from _title("Rules")
        for rule_id in rules:
            yield from _rule(rule_id)


def _mention_at(reading: Reading, span: Span) -> Mention | None:
    lines = [*reading.titles, *reading.lines]
    return next((m for line in lines for m in line.mentions if (m.start, m.end) == span), None)


# ---- proposals and truces
def _proposal(case: Case, number: int) -> Iterator[Row]:
    offer: Offer = case.reading.offers[number]
    yield from _cues(case, offer.line)
    yield from _title("Sides")
    yield _line("by", *_who(case, offer.by))
    if offer.consent:
        yield _line("needs", *_who(case, offer.consent))
    for draft, answer, speech in offer.answers:
        ids, name = _who(case, [draft])
        said = next((f"s{n}" for n, s in enumerate(case.reading.speeches, 1) if s is speech), "")
        yield _line("answer", "  ".join(p for p in (answer, ids, said) if p), name)
    if offer.telling is not None:
        yield from _title("Told by the event")
        yield from _rule(offer.telling.act.frame.row)


def _truce(case: Case, number: int) -> Iterator[Row]:
    truce: Ceasefire = case.reading.truces[number]
    yield from _cues(case, truce.line.number)
    yield from _title("Sides")
    yield _line("parties", *_who(case, truce.parties))
    if truce.brokers:
        yield _line("brokers", *_who(case, truce.brokers))
    for telling in truce.violations:
        number = next((n for n, t in enumerate(case.reading.tellings, 1) if t is telling), 0)
        yield _line("violated by", f"e{number}  {telling.act.frame.row}", _words(case, *telling.trigger))


def _cues(case: Case, number: int) -> Iterator[Row]:
    """The words of diplomacy in the paragraph of a proposal or a truce, with their rows."""
    line = next((one for one in case.reading.lines if one.number == number), None)
    found = find_cues(line) if line else []
    yield from _title("Words of diplomacy in its paragraph")
    for cue in found:
        words = _words(case, line.tokens[cue.at].start, line.tokens[cue.last - 1].end) if line else ""
        yield _line(cue.cue.kind, f"{cue.cue.row}  {cue.cue.value}", words)
    for rule_id in dict.fromkeys(c.cue.row for c in found):
        yield from _rule(rule_id)
