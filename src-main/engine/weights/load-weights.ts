import { dtypes } from './dtype.ts';
import { widenBrain, widenHalf } from './half-floats.ts';
import { matchNames, type NameMatch, type NamingRules, type WantedTensor } from './match-names.ts';
import type { WeightSource } from './weight-source.ts';

/** What to load, and where to. */
export interface LoadRequest<Wanted extends WantedTensor> {
  readonly wanted: readonly Wanted[];
  readonly rules: NamingRules;
  /** Where the numbers of a parameter go: a view of the caller's memory with as many elements as its shape has. */
  readonly viewOf: (wanted: Wanted) => Float32Array;
  /** Parameters that a file need not have, such as those of a new head; their views are left as they are. */
  readonly mayMiss?: (name: string) => boolean;
}

const elementsAtOnce = 2 ** 20;

/** Reads weights into the caller's memory, 16-bit floats widened to 32 bits; one copy, whatever the size. */
export async function loadWeights<Wanted extends WantedTensor>(
  source: WeightSource,
  { wanted, rules, viewOf, mayMiss }: LoadRequest<Wanted>,
): Promise<NameMatch> {
  const match = matchNames(source, wanted, rules, mayMiss);
  for (const each of wanted) {
    const stored = match.stored.get(each.name);
    if (stored !== undefined) await readFloats(source, stored, viewOf(each));
  }
  return match;
}

async function readFloats(source: WeightSource, name: string, target: Float32Array): Promise<void> {
  const dtype = source.tensors.get(name)?.dtype;
  if (dtype === 'F32') {
    await source.readInto(name, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
    return;
  }
  const widen = dtype === 'F16' ? widenHalf : widenBrain;
  const bits = new Uint16Array(Math.min(elementsAtOnce, target.length));
  for (let at = 0; at < target.length; at += bits.length) {
    const part = bits.subarray(0, Math.min(bits.length, target.length - at));
    const bytes = new Uint8Array(part.buffer, 0, part.byteLength);
    await source.readInto(name, bytes, at * dtypes.F16.bytes);
    widen(part, target.subarray(at, at + part.length));
  }
}
