import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../seeded-random.ts';

const classes = ['A47', 'B01', 'F16', 'H04', 'G06'];
const stems = 'gear wheel shaft lever plate optical fiber light sensor heat pump valve seal motor'.split(' ');

/**
 * Writes the two files of the chain: rows.csv to import, with bad rows, repeated phrases and line breaks in cells, and
 * pairs.csv to score, with rows that cannot be.
 */
export function writeBulkFiles(folder: string, rows: number): void {
  writeFileSync(join(folder, 'rows.csv'), csv(rows, 11));
  writeFileSync(join(folder, 'pairs.csv'), csv(rows, 12));
}

function csv(rows: number, seed: number): string {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const phrase = (): string => `${pick(stems)} ${pick(stems)} ${Math.floor(random() * rows)}`;
  const anchors = Array.from({ length: Math.ceil(rows / 50) }, phrase);
  const lines = Array.from({ length: rows }, (_, row) => {
    const context = row % 97 === 5 ? 'Q99' : pick(classes);
    const score = row % 101 === 7 ? '0.9' : '0.25';
    const note = row % 13 === 3 ? '"a note\nof two lines"' : `note ${row}`;
    return [`id${row}`, pick(anchors), row % 103 === 9 ? '' : phrase(), context, score, note].join(',');
  });
  return ['id,anchor,target,context,score,note', ...lines, ''].join('\n');
}
