import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../../src-main/engine/training/checkpoints/progress.ts';
import { RunCheckpoints } from '../../../../src-main/engine/training/checkpoints/run-checkpoints.ts';
import { ParameterMemory } from '../../../../src-main/engine/training/memory/parameter-memory.ts';

const identity = { recipe: '{}', dataHash: 'rows', parameters: 'w [4]' };
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'priorphrase-checkpoints-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function memoryOf(value: number): ParameterMemory {
  const memory = new ParameterMemory({
    parameters: [{ name: 'w', shape: [4], trained: true }],
    accumulates: false,
    scratch: {},
  });
  memory.values('w').fill(value);
  memory.region('firstMoments').fill(value);
  return memory;
}

function progressAt(step: number, best: number | null = null): Progress {
  return {
    step,
    epoch: 0,
    stepInEpoch: step,
    order: [1, 2, 3, 4],
    masks: new Array<number>(16).fill(7),
    lossSum: 0.1 + 0.2,
    rowsSeen: 8,
    history: [],
    best: best === null ? null : { epoch: 1, step: best, value: 0.5 },
  };
}

const numbersOf = (step: number) => join(folder, `step-${String(step).padStart(8, '0')}`, 'numbers.bin');

describe('checkpoints', () => {
  it('give back numbers and progress as they were', () => {
    const store = new RunCheckpoints(folder, identity);
    store.save(memoryOf(3), progressAt(5));
    const memory = memoryOf(0);
    expect(store.resume(memory)).toEqual(progressAt(5));
    expect([...memory.values('w')]).toEqual([3, 3, 3, 3]);
    expect(memory.region('firstMoments')).toEqual(memoryOf(3).region('firstMoments'));
  });

  it('keep the last two, and the best weights that these speak of', () => {
    const store = new RunCheckpoints(folder, identity);
    store.saveBest(memoryOf(1), 1);
    store.save(memoryOf(1), progressAt(1, 1));
    store.save(memoryOf(2), progressAt(2, 1));
    store.saveBest(memoryOf(3), 3);
    store.save(memoryOf(3), progressAt(3, 3));
    // A kill now may throw the run back to step 2, whose best is that of step 1.
    expect(readdirSync(folder)).toEqual(['best-00000001', 'best-00000003', 'step-00000002', 'step-00000003']);
    store.save(memoryOf(4), progressAt(4, 3));
    expect(readdirSync(folder)).toEqual(['best-00000003', 'step-00000003', 'step-00000004']);
  });

  it.each([
    ['cut off', (path: string) => truncateSync(path, 100)],
    ['lost', (path: string) => rmSync(path)],
    [
      'changed in one bit',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[9] = (bytes[9] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
  ])('that are damaged are passed over for the one before: numbers %s', (_, damage) => {
    const store = new RunCheckpoints(folder, identity);
    store.save(memoryOf(1), progressAt(1));
    store.save(memoryOf(2), progressAt(2));
    damage(numbersOf(2));
    const memory = memoryOf(0);
    expect(store.resume(memory)?.step).toBe(1);
    expect([...memory.values('w')]).toEqual([1, 1, 1, 1]);
  });

  it('whose facts are damaged are passed over too', () => {
    const store = new RunCheckpoints(folder, identity);
    store.save(memoryOf(1), progressAt(1));
    store.save(memoryOf(2), progressAt(2));
    writeFileSync(join(folder, 'step-00000002', 'facts.json'), '{"facts": {"format": 1}');
    expect(store.resume(memoryOf(0))?.step).toBe(1);
  });

  it('that were not written to the end are never seen', () => {
    const store = new RunCheckpoints(folder, identity);
    store.save(memoryOf(1), progressAt(1));
    const failing = new RunCheckpoints(folder, identity, () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
    expect(() => failing.save(memoryOf(2), progressAt(2))).toThrow('The disk is full');
    expect(readdirSync(folder)).toEqual(['step-00000001']);
    expect(store.resume(memoryOf(0))?.step).toBe(1);
  });

  it('of another run are refused', () => {
    new RunCheckpoints(folder, identity).save(memoryOf(1), progressAt(1));
    const other = new RunCheckpoints(folder, { ...identity, parameters: 'w [4]; b [1]' });
    expect(() => other.resume(memoryOf(0))).toThrow('other parameters');
  });
});
