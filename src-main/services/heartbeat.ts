import type { OnProgress } from './app.ts';

const everyMilliseconds = 10_000;

/**
 * Repeats the last report of work that is silent for long, such as while a slow scorer works on its first rows: a job
 * that is silent for a minute counts as dead to other processes.
 */
export async function withHeartbeat<Result>(
  onProgress: OnProgress,
  work: (report: OnProgress) => Promise<Result>,
): Promise<Result> {
  let last: Parameters<OnProgress> = [0, null, 'Starting'];
  const report: OnProgress = (...progress) => {
    last = progress;
    onProgress(...progress);
  };
  const timer = setInterval(() => onProgress(...last), everyMilliseconds);
  try {
    return await work(report);
  } finally {
    clearInterval(timer);
  }
}
