import type { PackEntry } from '../../contract/calls.ts';
import { call } from '../call.ts';
import type { Command } from '../command.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { tableLines } from '../terminal/table.ts';

function metricLines(pack: PackEntry): string[] {
  return pack.metrics.map(
    ({ name, value, split, mode, rows }) =>
      `  ${escapeText(pack.id)}: ${name} ${value.toFixed(3)} on ${escapeText(split)} (${rows} rows, ${mode})`,
  );
}

/** Lists the model packs. */
export const packsList: Command = {
  name: 'packs list',
  words: [],
  summary: 'List the model packs, with what was measured on them.',
  options: {},
  async run({ app: open, print, bold, columns }) {
    const packs = await call(await open(), 'packs.list', {});
    print({ packs }, () => {
      if (packs.length === 0) return ['There are no model packs.'];
      const [titles = '', ...lines] = tableLines(
        [
          { title: 'Pack', align: 'left' },
          { title: 'Kind', align: 'left' },
          { title: 'Version', align: 'left' },
          { title: 'In use', align: 'left' },
          { title: 'Size', align: 'right' },
          { title: 'Licence', align: 'left' },
          { title: 'Name', align: 'left', flexible: true },
        ],
        packs.map((pack) => [
          pack.id,
          pack.kind,
          pack.version,
          pack.inUse ? 'yes' : 'no',
          `${(pack.bytes / 1e6).toFixed(1)} MB`,
          pack.licence,
          pack.name,
        ]),
        columns,
      );
      return [bold(titles), ...lines, '', bold('Measured'), ...packs.flatMap(metricLines)];
    });
  },
};
