import type { Command } from '../command.ts';

/** Reads the official CPC title list. */
export const cpcImport: Command = {
  name: 'cpc import',
  words: ['ZIP|DIR'],
  summary: 'Read the official CPC title list: the ZIP or the folder it was unpacked to.',
  options: {},
  async run({ words, app: open, print, note, onProgress, signal }) {
    const app = await open();
    const result = await app.importCpc(words[0] ?? '', { onProgress, signal });
    for (const notice of result.notices) note(notice);
    print(result, () => [`Read ${result.symbols} CPC symbols.`]);
  },
};
