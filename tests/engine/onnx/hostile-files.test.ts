import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/contract/app-error.ts';
import { readOnnx } from '../../../src-main/engine/onnx/read-onnx.ts';
import { exportedModel } from '../../support/onnx-exports.ts';
import { graphBytes, message, modelBytes, nodeBytes, tensorBytes, valueBytes } from './onnx-bytes.ts';

const relu = nodeBytes('Relu', ['x'], ['y']);
const floats = (count: number): Uint8Array => new Uint8Array(new Float32Array(count).buffer);
const branch = (condition: string, then: ReturnType<typeof graphBytes>) =>
  nodeBytes('If', [condition], ['y'], (node) =>
    node.message(5, message().string(1, 'then_branch').integer(20, 5).message(6, then)),
  );
const yes = tensorBytes('yes', [], Uint8Array.of(1), 9);

function nested(depth: number): ReturnType<typeof graphBytes> {
  const outputs = [valueBytes('y', ['n', 2])];
  return graphBytes({ nodes: [depth === 0 ? relu : branch('yes', nested(depth - 1))], outputs });
}

const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['an empty file', new Uint8Array(0), /holds no graph/],
  ['text', new TextEncoder().encode('<html><body>Not found</body></html>'), /damaged or is not ONNX|holds no graph/],
  ['a length beyond the end', Uint8Array.of(0x3a, 0xff, 0x01, 0x00), /a length of 255 bytes; expected at most the 1/],
  ['a length near 2^63', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), /a length of 9223372036854776000 bytes/],
  ['a negative length', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), /a length of -1 bytes/],
  ['a number that never ends', new Uint8Array(100).fill(0xff), /more than 10 bytes/],
  ['an operator that is not known', modelBytes({ nodes: [nodeBytes('Frobnicate', ['x'], ['y'])] }), /Frobnicate \(node node of y\) is not one that Priorphrase knows/],
  ['an operator of a stranger', modelBytes({ nodes: [nodeBytes('Relu', ['x'], ['y'], (node) => node.string(7, 'evil.example'))] }), /belongs to the operators of evil\.example/],
  ['a circle', modelBytes({ nodes: [nodeBytes('Add', ['x', 'b'], ['a']), nodeBytes('Add', ['a', 'x'], ['b']), nodeBytes('Relu', ['a'], ['y'])] }), /wait for one another in a circle/],
  ['a node that reads its own output', modelBytes({ nodes: [nodeBytes('Add', ['x', 'y'], ['y'])] }), /in a circle/],
  ['a value that nothing computes', modelBytes({ nodes: [nodeBytes('Add', ['x', 'ghost'], ['y'])] }), /reads ghost, which nothing computes/],
  ['an output that nothing computes', modelBytes({}), /The output y is computed by no node/],
  ['two nodes with one output', modelBytes({ nodes: [relu, relu] }), /y is computed by two nodes/],
  ['a node that computes an input', modelBytes({ nodes: [nodeBytes('Relu', ['x'], ['x']), relu] }), /in a circle|given to two values/],
  ['two tensors of one name', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [1], floats(1)), tensorBytes('w', [1], floats(1))] }), /The name w is given to two values/],
  ['a tensor that is too short', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [2, 2], floats(3))] }), /The tensor w of type float32 and shape \[2, 2\] needs 16 bytes; found 12/],
  ['a tensor of 10 GB in 4 bytes', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [50_000, 50_000], floats(1))] }), /needs 10000000000 bytes; found 4/],
  ['a shape whose product overflows', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [2 ** 40, 2 ** 40], floats(1))] }), /expected sizes that a file can hold/],
  ['a negative size', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [-1, 2], floats(2))] }), /expected sizes that a file can hold/],
  ['a tensor of an unknown type', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [1], floats(1), 77)] }), /has ONNX element type 77/],
  ['a tensor with 100 axes', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', new Array<number>(100).fill(1), floats(1))] }), /more than 32 numbers/],
  ['an input of 10 GB', modelBytes({ nodes: [relu], inputs: [valueBytes('x', [50_000, 50_000])] }), /The input x has the shape \[50000, 50000\], 10000000000 bytes/],
  ['a computed value of 40 GB', modelBytes({ nodes: [nodeBytes('ConstantOfShape', ['shape'], ['y'])], tensors: [tensorBytes('shape', [2], new Uint8Array(BigInt64Array.of(100_000n, 100_000n).buffer), 7)] }), /The value y has the shape \[100000, 100000\], 40000000000 bytes/],
  ['a wrong element type', modelBytes({ nodes: [nodeBytes('Gather', ['x', 'x'], ['y'])] }), /Gather \(node node of y\): expected int64 or int32; found float32/],
  ['an operator set from the past', modelBytes({ nodes: [relu], opset: 9 }), /uses version 9 of the ONNX operators; expected 13 to 21/],
  ['an operator set from the future', modelBytes({ nodes: [relu], opset: 99 }), /uses version 99/],
  ['a choice that is open until it runs', modelBytes({ nodes: [branch('x', graphBytes({}))], inputs: [valueBytes('x', [], 9)] }), /chooses between two graphs by a value that is only known when the model runs/],
  ['a hundred choices in one another', modelBytes({ nodes: [nested(100)].flatMap(() => [branch('yes', nested(100))]), tensors: [yes] }), /more than 8 choices deep/],
  ['a loop', modelBytes({ nodes: [nodeBytes('Loop', ['x'], ['y'], (node) => node.message(5, message().string(1, 'body').integer(20, 5).message(6, graphBytes({}))))] }), /runs a graph of its own/],
  ['weights in another file', modelBytes({ nodes: [relu], tensors: [tensorBytes('w', [1], new Uint8Array(0)).message(13, message().string(1, 'location').string(2, 'w.bin')).integer(14, 1)] }), /w lies in another file \(w\.bin\); expected a model in one piece/],
  ['a name of a megabyte', modelBytes({ nodes: [nodeBytes('Add', ['x', 'g'.repeat(2 ** 20)], ['y'])] }), /reads g{120}…, which/],
]; // prettier-ignore

