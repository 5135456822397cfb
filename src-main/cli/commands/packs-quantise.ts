import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { textOption } from '../parse-command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

/** Copies an encoder's pack with weights of 8 bits. */
export const packsQuantise: Command = {
  name: 'packs quantise',
  words: ['PACK'],
  summary: "Copy an encoder's pack with weights of 8 bits, if labels say that it scores as well.",
  options: {
    labels: {
      type: 'string',
      value: 'LABELS.csv',
      required: true,
      help: 'labelled pairs (anchor, target, context, score) on which both are measured',
    },
    out: {
      type: 'string',
      value: 'DIR',
      required: true,
      help: 'the folder to write the copy to; not there yet',
    },
  },
  async run({ words, options, app: open, print, onProgress, signal }) {
    const [pack = ''] = words;
    const [labels, out] = [textOption(options, 'labels'), textOption(options, 'out')];
    if (labels === null) {
      throw new UsageError('--labels LABELS.csv is missing: what to measure both on.', 'packs quantise');
    }
    if (out === null)
      throw new UsageError('--out DIR is missing: the folder for the copy.', 'packs quantise');
    const app = await open();
    const result = await app.quantiseScorer({ pack, labels, out: resolve(out) }, onProgress, signal);
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
    print(result, () => [
      `${result.message} Measured on ${escapeText(result.split)}.`,
      `The graph takes ${megabytes(result.bytes.int8)}, before ${megabytes(result.bytes.float)}.`,
      `The pack is ${escapeText(result.out)}; a copy was added to the packs of this workspace as ${escapeText(result.scorer)}:`,
      `  npx priorphrase score IN.csv OUT.csv --scorer ${escapeText(result.scorer)}`,
    ]);
  },
};
