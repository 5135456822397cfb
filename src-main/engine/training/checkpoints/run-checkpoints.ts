import { mkdirSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../contract/app-error.ts';
import type { ParameterMemory } from '../memory/parameter-memory.ts';
import { identitySchema, progressSchema, type Progress, type RunIdentity } from './progress.ts';
import { readSealed, writeSealed, type WriteBytes } from './sealed-folder.ts';

const kept = 2;
const factsSchema = z.strictObject({
  format: z.literal(1),
  identity: identitySchema,
  progress: progressSchema,
});

const otherWords: Readonly<Record<keyof RunIdentity, string>> = {
  recipe: 'another recipe',
  dataHash: 'other rows',
  parameters: 'other parameters',
};

/** The checkpoints of one run, in a folder of its own: the last two, and the weights of the best epoch. */
export class RunCheckpoints {
  readonly #folder: string;
  readonly #identity: RunIdentity;
  readonly #write: WriteBytes;

  constructor(folder: string, identity: RunIdentity, write: WriteBytes = writeSync) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#identity = identity;
    this.#write = write;
  }

  /** Saves parameters, moments and progress; afterwards, checkpoints before the last two are removed. */
  save(memory: ParameterMemory, progress: Progress): void {
    const facts = { format: 1, identity: this.#identity, progress };
    writeSealed(this.#path('step', progress.step), facts, stateOf(memory), this.#write);
    for (const step of this.#steps('step').slice(kept)) this.#remove('step', step);
    // Only now does no checkpoint speak of an older best any more.
    const spokenOf = new Set(this.#steps('step').map((step) => this.#bestOf(step)));
    for (const step of this.#steps('best')) if (!spokenOf.has(step)) this.#remove('best', step);
  }

  /** Saves the weights of the best epoch so far, which ended at a step. */
  saveBest(memory: ParameterMemory, step: number): void {
    writeSealed(this.#path('best', step), { format: 1 }, [memory.region('values')], this.#write);
  }

  /** Reads the weights of the best epoch into the memory; says whether they were there and whole. */
  readBest(memory: ParameterMemory, step: number): boolean {
    return readSealed(this.#path('best', step))?.readInto([memory.region('values')]) ?? false;
  }

  /**
   * Reads the newest checkpoint that is whole into the memory and gives its progress; null where there is none. Throws `conflict`
   * where the folder belongs to another run.
   */
  resume(memory: ParameterMemory): Progress | null {
    for (const step of this.#steps('step')) {
      const sealed = readSealed(this.#path('step', step));
      const facts = factsSchema.safeParse(sealed?.facts);
      if (!sealed || !facts.success) continue;
      this.#requireSame(facts.data.identity);
      if (sealed.readInto(stateOf(memory))) return facts.data.progress;
    }
    return null;
  }

  #requireSame(found: RunIdentity): void {
    const different = (Object.keys(otherWords) as (keyof RunIdentity)[])
      .filter((key) => found[key] !== this.#identity[key])
      .map((key) => otherWords[key]);
    if (different.length === 0) return;
    throw new AppError(
      'conflict',
      `The checkpoints in ${this.#folder} are of a run with ${different.join(' and ')}. ` +
        'Resume with the same ones, or start anew in an empty folder.',
      { path: this.#folder, different },
    );
  }

  #bestOf(step: number): number | null {
    const facts = factsSchema.safeParse(readSealed(this.#path('step', step))?.facts);
    return facts.success ? (facts.data.progress.best?.step ?? null) : null;
  }

  #path(kind: 'step' | 'best', step: number): string {
    return join(this.#folder, `${kind}-${String(step).padStart(8, '0')}`);
  }

  #remove(kind: 'step' | 'best', step: number): void {
    rmSync(this.#path(kind, step), { recursive: true, force: true });
  }

  /** Newest first. */
  #steps(kind: 'step' | 'best'): number[] {
    const pattern = new RegExp(`^${kind}-(\\d+)$`);
    return readdirSync(this.#folder)
      .flatMap((name) => {
        const found = pattern.exec(name);
        return found ? [Number(found[1])] : [];
      })
      .sort((a, b) => b - a);
  }
}

function stateOf(memory: ParameterMemory): Uint8Array[] {
  return [memory.region('values'), memory.region('firstMoments'), memory.region('secondMoments')];
}
