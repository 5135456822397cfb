import { describe, expect, it } from 'vitest';
import { differentiate } from '../../../src-main/engine/autodiff/differentiate.ts';
import { gradientRules } from '../../../src-main/engine/autodiff/gradient-rules.ts';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import type { Graph } from '../../../src-main/engine/graph/graph.ts';
import { multiply, sumOver } from '../../../src-main/engine/graph/operators.ts';
import { parametersOf, type ModelParameter } from '../../../src-main/engine/graph/parameters.ts';
import { afterReading } from '../../../src-main/engine/graph/passes/after-reading.ts';
import { initialisersToInputs } from '../../../src-main/engine/graph/passes/initialisers-to-inputs.ts';
import { runPasses } from '../../../src-main/engine/graph/passes/pass.ts';
import { operatorKey } from '../../../src-main/engine/graph/shape-inference/shape-rules.ts';
import { numbersOf, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import type { InitialiserValue, Value } from '../../../src-main/engine/graph/value.ts';
import { readOnnx } from '../../../src-main/engine/onnx/read-onnx.ts';
import { exportedModel, exportNames, oracleOf, type Oracle } from '../../support/onnx-exports.ts';
import { loadGraph, type Tensors } from '../../support/run-graph.ts';

interface TrainingGraph {
  readonly graph: Graph;
  readonly feeds: Tensors;
  /** For each of PyTorch's parameters the outputs that add up to its gradient. */
  readonly gradients: ReadonlyMap<string, readonly string[]>;
}

const isMerged = (name: string): boolean => name.includes('merged');

describe.each(exportNames)('the export %s', (name) => {
  const plain = readOnnx(exportedModel(name));
  const prepared = runPasses(plain, afterReading).graph;
  const oracle = oracleOf(name);

  it('gives the output that PyTorch gives, as read and after all passes', async () => {
    for (const graph of [plain, prepared]) {
      const loaded = await loadGraph(graph);
      const results = await loaded.run(Object.fromEntries(oracle.tensors));
      await loaded.release();
      expect(relativeError(results['output'], oracle.tensors.get('output'), false)).toBeLessThan(1e-5);
    }
  });

  it('has an entry in the table of gradient rules for every operator', () => {
    const operators = new Set([...plain.nodes, ...prepared.nodes].map(operatorKey));
    expect([...operators].filter((operator) => !gradientRules.has(operator))).toEqual([]);
  });

  it('has no value of unknown rank', () => {
    const unknown = prepared.nodes.filter((node) => node.outputs.some(({ shape }) => shape === null));
    expect(unknown.map(operatorKey)).toEqual([]);
  });

  it.each([true, false])(
    "has PyTorch's gradients, at 1 and 2 threads (own operators: %s)",
    async (contrib) => {
      const training = trainingGraph(prepared, oracle, contrib);
      for (const threads of [1, 2]) {
        const loaded = await loadGraph(training.graph, {
          threads,
          optimisation: contrib ? 'disabled' : 'all',
        });
        const results = await loaded.run(training.feeds);
        await loaded.release();
        for (const [parameter, error] of errorsOf(training, results, oracle)) {
          expect(error, parameter).toBeLessThan(1e-4);
        }
      }
    },
  );

  it('gives the same bits in 30 runs at 2 threads', async () => {
    const training = trainingGraph(prepared, oracle, true);
    const loaded = await loadGraph(training.graph, { threads: 2 });
    const first = await loaded.run(training.feeds);
    for (let run = 1; run < 30; run++) {
      const again = await loaded.run(training.feeds);
      for (const [key, tensor] of Object.entries(first)) {
        expect(Buffer.compare(again[key]?.bytes ?? new Uint8Array(), tensor.bytes), key).toBe(0);
      }
    }
    await loaded.release();
  });
});

describe('exports with parameters of equal value', () => {
  it.each(exportNames.filter(isMerged))('%s has as many parameters as the PyTorch model', (name) => {
    const graph = runPasses(readOnnx(exportedModel(name)), afterReading).graph;
    expect(parametersOf(graph)).toHaveLength(Object.keys(oracleOf(name).parameters).length);
  });
});

function trainingGraph(graph: Graph, oracle: Oracle, contrib: boolean): TrainingGraph {
  const owners = ownersOf(graph, oracle);
  const { graph: fed, parameters } = initialisersToInputs(graph, (value) => owners.has(value));
  const g = GraphBuilder.extending(fed);
  const output = fed.outputs[0]?.value as Value;
  const weights = g.input('weights', 'float32', output.shape);
  const axes = (output.shape ?? []).map((_, axis) => axis);
  const loss = sumOver(g, multiply(g, output, weights), axes);
  const forward = g.finish(graph.name, [{ name: 'loss', value: loss }]);
  const request = { sources: [{ value: loss }], parameters: parameters.map(({ input }) => input) };
  const training = differentiate(forward, request, { contrib });
  const gradients = new Map<string, string[]>();
  for (const { input, stored } of parameters) {
    const owner = owners.get(stored) as string;
    gradients.set(owner, [...(gradients.get(owner) ?? []), `gradient of ${input.name}`]);
  }
  const fedTensors = parameters.map(({ input, stored }): [string, Tensor] => [input.name, stored.tensor]);
  return { graph: training.graph, feeds: Object.fromEntries([...oracle.tensors, ...fedTensors]), gradients };
}

/** PyTorch's name for each stored tensor. */
function ownersOf(graph: Graph, oracle: Oracle): ReadonlyMap<InitialiserValue, string> {
  const stored = parametersOf(graph);
  const known = Object.entries(oracle.parameters);
  return new Map(
    stored.map((parameter) => {
      const byName = known.filter(([, { stored: names }]) => names.includes(parameter.value.name ?? ''));
      const owner =
        byName.length === 1 && !isUniform(parameter.value) ? byName[0]?.[0] : byModule(parameter, oracle);
      if (owner === undefined)
        throw new Error(`Whose is ${parameter.value.name ?? ''} of ${parameter.module ?? ''}?`);
      return [parameter.value, owner];
    }),
  );
}

function isUniform({ tensor }: InitialiserValue): boolean {
  return new Set(numbersOf(tensor)).size === 1;
}

/** Merged tensors have lost their names, but not the module that reads them. */
function byModule({ value, module }: ModelParameter, { parameters }: Oracle): string | undefined {
  const wanted = (module ?? '').slice(1).replaceAll('/', '.');
  const zero = value.tensor.bytes.every((byte) => byte === 0);
  const candidates = Object.keys(parameters).filter((name) => {
    const [, owner, role] = /^(?:model\.)?(.*)\.(weight|bias)$/.exec(name) ?? [];
    return wanted.replace(/^model\./, '') === owner && role === (zero ? 'bias' : 'weight');
  });
  return candidates.length === 1 ? candidates[0] : undefined;
}

function errorsOf(
  { gradients }: TrainingGraph,
  results: Tensors,
  oracle: Oracle,
): readonly (readonly [string, number])[] {
  const names = Object.keys(oracle.parameters);
  return names.map((name) => {
    const expected = oracle.tensors.get(`gradient of ${name}`);
    const parts = (gradients.get(name) ?? []).map((output) => results[output] as Tensor);
    if (parts.length === 0) return [name, Infinity];
    const transposed = (oracle.parameters[name]?.transposed ?? false) && expected?.shape.length === 2;
    return [name, relativeError(parts.length === 1 ? parts[0] : sumOf(parts), expected, transposed)];
  });
}

function sumOf(parts: readonly Tensor[]): Tensor {
  const lists = parts.map(numbersOf);
  const total = Float32Array.from(lists[0] ?? [], (_, at) =>
    lists.reduce((sum, list) => sum + (list[at] ?? 0), 0),
  );
  return { ...(parts[0] as Tensor), bytes: new Uint8Array(total.buffer) };
}

/** |a - b| / |b|, Euclidean; where b is zero but for rounding, |a - b|. */
function relativeError(a: Tensor | undefined, b: Tensor | undefined, transposed: boolean): number {
  const [left, right] = [numbersOf(a as Tensor), numbersOf(b as Tensor)];
  const [rows, columns] = (b as Tensor).shape as [number, number];
  let [difference, size] = [0, 0];
  for (const [at, value] of right.entries()) {
    const from = transposed ? (at % columns) * rows + Math.floor(at / columns) : at;
    difference += ((left[from] as number) - value) ** 2;
    size += value ** 2;
  }
  return Math.sqrt(difference / Math.max(size, 1e-4));
}
