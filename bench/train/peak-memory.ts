import { readFileSync } from 'node:fs';

/** The most memory that this process has held, in bytes, by the operating system's count; 0 where that is not to be had. */
export function peakBytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
