import { flushSync } from 'svelte';
import { test } from 'vitest';

/** A test whose body may use effects; they end with it. */
export function testWithEffect(name: string, body: () => void | Promise<void>): void {
  test(name, async () => {
    let done: void | Promise<void> = undefined;
    const stop = $effect.root(() => {
      done = body();
    });
    try {
      await done;
    } finally {
      stop();
    }
  });
}

/** Lets answered promises and the effects of what they changed take place. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  flushSync();
}
