"""A page made by hand, in our own words, with something of every kind in it."""

from __future__ import annotations

import hashlib

from marsad.model.record import (
    Actor,
    Alignment,
    Answer,
    Block,
    Casualties,
    Comment,
    Days,
    Event,
    Page,
    Place,
    Proposal,
    Publication,
    Reader,
    Record,
    Repair,
    Span,
    Statement,
    Time,
    Truce,
)

HEADLINE = "الخرطوم تتهم قوات الدعم السريع بقصف سوق في أم درمان"
PARAGRAPHS = (
    ("headline", HEADLINE),
    (
        "lead",
        "اتهم الجيش السوداني، الأربعاء، قوات الدعم السريع بقصف سوق شعبية في أم درمان بالمدفعية الثقيلة، "
        "ما أدى إلى مقتل 12 مدنيا وإصابة العشرات.",
    ),
    (
        "paragraph",
        'وقال المتحدث باسم الجيش نبيل عبد الله في بيان نقلته وكالة السودان للأنباء إن "المليشيا تتعمد استهداف الأسواق"'
        "، مضيفا أن القوات سترد في الوقت المناسب.",
    ),
    (
        "paragraph",
        "ونفت قوات الدعم السريع قصف السوق، وأكدت أن طائرة مسيرة تابعة للجيش قتلت سبعة أشخاص على الأقل في حي  حي أمبدة.",
    ),
    ("caption", "سوق في أم درمان بعد القصف (أرشيف)"),
    (
        "paragraph",
        "وجددت الرياض اقتراحا قدمته الأسبوع الماضي يقضي بهدنة إنسانية مدتها عشرة أيام، "
        "ورحبت به الخرطوم بشروط ولم ترد عليه قوات الدعم السريع.",
    ),
    (
        "paragraph",
        "وكان الطرفان قد اتفقا في جدة على هدنة إنسانية برعاية سعودية أمريكية في 20 مايو 2023. "
        "وتدعم القاهرة الجيش السوداني سياسيا.",
    ),
    ("paragraph", "وتستعد الأمم المتحدة لنقل مساعدات إلى دارفور السبت المقبل إذا سمحت الظروف الأمنية."),
    ("furniture", "الأكثر قراءة"),
    ("furniture", "تابعونا على فيسبوك"),
    ("comment", "الله يصلح الحال ويحفظ أهلنا في أم درمان"),
)
TEXT = "\n".join(text for _, text in PARAGRAPHS)


