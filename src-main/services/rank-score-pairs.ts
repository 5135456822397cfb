import { AppError } from '../contract/app-error.ts';
import type { ContextInForce } from '../contract/calls.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import type { LookupContext } from './context.ts';
import { packRefOf } from './packs.ts';

/** Scores of one anchor and many targets (phrase keys) in one context, in pair mode, by one engine call. */
export async function scorePairs(
  engine: LookupContext['engine'],
  scorer: LoadedPack<ScorerManifest>,
  context: ContextInForce,
  anchor: string,
  targets: readonly string[],
): Promise<Float32Array> {
  if (targets.length === 0) return new Float32Array();
  const { scores } = await engine.call('scorer.score', {
    pack: packRefOf(scorer),
    mode: 'pair',
    anchors: targets.map(() => anchor),
    targets: [...targets],
    contexts: [{ symbol: context.symbol, text: context.text }],
    contextIndex: new Int32Array(targets.length),
  });
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  if (scores.length !== targets.length || bad !== -1) {
    const found = bad === -1 ? `${scores.length} scores` : `the score ${scores[bad]} for "${targets[bad]}"`;
    throw new AppError(
      'engine-failed',
      `The scorer ${scorer.manifest.id} gave ${found}; expected ${targets.length} scores between 0 and 1. ` +
        'Run "priorphrase packs verify" to check the model packs.',
      { scorer: scorer.manifest.id },
    );
  }
  return scores;
}
