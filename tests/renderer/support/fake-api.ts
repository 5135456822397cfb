import { AppError } from '../../../src-main/contract/app-error.ts';
import type {
  CallInput,
  CallName,
  CallOutput,
  ContextInForce,
  HistoryEntry,
  LibraryEntry,
  Settings,
} from '../../../src-main/contract/calls.ts';
import type { EventName, EventPayload } from '../../../src-main/contract/events.ts';
import type { FileHandle } from '../../../src-main/contract/file-handle.ts';
import type { JobEntry } from '../../../src-main/contract/job.ts';
import type { Api } from '../../../src-main/contract/transport.ts';
import { cpcEntries, parentOf, pathTo } from './fake-cpc.ts';
import { fakeFile, fakeJob, fakePreview } from './fake-import.ts';
import { ratingOf, scoredPhrases } from './fake-phrases.ts';

type Fakes = { [K in CallName]?: (input: CallInput<K>) => CallOutput<K> | Promise<CallOutput<K>> };

/** An Api with realistic answers; any call can be replaced, delayed or made to fail. */
export interface FakeApi extends Api {
  /** Every call made, in order. */
  readonly calls: readonly { readonly name: CallName; readonly input: unknown }[];
  /** Replaces the answer of a call. */
  answer<K extends CallName>(
    name: K,
    fake: (input: CallInput<K>) => CallOutput<K> | Promise<CallOutput<K>>,
  ): void;
  emit<K extends EventName>(name: K, payload: EventPayload<K>): void;
  /** Changes a job of the list and tells the listeners. */
  changeJob(id: number, changes: Partial<JobEntry>): void;
  /** The files that were saved. */
  readonly saved: readonly FileHandle[];
}

/** What a fake starts with. */
export interface FakeOptions {
  readonly phrases?: number;
  readonly onlyBuiltIn?: boolean;
  readonly history?: readonly HistoryEntry[];
  readonly jobs?: readonly JobEntry[];
}

/** The context text of a symbol, cut to its class; throws `not-found` with suggestions. */
export function contextOf(asked: string): ContextInForce {
  const symbol = asked.trim().toUpperCase().slice(0, 3);
  const path = pathTo(symbol);
  if (path.length < 2) {
    throw new AppError(
      'not-found',
      `There is no CPC class “${asked}”. Type a class such as A47, or words of its title.`,
      {
        suggestions: ['A47', 'A45', 'A41'],
      },
    );
  }
  return { symbol, asked, text: path.map((entry) => entry.phrase.toLowerCase()).join('; ') };
}

