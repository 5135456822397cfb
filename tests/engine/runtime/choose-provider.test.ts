import { listSupportedBackends } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { deviceWords } from '../../../src-main/contract/device.ts';
import { chooseProvider } from '../../../src-main/engine/runtime/choose-provider.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import type { Session, TensorData } from '../../../src-main/engine/runtime/session.ts';

// What needs a download counts as known to ONNX Runtime whether it was downloaded or not.
const known = new Set<string>(listSupportedBackends().map(({ name }) => name));
const absent = ['cuda', 'dml', 'coreml', 'webgpu', 'imagined'].filter((name) => !known.has(name));

/** A device whose self-test gives these numbers, and what was asked of it. */
function device(answer: readonly number[] | Error) {
  const asked: string[] = [];
  let released = 0;
  const create = async (_onnx: Uint8Array, options: { provider?: string }): Promise<Session> => {
    asked.push(options.provider ?? '');
    const run = async (): Promise<Record<string, TensorData>> => {
      if (answer instanceof Error) throw answer;
      return { y: { type: 'float32', data: Float32Array.from(answer), shape: [1, answer.length] } };
    };
    return { inputNames: ['x'], outputNames: ['y'], run, release: async () => void released++ };
  };
  return { create, asked, released: () => released };
}

describe('the choice of a device', () => {
  it('does not test the processor', async () => {
    const { create, asked } = device([]);
    expect(await chooseProvider('cpu', create)).toEqual({ asked: 'cpu', used: 'cpu', reason: null });
    expect(asked).toEqual([]);
  });

  it.each(['cuda', 'dml', 'coreml', 'webgpu'])('takes %s where its self-test is right', async (name) => {
    const { create, asked, released } = device([17.001, 23.999]);
    expect(await chooseProvider(name, create)).toEqual({ asked: name, used: name, reason: null });
    expect([asked, released()]).toEqual([[name], 1]);
  });

  it.each([
    ['a wrong number', [17, 25], 'its self-test gave 17, 25 in place of 17, 24'],
    ['no number', [NaN, 24], 'its self-test gave NaN, 24 in place of 17, 24'],
    ['too few', [17], 'its self-test gave 17 in place of 17, 24'],
    ['an error of the driver', new Error('device lost'), 'device lost'],
  ])('falls back to the processor with the reason: %s', async (_, answer, reason) => {
    const { create, released } = device(answer);
    expect(await chooseProvider('webgpu', create)).toEqual({
      asked: 'webgpu',
      used: 'cpu',
      reason,
    });
    expect(released()).toBe(1);
  });

  it('takes a device on which the graph of the self-test gives its numbers', async () => {
    const onProcessor = (onnx: Uint8Array) => createSession(onnx);
    expect(await chooseProvider('imagined', onProcessor)).toMatchObject({ used: 'imagined', reason: null });
  });

  it('falls back where a session cannot even be made', async () => {
    const create = () => Promise.reject(new Error('No supported adapters'));
    const choice = await chooseProvider('webgpu', create);
    expect(deviceWords(choice)).toBe(
      'The device webgpu cannot be used, the processor is: No supported adapters',
    );
  });

  it.each(absent)('says that ONNX Runtime as installed here has no %s', async (name) => {
    const { asked, used, reason } = await chooseProvider(name, createSession);
    expect([asked, used]).toEqual([name, 'cpu']);
    expect(reason).toContain(`[${name}] backend not found`);
  });
});
