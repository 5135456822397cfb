import { moduleWithOneFunction, op, type Code, type } from './assemble.ts';

/** Steps of the sigmoid table; it covers -8 to 8. */
export const sigmoidSteps = 1024;
const sigmoidReach = 8;

/** The arrays of a skip-gram model, all in one WebAssembly memory; rows are given as byte addresses. */
export interface Kernel {
  readonly input: Float32Array;
  readonly output: Float32Array;
  /** The addresses of the output rows to update: the true word first, then the negatives. */
  readonly targets: Int32Array;
  readonly inputAddress: number;
  readonly outputAddress: number;
  /** One input row against the targets: a step of the logistic loss at this learning rate. */
  readonly update: (inputRow: number, rate: number) => void;
}

/** Values of 1 / (1 + exp(-x)) at the middles of the steps. */
export function sigmoidTable(): Float32Array {
  return Float32Array.from({ length: sigmoidSteps }, (_, i) => {
    const x = ((i + 0.5) / sigmoidSteps) * 2 * sigmoidReach - sigmoidReach;
    return 1 / (1 + Math.exp(-x));
  });
}

/** Memory and SIMD code for a model; plain JavaScript loops over the same arrays take about ten times as long. */
export function createKernel(vocabulary: number, dimensions: number, targetCount: number): Kernel {
  if (dimensions % 8 !== 0) throw new Error(`Dimensions must be a multiple of 8, found ${dimensions}.`);
  const rowBytes = dimensions * 4;
  const tableAddress = 0;
  const gradientAddress = tableAddress + sigmoidSteps * 4;
  const targetsAddress = gradientAddress + rowBytes;
  const inputAddress = (targetsAddress + targetCount * 4 + 63) & ~63;
  const outputAddress = inputAddress + vocabulary * rowBytes;
  const memory = new WebAssembly.Memory({
    initial: Math.ceil((outputAddress + vocabulary * rowBytes) / 65536),
  });
  new Float32Array(memory.buffer, tableAddress, sigmoidSteps).set(sigmoidTable());
  const code = new WebAssembly.Module(
    updateCode(rowBytes, targetCount, tableAddress, gradientAddress, targetsAddress),
  );
  const instance = new WebAssembly.Instance(code, { host: { memory } });
  return {
    input: new Float32Array(memory.buffer, inputAddress, vocabulary * dimensions),
    output: new Float32Array(memory.buffer, outputAddress, vocabulary * dimensions),
    targets: new Int32Array(memory.buffer, targetsAddress, targetCount),
    inputAddress,
    outputAddress,
    update: instance.exports['run'] as (inputRow: number, rate: number) => void,
  };
}

// run(inputRow, rate):
//   gradient = 0
//   for each target t, leaving out negatives equal to the true word:
//     step = rate * ((t is the true word) - sigmoid(inputRow . t))
//     gradient += step * t;  t += step * inputRow
//   inputRow += gradient
function updateCode(
  rowBytes: number,
  targetCount: number,
  table: number,
  gradient: number,
  targets: number,
): Uint8Array<ArrayBuffer> {
  const [input, rate, at, target, k, dot, sumA, sumB, step] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const address = (row: number): Code => [op.get(row), op.get(k), op.i32Add];
  const load = (row: number, offset: number): Code => [address(row), op.v128Load(offset)];
  const advance = (local: number, by: number, limit: number): Code => [
    [op.get(local), op.i32Const(by), op.i32Add, op.set(local)],
    [op.get(local), op.i32Const(limit), op.i32LessUnsigned, op.branchIf(0)],
  ];
  const restart: Code = [op.i32Const(0), op.set(k)];
  const addProduct = (sum: number, offset: number): Code => [
    [op.get(sum), load(input, offset), load(target, offset), op.v128Mul, op.v128Add, op.set(sum)],
  ];
  const zero: Code = [op.f32Const(0), op.splat];
  const lanes = (sum: number): Code => [
    [op.get(sum), op.lane(0), op.get(sum), op.lane(1), op.f32Add],
    [op.get(sum), op.lane(2), op.get(sum), op.lane(3), op.f32Add, op.f32Add],
  ];
  const dotProduct: Code = [
    [restart, zero, op.set(sumA), zero, op.set(sumB)],
    op.loop([addProduct(sumA, 0), addProduct(sumB, 16), advance(k, 32, rowBytes)]),
    [op.get(sumA), op.get(sumB), op.v128Add, op.set(sumA), lanes(sumA), op.set(dot)],
  ];
  const clamped: Code = [
    [op.get(dot), op.f32Const(sigmoidReach - 0.001), op.f32Min, op.f32Const(0.001 - sigmoidReach), op.f32Max],
  ];
  const sigmoid: Code = [
    [
      clamped,
      op.f32Const(sigmoidReach),
      op.f32Add,
      op.f32Const(sigmoidSteps / (2 * sigmoidReach)),
      op.f32Mul,
    ],
    [op.i32FromF32, op.i32Const(2), op.i32ShiftLeft, op.i32Const(table), op.i32Add, op.f32Load],
  ];
  const label: Code = [op.get(at), op.i32Eqz, op.f32FromI32];
  const gradientAt: Code = [op.get(k), op.i32Const(gradient), op.i32Add];
  const move = (offset: number): Code => [
    [gradientAt, gradientAt, op.v128Load(offset), op.get(step), load(target, offset)],
    [op.v128Mul, op.v128Add, op.v128Store(offset)],
    [address(target), load(target, offset), op.get(step), load(input, offset)],
    [op.v128Mul, op.v128Add, op.v128Store(offset)],
  ];
  const isRepeat: Code = [
    [op.get(at), op.i32Const(0), op.i32Ne],
    [op.get(target), op.i32Const(targets), op.i32Load, op.i32Eq, op.i32And],
  ];
  const oneTarget: Code = op.block([
    [op.get(at), op.i32Const(targets), op.i32Add, op.i32Load, op.set(target)],
    [isRepeat, op.branchIf(0)],
    [dotProduct, label, sigmoid, op.f32Sub, op.get(rate), op.f32Mul, op.splat, op.set(step)],
    [restart, op.loop([move(0), move(16), advance(k, 32, rowBytes)])],
  ]);
  const addGradient: Code = [
    [address(input), load(input, 0), gradientAt, op.v128Load(0), op.v128Add, op.v128Store(0)],
    advance(k, 16, rowBytes),
  ];
  const body: Code = [
    [op.i32Const(gradient), op.i32Const(0), op.i32Const(rowBytes), op.memoryFill],
    op.loop([oneTarget, advance(at, 4, targetCount * 4)]),
    [restart, op.loop(addGradient)],
  ];
  const { i32, f32, v128 } = type;
  return moduleWithOneFunction([i32, f32], [i32, i32, i32, f32, v128, v128, v128], body);
}
