import type { App, OnProgress } from '../services/app.ts';
import type { CpcImportResult } from '../services/cpc-import.ts';
import type { LibraryImport, LibraryImportResult } from '../services/import-library.ts';
import type { FileScoring, FileScoringResult } from '../services/score-file.ts';
import type { Packs } from '../services/packs.ts';

/** A CSV to be scored, with the id of a scorer pack; absent: the one in use. */
export type ScoreFile = FileScoring & { readonly scorer?: string };

/** A model pack after every one of its files was read and compared. */
export type PackReport = Awaited<ReturnType<Packs['verify']>>[number];

/** The application with the work on files that only the command line does. */
export interface CliApp extends App {
  importLibrary(
    input: LibraryImport,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<LibraryImportResult>;
  /** Takes the ZIP of the official title list or the folder it was unpacked to. */
  importCpc(
    input: { readonly path: string },
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<CpcImportResult>;
  scoreFile(input: ScoreFile, onProgress: OnProgress, signal: AbortSignal): Promise<FileScoringResult>;
  verifyPacks(): Promise<readonly PackReport[]>;
}
