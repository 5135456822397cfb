import { AppError } from '../../../contract/app-error.ts';
import type { EncoderManifest } from '../../../contract/pack.ts';
import type { LoadedPack } from '../../../packs/loaded-pack.ts';
import { packError } from '../../../packs/pack-error.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import type { CreateSession } from '../../runtime/session.ts';
import { openFraming } from '../../text/framing.ts';
import { encodeInput, shortestLength, type InputEncoding } from '../../text/input-form.ts';
import { openTokeniser } from '../../text/open-tokeniser.ts';
import { calibrate } from '../calibrate.ts';
import type { Scorer, ScoreRows } from '../scorer.ts';
import { checkPositions } from './check-positions.ts';
import { openEncoderGraph } from './encoder-graph.ts';
import { tokenBatches } from './token-batches.ts';
import { TokenBudget } from './token-budget.ts';

const activations = {
  sigmoid: (logit: number): number => 1 / (1 + Math.exp(-logit)),
  identity: (logit: number): number => logit,
} as const;

/** Opens a scorer of the family `encoder`. */
export async function openEncoderScorer(
  pack: LoadedPack<EncoderManifest>,
  createSession: CreateSession,
): Promise<Scorer> {
  const { inputForm, maxLength, modes, id } = pack.manifest;
  const framing = await openFraming(pack);
  const least = shortestLength(inputForm, framing);
  if (maxLength < least) {
    const found = `maxLength ${maxLength}`;
    throw packError({
      code: 'pack-invalid',
      dir: pack.dir,
      file: 'pack.json',
      found,
      expected: `at least ${least} tokens`,
    });
  }
  await checkPositions(pack);
  const tokeniser = await openTokeniser(pack);
  const graph = await openEncoderGraph(pack, framing.padding, createSession);
  const budget = new TokenBudget();
  return {
    pacesItself: true,
    async score(rows, mode, checkpoint = async () => undefined) {
      if (mode !== 'pair' || !modes.includes(mode)) {
        const message = `The scorer ${id} has no ${mode} mode; encoders score in pair mode.`;
        throw new AppError('bad-input', message, { scorer: id, mode, modes });
      }
      const encode = (text: string) => tokeniser.encode(text);
      const ids = await encodeRows(rows, pack.manifest, { encode, framing, maxLength }, checkpoint);
      const scores = new Float32Array(ids.length);
      const toRaw = activations[pack.manifest.output.activation];
      const { calibration } = pack.manifest.output;
      for (const batch of tokenBatches(
        ids.map(({ length }) => length),
        maxLength,
        () => budget.tokens,
      )) {
        const started = performance.now();
        const logits = await graph.logits(batch, ids);
        budget.learn(batch.rows.length * batch.tokens, performance.now() - started);
        for (const [i, row] of batch.rows.entries()) {
          scores[row] = calibrate(toRaw(logits[i] as number), calibration);
        }
        await checkpoint();
      }
      return scores;
    },
    release: () => graph.release(),
  };
}

/** The token ids of each row; a text that comes again is not tokenised again. */
async function encodeRows(
  { anchors, targets, contexts, contextIndex }: ScoreRows,
  { inputForm }: EncoderManifest,
  encoding: InputEncoding,
  checkpoint: Checkpoint,
): Promise<Int32Array[]> {
  const known = new Map<string, readonly number[]>();
  const encode = (text: string): readonly number[] => {
    const ids = known.get(text) ?? encoding.encode(text);
    known.set(text, ids);
    return ids;
  };
  const rows: Int32Array[] = [];
  for (const [row, anchor] of anchors.entries()) {
    const target = targets[row] as string;
    const contextText = contexts[contextIndex[row] as number]?.text ?? '';
    rows.push(encodeInput(inputForm, { anchor, target, contextText }, { ...encoding, encode }));
    if (row % 64 === 63) await checkpoint();
  }
  return rows;
}
