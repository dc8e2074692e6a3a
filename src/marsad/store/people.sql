-- The desk's own file beside a ledger, version 1: who may sit at it, who holds which card, who saw what when. It says
-- nothing of the conflict and can be left out when a ledger is sent on; judgements stand in the ledger itself.

CREATE TABLE users (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,            -- reader, reviewer, admin
  password TEXT NOT NULL,        -- scrypt: cost, salt and key
  made TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE tokens (            -- sessions of browsers, and keys of programs; only their SHA-256 is kept
  digest TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  kind TEXT NOT NULL,            -- session, program
  label TEXT NOT NULL,
  made TEXT NOT NULL,
  until TEXT                     -- the moment from which it no longer holds; null for never
) WITHOUT ROWID;

CREATE TABLE holds (             -- a card is in one hand at a time
  subject TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  until TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX holds_user ON holds (user);

CREATE TABLE visits (            -- up to which moment a user has seen the ledger
  user TEXT PRIMARY KEY,
  last TEXT NOT NULL,            -- the visit that goes on
  before TEXT,                   -- the one before it
  page INTEGER NOT NULL,         -- the ledger's newest page that this visit saw
  page_before INTEGER            -- and that the one before it saw: what came since is new
) WITHOUT ROWID;
