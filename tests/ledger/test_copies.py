"""Copies of one dispatch are recognised, other news is not, and the agency that a page names is read."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.ledger import agencies, copies
from marsad.model.record import Block, Page, Reader, Record

DISPATCH = (
    "أعلنت قيادة المنطقة الشمالية مساء الاثنين أن مدفعيتها ردت على إطلاق نار من التلال الشرقية، وأن ثلاثة من جنودها "
    "أصيبوا بجروح طفيفة ونقلوا إلى مستشفى المدينة. وقال ناطق باسمها إن القصف استمر نحو ساعتين قبل أن يسود الهدوء، "
    "فيما نفى مجلس البلدة سقوط قتلى بين المدنيين وطالب بفتح المعبر أمام سيارات الإسعاف والشاحنات المحملة بالدقيق. "
    "ودعا الوسيط الأممي الطرفين إلى العودة للجنة المراقبة المشتركة، ولم يصدر تعليق من الجانب الآخر حتى ساعة متأخرة."
)
PARAGRAPH = (
    "وكانت صحيفتنا قد نشرت الأسبوع الماضي تحقيقا عن أحوال القرى القريبة من خط التماس ومدارسها المغلقة منذ الخريف."
)
OTHER = (
    "افتتح وزير النقل صباح الثلاثاء جسرا جديدا فوق النهر بعد عامين من العمل فيه، وقال إن كلفته بلغت أربعين مليونا دفع "
    "نصفها صندوق التنمية. ويتوقع أن يخفف الجسر الزحام عن وسط العاصمة وأن تعبره عشرون ألف سيارة في اليوم، على أن تفرض "
    "رسوم عبور رمزية ابتداء من الشهر المقبل وفق ما ذكرته الوزارة."
)
SHORT = "قتل خمسة جنود في كمين نصبه مسلحون قرب الجسر القديم"


def seen(page: str, day: str | None, text: str = DISPATCH) -> copies.Seen:
    return copies.Seen(page, day, copies.sketch(text))


def different(number: int) -> str:
    return " ".join(f"كلمة{number}رقم{i}" for i in range(40))


@pytest.mark.parametrize(
    "variant",
    [
        DISPATCH.replace(" ", "\n  "),
        DISPATCH.replace("أ", "ا").replace("ة", "ه"),
        DISPATCH.replace("،", "").replace(".", " …"),
        DISPATCH.replace("المنطقة الشمالية", "#المنطقة_الشمالية"),
    ],
)
def test_a_body_typed_otherwise_has_the_same_sketch(variant: str) -> None:
    assert copies.sketch(variant) == copies.sketch(DISPATCH)


def test_a_dispatch_edited_lightly_is_a_copy() -> None:
    edited = DISPATCH.replace("مساء الاثنين", "الاثنين").replace("نحو ساعتين", "ساعتين")
    assert copies.overlap(DISPATCH, edited).passes(copies.COPY)
    assert copies.similarity(copies.sketch(DISPATCH), copies.sketch(edited)) > 0.6


def test_a_dispatch_within_a_longer_page_is_shared_whole() -> None:
    longer = f"{PARAGRAPH} {DISPATCH} {PARAGRAPH.replace('الماضي', 'قبل الماضي')}"
    found = copies.overlap(longer, DISPATCH)
    assert found.shorter == 1.0
    assert found.passes(copies.COPY)
    assert set(copies.bands(copies.sketch(longer))) & set(copies.bands(copies.sketch(DISPATCH)))


def test_a_dispatch_that_is_a_teaser_under_long_news_is_no_copy() -> None:
    page = " ".join([*(different(n) for n in range(8)), DISPATCH])
    found = copies.overlap(page, DISPATCH)
    assert found.shorter == 1.0
    assert not found.passes(copies.COPY)
    assert not found.passes(copies.REWORDED)


def test_other_news_is_never_brought_together() -> None:
    a, b = copies.sketch(DISPATCH), copies.sketch(OTHER)
    assert copies.overlap(DISPATCH, OTHER) == (0.0, 0.0)
    assert copies.similarity(a, b) < copies.WORTH
    assert not set(copies.bands(a)) & set(copies.bands(b))


def test_short_texts_are_copies_only_when_equal() -> None:
    a, b = copies.sketch(SHORT), copies.sketch(SHORT.replace("خمسة", "ستة"))
    assert copies.similarity(a, copies.sketch(f"{SHORT}.")) == 1.0
    assert copies.bands(a) == copies.bands(copies.sketch(f"{SHORT}."))
    assert copies.similarity(a, b) == 0.0
    assert copies.overlap(SHORT, SHORT.replace("خمسة", "ستة")) == (0.0, 0.0)


@pytest.mark.parametrize("text", ["", " ", "شاهد الفيديو"])
def test_pages_without_a_body_are_nobodys_copies(text: str) -> None:
    a = copies.sketch(text)
    assert copies.bands(a) == ()
    assert copies.similarity(a, a) == 0.0
    assert copies.overlap(text, text) == (0.0, 0.0)
    assert copies.originals([seen("a", None, text), seen("b", None, text)], []) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("text", ["", SHORT, DISPATCH])
def test_a_sketch_comes_back_from_its_bytes(text: str) -> None:
    stored = copies.sketch(text).to_bytes()
    assert copies.Sketch.from_bytes(stored) == copies.sketch(text)
    assert len(stored) == (405 if text == DISPATCH else 21)


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" + bytes(404), bytes(21), bytes(405)])
def test_bytes_of_another_version_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        copies.Sketch.from_bytes(data)


def test_the_sketch_of_a_text_never_changes() -> None:
    """Stored sketches are compared with new ones: who changes the method must change its number in the bytes."""
    found = copies.sketch(DISPATCH)
    assert found.digest.hex() == "67e4d1fd2d1d5ff4c15133404c005b79"
    assert found.minima[:3] == (3954599626, 3754933091, 214269092)
    assert copies.bands(found)[0] == 2136590375438226778


@pytest.mark.parametrize("seed", ["0", "1"])
def test_every_process_gives_the_same_sketch(seed: str) -> None:
    code = f"from marsad.ledger.copies import sketch; print(sketch({DISPATCH!r}).to_bytes().hex())"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == copies.sketch(DISPATCH).to_bytes().hex()


@given(st.text(max_size=400))
def test_any_text_has_a_sketch_and_bands_for_the_store(text: str) -> None:
    found = copies.sketch(text + " " + DISPATCH)
    assert copies.Sketch.from_bytes(found.to_bytes()) == found
    assert all(0 <= band < 1 << 63 for band in copies.bands(found))
    assert copies.similarity(found, copies.sketch(DISPATCH)) == copies.similarity(copies.sketch(DISPATCH), found)
    assert copies.sketch(text) == copies.sketch(f"  {text}\n")


def test_the_estimate_stays_near_the_truth() -> None:
    """Over texts of which a known part is shared, within four standard deviations."""
    source = random.Random(1)
    for shared in (0.2, 0.4, 0.6, 0.8):
        own = [[f"{side}{source.random()}".replace(".", "") for _ in range(300)] for side in "سص"]
        both = [f"ش{i}" for i in range(round(600 * shared / (1 + shared)))]
        a, b = (" ".join(both + words[: 300 - len(both)]) for words in own)
        near = copies.similarity(copies.sketch(a), copies.sketch(b))
        assert abs(near - copies.overlap(a, b).all) < 0.2
        assert abs(copies.estimate(copies.sketch(a), copies.sketch(b)).shorter - copies.overlap(a, b).shorter) < 0.25


def test_the_earliest_page_is_the_original_then_the_first_id() -> None:
    pages = [seen("c", "2020-10-02"), seen("b", "2020-10-01"), seen("a", "2020-10-01"), seen("0", None)]
    assert copies.originals(pages, []) == {"a": "a", "b": "a", "c": "a", "0": "a"}


def test_a_page_that_only_resembles_a_copy_is_an_original() -> None:
    pages = [seen(p, f"2020-10-0{n}", different(n)) for n, p in enumerate("abc", 1)]
    assert copies.originals(pages, [("a", "b"), ("b", "c")]) == {"a": "a", "b": "a", "c": "c"}


def test_equal_bodies_share_their_pairs() -> None:
    pages = [seen("a", "2020-10-01"), seen("b", "2020-10-02", OTHER), seen("c", "2020-10-03", OTHER)]
    assert copies.originals(pages, [("a", "c"), ("x", "a")]) == {"a": "a", "b": "a", "c": "a"}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([None, "2020-10-01", "2020-10-02"]), st.integers(0, 4)), max_size=7),
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=9),
    st.randoms(use_true_random=False),
)
def test_originals_do_not_depend_on_the_order_of_arrival(
    told: list[tuple[str | None, int]], drawn: set[tuple[int, int]], source: random.Random
) -> None:
    pages = [seen(f"p{i}", day, different(text)) for i, (day, text) in enumerate(told)]
    pairs = [(f"p{a}", f"p{b}") for a, b in sorted(drawn)]
    found = copies.originals(pages, pairs)
    source.shuffle(pages)
    shuffled = [pair[::-1] if source.random() < 0.5 else pair for pair in source.sample(pairs, len(pairs))]
    assert copies.originals(pages, shuffled) == found
    assert all(found[original] == original for original in found.values())
    texts = {p.id: p.sketch.digest for p in pages}
    near = {(texts[a], texts[b]) for a, b in pairs if a in texts and b in texts}
    for page, original in found.items():
        one, two = texts[page], texts[original]
        assert one == two or (one, two) in near or (two, one) in near
    for a, b in itertools.combinations({texts[o] for o in found.values()}, 2):
        assert (a, b) not in near and (b, a) not in near


def record(*parts: tuple[str, str], publisher: str | None = None) -> Record:
    blocks, text = [], ""
    for kind, words in parts:
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))  # type: ignore[arg-type]
        text += f"{words}\n"
    page = Page(publisher=publisher, sha256="0" * 64, text=text, blocks=tuple(blocks))
    return Record(id="r", reader=Reader(version="0", pack="0"), page=page)


HEAD = ("headline", "قصف على التلال الشرقية")
BODY = (("lead", DISPATCH), ("paragraph", OTHER))


@pytest.mark.parametrize(
    ("dateline", "name"),
    [
        ("القاهرة (أ ف ب) - ", "afp"),
        ("(أ.ف.ب) - ", "afp"),
        ("بيروت – رويترز: ", "reuters"),
        ("رويترز - ", "reuters"),
        ("غزة/ الأناضول/ ", "anadolu"),
        ("صنعاء، 3 أيار 2015 (سبأ) - ", "saba"),
    ],
)
def test_a_dateline_names_the_agency(dateline: str, name: str) -> None:
    assert agencies.agency(record(HEAD, ("lead", dateline + DISPATCH))) == f"actor.media.{name}"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("المصدر: وكالات", agencies.SOME_AGENCY),
        ("المصدر : الجزيرة + وكالات", agencies.SOME_AGENCY),
        ("نقلا عن رويترز", "actor.media.reuters"),
        ("المصدر: رويترز وأ ف ب", "actor.media.reuters"),
        ("دمشق-سانا", "actor.media.sana"),
        ("Reuters", "actor.media.reuters"),
        ("المصدر: صحيفة النهار", None),
        ("المصدر: مراسلنا في الشمال", None),
    ],
)
def test_a_credit_line_names_the_agency(line: str, row: str | None) -> None:
    assert agencies.agency(record(HEAD, *BODY, ("furniture", line))) == row
    assert agencies.agency(record(HEAD, ("furniture", line), *BODY)) == row


def test_a_name_after_the_last_word_is_the_agency() -> None:
    assert (
        agencies.agency(record(HEAD, ("lead", DISPATCH), ("paragraph", f"{OTHER} (رويترز)"))) == "actor.media.reuters"
    )


@pytest.mark.parametrize(
    "text",
    [
        DISPATCH.replace("وقال ناطق باسمها", "وقال ناطق باسمها لرويترز"),
        f"{DISPATCH} وهذا ما ذكرته وكالة الأنباء الإيرانية (إرنا).",
        f"قال مصدر لوكالة (رويترز) إن الهدوء عاد. {DISPATCH}",
    ],
)
def test_the_channel_of_a_statement_is_not_the_pages_source(text: str) -> None:
    assert agencies.agency(record(HEAD, ("lead", text))) is None


def test_a_photographs_credit_and_a_comment_name_no_source() -> None:
    assert agencies.agency(record(HEAD, *BODY, ("caption", "رويترز"), ("comment", "المصدر: رويترز"))) is None


def test_an_agencys_own_page_names_it() -> None:
    assert agencies.agency(record(HEAD, *BODY, publisher="وكالة سبأ")) == "actor.media.saba"
    assert agencies.agency(record(HEAD, *BODY, publisher="صحيفة الغد")) is None
    assert agencies.agency(record()) is None


def test_the_bar_is_lower_only_for_the_same_known_agency() -> None:
    assert agencies.bar("actor.media.afp", "actor.media.afp") == copies.REWORDED
    assert agencies.bar("actor.media.afp", "actor.media.reuters") == copies.COPY
    assert agencies.bar(agencies.SOME_AGENCY, agencies.SOME_AGENCY) == copies.COPY
    assert agencies.bar(None, None) == copies.COPY
