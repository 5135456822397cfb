import { describe, expect, it } from 'vitest';
import { int, ints, type AttributeRecord } from '../../../../src-main/engine/graph/attribute.ts';
import { GraphBuilder } from '../../../../src-main/engine/graph/builder.ts';
import type { Shape } from '../../../../src-main/engine/graph/shape.ts';
import type { Contents, Value } from '../../../../src-main/engine/graph/value.ts';

type Build = (g: GraphBuilder, x: Value) => Value;

const x: Shape = ['batch', 'sequence', 8];
const op = (
  name: string,
  attributes: AttributeRecord = {},
  ...more: readonly (readonly number[])[]
): Build => {
  return (g, value) => g.op(name, [value, ...more.map((numbers) => g.ints(numbers))], attributes);
};

const shapes: readonly (readonly [string, Shape, Build, Shape])[] = [
  ['Reshape copies with 0 and fills with -1', x, op('Reshape', {}, [0, 0, 2, -1]), ['batch', 'sequence', 2, 4]],
  ['Reshape merges axes', x, op('Reshape', {}, [-1, 8]), ['batch*sequence', 8]],
  ['Transpose', x, op('Transpose', { perm: ints([0, 2, 1]) }), ['batch', 8, 'sequence']],
  ['Flatten', x, op('Flatten', { axis: int(2) }), ['batch*sequence', 8]],
  ['Unsqueeze', x, op('Unsqueeze', {}, [1, -1]), ['batch', 1, 'sequence', 8, 1]],
  ['Squeeze', [1, 'n', 1], op('Squeeze', {}, [-1]), [1, 'n']],
  ['ReduceMean that keeps axes', x, op('ReduceMean', {}, [-1]), ['batch', 'sequence', 1]],
  ['ReduceSum that drops axes', x, op('ReduceSum', { keepdims: int(0) }, [1]), ['batch', 8]],
  ['ReduceMax of everything', x, op('ReduceMax', { keepdims: int(0) }), []],
  ['ArgMax', x, op('ArgMax', { axis: int(-1), keepdims: int(0) }), ['batch', 'sequence']],
  ['Slice of a known axis', x, op('Slice', {}, [1], [-1], [2]), ['batch', 'sequence', 6]],
  ['Slice that takes all', x, op('Slice', {}, [0], [2 ** 53 - 1], [1]), x],
  ['Slice backwards', x, op('Slice', {}, [-1], [-100], [2], [-2]), ['batch', 'sequence', 4]],
  ['Tile', x, op('Tile', {}, [2, 1, 3]), ['2*batch', 'sequence', 24]],
  ['Expand', ['n', 1], op('Expand', {}, [2, 1, 5]), [2, 'n', 5]],
  ['Pad', x, op('Pad', {}, [0, 0, 1, 0, 2, 3]), ['batch', '(sequence+2)', 12]],
  ['Gather drops the axis of a single index', x, (g, v) => g.op('Gather', [v, g.constant('int64', [], [0])], { axis: int(1) }), ['batch', 8]],
  ['Concat adds sizes', x, (g, v) => g.op('Concat', [v, v], { axis: int(-1) }), ['batch', 'sequence', 16]],
  ['MatMul broadcasts batches', x, (g, v) => g.op('MatMul', [v, g.input('w', 'float32', [3, 1, 8, 5])]), [3, 'batch', 'sequence', 5]],
  ['MatMul with a vector', x, (g, v) => g.op('MatMul', [v, g.input('w', 'float32', [8])]), ['batch', 'sequence']],
  ['Add of the same symbols', x, (g, v) => g.op('Add', [v, g.input('b', 'float32', ['sequence', 8])]), x],
  ['Conv that keeps a size', ['b', 8, 'n'], (g, v) => g.op('Conv', [v, g.input('w', 'float32', [4, 8, 3])], { pads: ints([1, 1]) }), ['b', 4, 'n']],
  ['Conv with stride', ['b', 8, 9], (g, v) => g.op('Conv', [v, g.input('w', 'float32', [4, 8, 3])], { strides: ints([2]) }), ['b', 4, 4]],
]; // prettier-ignore

