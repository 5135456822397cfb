import { z } from 'zod';
import { deviceChoice } from './device.ts';
import { recipe, trainingState } from './recipe.ts';

// The second, smaller contract: between the host and the engine process. Typed arrays cross by structured clone
// (child_process with serialization 'advanced', Electron's utilityProcess).

/** A pack by folder and expected hash of its pack.json; the engine verifies every file it reads. */
export const packRef = z.strictObject({ dir: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

const float32 = z.instanceof(Float32Array);
const phrases = z.array(z.string()).max(20_000);
const labelledPhrases = z.array(z.string()).max(5_000_000);

/** Engine call name -> input and output schema. */
export const engineCalls = {
  /** Answers at once; memory in bytes, sessions held. */
  'engine.status': {
    input: z.strictObject({}),
    output: z.object({
      pid: z.number().int(),
      rss: z.number(),
      sessions: z.number().int(),
      /** What models run on; null until the first was opened. */
      device: deviceChoice.nullable(),
    }),
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
  /**
   * Trains a scorer in a thread of its own and writes the files of a pack, but pack.json, to `folder`/pack. What is saved in
   * `folder`/checkpoints is taken up again, so that a call that was cut off goes on where it was. One training runs at a time.
   */
  'training.run': {
    input: z.strictObject({
      folder: z.string(),
      recipe,
      /** The scorer whose encoder is trained further; null where the recipe names none. */
      pack: packRef.nullable(),
      /** The tokenizer.json that a fresh encoder takes its vocabulary from. */
      builtInTokeniser: z.string(),
      /** The same for the same rows: a checkpoint of other rows is refused. */
      dataHash: z.string(),
      anchors: labelledPhrases,
      targets: labelledPhrases,
      contexts: z.array(z.strictObject({ symbol: z.string(), text: z.string() })).max(20_000),
      contextIndex: z.instanceof(Int32Array),
      /** Labels in [0, 1]. */
      scores: float32,
      /** 1 for a row that is measured on and never trained on. */
      heldOut: z.instanceof(Uint8Array),
    }),
    output: z.object({
      history: trainingState.shape.history,
      /** Counted from 1: the epoch whose weights are in the pack. */
      bestEpoch: z.number().int().positive(),
      /** Logits of the held-out rows, in their order. */
      heldOutLogits: float32,
      device: deviceChoice,
      /** The files written, relative to `folder`/pack. */
      files: z.array(z.string()),
    }),
  },
  /**
   * Writes a copy of an encoder's pack with weights of 8 bits to `folder`, which is emptied, unless Pearson on the rows drops by
   * more than .005: then nothing is written.
   */
  'pack.quantise': {
    input: z.strictObject({
      pack: packRef,
      folder: z.string(),
      /** What the copy is called. */
      called: z.strictObject({ id: z.string(), name: z.string() }),
      /** What the rows are, and the command that measures them again. */
      measured: z.strictObject({ split: z.string(), command: z.string() }),
      anchors: labelledPhrases,
      targets: labelledPhrases,
      contexts: z.array(z.strictObject({ symbol: z.string(), text: z.string() })).max(20_000),
      contextIndex: z.instanceof(Int32Array),
      /** Labels in [0, 1]. */
      scores: float32,
    }),
    output: z.object({
      accepted: z.boolean(),
      rows: z.number().int(),
      /** Pearson's correlation of scores and labels; null where all scores have become the same. */
      pearson: z.object({ float: z.number(), int8: z.number().nullable() }),
      /** The most that Pearson may drop. */
      maxDrop: z.number(),
      /** The sizes of the two graphs. */
      bytes: z.object({ float: z.number().int(), int8: z.number().int() }),
      /** The new pack's; null where none was written. */
      hash: z.string().nullable(),
      /** The outcome in words. */
      message: z.string(),
    }),
  },
  /** Answers when no training goes on any more: after a cancel, when its last step is saved. */
  'training.settled': { input: z.strictObject({}), output: z.strictObject({}) },
} as const;

/** What calls tell while they are worked on, by name; the others tell nothing. */
export const engineProgress = { 'training.run': trainingState } as const;

/** The name of an engine call. */
export type EngineCallName = keyof typeof engineCalls;
/** What an engine call takes. */
export type EngineInput<K extends EngineCallName> = z.output<(typeof engineCalls)[K]['input']>;
/** What an engine call gives back. */
export type EngineOutput<K extends EngineCallName> = z.output<(typeof engineCalls)[K]['output']>;
/** What an engine call tells while it is worked on. */
export type EngineProgress<K extends EngineCallName> = K extends keyof typeof engineProgress
  ? z.output<(typeof engineProgress)[K]>
  : never;
/** One handler for every engine call. */
export type EngineHandlers = {
  readonly [K in EngineCallName]: (input: EngineInput<K>) => Promise<EngineOutput<K>>;
};
/** A pack by folder and hash. */
export type PackRef = z.output<typeof packRef>;
