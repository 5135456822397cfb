import type { EngineInput } from '../contract/engine-calls.ts';
import type { LabelledPair } from './labels.ts';

/** Labelled pairs as the engine takes them: columns, and each context once. */
export function labelColumns(
  pairs: readonly LabelledPair[],
): Pick<EngineInput<'training.run'>, 'anchors' | 'targets' | 'contexts' | 'contextIndex' | 'scores'> {
  const places = new Map<string, number>();
  const contexts: { symbol: string; text: string }[] = [];
  const contextIndex = Int32Array.from(pairs, ({ symbol, contextText }) => {
    const place = places.get(symbol) ?? contexts.push({ symbol, text: contextText }) - 1;
    places.set(symbol, place);
    return place;
  });
  return {
    anchors: pairs.map(({ anchor }) => anchor),
    targets: pairs.map(({ target }) => target),
    contexts,
    contextIndex,
    scores: Float32Array.from(pairs, ({ score }) => score),
  };
}
