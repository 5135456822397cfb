import { z } from 'zod';
import type { LoadedPack } from '../../packs/loaded-pack.ts';
import { packError } from '../../packs/pack-error.ts';
import { featureNames } from './feature-table.ts';
import type { ClassCentres } from './phrase/context-facts.ts';
import { Lexicon } from './phrase/lexicon.ts';
import type { TokenVectors } from './phrase/token-vectors.ts';
import { floatsOf, int8Of } from '../weights/numbers-of.ts';
import { readSafetensors } from '../weights/read-safetensors.ts';

/** What the features need besides the rows. */
export interface FeatureData {
  readonly vectors: TokenVectors;
  readonly centres: ClassCentres;
  readonly lexicon: Lexicon;
}

/** The contents of config.json of a pack of this family. */
export const featureConfig = z.object({
  model_type: z.literal('feature-trees'),
  /** The columns of the graph's input, by name and in order. */
  features: z.array(z.string()),
  /** The classes that have a row in the tensor `centres`. */
  classes: z.array(z.string()),
});

/** Reads the vectors and class centres of a pack; `pack-invalid` where they do not fit this version's features. */
export async function readFeatureData(pack: LoadedPack): Promise<FeatureData> {
  const read = async <T>(file: string, parse: (bytes: Uint8Array) => T): Promise<T> => {
    const bytes = await pack.read(file);
    try {
      return parse(bytes);
    } catch (cause) {
      const found = cause instanceof Error ? cause.message : String(cause);
      throw packError(
        { code: 'pack-invalid', dir: pack.dir, file, found, expected: 'the data of a feature-trees scorer' },
        { cause },
      );
    }
  };
  const classes = await read('config.json', classesOf);
  const lexicon = await read('lexicon.txt', (bytes) => new Lexicon(new TextDecoder().decode(bytes)));
  const vectors = await read('embedding.safetensors', (bytes) => vectorsOf(bytes, classes));
  return { ...vectors, lexicon };
}

function classesOf(bytes: Uint8Array): readonly string[] {
  const config = featureConfig.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  const differs = featureNames.findIndex((name, column) => config.features[column] !== name);
  if (differs >= 0 || config.features.length !== featureNames.length) {
    const column = differs >= 0 ? differs : featureNames.length;
    throw new Error(
      `feature ${column} is ${config.features[column] ?? 'missing'}, this version computes ${featureNames[column] ?? 'no more'}`,
    );
  }
  return config.classes;
}

function vectorsOf(bytes: Uint8Array, classes: readonly string[]): Omit<FeatureData, 'lexicon'> {
  const tensors = readSafetensors(bytes);
  const embedding = int8Of(tensors, 'embedding');
  const scale = floatsOf(tensors, 'scale');
  const weight = floatsOf(tensors, 'weight');
  const all = floatsOf(tensors, 'centres');
  const dimensions = embedding.length / scale.length;
  if (
    !Number.isInteger(dimensions) ||
    weight.length !== scale.length ||
    all.length !== classes.length * dimensions
  ) {
    throw new Error('tensors whose shapes do not fit each other');
  }
  const centres = new Map(
    classes.map((symbol, row) => [symbol, all.slice(row * dimensions, (row + 1) * dimensions)]),
  );
  return { vectors: { dimensions, embedding, scale, weight }, centres };
}
