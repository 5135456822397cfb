import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ImportPlan } from './import-plan.ts';
import { throwIfCancelled } from './paced-batches.ts';

/** Names the bytes of a file and how they are read: the same for the same import, whatever the file is called. */
export async function contentHash(
  { path, choices, columns, offScale }: Pick<ImportPlan, 'path' | 'choices' | 'columns' | 'offScale'>,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([choices, columns, offScale]));
  for await (const bytes of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    throwIfCancelled(signal);
    hash.update(bytes as Buffer);
  }
  return hash.digest('hex');
}
