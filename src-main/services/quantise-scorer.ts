import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import type { EngineOutput } from '../contract/engine-calls.ts';
import type { ScorerManifest } from '../contract/pack.ts';
import { addPack } from '../packs/add-pack.ts';
import { asScorer, loadPack } from '../packs/load-pack.ts';
import type { LoadedPack } from '../packs/loaded-pack.ts';
import { manifestName } from '../packs/read-manifest.ts';
import type { OnProgress } from './app.ts';
import { labelColumns } from './label-columns.ts';
import { anchorHash, type LabelledPair } from './labels.ts';
import { readLabels } from './labels-read.ts';
import { freePackId } from './pack-id.ts';
import { packRefOf } from './packs.ts';
import type { TrainingContext } from './train-context.ts';
import { refuseTaken, trainedAnchors } from './train-pack.ts';

/** What to quantise, on what to measure it, and where to write it. */
export interface Quantisation {
  /** The folder of an encoder's pack, or the id of one that is listed. */
  readonly pack: string;
  /** The file of labels. */
  readonly labels: string;
  /** The folder for the new pack, which must not be there yet. */
  readonly out: string;
}

/** What quantising gave. */
export interface QuantisedScorer extends EngineOutput<'pack.quantise'> {
  readonly out: string;
  /** The id by which `--scorer` finds it. */
  readonly scorer: string;
  /** Which rows of the labels were measured on, in words. */
  readonly split: string;
}

/**
 * Writes a copy of an encoder's pack with weights of 8 bits and adds it to the packs of the workspace. Throws `conflict` with both
 * correlations where that of the copy is worse by more than .005; nothing is written then.
 */
export async function quantiseScorer(
  context: TrainingContext,
  { pack: nameOrDir, labels: path, out }: Quantisation,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<QuantisedScorer> {
  const pack = await findScorer(context, nameOrDir);
  await refuseTaken(out);
  const labels = await readLabels(context, path, { onProgress, signal });
  const { pairs, unseen } = await fairPairs(pack, labels.pairs);
  const file = basename(path);
  const split = unseen
    ? `the rows of ${file} whose anchors the scorer was not trained on`
    : `all rows of ${file}, which the scorer may have been trained on`;
  const scorer = await freePackId(context.packs, basename(out));
  const staging = join(dirname(out), `.${basename(out)}.${randomBytes(4).toString('hex')}.partial`);
  onProgress(0, null, 'Quantising');
  try {
    const report = await context.engine.call(
      'pack.quantise',
      {
        pack: packRefOf(pack),
        folder: staging,
        called: { id: scorer, name: `${pack.manifest.name}, 8 bits`.slice(0, 120) },
        measured: {
          split,
          command: `npx priorphrase evaluate ${file} --scorer ${scorer}${unseen ? ' --unseen' : ''}`,
        },
        ...labelColumns(pairs),
      },
      signal,
    );
    if (!report.accepted) {
      throw new AppError('conflict', `${report.message} Measured on ${split}.`, {
        float: report.pearson.float,
        int8: report.pearson.int8 ?? 'none',
      });
    }
    await rename(staging, out);
    await addPack(out, join(context.dataDir, 'packs'));
    return { ...report, out, scorer, split };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function findScorer(
  { packs }: Pick<TrainingContext, 'packs'>,
  nameOrDir: string,
): Promise<LoadedPack<ScorerManifest>> {
  const isFolder = await stat(join(nameOrDir, manifestName)).then(
    () => true,
    () => /[\\/]/.test(nameOrDir),
  );
  return isFolder ? asScorer(await loadPack(nameOrDir)) : packs.scorerWithId(nameOrDir);
}

/** The pairs of anchors that the scorer has not seen, where its pack says which those are and there are any. */
async function fairPairs(
  pack: LoadedPack<ScorerManifest>,
  pairs: readonly LabelledPair[],
): Promise<{ readonly pairs: readonly LabelledPair[]; readonly unseen: boolean }> {
  if (!Object.hasOwn(pack.manifest.files, 'config.json')) return { pairs, unseen: false };
  const trained = trainedAnchors(new TextDecoder().decode(await pack.read('config.json')));
  const others = pairs.filter(({ anchor }) => trained?.has(anchorHash(anchor)) === false);
  return others.length > 1 ? { pairs: others, unseen: true } : { pairs, unseen: false };
}
