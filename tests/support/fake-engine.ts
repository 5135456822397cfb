import { AppError } from '../../src-main/contract/app-error.ts';
import type { EngineCallName, EngineInput, EngineOutput } from '../../src-main/contract/engine-calls.ts';
import type { Engine } from '../../src-main/engine-client/engine.ts';

/** An engine in this process: deterministic vectors and scores from letters, and a record of what was asked. */
export interface FakeEngine extends Pick<Engine, 'call'> {
  readonly asked: { readonly name: EngineCallName; readonly rows: number }[];
  /** The next call rejects as if the process had died. */
  dieOnNextCall(): void;
}

/** Makes a fake engine whose vectors have the given number of dimensions. */
export function createFakeEngine(dimensions = 128): FakeEngine {
  const asked: { readonly name: EngineCallName; readonly rows: number }[] = [];
  let dying = false;
  return {
    asked,
    dieOnNextCall: () => (dying = true),
    async call<K extends EngineCallName>(name: K, input: EngineInput<K>): Promise<EngineOutput<K>> {
      await Promise.resolve();
      asked.push({ name, rows: rowsOf(input) });
      if (dying) {
        dying = false;
        throw new AppError(
          'engine-stopped',
          'The engine process ended in the middle of a call. Please try again.',
        );
      }
      return answer(input, dimensions) as EngineOutput<K>;
    },
  };
}

function rowsOf(input: EngineInput<EngineCallName>): number {
  if ('targets' in input) return input.targets.length;
  return 'phrases' in input ? input.phrases.length : 0;
}

function answer(input: EngineInput<EngineCallName>, dimensions: number): EngineOutput<EngineCallName> {
  if ('targets' in input) {
    const scores = input.targets.map((target, row) => {
      const context = input.contexts[input.contextIndex[row] ?? 0]?.symbol ?? '';
      return fakeScore(input.anchors[row] ?? '', target, context);
    });
    return { scores: Float32Array.from(scores) };
  }
  if ('phrases' in input) {
    const vectors = new Float32Array(input.phrases.length * dimensions);
    input.phrases.forEach((phrase, row) => vectors.set(fakeVector(phrase, dimensions), row * dimensions));
    return { dimensions, vectors };
  }
  return { pid: 1, rss: 0, sessions: 0, device: null };
}

/** A unit vector from the three-letter pieces of a phrase: phrases that share letters are near each other. */
export function fakeVector(phrase: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const piece of pieces(phrase)) {
    // Each piece touches eight places, so that few components are zero.
    for (let turn = 0; turn < 8; turn++) {
      const hash = hashOf(piece + String(turn));
      vector[hash % dimensions] = (vector[hash % dimensions] ?? 0) + (hash & 0x10000 ? 1 : -1);
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((component) => component / length);
}

/** The share of pieces that two phrases have in common, a little lower outside class A47. */
export function fakeScore(anchor: string, target: string, context: string): number {
  const first = new Set(pieces(anchor));
  const second = new Set(pieces(target));
  const shared = [...first].filter((piece) => second.has(piece)).length;
  return ((2 * shared) / (first.size + second.size || 1)) * (context === 'A47' ? 1 : 0.9);
}

function pieces(phrase: string): string[] {
  const padded = ` ${phrase} `;
  return Array.from({ length: Math.max(1, padded.length - 2) }, (_, start) => padded.slice(start, start + 3));
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}
