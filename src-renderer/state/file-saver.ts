import { AppError } from '../../src-main/contract/app-error.ts';
import type { CallInput } from '../../src-main/contract/calls.ts';
import type { Api } from '../../src-main/contract/transport.ts';
import type { JobList } from './job-list.svelte.ts';

/** What to write, and how. */
export type FileExport = CallInput<'exports.start'>;

/**
 * Writes a file as a job, waits for it and lets the user save it; false where it was not saved. `onStarted` hears the id of
 * the job.
 */
export async function exportAndSave(
  api: Api,
  jobs: JobList,
  what: FileExport,
  onStarted: (jobId: number) => void = () => {},
): Promise<boolean> {
  const started = await api.call('exports.start', what);
  jobs.take(started);
  onStarted(started.id);
  const job = await jobs.untilEnded(started.id);
  if (job.state === 'cancelled') return false;
  if (job.state === 'failed' || job.result?.kind !== 'export') {
    throw new AppError('internal', job.error ?? 'The file could not be made. Please try again.');
  }
  return await api.saveFile(job.result.file);
}
