import { z } from 'zod';
import { exportCalls } from './export-calls.ts';
import { importCalls } from './import-calls.ts';
import { jobEntry } from './job.ts';
import { maxPhraseLength } from './phrase.ts';
import { packMetric } from './pack.ts';
import { sheetCalls } from './sheet-calls.ts';

// Every call of the product: name -> input and output schema. Electron ipc, the web host and the command line all
// validate against this table; a call that is not in it does not exist.

const id = z.number().int().positive();
const rating = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** What the user types as anchor; trimmed and normalised by the service, which also refuses what is empty. */
const phraseText = z.string().max(20 * maxPhraseLength);
/** What the user types as class or symbol; the service checks it and suggests the nearest valid ones. */
const symbolText = z.string().max(100);

/** One CPC symbol as the screens and the command line show it. */
export const cpcEntry = z.object({
  symbol: z.string(),
  level: z.enum(['section', 'class', 'subclass', 'group', 'subgroup']),
  /** Title as published. */
  title: z.string(),
  /** Title as a phrase, without its bracketed references. */
  phrase: z.string(),
  hasChildren: z.boolean(),
});

/** The context that a score is conditioned on. */
export const contextInForce = z.object({
  /** The class, such as `A47`; a subclass or group given by the user is cut to it. */
  symbol: z.string(),
  /** What the user asked for, such as `A47B1/00`. */
  asked: z.string(),
  /** Section title and class title, lower-cased. */
  text: z.string(),
});

/** One ranked phrase. */
export const rankedPhrase = z.object({
  phraseId: id,
  phrase: z.string(),
  /** Cosine of retriever vectors, -1 to 1; null where the phrase was found by words and has no vector yet. */
  similarity: z.number().nullable(),
  /** Calibrated score, 0 to 1; null until scored. */
  score: z.number().nullable(),
  rating: rating.nullable(),
  /** Narrower, broader, opposite, …; null while the scorer does not tell it. */
  relation: z.string().nullable(),
  sources: z.array(z.object({ libraryId: id, library: z.string(), symbol: z.string().nullable() })),
});

/** A named list of phrases. */
export const libraryEntry = z.object({
  id,
  name: z.string(),
  kind: z.enum(['builtin', 'user']),
  phrases: z.number().int().nonnegative(),
  /** How many of them have a vector of the retriever in use. */
  embedded: z.number().int().nonnegative(),
  createdAt: z.string(),
});

/** One past query. */
export const historyEntry = z.object({
  id,
  anchor: z.string(),
  context: z.string(),
  libraryIds: z.array(id),
  results: z.number().int().nonnegative(),
  at: z.string(),
});

/** A model pack as listed. */
export const packEntry = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['retriever', 'scorer']),
  version: z.string(),
  /** SHA-256 of pack.json, which names the hash of every file. */
  hash: z.string(),
  builtin: z.boolean(),
  inUse: z.boolean(),
  bytes: z.number().int().nonnegative(),
  licence: z.string(),
  description: z.string(),
  metrics: z.array(packMetric),
});

/** The user's settings. */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  limit: z.number().int().min(1).max(500),
});

const nothing = z.strictObject({});

