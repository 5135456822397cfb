import { z } from 'zod';

// The second, smaller contract: between the host and the engine process. Typed arrays cross by structured clone
// (child_process with serialization 'advanced', Electron's utilityProcess).

/** A pack by folder and expected hash of its pack.json; the engine verifies every file it reads. */
export const packRef = z.strictObject({ dir: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

const float32 = z.instanceof(Float32Array);
const phrases = z.array(z.string()).max(20_000);

/** Engine call name -> input and output schema. */
export const engineCalls = {
  /** Answers at once; memory in bytes, sessions held. */
  'engine.status': {
    input: z.strictObject({}),
    output: z.object({ pid: z.number().int(), rss: z.number(), sessions: z.number().int() }),
  },
  /** Unit vectors, row by row: [phrases, dimensions]. Phrases are keys (normalised, lower case). */
  'retriever.embed': {
    input: z.strictObject({ pack: packRef, phrases }),
    output: z.object({ dimensions: z.number().int().positive(), vectors: float32 }),
  },
  /**
   * Pair mode: one score in [0, 1] for each row. Row i compares anchors[i] with targets[i] in contexts[i], an index
   * into contextTexts. The answer depends on no other row and on no order.
   */
  'scorer.score': {
    input: z.strictObject({
      pack: packRef,
      mode: z.enum(['pair', 'list']),
      anchors: phrases,
      targets: phrases,
      /** Symbols such as `A47` with their texts. */
      contexts: z.array(z.strictObject({ symbol: z.string(), text: z.string() })).max(20_000),
      contextIndex: z.instanceof(Int32Array),
    }),
    output: z.object({ scores: float32 }),
  },
} as const;

/** The name of an engine call. */
export type EngineCallName = keyof typeof engineCalls;
/** What an engine call takes. */
export type EngineInput<K extends EngineCallName> = z.output<(typeof engineCalls)[K]['input']>;
/** What an engine call gives back. */
export type EngineOutput<K extends EngineCallName> = z.output<(typeof engineCalls)[K]['output']>;
/** One handler for every engine call. */
export type EngineHandlers = {
  readonly [K in EngineCallName]: (input: EngineInput<K>) => Promise<EngineOutput<K>>;
};
/** A pack by folder and hash. */
export type PackRef = z.output<typeof packRef>;
