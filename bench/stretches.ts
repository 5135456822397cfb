import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The stretches in which a process answered nobody. */
export interface Stretches {
  /** Forgets what was seen so far. */
  reset(): void;
  /** What was seen, as text. */
  told(): string;
  stop(): void;
}

/**
 * Watches the event loop of this process, by the clock and by the processor's time of its thread: on a busy machine a
 * stretch lasts as long as others make it last, but it never takes more of the processor than the work in it.
 */
export function watchStretches(): Stretches {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let before = threadMilliseconds();
  let longest = 0;
  const timer = setInterval(() => {
    const now = threadMilliseconds();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1);
  return {
    reset() {
      delay.reset();
      longest = 0;
    },
    told: () =>
      `longest gap of the event loop ${(delay.max / 1e6).toFixed(0)} ms (p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms), ` +
      `with at most ${longest.toFixed(0)} ms of the processor`,
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}

function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
