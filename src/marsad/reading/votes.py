"""Learned votes: small linear models that weigh what the written rules found.

Each model is a maximum-entropy classifier over named features (a conditional random field over one position, trained by
`training/votes.py`), so that a vote can be explained by the features that carried it. The written rules' own decision
is always among the features; without its model a vote is not held and the rules decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pycrfsuite


@cache
def voter(name: str) -> Voter | None:
    """The trained model of a vote, or nothing where the pack has none.

    Args:
        name: the model's name, without `.crfsuite`.
    """
    resource = files("marsad.language") / "ar" / "models" / f"{name}.crfsuite"
    if not resource.is_file():
        return None
    with as_file(resource) as path:
        return Voter(str(path))


class Voter:
    """One trained classifier."""

    def __init__(self, path: str) -> None:
        import pycrfsuite

        self._tagger: pycrfsuite.Tagger = pycrfsuite.Tagger()
        self._tagger.open(path)
        self.labels: tuple[str, ...] = tuple(sorted(self._tagger.labels()))

    def chance(self, features: Sequence[str], label: str = "y") -> float:
        """The chance of a label.

        Args:
            features: the features that hold.
            label: the label; `y` for yes where the vote is on yes or no.

        Returns:
            A probability; 0 for a label that the model never saw.
        """
        if label not in self.labels:
            return 0.0
        self._tagger.set([list(features)])
        return float(self._tagger.marginal(label, 0))
