import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { escapeText } from '../terminal/escape-text.ts';

/** Copies a pack to the packs of the workspace. */
export const packsAdd: Command = {
  name: 'packs add',
  words: ['DIR'],
  summary: 'Verify a model pack and copy it to the packs of this workspace.',
  options: {},
  async run({ words, app: open, print }) {
    const pack = await (await open()).addPack(resolve(words[0] ?? ''));
    print(pack, () => [
      `Added ${escapeText(pack.id)} (${escapeText(pack.name)}), ${(pack.bytes / 1e6).toFixed(1)} MB.`,
      ...(pack.kind === 'scorer'
        ? [`  npx priorphrase score IN.csv OUT.csv --scorer ${escapeText(pack.id)}`]
        : []),
    ]);
  },
};
