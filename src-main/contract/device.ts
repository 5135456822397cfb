import { z } from 'zod';

/** The device that work runs on, by ONNX Runtime's names: `cpu`, `cuda`, `dml`, `coreml`, `webgpu`. */
export const deviceChoice = z.object({
  /** What was asked for. */
  asked: z.string(),
  used: z.string(),
  /** Why it is not the one asked for: what its self-test came to. Null where it is. */
  reason: z.string().nullable(),
});

/** The device that work runs on. */
export type DeviceChoice = z.output<typeof deviceChoice>;

/** What a user is told of the device: whether it passed its self-test; null for the processor, where it was asked for. */
export function deviceWords({ asked, used, reason }: DeviceChoice): string | null {
  if (asked !== used)
    return `The device ${asked} cannot be used, the processor is: ${reason ?? 'no reason known'}`;
  return used === 'cpu' ? null : `The device ${used} passed its self-test and is used.`;
}
