"""What persons decide of what the machine read: pure functions over their log, no database, clock or socket."""
