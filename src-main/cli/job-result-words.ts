import type { JobResult } from '../contract/job.ts';

/** What a finished job gave, in a few words; a name in it must be escaped by whoever prints it. */
export function jobResultWords(result: JobResult): string {
  switch (result.kind) {
    case 'import':
      return `${result.good + result.known} of ${result.rows} rows in ${result.library}`;
    case 'score':
      return `${result.scored} of ${result.rows} rows scored with ${result.scorer} in mode ${result.mode}`;
    case 'export':
      return `${result.rows} rows in ${result.file.name}`;
  }
}
