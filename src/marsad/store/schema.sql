-- The ledger, version 2. `pages` holds what cannot be made again, and so does `judgements`; every other table is
-- derived from them, and `marsad rebuild` makes it anew.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Every page as it was given: its bytes (zlib) and what its container said of it (JSON). A page that could not be read
-- is kept too, with the code of its error. A corrected page is a new row; the old one is superseded.
CREATE TABLE pages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,              -- the id given, else the SHA-256 of the bytes
  digest TEXT NOT NULL UNIQUE,   -- the SHA-256 of id, bytes and what was given: the same again changes nothing
  sha256 TEXT NOT NULL,          -- of the bytes
  bytes BLOB NOT NULL,
  given TEXT NOT NULL,
  url TEXT,
  superseded INTEGER NOT NULL DEFAULT 0,
  error TEXT,                    -- a code, where it could not be read
  message TEXT,
  -- derived from here on
  publisher TEXT,
  headline TEXT,
  published TEXT,
  dated TEXT,                    -- where the page does not say its day: the day from the ledger, and why (JSON)
  record BLOB,                   -- marsad.record/1 (zlib)
  opening TEXT,                  -- the search keys of headline and first paragraphs (JSON)
  sketch BLOB,                   -- of its text, for finding copies
  agency TEXT                    -- the news agency that it names as its source
);
CREATE INDEX pages_id ON pages (id);
CREATE INDEX pages_url ON pages (url) WHERE url IS NOT NULL;
CREATE INDEX pages_published ON pages (published);
CREATE INDEX pages_publisher ON pages (publisher);

CREATE TABLE outlets (           -- under which key an outlet's name is looked for
  name TEXT PRIMARY KEY,
  key TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE unsettled (         -- pages that came or went since the incidents were last put right, with their days
  page INTEGER NOT NULL,
  day TEXT NOT NULL,             -- empty for an undated page
  PRIMARY KEY (page, day)
) WITHOUT ROWID;

CREATE TABLE stale (             -- what pages that came or went leave to be put right: incidents, and spots
  kind TEXT NOT NULL,            -- incident, spot
  key TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE bands (             -- where a page's sketch may be found by a likely copy
  band INTEGER NOT NULL,
  page INTEGER NOT NULL,
  PRIMARY KEY (band, page)
) WITHOUT ROWID;

CREATE INDEX bands_page ON bands (page);

CREATE TABLE likenesses (        -- pages whose texts share enough to be one source
  page INTEGER NOT NULL,
  other INTEGER NOT NULL,
  PRIMARY KEY (page, other)
) WITHOUT ROWID;
CREATE INDEX likenesses_other ON likenesses (other);

CREATE TABLE mentions (
  id TEXT PRIMARY KEY,
  page INTEGER NOT NULL,         -- pages.seq
  published TEXT,
  at INTEGER NOT NULL,           -- where its evidence begins in the page
  compared INTEGER NOT NULL,     -- whether it is compared with those of other pages
  spot TEXT,                     -- the day, type and town of an act that is told as such
  incident TEXT,
  data BLOB NOT NULL             -- marsad.ledger.model.Mention (JSON, zlib)
);
CREATE INDEX mentions_page ON mentions (page, at);
CREATE INDEX mentions_spot ON mentions (spot) WHERE spot IS NOT NULL;
CREATE INDEX mentions_incident ON mentions (incident);

CREATE TABLE links (
  mention TEXT NOT NULL,
  earlier TEXT NOT NULL,
  page INTEGER NOT NULL,         -- the later mention's
  by TEXT NOT NULL,              -- page: both stand in one; news: their pages bring the same; spot: one day, town, type
  score REAL NOT NULL,
  data BLOB NOT NULL,            -- marsad.ledger.model.Link (JSON)
  PRIMARY KEY (mention, earlier, by)
);
CREATE INDEX links_page ON links (page);
CREATE INDEX links_earlier ON links (earlier);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  foreground INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  place TEXT,
  country TEXT,
  sources INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  data BLOB NOT NULL             -- marsad.ledger.model.Incident (JSON, zlib)
);
CREATE INDEX incidents_days ON incidents (first, id);
CREATE INDEX incidents_filter ON incidents (foreground, first, last, type, status, sources, id);  -- all a filter asks

CREATE TABLE incident_keys (     -- by which incidents are filtered: actors, places, outlets, as folded names and codes
  kind TEXT NOT NULL,            -- actor, recipient, place, outlet
  key TEXT NOT NULL,
  incident INTEGER NOT NULL,     -- the rowid of the incident
  PRIMARY KEY (kind, key, incident)
) WITHOUT ROWID;
CREATE INDEX incident_keys_incident ON incident_keys (incident);

-- Statements, proposals, truces and alignments, each with its parties' names and codes.
CREATE TABLE findings (
  page INTEGER NOT NULL,
  kind TEXT NOT NULL,
  n INTEGER NOT NULL,
  day TEXT,
  data BLOB NOT NULL,            -- JSON
  PRIMARY KEY (kind, page, n)
);
CREATE INDEX findings_day ON findings (kind, day);

CREATE TABLE finding_keys (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  page INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, key, page, n)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (headline, body, content='', tokenize="unicode61");

CREATE TABLE judgements (        -- append-only: what persons have decided
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  kind TEXT NOT NULL,            -- marsad.review.model.Kind
  data TEXT NOT NULL,
  subject TEXT                   -- the mention that a card is about; null for merges, splits and taking them back
);
CREATE INDEX judgements_subject ON judgements (subject) WHERE subject IS NOT NULL;
CREATE INDEX judgements_by ON judgements (by, seq);
CREATE INDEX judgements_kind ON judgements (kind, by);

CREATE TABLE sides (             -- derived: which mentions a merge or a split names
  mention TEXT NOT NULL,
  judgement INTEGER NOT NULL,
  PRIMARY KEY (mention, judgement)
) WITHOUT ROWID;

CREATE TABLE reviews (           -- derived: one card for each mention, and what the judgements on it come to
  subject TEXT PRIMARY KEY,      -- mentions.id
  incident TEXT,                 -- whose it is; null while no mention of that id stands in the ledger
  foreground INTEGER NOT NULL,   -- the incident's, and so is the day (empty where unknown): the order of the queue
  day TEXT NOT NULL,
  state TEXT NOT NULL,           -- new, in_review, settled, disputed
  coder TEXT NOT NULL,           -- who alone has coded it, where a second coder is waited for
  verdict TEXT,                  -- the verdict that counts
  flagged INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX reviews_queue ON reviews (state, coder, foreground, day, incident);
CREATE INDEX reviews_incident ON reviews (incident, state);
CREATE INDEX reviews_flagged ON reviews (foreground, day, incident) WHERE flagged = 1;

CREATE TABLE tallies (           -- derived, by the triggers below: how many cards of mentions that stand are in a state
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

CREATE TABLE codings (           -- derived: who has decided on a card or left it to others, and is not asked again
  subject TEXT NOT NULL,
  user TEXT NOT NULL,
  kind TEXT NOT NULL,            -- verdict, skip
  PRIMARY KEY (subject, user)
) WITHOUT ROWID;
