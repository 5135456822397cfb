import type { ParameterMemory } from '../memory/parameter-memory.ts';
import { seedWords } from './generator.ts';

/** The area of a memory that holds the state of the masks' generators. */
export const maskStateArea = 'mask state';
/** Its size in bytes. */
export const maskStateBytes = 64;

const words = maskStateBytes / 4;

/** Dropout masks from four generators side by side, whose state lies in the memory and can be saved. */
export class MaskSource {
  readonly #memory: ParameterMemory;

  constructor(memory: ParameterMemory, seed: number) {
    this.#memory = memory;
    this.state = Array.from(seedWords(seed, 'dropout', words));
  }

  /** The state, as numbers that JSON keeps exactly. */
  get state(): readonly number[] {
    return Array.from(this.#memory.scratchInts(maskStateArea, words), (word) => word >>> 0);
  }

  set state(state: readonly number[]) {
    this.#memory.scratchInts(maskStateArea, words).set(state);
  }

  /**
   * Writes a mask at a byte address: 0 with the probability `rate` (to 1/65,536), 1 / (1 - rate) otherwise. Up to seven floats
   * behind the mask may be written over.
   */
  fill(address: number, length: number, rate: number): void {
    const bytes = Math.ceil(length / 8) * 32;
    this.#memory.kernels.fillMask(
      this.#memory.scratch(maskStateArea),
      address,
      bytes,
      Math.round(rate * 65_536),
      1 / (1 - rate),
    );
  }
}
