"""The inflected written forms of Arabic verbs and nouns, made from their principal parts.

Only what an unvocalised newspaper shows is distinguished, on folding keys (`marsad.text.fold`): the pack gives a
verb's past and present (third person masculine singular) and a noun's singular and broken plurals; everything regular
is made here. After the paradigms of W. Wright, A Grammar of the Arabic Language, parts II and III.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from marsad.text.fold import fold

Tense = Literal["past", "present"]


class VerbForm(NamedTuple):
    """One written form of a verb: tense, person (3, 2, 1), gender (m, f, or "" for both), number (s, d, p)."""

    tense: Tense
    person: int
    gender: str
    number: str


_PAST: Final = (
    ("", VerbForm("past", 3, "m", "s")),
    ("ت", VerbForm("past", 3, "f", "s")),
    ("ا", VerbForm("past", 3, "m", "d")),
    ("تا", VerbForm("past", 3, "f", "d")),
    ("وا", VerbForm("past", 3, "m", "p")),
    ("و", VerbForm("past", 3, "m", "p")),
    ("ن", VerbForm("past", 3, "f", "p")),
)
_PAST_SHORT: Final = (
    ("نا", VerbForm("past", 1, "", "p")),
    ("تم", VerbForm("past", 2, "m", "p")),
    ("ت", VerbForm("past", 1, "", "s")),
)
_PREFIXES: Final = (
    ("ي", 3, "m"),
    ("ت", 3, "f"),
    ("ن", 1, ""),
    ("ا", 1, ""),
)
_PLURALS: Final = (("ون", "p"), ("وا", "p"), ("و", "p"), ("ان", "d"), ("ا", "d"), ("ين", "p"))


def _past_forms(past: str, hamza: bool) -> Iterator[tuple[str, VerbForm]]:
    if past[-1] in "اي" and not hamza:  # defective: دعا، نفى; not بدأ
        base = past[:-1]
        yield past, VerbForm("past", 3, "m", "s")
        yield base + "ا", VerbForm("past", 3, "m", "s")  # before a pronoun: نفاه
        yield base + "ت", VerbForm("past", 3, "f", "s")
        yield base + "وا", VerbForm("past", 3, "m", "p")
        yield base + "و", VerbForm("past", 3, "m", "p")
        for glide in "يو":
            yield base + glide + "ا", VerbForm("past", 3, "m", "d")
            for ending, form in _PAST_SHORT:
                yield base + glide + ending, form
        yield base + "تا", VerbForm("past", 3, "f", "d")
        return
    for ending, form in _PAST:
        yield past + ending, form
    hollow = len(past) >= 3 and past[-2] == "ا"  # قال → قلنا، أعاد → أعدنا
    short = past[:-2] + past[-1] if hollow else past
    for ending, form in _PAST_SHORT:
        yield short + ending, form


def _present_forms(present: str, hamza: bool, derived: bool) -> Iterator[tuple[str, VerbForm]]:
    stem = present[1:]
    weak = stem[-1] in "ويا" and not hamza
    hollow = len(stem) == 3 and stem[1] in "ويا"  # longer ones collide («تستعد»)
    for prefix, person, gender in _PREFIXES:
        number = "p" if prefix == "ن" else "s"
        yield prefix + stem, VerbForm("present", person, gender, number)
        if (weak or hollow) and not derived:  # jussive: يدع، يقل; those of derived verbs collide («يرد»)
            yield prefix + (stem[:-1] if weak else stem[:-2] + stem[-1]), VerbForm("present", person, gender, number)
        if person == 3:
            for ending, count in _PLURALS:
                kept = weak and ending[0] == "ا"
                yield prefix + (stem if kept or not weak else stem[:-1]) + ending, VerbForm("present", 3, gender, count)
    yield "ي" + stem + "ن", VerbForm("present", 3, "f", "p")


@cache
def verb_forms(principal: str) -> tuple[tuple[str, VerbForm], ...]:
    """The written forms of a verb.

    Args:
        principal: `past/present`, e.g. «قصف/يقصف»; the present may be left out.

    Returns:
        `(key, form)` pairs, clitics not included, each key once for each reading.
    """
    past, _, present = (fold(part.strip()) for part in principal.partition("/"))
    first, _, second = (part.strip() for part in principal.partition("/"))
    found = list(_past_forms(past, first.endswith("أ"))) if len(past) > 1 else []
    found += _present_forms(present, second.endswith("أ"), len(past) > 3) if len(present) > 2 else []
    return tuple(dict.fromkeys(found))


@cache
def noun_forms(word: str) -> tuple[str, ...]:
    """The written forms of a noun: its key, tanwin, dual, the plural in ات, and the shape before a pronoun.

    Args:
        word: one principal form, without article; only its first word is inflected where it has several.

    Returns:
        Keys, the given one first.
    """
    head, *rest = fold(word).split() or [""]
    if not head:
        return ()
    tail = " ".join(["", *rest])
    original = word.split()[0]
    if original.endswith("ة"):
        stem = head[:-1]
        endings = [stem + e for e in ("ه", "ت", "تان", "تين", "تا", "تي", "ات")]
    elif head.endswith("ات") or original.endswith(("ى", "اء")):
        endings = [head]
    else:
        endings = [head] + [head + e for e in ("ا", "ان", "ين")]
    return tuple(dict.fromkeys(e + tail for e in endings))


@cache
def adjective_forms(word: str) -> tuple[str, ...]:
    """The written forms of an adjective or participle: gender, dual, sound plurals, tanwin.

    Args:
        word: masculine singular, indefinite («روسي», «مضيف»).
    """
    key = fold(word)
    endings = ("", "ه", "ا", "ون", "ين", "ات", "ان", "تان", "تين", "تا", "و", "ي")
    return tuple(dict.fromkeys(key + e for e in endings))
