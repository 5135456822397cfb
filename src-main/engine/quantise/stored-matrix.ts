import { producer } from '../graph/match.ts';
import { floatAttribute, intAttribute, intsAttribute, type Node } from '../graph/node.ts';
import { operatorKey } from '../graph/shape-inference/shape-rules.ts';
import { typedData, type Tensor } from '../graph/tensor.ts';
import type { Value } from '../graph/value.ts';

/** A stored matrix, or the transpose of one. */
export interface StoredMatrix {
  readonly tensor: Tensor;
  readonly name: string;
  /** Whether what is stored has rows as columns. */
  readonly turned: boolean;
  readonly rows: number;
  readonly columns: number;
}

/** A product of something that is computed and a stored matrix. */
export interface WeightProduct {
  /** [..., rows] */
  readonly x: Value;
  readonly matrix: StoredMatrix;
  /** What the product is multiplied with. */
  readonly factor: number;
  /** What is added to it. */
  readonly bias: Value | null;
}

/** The product that a node computes with a stored matrix of 32-bit floats; null where it does not. */
export function weightProduct(node: Node): WeightProduct | null {
  const [x, right, third] = node.inputs;
  const settings = productSettings(node);
  const stored = right ? storedMatrix(right) : null;
  if (!x || x.type !== 'float32' || settings === null || stored === null) return null;
  const matrix = settings.turned ? turn(stored) : stored;
  return { x, matrix, factor: settings.factor, bias: node.op === 'Gemm' ? (third ?? null) : null };
}

/** The numbers of a matrix, row-major: [rows, columns]. */
export function numbersOfMatrix({ tensor, turned, rows, columns }: StoredMatrix): Float32Array {
  const from = typedData(tensor) as Float32Array;
  if (!turned) return from;
  const to = new Float32Array(from.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      to[row * columns + column] = from[column * rows + row] as number;
    }
  }
  return to;
}

function productSettings(node: Node): { readonly turned: boolean; readonly factor: number } | null {
  const set = (name: string): boolean => intAttribute(node, name, 0) !== 0;
  const turned = set('transB');
  switch (operatorKey(node)) {
    case 'MatMul':
      return { turned: false, factor: 1 };
    case 'com.microsoft.FusedMatMul':
      if (set('transA') || set('transBatchA') || set('transBatchB')) return null;
      return { turned, factor: floatAttribute(node, 'alpha', 1) };
    case 'Gemm':
      if (set('transA') || floatAttribute(node, 'beta', 1) !== 1) return null;
      return { turned, factor: floatAttribute(node, 'alpha', 1) };
    default:
      return null;
  }
}

function storedMatrix(value: Value): StoredMatrix | null {
  const transpose = producer(value, 'Transpose');
  if (transpose !== null) {
    const inner = transpose.inputs[0] ? storedMatrix(transpose.inputs[0]) : null;
    const [first] = intsAttribute(transpose, 'perm') ?? [1];
    return inner !== null && first === 1 ? turn(inner) : inner;
  }
  if (value.kind !== 'initialiser' || value.type !== 'float32') return null;
  const { tensor } = value;
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || rows === undefined || columns === undefined) return null;
  return { tensor, name: value.name ?? 'matrix', turned: false, rows, columns };
}

function turn(matrix: StoredMatrix): StoredMatrix {
  return { ...matrix, turned: !matrix.turned, rows: matrix.columns, columns: matrix.rows };
}
