import { describe, expect } from 'vitest';
import { ResultsView } from '../../../src-renderer/state/results-view.svelte.ts';
import { scoredPhrases } from '../support/fake-phrases.ts';
import { testWithEffect } from '../support/with-effect.svelte.ts';

const results = scoredPhrases(46);
const make = () => new ResultsView(() => results);
const ranks = (view: ResultsView) => view.selectedRows.map((row) => row.rank);

describe('ResultsView', () => {
  testWithEffect('filters by every word of the text and by the start of a symbol', () => {
    const view = make();
    view.text = 'POLLUTION reduction';
    expect(view.rows.map((row) => row.result.phrase)).toEqual([
      'reduction of pollution',
      'pollution reduction',
    ]);
    view.text = 'b63';
    expect(
      view.rows.every((row) => row.result.sources.some((source) => source.symbol?.startsWith('B63'))),
    ).toBe(true);
    expect(view.rows.length).toBeGreaterThan(1);
  });

  testWithEffect('keeps the rank of the whole ranking under a filter', () => {
    const view = make();
    view.text = 'noise reduction';
    expect(view.rows.map((row) => row.rank)).toEqual([19]);
  });

  testWithEffect('counts cumulatively and filters by the least rating', () => {
    const view = make();
    const { counts } = view;
    expect(counts[0]).toBe(46);
    expect(counts[4]).toBe(view.spread[4]);
    expect(counts[3]).toBe(view.spread[4] + view.spread[3]);
    view.minimum = 3;
    expect(view.rows.length).toBe(counts[3]);
    expect(view.rows.every((row) => row.result.rating! >= 3)).toBe(true);
  });

  testWithEffect('moves within the ends and starts at the first line', () => {
    const view = make();
    view.move(1);
    expect(view.active?.rank).toBe(1);
    view.move(-1);
    expect(view.active?.rank).toBe(1);
    view.move(Infinity);
    expect(view.active?.rank).toBe(46);
    view.move(-10);
    expect(view.active?.rank).toBe(36);
    view.move(-Infinity);
    expect(view.active?.rank).toBe(1);
  });

  testWithEffect('selects a range from where the movement began, and gives it up again', () => {
    const view = make();
    view.activate(results[4]!.phraseId);
    view.move(1, true);
    view.move(1, true);
    expect(ranks(view)).toEqual([5, 6, 7]);
    view.move(-1, true);
    expect(ranks(view)).toEqual([5, 6]);
    view.extendTo(results[2]!.phraseId);
    expect(ranks(view)).toEqual([3, 4, 5]);
  });

  testWithEffect('leaves lines that the filter hides out of the selection and of the details', () => {
    const view = make();
    view.selectAll();
    view.activate(results[0]!.phraseId);
    view.openDetails();
    view.text = 'noise';
    expect(view.selectedRows.length).toBe(view.rows.length);
    expect(view.open).toBe(false);
    view.clearFilter();
    expect(view.open).toBe(true);
  });
});
