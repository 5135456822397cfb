import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readTitleList } from '../src-main/cpc/read-title-list.ts';

// node scripts/make-cpc-resources.ts CPCTitleList202202.zip
// Writes resources/cpc/titles.tsv: sections, classes and subclasses of the official title list.

const source = process.argv[2];
if (source === undefined)
  throw new Error('Pass the official CPC title list: node scripts/make-cpc-resources.ts LIST.zip');
const { titles } = await readTitleList(source);
const heads = titles.filter((title) => title.depth <= 2);
const lines = [
  `# CPC sections, classes and subclasses with their official titles, from ${basename(source)} (EPO and USPTO).`,
  '# Made by scripts/make-cpc-resources.ts; symbol TAB title.',
  ...heads.map((title) => `${title.symbol}\t${title.title}`),
];
const target = join(import.meta.dirname, '../resources/cpc/titles.tsv');
await writeFile(target, lines.join('\n') + '\n');
console.log(`${heads.length} titles written to ${target}`);
