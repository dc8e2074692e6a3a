"""What the program says: the record of one page, its parts, and the errors it can answer with."""