def at(words: str, nth: int = 0) -> Span:
    """The span of some words of the page."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def block_of(words: str) -> Span:
    """The span of the block that holds some words."""
    start, end = at(words)
    left = TEXT.rfind("\n", 0, start) + 1
    right = TEXT.find("\n", end)
    return left, right if right >= 0 else len(TEXT)


def _blocks() -> tuple[Block, ...]:
    found, start = [], 0
    for kind, text in PARAGRAPHS:
        found.append(Block(kind=kind, start=start, end=start + len(text)))  # type: ignore[arg-type]
        start += len(text) + 1
    return tuple(found)


def _page() -> Page:
    return Page(
        url="https://example.org/sudan/1",
        publisher="صحيفة المثال",
        headline=HEADLINE,
        language="ar",
        encoding="utf-8",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        text=TEXT,
        blocks=_blocks(),
        published=Publication(first="2023-06-14", last="2023-06-14", basis="inferred", evidence=(at("الأربعاء"),)),
        comments=(
            Comment(
                author="أبو أحمد",
                text=block_of("الله يصلح"),
                posted=Days(first="2023-06-15", last="2023-06-15"),
                likes=3,
            ),
        ),
        repairs=(Repair(kind="repeated_word", start=at("حي  حي")[0], end=at("حي  حي")[1], suggestion="حي"),),
    )


ACTORS = (
    Actor(
        id="a1",
        name="الجيش السوداني",
        name_en="Sudanese Armed Forces",
        kind="military",
        code="SDN",
        sector="MIL",
        wikidata="Q638577",
        mentions=(at("الجيش السوداني"), at("الجيش السوداني", 1)),
    ),
    Actor(
        id="a2",
        name="قوات الدعم السريع",
        name_en="Rapid Support Forces",
        kind="armed_group",
        code="SDN",
        sector="REB",
        mentions=(at("قوات الدعم السريع"), at("قوات الدعم السريع", 1), at("المليشيا")),
    ),
    Actor(id="a3", name="مدنيون", kind="people", code="SDN", sector="CVL", mentions=(at("12 مدنيا"),)),
    Actor(
        id="a4",
        name="نبيل عبد الله",
        kind="person",
        code="SDN",
        sector="MIL",
        role="المتحدث باسم الجيش",
        mentions=(at("المتحدث باسم الجيش نبيل عبد الله"),),
    ),
    Actor(
        id="a5",
        name="وكالة السودان للأنباء",
        name_en="SUNA",
        kind="media",
        code="SDN",
        sector="JRN",
        mentions=(at("وكالة السودان للأنباء"),),
    ),
    Actor(
        id="a6",
        name="السعودية",
        name_en="Saudi Arabia",
        kind="country",
        code="SAU",
        sector="GOV",
        mentions=(at("الرياض"),),
    ),
    Actor(id="a7", name="مصر", name_en="Egypt", kind="country", code="EGY", sector="GOV", mentions=(at("القاهرة"),)),
    Actor(
        id="a8",
        name="الأمم المتحدة",
        name_en="United Nations",
        kind="organisation",
        code="IGO",
        mentions=(at("الأمم المتحدة"),),
    ),
    Actor(
        id="a9",
        name="السودان",
        name_en="Sudan",
        kind="country",
        code="SDN",
        sector="GOV",
        mentions=(at("الخرطوم"), at("الخرطوم", 1)),
    ),
)
PLACES = (
    Place(
        id="l1",
        name="أم درمان",
        name_en="Omdurman",
        country="SDN",
        lat=15.64,
        lon=32.48,
        kind="city",
        geonames=365137,
        mentions=(at("أم درمان"), at("أم درمان", 1)),
    ),
    Place(id="l2", name="أمبدة", name_en="Ombada", country="SDN", kind="city", mentions=(at("أمبدة"),)),
    Place(
        id="l3",
        name="دارفور",
        name_en="Darfur",
        country="SDN",
        lat=13.5,
        lon=24.5,
        kind="region",
        mentions=(at("دارفور"),),
    ),
)
STATEMENTS = (
    Statement(
        id="s1",
        speaker="a4",
        via=("a5",),
        medium="agency",
        mode="mixed",
        verb=at("وقال"),
        content=at("المليشيا تتعمد استهداف الأسواق"),
        said=Days(first="2023-06-14", last="2023-06-14"),
        rule="say.qal",
    ),
    Statement(
        id="s2",
        speaker="a4",
        mode="indirect",
        verb=at("مضيفا"),
        content=at("القوات سترد في الوقت المناسب"),
        rule="say.adaf",
    ),
    Statement(
        id="s3",
        speaker="a2",
        mode="indirect",
        verb=at("وأكدت"),
        content=at("طائرة مسيرة تابعة للجيش قتلت سبعة أشخاص على الأقل في حي  حي أمبدة"),
        rule="say.akkad",
    ),
)


def _event(number: int, kind: str, trigger: Span, **more: object) -> Event:
    known = {
        "id": f"e{number}",
        "type": kind,
        "trigger": trigger,
        "evidence": block_of(TEXT[slice(*trigger)]),
        "rule": f"frame.{kind.lower()}",
    }
    return Event(**{**known, **more})  # type: ignore[arg-type]


EVENTS = (
    _event(
        1,
        "ACCUSE",
        at("اتهم الجيش السوداني", 0),
        mode="allege",
        actors=("a1",),
        recipients=("a2",),
        first="2023-06-14",
        last="2023-06-14",
    ),
    _event(
        2,
        "ASSAULT",
        at("بقصف سوق شعبية"),
        mode="heavy-weapons",
        actors=("a2",),
        recipients=("a3",),
        status="claimed",
        claimed_by=("a1",),
        first="2023-06-14",
        last="2023-06-14",
        place="l1",
        weapons=("المدفعية الثقيلة",),
        casualties=(
            Casualties(kind="killed", low=12, high=12, who="a3", according_to="a1"),
            Casualties(kind="injured", low=20, high=99, according_to="a1"),
        ),
    ),
    _event(
        3,
        "ASSAULT",
        at("ونفت"),
        actors=("a2",),
        recipients=("a3",),
        status="denied",
        claimed_by=("a2",),
        place="l1",
        evidence=block_of("ونفت"),
    ),
    _event(
        4,
        "ASSAULT",
        at("قتلت"),
        mode="drone",
        actors=("a1",),
        status="claimed",
        claimed_by=("a2",),
        statement="s3",
        place="l2",
        weapons=("طائرة مسيرة",),
        casualties=(Casualties(kind="killed", low=7, high=None, according_to="a2"),),
    ),
    _event(5, "MOBILIZE", at("سترد"), actors=("a1",), status="future", statement="s2"),
    _event(
        6,
        "RETREAT",
        at("اتفقا في جدة على هدنة إنسانية"),
        mode="ceasefire",
        actors=("a1", "a2"),
        first="2023-05-20",
        last="2023-05-20",
        foreground=False,
    ),
    _event(
        7,
        "AID",
        at("لنقل مساعدات"),
        actors=("a8",),
        status="hypothetical",
        first="2023-06-17",
        last="2023-06-17",
        place="l3",
    ),
)


def record() -> Record:
    """The whole record of the hand-made page."""
    return Record(
        id="sample-1",
        reader=Reader(version="0.1.0", pack="0123456789abcdef"),
        page=_page(),
        actors=ACTORS,
        places=PLACES,
        times=(
            Time(
                start=at("الأسبوع الماضي")[0],
                end=at("الأسبوع الماضي")[1],
                first="2023-06-05",
                last="2023-06-11",
                precision="week",
            ),
            Time(
                start=at("20 مايو 2023")[0],
                end=at("20 مايو 2023")[1],
                first="2023-05-20",
                last="2023-05-20",
                precision="day",
            ),
            Time(
                start=at("السبت المقبل")[0],
                end=at("السبت المقبل")[1],
                first="2023-06-17",
                last="2023-06-17",
                precision="day",
            ),
        ),
        statements=STATEMENTS,
        events=EVENTS,
        proposals=(
            Proposal(
                id="p1",
                by=("a6",),
                what=at("هدنة إنسانية مدتها عشرة أيام"),
                made=Days(first="2023-06-05", last="2023-06-11"),
                renewed=(Days(first="2023-06-14", last="2023-06-14"),),
                needs_consent_of=("a9", "a2"),
                answers=(Answer(party="a9", answer="conditional"), Answer(party="a2", answer="none", statement="s3")),
            ),
        ),
        truces=(
            Truce(
                id="t1",
                parties=("a1", "a2"),
                kind="humanitarian",
                agreed="2023-05-20",
                brokered_by=("a6",),
                state="violated",
                violations=("e2", "e4"),
                evidence=at("هدنة إنسانية برعاية سعودية أمريكية"),
            ),
        ),
        alignments=(
            Alignment(
                source="a7",
                target="a1",
                kind="supports",
                domains=("political",),
                evidence=at("تدعم القاهرة الجيش السوداني سياسيا"),
            ),
        ),
    )
