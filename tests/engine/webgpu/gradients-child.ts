// A process of its own, since the driver is named by the environment and may crash: gradients of small encoders on the processor
// and on webgpu. Run as: node gradients-child.ts <names of fixtures>; prints a GradientComparison in JSON on each line.
import { fillFresh } from '../../../src-main/engine/architectures/fresh-weights.ts';
import { linearLogit } from '../../../src-main/engine/architectures/heads/linear-logit.ts';
import { namingOf } from '../../../src-main/engine/architectures/naming.ts';
import { chooseProvider } from '../../../src-main/engine/runtime/choose-provider.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import { fillBatch } from '../../../src-main/engine/training/batches/fill-batch.ts';
import { encoderModel, type EncoderModel } from '../../../src-main/engine/training/encoder-model.ts';
import { losses } from '../../../src-main/engine/training/losses/loss-table.ts';
import { TrainingSession } from '../../../src-main/engine/training/session/training-session.ts';
import { loadWeights } from '../../../src-main/engine/weights/load-weights.ts';
import { weightsInMemory } from '../../../src-main/engine/weights/read-safetensors.ts';
import { fixture } from '../architectures/fixture.ts';
import type { GradientComparison } from './gradient-comparison.ts';
import { profiled, type Placement } from './profiled.ts';

const examples = [
  { ids: Int32Array.of(5, 6, 7, 8, 9, 7), label: 0.25 },
  { ids: Int32Array.of(9, 8, 5), label: 1 },
  { ids: Int32Array.of(10, 11, 6, 5), label: 0 },
];

// What is added to all keys, or to all distances, is added to all scores of a query, and softmax takes it out.
const withoutEffect = /\.(key|pos_key_proj)\.bias$/;

function modelOf(name: string): EncoderModel {
  const { config, weights } = fixture(name);
  return encoderModel({
    config,
    appendHead: linearLogit('mean', 0.1),
    load: async (parameters, viewOf) => {
      const wanted = parameters.filter((parameter) => !parameter.name.startsWith('head.'));
      await loadWeights(weightsInMemory(weights), { wanted, rules: namingOf[config.family], viewOf });
      for (const each of parameters) if (!wanted.includes(each)) fillFresh(each, 5, viewOf(each));
    },
  });
}

/** The loss and all gradients of one batch; the seed makes the dropout masks the same everywhere. */
async function gradientsOn(provider: string, model: EncoderModel) {
  const names = model.parameters.map(({ name }) => name);
  const session = await TrainingSession.open({
    model,
    loss: losses['bce-with-logits'],
    trained: new Set(names),
    largest: { batch: 3, tokens: 6 },
    accumulates: false,
    seed: 1,
    runtime: { provider, threads: 1 },
  });
  const loss = await session.run(fillBatch({ rows: [0, 1, 2], tokens: 6 }, examples, 0, 1 / 3), true);
  const gradients = names.map((name) => ({ name, data: session.memory.gradients(name) }));
  return { session, loss, gradients };
}

function counts(placements: readonly Placement[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { operator } of placements) found[operator] = (found[operator] ?? 0) + 1;
  return found;
}

async function compare(name: string): Promise<GradientComparison> {
  const choice = await chooseProvider('webgpu', createSession);
  if (choice.reason !== null) {
    return { model: name, choice, losses: [NaN, NaN], errors: [], zeros: [], onGpu: {}, onProcessor: {} };
  }
  const model = modelOf(name);
  const cpu = await gradientsOn('cpu', model);
  const { result: gpu, placements } = await profiled(() => gradientsOn('webgpu', model));
  const all = Math.hypot(...cpu.gradients.map(({ data }) => Math.hypot(...data)));
  const pairs = cpu.gradients.map((each, at) => ({ ...each, found: gpu.gradients[at]?.data ?? each.data }));
  const comparison: GradientComparison = {
    model: name,
    choice,
    losses: [cpu.loss, gpu.loss],
    errors: pairs
      .filter((each) => !withoutEffect.test(each.name))
      .map(({ name: parameter, data, found }) => {
        const difference = Math.hypot(...data.map((value, i) => value - (found[i] ?? NaN)));
        return [parameter, difference / Math.hypot(...data)];
      }),
    zeros: pairs
      .filter((each) => withoutEffect.test(each.name))
      .map(({ name: parameter, data, found }) => [
        parameter,
        Math.max(Math.hypot(...data), Math.hypot(...found)) / all,
      ]),
    onGpu: counts(placements.filter(({ provider }) => provider === 'WebGpuExecutionProvider')),
    onProcessor: counts(placements.filter(({ provider }) => provider !== 'WebGpuExecutionProvider')),
  };
  await gpu.session.close();
  await cpu.session.close();
  return comparison;
}

for (const name of process.argv.slice(2)) process.stdout.write(`${JSON.stringify(await compare(name))}\n`);
