"""The scoreboard: how records compare with a gold file, by the measures of the project's benchmark."""

from __future__ import annotations

from marsad.score.board import Row, score
from marsad.score.gold import Gold, read_gold

__all__ = ["Gold", "Row", "read_gold", "score"]
