import { intAttribute, type Node } from '../graph/node.ts';
import { int } from '../graph/attribute.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { consumersOf, contribDomain, type Graph } from '../graph/graph.ts';
import { add, cast, divide, multiply, scale } from '../graph/operators.ts';
import type { Pass } from '../graph/passes/pass.ts';
import { rewrite, type Rewriting } from '../graph/passes/rewrite.ts';
import { typedData, type Tensor } from '../graph/tensor.ts';
import type { InitialiserValue, Value } from '../graph/value.ts';
import { roundColumns, roundRows } from './round-weights.ts';
import { numbersOfMatrix, weightProduct, type StoredMatrix, type WeightProduct } from './stored-matrix.ts';

// A matrix with fewer rows or columns, such as that of a head, is not worth the work of rounding its operand.
const leastSide = 16;
// A smaller table is not worth the two nodes that reading codes takes more.
const leastTable = 2 ** 16;

/**
 * Replaces products with stored matrices by products of whole numbers. The matrix is rounded once, to seven bits with a scale for
 * each column; what it is multiplied with is rounded when the graph runs, to eight bits with a scale for each token:
 *
 * y[t, n] = scale[t] * scaleOfColumn[n] * sum over k of round(x[t, k] / scale[t]) * code[k, n],  scale[t] = max |x[t, :]| / 127
 *
 * ONNX Runtime's DynamicQuantizeMatMul has one scale for all of x instead, which is some 15% faster, but then the score of a row
 * depends on the rows that run with it. Large tables of embeddings become rows of eight-bit codes with a scale each.
 */
export const dynamicInt8: Pass = {
  name: 'dynamic int8',
  requires: 'constants are folded and identities eliminated',
  ensures: 'no large stored matrix is multiplied, and no large table read, as 32-bit floats',
  call: (graph) => {
    const tables = largeTables(graph);
    const known: Known = { operands: new Map(), matrices: new Map(), tables: new Map() };
    return rewrite(graph, (node, rewriting) => {
      const product = weightProduct(node);
      if (product !== null) {
        const small = Math.min(product.matrix.rows, product.matrix.columns) < leastSide;
        return small ? null : [integerProduct(product, rewriting, known)];
      }
      const table = node.op === 'Gather' && node.domain === '' ? node.inputs[0] : null;
      if (table?.kind !== 'initialiser' || !tables.has(table)) return null;
      return [tableRows(table, node.inputs[1] as Value, rewriting, known)];
    });
  },
};

/** Whole numbers and what to multiply them with. */
interface Rounded {
  readonly codes: Value;
  readonly scales: Value;
}

/** What has been rounded already: products share operands (query, key and value), and layers may share matrices. */
interface Known {
  readonly operands: Map<Value, Rounded>;
  readonly matrices: Map<Tensor, Map<boolean, Rounded>>;
  readonly tables: Map<Value, Rounded>;
}

function integerProduct(
  { x, matrix, factor, bias }: WeightProduct,
  { g, of }: Rewriting,
  known: Known,
): Value {
  const operand = known.operands.get(x) ?? roundOperand(g, of(x));
  known.operands.set(x, operand);
  const { codes, scales } = roundMatrix(g, matrix, known);
  const [one, middle] = [g.constant('float32', [], [1]), g.constant('uint8', [], [128])];
  const inputs = [operand.codes, codes, one, scales, middle];
  const product = g.op('MatMulIntegerToFloat', inputs, {}, { domain: contribDomain });
  const scaled = scale(g, multiply(g, product, operand.scales), factor);
  return bias === null ? scaled : add(g, scaled, of(bias));
}

function roundMatrix(g: GraphBuilder, matrix: StoredMatrix, { matrices }: Known): Rounded {
  const { tensor, name, turned, rows, columns } = matrix;
  const forms = matrices.get(tensor) ?? new Map<boolean, Rounded>();
  matrices.set(tensor, forms);
  const made = forms.get(turned);
  if (made) return made;
  const { codes, scales } = roundColumns(numbersOfMatrix(matrix), columns);
  const rounded = {
    codes: stored(g, `${name}:codes`, 'int8', [rows, columns], codes),
    scales: stored(g, `${name}:scales`, 'float32', [columns], scales),
  };
  forms.set(turned, rounded);
  return rounded;
}

/** x as bytes around 128, and the scale of each row of it. */
function roundOperand(g: GraphBuilder, x: Value): Rounded {
  const largest = g.op('ReduceMax', [g.op('Abs', [x]), g.ints([-1])], { keepdims: int(1) }); // [..., 1]
  const some = g.op('Max', [scale(g, largest, 1 / 127), g.scalar(1e-30, x)]);
  const codes = g.op('QuantizeLinear', [
    divide(g, x, some),
    g.constant('float32', [], [1]),
    g.constant('uint8', [], [128]),
  ]);
  return { codes, scales: some };
}

function tableRows(table: InitialiserValue, indices: Value, { g, of }: Rewriting, known: Known): Value {
  const rounded = known.tables.get(table) ?? roundTable(g, table);
  known.tables.set(table, rounded);
  const codes = g.op('Gather', [rounded.codes, of(indices)]);
  return multiply(g, cast(g, codes, 'float32'), g.op('Gather', [rounded.scales, of(indices)]));
}

function roundTable(g: GraphBuilder, { name, tensor }: InitialiserValue): Rounded {
  const [rows, columns] = tensor.shape as readonly [number, number];
  const { codes, scales } = roundRows(typedData(tensor) as Float32Array, columns);
  return {
    codes: stored(g, `${name ?? 'table'}:codes`, 'int8', [rows, columns], codes),
    scales: stored(g, `${name ?? 'table'}:scales`, 'float32', [rows, 1], scales),
  };
}

function stored(
  g: GraphBuilder,
  name: string,
  type: 'int8' | 'float32',
  shape: readonly number[],
  data: Int8Array | Float32Array,
): InitialiserValue {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return g.initialiser(name, { type, shape, bytes });
}

/** Stored float matrices of which rows are read and nothing else. */
function largeTables(graph: Graph): ReadonlySet<Value> {
  const tables = new Set<Value>();
  const others = new Set<Value>(graph.outputs.map(({ value }) => value));
  for (const [value, consumers] of consumersOf(graph)) {
    const readAsRows = (node: Node): boolean =>
      node.op === 'Gather' &&
      node.domain === '' &&
      node.inputs[0] === value &&
      node.inputs[1] !== value &&
      intAttribute(node, 'axis', 0) === 0;
    const large =
      value.kind === 'initialiser' &&
      value.type === 'float32' &&
      value.tensor.shape.length === 2 &&
      value.tensor.bytes.byteLength >= 4 * leastTable;
    if (large && !others.has(value) && consumers.every(readAsRows)) tables.add(value);
  }
  return tables;
}
