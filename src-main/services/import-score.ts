import type { OffScale } from '../contract/import-calls.ts';

// Number() alone takes "", "0x1" and "Infinity" for numbers; spreadsheets of many countries write 0,25.
const plainNumber = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?$/;
const ratingCode = /^([0-4])[a-d]?$/;

/**
 * The score that a cell gives, NaN where it is empty, or what was expected. `rating`: the cell holds a rating code, which
 * is worth its digit's step; any other text says nothing.
 */
export function labelOf(cell: string, mode: OffScale | 'rating'): number | { readonly expected: string } {
  const text = cell.trim();
  if (text === '') return NaN;
  if (mode === 'rating') {
    const digit = ratingCode.exec(text)?.[1];
    return digit === undefined ? NaN : Number(digit) / 4;
  }
  if (!plainNumber.test(text)) return { expected: 'a score: 0, 0.25, 0.5, 0.75 or 1' };
  const score = Number(text.replace(',', '.'));
  const step = Math.min(1, Math.max(0, Math.round(score * 4) / 4));
  if (score === step || mode === 'snap') return step;
  if (mode === 'keep' && Number.isFinite(score)) return score;
  return { expected: 'a score on the scale: 0, 0.25, 0.5, 0.75 or 1' };
}
