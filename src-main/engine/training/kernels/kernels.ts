import { adamw } from './adamw.ts';
import { addInto } from './add-into.ts';
import { addRows } from './add-rows.ts';
import { fillMask } from './fill-mask.ts';
import { sumOfSquares } from './sum-of-squares.ts';
import { wasmModule } from './wasm/module.ts';

/** The arithmetic of training over one memory; addresses and lengths are in bytes, see each kernel's own file. */
export interface Kernels {
  readonly adamw: (
    values: number,
    gradients: number,
    first: number,
    second: number,
    bytes: number,
    scale: number,
    keep: number,
    gain1: number,
    beta2: number,
    gain2: number,
    size: number,
    root: number,
    epsilon: number,
  ) => void;
  readonly sumOfSquares: (values: number, bytes: number) => number;
  readonly addInto: (target: number, source: number, bytes: number, factor: number) => void;
  readonly addRows: (table: number, rows: number, indices: number, count: number, rowBytes: number) => void;
  readonly fillMask: (state: number, mask: number, bytes: number, threshold: number, keep: number) => void;
}

let compiled: WebAssembly.Module | null = null;

/** The kernels, working on a memory. */
export function createKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(wasmModule({ adamw, sumOfSquares, addInto, addRows, fillMask }));
  return new WebAssembly.Instance(compiled, { host: { memory } }).exports as unknown as Kernels;
}
