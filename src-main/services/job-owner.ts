import type { JobRow } from '../store/tables/job.ts';

/** Who runs a job: kept with it, so that a second process does not take over what the first is doing. */
export interface JobOwner {
  readonly pid: number;
}

// A running job writes its progress every second; process ids are used again after a while.
const silentMilliseconds = 60_000;

/** True where another living process is at work on a job. */
export function isRunElsewhere(job: JobRow, now: Date): boolean {
  const pid = (job.owner as Partial<JobOwner> | null)?.pid;
  if (typeof pid !== 'number' || pid === process.pid) return false;
  return now.getTime() - Date.parse(job.updatedAt) < silentMilliseconds && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
