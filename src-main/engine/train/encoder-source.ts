import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/app-error.ts';
import type { EngineInput } from '../../contract/engine-calls.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { asScorer, loadPack } from '../../packs/load-pack.ts';
import { checkPackFile } from '../../packs/read-pack-file.ts';
import { openFraming, type Framing } from '../text/framing.ts';
import { indexEnding, shardsOf } from '../weights/open-shards.ts';
import { openTokeniser } from '../text/open-tokeniser.ts';
import type { Tokeniser } from '../text/tokeniser.ts';
import { cutVocabulary, framingTokens } from './cut-vocabulary.ts';
import { freshConfig, type FreshEncoder } from './fresh-config.ts';
import {
  asPack,
  jsonOf,
  packTokeniserFiles,
  readTokeniserFiles,
  type ModelFiles,
} from './tokeniser-files.ts';
import { vocabularySize } from './vocabulary-size.ts';

/** What training starts from. */
export interface EncoderSource {
  /** The contents of config.json, with the dropout of the recipe. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The path of model.safetensors, or of the index of its shards; null for random weights. */
  readonly weights: string | null;
  readonly tokeniser: Tokeniser;
  readonly framing: Framing;
  /** The files of the tokeniser, for the trained pack. */
  readonly files: ModelFiles;
}

/** Padded lengths are multiples of this. */
export const lengthMultiple = 8;

const weightsName = 'model.safetensors';
const indexName = `model${indexEnding}`;

/** Finds or makes the encoder that a recipe names. */
export async function openEncoderSource(
  input: EngineInput<'training.run'>,
  checkpoint: Checkpoint,
): Promise<EncoderSource> {
  const { encoder } = input.recipe;
  const found = await foundEncoder(input, checkpoint);
  const files = asPack(found.place, found.files);
  const tokeniser = await openTokeniser(files);
  const framing = await openFraming(files);
  const config = withDropout(found.config, input.recipe.dropout);
  if (encoder.kind !== 'fresh') refuseLongRows(config, input.recipe.maxLength);
  return { config, weights: found.weights, tokeniser, framing, files: found.files };
}

interface FoundEncoder {
  /** For messages. */
  readonly place: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: string | null;
  readonly files: ModelFiles;
}

async function foundEncoder(
  input: EngineInput<'training.run'>,
  checkpoint: Checkpoint,
): Promise<FoundEncoder> {
  const { encoder } = input.recipe;
  switch (encoder.kind) {
    case 'fresh':
      return freshSource(encoder, input, checkpoint);
    case 'folder':
      return folderSource(encoder.path);
    case 'pack':
      return packSource(input);
  }
}

async function freshSource(
  encoder: FreshEncoder,
  input: EngineInput<'training.run'>,
  checkpoint: Checkpoint,
): Promise<FoundEncoder> {
  const { tokeniser } = encoder;
  const files =
    tokeniser.kind === 'folder'
      ? await readTokeniserFiles(tokeniser.path)
      : await builtInFiles(input, tokeniser.vocabulary, checkpoint);
  const place = tokeniser.kind === 'folder' ? tokeniser.path : input.builtInTokeniser;
  const { padding } = await openFraming(asPack(place, files));
  const config = freshConfig(encoder, {
    vocabulary: vocabularySize(files),
    positions: padded(input.recipe.maxLength),
    paddingToken: padding,
  });
  return { place, config, weights: null, files };
}

async function builtInFiles(
  input: EngineInput<'training.run'>,
  size: number,
  checkpoint: Checkpoint,
): Promise<ModelFiles> {
  const json: unknown = JSON.parse(await readFile(input.builtInTokeniser, 'utf8'));
  const cut = await cutVocabulary(json, trainingTexts(input), size, checkpoint);
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const [padding, unknown, start, separator, mask] = framingTokens;
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    do_lower_case: true,
    model_max_length: input.recipe.maxLength,
    pad_token: padding,
    unk_token: unknown,
    cls_token: start,
    sep_token: separator,
    mask_token: mask,
  };
  return new Map([
    ['tokenizer.json', encode(cut)],
    ['tokenizer_config.json', encode(config)],
  ]);
}

