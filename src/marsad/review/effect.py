"""What a settled card does to its mention: the incident is made of what persons left of what the machine read."""

from __future__ import annotations

import msgspec

from marsad.ledger.model import Mention
from marsad.review.model import Reviewed
from marsad.review.values import with_values


def effective(mention: Mention, found: Reviewed) -> Mention | None:
    """A mention as it counts after review; None where it was rejected.

    What is not settled leaves it as it was. What is unverifiable stays, and says so in `verdict`.

    Args:
        mention: as the machine read it.
        found: what the decisions on it come to.
    """
    if found.outcome is None:
        return mention
    if found.outcome.verdict == "reject":
        return None
    return msgspec.structs.replace(with_values(mention, found.outcome.values), verdict=found.outcome.verdict)
