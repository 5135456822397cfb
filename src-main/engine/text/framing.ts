import { z } from 'zod';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';
import { readPackJson, readPackJsonIfListed } from './read-pack-json.ts';

/** The tokens that a model expects around and between texts, by id, and the one that fills up short rows. */
export interface Framing {
  /** Before the first text: [CLS], or <s>. */
  readonly start: readonly number[];
  /** After each text but the last: [SEP], or two of </s>. */
  readonly between: readonly number[];
  /** After the last text: [SEP], or </s>. */
  readonly end: readonly number[];
  readonly padding: number;
}

/** The parsed files of a Hugging Face tokeniser; only tokenizer.json must be there. */
export interface TokeniserFiles {
  /** tokenizer.json */
  readonly tokeniser: unknown;
  /** tokenizer_config.json */
  readonly config?: unknown;
  /** special_tokens_map.json */
  readonly specialTokens?: unknown;
}

const id = z.number().int().nonnegative();
const namedId = z.tuple([z.string(), id]);
const templateItem = z.union([
  z.object({ SpecialToken: z.object({ id: z.string() }) }),
  z.object({ Sequence: z.object({ id: z.enum(['A', 'B']) }) }),
]);
const processor = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['BertProcessing', 'RobertaProcessing']), sep: namedId, cls: namedId }),
  z.object({
    type: z.literal('TemplateProcessing'),
    pair: z.array(templateItem),
    special_tokens: z.record(z.string(), z.object({ ids: z.array(id) })),
  }),
]);
const sequence = z.object({ type: z.literal('Sequence'), processors: z.array(z.unknown()) });
const tokeniserJson = z.object({
  added_tokens: z.array(z.object({ id, content: z.string() })).default([]),
  padding: z.object({ pad_id: id }).nullish(),
  post_processor: z.unknown().optional(),
  model: z.object({
    vocab: z.union([z.record(z.string(), id), z.array(z.tuple([z.string(), z.number()]))]),
  }),
});
const token = z
  .union([z.string(), z.object({ content: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.content))
  .nullish()
  .catch(undefined);
const named = z
  .object({
    cls_token: token,
    sep_token: token,
    bos_token: token,
    eos_token: token,
    pad_token: token,
    tokenizer_class: z.string().nullish().catch(undefined),
  })
  .catch({});

// Families that put two separators between texts.
const doubled = /^(XLM)?Roberta|^Camembert|^MPNet|^Bart/i;

/** The framing of a tokeniser: what its post-processor does with a pair of texts, or what its configuration names. */
export function framingOf({ tokeniser, config, specialTokens }: TokeniserFiles): Framing {
  const json = tokeniserJson.parse(tokeniser);
  const names = { ...named.parse(specialTokens ?? {}), ...present(named.parse(config ?? {})) };
  const idOf = lookUp(json);
  const padding = idOf(names.pad_token) ?? json.padding?.pad_id ?? idOf('[PAD]') ?? idOf('<pad>') ?? 0;
  const stated = framingOfProcessor(json.post_processor);
  if (stated !== null) return { ...stated, padding };
  const start = idOf(names.cls_token) ?? idOf('[CLS]') ?? idOf(names.bos_token) ?? idOf('<s>');
  const end = idOf(names.sep_token) ?? idOf('[SEP]') ?? idOf(names.eos_token) ?? idOf('</s>');
  if (start === undefined || end === undefined) {
    throw new Error(
      `no token to ${start === undefined ? 'begin' : 'separate'} texts with (such as ` +
        `${start === undefined ? '[CLS] or <s>' : '[SEP] or </s>'})`,
    );
  }
  const between = doubled.test(names.tokenizer_class ?? '') ? [end, end] : [end];
  return { start: [start], between, end: [end], padding };
}

/** The framing that the files of a pack state. */
export async function openFraming(pack: LoadedPack): Promise<Framing> {
  const file = 'tokenizer.json';
  const files = {
    tokeniser: await readPackJson(pack, file),
    config: await readPackJsonIfListed(pack, 'tokenizer_config.json'),
    specialTokens: await readPackJsonIfListed(pack, 'special_tokens_map.json'),
  };
  try {
    return framingOf(files);
  } catch (error) {
    const found = error instanceof z.ZodError ? describe(error) : (error as Error).message;
    const expected = 'the tokens that begin and separate texts';
    throw packError({ code: 'pack-invalid', dir: pack.dir, file, found, expected }, { cause: error });
  }
}

function framingOfProcessor(json: unknown): Omit<Framing, 'padding'> | null {
  const several = sequence.safeParse(json);
  if (several.success) {
    return several.data.processors.map(framingOfProcessor).find((each) => each !== null) ?? null;
  }
  const { data } = processor.safeParse(json);
  if (data === undefined) return null;
  if (data.type !== 'TemplateProcessing') {
    const [cls, sep] = [data.cls[1], data.sep[1]];
    const between = data.type === 'RobertaProcessing' ? [sep, sep] : [sep];
    return { start: [cls], between, end: [sep] };
  }
  const a = data.pair.findIndex((item) => 'Sequence' in item && item.Sequence.id === 'A');
  const b = data.pair.findIndex((item) => 'Sequence' in item && item.Sequence.id === 'B');
  if (a < 0 || b < a) return null;
  const ids = (from: number, to?: number) =>
    data.pair
      .slice(from, to)
      .flatMap((item) =>
        'SpecialToken' in item ? (data.special_tokens[item.SpecialToken.id]?.ids ?? []) : [],
      );
  return { start: ids(0, a), between: ids(a + 1, b), end: ids(b + 1) };
}

function lookUp({ added_tokens, model: { vocab } }: z.output<typeof tokeniserJson>) {
  const added = new Map(added_tokens.map(({ content, id: at }) => [content, at]));
  const listed = Array.isArray(vocab) ? new Map(vocab.map(([piece], at) => [piece, at])) : null;
  return (piece: string | null | undefined): number | undefined => {
    if (piece === null || piece === undefined) return undefined;
    const inVocabulary = listed
      ? listed.get(piece)
      : Object.hasOwn(vocab, piece)
        ? (vocab as Record<string, number>)[piece]
        : undefined;
    return added.get(piece) ?? inVocabulary;
  };
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'something else'}`;
}
