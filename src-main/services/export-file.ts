import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';

/** A file that appears whole under its name, or not at all. */
export interface ExportFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes sure that everything is on the disk, and gives the file its name. */
  finish(): Promise<void>;
  /** Removes what was written; does nothing after `finish`. */
  discard(): Promise<void>;
}

/** Where a file lies until it is whole: beside its final place, so that the last step is a rename. */
export function partOf(output: string, name: string): string {
  const target = resolve(output);
  return join(dirname(target), `.${basename(target).slice(0, 100)}.${name}.part`);
}

/** Starts a file under the name of its part; an earlier file of its own name stays until this one is whole. */
export async function startExportFile(output: string, part: string): Promise<ExportFile> {
  const target = resolve(output);
  const about = await stat(target).catch(() => null);
  if (about?.isDirectory() === true) {
    const message = `${output} is a folder. Pass the name of the file to write.`;
    throw new AppError('bad-input', message, { path: output });
  }
  const told = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (cause) {
      throw writeError(output, cause);
    }
  };
  const file = await told(open(part, 'wx'));
  let state: 'open' | 'finished' | 'discarded' = 'open';
  return {
    write: (bytes) => told(file.appendFile(bytes)),
    async finish() {
      await told(file.sync());
      await told(file.close());
      await told(rename(part, target));
      state = 'finished';
    },
    async discard() {
      if (state !== 'open') return;
      state = 'discarded';
      await file.close().catch(() => {});
      await rm(part, { force: true });
    },
  };
}

function writeError(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const options = { cause };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk is full while ${path} is written. Free some space and try again.`;
    return new AppError('disk-full', message, { path }, options);
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `${path} can't be written: its folder does not exist.`;
    return new AppError('bad-input', message, { path }, options);
  }
  const message = `${path} can't be written (${code}). Check its folder and your rights there.`;
  return new AppError('forbidden', message, { path }, options);
}
