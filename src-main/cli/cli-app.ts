import type { AppErrorShape } from '../contract/app-error.ts';
import type { App, OnProgress } from '../services/app.ts';

/** A CSV to be read into a library. */
export interface ImportRequest {
  readonly file: string;
  readonly library: string;
  /** Role -> name or number of the column; null: found by the names of the columns. */
  readonly columns: Readonly<Record<string, string>> | null;
}

/** What an import did. */
export interface ImportResult {
  readonly library: string;
  readonly rows: number;
  /** Distinct phrases that the library has gained. */
  readonly phrases: number;
  /** Rows that could not be used, and the first reasons. */
  readonly refused: number;
  readonly notices: readonly string[];
}

/** What an import of the CPC title list did. */
export interface CpcImportResult {
  readonly symbols: number;
  readonly notices: readonly string[];
}

/** A CSV to be scored into another. */
export interface ScoreRequest {
  readonly input: string;
  readonly output: string;
  readonly mode: 'pair' | 'list';
  /** The id of a scorer pack; null: the one in use. */
  readonly scorer: string | null;
}

/** What a scoring run did. */
export interface ScoreResult {
  readonly rows: number;
  readonly scored: number;
  readonly refused: number;
  readonly scorer: string;
  readonly notices: readonly string[];
}

/** A model pack after every one of its files was read and compared. */
export interface PackCheck {
  readonly dir: string;
  /** Null where pack.json itself is unusable. */
  readonly id: string | null;
  readonly error: AppErrorShape | null;
  readonly files: readonly { readonly file: string; readonly error: AppErrorShape | null }[];
}

/** How long work reports and is stopped. */
export interface Work {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** The application with the work on files that only the command line does. */
export interface CliApp extends App {
  importLibrary(request: ImportRequest, work: Work): Promise<ImportResult>;
  /** Takes the ZIP of the official title list or the folder it was unpacked to. */
  importCpc(path: string, work: Work): Promise<CpcImportResult>;
  scoreFile(request: ScoreRequest, work: Work): Promise<ScoreResult>;
  verifyPacks(): Promise<readonly PackCheck[]>;
}
