import { AppError } from '../contract/app-error.ts';
import { findPhrase } from '../store/tables/phrase.ts';
import { quantise } from '../store/vectors/quantise.ts';
import type { RetrieverRow } from '../store/vectors/retriever.ts';
import { readVector } from '../store/vectors/similarity.ts';
import type { LookupContext } from './context.ts';
import { packRefOf } from './packs.ts';

const mostKept = 200;

// The engine stands for the application here: its vectors go when it goes.
const keptVectors = new WeakMap<LookupContext['engine'], Map<string, Int8Array>>();

/** The vector of an anchor: that of the same phrase in a library, one asked for lately, or from the engine. */
export async function anchorVector(
  context: LookupContext,
  retriever: RetrieverRow,
  key: string,
): Promise<Int8Array> {
  const phrase = findPhrase(context.store, key);
  const stored = phrase === null ? null : readVector(context.store, retriever.id, phrase.id);
  if (stored !== null) return stored;

  const kept = keptVectors.get(context.engine) ?? new Map<string, Int8Array>();
  keptVectors.set(context.engine, kept);
  const name = `${retriever.hash} ${key}`;
  const vector = kept.get(name) ?? (await embed(context, retriever, key));
  // Taken out and put in again, so that the first of the map is the one used longest ago.
  kept.delete(name);
  kept.set(name, vector);
  const oldest = kept.keys().next();
  if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
  return vector;
}

async function embed(
  { engine, packs }: LookupContext,
  retriever: RetrieverRow,
  key: string,
): Promise<Int8Array> {
  const pack = packRefOf(await packs.retriever());
  const { dimensions, vectors } = await engine.call('retriever.embed', { pack, phrases: [key] });
  if (dimensions !== retriever.dimensions || vectors.length !== dimensions) {
    throw new AppError(
      'engine-failed',
      `The retriever gave a vector of ${vectors.length} numbers; expected ${retriever.dimensions}. ` +
        'Run "priorphrase packs verify" to check the model packs.',
      { found: vectors.length, expected: retriever.dimensions },
    );
  }
  return quantise(vectors);
}
