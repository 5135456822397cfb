import { describe, expect, it } from 'vitest';
import { groupOf, listFitOf, listScore } from '../../src-main/contract/list-score.ts';
import type { LibraryScoring, SheetScoring } from '../../src-main/services/score-jobs.ts';
import { createHandlers } from '../../src-main/services/handlers.ts';
import { upsertPhrases } from '../../src-main/store/tables/phrase.ts';
import { addSheetRows, completeSheet, insertSheet } from '../../src-main/store/tables/sheet-write.ts';
import { readSheetScores } from '../../src-main/store/tables/sheet-score.ts';
import { getJob } from '../../src-main/store/tables/job.ts';
import type { Store } from '../../src-main/store/store.ts';
import { fakeScore } from '../support/fake-engine.ts';
import { addLibrary } from '../support/lookup-fixture.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scoringFixture } from '../support/scoring-fixture.ts';

type Row = readonly [anchor: string, target: string, symbol: string];

function addRows(store: Store, sheetId: number, rows: readonly Row[], firstLine = 2): void {
  const ids = (texts: readonly string[]): Int32Array => Int32Array.from(upsertPhrases(store, texts));
  addSheetRows(store, sheetId, {
    lines: Int32Array.from(rows, (_, at) => firstLine + at),
    anchors: ids(rows.map(([anchor]) => anchor)),
    targets: ids(rows.map(([, target]) => target)),
    symbols: rows.map(([, , symbol]) => symbol),
    labels: new Float64Array(rows.length).fill(Number.NaN),
    cells: rows.map((cells) => JSON.stringify(cells)),
  });
}

function addSheet(store: Store, rows: readonly Row[]): number {
  const columns = (['anchor', 'target', 'context'] as const).map((role) => ({ name: role, role }));
  const sheet = { name: 'pairs', libraryId: null, source: null, contentHash: null, columns, reading: null };
  const id = insertSheet(store, sheet);
  addRows(store, id, rows);
  completeSheet(store, id);
  return id;
}

interface Scored {
  readonly line: number;
  readonly score: number | null;
  readonly error: string | null;
}

const rowsOf = (store: Store, sheetId: number): Scored[] =>
  store.all<Scored>('SELECT line, score, error FROM sheet_row WHERE sheet_id = ? ORDER BY line', sheetId);

const pair = (anchor: string, target: string, symbol: string): number =>
  Math.fround(fakeScore(anchor, target, symbol));

function many(count: number): Row[] {
  return Array.from({ length: count }, (_, at) => [
    `anchor ${at % 7}`,
    `target ${at % 811}`,
    `A${10 + (at % 3)}`,
  ]);
}

