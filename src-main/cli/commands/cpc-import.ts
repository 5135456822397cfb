import { resolve } from 'node:path';
import { badLines } from '../bad-lines.ts';
import type { Command } from '../command.ts';

/** Reads the official CPC title list. */
export const cpcImport: Command = {
  name: 'cpc import',
  words: ['ZIP|DIR'],
  summary: 'Read the official CPC title list: the ZIP or the folder it was unpacked to.',
  options: {},
  async run({ words, app: open, print, note, onProgress, signal }) {
    const app = await open();
    const result = await app.importCpc({ path: resolve(words[0] ?? '') }, onProgress, signal);
    for (const line of badLines(result)) note(line);
    for (const file of result.skipped) note(`${file} is no title list and was left out.`);
    const { symbols, added, updated, unchanged, removed } = result;
    print(result, () => [
      `Read ${symbols} CPC symbols: ${added} new, ${updated} changed, ${unchanged} as before, ${removed} removed.`,
    ]);
  },
};
