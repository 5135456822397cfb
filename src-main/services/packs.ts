import { join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import type { PackEntry } from '../contract/calls.ts';
import type { PackRef } from '../contract/engine-calls.ts';
import type { RetrieverManifest, ScorerManifest } from '../contract/pack.ts';
import { addPack } from '../packs/add-pack.ts';
import { findPacks, type FoundPack } from '../packs/find-packs.ts';
import { asRetriever, asScorer, loadPack } from '../packs/load-pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import { verifyPack, type PackReport } from '../packs/verify-pack.ts';

/** The folder in `models` of the retriever that comes with Priorphrase. */
export const builtinRetriever = 'retriever-static-1';
/** The folder in `models` of the scorer that comes with Priorphrase. */
export const builtinScorer = 'scorer-trees-1';

/** Where packs lie and which scorer the user chose. */
export interface PacksOptions {
  readonly modelsDir: string;
  readonly dataDir: string;
  /** The id of a scorer pack; the built-in one where it is absent. */
  readonly scorerId?: string;
}

/** A folder among the packs that is no sound pack. */
export type BrokenPack = Extract<FoundPack, { ok: false }>;

/** The packs of the installation and of the user. */
export interface Packs {
  /** The retriever in use; read once, so that the answer is quick and stays the same. */
  retriever(): Promise<LoadedPack<RetrieverManifest>>;
  /** The scorer in use; read once. */
  scorer(): Promise<LoadedPack<ScorerManifest>>;
  /** A scorer by its id; `pack-missing` with the ids there are. */
  scorerWithId(id: string): Promise<LoadedPack<ScorerManifest>>;
  /** Copies a pack, verified, to the user's packs, and gives it as it is listed. */
  add(dir: string): Promise<PackEntry>;
  /** The packs whose manifest is valid, built-in ones first. */
  list(): Promise<PackEntry[]>;
  /** The folders that should be packs and are not, each with its error. */
  broken(): Promise<BrokenPack[]>;
  /** Reads every file of every pack, broken ones included. */
  verify(): Promise<PackReport[]>;
}

/** The packs as the services use them. */
export function createPacks({ modelsDir, dataDir, scorerId }: PacksOptions): Packs {
  const places = [
    { dir: modelsDir, builtin: true },
    { dir: join(dataDir, 'packs'), builtin: false },
  ];
  const find = () => findPacks(places);
  const retriever = once(async () => asRetriever(await loadPack(join(modelsDir, builtinRetriever))));
  const scorer = once(async () => {
    if (scorerId === undefined) return asScorer(await loadPack(join(modelsDir, builtinScorer)));
    return asScorer(packWithId(await find(), scorerId));
  });

  return {
    retriever,
    scorer,
    async scorerWithId(id) {
      return asScorer(packWithId(await find(), id));
    },
    async add(dir) {
      return entryOf(await addPack(dir, join(dataDir, 'packs')), false, false);
    },
    async list() {
      const hashOf = (pack: Promise<LoadedPack>) => pack.then(({ hash }) => hash).catch(() => null);
      const inUse = [await hashOf(retriever()), await hashOf(scorer())];
      return (await find()).flatMap((found) =>
        found.ok ? [entryOf(found.pack, found.builtin, inUse.includes(found.pack.hash))] : [],
      );
    },
    async broken() {
      return (await find()).filter((found) => !found.ok);
    },
    async verify() {
      const reports: PackReport[] = [];
      for (const { dir } of await find()) reports.push(await verifyPack(dir));
      return reports;
    },
  };
}

/** What the engine needs to find a pack and to know it. */
export function packRefOf(pack: LoadedPack): PackRef {
  return { dir: pack.dir, hash: pack.hash };
}

function packWithId(found: readonly FoundPack[], id: string): LoadedPack {
  const packs = found.flatMap((entry) => (entry.ok ? [entry.pack] : []));
  const chosen = packs.find(({ manifest }) => manifest.id === id);
  if (chosen !== undefined) return chosen;
  const ids = packs.flatMap(({ manifest }) => (manifest.kind === 'scorer' ? [manifest.id] : []));
  throw new AppError(
    'pack-missing',
    `No model pack has the id ${id}; the scorers there are: ${ids.join(', ') || 'none'}. Choose one of them.`,
    { found: id, expected: ids },
  );
}

function entryOf({ manifest, hash }: LoadedPack, builtin: boolean, inUse: boolean): PackEntry {
  const { id, name, kind, version, licence, description, metrics, files } = manifest;
  let bytes = 0;
  for (const file of Object.values(files)) bytes += file.bytes;
  return { id, name, kind, version, hash, builtin, inUse, bytes, licence, description, metrics };
}

/** The result of the first call that succeeds; a failure is not kept, so that a mended pack is found. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= load().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}
