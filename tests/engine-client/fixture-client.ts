import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createEngineClient, type EngineClientOptions } from '../../src-main/engine-client/engine-client.ts';
import type { Engine } from '../../src-main/engine-client/engine.ts';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';

const entry = join(import.meta.dirname, 'fixtures/engine.mjs');
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A client of the engine in fixtures/, with what can be observed of it. */
export interface FixtureClient {
  readonly engine: Engine;
  /** The states so far, with their reasons. */
  readonly states: [string, string | null][];
  /** The process ids of the processes started so far. */
  pids(): number[];
  /** Calls that the processes were told to cancel. */
  cancelled(): number[];
  /** Embeds phrases; the fixture answers with their lengths. */
  embed(phrases: string[], signal?: AbortSignal): Promise<number[]>;
}

const quick = { firstMs: 5, mostMs: 40, deaths: 5 };

/** Makes a client whose process behaves as `mode` says; it is stopped after the test. */
export function fixtureClient(options: Partial<EngineClientOptions> = {}, mode = ''): FixtureClient {
  const folder = mkdtempSync(join(tmpdir(), 'priorphrase-'));
  const states: [string, string | null][] = [];
  const engine = createEngineClient({
    spawn: forkEngine(entry, { env: { STARTS: join(folder, 'starts'), MODE: mode } }),
    backOff: quick,
    onState: (state, reason) => states.push([state, reason]),
    ...options,
  });
  cleanUps.push(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const numbers = (file: string): number[] => {
    try {
      return readFileSync(join(folder, file), 'utf8').trim().split('\n').map(Number);
    } catch {
      return [];
    }
  };
  return {
    engine,
    states,
    pids: () => numbers('starts'),
    cancelled: () => numbers('cancelled'),
    async embed(phrases, signal) {
      const pack = { dir: '/nowhere', hash: '0'.repeat(64) };
      return [...(await engine.call('retriever.embed', { pack, phrases }, signal)).vectors];
    },
  };
}

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Whether a process exists. */
export function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
