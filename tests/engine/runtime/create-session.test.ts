import { describe, expect, it } from 'vitest';
import { chooseProvider } from '../../../src-main/engine/runtime/choose-provider.ts';
import { createSession } from '../../../src-main/engine/runtime/create-session.ts';
import { doublingGraph } from './tiny-graph.ts';

const x = { type: 'float32', data: Float32Array.of(1, 2.5, -3), shape: [3] } as const;

describe('a session', () => {
  it('runs a graph given as bytes', async () => {
    const session = await createSession(doublingGraph());
    expect([session.inputNames, session.outputNames]).toEqual([['x'], ['y']]);
    const { y } = await session.run({ x });
    expect(y).toEqual({ type: 'float32', data: Float32Array.of(2, 5, -6), shape: [3] });
    await session.release();
  });

  it('takes bytes that start in the middle of a buffer', async () => {
    const graph = doublingGraph();
    const buffer = new Uint8Array(graph.length + 7);
    buffer.set(graph, 7);
    const session = await createSession(buffer.subarray(7));
    expect((await session.run({ x })).y?.data[1]).toBe(5);
    await session.release();
  });

  it('is refused for bytes that are no graph', async () => {
    await expect(createSession(new TextEncoder().encode('not a graph'))).rejects.toThrow();
  });
});

describe('choosing a device', () => {
  it('takes the processor without a test', async () => {
    const never = () => Promise.reject(new Error('not called'));
    expect(await chooseProvider('cpu', never)).toEqual({ provider: 'cpu', fallback: null });
  });

  it('takes another device that passes the self-test', async () => {
    const create = (onnx: Uint8Array) => createSession(onnx);
    expect(await chooseProvider('imagined', create)).toEqual({ provider: 'imagined', fallback: null });
  });

  it('falls back to the processor and says why where the device is unknown', async () => {
    const choice = await chooseProvider('imagined', createSession);
    expect(choice.provider).toBe('cpu');
    expect(choice.fallback).toMatch(/imagined/);
  });

  it('falls back where the device gives wrong numbers', async () => {
    const choice = await chooseProvider('imagined', async (onnx) => {
      const session = await createSession(onnx);
      return {
        ...session,
        run: async () => ({ y: { type: 'float32', data: Float32Array.of(17, 0), shape: [1, 2] } }),
      };
    });
    expect(choice).toEqual({
      provider: 'cpu',
      fallback: expect.stringContaining('17, 0 in place of 17, 24'),
    });
  });
});
