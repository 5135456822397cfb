import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src-main/engine/graph/builder.ts';
import { initialisersOf, type Graph } from '../../../src-main/engine/graph/graph.ts';
import { printGraph } from '../../../src-main/engine/graph/print-graph.ts';
import { numbersOf, tensorFrom, type Tensor } from '../../../src-main/engine/graph/tensor.ts';
import { readOnnx, readOnnxFile } from '../../../src-main/engine/onnx/read-onnx.ts';
import { writeOnnx, writeOnnxFile } from '../../../src-main/engine/onnx/write-onnx.ts';
import { exportedModel, exportNames } from '../../support/onnx-exports.ts';
import { runGraph } from '../../support/run-graph.ts';

const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytesOf = (graph: Graph): readonly Buffer[] =>
  initialisersOf(graph).map(({ tensor }) => Buffer.from(tensor.bytes));

describe.each(exportNames)('the export %s', (name) => {
  it('is the same graph after it was written and read again', () => {
    const graph = readOnnx(exportedModel(name));
    const again = readOnnx(writeOnnx(graph));
    expect(printGraph(again)).toBe(printGraph(graph));
    expect(bytesOf(again)).toEqual(bytesOf(graph));
  });
});

describe('readOnnx', () => {
  it('copies no weights: tensors are views of the bytes of the file', () => {
    const file = exportedModel('bert-script-14');
    const tensors = initialisersOf(readOnnx(file)).filter(({ tensor }) => tensor.bytes.length > 200);
    expect(tensors.length).toBeGreaterThan(10);
    expect(tensors.filter(({ tensor }) => tensor.bytes.buffer !== file.buffer)).toEqual([]);
  });

  it('reads a file whose tensors are not aligned', async () => {
    const file = exportedModel('bert-dynamo-18');
    for (const shift of [1, 2, 3]) {
      const moved = new Uint8Array(file.length + shift);
      moved.set(file, shift);
      expect(printGraph(readOnnx(moved.subarray(shift)))).toBe(printGraph(readOnnx(file)));
    }
  });
});

/** x + bias, returned under two names, with x returned as it is. */
function small(weights: number): Graph {
  const g = new GraphBuilder();
  const x = g.input('x', 'float32', ['n', weights]);
  const y = g.op('Add', [x, g.initialiser('bias', tensorFrom('float32', [weights], Array.from({ length: weights }, (_, at) => at)))]); // prettier-ignore
  return g.finish('small', [
    { name: 'y', value: y },
    { name: 'again', value: y },
    { name: 'input', value: x },
  ]);
}

describe('writeOnnx', () => {
  it('writes a value that is returned under two names, and an input that is returned', async () => {
    const results = await runGraph(small(2), { x: tensorFrom('float32', [1, 2], [5, 7]) });
    const numbers = Object.entries(results).map(([name, tensor]) => [name, numbersOf(tensor)]);
    expect(Object.fromEntries(numbers)).toEqual({ y: [5, 8], again: [5, 8], input: [5, 7] });
  });

  it('leaves out the statistics of LayerNormalization where nobody reads them', () => {
    const g = new GraphBuilder();
    const inputs = [g.input('x', 'float32', ['n', 4]), g.input('scale', 'float32', [4])];
    const { outputs } = g.node('LayerNormalization', inputs, new Map(), { outputs: [null, null, null] });
    const written = readOnnx(writeOnnx(g.finish('g', [{ name: 'y', value: outputs[0] as never }])));
    expect(written.nodes[0]?.outputs).toHaveLength(1);
  });
});

describe('writeOnnxFile', () => {
  it('writes one file, or two with the weights in a file of their own, which reads the same', async () => {
    const graph = small(1000);
    const one = join(folder, 'one.onnx');
    const two = join(folder, 'two.onnx');
    expect(await writeOnnxFile(graph, one)).toEqual(['one.onnx']);
    expect(await writeOnnxFile(graph, two, { externalData: true })).toEqual(['two.onnx', 'two.onnx.data']);
    expect(readFileSync(two).length).toBeLessThan(1000);
    const [first, second] = [await readOnnxFile(one), await readOnnxFile(two)];
    expect(printGraph(second)).toBe(printGraph(first));
    expect(bytesOf(second)).toEqual(bytesOf(first));
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('writes weights beside the model as ONNX Runtime reads them', async () => {
    const { InferenceSession, Tensor: OrtTensor } = await import('onnxruntime-node');
    const path = join(folder, 'runtime.onnx');
    await writeOnnxFile(small(1000), path, { externalData: true });
    const session = await InferenceSession.create(path, { logSeverityLevel: 3 });
    const { y } = await session.run({
      x: new OrtTensor('float32', new Float32Array(1000).fill(1), [1, 1000]),
    });
    await session.release();
    expect((y?.data as Float32Array)[999]).toBe(1000);
  });
});

it('tensors of every element type survive', () => {
  const types = [
    'float32',
    'float64',
    'int8',
    'uint8',
    'int16',
    'uint16',
    'int32',
    'uint32',
    'int64',
    'uint64',
    'bool',
  ] as const;
  const g = new GraphBuilder();
  const outputs = types.map((type) => {
    const value = g.initialiser(type, tensorFrom(type, [2], [1, 0]));
    return { name: `out ${type}`, value };
  }); // prettier-ignore
  const again = readOnnx(writeOnnx(g.finish('types', outputs)));
  const found = initialisersOf(again).map(({ type, tensor }: { type: string; tensor: Tensor }) => [
    type,
    numbersOf(tensor),
  ]);
  expect(found).toEqual(types.map((type) => [type, [1, 0]]));
});
