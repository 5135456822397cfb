// Whether ONNX Runtime's MultiHeadAttention pays for scoring on the processor: the same encoder as packs have it, and with the
// attention of every layer as one operator, alternating in one run on batches such as phrases make:
//   npm run bench -- fused-attention [small|minilm|base] [rounds]
import { availableParallelism } from 'node:os';
import { buildEncoder } from '../src-main/engine/architectures/build-encoder.ts';
import { readEncoderConfig } from '../src-main/engine/architectures/config/read-config.ts';
import { fillFresh } from '../src-main/engine/architectures/fresh-weights.ts';
import { linearLogit } from '../src-main/engine/architectures/heads/linear-logit.ts';
import type { Tensor } from '../src-main/engine/graph/tensor.ts';
import { modelFromGraph } from '../src-main/engine/onnx/graph-to-model.ts';
import type { OnnxModel, OnnxNode } from '../src-main/engine/onnx/model.ts';
import { writeOnnxModel } from '../src-main/engine/onnx/write-model.ts';
import { createSession } from '../src-main/engine/runtime/create-session.ts';
import type { NamedTensors } from '../src-main/engine/runtime/session.ts';
import { withWeights } from '../src-main/engine/weights/export-encoder.ts';
import { bertConfig, type BenchShape } from './train/bench-task.ts';
import shapes from './train/shapes.json' with { type: 'json' };

const known: Readonly<Record<string, BenchShape>> = shapes;
const shape = known[process.argv[2] ?? 'minilm'];
if (!shape) throw new Error(`There is no such shape; expected ${Object.keys(known).join(', ')}.`);
const rounds = Number(process.argv[3] ?? 7);
const sizes = [
  [1, 16],
  [16, 16],
  [64, 24],
  [32, 64],
] as const;

const encoder = buildEncoder(readEncoderConfig(bertConfig(shape)), {
  training: false,
  appendHead: linearLogit('mean'),
});
const weights = new Map(
  encoder.parameters.map((parameter): [string, Tensor] => {
    const numbers = new Float32Array(parameter.shape.reduce((product, size) => product * size, 1));
    fillFresh(parameter, 1, numbers);
    return [
      parameter.name,
      { type: 'float32', shape: parameter.shape, bytes: new Uint8Array(numbers.buffer) },
    ];
  }),
);
const plain = modelFromGraph(withWeights(encoder.graph, weights));

/** The model with each attention between its projections and its result as one operator. */
function fused(model: OnnxModel, heads: number): OnnxModel {
  const { nodes } = model.graph;
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const readerOf = (name: string, operator: string): OnnxNode => {
    const found = nodes.find((node) => node.operator === operator && node.inputs.includes(name));
    if (!found) throw new Error(`${name} is read by no ${operator}.`);
    return found;
  };
  // Up to the projection, which ends with its bias.
  const projection = (name: string): string => {
    const maker = makers.get(name);
    if (!maker) throw new Error(`${name} is made by no node.`);
    return maker.operator === 'Add' || maker.operator === 'MatMul' ? name : projection(maker.inputs[0] ?? '');
  };
  const scoresOf = (name: string): OnnxNode => {
    const maker = makers.get(name);
    if (!maker) throw new Error(`${name} is made by no node.`);
    return maker.operator === 'MatMul' ? maker : scoresOf(maker.inputs[0] ?? '');
  };
  const mask: OnnxNode = {
    operator: 'Cast',
    inputs: ['attention_mask'],
    outputs: ['padding of keys'],
    attributes: { to: { kind: 'int', value: 6 } },
  };
  const made = new Map<string, OnnxNode>();
  for (const node of nodes.filter(({ operator }) => operator === 'Softmax')) {
    const scores = scoresOf(node.inputs[0] ?? '');
    const mixed = readerOf(node.outputs[0] ?? '', 'MatMul');
    const result = readerOf(readerOf(mixed.outputs[0] ?? '', 'Transpose').outputs[0] ?? '', 'Reshape');
    const [query = '', key = ''] = scores.inputs;
    const name = result.outputs[0] ?? '';
    made.set(name, {
      operator: 'MultiHeadAttention',
      domain: 'com.microsoft',
      inputs: [projection(query), projection(key), projection(mixed.inputs[1] ?? ''), '', 'padding of keys'],
      outputs: [name],
      attributes: { num_heads: { kind: 'int', value: heads } },
    });
  }
  const replaced = [mask, ...nodes.map((node) => made.get(node.outputs[0] ?? '') ?? node)];
  const used = new Set(model.graph.outputs.map(({ name }) => name));
  const kept = replaced.toReversed().filter((node) => {
    if (!node.outputs.some((name) => used.has(name))) return false;
    for (const name of node.inputs) used.add(name);
    return true;
  });
  console.log(
    `${made.size} attentions in one operator each: ${kept.length} nodes in place of ${nodes.length}`,
  );
  return {
    ...model,
    operatorSets: { ...model.operatorSets, 'com.microsoft': 1 },
    graph: { ...model.graph, nodes: kept.toReversed() },
  };
}

function batch(rows: number, tokens: number): NamedTensors {
  const count = rows * tokens;
  const numbers = (of: (at: number) => number) =>
    BigInt64Array.from({ length: count }, (_, at) => BigInt(of(at)));
  const tensor = (data: BigInt64Array) => ({ type: 'int64' as const, data, shape: [rows, tokens] });
  return {
    input_ids: tensor(numbers((at) => 5 + ((at * 104_729) % 8000))),
    // Rows end at different places.
    attention_mask: tensor(numbers((at) => (at % tokens < tokens - (Math.floor(at / tokens) % 4) ? 1 : 0))),
    token_type_ids: tensor(new BigInt64Array(count)),
  };
}

const threads = Number(process.env['THREADS'] ?? availableParallelism());
const sessions = {
  plain: await createSession(writeOnnxModel(plain), { threads }),
  fused: await createSession(writeOnnxModel(fused(plain, shape.heads)), { threads }),
};
const logitsOf = async (session: (typeof sessions)['plain'], feeds: NamedTensors) => {
  const wanted = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]] as const));
  const { logits } = await session.run(wanted as NamedTensors);
  return Array.from(logits?.data ?? [], Number);
};
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
for (const [rows, tokens] of sizes) {
  const feeds = batch(rows, tokens);
  const [a, b] = [await logitsOf(sessions.plain, feeds), await logitsOf(sessions.fused, feeds)];
  const apart = Math.max(...a.map((value, row) => Math.abs(value - (b[row] ?? NaN))));
  const runs = Math.max(2, Math.round(2000 / (rows * tokens)));
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const spent: number[] = [];
    for (const session of [sessions.plain, sessions.fused]) {
      const before = process.cpuUsage();
      for (let run = 0; run < runs; run++) await logitsOf(session, feeds);
      const { user, system } = process.cpuUsage(before);
      spent.push(user + system);
    }
    ratios.push((spent[0] ?? NaN) / (spent[1] ?? NaN));
  }
  console.log(
    `${rows} rows of ${tokens} tokens: one operator × ${middle(ratios).toFixed(2)} as fast by processor time ` +
      `(rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}); logits at most ${apart.toExponential(1)} apart`,
  );
}
await Promise.all(Object.values(sessions).map((session) => session.release()));
