import { wasmModule } from '../../training/kernels/wasm/module.ts';
import type { DecisionTrees, TreeTest } from './decision-trees.ts';
import { addLeaves, rowsAtOnce, strikeLeaves } from './tree-kernel.ts';

interface TreeKernels {
  readonly strikeLeaves: (tests: number, testsEnd: number, features: number, leaves: number) => void;
  readonly addLeaves: (leaves: number, leavesEnd: number, values: number, sums: number) => void;
}

const leafBytes = 64; // of a tree: 32 bits for each of 16 rows
const valueBytes = 128; // of a tree: 32 floats
const pageBytes = 65_536;
let compiled: WebAssembly.Module | null = null;

/** Computes the sums of trees in WebAssembly, several times as fast as ONNX Runtime and to the same bits. */
export class TreeSums {
  readonly #base: number;
  readonly #features: number;
  readonly #kernels: TreeKernels;
  readonly #tests: { readonly at: number; readonly end: number };
  readonly #values: number;
  readonly #columns: Float32Array;
  readonly #leaves: Uint8Array;
  readonly #sums: Float32Array;

  constructor(trees: DecisionTrees) {
    const tests = testWords(trees);
    const count = trees.values.length;
    const columns = align(4 * tests.length);
    const leaves = columns + 4 * rowsAtOnce * trees.features;
    const values = leaves + leafBytes * count;
    const sums = values + valueBytes * count;
    const bytes = sums + 4 * rowsAtOnce;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
    new Int32Array(memory.buffer).set(tests);
    const table = new Float32Array(memory.buffer, values, 32 * count);
    trees.values.forEach((own, tree) => table.set(own, 32 * tree));
    compiled ??= new WebAssembly.Module(wasmModule({ strikeLeaves, addLeaves }));
    this.#kernels = new WebAssembly.Instance(compiled, { host: { memory } })
      .exports as unknown as TreeKernels;
    this.#base = trees.base;
    this.#features = trees.features;
    this.#tests = { at: 0, end: 4 * tests.length };
    this.#values = values;
    this.#columns = new Float32Array(memory.buffer, columns, rowsAtOnce * trees.features);
    this.#leaves = new Uint8Array(memory.buffer, leaves, leafBytes * count);
    this.#sums = new Float32Array(memory.buffer, sums, rowsAtOnce);
  }

  /** The sum of the trees' outputs for each row of a matrix [rows, features], into `out`. */
  add(matrix: Float32Array, rows: number, out: Float32Array): void {
    const { byteOffset: leaves, byteLength } = this.#leaves;
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, rows - from);
      this.#fill(matrix, from, some);
      this.#leaves.fill(255);
      this.#kernels.strikeLeaves(this.#tests.at, this.#tests.end, this.#columns.byteOffset, leaves);
      this.#kernels.addLeaves(leaves, leaves + byteLength, this.#values, this.#sums.byteOffset);
      for (let row = 0; row < some; row++) out[from + row] = this.#base + (this.#sums[row] as number);
    }
  }

  /** A feature's values of the rows side by side. */
  #fill(matrix: Float32Array, from: number, rows: number): void {
    const features = this.#features;
    const columns = this.#columns;
    for (let row = 0; row < rows; row++) {
      const start = (from + row) * features;
      for (let feature = 0; feature < features; feature++) {
        columns[feature * rowsAtOnce + row] = matrix[start + feature] as number;
      }
    }
  }
}

/** The next multiple of 16 bytes. */
function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** The tests in the form that `strikeLeaves` reads. */
function testWords({ tests, features }: DecisionTrees): Int32Array {
  const byFeature = Array.from({ length: features }, () => new Map<number, TreeTest[]>());
  for (const test of tests) {
    const byThreshold = byFeature[test.feature] as Map<number, TreeTest[]>;
    const same = byThreshold.get(test.threshold);
    if (same === undefined) byThreshold.set(test.threshold, [test]);
    else same.push(test);
  }
  const words: number[] = [];
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  for (const [feature, byThreshold] of byFeature.entries()) {
    if (byThreshold.size === 0) continue;
    const start = words.push(feature * rowsAtOnce * 4, 0);
    for (const [threshold, same] of [...byThreshold].sort(([a], [b]) => a - b)) {
      float[0] = threshold;
      const entries = same.flatMap(entriesOf);
      words.push(bits[0] as number, 4 * entries.length, ...entries);
    }
    words[start - 1] = 4 * (words.length - start);
  }
  return Int32Array.from(words);
}

/** The leaves of a test, eight at a time. */
function entriesOf({ tree, from, to }: TreeTest): number[] {
  return [0, 1, 2, 3].flatMap((byte) => {
    let struck = 0;
    for (let leaf = Math.max(from, 8 * byte); leaf < Math.min(to, 8 * byte + 8); leaf++)
      struck |= 1 << (leaf % 8);
    return struck === 0 ? [] : [(tree * 4 + byte) * 16 * 256 + struck];
  });
}
