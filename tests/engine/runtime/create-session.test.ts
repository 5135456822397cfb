import { describe, expect, it } from 'vitest';
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
