import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');

/** What the scripts of this folder are told on the command line. */
export interface Arguments {
  readonly data: string;
  readonly cache: string;
  readonly pack: string;
  readonly from: number;
  readonly to: number;
}

/** Reads `--data DIR [--cache DIR] [--pack DIR] [--from STAGE] [--to STAGE]`. */
export function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      cache: { type: 'string', default: resolve(root, '.cache/retriever') },
      pack: { type: 'string', default: resolve(root, 'models/retriever-static-1') },
      from: { type: 'string', default: '1' },
      to: { type: 'string', default: '5' },
    },
  });
  const data = values.data ?? process.env['PRIORPHRASE_DATA'];
  if (data === undefined) throw new Error('Say where the training data are: --data DIR or PRIORPHRASE_DATA.');
  return {
    data: resolve(data),
    cache: values.cache,
    pack: values.pack,
    from: Number(values.from),
    to: Number(values.to),
  };
}
