// One side of bench/train.ts: this project's trainer. Waits for "N" on standard input, takes N steps, answers with a line of JSON.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { readEncoderConfig } from '../../src-main/engine/architectures/config/read-config.ts';
import { fillFresh } from '../../src-main/engine/architectures/fresh-weights.ts';
import { linearLogit } from '../../src-main/engine/architectures/heads/linear-logit.ts';
import type { Example } from '../../src-main/engine/training/batches/example.ts';
import { fillBatch } from '../../src-main/engine/training/batches/fill-batch.ts';
import { paddedLength, planEpoch, type StepPlan } from '../../src-main/engine/training/batches/plan-epoch.ts';
import { encoderModel } from '../../src-main/engine/training/encoder-model.ts';
import { losses } from '../../src-main/engine/training/losses/loss-table.ts';
import { adamwStep, gradientNorm } from '../../src-main/engine/training/optimiser/adamw.ts';
import { parameterRoles } from '../../src-main/engine/training/optimiser/parameter-roles.ts';
import { Generator } from '../../src-main/engine/training/random/generator.ts';
import { trainingRecipe } from '../../src-main/engine/training/recipe.ts';
import { TrainingSession } from '../../src-main/engine/training/session/training-session.ts';
import { bertConfig, type BenchTask } from './bench-task.ts';
import { peakBytes } from './peak-memory.ts';

const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as BenchTask;
const recipe = trainingRecipe.parse({
  epochs: 1,
  batchSize: task.rows,
  runRows: task.rows,
  lengthMultiple: Number(process.env['MULTIPLE'] ?? 1),
});
const model = encoderModel({
  config: readEncoderConfig(bertConfig(task)),
  appendHead: linearLogit('mean'),
  load: async (parameters, viewOf) => {
    for (const parameter of parameters) fillFresh(parameter, 1, viewOf(parameter));
  },
});
const examples: Example[] = task.ids.map((ids, row) => ({
  ids: Int32Array.from(ids),
  label: task.labels[row] ?? 0,
}));
const lengths = Uint16Array.from(examples, ({ ids }) => ids.length);
const roles = parameterRoles(model, recipe);
const session = await TrainingSession.open({
  model,
  loss: losses[recipe.loss],
  trained: new Set(roles.map(({ name }) => name)),
  largest: { batch: task.rows, tokens: paddedLength(Math.max(...lengths), recipe.lengthMultiple) },
  accumulates: false,
  seed: 1,
  runtime: {
    threads: task.threads,
    arena: process.env['ARENA'] !== '0',
    optimisation: (process.env['OPTIMISATION'] ?? 'disabled') as 'disabled',
  },
});
const generator = Generator.seeded(1);
let plan: StepPlan[] = [];
let step = 0;
let spent = { run: 0, optimiser: 0 };

async function takeStep(): Promise<number> {
  if (plan.length === 0) plan = planEpoch(lengths, recipe, generator);
  const next = plan.pop() as StepPlan;
  step++;
  const start = performance.now();
  for (const run of next.runs)
    await session.run(fillBatch(run, examples, 0, 1 / next.rowCount), run === next.runs[0]);
  const middle = performance.now();
  adamwStep(session.memory, roles, { step, factor: 1, norm: gradientNorm(session.memory), settings: recipe });
  spent = {
    run: spent.run + middle - start,
    optimiser: spent.optimiser + performance.now() - middle,
  };
  return next.rowCount;
}

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const before = process.cpuUsage();
  spent = { run: 0, optimiser: 0 };
  let rows = 0;
  for (let i = 0; i < Number(line); i++) rows += await takeStep();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1e6;
  process.stdout.write(`${JSON.stringify({ seconds, cpu, rows, peak: peakBytes(), spent })}\n`);
}
await session.close();
