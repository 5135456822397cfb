CREATE TABLE context (
  id INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (symbol, text)
) STRICT;

CREATE TABLE cpc (
  symbol TEXT PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('section', 'class', 'subclass', 'group', 'subgroup')),
  parent TEXT,
  title TEXT NOT NULL,
  phrase_id INTEGER NOT NULL REFERENCES phrase (id),
  position INTEGER NOT NULL,
  has_children INTEGER NOT NULL CHECK (has_children IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('given', 'received', 'made')),
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE file_shape (
  shape TEXT PRIMARY KEY,
  choices TEXT NOT NULL,
  used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  anchor TEXT NOT NULL,
  anchor_key TEXT NOT NULL,
  context TEXT NOT NULL,
  library_ids TEXT NOT NULL,
  results INTEGER NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (anchor_key, context, library_ids)
) STRICT;

CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  title TEXT NOT NULL,
  spec TEXT NOT NULL,
  checkpoint TEXT,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  error TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
, owner TEXT, result TEXT) STRICT;

CREATE TABLE label (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label_set_id INTEGER NOT NULL REFERENCES label_set (id),
  anchor_id INTEGER NOT NULL REFERENCES text (id),
  target_id INTEGER NOT NULL REFERENCES text (id),
  context TEXT NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  rating TEXT,
  UNIQUE (label_set_id, anchor_id, context, target_id)
) STRICT;

CREATE TABLE label_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  source TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE library (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('builtin', 'user')),
  source TEXT,
  phrases INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE library_phrase (
  library_id INTEGER NOT NULL REFERENCES library (id),
  phrase_id INTEGER NOT NULL REFERENCES phrase (id),
  symbol TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (library_id, phrase_id, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack (
  hash TEXT PRIMARY KEY,
  pack_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('retriever', 'scorer')),
  dir TEXT NOT NULL,
  builtin INTEGER NOT NULL CHECK (builtin IN (0, 1)),
  in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
  installed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE phrase (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  display TEXT NOT NULL
) STRICT;

CREATE TABLE phrase_vector (
  retriever_id INTEGER NOT NULL REFERENCES retriever (id),
  phrase_id INTEGER NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (retriever_id, phrase_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE phrase_words USING fts5(
  key, content='phrase', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TABLE retriever (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  dimensions INTEGER NOT NULL,
  embedded_to INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id INTEGER REFERENCES job (id),
  recipe TEXT NOT NULL,
  seed INTEGER NOT NULL,
  data_hash TEXT NOT NULL,
  metrics TEXT,
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

CREATE TABLE run_prediction (
  run_id INTEGER NOT NULL REFERENCES run (id),
  label_id INTEGER NOT NULL,
  fold INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (run_id, label_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE score (
  set_id INTEGER NOT NULL REFERENCES score_set (id),
  target_id INTEGER NOT NULL REFERENCES text (id),
  score REAL NOT NULL,
  PRIMARY KEY (set_id, target_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_set (
  id INTEGER PRIMARY KEY,
  scorer_id INTEGER NOT NULL REFERENCES scorer (id),
  mode TEXT NOT NULL CHECK (mode IN ('pair', 'list')),
  context_id INTEGER NOT NULL REFERENCES context (id),
  anchor_id INTEGER NOT NULL REFERENCES text (id),
  UNIQUE (anchor_id, context_id, scorer_id, mode)
) STRICT;

CREATE TABLE scorer (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  library_id INTEGER REFERENCES library (id) ON DELETE SET NULL,
  source TEXT,
  content_hash TEXT,
  columns TEXT NOT NULL,
  reading TEXT,
  scoring TEXT,
  rows INTEGER NOT NULL DEFAULT 0,
  bad INTEGER NOT NULL DEFAULT 0,
  scored INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sheet_bad (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  line INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  found TEXT NOT NULL,
  expected TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (sheet_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_phrase (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  phrase_id INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, phrase_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sheet_row (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  line INTEGER NOT NULL,
  anchor_id INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  symbol TEXT NOT NULL,
  label REAL,
  cells TEXT,
  score REAL,
  relation TEXT,
  error TEXT,
  PRIMARY KEY (sheet_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE word_fragments USING fts5(word, content='word', content_rowid='id', tokenize='trigram');

CREATE INDEX cpc_parent ON cpc (parent, position);

CREATE INDEX cpc_phrase ON cpc (phrase_id);

CREATE INDEX history_at ON history (at);

CREATE INDEX library_phrase_phrase ON library_phrase (phrase_id);

CREATE INDEX library_phrase_symbol ON library_phrase (symbol) WHERE symbol <> '';

CREATE INDEX sheet_row_score ON sheet_row (sheet_id, score);
