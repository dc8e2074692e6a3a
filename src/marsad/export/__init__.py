"""Rows out of incidents, in the formats that the field reads. Pure functions: nothing here asks a clock or a database.

`write` is the whole of it: a format's name, what to export, where to. `FORMATS` are the names that it knows.
"""

from marsad.export.source import PageInfo, Source
from marsad.export.write import FORMATS, write

__all__ = ["FORMATS", "PageInfo", "Source", "write"]
