import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTitleList } from '../src-main/cpc/read-title-list.ts';
import { titlePhrase } from '../src-main/cpc/title-phrase.ts';
import { phraseKey } from '../src-main/contract/phrase.ts';
import { dataDir } from '../tests/support/data-dir.ts';
import { seededRandom } from '../tests/support/seeded-random.ts';

/** Distinct phrases to fill a workspace with, and anchors to look up. */
export interface BenchPhrases {
  readonly phrases: readonly string[];
  readonly anchors: readonly string[];
}

/** CPC titles and training targets where the public data is at hand, filled up with made-up phrases. */
export async function benchPhrases(count: number): Promise<BenchPhrases> {
  const real = dataDir === null ? { phrases: [], anchors: [] } : await realPhrases(dataDir);
  const phrases = new Set(real.phrases.slice(0, count));
  const made = madeUp(real.phrases);
  while (phrases.size < count) phrases.add(made());
  const anchors = real.anchors.length > 0 ? real.anchors : [...phrases].slice(0, 500);
  return { phrases: [...phrases], anchors };
}

async function realPhrases(data: string): Promise<BenchPhrases> {
  const { titles } = await readTitleList(join(data, 'cpc/CPCTitleList202202.zip'));
  const rows = readFileSync(join(data, 'phrases/train.csv'), 'utf8').split('\n').slice(1);
  const columns = rows.map((row) => row.split(',')).filter((row) => row.length === 5);
  const phrases = [
    ...columns.map((row) => row[1] ?? ''),
    ...titles.map(({ title, level }) => titlePhrase(title, level)),
  ].map(phraseKey);
  return {
    phrases: [...new Set(phrases)].filter((phrase) => phrase !== ''),
    anchors: [...new Set(columns.map((row) => row[0] ?? ''))],
  };
}

function madeUp(phrases: readonly string[]): () => string {
  const random = seededRandom(1);
  const real = phrases.slice(0, 20_000).flatMap((phrase) => phrase.split(' '));
  const words = real.length > 0 ? real : Array.from({ length: 20_000 }, (_, index) => `word${index}`);
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  return () => Array.from({ length: 2 + Math.floor(random() * 2) }, word).join(' ');
}
