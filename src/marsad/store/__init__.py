"""The ledger as one SQLite file: pages, records, incidents, judgements; the only place that knows the database."""
