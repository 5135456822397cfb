import type { ContextInForce } from '../../src-main/contract/calls.ts';
import type { EventName } from '../../src-main/contract/events.ts';
import type { RetrieverManifest, ScorerManifest } from '../../src-main/contract/pack.ts';
import type { LoadedPack } from '../../src-main/packs/loaded-pack.ts';
import type { TrainingContext } from '../../src-main/services/train-context.ts';
import { openStore } from '../../src-main/store/open.ts';
import { addLibraryPhrases } from '../../src-main/store/tables/library-phrase.ts';
import { ensureLibrary } from '../../src-main/store/tables/library.ts';
import { upsertPhrases } from '../../src-main/store/tables/phrase.ts';
import type { Store } from '../../src-main/store/store.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';

/** A lookup over an empty store with a fake engine and fake packs. */
export interface LookupFixture {
  readonly context: TrainingContext;
  readonly store: Store;
  readonly engine: FakeEngine;
  readonly events: EventName[];
}

const dimensions = 128;

/** Makes a fixture; other letters make other packs. */
export function lookupFixture(
  options: { readonly retriever?: string; readonly scorer?: string; readonly store?: Store } = {},
): LookupFixture {
  const store = options.store ?? openStore(':memory:');
  const engine = createFakeEngine(dimensions);
  const events: EventName[] = [];
  const retriever = { kind: 'retriever', id: 'retriever-fake', dimensions } as RetrieverManifest;
  const output = { calibration: { raw: [0, 1], score: [0, 1] }, ratingCuts: [0.125, 0.375, 0.625, 0.875] };
  const scorer = { kind: 'scorer', id: 'scorer-fake', output } as unknown as ScorerManifest;
  const packs = {
    retriever: () => Promise.resolve(fakePack(retriever, options.retriever ?? 'a')),
    scorer: () => Promise.resolve(fakePack(scorer, options.scorer ?? 'b')),
    scorerWithId: () => Promise.reject(new Error('There is one fake scorer.')),
    list: () => Promise.resolve([]),
  };
  const resolveContext = (asked: string): ContextInForce => ({
    symbol: asked.slice(0, 3),
    asked,
    text: `text of ${asked.slice(0, 3)}`,
  });
  const context = {
    store,
    engine,
    packs,
    emit: (name: EventName) => events.push(name),
    resolveContext,
    dataDir: '/nowhere',
    builtInTokeniser: '/nowhere/tokenizer.json',
  };
  return { context, store, engine, events };
}

function fakePack<M extends RetrieverManifest | ScorerManifest>(manifest: M, letter: string): LoadedPack<M> {
  return {
    dir: '/nowhere',
    hash: letter.repeat(64),
    manifest,
    read: () => Promise.reject(new Error('A fake pack has no files.')),
  };
}

/** Adds a library of phrases and gives its id and the ids of the phrases. */
export function addLibrary(
  store: Store,
  name: string,
  phrases: readonly string[],
  kind: 'builtin' | 'user' = 'user',
): { readonly id: number; readonly phraseIds: readonly number[] } {
  return store.transaction(() => {
    const { id } = ensureLibrary(store, { name, kind, source: null });
    const phraseIds = upsertPhrases(store, phrases);
    addLibraryPhrases(
      store,
      id,
      phraseIds.map((phraseId) => ({ phraseId, symbol: null })),
    );
    return { id, phraseIds };
  });
}