/** The vocabulary is part of what is learnt, so that held-out rows have no say in it. */
function* trainingTexts({ anchors, targets, contexts, contextIndex, heldOut }: EngineInput<'training.run'>) {
  for (const [row, held] of heldOut.entries()) {
    if (held === 1) continue;
    yield anchors[row] ?? '';
    yield targets[row] ?? '';
    yield contexts[contextIndex[row] ?? 0]?.text ?? '';
  }
}

async function folderSource(path: string): Promise<FoundEncoder> {
  const text = await readFile(join(path, 'config.json'), 'utf8').catch((cause: unknown) => {
    throw missing(path, 'config.json', cause);
  });
  const whole = join(path, weightsName);
  const index = join(path, indexName);
  const weights = (await isThere(whole)) || !(await isThere(index)) ? whole : index;
  await stat(weights).catch((cause: unknown) => {
    throw missing(path, weightsName, cause);
  });
  return { place: path, config: configOf(text, path), weights, files: await readTokeniserFiles(path) };
}

async function packSource({ pack: ref, recipe }: EngineInput<'training.run'>): Promise<FoundEncoder> {
  if (ref === null) throw new Error('A recipe that names a pack comes with the place of that pack.');
  const pack = asScorer(await loadPack(ref.dir, { expectedHash: ref.hash }));
  const { files } = pack.manifest;
  const name = [weightsName, indexName].find((each) => Object.hasOwn(files, each));
  if (pack.manifest.family !== 'encoder' || name === undefined) {
    const { id, family } = pack.manifest;
    const found = family === 'encoder' ? `has no ${weightsName}` : `is of the family ${family}`;
    throw new AppError(
      'bad-input',
      `encoder.id: the scorer ${id} ${found}; expected an encoder with its weights, which training can go on from.`,
      { found: recipe.encoder.kind === 'pack' ? recipe.encoder.id : id },
    );
  }
  const shards = name === indexName ? [...(await shardsOf(join(pack.dir, name))).keys()] : [];
  for (const file of [name, ...shards]) {
    const claim = Object.hasOwn(files, file) ? files[file] : undefined;
    if (claim === undefined) {
      throw new AppError(
        'pack-invalid',
        `The weights of ${pack.manifest.id} name ${file}, which is not in pack.json.`,
      );
    }
    await checkPackFile(pack.dir, file, claim);
  }
  const config = configOf(new TextDecoder().decode(await pack.read('config.json')), pack.dir);
  return {
    place: pack.dir,
    config,
    weights: join(pack.dir, name),
    files: await packTokeniserFiles(pack),
  };
}

function configOf(text: string, path: string): Readonly<Record<string, unknown>> {
  const json = jsonOf(new Map([['config.json', new TextEncoder().encode(text)]]), 'config.json');
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new AppError(
    'bad-input',
    `config.json in ${path} holds no settings; expected those of a Hugging Face model.`,
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function withDropout(
  config: Readonly<Record<string, unknown>>,
  dropout: number | null,
): Record<string, unknown> {
  if (dropout === null) return { ...config };
  return { ...config, hidden_dropout_prob: dropout, attention_probs_dropout_prob: dropout };
}

function padded(length: number): number {
  return Math.ceil(length / lengthMultiple) * lengthMultiple;
}

/** A model without relative positions has a table of them, and rows may be no longer than that. */
function refuseLongRows(config: Readonly<Record<string, unknown>>, maxLength: number): void {
  const positions = config['max_position_embeddings'];
  const reserved = config['model_type'] === 'roberta' ? 1 + Number(config['pad_token_id'] ?? 1) : 0;
  if (typeof positions !== 'number' || config['position_biased_input'] === false) return;
  const most = Math.floor((positions - reserved) / lengthMultiple) * lengthMultiple;
  if (maxLength <= most) return;
  throw new AppError(
    'bad-input',
    `maxLength: found ${maxLength}, expected at most ${most}, which this encoder can read.`,
    {
      found: maxLength,
      expected: most,
    },
  );
}

function missing(path: string, file: string, cause: unknown): AppError {
  return new AppError(
    'not-found',
    `encoder.path: ${join(path, file)} cannot be read; expected a folder with config.json, ${weightsName} and tokenizer.json.`,
    { path, file },
    { cause },
  );
}
