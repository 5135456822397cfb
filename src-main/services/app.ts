import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EventName, EventPayload } from '../contract/events.ts';
import type { Dispatch } from '../contract/transport.ts';
import { createEngineClient } from '../engine-client/engine-client.ts';
import type { SpawnEngine } from '../engine-client/engine-process.ts';
import { openStore } from '../store/open.ts';
import { backlogEmbedder } from './backlog-embedder.ts';
import { resolveContext } from './cpc-context.ts';
import type { CpcImportResult } from './cpc-import.ts';
import { ensureBuiltinCpc } from './cpc-library.ts';
import { createDispatch } from './dispatch.ts';
import { evaluateScorer, type Evaluation, type EvaluationRequest } from './evaluate.ts';
import { createEventBus } from './event-bus.ts';
import { createHandlers } from './handlers.ts';
import type { FileExport, FileExportResult } from './export-job.ts';
import { createFileShelf, type FileShelf } from './file-shelf.ts';
import type { LibraryImport, LibraryImportResult } from './import-library.ts';
import { jobHandlers, type JobKind, type JobResults } from './job-kinds.ts';
import { JobRunner } from './job-runner.ts';
import { createLog } from './log.ts';
import { builtinRetriever, createPacks, type Packs } from './packs.ts';
import { resumeAsJob, type ResumedJob } from './resume-as-job.ts';
import { awaitJob, runAsJob } from './run-as-job.ts';
import type { FileScoringResult } from './score-file.ts';
import type { FileScoringSpec } from './score-jobs.ts';
import { keepPassword } from './score-at-queue.ts';
import { startFileScoring } from './start-file-scoring.ts';
import type { JobContext } from './job-context.ts';
import { refuseTaken } from './train-pack.ts';
import { quantiseScorer, type Quantisation, type QuantisedScorer } from './quantise-scorer.ts';
import { readRecipe } from './train-recipe.ts';
import type { Training, TrainingResult } from './train-scorer.ts';
import { workQueue, type QueueWork } from './work-queue.ts';

/** Where the application finds and keeps its things. */
export interface AppOptions {
  /** The workspace; created when it is absent. */
  readonly dataDir: string;
  /** The folder `resources` of the installation. */
  readonly resourcesDir: string;
  /** The folder `models` of the installation. */
  readonly modelsDir: string;
  readonly host: 'electron' | 'web' | 'cli';
  readonly version: string;
  readonly spawnEngine: SpawnEngine;
}

/** Hears every event of the application. */
export type EventListener = <K extends EventName>(name: K, payload: EventPayload<K>) => void;

/** Progress of long work: rows done, rows in all where known. */
export type OnProgress = (done: number, total: number | null, stage: string) => void;

/** The running application, the same behind every host. */
export interface App {
  /** The one way in for the window, the browser and the command line's simple calls. */
  readonly dispatch: Dispatch;
  onEvent(listener: EventListener): () => void;
  /** The files that pages name by id. */
  readonly files: FileShelf;
  /** Ends jobs at their next checkpoint, stops the engine, closes the database. */
  close(): Promise<void>;
}

