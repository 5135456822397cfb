import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradientComparison } from './gradient-comparison.ts';
import { softwareDriver } from './software-driver.ts';

const child = join(import.meta.dirname, 'gradients-child.ts');
const models = ['bert', 'electra', 'roberta', 'deberta-v2', 'deberta-v3'];
const driver = softwareDriver();
const seconds = 55;

/** What the child says; where it runs out of time, what it had said by then. A child that fails or crashes is an error. */
async function outputOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const options = {
    env: { ...process.env, ...environment },
    timeout: seconds * 1000,
    killSignal: 'SIGKILL' as const,
  };
  try {
    return (await promisify(execFile)(process.execPath, [child, ...models], options)).stdout;
  } catch (error) {
    const { killed, stdout } = error as { killed?: boolean; stdout?: string };
    if (killed === true && stdout) return stdout;
    throw error;
  }
}

describe('the training graph on webgpu', () => {
  let compared: readonly GradientComparison[] = [];
  let missing = 'missing' in driver ? driver.missing : null;

  beforeAll(async () => {
    if ('missing' in driver) return;
    const stdout = await outputOf(driver.environment);
    // What follows the last line break is empty, or was cut off.
    const lines = stdout.split('\n').slice(0, -1);
    compared = lines.map((line) => JSON.parse(line) as GradientComparison);
    const reason = compared.find(({ choice }) => choice.reason !== null)?.choice.reason ?? null;
    // A driver that is there and is not taken, by its version or the machine's, is not there; wrong numbers of one that is fail.
    if (reason !== null && /Failed to get a WebGPU adapter/.test(reason)) missing = reason;
  }, 60_000);

  it.for(models)("has the processor's gradients: %s", (model, { skip }) => {
    if (missing !== null) skip(missing);
    const found = compared.find((each) => each.model === model);
    if (!found && compared.length > 0) skip(`the machine did not get to it in ${seconds} s`);
    expect(found?.choice).toEqual({ asked: 'webgpu', used: 'webgpu', reason: null });
    const { losses, errors, zeros, onGpu, onProcessor } = found as GradientComparison;
    expect(Math.abs(losses[0] - losses[1])).toBeLessThan(1e-5);
    expect(errors.length).toBeGreaterThan(30);
    expect(errors.filter(([, error]) => !(error < 1e-4))).toEqual([]);
    expect(zeros.filter(([, share]) => !(share < 1e-6))).toEqual([]);
    // The provider itself computed it.
    for (const operator of ['MatMul', 'Softmax', 'LayerNormalization', 'Mul', 'ReduceSum']) {
      expect(onGpu[operator] ?? 0, operator).toBeGreaterThan(0);
    }
    // What is left to the processor computes shapes.
    const heavy = /MatMul|^Sum$|Softmax|Normalization/;
    expect(Object.keys(onProcessor).filter((operator) => heavy.test(operator))).toEqual([]);
  });
});
