import type { Migration } from './migration.ts';

const schema = `
-- The process that runs a job, apart from what the work itself has reached; what a finished job gave.
ALTER TABLE job ADD COLUMN owner TEXT;
ALTER TABLE job ADD COLUMN result TEXT;
UPDATE job SET owner = checkpoint, checkpoint = NULL;

-- Files that a page may name by id: given by the user (left where they are), received by upload, made for download.
CREATE TABLE file (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('given', 'received', 'made')),
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A file as it was brought in, or anchors crossed with a library. columns and reading are JSON; scoring is JSON with
-- scorer, hash, mode, context and ratingCuts. content_hash names the file's bytes and how they were read.
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

-- line is the record's place in the file and names it for good. cells is a JSON list of every cell as read; NULL where
-- the row was made from an anchor and a phrase. anchor_id and target_id are phrases (0: none), kept while a row names them.
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
CREATE INDEX sheet_row_score ON sheet_row (sheet_id, score);

-- The phrases that a sheet names, each once, so that none is removed while a row names it. Two indexes over the rows would
-- do the same, but cost an import of a million rows half its time: their pages are met in no order.
CREATE TABLE sheet_phrase (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  phrase_id INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, phrase_id)
) STRICT, WITHOUT ROWID;

-- Rows of a file that could not be used, with their cells as a JSON list, until a mended row takes their place.
CREATE TABLE sheet_bad (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  line INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  found TEXT NOT NULL,
  expected TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (sheet_id, line)
) STRICT, WITHOUT ROWID;

-- What was chosen for files of a shape (their column names); choices is JSON.
CREATE TABLE file_shape (
  shape TEXT PRIMARY KEY,
  choices TEXT NOT NULL,
  used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Imported rows, their scores, and jobs that tell what they gave. */
export const sheets: Migration = {
  version: 2,
  name: 'sheets',
  up: (exec) => exec(schema),
};
