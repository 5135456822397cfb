import type { FileApp } from '../services/app.ts';

/** The application as the command line uses it. */
export type CliApp = FileApp;

/** What a training gave. */
export type TrainingResult = Awaited<ReturnType<FileApp['trainScorer']>>;

/** How well a scorer does on labels. */
export type Evaluation = Awaited<ReturnType<FileApp['evaluateScorer']>>;

/** A model pack after every one of its files was read and compared. */
export type PackReport = Awaited<ReturnType<FileApp['verifyPacks']>>[number];
