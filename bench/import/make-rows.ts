import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../../tests/support/seeded-random.ts';

/** How many of everything a made-up file has; a million rows take 56 MB and hold some 650,000 distinct phrases. */
export interface MadeRows {
  readonly rows: number;
  readonly anchors: number;
}

const endings = ['', 's', 'ing', 'ed', 'er'];
const beginnings = ['', 'sub', 'non'];
const scores = ['0.0', '0.25', '0.5', '0.75', '1.0'];

/**
 * Writes a CSV of the shape of the public data (id, anchor, target, context, score), the same for the same counts. Words
 * come from the CPC titles with endings and beginnings, the frequent ones often, as in real phrases.
 */
export async function makeRows(path: string, counts: MadeRows): Promise<void> {
  await pipeline(Readable.from(pieces(counts)), createWriteStream(path));
}

function* pieces({ rows, anchors }: MadeRows): Generator<string> {
  const random = seededRandom(7);
  const { words, classes } = vocabulary();
  const pick = <T>(list: readonly T[], skew = 1): T => list[Math.floor(random() ** skew * list.length)] as T;
  const word = (): string => pick(words, 2.5);
  const phrase = (): string => {
    const length = random();
    if (length < 0.2) return word();
    return length < 0.85 ? `${word()} ${word()}` : `${word()} ${word()} ${word()}`;
  };
  const anchor = Array.from({ length: anchors }, phrase);
  const used: string[] = [];
  let text = 'id,anchor,target,context,score\n';
  for (let row = 0; row < rows; row++) {
    // A quarter of the targets was met before, as targets of other anchors are.
    const target = used.length > 1000 && random() < 0.25 ? pick(used) : phrase();
    if (used.length < 200_000) used.push(target);
    const id = Math.floor(random() * 2 ** 16)
      .toString(16)
      .padStart(4, '0');
    // The rows of an anchor mostly stand together.
    const at = random() < 0.9 ? Math.floor((row * anchors) / rows) : Math.floor(random() * anchors);
    text += `${id}${row.toString(16).padStart(5, '0')},${anchor[at]},${target},${classes[at % classes.length]},${pick(scores)}\n`;
    if (text.length > 100_000) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function vocabulary(): { readonly words: readonly string[]; readonly classes: readonly string[] } {
  const titles = readFileSync(join(import.meta.dirname, '../../resources/cpc/titles.tsv'), 'utf8').split(
    '\n',
  );
  const classes = titles
    .map((line) => line.split('\t')[0] ?? '')
    .filter((symbol) => /^[A-HY]\d\d$/.test(symbol));
  const counts = new Map<string, number>();
  for (const found of titles
    .join(' ')
    .toLowerCase()
    .match(/[a-z]{3,8}/g) ?? []) {
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const stems = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([stem]) => stem);
  const forms = beginnings.flatMap((start) => endings.map((end) => (stem: string) => start + stem + end));
  // Every form of a stem once, the plain ones first.
  const words = [...new Set(forms.flatMap((form) => stems.map(form)))];
  return { words, classes };
}
