"""The libraries that two formats need and the smallest install does not have."""

from __future__ import annotations

import importlib
from typing import Any

from marsad.model.errors import ExportExtraMissing


def library(name: str, wanted: str) -> Any:
    """A library of the extra `export`.

    Args:
        name: the module.
        wanted: the format that needs it.

    Raises:
        ExportExtraMissing: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ExportExtraMissing(f"The format {wanted} needs the library {name.partition('.')[0]}.") from error