/** The application with the work on files that the command line does. */
export interface FileApp extends App {
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
  /** Goes on where the same scoring was stopped before. */
  scoreFile(input: FileScoringSpec, line: Omit<ResumedJob, 'id'>): Promise<FileScoringResult>;
  /** Writes rows of the workspace to a file of the user's. */
  exportFile(
    input: FileExport & { readonly output: string },
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<FileExportResult>;
  verifyPacks(): ReturnType<Packs['verify']>;
  /** Copies a pack to the packs of this workspace. */
  addPack(dir: string): ReturnType<Packs['add']>;
  quantiseScorer(input: Quantisation, onProgress: OnProgress, signal: AbortSignal): Promise<QuantisedScorer>;
  /** `recipe`: the name of a recipe or the path of its file. */
  trainScorer(
    input: Pick<Training, 'labels' | 'out' | 'licence'> & { readonly recipe: string },
    line: Omit<ResumedJob, 'id'>,
  ): Promise<TrainingResult>;
  /** `scorer`: the id of a pack; the one in use where it is absent. */
  evaluateScorer(
    input: EvaluationRequest & { readonly scorer?: string },
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<Evaluation>;
  /** Scores chunks for other machines until it is told to stop. */
  workQueue(work: QueueWork & { readonly scorer?: string }): Promise<void>;
  /** Resumes a job and waits for its end. */
  resumeJob(job: ResumedJob): Promise<{ readonly kind: JobKind; readonly result: JobResults[JobKind] }>;
}

// What was uploaded or made for saving, and then forgotten.
const daysKept = 30;

/** The file in the workspace that holds everything the user brought and made. */
export const databaseName = 'priorphrase.db';

/** Opens the workspace and wires the services; throws `database-newer` or `database-corrupt` and changes nothing then. */
export async function openApp(options: AppOptions): Promise<FileApp> {
  const { dataDir, modelsDir, resourcesDir, host } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = createLog(dataDir);
  const bus = createEventBus(log);
  const store = openStore(join(dataDir, databaseName));
  const engine = createEngineClient({
    spawn: options.spawnEngine,
    onState: (state, reason) => bus.emit('engine.changed', { state, reason }),
  });
  const packs = createPacks({ modelsDir, dataDir });
  const files = createFileShelf({ store, dataDir });
  const packsWith = (scorerId: string | undefined): Packs =>
    scorerId === undefined ? packs : createPacks({ modelsDir, dataDir, scorerId });
  const context: JobContext = {
    store,
    engine,
    packs,
    emit: bus.emit,
    resolveContext: (symbol) => resolveContext(store, symbol),
    dataDir,
    builtInTokeniser: join(modelsDir, builtinRetriever, 'tokenizer.json'),
    files,
    packsWith,
    queuePasswords: new Map(),
  };
  const runner = new JobRunner({ store, emit: bus.emit, handlers: jobHandlers(context), log });
  const backlog = backlogEmbedder(context, runner);
  let closing: Promise<void> | null = null;

  const close = async (): Promise<void> => {
    await runner.close();
    await backlog.settled();
    await engine.stop();
    await store.stopReading();
    await store.settled();
    store.close();
  };

  try {
    await ensureBuiltinCpc(store, resourcesDir);
    runner.recover();
    await files.tidy(daysKept);
  } catch (error) {
    await close();
    throw error;
  }
  // The command line ends before long work would; what it imports, it embeds itself.
  if (host !== 'cli')
    backlog.startJob().catch((error: unknown) => log('The embedding could not start', error));

  const handlers = createHandlers({ ...options, context, engine, packs, runner, backlog, files });
  return {
    dispatch: createDispatch(handlers, { log, checkOutput: process.env['NODE_ENV'] === 'test' }),
    onEvent: bus.listen,
    files,
    close: () => (closing ??= close()),
    importLibrary: (input, onProgress, signal) =>
      runAsJob(runner, bus, { kind: 'library-import', spec: input, onProgress, signal }),
    importCpc: (input, onProgress, signal) =>
      runAsJob(runner, bus, { kind: 'cpc-import', spec: input, onProgress, signal }),
    scoreFile: async (input, line) => {
      const spec = keepPassword(context, input);
      return awaitJob(runner, bus, { ...line, start: () => startFileScoring(store, runner, spec) });
    },
    exportFile: (spec, onProgress, signal) =>
      runAsJob(runner, bus, { kind: 'export', spec, onProgress, signal }),
    verifyPacks: () => packs.verify(),
    addPack: (dir) => packs.add(dir),
    quantiseScorer: (input, onProgress, signal) => quantiseScorer(context, input, onProgress, signal),
    trainScorer: async ({ recipe: nameOrFile, labels, out, licence }, line) => {
      const { name, recipe } = await readRecipe(nameOrFile, resourcesDir);
      const stated = licence === undefined ? {} : { licence };
      const spec = { labels: resolve(labels), out: resolve(out), recipe, recipeName: name, ...stated };
      await refuseTaken(spec.out);
      return runAsJob(runner, bus, { ...line, kind: 'train', spec });
    },
    evaluateScorer: ({ scorer, ...request }, onProgress, signal) =>
      evaluateScorer({ ...context, packs: packsWith(scorer) }, request, onProgress, signal),
    workQueue: ({ scorer, ...work }) => workQueue({ engine, packs: packsWith(scorer) }, work),
    resumeJob: (job) => resumeAsJob(runner, bus, job),
  };
}
