"""How far two coders agree: observed agreement, and Cohen's kappa, which takes off what chance alone would give.

kappa = (observed - expected) / (1 - expected), where `expected` is the sum over the categories of the product of the
two coders' shares of it: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20 (1960), 37-46. Where both coders only ever used one category nothing can be said, and kappa is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from marsad.model.record import Part
from marsad.review.model import Decided
from marsad.review.values import category, key

VERDICT: Final = "verdict"
RATED: Final = ("type", "status", "actors", "recipients", "day", "place", "foreground")
_Pair = tuple[Hashable, Hashable]


class Agreement(Part, kw_only=True, frozen=True):
    """The agreement of two coders on one thing.

    Attributes:
        field: `verdict`, or a field of the mention.
        n: how many cards both coded.
        observed: the share on which they agree, None where there is none.
        kappa: Cohen's kappa, None where it is not defined.
    """

    field: str
    n: int
    observed: float | None = None
    kappa: float | None = None


def agreement(coded: Iterable[Sequence[Decided]]) -> list[Agreement]:
    """The agreement on the verdict, and on each field of what neither coder rejected.

    Args:
        coded: for each card that two have coded, their verdicts; of more the first two. The same two coders stand in
            the same order on every card: by their names.
    """
    pairs = [tuple(sorted(verdicts[:2], key=lambda d: d.by)) for verdicts in coded if len(verdicts) > 1]
    both = [(one, other) for one, other in pairs if "reject" not in (one.verdict, other.verdict)]
    found = [rated(VERDICT, [(category(one), category(other)) for one, other in pairs])]
    for name in RATED:
        found.append(rated(name, [(key(one.values, name), key(other.values, name)) for one, other in both]))
    return found


def rated(field: str, pairs: Sequence[_Pair]) -> Agreement:
    """The agreement over pairs of categories.

    Args:
        field: what is rated.
        pairs: for each card the first coder's category and the second's.
    """
    n = len(pairs)
    if not n:
        return Agreement(field=field, n=0)
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[c] * second[c] for c in first) / n**2
    kappa = (observed - expected) / (1 - expected) if len({*first, *second}) > 1 else None
    return Agreement(field=field, n=n, observed=observed, kappa=kappa)
