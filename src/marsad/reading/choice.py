"""A learned choice among candidates: a conditional logit over named features, small enough to be read.

Each candidate's features have a weight; what a candidate weighs against the others is its share (McFadden's conditional
logit). The weights are kept as text, one feature a line, so that a choice can be explained by the features that carried
it; `training/votes.py` makes them again.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


class Choice:
    """The `weights` of one choice, by feature."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def shares(self, candidates: Sequence[Sequence[str]]) -> list[float]:
        """Each candidate's share, in their order; they add up to one.

        Args:
            candidates: the features of each.
        """
        weight = self.weights.get
        sums = [sum(weight(f, 0.0) for f in features) for features in candidates]
        most = max(sums)
        odds = [math.exp(s - most) for s in sums]
        total = sum(odds)
        return [o / total for o in odds]

    def carriers(self, features: Sequence[str], most: int) -> list[tuple[str, float]]:
        """The features that carry or cost a candidate the most, the weightiest first.

        Args:
            features: its features.
            most: how many to tell.
        """
        told = [(f, self.weights[f]) for f in features if f in self.weights]
        return sorted(told, key=lambda x: (-abs(x[1]), x[0]))[:most]


def packed(weights: Mapping[str, float]) -> bytes:
    """The file of a choice's weights: features in order, without those that hardly weigh.

    Args:
        weights: the weights by feature.
    """
    lines = (f"{feature}\t{weight:.3f}\n" for feature, weight in sorted(weights.items()) if abs(weight) >= _LIGHTEST)
    return gzip.compress("".join(lines).encode(), mtime=0)


_LIGHTEST = 0.01


@cache
def choice(name: str) -> Choice | None:
    """The trained weights of a choice, or nothing where the pack has none.

    Args:
        name: the model's name.
    """
    resource = files("marsad.language") / "ar" / "models" / f"{name}.tsv.gz"
    if not resource.is_file():
        return None
    lines = gzip.decompress(resource.read_bytes()).decode().splitlines()
    pairs = (line.rsplit("\t", 1) for line in lines)
    return Choice({feature: float(weight) for feature, weight in pairs})
