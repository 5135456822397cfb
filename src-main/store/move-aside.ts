import { existsSync, renameSync } from 'node:fs';

/** Renames a damaged database with its log files, so that a fresh one can be made; gives the new path of the file. */
export function moveAside(path: string, now = new Date()): string {
  const stamp = now.toISOString().replace(/[:.]/g, '-');
  const target = `${path}.corrupt-${stamp}`;
  // The logs first: a new database must never meet the log of an old one.
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(path + ending)) renameSync(path + ending, target + ending);
  }
  return target;
}
