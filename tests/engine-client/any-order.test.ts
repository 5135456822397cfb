import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { EngineProcess } from '../../src-main/engine-client/engine-process.ts';
import { createEngineClient } from '../../src-main/engine-client/engine-client.ts';

/** Processes in memory that answer, or die at the worst moment, as a list of decisions says. */
function fakeProcesses(decisions: Iterator<string>) {
  let alive = 0;
  let most = 0;
  const kill: (() => void)[] = [];
  const spawn = (): EngineProcess => {
    let running = true;
    alive += 1;
    most = Math.max(most, alive);
    const onExit: ((detail: string) => void)[] = [];
    let hear: (message: unknown) => void = () => undefined;
    const die = (): void => {
      if (!running) return;
      running = false;
      alive -= 1;
      setImmediate(() => onExit.forEach((listener) => listener('it was told to')));
    };
    const later = (work: () => void) => setImmediate(() => running && work());
    const decide = (survive: () => void): void => {
      const decision = decisions.next().value ?? 'live';
      if (decision === 'die') die();
      else if (decision === 'slow') later(() => later(() => later(survive)));
      else if (decision === 'answer and die') {
        survive();
        die();
      } else later(survive);
    };
    kill.push(die);
    later(() => decide(() => hear({ ready: true })));
    return {
      send(message) {
        const { id, input } = message as { id?: number; input?: { phrases: string[] } };
        if (!running || input === undefined) return;
        const vectors = Float32Array.from(input.phrases, ({ length }) => length);
        decide(() => hear({ id, ok: true, value: { dimensions: 1, vectors } }));
      },
      onMessage: (listener) => (hear = listener),
      onExit: (listener) => onExit.push(listener),
      kill: die,
    };
  };
  return { spawn, killAll: () => kill.forEach((die) => die()), alive: () => alive, most: () => most };
}

const call = fc.record({ kind: fc.constant('call' as const), length: fc.nat(9), cancel: fc.boolean() });
const event = fc.record({ kind: fc.constantFrom('turn' as const, 'crash' as const, 'stop' as const) });
const action = fc.oneof({ weight: 2, arbitrary: call }, { weight: 1, arbitrary: event });
const decision = fc.constantFrom('live', 'live', 'live', 'slow', 'answer and die', 'die');

it('whatever happens in whatever order, every call ends, with its own answer or a known error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 25 }),
      fc.array(decision, { maxLength: 60 }),
      async (actions, list) => {
        const processes = fakeProcesses(list[Symbol.iterator]());
        const engine = createEngineClient({
          spawn: processes.spawn,
          idleMs: 1,
          backOff: { firstMs: 0.1, mostMs: 1, deaths: 5 },
        });
        const ends: Promise<unknown>[] = [];
        for (const step of actions) {
          if (step.kind === 'call') {
            const abort = new AbortController();
            const pack = { dir: '/', hash: '0'.repeat(64) };
            const input = { pack, phrases: ['x'.repeat(step.length)] };
            const answer = engine.call('retriever.embed', input, abort.signal);
            ends.push(
              answer.then(
                ({ vectors }) => expect([...vectors]).toEqual([step.length]),
                (error: { code: string }) =>
                  expect([
                    'engine-failed',
                    'engine-stopped',
                    ...(step.cancel ? ['cancelled'] : []),
                  ]).toContain(error.code),
              ),
            );
            if (step.cancel) setImmediate(() => abort.abort());
          } else if (step.kind === 'turn') await turn();
          else if (step.kind === 'crash') processes.killAll();
          else void engine.stop();
        }
        await Promise.all(ends);
        await engine.stop();
        expect([processes.alive(), engine.state]).toEqual([0, 'stopped']);
        expect(processes.most()).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});
