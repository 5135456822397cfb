import { Redis } from 'ioredis';
import { AppError } from '../contract/app-error.ts';
import { shownAddress } from './queue-address.ts';

const patienceMs = 5000;

/** Connects to a Redis server; throws where it does not answer. A connection that breaks later is made again. */
export async function connect(url: URL): Promise<Redis> {
  // BullMQ waits in commands that may take for ever: no command may give up by itself.
  const redis = new Redis(url.href, { maxRetriesPerRequest: null, connectTimeout: patienceMs });
  let reason = `no answer within ${patienceMs / 1000} seconds`;
  const onError = (error: Error): void => void (reason = error.message);
  redis.on('error', onError);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(reason)), patienceMs);
  try {
    await Promise.race([redis.ping(), late]);
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw new AppError(
      'not-found',
      `The queue at ${shownAddress(url)} can't be used: ${reason}. Check that Redis runs there and that this computer may reach it.`,
      { queue: shownAddress(url) },
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** The name of the queue of a pack: workers with another pack never see its chunks. */
export function queueName(packHash: string): string {
  return `priorphrase-${packHash}`;
}

/** Longest silence of a worker before its chunk is given to another, in milliseconds. */
export const silenceMs = 10_000;
