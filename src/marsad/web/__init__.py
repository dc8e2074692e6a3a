"""The desk: the observatory in a browser, over one ledger; nothing here knows how to read news."""
