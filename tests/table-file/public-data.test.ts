import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../src-main/table-file/open-table.ts';
import { dataDir } from '../support/data-dir.ts';

describe.skipIf(dataDir === null)('files of the public data (needs the public data)', () => {
  const files: [string, number, number, (string | null)[]][] = [
    ['phrases/train.csv', 36_473, 0, ['anchor', 'target', 'rating', 'score', 'context']],
    ['phrases/validation.csv', 2843, 0, ['anchor', 'target', 'rating', 'score', 'context']],
    ['text/uspto-random-10k.tsv.gz', 9990, 0, [null, 'context', null]],
    ['text/unigrams.tsv.gz', 100_290, 0, ['phrase', null]],
    ['wordnet/lexical_relations.tsv.gz', 90_088, 0, [null, 'anchor', null, 'target', null]],
    // One of its lines is a lone quote.
    ['tokenizers/bert-base-uncased/vocab.txt', 30_522, 1, ['phrase']],
  ];
  it.each(files)('%s: %i rows, %i with a fault', async (file, count, bad, roles) => {
    const table = await openTable(join(dataDir!, file));
    let rows = 0;
    let faults = 0;
    const widths = new Set<number>();
    for await (const piece of table.pieces()) {
      rows += piece.rows.length;
      for (const row of piece.rows) {
        widths.add(row.cells.length);
        if (row.fault !== undefined) faults++;
      }
    }
    expect([rows, faults, [...widths]]).toEqual([count, bad, [roles.length]]);
    expect(table.reading.columns.map(({ role }) => role)).toEqual(roles);
  });
});
