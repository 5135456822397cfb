import { AppError } from '../../contract/app-error.ts';
import type { EngineInput } from '../../contract/engine-calls.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { encodeInput, shortestLength } from '../text/input-form.ts';
import type { Example } from '../training/batches/example.ts';
import type { EncoderSource } from './encoder-source.ts';

/** Rows as examples, in the order in which they came. */
export interface EncodedLabels {
  readonly training: readonly Example[];
  readonly heldOut: readonly Example[];
  /** For each training example, its row. */
  readonly trainingRows: readonly number[];
}

/** Turns labelled rows into the tokens that the trained scorer will read, with pauses in between. */
export async function encodeLabels(
  input: EngineInput<'training.run'>,
  { tokeniser, framing }: Pick<EncoderSource, 'tokeniser' | 'framing'>,
  checkpoint: Checkpoint,
): Promise<EncodedLabels> {
  const { inputForm, maxLength } = input.recipe;
  const least = shortestLength(inputForm, framing);
  if (maxLength < least) {
    const message = `maxLength: found ${maxLength}, expected at least ${least}: the special tokens and one of each phrase.`;
    throw new AppError('bad-input', message, { found: maxLength, expected: least });
  }
  const known = new Map<string, readonly number[]>();
  // Anchors and context texts come again and again.
  const encode = (text: string): readonly number[] => {
    const ids = known.get(text) ?? tokeniser.encode(text);
    known.set(text, ids);
    return ids;
  };
  const training: Example[] = [];
  const heldOut: Example[] = [];
  const trainingRows: number[] = [];
  for (const [row, anchor] of input.anchors.entries()) {
    if (row % 64 === 0) await checkpoint();
    const target = input.targets[row] ?? '';
    const contextText = input.contexts[input.contextIndex[row] ?? 0]?.text ?? '';
    const ids = encodeInput(inputForm, { anchor, target, contextText }, { encode, framing, maxLength });
    const example = { ids, label: input.scores[row] ?? NaN };
    if (input.heldOut[row] === 1) heldOut.push(example);
    else {
      training.push(example);
      trainingRows.push(row);
    }
  }
  return { training, heldOut, trainingRows };
}
