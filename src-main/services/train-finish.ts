import { basename, join } from 'node:path';
import type { EngineOutput } from '../contract/engine-calls.ts';
import type { PackManifest } from '../contract/pack.ts';
import type { Recipe } from '../contract/recipe.ts';
import { addPack } from '../packs/add-pack.ts';
import { addRunPredictions, finishRun } from '../store/tables/run.ts';
import { pearsonOf, spearmanOf } from '../contract/correlation.ts';
import { freePackId } from './pack-id.ts';
import { calibrated, fitCalibration, usualRatingCuts, type CalibrationPoints } from './train-calibration.ts';
import type { TrainingContext } from './train-context.ts';
import { noteTraining, placePack, sealPack } from './train-pack.ts';
import type { PreparedTraining, Split, Training, TrainingResult } from './train-scorer.ts';

/** A training that the engine has done. */
export interface DoneTraining extends PreparedTraining {
  readonly outcome: EngineOutput<'training.run'>;
}

/** Calibrates what was trained, makes a pack of it, puts it into its places and stores what is known of the run. */
export async function finishTraining(
  context: TrainingContext,
  { training, labels, split, folder, outcome }: DoneTraining,
): Promise<TrainingResult> {
  const { recipe, out } = training;
  const activation = recipe.loss === 'bce' ? 'sigmoid' : 'identity';
  const raw = Array.from(outcome.heldOutLogits, (logit) =>
    activation === 'sigmoid' ? 1 / (1 + Math.exp(-logit)) : logit,
  );
  const truth = split.measured.map(({ score }) => score);
  const calibration = fitCalibration(raw, truth);
  const scorer = await freePackId(context.packs, basename(out));
  const metrics = measure({ training, scorer, raw, truth, calibration });
  const draft = join(folder, 'pack');
  const anchors = new Set(split.training.map(({ anchor }) => anchor));
  const measuredAnchors = new Set(split.measured.map(({ anchor }) => anchor));
  await noteTraining(draft, { recipe, dataHash: labels.dataHash, anchors });
  await sealPack(draft, outcome.files, {
    id: scorer,
    name: `${training.recipeName}, trained on ${basename(training.labels)}`.slice(0, 120),
    version: '1.0.0',
    description: describe(training, split, anchors.size, measuredAnchors.size),
    maxLength: recipe.maxLength,
    licence: training.licence ?? usualLicence(training),
    provenance: {
      command: `npx priorphrase train ${basename(training.labels)} --recipe ${training.recipeName} --out ${basename(out)}`,
      seed: recipe.seed,
      data: [
        {
          name: basename(training.labels),
          licence: "the user's own labels",
          source: `${labels.pairs.length} labelled pairs, SHA-256 ${labels.dataHash}`,
        },
      ],
    },
    metrics,
    inputForm: recipe.inputForm,
    output: { activation, calibration, ratingCuts: usualRatingCuts },
  });
  await placePack(draft, out, { recipe, dataHash: labels.dataHash });
  const added = await addPack(out, join(context.dataDir, 'packs'));
  const { history, bestEpoch, device } = outcome;
  const { store } = context;
  store.transaction(() => {
    addRunPredictions(
      store,
      labels.run.id,
      split.measured.map(({ id }, at) => ({ labelId: id, fold: 0, score: raw[at] as number })),
    );
    finishRun(store, labels.run.id, { history, bestEpoch, metrics, device, pack: added.hash });
  });
  return {
    out,
    scorer: added.manifest.id,
    hash: added.hash,
    history,
    bestEpoch,
    metrics,
    rows: { training: split.training.length, heldOut: split.measured.length },
    anchors: { training: anchors.size, heldOut: measuredAnchors.size },
    dataHash: labels.dataHash,
    device,
  };
}

/** The split by the name that packs give it. */
function splitName({ holdOut, seed }: Recipe): string {
  return `${Math.round(holdOut.share * 100)} % of the anchors, held out (seed ${seed}); the epoch and the calibration were chosen on them`;
}

function measure({
  training,
  scorer,
  raw,
  truth,
  calibration,
}: {
  readonly training: Training;
  readonly scorer: string;
  readonly raw: readonly number[];
  readonly truth: readonly number[];
  readonly calibration: CalibrationPoints;
}): PackManifest['metrics'] {
  const scores = raw.map((value) => calibrated(value, calibration));
  const values = { pearson: pearsonOf(scores, truth), spearman: spearmanOf(scores, truth) };
  const common = {
    split: splitName(training.recipe),
    mode: 'pair' as const,
    rows: truth.length,
    command: `npx priorphrase evaluate ${basename(training.labels)} --scorer ${scorer} --unseen`,
  };
  return (['pearson', 'spearman'] as const).flatMap((name) => {
    const value = values[name];
    return value === null ? [] : [{ name, value: Math.round(value * 1e4) / 1e4, ...common }];
  });
}

function usualLicence({ labels, recipe: { encoder } }: Training): string {
  const own = `Not stated: trained on the user's own labels (${basename(labels)})`;
  const from = { fresh: null, pack: encoder.kind === 'pack' ? encoder.id : '', folder: 'a folder' }[
    encoder.kind
  ];
  return from === null
    ? own
    : `${own}; the licence of the encoder it was trained from (${from}) applies as well`;
}

function describe(
  { recipe, recipeName }: Training,
  { training, measured }: Split,
  anchors: number,
  held: number,
): string {
  return (
    `An encoder (${recipe.encoder.kind}) trained by the recipe ${recipeName} on ${training.length} labelled pairs of ${anchors} anchors; ` +
    `measured and calibrated on ${measured.length} pairs of ${held} other anchors.`
  );
}
