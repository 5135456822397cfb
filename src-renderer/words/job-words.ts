import type { JobEntry, JobResult } from '../../src-main/contract/job.ts';
import { counted, countWords, rateWords, sizeWords, spanWords } from './quantity.ts';

type Kind = JobEntry['kind'];

/** What a job of each kind counts. */
const units: Readonly<Record<Kind, { readonly one: string; readonly several: string }>> = {
  'cpc-import': { one: 'title', several: 'titles' },
  'library-import': { one: 'row', several: 'rows' },
  embed: { one: 'phrase', several: 'phrases' },
  train: { one: 'row', several: 'rows' },
  'score-file': { one: 'row', several: 'rows' },
  'score-sheet': { one: 'row', several: 'rows' },
  'score-library': { one: 'pair', several: 'pairs' },
  export: { one: 'row', several: 'rows' },
};

/** The kind of a job in a word or two. */
export const kindWords: Readonly<Record<Kind, string>> = {
  'cpc-import': 'CPC titles',
  'library-import': 'Import',
  embed: 'Vectors',
  train: 'Training',
  'score-file': 'Scoring',
  'score-sheet': 'Scoring',
  'score-library': 'Scoring',
  export: 'Export',
};

const stateWords: Readonly<Record<JobEntry['state'], string>> = {
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** The state of a job as the user sees it: what it was asked to do comes before what it still does. */
export function stateOf({ state, stopping }: JobEntry): string {
  if (stopping !== null && state === 'running') return stopping === 'paused' ? 'Pausing…' : 'Cancelling…';
  return stateWords[state];
}

/** The share that is done, 0 to 1; null while it is unknown. */
export function shareOf({ state, done, total }: JobEntry): number | null {
  if (state === 'done') return 1;
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

/** How far a job is, in parts to be shown side by side; a share without a total shows what is done so far. */
export function progressParts(job: JobEntry): readonly string[] {
  const { kind, state, stage, done, total, rate, eta } = job;
  const { one, several } = units[kind];
  const runs = state === 'running';
  const parts: string[] = [];
  if (runs && stage !== null && stage !== '') parts.push(stage);
  if (total !== null && total > 0) parts.push(`${countWords(done)} of ${counted(total, one, several)}`);
  else if (done > 0) parts.push(counted(done, one, several));
  if (runs && rate !== null && job.stopping === null) parts.push(rateWords(rate, several));
  if (runs && eta !== null && job.stopping === null) parts.push(etaWords(eta));
  return parts;
}

/** The time left in words. */
export function etaWords(seconds: number): string {
  return seconds < 2 ? 'nearly done' : `about ${spanWords(seconds)} left`;
}

/** What a finished job gave, in a line. */
export function resultWords(result: JobResult): string {
  switch (result.kind) {
    case 'import': {
      const parts = [
        `${counted(result.good, 'row')} stored`,
        result.bad > 0 ? `${countWords(result.bad)} bad` : null,
        result.known > 0 ? `${countWords(result.known)} known before` : null,
        `${counted(result.added, 'new phrase')} in ${result.library}`,
      ];
      return parts.filter((part) => part !== null).join(', ');
    }
    case 'score': {
      const parts = [
        `${counted(result.scored, 'row')} scored by ${result.scorer}, ${result.mode} mode`,
        result.failed > 0 ? `${countWords(result.failed)} could not be` : null,
        result.cached > 0 ? `${countWords(result.cached)} from earlier scores` : null,
      ];
      return parts.filter((part) => part !== null).join(', ');
    }
    case 'export':
      return `${result.file.name}, ${counted(result.rows, 'row')}, ${sizeWords(result.file.bytes)}`;
  }
}

/** What a screen reader, or a toast on another screen, is told of a job's new state; null where it is not worth it. */
export function spokenChange(job: JobEntry): string | null {
  const { title, state, stopping, error } = job;
  if (state === 'running') return stopping === null ? null : `${title}: ${stateOf(job)}`;
  if (state === 'done') return `${title}: done`;
  if (state === 'failed') return `${title} failed. ${error ?? ''}`.trim();
  if (state === 'queued') return null;
  return `${title}: ${state}`;
}
