import type { ParameterMemory } from '../memory/parameter-memory.ts';
import type { Adapter } from './add-adapters.ts';

/** Adds scale up down to each adapted weight, in the memory; afterwards the model without adapters computes the same. */
export function mergeAdapters(memory: ParameterMemory, adapters: readonly Adapter[]): void {
  for (const { weight, down, up, scale } of adapters) {
    const [rank = 0, inputs = 0] = down.shape;
    const [outputs = 0] = up.shape;
    const [target, downs, ups] = [memory.values(weight), memory.values(down.name), memory.values(up.name)];
    for (let row = 0; row < outputs; row++) {
      for (let column = 0; column < inputs; column++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) {
          sum += (ups[row * rank + k] as number) * (downs[k * inputs + column] as number);
        }
        const at = row * inputs + column;
        target[at] = (target[at] as number) + scale * sum;
      }
    }
  }
}
