import { constants } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../contract/app-error.ts';

/** A file that grows beside its final place and can be taken up again where it was. */
export interface PartFile {
  /** How long it is with all that was written. */
  readonly bytes: number;
  write(text: string): Promise<void>;
  /** Makes sure that everything written so far is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a part file anew, or takes it up behind its first bytes; null where it does not have so many any more. */
export async function openPart(part: string, output: string, bytes: number): Promise<PartFile | null> {
  try {
    // Whatever lies there is not followed and not written through: a new file takes its place.
    if (bytes === 0) await rm(part, { force: true });
    else if (!(await cutTo(part, bytes))) return null;
    const { O_APPEND, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    const file = await open(part, O_APPEND | O_WRONLY | (bytes === 0 ? O_CREAT | O_EXCL : O_NOFOLLOW), 0o666);
    let length = bytes;
    const told = async (work: Promise<unknown>): Promise<void> => {
      await work.catch((cause: unknown) => {
        throw writeError(output, cause);
      });
    };
    return {
      get bytes() {
        return length;
      },
      async write(text) {
        const chunk = Buffer.from(text);
        await told(file.appendFile(chunk));
        length += chunk.length;
      },
      sync: () => told(file.sync()),
      close: () => told(file.close()),
    };
  } catch (cause) {
    throw writeError(output, cause);
  }
}

/** Gives a finished part its name; an earlier file of that name stays until then. */
export async function namePart(part: string, output: string): Promise<void> {
  try {
    await rename(part, resolve(output));
    await syncFolder(dirname(resolve(output)));
  } catch (cause) {
    throw writeError(output, cause);
  }
}

/** The length of a file, null where there is none. */
export async function lengthOf(path: string): Promise<number | null> {
  const about = await stat(path).catch(() => null);
  return about?.isFile() === true ? about.size : null;
}

/** Refuses an output that is a folder, or the input under whatever name: links and case-blind file systems too. */
export async function refuseOutput(input: string, output: string): Promise<void> {
  const [from, to] = await Promise.all([stat(input).catch(() => null), stat(output).catch(() => null)]);
  if (to?.isDirectory() === true) {
    const message = `${output} is a folder. Pass the name of the file to write.`;
    throw new AppError('bad-input', message, { path: output });
  }
  const same =
    resolve(input) === resolve(output) ||
    (from !== null && to !== null && from.ino === to.ino && from.dev === to.dev);
  if (!same) return;
  const message = `The output ${output} is the input itself. Choose another file for the output.`;
  throw new AppError('bad-input', message, { path: output });
}

async function cutTo(part: string, bytes: number): Promise<boolean> {
  const file = await open(part, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    if (size < bytes) return false;
    await file.truncate(bytes);
    return true;
  } finally {
    await file.close();
  }
}

/** Makes sure that the new name survives a loss of power, where the system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => null);
  await opened?.sync().catch(() => {});
  await opened?.close();
}

function writeError(path: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const options = { cause };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk is full while ${path} is written. Free some space and try again; what was done is kept.`;
    return new AppError('disk-full', message, { path }, options);
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `${path} can't be written: its folder does not exist.`;
    return new AppError('bad-input', message, { path }, options);
  }
  const message = `${path} can't be written (${code}). Check its folder and your rights there.`;
  return new AppError('forbidden', message, { path }, options);
}