describe('the job score-sheet', () => {
  it('scores every row, or says why it can not, and counts them', async () => {
    const { store, runner, events, jobs } = scoringFixture({ store: memoryStore() });
    const sheetId = addSheet(store, [
      ['lamp', 'oil lamp', 'A47'],
      ['', 'lamp', 'A47'],
      ['lamp', '', 'A47'],
      ['lamp', 'lamp', ''],
      ['lamp', 'lamp', 'nothing'],
      ['lamp', 'oil lamp', 'A47'],
    ]);
    const spec: SheetScoring = { sheetId, mode: 'pair', context: null };
    const result = await runner.start('score-sheet', spec).finished;
    const score = pair('lamp', 'oil lamp', 'A47');
    expect(new Set(jobs.map((job) => job.sheetId))).toEqual(new Set([sheetId]));
    expect(rowsOf(store, sheetId)).toEqual([
      { line: 2, score, error: null },
      { line: 3, score: null, error: 'The row has no anchor.' },
      { line: 4, score: null, error: 'The row has no target.' },
      { line: 5, score: null, error: 'The row has no class. Give one for all rows.' },
      { line: 6, score: null, error: '"nothing" is not a CPC symbol.' },
      { line: 7, score, error: null },
    ]);
    const scoring = { scorer: 'scorer-b', hash: 'b'.repeat(64), mode: 'pair', context: null };
    expect(readSheetScores(store, sheetId)).toMatchObject({ scored: 2, failed: 4, scoring });
    expect(result).toEqual({
      sheetId,
      mode: 'pair',
      scorer: 'scorer-b',
      rows: 6,
      scored: 2,
      failed: 4,
      cached: 0,
    });
    expect(runner.list()[0]?.result).toMatchObject({ kind: 'score', sheetId, rows: 6, scored: 2, failed: 4 });
    expect(events.filter((name) => name === 'sheets.changed').length).toBeGreaterThanOrEqual(2);
  });

  it('keeps scores of the same scorer, mode and class, and replaces all others', async () => {
    const { store, runner, engine } = scoringFixture({ store: memoryStore() });
    const sheetId = addSheet(store, [
      ['lamp', 'oil lamp', 'A47'],
      ['lamp', 'lamp', 'nothing'],
    ]);
    const spec: SheetScoring = { sheetId, mode: 'pair', context: null };
    await runner.start('score-sheet', spec).finished;
    addRows(store, sheetId, [['lamp', 'lampshade', 'A47']], 10);
    store.run('UPDATE sheet_row SET score = .125 WHERE line = 2');
    await runner.start('score-sheet', spec).finished;
    expect(rowsOf(store, sheetId).map(({ score }) => score)).toEqual([
      0.125,
      null,
      pair('lamp', 'lampshade', 'A47'),
    ]);
    expect(engine.asked).toHaveLength(2);

    await runner.start('score-sheet', { ...spec, context: 'F21' }).finished;
    expect(rowsOf(store, sheetId)).toEqual([
      { line: 2, score: pair('lamp', 'oil lamp', 'F21'), error: null },
      { line: 3, score: 1 * Math.fround(0.9), error: null },
      { line: 10, score: pair('lamp', 'lampshade', 'F21'), error: null },
    ]);
    expect(readSheetScores(store, sheetId)).toMatchObject({
      scored: 3,
      failed: 0,
      scoring: { context: 'F21' },
    });

    const other = scoringFixture({ store, scorer: 'c' });
    await other.runner.start('score-sheet', { ...spec, context: 'F21' }).finished;
    expect(readSheetScores(store, sheetId)).toMatchObject({ scored: 3, scoring: { hash: 'c'.repeat(64) } });
  });

  it('scores a list anew where a row was added to it, and not where none was', async () => {
    const { store, runner, context } = scoringFixture({ store: memoryStore() });
    const targets = ['oil lamp', 'lampshade', 'lamp post'];
    const sheetId = addSheet(
      store,
      targets.map((target) => ['lamp', target, 'A47']),
    );
    const spec: SheetScoring = { sheetId, mode: 'list', context: null };
    const fit = listFitOf((await context.packs.scorer()).manifest)!;
    const expected = (all: readonly string[]): number[] => {
      const scores = all.map((target) => pair('lamp', target, 'A47'));
      const group = groupOf(Float64Array.from(scores).sort());
      return scores.map((score) => listScore(fit, score, group));
    };
    await runner.start('score-sheet', spec).finished;
    expect(rowsOf(store, sheetId).map(({ score }) => score)).toEqual(expected(targets));
    addRows(store, sheetId, [['lamp', 'street', 'A47']], 100);
    await runner.start('score-sheet', spec).finished;
    expect(rowsOf(store, sheetId).map(({ score }) => score)).toEqual(expected([...targets, 'street']));
    store.run('UPDATE sheet_row SET score = .5 WHERE line = 100');
    await runner.start('score-sheet', spec).finished;
    expect(rowsOf(store, sheetId).at(-1)?.score).toBe(0.5);
  });

  it.each(['pair', 'list'] as const)(
    'goes on where it was paused in mode %s, and loses no row',
    async (mode) => {
      const store = memoryStore();
      const sheetId = addSheet(store, many(3000));
      const calm = addSheet(store, many(3000));
      const made = scoringFixture({
        store,
        onAsked: (rows) => {
          if (rows > 1200 && jobId !== 0) made.runner.pause(jobId);
        },
      });
      let jobId = 0;
      const started = made.runner.start('score-sheet', { sheetId, mode, context: null });
      jobId = started.job.id;
      await expect(started.finished).rejects.toMatchObject({ code: 'cancelled' });
      jobId = 0;
      expect(getJob(store, started.job.id)?.state).toBe('paused');
      await made.runner.restart(started.job.id).finished;
      await made.runner.start('score-sheet', { sheetId: calm, mode, context: null }).finished;
      expect(rowsOf(store, sheetId)).toEqual(rowsOf(store, calm));
      expect(readSheetScores(store, sheetId)).toMatchObject({ scored: 3000, failed: 0, rows: 3000 });
    },
  );
});

