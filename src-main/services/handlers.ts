import type { Handlers } from '../contract/calls.ts';
import type { Engine } from '../engine-client/engine.ts';
import { countCpc } from '../store/tables/cpc.ts';
import { countPhrases } from '../store/tables/phrase.ts';
import type { AppOptions } from './app.ts';
import type { BacklogEmbedder } from './backlog-embedder.ts';
import type { LookupContext } from './context.ts';
import { listCpcChildren } from './cpc-children.ts';
import { getCpcSymbol } from './cpc-get.ts';
import { searchCpc } from './cpc-search.ts';
import { explainScore } from './explain.ts';
import { exportCallHandlers } from './export-handlers.ts';
import type { FileShelf } from './file-shelf.ts';
import { clearHistory, listHistory, removeHistory } from './history.ts';
import { importCallHandlers } from './import-handlers.ts';
import type { JobRunner } from './job-runner.ts';
import { jobCalls } from './jobs.ts';
import { describeLibraries, removeLibrary } from './libraries.ts';
import type { Packs } from './packs.ts';
import { retrieveRanked } from './rank-retrieve.ts';
import { scoreRanked } from './rank-score.ts';
import { scoreCallHandlers } from './score-handlers.ts';
import { getSettings, setSettings } from './settings.ts';
import { sheetCallHandlers } from './sheet-handlers.ts';

/** What the handlers work with. */
export interface HandlerParts extends Pick<AppOptions, 'version' | 'host' | 'dataDir'> {
  readonly context: LookupContext;
  readonly engine: Pick<Engine, 'state'>;
  readonly packs: Packs;
  readonly runner: JobRunner;
  readonly backlog: BacklogEmbedder;
  readonly files: FileShelf;
}

/** The handler of every call; a missing one does not compile. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { context, engine, packs, runner, backlog } = parts;
  const { store } = context;
  return {
    'app.info': async () => ({
      version: parts.version,
      host: parts.host,
      dataDir: parts.dataDir,
      engine: engine.state,
      phrases: countPhrases(store),
      cpcSymbols: countCpc(store),
    }),
    'settings.get': async () => getSettings(context),
    'settings.set': async (input) => setSettings(context, input),
    'cpc.search': async (input) => searchCpc(store, input),
    'cpc.children': async (input) => listCpcChildren(store, input),
    'cpc.get': async (input) => getCpcSymbol(store, input),
    'libraries.list': async () => describeLibraries(context),
    'libraries.remove': async (input) => removeLibrary(context, input),
    'rank.retrieve': async (input) => {
      await backlog.embedFew();
      return retrieveRanked(context, input);
    },
    'rank.score': async (input) => scoreRanked(context, input),
    'score.explain': async (input) => explainScore(context, input),
    'history.list': async (input) => listHistory(context, input),
    'history.remove': async (input) => removeHistory(context, input),
    'history.clear': async () => clearHistory(context),
    'packs.list': async () => packs.list(),
    ...jobCalls(runner),
    ...importCallHandlers(parts),
    ...sheetCallHandlers(parts),
    ...scoreCallHandlers(parts),
    ...exportCallHandlers(parts),
  };
}