describe('readOnnx refuses with a reason', () => {
  it.each(refused)('%s', (_name, bytes, reason) => {
    const read = (): unknown => readOnnx(bytes);
    expect(read).toThrow(AppError);
    expect(read).toThrow(reason);
  });

  it('and says in short what to do', () => {
    expect(() => readOnnx(exportedModel('bert-dynamo-18').subarray(0, 5000))).toThrow(
      /Copy or export the file again/,
    );
  });
});

describe('readOnnx reads', () => {
  it('a choice whose condition is stored', () => {
    const graph = readOnnx(modelBytes({ nodes: [branch('yes', nested(3))], tensors: [yes] }));
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Relu']);
  });

  it('nodes in any order', () => {
    const graph = readOnnx(
      modelBytes({ nodes: [nodeBytes('Neg', ['a'], ['y']), nodeBytes('Relu', ['x'], ['a'])] }),
    );
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Relu', 'Neg']);
  });

  it('names that mean something to JavaScript', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const chain = names.map((name, at) =>
      nodeBytes('Relu', [at === 0 ? 'x' : (names[at - 1] as string)], [name]),
    );
    const graph = readOnnx(modelBytes({ nodes: [...chain, nodeBytes('Relu', ['toString'], ['y'])] }));
    expect(graph.nodes).toHaveLength(4);
  });

  it('tensors that list their numbers', () => {
    const listed = message().integers(1, [3]).integer(2, 1).string(8, 'w').floats(4, [1, 2, 3]);
    const shape = message().integers(1, [1]).integer(2, 7).string(8, 's').integers(7, [-1]);
    const nodes = [nodeBytes('Reshape', ['w', 's'], ['y'])];
    const graph = readOnnx(modelBytes({ nodes, tensors: [listed, shape] }));
    expect(graph.nodes[0]?.outputs[0]?.shape).toEqual([3]);
  });
});

describe('readOnnx never fails in another way', () => {
  const file = exportedModel('bert-merged-dynamo-18');
  const readsOrRefuses = (bytes: Uint8Array): void => {
    try {
      readOnnx(bytes);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
    }
  };

  it('for a file that is cut anywhere', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => readsOrRefuses(file.subarray(0, length))),
      { numRuns: 300 },
    );
  });

  it('for a file with changed bytes', () => {
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(changes, (list) => {
        const changed = file.slice();
        for (const [at, byte] of list) changed[at] = byte;
        readsOrRefuses(changed);
      }),
      { numRuns: 400 },
    );
  });

  it('for bytes of any kind', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readsOrRefuses), { numRuns: 1000 });
  });
});
