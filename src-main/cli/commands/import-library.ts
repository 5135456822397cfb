import { resolve } from 'node:path';
import { offScale } from '../../contract/import-calls.ts';
import { columnRole, type ColumnRoleName } from '../../contract/table-file.ts';
import { badLines } from '../bad-lines.ts';
import type { Command } from '../command.ts';
import { textOption, textsOption } from '../parse-command.ts';
import { readingChoices, readingOptions } from '../reading-options.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { UsageError } from '../usage-error.ts';

const roles = columnRole.options;
type Role = ColumnRoleName;

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** `anchor=COL,target=COL` as a table of roles. */
export function parseColumns(texts: readonly string[]): Partial<Record<Role, string>> {
  const columns: Partial<Record<Role, string>> = {};
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [role = '', ...rest] = part.split('=');
    const column = rest.join('=').trim();
    if (!isRole(role.trim()) || column === '') {
      const expected = `expected ROLE=COLUMN with one of the roles ${roles.join(', ')}`;
      throw new UsageError(`--map: found "${part}", ${expected}.`, 'import');
    }
    columns[role.trim() as Role] = column;
  }
  return columns;
}

/** Reads a file of rows into a sheet, and its phrases into a library. */
export const importLibrary: Command = {
  name: 'import',
  words: ['FILE'],
  summary: 'Read the rows of a file, and its phrases into a library.',
  options: {
    library: {
      type: 'string',
      value: 'NAME',
      required: true,
      help: 'the library to fill; made when it is not there',
    },
    map: {
      type: 'string',
      value: 'ROLE=COL,…',
      multiple: true,
      help: `which columns to read, such as anchor=A,target=B; roles: ${roles.join(', ')}`,
    },
    ...readingOptions,
    scores: {
      type: 'string',
      value: offScale.options.join('|'),
      help: 'what to do with scores that are not on the scale 0, 0.25, 0.5, 0.75, 1; default: refuse',
    },
    bad: {
      type: 'string',
      value: 'OUT',
      help: 'write the rows that could not be used to this file, to mend and import again',
    },
  },
  async run({ words, options, app: open, print, note, onProgress, signal }) {
    const library = textOption(options, 'library')?.trim() ?? '';
    if (library === '') throw new UsageError('--library NAME is missing: the library to fill.', 'import');
    const map = parseColumns(textsOption(options, 'map'));
    const choices = readingChoices(options, 'import');
    const scores = offScale.safeParse(textOption(options, 'scores') ?? 'refuse');
    if (!scores.success) {
      const expected = `expected ${offScale.options.join(', ')}`;
      throw new UsageError(`--scores: found "${String(options['scores'])}", ${expected}.`, 'import');
    }
    const report = textOption(options, 'bad');
    const app = await open();
    const input = {
      path: resolve(words[0] ?? ''),
      library,
      map,
      ...(Object.keys(choices).length > 0 ? { choices } : {}),
      ...(scores.data === 'refuse' ? {} : { offScale: scores.data }),
      ...(report === null ? {} : { report: resolve(report) }),
    };
    const result = await app.importLibrary(input, onProgress, signal);
    for (const line of badLines(result)) note(line);
    print(result, () => [
      `Read ${result.rows} rows: ${result.added} new phrases in the library ${escapeText(result.library)}` +
        `${result.already > 0 ? `, ${result.already} were there already` : ''}.`,
      ...(result.badCount > 0 ? [`${result.badCount} cells could not be used.`] : []),
      ...(report === null ? [] : [`Rows to mend are in ${escapeText(report)}.`]),
    ]);
  },
};
