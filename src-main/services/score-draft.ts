import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { partOf } from './export-file.ts';
import type { JobLine } from './job-kinds.ts';
import { bookPartOf } from './score-book.ts';
import { readCheckpoint, whyAnew, type FileCheckpoint, type OutputBasis } from './score-checkpoint.ts';
import { lengthOf, openPart, type PartFile } from './score-part.ts';

/** What an addition to a draft brings. */
export type Additions = Pick<FileCheckpoint, 'rows' | 'scored' | 'failed' | 'cached'>;

const checkpointMilliseconds = 1000;
const gone = 'the unfinished output is gone';

/**
 * The unfinished output of a job, with the checkpoint that says how much of it is good: what is behind that is cut off
 * when the job goes on.
 */
export class Draft {
  /** Why an earlier draft was thrown away, in words. */
  readonly anew: string | null;
  readonly #line: Pick<JobLine, 'save'>;
  readonly #file: PartFile | null;
  #state: FileCheckpoint;
  #savedAt = performance.now();

  private constructor(
    line: Pick<JobLine, 'save'>,
    {
      file,
      state,
      anew,
    }: { readonly file: PartFile | null; readonly state: FileCheckpoint; readonly anew: string | null },
  ) {
    this.#line = line;
    this.#file = file;
    this.#state = state;
    this.anew = anew;
  }

  /** Takes up the draft of a job behind its checkpoint, or starts it, anew where it is a draft of something else. */
  static async open(
    line: Pick<JobLine, 'jobId' | 'checkpoint' | 'save'>,
    output: string,
    basis: OutputBasis,
  ): Promise<Draft> {
    const saved = readCheckpoint(line.checkpoint);
    let anew = saved === null ? null : whyAnew(saved.basis, basis);
    if (saved !== null && anew === null) {
      if (saved.whole && (await isWhole(saved, output))) {
        return new Draft(line, { file: null, state: saved, anew: null });
      }
      const file = saved.whole || saved.bytes === 0 ? null : await openPart(saved.part, output, saved.bytes);
      if (file !== null) return new Draft(line, { file, state: saved, anew: null });
      if (saved.bytes > 0) anew = gone;
    }
    const part = saved?.part ?? partOf(output, `job${line.jobId}-${randomBytes(4).toString('hex')}`);
    const state = { part, basis, rows: 0, bytes: 0, scored: 0, failed: 0, cached: 0, whole: false };
    // Noted before it is there, so that nothing lies on the disk that nobody knows of.
    line.save(state);
    const file = await openPart(part, output, 0);
    return new Draft(line, { file, state, anew });
  }

  /** How far it is. */
  get state(): FileCheckpoint {
    return this.#state;
  }

  /** Adds lines; about once a second everything is made sure of and noted. */
  async append(text: string, more: Additions): Promise<void> {
    await this.#file?.write(text);
    const { rows, scored, failed, cached } = this.#state;
    this.#state = {
      ...this.#state,
      rows: rows + more.rows,
      bytes: this.#file?.bytes ?? this.#state.bytes,
      scored: scored + more.scored,
      failed: failed + more.failed,
      cached: cached + more.cached,
    };
    if (performance.now() - this.#savedAt >= checkpointMilliseconds) await this.keep();
  }

  /** Makes sure of everything added so far, and notes it. */
  async keep(whole = false): Promise<void> {
    await this.#file?.sync();
    this.#state = { ...this.#state, whole: whole || this.#state.whole };
    this.#line.save(this.#state);
    this.#savedAt = performance.now();
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

/** Removes the draft that a checkpoint tells of. */
export async function discardDraft(saved: unknown): Promise<void> {
  const state = readCheckpoint(saved);
  if (state === null) return;
  await rm(state.part, { force: true });
  await rm(bookPartOf(state), { force: true });
}

/** Whether the finished draft is there, under its own name or the final one already. */
async function isWhole({ part, bytes }: FileCheckpoint, output: string): Promise<boolean> {
  return (await lengthOf(part)) === bytes || (await lengthOf(output)) === bytes;
}
