import type { FileApp } from '../services/app.ts';

/** The application as the command line uses it. */
export type CliApp = FileApp;

/** A model pack after every one of its files was read and compared. */
export type PackReport = Awaited<ReturnType<FileApp['verifyPacks']>>[number];
