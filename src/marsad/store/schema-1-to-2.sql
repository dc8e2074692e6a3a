-- From version 1 of the ledger to version 2: the log of judgements is about cards too, and the cards are there.

ALTER TABLE judgements ADD COLUMN subject TEXT;
CREATE INDEX judgements_subject ON judgements (subject) WHERE subject IS NOT NULL;
CREATE INDEX judgements_by ON judgements (by, seq);
CREATE INDEX judgements_kind ON judgements (kind, by);
CREATE INDEX links_earlier ON links (earlier);
DROP INDEX incidents_type;
CREATE INDEX incidents_filter ON incidents (foreground, first, last, type, status, sources, id);

CREATE TABLE sides (
  mention TEXT NOT NULL,
  judgement INTEGER NOT NULL,
  PRIMARY KEY (mention, judgement)
) WITHOUT ROWID;
INSERT OR IGNORE INTO sides
  SELECT named.value, seq FROM judgements, json_each(data, '$.sides') AS side, json_each(side.value) AS named;

CREATE TABLE reviews (
  subject TEXT PRIMARY KEY,
  incident TEXT,
  foreground INTEGER NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  coder TEXT NOT NULL,
  verdict TEXT,
  flagged INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO reviews
  SELECT m.id, i.id, i.foreground, coalesce(i.first, ''), 'new', '', NULL, 0
  FROM mentions m JOIN incidents i ON i.id = m.incident;
CREATE INDEX reviews_queue ON reviews (state, coder, foreground, day, incident);
CREATE INDEX reviews_incident ON reviews (incident, state);
CREATE INDEX reviews_flagged ON reviews (foreground, day, incident) WHERE flagged = 1;

CREATE TABLE tallies (
  state TEXT NOT NULL,
  foreground INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  PRIMARY KEY (state, foreground)
) WITHOUT ROWID;
CREATE TRIGGER reviews_come AFTER INSERT ON reviews WHEN new.incident IS NOT NULL
BEGIN INSERT INTO tallies VALUES (new.state, new.foreground, 1) ON CONFLICT DO UPDATE SET cards = cards + 1; END;
CREATE TRIGGER reviews_go AFTER DELETE ON reviews WHEN old.incident IS NOT NULL
BEGIN UPDATE tallies SET cards = cards - 1 WHERE state = old.state AND foreground = old.foreground; END;
CREATE TRIGGER reviews_leave AFTER UPDATE ON reviews WHEN old.incident IS NOT NULL
BEGIN UPDATE tallies SET cards = cards - 1 WHERE state = old.state AND foreground = old.foreground; END;
CREATE TRIGGER reviews_enter AFTER UPDATE ON reviews WHEN new.incident IS NOT NULL
BEGIN INSERT INTO tallies VALUES (new.state, new.foreground, 1) ON CONFLICT DO UPDATE SET cards = cards + 1; END;

CREATE TABLE codings (
  subject TEXT NOT NULL,
  user TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (subject, user)
) WITHOUT ROWID;
INSERT INTO tallies SELECT state, foreground, count(*) FROM reviews GROUP BY state, foreground;
