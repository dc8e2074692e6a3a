-- A ledger of version 1 that is only read: what version 2 has more stands empty beside it, for this connection alone.

CREATE TEMP VIEW judgements AS SELECT seq, at, by, kind, data, NULL AS subject FROM main.judgements;
CREATE TEMP TABLE sides (mention TEXT, judgement INTEGER);
CREATE TEMP TABLE codings (subject TEXT, user TEXT, kind TEXT);
CREATE TEMP TABLE reviews (
  subject TEXT, incident TEXT, foreground INTEGER, day TEXT, state TEXT, coder TEXT, verdict TEXT, flagged INTEGER
);
CREATE TEMP TABLE tallies (state TEXT, foreground INTEGER, cards INTEGER);
CREATE INDEX temp.reviews_queue ON reviews (state, coder, foreground, day, incident);
CREATE INDEX temp.reviews_incident ON reviews (incident, state);
CREATE INDEX temp.reviews_flagged ON reviews (foreground, day, incident) WHERE flagged = 1;
