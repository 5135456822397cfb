import { readImport } from './import-reader.ts';
import type { ImportPlan } from './import-plan.ts';
import { readOnThread, type ChunkSource } from './import-thread.ts';

// Below this, starting a thread takes longer than reading.
const threadFrom = 512 * 1024;
const smallBlock = { rows: 1000, characters: 2 ** 18 };

/** Reads a file of so many bytes, on a thread where that is worth it. */
export function importSource(plan: ImportPlan, bytes: number, signal?: AbortSignal): ChunkSource {
  if (bytes >= threadFrom) return readOnThread(plan, signal);
  const chunks = readImport(plan, smallBlock, signal);
  return {
    next: async () => (await chunks.next()).value ?? null,
    ready: () => null,
    close: async () => void (await chunks.return(undefined)),
  };
}
