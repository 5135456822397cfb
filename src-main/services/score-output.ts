import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';

/** A file that appears whole under its name, or not at all. */
export interface WholeFile {
  write(text: string): Promise<void>;
  /** Makes sure that everything is on the disk, and gives the file its name. */
  finish(): Promise<void>;
  /** Removes what was written; does nothing after `finish`. */
  discard(): Promise<void>;
}

/** Starts a file beside its final place, under another name until it is finished; an earlier file stays until then. */
export async function startWholeFile(path: string): Promise<WholeFile> {
  const target = resolve(path);
  const about = await stat(target).catch(() => null);
  if (about?.isDirectory() === true) {
    throw new AppError('bad-input', `${path} is a folder. Pass the name of the file to write.`, { path });
  }
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
  const file = await open(temporary, 'wx').catch((cause: unknown) => {
    throw writeError(path, cause);
  });
  let state: 'open' | 'finished' | 'discarded' = 'open';
  return {
    async write(text) {
      await file.appendFile(text).catch((cause: unknown) => {
        throw writeError(path, cause);
      });
    },
    async finish() {
      try {
        await file.sync();
        await file.close();
        await rename(temporary, target);
      } catch (cause) {
        throw writeError(path, cause);
      }
      state = 'finished';
    },
    async discard() {
      if (state !== 'open') return;
      state = 'discarded';
      await file.close().catch(() => {});
      await rm(temporary, { force: true });
    },
  };
}

/** Refuses an output that is the input, under whatever name: links and case-blind file systems too. */
export async function refuseSameFile(input: string, output: string): Promise<void> {
  const [from, to] = await Promise.all([stat(input).catch(() => null), stat(output).catch(() => null)]);
  const same =
    resolve(input) === resolve(output) ||
    (from !== null && to !== null && from.ino === to.ino && from.dev === to.dev);
  if (!same) return;
  throw new AppError(
    'bad-input',
    `The output ${output} is the input itself. Choose another file for the output.`,
    {
      path: output,
    },
  );
}

function writeError(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const options = { cause };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk-full',
      `The disk is full while ${path} is written. Free some space and try again.`,
      { path },
      options,
    );
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError(
      'bad-input',
      `${path} can't be written: its folder does not exist.`,
      { path },
      options,
    );
  }
  return new AppError(
    'forbidden',
    `${path} can't be written (${code}). Check its folder and your rights there.`,
    { path },
    options,
  );
}
