import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import { encoderPack, type EncoderManifest } from '../contract/pack.ts';
import type { Recipe } from '../contract/recipe.ts';
import { addPack } from '../packs/add-pack.ts';
import { manifestName } from '../packs/read-manifest.ts';
import { anchorHash } from './labels.ts';

/** What a pack says of itself besides its files. */
export type PackFacts = Omit<
  z.input<typeof encoderPack>,
  'files' | 'format' | 'kind' | 'family' | 'modes' | 'graph'
>;

/** The part of config.json that Priorphrase writes: what the scorer has seen. */
export interface TrainedOn {
  readonly recipe: Recipe;
  readonly dataHash: string;
  /** Sorted hashes of the anchors that the weights were trained on, in this training and those before it. */
  readonly trainingAnchors: readonly string[];
}

/** The name of that part. */
export const trainedOnField = 'priorphrase';

/** The anchors, as hashes, that config.json says its weights were trained on; null where it says nothing. */
export function trainedAnchors(configText: string): ReadonlySet<string> | null {
  try {
    const config = JSON.parse(configText) as { readonly [trainedOnField]?: Partial<TrainedOn> };
    const anchors = config[trainedOnField]?.trainingAnchors;
    return Array.isArray(anchors) ? new Set(anchors.filter((each) => typeof each === 'string')) : null;
  } catch {
    return null;
  }
}

/** Adds to the config.json of a folder what its weights were trained on. */
export async function noteTraining(
  folder: string,
  {
    recipe,
    dataHash,
    anchors,
  }: Pick<TrainedOn, 'recipe' | 'dataHash'> & { readonly anchors: Iterable<string> },
): Promise<void> {
  const path = join(folder, 'config.json');
  const text = await readFile(path, 'utf8');
  const hashes = new Set([...(trainedAnchors(text) ?? []), ...[...anchors].map(anchorHash)]);
  const trained: TrainedOn = { recipe, dataHash, trainingAnchors: [...hashes].sort() };
  const config = { ...(JSON.parse(text) as Record<string, unknown>), [trainedOnField]: trained };
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`);
}

/** Makes a pack of a folder: hashes its files and writes pack.json. */
export async function sealPack(
  folder: string,
  files: readonly string[],
  facts: PackFacts,
): Promise<EncoderManifest> {
  const claims: Record<string, { sha256: string; bytes: number }> = {};
  for (const file of [...files].sort()) claims[file] = await claimOf(join(folder, file));
  const manifest = encoderPack.parse({
    format: 1,
    kind: 'scorer',
    family: 'encoder',
    modes: ['pair'],
    graph: 'onnx/model.onnx',
    ...facts,
    files: claims,
  });
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Copies a pack to a place: verified, and there whole or not at all. What the same training has put there already stays, as it
 * would be the same again.
 */
export async function placePack(
  folder: string,
  out: string,
  training: Pick<TrainedOn, 'recipe' | 'dataHash'>,
): Promise<void> {
  if (await isOf(out, training)) return;
  await refuseTaken(out);
  const staging = join(dirname(out), `.${basename(out)}.${randomBytes(4).toString('hex')}.partial`);
  try {
    const copy = await addPack(folder, staging);
    await rename(copy.dir, out);
  } catch (error) {
    throw explained(error, out);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Refuses a place for a pack where something is already, or whose folder is not there. */
export async function refuseTaken(out: string): Promise<void> {
  if ((await stat(out).catch(() => null)) !== null) {
    throw new AppError(
      'conflict',
      `There is something at ${out} already. Name a folder that is not there yet, or move that one away.`,
      {
        path: out,
      },
    );
  }
  const parent = await stat(dirname(out)).catch(() => null);
  if (parent?.isDirectory() !== true) {
    throw new AppError('bad-input', `${out} can't be written: the folder ${dirname(out)} does not exist.`, {
      path: out,
    });
  }
}

async function isOf(
  out: string,
  { recipe, dataHash }: Pick<TrainedOn, 'recipe' | 'dataHash'>,
): Promise<boolean> {
  const text = await readFile(join(out, 'config.json'), 'utf8').catch(() => '{}');
  const { [trainedOnField]: found } = JSON.parse(text) as { readonly [trainedOnField]?: Partial<TrainedOn> };
  return found?.dataHash === dataHash && JSON.stringify(found.recipe) === JSON.stringify(recipe);
}

async function claimOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const bytes = await readFile(path);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

function explained(error: unknown, out: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof AppError || !/^E[A-Z]+$/.test(code)) return error;
  return new AppError(
    'forbidden',
    `${out} can't be written (${code}). Check its folder and your rights there, and resume the training.`,
    { path: out },
    { cause: error },
  );
}
