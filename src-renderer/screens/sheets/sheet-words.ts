import type { ScoreMode } from '../../../src-main/contract/job.ts';
import type { SheetEntry } from '../../../src-main/contract/sheet-calls.ts';

/** The two ways to score, with what each means. */
export const modeChoices: readonly {
  readonly id: ScoreMode;
  readonly label: string;
  readonly means: string;
}[] = [
  {
    id: 'pair',
    label: 'Pair by pair',
    means: 'Each row for itself: a pair has the same score wherever it stands.',
  },
  {
    id: 'list',
    label: 'As lists',
    means:
      'Each row among all rows of its anchor and class: closer to human ratings where an anchor has many targets.',
  },
];

/** How the scores of a sheet were made. */
export function scoringWords({ scoring }: Pick<SheetEntry, 'scoring'>): string {
  if (scoring === null) return 'Not scored yet';
  const way = scoring.mode === 'pair' ? 'pair by pair' : 'as lists';
  return `${scoring.scorer}, ${way}${scoring.context === null ? '' : `, in ${scoring.context}`}`;
}

/** Whether rows have an anchor to compare with; a list of phrases has none. */
export function hasPairs({ columns }: Pick<SheetEntry, 'columns'>): boolean {
  return columns.length === 0 || columns.some(({ role }) => role === 'anchor');
}

/** Whether rows have classes of their own. */
export function hasContexts({ columns }: Pick<SheetEntry, 'columns'>): boolean {
  return columns.some(({ role }) => role === 'context');
}
