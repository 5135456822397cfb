import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCpcTitles } from './cpc-titles.ts';
import { readLines, readTable } from './read-lines.ts';
import { readSynsets } from './wordnet.ts';

/** Every text that word vectors are learned from, one document at a time; labelled phrases are not among them. */
export function* corpusTexts(data: string): Generator<string> {
  for (const synset of readSynsets(data)) {
    yield `${synset.members.join(' ')} ${synset.gloss} ${synset.members.join(' ')}`;
  }
  const titles = readCpcTitles(data);
  for (const row of titles) {
    const parent = titles[row.parent];
    yield parent === undefined ? row.title : `${parent.title} ${row.title}`;
  }
  const text = join(data, 'text');
  for (const cells of readTable(join(text, 'abstracts.tsv.gz'))) yield `${cells[3] ?? ''} ${cells[4] ?? ''}`;
  for (const cells of readTable(join(text, 'uspto-random-10k.tsv.gz'))) yield cells[2] ?? '';
  for (const name of readdirSync(text).sort()) {
    if (name.startsWith('descriptions-')) yield* readLines(join(text, name));
  }
}
