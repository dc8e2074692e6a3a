"""From many records to one record of the conflict: incidents, each side's version of them, ranges. Pure functions."""
