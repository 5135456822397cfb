import { hostname } from 'node:os';
import type { Redis } from 'ioredis';

// Which packs the workers at a queue have, so that whoever waits for nobody can be told why.

const prefix = 'priorphrase:worker:';
const secondsKept = 15;

/** Tells every few seconds that this worker is there with its pack; the result ends that. */
export function announce(
  redis: Redis,
  pack: { readonly id: string; readonly hash: string },
): () => Promise<void> {
  const key = `${prefix}${hostname()}:${process.pid}`;
  const value = JSON.stringify({ id: pack.id, hash: pack.hash });
  const tell = (): void => void redis.set(key, value, 'EX', secondsKept).catch(() => {});
  tell();
  const timer = setInterval(tell, (secondsKept * 1000) / 3);
  return async () => {
    clearInterval(timer);
    await redis.del(key).catch(() => {});
  };
}

/** The workers at a queue: where each runs and which pack it has. */
export async function workersPresent(
  redis: Redis,
): Promise<readonly { readonly place: string; readonly id: string; readonly hash: string }[]> {
  const keys: string[] = [];
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 200);
    cursor = next;
    keys.push(...found);
  } while (cursor !== '0');
  const values = keys.length === 0 ? [] : await redis.mget(keys);
  return keys.flatMap((key, at) => {
    const value = parsed(values[at] ?? null);
    return value === null ? [] : [{ place: key.slice(prefix.length), ...value }];
  });
}

function parsed(text: string | null): { readonly id: string; readonly hash: string } | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { id, hash } = value as Record<string, unknown>;
    return typeof id === 'string' && typeof hash === 'string' ? { id, hash } : null;
  } catch {
    return null;
  }
}
