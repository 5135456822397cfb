import type { SheetEntry } from '../../../src-main/contract/sheet-calls.ts';
import { hasContexts, hasPairs } from './sheet-words.ts';
import type { SheetOrder } from '../../state/sheet-view.svelte.ts';

/** What a column of the table shows. */
export type SheetColumnId =
  'line' | 'anchor' | 'target' | 'symbol' | 'score' | 'rating' | 'relation' | 'error';

/** A column of the table. */
export interface SheetColumn {
  readonly id: SheetColumnId;
  readonly label: string;
  /** What rows are ordered by when its header is clicked; null: it can't be. */
  readonly sort: SheetOrder | null;
  /** As a track of a CSS grid. */
  readonly width: string;
}

interface Room {
  /** Of the table, in px; 0: not known. */
  readonly width: number;
  /** Whether any row tells a relation. */
  readonly relations: boolean;
}

/** The columns of a sheet that have something to show and room to show it. */
export function sheetColumns(
  { columns, failed }: Pick<SheetEntry, 'columns' | 'failed'>,
  { width, relations }: Room,
): readonly SheetColumn[] {
  const room = (least: number) => width === 0 || width >= least;
  // A list of phrases has nothing that could be scored.
  const pairs = hasPairs({ columns });
  const all: readonly (SheetColumn | false)[] = [
    room(440) && { id: 'line', label: 'Line', sort: 'line', width: '4.75rem' },
    pairs && { id: 'anchor', label: 'Anchor', sort: 'anchor', width: 'minmax(0, 1fr)' },
    { id: 'target', label: pairs ? 'Target' : 'Phrase', sort: 'target', width: 'minmax(0, 1.25fr)' },
    (pairs || hasContexts({ columns })) &&
      room(560) && { id: 'symbol', label: 'Class', sort: 'symbol', width: '4.25rem' },
    pairs && {
      id: 'score',
      label: 'Score',
      sort: 'score',
      width: room(700) ? 'minmax(7rem, 10rem)' : '6rem',
    },
    pairs && room(700) && { id: 'rating', label: 'Meaning', sort: null, width: '10.25rem' },
    relations && room(900) && { id: 'relation', label: 'Relation', sort: null, width: '7rem' },
    failed > 0 && room(1150) && { id: 'error', label: 'Error', sort: null, width: 'minmax(8rem, 0.8fr)' },
  ];
  return all.filter((column) => column !== false);
}
