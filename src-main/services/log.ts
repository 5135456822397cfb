import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Notes what went wrong, for a person who looks into it; never throws. */
export type Log = (message: string, error?: unknown) => void;

const mostBytes = 1_000_000;

function size(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** A log in the workspace: `priorphrase.log`, at most 1 MB, the one before it kept as `priorphrase.log.1`. */
export function createLog(dataDir: string, now: () => Date = () => new Date()): Log {
  const path = join(dataDir, 'priorphrase.log');
  return (message, error) => {
    const detail =
      error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error);
    try {
      if (size(path) > mostBytes) renameSync(path, `${path}.1`);
      appendFileSync(path, `${now().toISOString()} ${message}${detail === '' ? '' : `\n${detail}`}\n`, {
        mode: 0o600,
      });
    } catch {
      // A full disk or a workspace that is gone: the log is the least of what is lost.
    }
  };
}
