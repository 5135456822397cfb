import { AppError } from '../../contract/app-error.ts';
import { RunCheckpoints } from './checkpoints/run-checkpoints.ts';
import { paddedLength } from './batches/plan-epoch.ts';
import { losses } from './losses/loss-table.ts';
import { parameterRoles, type ParameterRole } from './optimiser/parameter-roles.ts';
import { TrainingSession } from './session/training-session.ts';
import type { TrainControl, TrainOutcome, TrainRequest } from './train-request.ts';
import { TrainingRun } from './training-run.ts';

/**
 * Trains a model and gives it with the weights of its best epoch. Goes on from the newest checkpoint of the folder, if there is one;
 * the result is then the same to the last bit as that of a run which never stopped. Throws `cancelled` once the signal says so, at
 * the end of the run of the graph that is going on.
 */
export async function train(request: TrainRequest, control: TrainControl = {}): Promise<TrainOutcome> {
  const { model, recipe, training, holdOut, checkpoints } = request;
  if (training.length === 0) {
    throw new AppError('bad-input', 'There are no rows to train on. Add labelled rows, or hold out fewer.');
  }
  const roles = parameterRoles(model, recipe);
  const longest = [...training, ...holdOut].reduce((most, { ids }) => Math.max(most, ids.length), 1);
  const session = await TrainingSession.open({
    model,
    loss: losses[recipe.loss],
    trained: new Set(roles.filter(({ trained }) => trained).map(({ name }) => name)),
    largest: {
      batch: Math.min(recipe.runRows, recipe.batchSize),
      tokens: paddedLength(longest, recipe.lengthMultiple),
    },
    accumulates: recipe.runRows < recipe.batchSize,
    seed: recipe.seed,
    ...(request.runtime ? { runtime: request.runtime } : {}),
  });
  try {
    const store =
      checkpoints === null
        ? null
        : new RunCheckpoints(checkpoints.folder, identityOf(request, roles), checkpoints.write);
    const run = new TrainingRun(request, control, { session, roles, store });
    return await run.finish();
  } finally {
    await session.close();
  }
}

function identityOf({ model, recipe, dataHash }: TrainRequest, roles: readonly ParameterRole[]) {
  const parameters = model.parameters.map(
    ({ name, shape }, index) => `${name} [${shape.join()}]${roles[index]?.trained ? '' : ' frozen'}`,
  );
  return { recipe: JSON.stringify(recipe), dataHash, parameters: parameters.join('; ') };
}
