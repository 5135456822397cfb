import type { JobEntry } from '../../../src-main/contract/job.ts';
import type { AppState } from '../../state/app-state.ts';
import { spokenChange } from '../../words/job-words.ts';

/**
 * Tells the user that a job has changed its state: by a toast where no screen in sight shows it, else to screen readers
 * alone. Vectors follow by themselves, so that only their failure is told.
 */
export function tellChange(app: AppState, job: JobEntry): void {
  const words = spokenChange(job);
  if (words === null || (job.kind === 'embed' && job.state !== 'failed')) return;
  const { screen } = app.navigation;
  const inSight =
    screen === 'jobs' ||
    (screen === 'import' && app.importForm.job?.id === job.id) ||
    (screen === 'sheets' && job.sheetId !== undefined && app.sheetView.id === job.sheetId);
  const toast = !inSight && (job.state === 'done' || job.state === 'failed') && job.kind !== 'export';
  if (toast) app.notices.show(words, job.state === 'failed' ? 'failed' : 'done');
  else app.notices.say(words);
}
