import { AppError } from '../../contract/app-error.ts';
import { RunCheckpoints } from './checkpoints/run-checkpoints.ts';
import { paddedLength } from './batches/plan-epoch.ts';
import { losses } from './losses/loss-table.ts';
import { parameterRoles, type ParameterRole } from './optimiser/parameter-roles.ts';
import type { TrainingRecipe } from './recipe.ts';
import type { RunSizes } from './session/bind-shape.ts';
import { rowsAtOnce } from './session/rows-at-once.ts';
import { buildTrainingGraph, type TrainingGraph } from './session/training-graph.ts';
import { TrainingSession } from './session/training-session.ts';
import type { TrainControl, TrainOutcome, TrainRequest } from './train-request.ts';
import { TrainingRun } from './training-run.ts';

/**
 * Trains a model and gives it with the weights of its best epoch. Goes on from the newest checkpoint of the folder, if there is one;
 * the result is then the same to the last bit as that of a run which never stopped. Throws `cancelled` once the signal says so, at
 * the end of the run of the graph that is going on.
 */
export async function train(request: TrainRequest, control: TrainControl = {}): Promise<TrainOutcome> {
  const { model, training, holdOut, checkpoints } = request;
  if (training.length === 0) {
    throw new AppError('bad-input', 'There are no rows to train on. Add labelled rows, or hold out fewer.');
  }
  const roles = parameterRoles(model, request.recipe);
  const trained = new Set(roles.filter(({ trained: each }) => each).map(({ name }) => name));
  const loss = losses[request.recipe.loss];
  const longest = [...training, ...holdOut].reduce((most, { ids }) => Math.max(most, ids.length), 1);
  const graph = buildTrainingGraph({ model: model.training, loss, trained });
  const { recipe, largest } = withinMemory(request, { graph, trained, longest });
  const session = await TrainingSession.open({
    model,
    loss,
    trained,
    largest,
    accumulates: recipe.runRows < recipe.batchSize,
    seed: recipe.seed,
    graph,
    ...(request.runtime ? { runtime: request.runtime } : {}),
  });
  try {
    const store =
      checkpoints === null
        ? null
        : new RunCheckpoints(
            checkpoints.folder,
            identityOf({ ...request, recipe }, roles),
            checkpoints.write,
          );
    const run = new TrainingRun({ ...request, recipe }, control, { session, roles, store });
    return await run.finish();
  } finally {
    await session.close();
  }
}

/** The recipe with as many rows at once as its limit of memory allows, and the sizes of the largest run. */
function withinMemory(
  { model, recipe }: TrainRequest,
  parts: {
    readonly graph: TrainingGraph;
    readonly trained: ReadonlySet<string>;
    readonly longest: number;
  },
): { readonly recipe: TrainingRecipe; readonly largest: RunSizes } {
  const { batchSize, memoryLimitMb: limitMb } = recipe;
  const wanted = {
    batch: Math.min(recipe.runRows, batchSize),
    tokens: paddedLength(parts.longest, recipe.lengthMultiple),
  };
  if (limitMb === null) return { recipe, largest: wanted };
  const { graph } = parts.graph;
  const runRows = rowsAtOnce({ model, graph, trained: parts.trained, wanted, batchSize, limitMb });
  return { recipe: { ...recipe, runRows }, largest: { ...wanted, batch: runRows } };
}

function identityOf({ model, recipe, dataHash }: TrainRequest, roles: readonly ParameterRole[]) {
  const parameters = model.parameters.map(
    ({ name, shape }, index) => `${name} [${shape.join()}]${roles[index]?.trained ? '' : ' frozen'}`,
  );
  return { recipe: JSON.stringify(recipe), dataHash, parameters: parameters.join('; ') };
}