describe('the job score-library', () => {
  const words = Array.from({ length: 1300 }, (_, at) => `phrase number ${at}`);
  const anchors = ['phrase number 7', 'lamp', 'Phrase  number 7'];

  it('makes a sheet of each distinct anchor and every phrase, and scores it', async () => {
    const { store, runner, jobs } = scoringFixture({ store: memoryStore() });
    const { id: libraryId, phraseIds } = addLibrary(store, 'Words', words);
    const spec: LibraryScoring = { libraryId, anchors, context: 'A47B1/00', mode: 'pair', name: 'Crossed' };
    const { sheetId, ...result } = await runner.start('score-library', spec).finished;
    expect(result).toMatchObject({ rows: 2600, scored: 2600, failed: 0 });
    // Not known before the job has made it, nor from what it leaves, but from its result.
    expect(jobs.filter(({ state }) => state === 'running').at(-1)?.sheetId).toBe(sheetId);
    expect(jobs.at(-1)?.result).toMatchObject({ sheetId });
    const rows = store.all<{ line: number; target_id: number; symbol: string; cells: string | null }>(
      'SELECT line, target_id, symbol, cells FROM sheet_row WHERE sheet_id = ? ORDER BY line',
      sheetId,
    );
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 2600 }, (_, at) => at + 1));
    expect(rows.map((row) => row.target_id)).toEqual([...phraseIds, ...phraseIds]);
    expect(new Set(rows.map(({ symbol, cells }) => `${symbol} ${cells}`))).toEqual(new Set(['A47 null']));
    expect(rowsOf(store, sheetId)[7]?.score).toBe(1);
    expect(readSheetScores(store, sheetId)).toMatchObject({ name: 'Crossed', complete: true, scored: 2600 });
  });

  it.each([1, 600, 1301, 2600, 3000])(
    'goes on where it was paused, and makes no second sheet (at %i)',
    async (stopAt) => {
      const store = memoryStore();
      const { id: libraryId } = addLibrary(store, 'Words', words);
      let stopped = false;
      const made = scoringFixture({ store });
      const spec: LibraryScoring = { libraryId, anchors, context: 'A47', mode: 'list', name: '' };
      const { job, finished } = made.runner.start('score-library', spec);
      const watch = setInterval(() => {
        const rows = store.value<number>('SELECT coalesce(max(rows + scored), 0) FROM sheet') ?? 0;
        if (stopped || rows < stopAt) return;
        stopped = true;
        made.runner.pause(job.id);
      }, 0);
      await finished.catch(() => {});
      clearInterval(watch);
      if (getJob(store, job.id)?.state === 'paused') await made.runner.restart(job.id).finished;
      expect(store.all('SELECT name, rows, scored, complete FROM sheet')).toEqual([
        { name: 'Words', rows: 2600, scored: 2600, complete: 1 },
      ]);
    },
  );

  it('removes the sheet when it is cancelled', async () => {
    const store = memoryStore();
    const { id: libraryId } = addLibrary(store, 'Words', words);
    let jobId = 0;
    const made = scoringFixture({ store, onAsked: () => void made.runner.cancel(jobId) });
    const spec: LibraryScoring = { libraryId, anchors, context: 'A47', mode: 'pair', name: 'Gone' };
    const { job, finished } = made.runner.start('score-library', spec);
    jobId = job.id;
    await expect(finished).rejects.toMatchObject({ code: 'cancelled' });
    expect(store.value('SELECT count(*) FROM sheet')).toBe(0);
    expect(store.value('SELECT count(*) FROM sheet_row')).toBe(0);
    expect(getJob(store, job.id)).toMatchObject({ state: 'cancelled', checkpoint: null });
  });
});

describe('the calls that score stored rows', () => {
  function calls() {
    const made = scoringFixture({ store: memoryStore() });
    const handlers = createHandlers({ ...made, context: made.context, runner: made.runner } as never);
    return { ...made, handlers };
  }

  it('start jobs, and refuse at once what can not be done', async () => {
    const { store, handlers, runner } = calls();
    const { id: libraryId } = addLibrary(store, 'Words', ['lamp']);
    const sheet = addSheet(store, [['lamp', 'oil lamp', 'A47']]);
    expect(await handlers['sheets.score']({ sheet, mode: 'list', context: null })).toMatchObject({
      kind: 'score-sheet',
      title: 'Score pairs',
    });
    const crossed = { libraryId, anchors: ['lamp'], context: 'A47', mode: 'pair', name: 'Lamps' } as const;
    expect(await handlers['libraries.score']({ ...crossed, anchors: ['lamp'] })).toMatchObject({
      kind: 'score-library',
      title: 'Score Lamps',
    });
    await runner.whenIdle();
    expect(runner.list().map(({ state }) => state)).toEqual(['done', 'done']);

    await expect(handlers['sheets.score']({ sheet: 99, mode: 'pair', context: null })).rejects.toThrow(
      'no sheet 99',
    );
    await expect(handlers['sheets.score']({ sheet, mode: 'pair', context: 'Q' })).rejects.toThrow(
      'no CPC symbol'.slice(3),
    );
    store.run('UPDATE sheet SET complete = 0 WHERE id = ?', sheet);
    await expect(handlers['sheets.score']({ sheet, mode: 'pair', context: null })).rejects.toThrow(
      'not all there yet',
    );
    const refused = handlers['libraries.score'];
    await expect(refused({ ...crossed, anchors: [' '] })).rejects.toThrow('The anchor is empty');
    await expect(refused({ ...crossed, anchors: ['lamp'], libraryId: 99 })).rejects.toThrow('no library 99');
    store.run('UPDATE library SET phrases = 2000001');
    await expect(refused({ ...crossed, anchors: ['lamp'] })).rejects.toMatchObject({ code: 'too-large' });
  });
});