/** Makes a fake Api. */
export function fakeApi(options: FakeOptions = {}): FakeApi {
  const scored = scoredPhrases(options.phrases ?? 46);
  const libraries: LibraryEntry[] = [
    {
      id: 1,
      name: 'CPC titles',
      kind: 'builtin',
      phrases: options.onlyBuiltIn ? 812 : 259_004,
      embedded: options.onlyBuiltIn ? 812 : 259_004,
      createdAt: '2025-01-08T09:00:00Z',
    },
  ];
  if (!options.onlyBuiltIn) {
    libraries.push(
      {
        id: 2,
        name: 'Labelled targets',
        kind: 'user',
        phrases: 29_340,
        embedded: 29_340,
        createdAt: '2025-01-09T10:30:00Z',
      },
      {
        id: 3,
        name: 'Competitor claim terms',
        kind: 'user',
        phrases: 4_118,
        embedded: 3_020,
        createdAt: '2025-01-10T15:12:00Z',
      },
    );
  }
  let settings: Settings = { theme: 'system', limit: 100 };
  let history: readonly HistoryEntry[] = options.history ?? [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let jobs: readonly JobEntry[] = options.jobs ?? [];
  const saved: FileHandle[] = [];
  const put = (job: JobEntry) => {
    jobs = [...jobs.filter(({ id }) => id !== job.id), job];
    emit('job.changed', job);
    return job;
  };
  const jobOf = (id: number) => jobs.find((job) => job.id === id)!;
  const nextJobId = () => Math.max(0, ...jobs.map(({ id }) => id)) + 1;
  const emit: FakeApi['emit'] = (name, payload) => {
    for (const listener of listeners.get(name) ?? []) (listener as (payload: unknown) => void)(payload);
  };
  const calls: { name: CallName; input: unknown }[] = [];

  const fakes: Fakes = {
    'app.info': () => ({
      version: '0.1.0',
      host: 'web',
      dataDir: '/home/analyst/.local/share/priorphrase',
      engine: 'ready',
      phrases: libraries.reduce((sum, library) => sum + library.phrases, 0),
      cpcSymbols: libraries[0]!.phrases,
    }),
    'settings.get': () => settings,
    'settings.set': (changes) => (settings = { ...settings, ...(changes as Partial<Settings>) }),
    'cpc.search': ({ query }) => {
      const words = query.toLowerCase().split(/\s+/);
      const hits = cpcEntries.filter(
        (entry) =>
          entry.symbol.toLowerCase().startsWith(words[0]!) ||
          words.every((word) => entry.title.toLowerCase().includes(word)),
      );
      return hits.slice(0, 20);
    },
    'cpc.children': ({ symbol }) => cpcEntries.filter((entry) => parentOf(entry.symbol) === symbol),
    'cpc.get': ({ symbol }) => {
      const path = pathTo(symbol.trim().toUpperCase());
      const context = contextOf(symbol);
      return { entry: path.at(-1)!, ancestors: path.slice(0, -1), context };
    },
    'libraries.list': () => libraries,
    'rank.retrieve': ({ anchor, context }) => ({
      anchor,
      context: contextOf(context),
      results: scored
        .map((result) => ({ ...result, score: null, rating: null }))
        .sort((a, b) => (b.similarity ?? -1) - (a.similarity ?? -1)),
      scored: false,
      notices: [],
    }),
    'rank.score': ({ phraseIds, anchor, context }) => {
      const entry = {
        id: history.length + 1,
        anchor,
        context: contextOf(context).symbol,
        libraryIds: [],
        results: phraseIds.length,
        at: new Date().toISOString(),
      };
      history = [entry, ...history];
      return {
        scorer: 'scorer-trees-1',
        results: phraseIds.map((phraseId) => {
          const { score } = scored.find((result) => result.phraseId === phraseId)!;
          return { phraseId, score: score!, rating: ratingOf(score!), relation: null, cached: false };
        }),
      };
    },
    'score.explain': ({ target }) => {
      const words = target.split(' ');
      const score = scored.find((result) => result.phrase === target)?.score ?? 0.5;
      const share = (index: number) => (index % 3 === 2 ? -0.06 : score * (index === 0 ? 0.62 : 0.24));
      return {
        score,
        rating: ratingOf(score),
        words: words.map((word, index) => ({ word, contribution: share(index) })),
      };
    },
    'history.list': () => [...history],
    'history.remove': ({ id }) => {
      history = history.filter((entry) => entry.id !== id);
      return {};
    },
    'history.clear': () => {
      history = [];
      return {};
    },
    'packs.list': () => [
      {
        id: 'scorer-trees-1',
        name: 'Built-in scorer',
        kind: 'scorer',
        version: '1',
        hash: 'ab'.repeat(32),
        builtin: true,
        inUse: true,
        bytes: 4_800_000,
        licence: 'Apache-2.0',
        description: 'Boosted trees on vector, alignment and lexical features.',
        metrics: [
          {
            name: 'pearson',
            value: 0.72,
            split: 'validation, anchor-disjoint',
            mode: 'pair',
            rows: 2843,
            command: 'npm run bench',
          },
        ],
      },
      {
        id: 'retriever-static-1',
        name: 'Built-in retriever',
        kind: 'retriever',
        version: '1',
        hash: 'cd'.repeat(32),
        builtin: true,
        inUse: true,
        bytes: 9_900_000,
        licence: 'Apache-2.0',
        description: 'Static embeddings of sub-words.',
        metrics: [
          {
            name: 'pearson',
            value: 0.57,
            split: 'validation, anchor-disjoint',
            mode: 'cosine',
            rows: 2843,
            command: 'npm run bench',
          },
        ],
      },
    ],
    'jobs.list': () => [...jobs],
    'jobs.pause': ({ id }) => put({ ...jobOf(id), stopping: 'paused' }),
    'jobs.cancel': ({ id }) => put({ ...jobOf(id), stopping: 'cancelled' }),
    'jobs.resume': ({ id }) => put({ ...jobOf(id), state: 'queued', error: null }),
    'jobs.remove': ({ id }) => {
      jobs = jobs.filter((job) => job.id !== id);
      return {};
    },
    'import.preview': fakePreview,
    'import.start': ({ library }) =>
      put(
        fakeJob({
          id: nextJobId(),
          state: 'queued',
          title: `Import ${fakeFile.name} into ${library}`,
          stage: null,
          done: 0,
          total: null,
          rate: null,
          eta: null,
        }),
      ),
    'exports.start': () =>
      put(
        fakeJob({
          id: nextJobId(),
          kind: 'export',
          state: 'queued',
          title: 'Export bad rows as CSV',
          stage: null,
          done: 0,
          total: null,
          rate: null,
          eta: null,
        }),
      ),
    'sheets.list': () => [],
  };

  return {
    calls,
    answer: (name, fake) => void Object.assign(fakes, { [name]: fake }),
    async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
      calls.push({ name, input });
      const fake = fakes[name];
      if (fake === undefined) throw new AppError('internal', `The fake has no answer to ${name}.`);
      return await fake(input);
    },
    on<K extends EventName>(name: K, listener: (payload: EventPayload<K>) => void): () => void {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard);
      heard.add(listener as (payload: never) => void);
      return () => void heard.delete(listener as (payload: never) => void);
    },
    emit,
    changeJob: (id, changes) => void put({ ...jobOf(id), ...changes }),
    saved,
    openFile: async () => fakeFile,
    takeFile: async ({ name, size }) => ({ ...fakeFile, name, bytes: size }),
    async saveFile(file) {
      saved.push(file);
      return true;
    },
  };
}
