import type { DeviceChoice } from '../../../src-main/contract/device.ts';

/** What the gradients of a model on webgpu are against those on the processor. */
export interface GradientComparison {
  readonly model: string;
  /** What the self-test of the device says. */
  readonly choice: DeviceChoice;
  /** On the processor and on webgpu. */
  readonly losses: readonly [cpu: number, webgpu: number];
  /** Each parameter's |webgpu - cpu| / |cpu|, Euclidean. */
  readonly errors: readonly (readonly [parameter: string, error: number])[];
  /** For parameters whose gradient is zero but for rounding: the longer of the two, as a share of all gradients' length. */
  readonly zeros: readonly (readonly [parameter: string, share: number])[];
  /** How many operators of each kind webgpu ran. */
  readonly onGpu: Readonly<Record<string, number>>;
  /** And how many of the same session were left to the processor. */
  readonly onProcessor: Readonly<Record<string, number>>;
}