/** Call name -> input and output schema. */
export const calls = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      host: z.enum(['electron', 'web', 'cli']),
      dataDir: z.string(),
      engine: z.enum(['stopped', 'starting', 'ready', 'restarting', 'failed']),
      phrases: z.number().int(),
      cpcSymbols: z.number().int(),
    }),
  },
  'settings.get': { input: nothing, output: settings },
  'settings.set': { input: settings.partial(), output: settings },

  'cpc.search': {
    input: z.strictObject({
      query: z.string().max(500),
      limit: z.number().int().min(1).max(200).default(20),
    }),
    output: z.array(cpcEntry),
  },
  /** Children of a symbol, the sections where it is null. */
  'cpc.children': { input: z.strictObject({ symbol: symbolText.nullable() }), output: z.array(cpcEntry) },
  /** A symbol with its ancestors (section first) and the context it gives; `not-found` carries `suggestions`. */
  'cpc.get': {
    input: z.strictObject({ symbol: symbolText }),
    output: z.object({ entry: cpcEntry, ancestors: z.array(cpcEntry), context: contextInForce }),
  },

  'libraries.list': { input: nothing, output: z.array(libraryEntry) },
  'libraries.remove': { input: z.strictObject({ id }), output: nothing },

  /** Stage one: candidates from vectors and words, in the retriever's order, with the scores known already. */
  'rank.retrieve': {
    input: z.strictObject({
      anchor: phraseText,
      context: symbolText,
      limit: z.number().int().min(1).max(500).default(100),
      /** Empty: all libraries. */
      libraryIds: z.array(id).max(1000).default([]),
    }),
    output: z.object({
      anchor: z.string(),
      context: contextInForce,
      results: z.array(rankedPhrase),
      /** True when every result carries its score, so that stage two has nothing to do. */
      scored: z.boolean(),
      /** What the user should know, such as phrases that have no vector yet. */
      notices: z.array(z.string()),
    }),
  },
  /** Stage two: scores for the candidates of stage one, from the cache where it has them. Order is that of the input. */
  'rank.score': {
    input: z.strictObject({
      anchor: phraseText,
      context: symbolText,
      phraseIds: z.array(id).max(500),
      /** How to note the query in the history; absent: not noted. */
      remember: z.strictObject({ libraryIds: z.array(id).max(1000) }).optional(),
    }),
    output: z.object({
      scorer: z.string(),
      results: z.array(
        z.object({
          phraseId: id,
          score: z.number(),
          rating,
          relation: z.string().nullable(),
          cached: z.boolean(),
        }),
      ),
    }),
  },
  /** The score of one pair and what each word of the target contributes: the score less the score without the word. */
  'score.explain': {
    input: z.strictObject({ anchor: phraseText, target: phraseText, context: symbolText }),
    output: z.object({
      score: z.number(),
      rating,
      words: z.array(z.object({ word: z.string(), contribution: z.number() })),
    }),
  },

  'history.list': {
    input: z.strictObject({ limit: z.number().int().min(1).max(500).default(50) }),
    output: z.array(historyEntry),
  },
  'history.remove': { input: z.strictObject({ id }), output: nothing },
  'history.clear': { input: nothing, output: nothing },

  'packs.list': { input: nothing, output: z.array(packEntry) },

  'jobs.list': { input: nothing, output: z.array(jobEntry) },
  'jobs.cancel': { input: z.strictObject({ id }), output: jobEntry },
  /** Stops a running job where it can be taken up again. */
  'jobs.pause': { input: z.strictObject({ id }), output: jobEntry },
  'jobs.resume': { input: z.strictObject({ id }), output: jobEntry },
  /** Takes a job that has ended out of the list. */
  'jobs.remove': { input: z.strictObject({ id }), output: nothing },

  ...importCalls,
  ...sheetCalls,
  ...exportCalls,
} as const;

/** The name of a call. */
export type CallName = keyof typeof calls;
/** What a caller passes, before defaults. */
export type CallInput<K extends CallName> = z.input<(typeof calls)[K]['input']>;
/** What a handler receives, validated, defaults filled in. */
export type CallParsed<K extends CallName> = z.output<(typeof calls)[K]['input']>;
/** What a call gives back. */
export type CallOutput<K extends CallName> = z.output<(typeof calls)[K]['output']>;
/** One handler for every call; a missing one does not compile. */
export type Handlers = { readonly [K in CallName]: (input: CallParsed<K>) => Promise<CallOutput<K>> };

export type CpcEntry = z.output<typeof cpcEntry>;
export type ContextInForce = z.output<typeof contextInForce>;
export type RankedPhrase = z.output<typeof rankedPhrase>;
export type LibraryEntry = z.output<typeof libraryEntry>;
export type HistoryEntry = z.output<typeof historyEntry>;
export type PackEntry = z.output<typeof packEntry>;
export type Settings = z.output<typeof settings>;