describe('shape inference', () => {
  it.each(shapes)('%s', (_name, from, build, expected) => {
    const g = new GraphBuilder();
    expect(build(g, g.input('x', 'float32', from)).shape).toEqual(expected);
  });

  it('takes two symbols that may differ for neither', () => {
    const g = new GraphBuilder();
    const sum = g.op('Add', [g.input('a', 'float32', ['n']), g.input('b', 'float32', ['m'])]);
    expect(sum.shape).toHaveLength(1);
    expect(['n', 'm']).not.toContain(sum.shape?.[0]);
  });

  it('never gives a symbol of its own a second meaning in a graph that is extended', () => {
    const g = new GraphBuilder();
    const join = (b: GraphBuilder): Value =>
      b.op('Add', [b.input('a', 'float32', ['n']), b.input('b', 'float32', ['m'])]);
    const first = join(g);
    const next = GraphBuilder.extending(g.finish('g', [{ name: 'y', value: first }]));
    expect(join(next).shape).not.toEqual(first.shape);
  });

  it.each<readonly [string, RegExp, (g: GraphBuilder) => unknown]>([
    ['shapes that do not broadcast', /\[2, 3\] and \[2, 4\] don't broadcast/, (g) => g.op('Add', [g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [2, 4])])],
    ['mixed element types', /one element type; found float32 and int64/, (g) => g.op('Add', [g.input('a', 'float32', [2]), g.input('b', 'int64', [2])])],
    ['matrices that do not fit', /can't be multiplied/, (g) => g.op('MatMul', [g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [4, 5])])],
    ['a reshape to another number of elements', /can't be reshaped/, (g) => g.op('Reshape', [g.input('a', 'float32', [2, 3]), g.ints([4])])],
    ['an axis that is not there', /axis 5 lies outside/, (g) => g.op('Softmax', [g.op('Gather', [g.input('a', 'float32', [2]), g.ints([0])], { axis: int(5) })])],
    ['a missing input', /input 1 is missing/, (g) => g.op('MatMul', [g.input('a', 'float32', [2, 3])])],
    ['indices that are floats', /expected int64 or int32; found float32/, (g) => g.op('Gather', [g.input('a', 'float32', [2]), g.input('i', 'float32', [2])])],
    ['an order that is none', /is not an order/, (g) => g.op('Transpose', [g.input('a', 'float32', [2, 3])], { perm: ints([0, 0]) })],
    ['a cast to text', /can't cast to ONNX element type 8/, (g) => g.op('Cast', [g.input('a', 'float32', [2])], { to: int(8) })],
    ['an operator that is not known', /The operator Frobnicate \(node here\) is not one that Priorphrase knows/, (g) => g.op('Frobnicate', [], {}, { name: 'here' })],
  ])('refuses %s', (_name, message, build) => {
    expect(() => build(new GraphBuilder())).toThrow(message);
  }); // prettier-ignore
});

const contents: readonly (readonly [string, Build, Contents])[] = [
  ['Shape', op('Shape'), ['batch', 'sequence', 8]],
  ['part of a Shape', op('Shape', { start: int(1), end: int(2) }), ['sequence']],
  ['Gather from a Shape', (g, v) => g.op('Gather', [g.op('Shape', [v]), g.constant('int64', [], [1])]), ['sequence']],
  ['Slice of a Shape', (g, v) => g.op('Slice', [g.op('Shape', [v]), g.ints([-1]), g.ints([2 ** 53 - 1])]), [8]],
  ['Size', op('Size'), ['8*batch*sequence']],
  ['a product of sizes', (g, v) => g.op('Mul', [g.op('Shape', [v]), g.ints([2])]), ['2*batch', '2*sequence', 16]],
  ['whole-number division, which drops the rest', (g) => g.op('Div', [g.ints([7, -7]), g.ints([2])]), [3, -3]],
  ['a size compared with -1, as before Expand', (g, v) => g.op('Where', [g.op('Equal', [g.op('Shape', [v]), g.ints([-1])]), g.ints([1, 1, 1]), g.op('Shape', [v])]), ['batch', 'sequence', 8]],
  ['a size compared with itself', (g, v) => g.op('Not', [g.op('Equal', [g.op('Shape', [v]), g.op('Shape', [v])])]), [0, 0, 0]],
  ['Concat of sizes', (g, v) => g.op('Concat', [g.op('Shape', [v]), g.ints([-1])], { axis: int(0) }), ['batch', 'sequence', 8, -1]],
  ['a root of a number', (g) => g.op('Sqrt', [g.scalar(2, { type: 'float32' })]), [Math.fround(Math.SQRT2)]],
]; // prettier-ignore

describe('what is known of the elements of small tensors', () => {
  it.each(contents)('%s', (_name, build, expected) => {
    const g = new GraphBuilder();
    expect(build(g, g.input('x', 'float32', x)).contents).toEqual(expected);
  });

  it('leaves floats with axes alone, for they may be parameters', () => {
    const g = new GraphBuilder();
    const bias = g.constant('float32', [2], [1, 2]);
    expect(g.op('Add', [bias, bias]).contents).toBeNull();
  });

  it('does not claim to know a comparison of two different sizes', () => {
    const g = new GraphBuilder();
    const shape = g.op('Shape', [g.input('x', 'float32', ['n', 'm'])]);
    const [first, second] = [0, 1].map((at) => g.op('Gather', [shape, g.constant('int64', [], [at])])) as [
      Value,
      Value,
    ];
    expect(g.op('Equal', [first, second]).contents).toBeNull();
  });
});
