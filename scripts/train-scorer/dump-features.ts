import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { featureGroups, featureNames } from '../../src-main/engine/scoring/feature-table.ts';
import { readLabelledRows } from './data/phrase-pairs.ts';
import { openFeatureSource } from './feature-source.ts';

// Writes the features of both splits for a look with other tools: node scripts/train-scorer/dump-features.ts DATA RETRIEVER OUT

const [dataDir = '', retrieverDir = '', out = ''] = process.argv.slice(2);
const source = openFeatureSource(dataDir, retrieverDir);
mkdirSync(out, { recursive: true });
for (const split of ['train', 'validation'] as const) {
  const rows = await readLabelledRows(dataDir, split);
  const start = performance.now();
  const matrix = source.matrix(rows);
  const rate = rows.labels.length / ((performance.now() - start) / 1000);
  const bad = matrix.findIndex((value) => !Number.isFinite(value));
  console.log(
    `${split}: ${rows.labels.length} rows, ${rate.toFixed(0)} a second, ` +
      `not finite: ${bad < 0 ? 'none' : featureNames[bad % featureNames.length]}`,
  );
  writeFileSync(join(out, `${split}.f32`), new Uint8Array(matrix.buffer));
  const groups = Object.fromEntries(
    Object.entries(featureGroups).map(([name, group]) => [name, group.names.length]),
  );
  const contexts = Array.from(rows.contextIndex, (index) => rows.contexts[index]!.symbol);
  const labels = Array.from(rows.labels);
  const { anchors, targets } = rows;
  writeFileSync(
    join(out, `${split}.json`),
    JSON.stringify({ names: featureNames, groups, anchors, targets, contexts, labels }),
  );
}
