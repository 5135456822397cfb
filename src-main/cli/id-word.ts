import { UsageError } from './usage-error.ts';

/** The number of a job as it was typed. */
export function idWord(word: string | undefined, command: string): number {
  const id = /^\d{1,15}$/.test(word ?? '') ? Number(word) : 0;
  if (id > 0) return id;
  throw new UsageError(
    `ID: found "${word ?? ''}", expected the number of a job, as jobs list shows it.`,
    command,
  );
}
