import { AppError, toErrorShape } from '../../src-main/contract/app-error.ts';
import { memoryShelf } from '../web/support.ts';
import type { CallName } from '../../src-main/contract/calls.ts';
import type { CliApp } from '../../src-main/cli/cli-app.ts';
import { commands } from '../../src-main/cli/commands.ts';
import { runCli } from '../../src-main/cli/run-cli.ts';

type Answers = Partial<Record<CallName, (input: never) => unknown>>;

/** A ranked phrase as the services give it. */
export function found(phraseId: number, phrase: string, similarity = 0.5) {
  const sources = [{ libraryId: 1, library: 'CPC titles', symbol: 'A47B1/00' }];
  return { phraseId, phrase, similarity, score: null, rating: null, relation: null, sources };
}

const context = { symbol: 'A47', asked: 'A47', text: 'human necessities; furniture' };

const rankAnswers: Answers = {
  'libraries.list': () => [
    { id: 1, name: 'CPC titles', kind: 'builtin', phrases: 3, embedded: 3, createdAt: '' },
    { id: 2, name: 'Mine', kind: 'user', phrases: 3, embedded: 3, createdAt: '' },
  ],
  'rank.retrieve': ({ anchor }: { anchor: string }) => ({
    anchor,
    context,
    results: [found(1, 'water pollution'), found(2, 'pollution abatement', 0.9), found(3, 'tables')],
    scored: false,
    notices: [],
  }),
  'rank.score': ({ phraseIds }: { phraseIds: number[] }) => ({
    scorer: 'scorer',
    results: phraseIds.map((phraseId) => ({
      phraseId,
      score: [0.4, 1, 0.1][phraseId - 1],
      rating: [2, 4, 0][phraseId - 1],
      relation: null,
      cached: false,
    })),
  }),
  'cpc.search': () => [
    { symbol: 'A47', level: 'class', title: 'FURNITURE', phrase: 'Furniture', hasChildren: true },
  ],
  'packs.list': () => [],
};

/** A stand-in for the application: it notes what it is asked and answers from a table. */
export function stubApp(answers: Answers = {}, work: Partial<CliApp> = {}) {
  const asked: { name: unknown; input: unknown }[] = [];
  const state = { opened: 0, closed: 0, asked, dataDir: '', host: '' };
  const refuse = () => Promise.reject(new Error('not expected in this test'));
  const app: CliApp = {
    async dispatch(name, input) {
      asked.push({ name, input });
      const answer = { ...rankAnswers, ...answers }[name as CallName];
      try {
        if (answer === undefined) throw new AppError('bad-input', `no answer for ${String(name)}`);
        return { ok: true, value: await (answer as (input: unknown) => unknown)(input) };
      } catch (error) {
        return { ok: false, error: toErrorShape(error) };
      }
    },
    onEvent: () => () => undefined,
    files: memoryShelf(),
    close: async () => void (state.closed += 1),
    importLibrary: refuse,
    importCpc: refuse,
    scoreFile: refuse,
    exportFile: refuse,
    verifyPacks: refuse,
    addPack: refuse,
    quantiseScorer: refuse,
    trainScorer: refuse,
    evaluateScorer: refuse,
    workQueue: refuse,
    resumeJob: refuse,
    ...work,
  };
  return { app, state };
}

/** How a test runs the command line. */
export interface RunOptions {
  readonly stub?: ReturnType<typeof stubApp>;
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly colours?: boolean;
  readonly signal?: AbortSignal;
  readonly rendererDir?: string;
  readonly onStdout?: (text: string) => void;
}

/** Runs a command line inside the test and gives what it printed and its exit code. */
export async function run(args: readonly string[], options: RunOptions = {}) {
  const { stub = stubApp(), terminal = false, columns = 80, colours = true } = options;
  let stdout = '';
  let stderr = '';
  const code = await runCli(args, {
    commands,
    installation: {
      version: '1.2.3',
      resourcesDir: '/r',
      modelsDir: '/m',
      rendererDir: options.rendererDir ?? '/nowhere',
      preloadPath: '/p',
      enginePath: '/e',
    },
    stdout: {
      write: (text) => {
        stdout += text;
        options.onStdout?.(text);
      },
      isTerminal: terminal,
      columns,
    },
    stderr: { write: (text) => void (stderr += text), isTerminal: terminal, columns },
    colours,
    signal: options.signal ?? new AbortController().signal,
    async openApp(dataDir, host) {
      Object.assign(stub.state, { dataDir, host, opened: stub.state.opened + 1 });
      return stub.app;
    },
  });
  return { code, stdout, stderr, state: stub.state };
}
